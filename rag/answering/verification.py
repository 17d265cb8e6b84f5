"""Is this sentence supported by the abstracts that it cites? Pure.

Three checks, each by rule: it cites a source that was shown; every number in it stands in a cited
abstract or title, or in the question; most of its content words do too. The words that carry it
become the citation's evidence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.library.lexical import content_terms, stems
from rag.library.passages import split_passages
from rag.types import Evidence, Paper, Span

_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?|(?<![\w.])\.\d+")
# Shares of a sentence's content words: in one cited paper, in all, and of those not in the question.
_LEAST_SHARE = 0.3
_LEAST_FOUND = 0.4
_LEAST_COVERAGE = 0.6
_EVIDENCE_A_PAPER = 2


@dataclass(frozen=True, slots=True)
class Support:
    """The verdict on a sentence. `evidence` holds the spans of each cited paper that bears it out."""

    supported: bool
    reason: str
    evidence: tuple[tuple[Paper, tuple[Evidence, ...]], ...]


def check_sentence(text: str, cited: Sequence[Paper], *, question: str) -> Support:
    """Check one sentence against the papers that it cites.

    A cited paper that shares too few words with the sentence is left out. Numbers must stand in what
    remains; the question excuses none, because it may rest on a false premise. Its words are neither
    for the sentence nor against it, but a sentence of nothing else proves nothing.
    """
    if not cited:
        return Support(False, "it cites no source that was shown", ())
    wanted = set(content_terms(text))
    held = {paper.id: wanted & set(stems(f"{paper.title} {paper.abstract}")) for paper in cited}
    bearing = [paper for paper in cited if not wanted or len(held[paper.id]) >= _LEAST_SHARE * len(wanted)]
    if not bearing:
        return Support(False, "its words do not stand in what it cites", ())
    shown = " ".join(f"{paper.title} {paper.abstract}" for paper in bearing)
    missing = read_numbers(text) - read_numbers(shown)
    if missing:
        return Support(False, f"the number {min(missing)} does not stand in what it cites", ())
    found = set[str]().union(*(held[paper.id] for paper in bearing))
    fresh = wanted - set(content_terms(question))
    if len(found) < _LEAST_FOUND * len(wanted) or len(found & fresh) < _LEAST_COVERAGE * len(fresh):
        return Support(False, "its words do not stand in what it cites", ())
    return Support(True, "", tuple((paper, _best_spans(text, paper)) for paper in bearing))


def read_numbers(text: str) -> set[str]:
    """Return the numbers in a text in one spelling: no separators, no trailing zeros.

    >>> sorted(read_numbers("1,000 images, .5 or 87.0%"))
    ['0.5', '1000', '87']
    """
    return {f"{float(found.replace(',', '')):.10g}" for found in _NUMBER.findall(text)}


def _best_spans(text: str, paper: Paper) -> tuple[Evidence, ...]:
    """The passages that hold most of the sentence's words; a second one for words the first lacks."""
    wanted = frozenset(content_terms(text))
    passages = [(passage, wanted & set(stems(passage.text))) for passage in split_passages(paper)]
    chosen: list[Evidence] = []
    held: frozenset[str] = frozenset()
    while passages and len(chosen) < _EVIDENCE_A_PAPER:
        best = max(passages, key=lambda item: (len(item[1] - held), -item[0].ordinal))
        if chosen and len(best[1] - held) < 2:  # noqa: PLR2004  # one shared word proves little
            break
        score = len(best[1]) / len(wanted) if wanted else 0.0
        chosen.append(Evidence.cut(paper, Span(best[0].start, best[0].end), score=round(score, 4)))
        held |= best[1]
        passages.remove(best)
    return tuple(sorted(chosen, key=lambda e: e.start))
