"""How much of a sentence do the words of its sources cover, and where do they stand? Pure.

Content words are compared by their stems. The share that a paper holds tells whether it bears the
sentence; the passages that hold most of them are the spans that carry it.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from rag.library.lexical import content_terms, stems
from rag.library.passages import split_passages
from rag.types import Evidence, Paper, Passage, Span

_EVIDENCE_A_PAPER = 2
_LEAST_NEW = 2  # one more shared word proves little


@dataclass(frozen=True, slots=True)
class Held:
    """What a paper holds of the content stems of a sentence (`wanted`), whole and by passage."""

    paper: Paper
    wanted: frozenset[str]
    stems: frozenset[str]
    passages: tuple[tuple[Passage, frozenset[str]], ...]

    @property
    def share(self) -> float:
        """Share of the sentence's content stems in title and abstract, 0 to 1; 0 where it has none."""
        return len(self.stems) / len(self.wanted) if self.wanted else 0.0

    @property
    def best_share(self) -> float:
        """The highest share in one passage, 0 to 1."""
        return max((len(held) for _, held in self.passages), default=0) / max(1, len(self.wanted))

    def spans(self) -> tuple[Evidence, ...]:
        """Return the passages that hold most of the sentence, a second one for words the first lacks."""
        chosen: list[Evidence] = []
        covered: frozenset[str] = frozenset()
        rest = list(self.passages)
        while rest and len(chosen) < _EVIDENCE_A_PAPER:
            best = max(rest, key=lambda item: (len(item[1] - covered), -item[0].ordinal))
            if chosen and len(best[1] - covered) < _LEAST_NEW:
                break
            score = round(len(best[1]) / max(1, len(self.wanted)), 4)
            chosen.append(Evidence.cut(self.paper, Span(best[0].start, best[0].end), score=score))
            covered |= best[1]
            rest.remove(best)
        return tuple(sorted(chosen, key=lambda evidence: evidence.start))


def hold(text: str, papers: Sequence[Paper]) -> list[Held]:
    """Compare the content stems of a sentence with those of each paper."""
    wanted = frozenset(content_terms(text))
    return [_hold(wanted, paper) for paper in papers]


def _hold(wanted: frozenset[str], paper: Paper) -> Held:
    title, passages = _stems_of(paper)
    held = tuple((passage, wanted & found) for passage, found in passages)
    return Held(paper, wanted, (wanted & title).union(*(found for _, found in held)), held)


@functools.lru_cache(maxsize=256)  # the sources of an answer are compared with each of its sentences
def _stems_of(paper: Paper) -> tuple[frozenset[str], tuple[tuple[Passage, frozenset[str]], ...]]:
    passages = tuple((passage, frozenset(stems(passage.text))) for passage in split_passages(paper))
    return frozenset(stems(paper.title)), passages
