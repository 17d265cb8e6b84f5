"""Compare what the stores hold with what the catalogue says that they should. Read only: the library repairs.

The catalogue is the truth. Opening a library counts the papers in its word index and no more; here each
paper is looked for in each store, and each that a store holds in the catalogue.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from rag.library.catalogue import Catalogue
from rag.library.dense import DenseIndex
from rag.library.encodings import Encodings
from rag.library.lexical import LexicalIndex
from rag.library.passages import split_passages
from rag.library.schema import State
from rag.types import PaperId


@dataclass(frozen=True, slots=True)
class Condition:
    """What `check` found: numbers of papers that an index lacks, or has without need."""

    papers: int
    words_missing: int
    words_orphaned: int
    vectors_missing: int
    vectors_orphaned: int
    pending: int

    @property
    def sound(self) -> bool:
        """True when the indexes hold what the catalogue says, and nothing else."""
        return not (
            self.words_missing or self.words_orphaned or self.vectors_missing or self.vectors_orphaned
        )


@dataclass(frozen=True, slots=True)
class Differences:
    """Papers that an index lacks, and those that it has without need; `papers` counts all of the catalogue.

    A paper has its vectors when the paper, its passages and its encoding are all there.
    """

    papers: int
    words_missing: AbstractSet[PaperId]
    words_orphaned: AbstractSet[PaperId]
    vectors_missing: AbstractSet[PaperId]
    vectors_orphaned: AbstractSet[PaperId]

    def counted(self, *, pending: int) -> Condition:
        """Return how many they are; `pending` papers have no vectors yet, whatever the reason."""
        return Condition(
            papers=self.papers,
            words_missing=len(self.words_missing),
            words_orphaned=len(self.words_orphaned),
            vectors_missing=len(self.vectors_missing),
            vectors_orphaned=len(self.vectors_orphaned),
            pending=pending,
        )


def compare_stores(
    catalogue: Catalogue, *, lexical: LexicalIndex, dense: DenseIndex, encodings: Encodings
) -> Differences:
    """Compare each store with the catalogue. The vectors must be readable, and nobody may write meanwhile."""
    in_words = set(lexical.ids())
    in_vectors = {PaperId(name) for name in dense.ids("papers")}
    passages = {PaperId(name.rpartition("#")[0]) for name in dense.ids("passages")}
    everything = set(catalogue.ids(State.PENDING, State.SEARCHABLE, State.INDEXED))
    searchable = set(catalogue.ids(State.SEARCHABLE, State.INDEXED))
    indexed = set(catalogue.ids(State.INDEXED))
    unkept = encodings.lacking(catalogue.list(states=[State.INDEXED]))
    return Differences(
        papers=len(everything),
        words_missing=searchable - in_words,
        words_orphaned=in_words - everything,
        vectors_missing=(indexed - in_vectors) | _having_passages(catalogue, indexed - passages) | unkept,
        vectors_orphaned=(in_vectors | passages) - everything,
    )


def _having_passages(catalogue: Catalogue, ids: Iterable[PaperId]) -> set[PaperId]:
    """Return the papers that should have passages; one with an empty abstract has none."""
    papers = catalogue.get(list(ids))
    return {paper_id for paper_id, paper in papers.items() if split_passages(paper)}
