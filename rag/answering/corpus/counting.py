"""Questions about the library, answered by counting: what its abstracts hold, and what the catalogue tells. Pure.

Every number is counted over all the papers in scope; nobody else is asked. Under a count stand the words of
abstracts that are an example of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rag.answering.comparing.aspects import DATA, choose_cell
from rag.answering.corpus.catalogue_counts import (
    Shelf,
    count_authors,
    count_files,
    count_papers,
    count_years,
    show_ends,
)
from rag.answering.corpus.inquiry import Inquiry, Matter
from rag.answering.corpus.languages import LANGUAGES
from rag.answering.corpus.lines import Line, introduce, quote
from rag.answering.corpus.mined_names import Mined, Sort, mine, mine_words
from rag.numbers import counted
from rag.retrieval.mentioned_words import mentions_words, occurrences, passage_with, spelled
from rag.types import Paper, Theme

HOW = "Counted over the papers in scope by Footnote, in the catalogue and the abstracts; no language model was asked."
_MOST_QUOTED = 30
_MOST_NAMES = 15
_ENDS = 3
_FEW = 6
_CALLED = {
    Sort.DATA_SET: "names of data sets",
    Sort.MODEL: "names of models",
    Sort.METHOD: "names that papers give to what they propose",
    Sort.MEASURE: "measures",
    Sort.SHORT_FORM: "short forms that abstracts explain",
}


def answer_inquiry(
    inquiry: Inquiry, shelf: Shelf, papers: Iterable[Paper], *, themes: Sequence[Theme] = ()
) -> Iterator[Line]:
    """Yield the lines of the answer, none to what no file names. `themes` are asked for by `Matter.CONTENTS` alone."""
    if inquiry.matter is Matter.UNKEPT:
        return
    if inquiry.words and inquiry.matter not in {Matter.MENTIONS, Matter.TOPIC}:
        held = [paper for paper in papers if mentions_words(paper, inquiry.words)]
        yield Line(_held(inquiry.words, len(held), shelf) + ("; of these:" if held else "."))
        if not held:
            return
        shelf, papers = Shelf(len(held), shelf.of), held
    match inquiry.matter:
        case Matter.MENTIONS | Matter.TOPIC:
            yield from _mentioning(inquiry.words, shelf, papers, share=inquiry.share)
        case Matter.NAMES:
            yield from _names(shelf, papers, inquiry.sort or Sort.SHORT_FORM)
        case Matter.CONTENTS:
            yield from _contents(shelf, tuple(papers), themes)
        case Matter.OLDEST | Matter.NEWEST as end:
            yield from show_ends(shelf, papers, newest=end is Matter.NEWEST, most=inquiry.most or _ENDS)
        case matter:
            yield from _COUNTERS[matter](shelf, papers)


def _mentioning(words: str, shelf: Shelf, papers: Iterable[Paper], *, share: bool) -> Iterator[Line]:
    """Papers whose title or abstract holds the words, those that hold them most often first."""
    held = [(paper, occurrences(paper, words)) for paper in papers]
    found = sorted((item for item in held if item[1]), key=lambda item: (-item[1], item[0].title))
    shown = min(len(found), _MOST_QUOTED)
    more = f"; the {shown} that do so most often are quoted" if shown < len(found) else ""
    yield Line(f"{_held(words, len(found), shelf, share=share)}{more}.")
    for paper, _ in found[:shown]:
        evidence = passage_with(paper, words)
        yield quote(paper, evidence) if evidence else introduce(paper)


def _held(words: str, number: int, shelf: Shelf, *, share: bool = False) -> str:
    """Say how many papers hold words, with `share` in percent as well."""
    part = f" ({number / shelf.size:.1%})" if share and shelf.size else ""
    verb, noun = "hold" if number > 1 else "holds", "words" if " " in words else "word"
    return f"{f'{number:,}' if number else 'None'} of {shelf.those}{part} {verb} the {noun} “{words}” in title or abstract"


def _languages(shelf: Shelf, papers: Iterable[Paper]) -> Iterator[Line]:
    mined = mine_words(tuple(papers), {name: spelled(name) for name in LANGUAGES})
    yield from _listed(mined, f"languages mentioned in {shelf.those}")


def _names(shelf: Shelf, papers: Iterable[Paper], sort: Sort) -> Iterator[Line]:
    looked_at = tuple(papers)
    mined = mine(looked_at, sort)
    if sort is Sort.DATA_SET and not mined and len(looked_at) <= _FEW:
        yield from _on_data(shelf, looked_at)
    else:
        yield from _listed(mined, f"{_CALLED[sort]} found in {shelf.those}, told from the words around them")


def _on_data(shelf: Shelf, papers: Sequence[Paper]) -> Iterator[Line]:
    """What a few abstracts say of data, where nothing in them is spelled like the name of a data set."""
    said = [(paper, evidence) for paper in papers for evidence in choose_cell(paper, DATA)]
    follows = "; what they say of data:" if said else "."
    yield Line(f"Nothing in {shelf.those} is spelled like the name of a data set{follows}")
    yield from (quote(paper, evidence) for paper, evidence in said)


def _listed(names: Sequence[Mined], what: str) -> Iterator[Line]:
    """A count for each name with one of the papers that hold it, a paper of its own where there is one."""
    more = f", of which the {_MOST_NAMES} in most papers follow" if len(names) > _MOST_NAMES else ""
    yield Line(f"{what[:1].upper()}{what[1:]}: {len(names):,}{more}.")
    cited: set[str] = set()
    for one in names[:_MOST_NAMES]:
        meaning = f" ({one.meaning})" if one.meaning else ""
        yield Line(f"{one.name}{meaning}: {counted(len(one.held), 'paper')}")
        shown = [(paper, evidence) for paper, evidence in one.held if evidence]
        fresh = [pair for pair in shown if pair[0].id not in cited] or shown
        if fresh:
            paper, evidence = min(fresh, key=lambda pair: len(pair[1].quote))
            cited.add(paper.id)
            yield quote(paper, evidence)


def _contents(shelf: Shelf, papers: Sequence[Paper], themes: Sequence[Theme]) -> Iterator[Line]:
    yield from count_papers(shelf, papers)
    yield from count_files(shelf, papers)
    yield from count_years(shelf, papers)
    known = {paper.id: paper for paper in papers}
    if themes:
        yield Line(
            "Main topics, called by the words that their titles have in common, each with a typical paper:"
        )
    for theme in themes:
        yield Line(f"{theme.name}: {counted(len(theme.papers), 'paper')}")
        yield introduce(known[theme.papers[0]])


_COUNTERS = {
    Matter.SIZE: count_papers,
    Matter.YEARS: count_years,
    Matter.FILES: count_files,
    Matter.AUTHORS: count_authors,
    Matter.LANGUAGES: _languages,
}
