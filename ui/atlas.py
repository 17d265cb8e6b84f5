"""The library as a picture: where each paper lies, computed once for as long as the library stays."""

from __future__ import annotations

import threading
from itertools import islice
from typing import Any

import numpy as np

from rag.library.encoder import Vector
from rag.library.library import Library
from rag.library.plane import lay_out
from rag.library.schema import State
from rag.types import PaperId

_MOST = 20_000
_PAGE = 1_000


class Atlas:
    """Keeps the last picture; a library that changed is drawn anew when it is looked at."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._drawn: tuple[object, dict[str, Any]] = (None, {})

    def picture(self, library: Library) -> dict[str, Any]:
        """Return the places of the papers that have vectors, 20,000 of them at most, and the themes."""
        ids = library.catalogue.ids(State.INDEXED)
        with self._guard:
            key = (library.home, hash(ids))
            if self._drawn[0] != key:
                self._drawn = (key, _draw(library))
            return self._drawn[1]


def _draw(library: Library) -> dict[str, Any]:
    papers = list(islice(library.catalogue.list(states=[State.INDEXED]), _MOST))
    vectors: dict[PaperId, Vector] = {}
    for start in range(0, len(papers), _PAGE):
        vectors |= library.dense.paper_vectors([paper.id for paper in papers[start : start + _PAGE]])
    shown = [paper for paper in papers if paper.id in vectors]
    stacked = np.array([vectors[paper.id] for paper in shown], dtype=np.float32)
    plane = lay_out(stacked.reshape(len(shown), -1), [paper.title for paper in shown])
    points = [
        {
            "id": paper.id,
            "title": paper.title,
            "year": (paper.published or "")[:4],
            "x": round(float(x), 4),
            "y": round(float(y), 4),
            "theme": theme,
        }
        for paper, (x, y), theme in zip(shown, plane.places, plane.themes, strict=True)
    ]
    return {"points": points, "themes": plane.names, "of": library.size()}
