"""Papers side by side: for each aspect the words of each abstract, or that it does not say. Pure.

Which aspects: those that the question names ("on data and results"), else the five of `aspects`. What it
asks beyond them ("how does each keep its memory small?") gets a row of its own, answered by the sentences
that answer the question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from rag.answering.comparing.aspects import ASPECTS, Aspect, choose_cell
from rag.answering.comparing.compared import Compared
from rag.answering.comparing.sides import BARE, papers_asked
from rag.answering.writing.footnotes import Footnotes
from rag.answering.writing.selection import choose_quotes
from rag.library.lexical import content_terms
from rag.types import (
    Cell,
    ComparedPaper,
    Comparison,
    Evidence,
    PaperId,
    Question,
    RankedPaper,
    Sentence,
    SentenceReady,
)

ASKED = "asked"
NOTHING_NAMED = (
    "Name the papers to compare, by title or by what they do; or ask for a list first, then compare."
)
_MOST_ASKED = 5
_PAIR = 2
_ON = re.compile(
    r"\b(?:on|by|in terms of|with (?:regard|respect) to|regarding|concerning|as to|when it comes to|considering|"
    r"(?:in |for )?their|what|which|whose|how) (?P<named>.+)$",
    re.IGNORECASE,
)
# Words of comparisons that ask for nothing in particular.
_EMPTY = BARE | frozenset(
    content_terms(
        "what's how's compare comparison contrast differ difference each other another both second side versus vs same similar similarity "
        "part key exactly tell apart distinguish separate please better want like see know understand put against authors network idea kind route role"
    )
)


def read_aspects(question: str, sides: Sequence[str]) -> tuple[tuple[Aspect, ...], bool]:
    """Return the aspects to compare, and whether the question asks for something beyond them.

    >>> aspects, beyond = read_aspects("compare EASE and DER on data and results", ("EASE", "DER"))
    >>> [aspect.name for aspect in aspects], beyond
    (['data', 'result'], False)
    """
    rest = question
    for side in sides or (papers_asked(question),):
        rest = rest.replace(side, " ") if side else rest
    match = _ON.search(rest)
    named = tuple(aspect for aspect in ASPECTS if match and aspect.asked.search(match["named"]))
    left = {term for term in content_terms(rest) if not term.isdigit()} - _EMPTY
    for aspect in named:
        left -= set(chain.from_iterable(content_terms(found) for found in aspect.asked.findall(rest)))
    return named or ASPECTS, bool(left)


def names_nothing(question: Question) -> bool:
    """Tell a comparison that names no paper and no topic: "compare the first two" with nothing before it."""
    return not question.scope.ids and not set(content_terms(question.text)) - _EMPTY


def aspects_of(question: Question, compared: Compared) -> tuple[str, ...]:
    """Return the names of the aspects in which papers are compared."""
    aspects, beyond = read_aspects(question.sought or question.text, compared.sides)
    names = tuple(aspect.name for aspect in aspects)
    return (ASKED, *names) if beyond else names


def compare(question: Question, compared: Compared) -> Comparison:
    """Return the papers × aspects, each cell with the words that show it; without words, it is not said."""
    aspects, beyond = read_aspects(question.sought or question.text, compared.sides)
    rows = tuple(
        ComparedPaper(
            ranked.paper.id,
            (
                *((_asked(question, ranked, compared),) if beyond else ()),
                *(Cell(aspect.name, choose_cell(ranked.paper, aspect)) for aspect in aspects),
            ),
        )
        for ranked in compared.papers
    )
    return Comparison(aspects_of(question, compared), rows)


def silence_line(comparison: Comparison) -> str:
    """Say that none of the compared abstracts says anything of what was asked."""
    none = "Neither" if len(comparison.papers) == _PAIR else "None"
    return f"{none} of the {len(comparison.papers)} abstracts says: {', '.join(comparison.aspects)}."


def write_comparison(
    comparison: Comparison, compared: Compared, footnotes: Footnotes
) -> Iterator[SentenceReady]:
    """Yield the quotes of the cells, paper by paper, each once, led by the aspects that they show."""
    for row, ranked in zip(comparison.papers, compared.papers, strict=True):
        shown: dict[Evidence, list[str]] = {}
        for cell in row.cells:
            for evidence in cell.evidence if not cell.text else ():
                same = next((one for one in shown if one.start == evidence.start), evidence)
                shown.setdefault(same, []).append(cell.aspect)
        for evidence, aspects in shown.items():
            yield footnotes.quote(ranked.paper, evidence, lead=", ".join(aspects))


def fill_cells(comparison: Comparison, sentences: Sequence[Sentence]) -> Comparison:
    """Put a model's checked sentences into the cells that they show: of one paper, led by the aspect.

    A cell for which there is none keeps its quotes.
    """
    rows = (
        replace(row, cells=tuple(_filled(cell, row.paper_id, sentences) for cell in row.cells))
        for row in comparison.papers
    )
    return replace(comparison, papers=tuple(rows))


def _filled(cell: Cell, paper_id: PaperId, sentences: Sequence[Sentence]) -> Cell:
    for sentence in sentences:
        cited = [citation.paper_id for citation in sentence.citations]
        if sentence.lead == cell.aspect and cited == [paper_id]:
            return replace(cell, text=sentence.text, evidence=sentence.citations[0].evidence)
    return cell


def _asked(question: Question, ranked: RankedPaper, compared: Compared) -> Cell:
    return Cell(ASKED, choose_quotes(question, ranked, compared.ranking.rarity, most=_MOST_ASKED))
