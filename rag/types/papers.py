"""Papers, and what reading a file of them gives.

A reading holds the papers that could be used and names the entries that were passed over: what cannot
be read is a value here, not an error.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

PaperId = NewType("PaperId", str)


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of the library.

    `id` is stable: the arXiv id where it is known, else a slug of the title. `published` is an
    ISO date (`2024`, `2024-05` or `2024-05-17`). `sources` names the files that listed the paper.
    """

    id: PaperId
    title: str
    abstract: str
    authors: tuple[str, ...] = ()
    published: str | None = None
    url: str | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """An entry that could not be read. `line` counts from 1; None speaks of the whole file."""

    source: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        where = self.source if self.line is None else f"{self.source}:{self.line}"
        return f"{where}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file held: its papers in the order of the page, and what was passed over."""

    source: str
    format: str
    papers: tuple[Paper, ...]
    skipped: tuple[Skipped, ...] = ()
