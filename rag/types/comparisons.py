"""Papers side by side: a row for each paper, a cell for each aspect.

An empty cell is an answer too: the abstract does not say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.types.papers import PaperId
from rag.types.spans import Evidence


@dataclass(frozen=True, slots=True)
class Cell:
    """What one paper says of one aspect: the words that show it. Without any, the abstract does not say.

    `text` is a model's sentence on it, checked against `evidence`; empty where the quote speaks for itself.
    """

    aspect: str
    evidence: tuple[Evidence, ...]
    text: str = ""

    @property
    def spans(self) -> frozenset[tuple[int, int]]:
        """Where its words stand; two cells that show the same weigh it differently."""
        return frozenset((one.start, one.end) for one in self.evidence)


@dataclass(frozen=True, slots=True)
class ComparedPaper:
    """A row of a comparison: one cell for each aspect, in their order."""

    paper_id: PaperId
    cells: tuple[Cell, ...]


def shown_under(cells: Sequence[Cell], place: int) -> str:
    """Return the aspect under which all words of a cell were shown already; "" if some were not, or a model wrote it."""
    cell = cells[place]
    if not cell.evidence or cell.text:
        return ""
    before = (one.aspect for one in cells[:place] if not one.text and cell.spans <= one.spans)
    return next(before, "")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Papers side by side."""

    aspects: tuple[str, ...]
    papers: tuple[ComparedPaper, ...]
