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
_LEAST_COVERAGE = 0.6
_EVIDENCE_A_PAPER = 2


@dataclass(frozen=True, slots=True)
class Support:
    """The verdict on a sentence. `evidence` holds, for each cited paper in order, its spans."""

    supported: bool
    reason: str
    evidence: tuple[tuple[Evidence, ...], ...]


def check_sentence(text: str, cited: Sequence[Paper], *, question: str) -> Support:
    """Check one sentence against the papers that it cites."""
    if not cited:
        return Support(False, "it cites no source that was shown", ())
    evidence = tuple(_best_spans(text, paper) for paper in cited)
    shown = " ".join(f"{paper.title} {paper.abstract}" for paper in cited)
    missing = read_numbers(text) - read_numbers(shown) - read_numbers(question)
    if missing:
        return Support(False, f"the number {min(missing)} does not stand in what it cites", evidence)
    wanted = set(content_terms(text))
    held = wanted & (set(stems(shown)) | set(stems(question)))
    if wanted and len(held) / len(wanted) < _LEAST_COVERAGE:
        return Support(False, "its words do not stand in what it cites", evidence)
    return Support(True, "", evidence)


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
