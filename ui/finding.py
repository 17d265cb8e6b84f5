"""The commands that find papers and answer nothing: `search`, `similar`, `papers`."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

from rag.types import Scope
from ui.commands import JsonFlag, print_json, read_own_settings, tell_sample, to_the_end
from ui.scope import read_id, scoped

if TYPE_CHECKING:
    from rag.app import OpenLibrary
    from rag.types import PaperId, Ranking

_PAGE = 50

Most = Annotated[int, typer.Option("-k", min=1, max=1_000, help="Number of papers.")]


@scoped
def search(
    scope: Scope,
    query: Annotated[str, typer.Argument(help="What to look for.")],
    k: Most = 10,
    as_json: JsonFlag = False,
) -> None:
    """Rank the papers for a query."""
    from rag.app import build_retriever
    from rag.retrieval.query import read_question
    from rag.types import Kind, Question
    from ui.terminal import notice

    question = Question(text=read_question(query), kind=Kind.LIST, asked=query, scope=scope)
    ranking = build_retriever(read_own_settings(), _open().library).search(question, limit=k)
    _print_ranking(ranking, as_json=as_json)
    if ranking.searched and not ranking.papers:
        notice("Nothing found: none of these words stands in the library, and no vectors are built yet.")


@scoped
def similar(
    scope: Scope,
    paper: Annotated[str, typer.Argument(metavar="ID", help="The paper, as `footnote papers` lists it.")],
    k: Most = 10,
    as_json: JsonFlag = False,
) -> None:
    """Rank the papers that are most like one paper."""
    from rag.retrieval.similar import rank_similar

    retrieval = read_own_settings().retrieval
    ranking = rank_similar(_open().library, read_id(paper), scope=scope, settings=retrieval, limit=k)
    _print_ranking(ranking, as_json=as_json)


@scoped
def papers(
    scope: Scope,
    limit: Annotated[
        int | None, typer.Option(min=1, help=f"Number of papers; {_PAGE}, or with --json all of them.")
    ] = None,
    after: Annotated[str | None, typer.Option(metavar="ID", help="Go on behind this paper.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """List the papers of the library. The first that was added comes first."""
    from rag.contracts import paper_record
    from ui.printed_papers import print_paper
    from ui.terminal import notice

    catalogue = _open().library.catalogue
    most = limit or (None if as_json else _PAGE)
    listed = catalogue.list(scope=scope, after=read_id(after) if after else None)
    last: PaperId | None = None
    for paper in islice(listed, most):
        if as_json:
            print_json(paper_record(paper))
        else:
            print_paper(paper)
        last = paper.id
    if last is None and scope != Scope() and after is None:
        notice(catalogue.explain_empty(scope))
    elif last is not None and next(listed, None) is not None and not as_json:
        notice(f"There are more; go on: {_next_page(scope, limit, last)}")


def _open() -> OpenLibrary:
    from rag.app import open_any

    opened = to_the_end(open_any(read_own_settings()))
    tell_sample(is_sample=opened.is_sample)
    return opened


def _print_ranking(ranking: Ranking, *, as_json: bool) -> None:
    from rag.contracts import ranked_record
    from ui.printed_papers import print_ranking
    from ui.terminal import notice

    if as_json:
        for ranked in ranking.papers:
            print_json(ranked_record(ranked))
    else:
        print_ranking(ranking)
    for line in ranking.notices:
        notice(line)


def _next_page(scope: Scope, limit: int | None, last: PaperId) -> str:
    from rag.library.scoping import describe_scope

    options = (f"--limit {limit}" if limit else "", describe_scope(scope), f"--after {last}")
    return " ".join(("footnote papers", *filter(None, options)))
