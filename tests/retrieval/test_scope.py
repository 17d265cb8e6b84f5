"""A search within a scope: only its papers, ranked as ever, and never everything instead of nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from rag.answering.answerer import Answerer, last_answer
from rag.library.encoder import Encoder
from rag.library.library import Library
from rag.retrieval.retriever import Retriever
from rag.settings import RetrievalSettings
from rag.types import Completed, Kind, Paper, PaperId, Question, Ranking, Scope, Status

_QUESTION = "Which papers work on images?"
_SCOPES = {
    "dates": (Scope(since="2023", until="2024"), {"patient-mamba", "quiet-prompts"}),
    "author": (Scope(authors=("ada",)), {"twin-scale-fusion", "quiet-prompts"}),
    "title": (Scope(titles=("drum",)), {"slow-drums"}),
    "source": (Scope(sources=("june",)), {"bark-and-leaf", "slow-drums"}),
    "ids": (Scope(ids=(PaperId("slow-drums"), PaperId("patient-mamba"))), {"slow-drums", "patient-mamba"}),
    "several": (Scope(since="2022", authors=("ada",), titles=("prompts",)), {"quiet-prompts"}),
}


@pytest.fixture(scope="module", params=[True, False], ids=["vectors", "words alone"])
def library(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    encoder: Encoder,
    papers: tuple[Paper, ...],
) -> Iterator[Library]:
    """The five papers with years, authors and files, for tests that only read."""
    twin, mamba, prompts, bark, drums = papers
    opened = Library(tmp_path_factory.mktemp("scope"), encoder=encoder)
    opened.add(
        (
            replace(twin, published="2022", authors=("Ada Twin",), sources=("may.html",)),
            replace(mamba, published="2023", authors=("Bob",), sources=("may.html",)),
            replace(prompts, published="2024-05", authors=("Cy", "Ada Prompt"), sources=("may.html",)),
            replace(bark, published="2025", sources=("june.html",)),
            replace(drums, sources=("june.html",)),
        )
    )
    if request.param:
        list(opened.index())
    yield opened
    opened.close()


def _search(library: Library, scope: Scope, text: str = _QUESTION, *, kind: Kind = Kind.LIST) -> Ranking:
    return Retriever(library, RetrievalSettings()).search(Question(text, kind, text, scope))


def _ids(ranking: Ranking) -> set[str]:
    return {str(ranked.paper.id) for ranked in ranking.papers}


@pytest.mark.parametrize("name", _SCOPES)
def test_only_papers_of_the_scope_are_found_and_counted(library: Library, name: str) -> None:
    scope, expected = _SCOPES[name]
    words = "images, drums, sequences of tokens, prompts and features"
    ranking = _search(library, scope, words)
    assert (_ids(ranking), ranking.searched) == (expected, len(expected))
    assert ranking.encoded in {0, len(expected)}


def test_papers_of_a_scope_keep_their_order(library: Library) -> None:
    scope, members = _SCOPES["author"]
    everywhere = _search(library, Scope(), kind=Kind.FACT).papers
    within = _search(library, scope, kind=Kind.FACT).papers
    assert [one.paper.id for one in within] == [one.paper.id for one in everywhere if one.paper.id in members]


def test_what_is_left_out_for_want_of_a_date_is_said(library: Library) -> None:
    assert _search(library, Scope(since="2023")).notices == (
        "1 paper left out: without a date, or with one too coarse to tell.",
    )
    assert _search(library, Scope(titles=("drum",))).notices == ()


@pytest.mark.parametrize("scope", [Scope(since="2031"), Scope(authors=("zoe",)), Scope(ids=())])
def test_an_empty_scope_finds_nothing_and_says_why(library: Library, scope: Scope) -> None:
    ranking = _search(library, scope)
    assert (ranking.papers, ranking.searched) == ((), 0)
    assert ranking.notices[0].startswith("No paper passes the filter --")


def test_an_empty_scope_is_the_status_of_the_answer(library: Library) -> None:
    answerer = Answerer(Retriever(library, RetrievalSettings()), judge=None, reader=None)
    *_, last = answerer.answer(_QUESTION, scope=Scope(authors=("zoe",)))
    assert isinstance(last, Completed)
    answer = last.answer
    assert (answer.status, answer.sentences, answer.sources, answer.judged) == (
        Status.FILTER_EMPTY,
        (),
        (),
        0,
    )
    assert len([line for line in answer.notices if "--author zoe" in line]) == 1


def test_an_answer_speaks_of_the_scope_alone(library: Library) -> None:
    answerer = Answerer(Retriever(library, RetrievalSettings()), judge=None, reader=None)
    answer = last_answer(answerer.answer("Which papers work on images of trees?", scope=Scope(until="2024")))
    assert "bark-and-leaf" not in {source.paper.id for source in answer.sources}
    assert answer.judged == 3
