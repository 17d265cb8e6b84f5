"""Questions about the library, answered by counting: what it holds, since when, from which files. Pure.

Every number is counted here, over all the papers in scope; nobody else is asked. A line is a count, which
states nothing about a paper, or the words of an abstract under the count that they are an example of.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rag.answering.comparing.aspects import DATA, choose_cell
from rag.answering.corpus.inquiry import Inquiry, Matter
from rag.answering.corpus.mined_names import Mined, Sort, mine, mine_words
from rag.answering.writing.footnotes import Footnotes, remark
from rag.library.passages import split_passages
from rag.numbers import counted
from rag.retrieval.mentioned_words import mentions_words, occurrences, passage_with
from rag.retrieval.mentioned_words import spelled as spelled_out
from rag.types import Evidence, Paper, SentenceReady, Span, Theme

HOW = "Counted over the papers in scope by Footnote, in the catalogue and the abstracts; no language model was asked."
_MOST_QUOTED = 30
_MOST_NAMES = 15
_MOST_AUTHORS = 15
_ENDS = 3
_FEW = 6
_OWN_WORK = re.compile(r"\b(?:we|our|this (?:paper|work|study|article|survey))\b", re.IGNORECASE)
_LANGUAGE_TEXT = """
Afrikaans Albanian Amharic Arabic Armenian Basque Bengali Bulgarian Burmese Catalan Chinese Croatian Czech Danish
Dutch English Estonian Finnish French Galician Georgian German Greek Gujarati Hausa Hebrew Hindi Hungarian Icelandic
Igbo Indonesian Irish Italian Japanese Javanese Kannada Kazakh Khmer Korean Latin Latvian Lithuanian Malay Malayalam
Mandarin Marathi Mongolian Nepali Norwegian Pashto Persian Polish Portuguese Punjabi Romanian Russian Sanskrit Serbian
Sinhala Slovak Slovenian Somali Spanish Swahili Swedish Tagalog Tamil Telugu Thai Tibetan Turkish Ukrainian Urdu Uyghur
Uzbek Vietnamese Welsh Yoruba Zulu
"""
_LANGUAGES = tuple(_LANGUAGE_TEXT.split())
_CALLED = {
    Sort.DATA_SET: "names of data sets",
    Sort.MODEL: "names of models",
    Sort.METHOD: "names that papers give to what they propose",
    Sort.MEASURE: "measures",
    Sort.SHORT_FORM: "short forms that abstracts explain",
}


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is looked at: `size` papers of the `of` in the library; `undecided` have no date to tell by.

    `pointed` tells papers that were pointed at, one by one, from those that a filter leaves.
    """

    size: int
    of: int
    undecided: int = 0
    pointed: bool = False

    @property
    def those(self) -> str:
        """Name the papers that were counted."""
        if self.size == self.of:
            return f"the {counted(self.of, 'paper')}"
        return f"the {counted(self.size, 'paper')} in scope"


@dataclass(frozen=True, slots=True)
class Line:
    """A count, or with a paper the words of its abstract."""

    text: str
    paper: Paper | None = None
    evidence: Evidence | None = None


def write_lines(lines: Iterable[Line], footnotes: Footnotes) -> Iterator[SentenceReady]:
    """Yield lines as sentences, each with the source that it is the first to cite."""
    for line in lines:
        if line.paper is None or line.evidence is None:
            yield remark(line.text)
        else:
            yield footnotes.write(line.text, [(line.paper, (line.evidence,))])


def answer_inquiry(
    inquiry: Inquiry, shelf: Shelf, papers: Iterable[Paper], *, themes: Sequence[Theme] = ()
) -> Iterator[Line]:
    """Yield the lines of the answer, none to what no file names. `themes` are asked for by `Matter.CONTENTS` alone."""
    if inquiry.matter is Matter.UNKEPT:
        return
    if inquiry.words and inquiry.matter not in {Matter.MENTIONS, Matter.TOPIC}:
        held = [paper for paper in papers if mentions_words(paper, inquiry.words)]
        yield Line(f"{len(held):,} of {shelf.those} hold the words “{inquiry.words}”; of these:")
        shelf, papers = Shelf(len(held), shelf.of), held
    match inquiry.matter:
        case Matter.MENTIONS | Matter.TOPIC:
            yield from _mentioning(inquiry.words, shelf, papers, share=inquiry.share)
        case Matter.NAMES:
            yield from _names(shelf, papers, inquiry.sort or Sort.SHORT_FORM)
        case Matter.CONTENTS:
            yield from _contents(shelf, tuple(papers), themes)
        case Matter.OLDEST | Matter.NEWEST as end:
            yield from _end(shelf, papers, newest=end is Matter.NEWEST, most=inquiry.most or _ENDS)
        case matter:
            yield from _COUNTERS[matter](shelf, papers)


def _sizes(shelf: Shelf, _: Iterable[Paper]) -> Iterator[Line]:
    yield Line(_size(shelf))


def _size(shelf: Shelf) -> str:
    if shelf.size == shelf.of:
        return f"The library holds {counted(shelf.of, 'paper')}."
    if shelf.pointed and not shelf.undecided:
        are = "This is" if shelf.size == 1 else "These are"
        return f"{are} {counted(shelf.size, 'paper')}, of the {shelf.of:,} in the library."
    return f"{shelf.size:,} of the {counted(shelf.of, 'paper')} {'is' if shelf.size == 1 else 'are'} in scope{_left_out(shelf)}."


def _left_out(shelf: Shelf) -> str:
    return (
        f"; {counted(shelf.undecided, 'paper')} without a date, or with one too coarse, not counted"
        if shelf.undecided
        else ""
    )


