"""Building vectors: what is handed over to be stored, and when."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rag.library.building import VectorBuilder
from rag.library.catalogue import Catalogue
from rag.library.dense import DenseIndex
from rag.library.encoder import EncodedPaper, Encoder
from rag.library.encodings import Encodings
from rag.library.schema import State
from rag.types import Paper, PaperId, Passage


class _Recording(DenseIndex):
    """A real index that tells how many papers each write had."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.writes: list[int] = []

    def add(self, encoded: Sequence[tuple[Paper, Sequence[Passage], EncodedPaper]]) -> None:
        super().add(encoded)
        self.writes.append(len(encoded))


def test_writes_become_smaller_towards_the_end(tmp_path: Path, encoder: Encoder) -> None:
    papers = [Paper(PaperId(f"p{n}"), f"Paper {n}", f"We study case {n}.") for n in range(90)]
    index, catalogue = _Recording(tmp_path / "vectors"), Catalogue(tmp_path / "catalogue.sqlite")
    kept = Encodings(tmp_path / "encodings.sqlite", model=encoder.model)
    catalogue.add(papers)
    catalogue.mark(papers, State.SEARCHABLE)
    steps = list(VectorBuilder(catalogue, encoder, kept, index).build([paper.id for paper in papers]))
    assert sum(index.writes) == index.count() == len(papers) == steps[-1]
    assert index.writes == sorted(index.writes, reverse=True)
    assert index.writes[-1] < len(papers) / 4
    for store in (index, catalogue, kept):
        store.close()
