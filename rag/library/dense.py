"""Vectors in Chroma, written as llama-index's nodes, cosine space.

Two collections: one node a paper, one node a passage. Anyone who knows llama-index can open them
with `ChromaVectorStore`. Searching asks Chroma itself, because the llama-index store turns a
distance d into exp(-d) and builds a node for each hit; here a score is the cosine, 1 - d.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from rag.errors import LibraryDamaged
from rag.library.chroma_store import COLLECTIONS, ChromaStore, CollectionName
from rag.library.encoder import EncodedPaper, Vector
from rag.library.held import HeldVectors
from rag.library.nodes import paper_metadata, passage_metadata, passage_name, split_name
from rag.types import Paper, PaperId, Passage

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection
    from chromadb.api.types import Where


_PAGE = 2_000
_PASSAGES = 16
_ROUNDING = 1e-3
# 15 MB; read from Chroma in .4 s. Of more, the graph finds the nearest sooner than it takes to read them.
_HELD = 10_000


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A passage near the question; `cosine` from -1 to 1."""

    paper_id: PaperId
    ordinal: int
    cosine: float


class DenseIndex:
    """The stored vectors."""

    def __init__(self, path: Path, *, held: int = _HELD) -> None:
        """`path` is Chroma's folder; it is created when something is written.

        A library of up to `held` passages is held in memory for searching.
        """
        self.path = path
        self._store = ChromaStore(path, small=held)
        self._most_held = held
        self._held: HeldVectors | None = None
        self._held_at: str | None = None

    def add(self, encoded: Sequence[tuple[Paper, Sequence[Passage], EncodedPaper]]) -> None:
        """Store the vectors of papers and of their passages, in place of what the papers had.

        Papers are written before passages and forgotten after them: a paper that is present tells
        that there may be passages to clear away.
        """
        if not encoded:
            return
        with self._store.writing():
            self._add(encoded)

    def _add(self, encoded: Sequence[tuple[Paper, Sequence[Passage], EncodedPaper]]) -> None:
        ids: list[str] = [paper.id for paper, _, _ in encoded]
        known = self._store.collection("papers").get(ids=ids, include=[])["ids"]
        self.remove([PaperId(paper_id) for paper_id in known])
        self._write(
            "papers",
            [(paper.id, paper_metadata(paper)) for paper, _, _ in encoded],
            np.stack([vectors.paper for _, _, vectors in encoded]),
        )
        self._write(
            "passages",
            [
                (passage_name(one.paper_id, one.ordinal), passage_metadata(one))
                for _, members, _ in encoded
                for one in members
            ],
            np.concatenate([vectors.passages for _, _, vectors in encoded]),
        )

    def _write(
        self, name: CollectionName, nodes: Sequence[tuple[str, dict[str, str]]], vectors: Vector
    ) -> None:
        """Write nodes, each with its id, as llama-index's store for Chroma does, but for one thing.

        That store hands Chroma the text as a document, too, and Chroma builds a trigram index of it:
        a third of the time of writing, for searches that nobody makes. Here it stands in the node.
        """
        for start in range(0, len(nodes), _PAGE):  # Chroma refuses more than 5,461 at once
            page = nodes[start : start + _PAGE]
            self._store.collection(name).add(
                ids=[node_id for node_id, _ in page],
                embeddings=vectors[start : start + _PAGE],
                metadatas=[metadata for _, metadata in page],
            )

    def remove(self, ids: Sequence[PaperId]) -> None:
        """Forget papers and their passages; unknown ids are no error."""
        if not self._store.exists() or not ids:
            return
        with self._store.writing():
            for start in range(0, len(ids), _PAGE):
                page: list[str] = list(ids[start : start + _PAGE])
                # A list of strings is a list of literals, but lists are invariant to a type checker.
                members: Where = {"paper_id": {"$in": [*page]}}  # type: ignore[dict-item]
                self._store.collection("passages").delete(where=members)
                self._store.collection("papers").delete(ids=page)

    def search_papers(
        self, vector: Vector, *, depth: int, among: Sequence[PaperId] | None = None
    ) -> dict[PaperId, float]:
        """Return the cosines of the `depth` nearest papers, nearest first.

        `among` restricts them. Chroma walks through all of its metadata for that, which takes longer than
        the search: `rag.library.nearest` knows when there is a shorter way.
        """
        nearest = self._nearest("papers", vector, depth, among=among)
        return {PaperId(name): cosine for name, cosine in nearest}

    def search_passages(self, vector: Vector, *, depth: int) -> list[PassageHit]:
        """Return the `depth` nearest passages, nearest first."""
        return [_hit(name, cosine) for name, cosine in self._nearest("passages", vector, depth)]

    def best_passages(self, vector: Vector, *, depth: int) -> dict[PaperId, float]:
        """Return the papers of the `depth` nearest passages, each with the cosine of its nearest one."""
        best: dict[PaperId, float] = {}
        for name, cosine in self._nearest("passages", vector, depth):
            best.setdefault(split_name(name)[0], cosine)
        return best

    def held(self) -> HeldVectors | None:
        """Return all vectors of a library that is small enough, None of a larger one.

        While somebody writes, they are those from before.
        """
        if not self._store.exists():
            return None
        if self._store.stamp() == self._held_at or self._store.is_lagging():
            return self._held
        with self._store.unwritten() as unwritten:
            if unwritten:
                stamp = self._store.stamp()
                self._held = self._hold()
                self._held_at = stamp
        return self._held

    def _hold(self) -> HeldVectors | None:
        if not 0 < self._store.read("passages", lambda passages: passages.count()) <= self._most_held:
            return None
        papers = [one for page in self._pages("papers") for one in page]
        passages = [one for page in self._pages("passages") for one in page]
        return HeldVectors.of(
            {PaperId(name): vector for name, vector in papers},
            [(split_name(name)[0], vector) for name, vector in passages],
        )

    def _pages(self, name: CollectionName) -> Iterator[list[tuple[str, Vector]]]:
        """Yield all vectors of a collection."""
        for offset in range(0, self._store.read(name, lambda collection: collection.count()), _PAGE):
            yield self._store.read(name, partial(_get_vectors, limit=_PAGE, offset=offset))

    def paper_vectors(self, ids: Sequence[PaperId]) -> dict[PaperId, Vector]:
        """Return the vectors of the papers that have some."""
        return {PaperId(name): vector for name, vector in self._vectors("papers", ids)}

    def compare_passages(self, ids: Sequence[PaperId], vector: Vector) -> list[PassageHit]:
        """Return every passage of some papers, nearest first."""
        hits: list[PassageHit] = []
        papers, first = list(ids), 0
        while papers:  # how many passages a paper has is not stored: usually a handful
            ordinals = range(first, first + _PASSAGES)
            names = [passage_name(paper_id, ordinal) for paper_id in papers for ordinal in ordinals]
            page = [_hit(name, cosine(stored, vector)) for name, stored in self._vectors("passages", names)]
            hits += page
            papers = [hit.paper_id for hit in page if hit.ordinal == ordinals[-1]]
            first = ordinals.stop
        return sorted(hits, key=lambda hit: (-hit.cosine, hit.paper_id, hit.ordinal))

    def ids(self, kind: CollectionName) -> Iterator[str]:
        """Yield the ids of a collection; a passage's id is `PAPER#ORDINAL`."""
        if not self._store.exists():
            return
        collection = self._store.collection(kind, fresh=True)
        for offset in range(0, collection.count(), _PAGE):
            yield from collection.get(limit=_PAGE, offset=offset, include=[])["ids"]

    def count(self) -> int:
        """Return the number of papers that have vectors."""
        return self._store.read("papers", lambda papers: papers.count()) if self._store.exists() else 0

    def readable(self) -> bool:
        """Tell whether each stored vector can be read back, and is of length 1, as all are that were written."""
        if not self._store.exists():
            return True
        from chromadb.errors import ChromaError

        try:
            for name in COLLECTIONS:
                collection = self._store.collection(name, fresh=True)
                for offset in range(0, collection.count(), _PAGE):
                    vectors = [vector for _, vector in _get_vectors(collection, limit=_PAGE, offset=offset)]
                    if not np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=_ROUNDING):
                        return False
        except (ChromaError, LibraryDamaged):
            return False
        return True

    def exists(self) -> bool:
        """Tell whether anything was ever written, without opening it."""
        return self._store.exists()

    def clear(self) -> None:
        """Forget all vectors, readable or not."""
        self._store.clear()

    def close(self) -> None:
        """Let go of the store, and of the memory that its graphs take; the next use opens it again."""
        self._store.close()

    def _nearest(
        self, name: CollectionName, vector: Vector, depth: int, *, among: Sequence[str] | None = None
    ) -> list[tuple[str, float]]:
        if not self._store.exists():
            return []
        return self._store.read(name, lambda collection: _query(collection, vector, depth, among))

    def _vectors(self, name: CollectionName, ids: Sequence[str]) -> Iterator[tuple[str, Vector]]:
        if not self._store.exists():
            return
        for start in range(0, len(ids), _PAGE):
            found = self._store.read(name, partial(_get_vectors, ids=list(ids[start : start + _PAGE])))
            yield from found


def _query(
    collection: Collection, vector: Vector, depth: int, among: Sequence[str] | None
) -> list[tuple[str, float]]:
    result = collection.query(
        query_embeddings=[vector.tolist()],
        n_results=depth,
        ids=None if among is None else [*among],
        include=["distances"],
    )
    distances = (result["distances"] or [[]])[0]
    return [(found, 1.0 - float(d)) for found, d in zip(result["ids"][0], distances, strict=True)]


def _get_vectors(
    collection: Collection,
    *,
    ids: list[str] | None = None,
    limit: int | None = None,
    offset: int | None = None,
) -> list[tuple[str, Vector]]:
    result = collection.get(ids, limit=limit, offset=offset, include=["embeddings"])
    vectors = np.asarray(result["embeddings"], dtype=np.float32)
    return list(zip(result["ids"], vectors, strict=True))


def cosine(one: Vector, other: Vector) -> float:
    """Return the cosine of two vectors, -1 to 1; 0 if one has no length."""
    length = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float(one @ other) / length if length else 0.0


def _hit(name: str, cosine: float) -> PassageHit:
    return PassageHit(*split_name(name), cosine)
