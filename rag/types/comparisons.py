"""Papers side by side: a row for each paper, a cell for each aspect.

An empty cell is an answer too: the abstract does not say.
"""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True)
class ComparedPaper:
    """A row of a comparison: one cell for each aspect, in their order."""

    paper_id: PaperId
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Papers side by side."""

    aspects: tuple[str, ...]
    papers: tuple[ComparedPaper, ...]
