"""The papers of a scope as a whole, for questions about the library: nothing is ranked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from rag.library.encoder import Vector
from rag.library.library import Library
from rag.library.plane import lay_out
from rag.library.schema import SEARCHED
from rag.types import WHOLE_LIBRARY, Paper, PaperId, Scope, Theme

_MOST_IN_THEMES = 20_000
_PAGE = 1_000


@dataclass(frozen=True, slots=True)
class Survey:
    """What a scope holds: `size` papers of the `of` in the library.

    `encoded` counts those with vectors, `undecided` the papers that were left out for want of a date.
    `notices` say in a line each that the scope is empty, and why, and what it leaves out.
    """

    library: Library
    scope: Scope
    size: int
    of: int
    encoded: int
    undecided: int
    notices: tuple[str, ...]

    def papers(self) -> Iterator[Paper]:
        """Yield the papers, in the order in which they were added."""
        return self.library.catalogue.list(states=SEARCHED, scope=self.scope)

    def themes(self, papers: Sequence[Paper]) -> tuple[Theme, ...]:
        """Return the topics of papers, largest first, each with its most typical papers first.

        None for papers without vectors, and for more than 20,000.
        """
        if len(papers) > _MOST_IN_THEMES:
            return ()
        vectors: dict[PaperId, Vector] = {}
        for start in range(0, len(papers), _PAGE):
            page = [paper.id for paper in papers[start : start + _PAGE]]
            vectors |= self.library.dense.paper_vectors(page)
        known = [paper for paper in papers if paper.id in vectors]
        if not known:
            return ()
        stacked = np.array([vectors[paper.id] for paper in known], dtype=np.float32)
        plane = lay_out(stacked, [paper.title for paper in known])
        themes = []
        for number, name in enumerate(plane.names):
            rows = [row for row, theme in enumerate(plane.themes) if theme == number]
            if rows:
                themes.append(Theme(name, _typical_first(rows, stacked, known)))
        return tuple(sorted(themes, key=lambda theme: (-len(theme.papers), theme.name)))


def survey_library(library: Library, scope: Scope) -> Survey:
    """Look at what a scope holds; its papers are read only when they are asked for."""
    selection = library.catalogue.select(scope)
    empty = scope != WHOLE_LIBRARY and not selection.searched
    return Survey(
        library=library,
        scope=scope,
        size=selection.searched,
        of=sum(library.catalogue.count()[state] for state in SEARCHED),
        encoded=selection.encoded,
        undecided=selection.undecided,
        notices=(library.catalogue.explain_empty(scope),) if empty else (),
    )


def _typical_first(
    rows: Sequence[int], vectors: np.ndarray[tuple[int, ...], np.dtype[np.float32]], papers: Sequence[Paper]
) -> tuple[PaperId, ...]:
    near = vectors[rows] @ vectors[rows].mean(axis=0)
    return tuple(papers[rows[at]].id for at in np.argsort(-near, kind="stable"))