def _mentioning(words: str, shelf: Shelf, papers: Iterable[Paper], *, share: bool) -> Iterator[Line]:
    """Papers whose title or abstract holds the words, those that hold them most often first."""
    held = [(paper, occurrences(paper, words)) for paper in papers]
    found = sorted((item for item in held if item[1]), key=lambda item: (-item[1], item[0].title))
    shown = min(len(found), _MOST_QUOTED)
    more = f"; the {shown} that do so most often are quoted" if shown < len(found) else ""
    number = "None" if not found else f"{len(found):,}"
    verb = "hold" if len(found) > 1 else "holds"
    noun = "words" if " " in words else "word"
    part = f" ({len(found) / shelf.size:.1%})" if share and shelf.size else ""
    yield Line(f"{number} of {shelf.those}{part} {verb} the {noun} “{words}” in title or abstract{more}.")
    for paper, _ in found[:shown]:
        yield _quoted(paper, passage_with(paper, words) or _telling(paper))


def _years(shelf: Shelf, papers: Iterable[Paper]) -> Iterator[Line]:
    years = Counter((paper.published or "")[:4] for paper in papers)
    undated = years.pop("", 0)
    if not years:
        yield Line(f"None of {shelf.those} has a date.")
        return
    first, last = min(years), max(years)
    span = f"are from {first} to {last}" if first != last else f"are from {first}"
    counts = ", ".join(f"{year}: {years[year]:,}" for year in sorted(years))
    yield Line(f"The papers {span}; papers a year: {counts}.")
    yield Line(
        f"{counted(undated, 'paper')} of {shelf.those} {'has' if undated == 1 else 'have'} no date."
        if undated
        else "All have a date."
    )


def _end(shelf: Shelf, papers: Iterable[Paper], *, newest: bool, most: int) -> Iterator[Line]:
    kept = list(papers)
    dated = sorted(
        (paper for paper in kept if paper.published), key=lambda p: p.published or "", reverse=newest
    )
    if not dated:
        yield Line(f"None of {shelf.those} has a date.")
        return
    undated = len(kept) - len(dated)
    without = f" {counted(undated, 'paper')} without a date not looked at." if undated else ""
    yield Line(
        f"The {'newest' if newest else 'oldest'} of {counted(len(dated), 'paper')} with a date.{without}"
    )
    for paper in dated[:most]:
        yield Line(f"{paper.published}:")
        yield _quoted(paper, _telling(paper))


def _files(shelf: Shelf, papers: Iterable[Paper]) -> Iterator[Line]:
    files = Counter(source for paper in papers for source in paper.sources)
    counts = ", ".join(
        f"{name} ({number:,})" for name, number in sorted(files.items(), key=lambda i: (-i[1], i[0]))
    )
    noun = "file" if len(files) == 1 else "files"
    twice = " A paper that several files list is counted in each." if files.total() > shelf.size else ""
    come = "comes" if shelf.size == 1 else "come"
    yield Line(
        f"{shelf.those[:1].upper()}{shelf.those[1:]} {come} from {len(files)} {noun}: {counts}.{twice}"
    )


def _authors(shelf: Shelf, papers: Iterable[Paper]) -> Iterator[Line]:
    authors = Counter(author for paper in papers for author in dict.fromkeys(paper.authors))
    if not authors:
        yield Line(
            "The paper in scope has no named authors: the file that it comes from names none."
            if shelf.size == 1
            else f"None of {shelf.those} names its authors: the files that they come from do not."
        )
        return
    first = sorted(authors.items(), key=lambda item: (-item[1], item[0]))[:_MOST_AUTHORS]
    counts = ", ".join(f"{name} ({number:,})" for name, number in first)
    yield Line(f"{len(authors):,} authors are named; those of most papers: {counts}.")


def _languages(shelf: Shelf, papers: Iterable[Paper]) -> Iterator[Line]:
    mined = mine_words(tuple(papers), {name: spelled_out(name) for name in _LANGUAGES})
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
    yield from (_quoted(paper, evidence) for paper, evidence in said)


def _listed(mined: Iterable[Mined], what: str) -> Iterator[Line]:
    """A count for each name with one of the papers that hold it, a paper of its own where there is one."""
    names = sorted(mined, key=lambda one: (-len(one.held), one.name))
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
            yield _quoted(paper, evidence)


def _contents(shelf: Shelf, papers: Sequence[Paper], themes: Sequence[Theme]) -> Iterator[Line]:
    yield Line(_size(shelf))
    yield from _files(shelf, papers)
    yield from _years(shelf, papers)
    known = {paper.id: paper for paper in papers}
    if themes:
        yield Line(
            "Main topics, called by the words that their titles have in common, each with a typical paper:"
        )
    for theme in themes:
        yield Line(f"{theme.name}: {counted(len(theme.papers), 'paper')}")
        paper = known[theme.papers[0]]
        yield _quoted(paper, _telling(paper))


def _quoted(paper: Paper, evidence: Evidence) -> Line:
    return Line(evidence.quote, paper, evidence)


def _telling(paper: Paper) -> Evidence:
    """The first sentence that speaks of the paper's own work, else its first."""
    passages = split_passages(paper)
    chosen = next((passage for passage in passages if _OWN_WORK.search(passage.text)), passages[0])
    return Evidence.cut(paper, Span(chosen.start, chosen.end), score=0.0)


_COUNTERS = {
    Matter.SIZE: _sizes,
    Matter.YEARS: _years,
    Matter.FILES: _files,
    Matter.AUTHORS: _authors,
    Matter.LANGUAGES: _languages,
}
