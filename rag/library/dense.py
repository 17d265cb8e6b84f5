"""Vectors in Chroma, written as llama-index's nodes, cosine space.

Two collections: one node a paper, one node a passage. Anyone who knows llama-index can open them
with `ChromaVectorStore`. Searching asks Chroma itself, because the llama-index store turns a
distance d into exp(-d) and builds a node for each hit; here a score is the cosine, 1 - d.

Embedded Chroma keeps its graph in memory and does not notice what another process writes; a process
that went on writing with such a stale graph would lose vectors. So each write leaves a new stamp
beside the store, and whoever finds a stamp that it does not know opens the store afresh. Writing and
opening exclude each other by a file lock; searching what is open needs none.
"""

from __future__ import annotations

import os
import shutil
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

import numpy as np
from filelock import FileLock, Timeout

from rag.errors import LibraryDamaged
from rag.library.encoder import EncodedPaper, Vector
from rag.library.held import HeldVectors
from rag.library.nodes import paper_metadata, passage_metadata, passage_name, split_name
from rag.types import Paper, PaperId, Passage

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection
    from chromadb.api.types import Where

_Name = Literal["papers", "passages"]
_T = TypeVar("_T")

_NAMES: tuple[_Name, ...] = ("papers", "passages")
_PAGE = 2_000
# Of the 50 nearest passages, 99 % are found with 200 candidates and 97 % with Chroma's 100
# (docs/decisions/0008-candidates-of-the-vector-index.md). Deeper searches take as many as they return.
_CANDIDATES = 200
# With Chroma's 100 writing takes half as long again, and no ranking is better (the same decision).
_BUILDING_CANDIDATES = 64
_PASSAGES = 16
# 15 MB; read from Chroma in .4 s. Of more, the graph finds the nearest sooner than it takes to read them.
_HELD = 10_000
_LONG = 2.0  # seconds to open a store: some 20,000 papers
_LAG = 10
_STAMP_BYTES = 64


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A passage near the question; `cosine` from -1 to 1."""

    paper_id: PaperId
    ordinal: int
    cosine: float


@dataclass(frozen=True, slots=True)
class _Opened:
    """The store as it was when it was opened: other processes may write to it since."""

    client: ClientAPI
    collections: Mapping[_Name, Collection]


class DenseIndex:
    """The stored vectors. Chroma is opened at the first use, because importing it takes a second."""

    def __init__(self, path: Path, *, held: int = _HELD) -> None:
        """`path` is Chroma's folder; it is created when something is written.

        A library of up to `held` passages is held in memory for searching.
        """
        self.path = path
        self._stamp_path = path.with_suffix(".stamp")
        self._exclusive = FileLock(path.with_suffix(".store.lock"))
        self._seen = ""
        self._opening = threading.RLock()
        self._opened: _Opened | None = None
        self._lagging_until = 0.0
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
        with self._writing():
            self._add(encoded)

    def _add(self, encoded: Sequence[tuple[Paper, Sequence[Passage], EncodedPaper]]) -> None:
        ids: list[str] = [paper.id for paper, _, _ in encoded]
        known = self._collection("papers").get(ids=ids, include=[])["ids"]
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

    def _write(self, name: _Name, nodes: Sequence[tuple[str, dict[str, str]]], vectors: Vector) -> None:
        """Write nodes, each with its id, as llama-index's store for Chroma does, but for one thing.

        That store hands Chroma the text as a document, too, and Chroma builds a trigram index of it:
        a third of the time of writing, for searches that nobody makes. Here it stands in the node.
        """
        for start in range(0, len(nodes), _PAGE):  # Chroma refuses more than 5,461 at once
            page = nodes[start : start + _PAGE]
            self._collection(name).add(
                ids=[node_id for node_id, _ in page],
                embeddings=vectors[start : start + _PAGE],
                metadatas=[metadata for _, metadata in page],
            )

    def remove(self, ids: Sequence[PaperId]) -> None:
        """Forget papers and their passages; unknown ids are no error."""
        if not self.path.exists() or not ids:
            return
        with self._writing():
            for start in range(0, len(ids), _PAGE):
                page: list[str] = list(ids[start : start + _PAGE])
                # A list of strings is a list of literals, but lists are invariant to a type checker.
                members: Where = {"paper_id": {"$in": [*page]}}  # type: ignore[dict-item]
                self._collection("passages").delete(where=members)
                self._collection("papers").delete(ids=page)

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
        if not self.path.exists():
            return None
        if self._read_stamp() == self._held_at or self._is_lagging():
            return self._held
        try:
            self._exclusive.acquire(timeout=0)
        except Timeout:
            return self._held
        try:
            stamp = self._read_stamp()
            self._held = self._hold()
            self._held_at = stamp
        finally:
            self._exclusive.release()
        return self._held

    def _hold(self) -> HeldVectors | None:
        if not 0 < self._read("passages", lambda passages: passages.count()) <= self._most_held:
            return None
        papers = [one for page in self._pages("papers") for one in page]
        passages = [one for page in self._pages("passages") for one in page]
        return HeldVectors.of(
            {PaperId(name): vector for name, vector in papers},
            [(split_name(name)[0], vector) for name, vector in passages],
        )

    def _pages(self, name: _Name) -> Iterator[list[tuple[str, Vector]]]:
        """Yield all vectors of a collection."""
        for offset in range(0, self._read(name, lambda collection: collection.count()), _PAGE):
            yield self._read(name, partial(_get_vectors, limit=_PAGE, offset=offset))

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

    def ids(self, kind: _Name) -> Iterator[str]:
        """Yield the ids of a collection; a passage's id is `PAPER#ORDINAL`."""
        if not self.path.exists():
            return
        collection = self._collection(kind, fresh=True)
        for offset in range(0, collection.count(), _PAGE):
            yield from collection.get(limit=_PAGE, offset=offset, include=[])["ids"]

    def count(self) -> int:
        """Return the number of papers that have vectors."""
        return self._read("papers", lambda papers: papers.count()) if self.path.exists() else 0

    def readable(self) -> bool:
        """Tell whether each stored vector can be read back."""
        if not self.path.exists():
            return True
        from chromadb.errors import ChromaError

        try:
            for name in _NAMES:
                collection = self._collection(name, fresh=True)
                for offset in range(0, collection.count(), _PAGE):
                    collection.get(limit=_PAGE, offset=offset, include=["embeddings"])
        except (ChromaError, LibraryDamaged):
            return False
        return True

    def clear(self) -> None:
        """Forget all vectors, readable or not."""
        with self._exclusive:
            self.close()
            self._stamp()
            if self.path.exists():
                shutil.rmtree(self.path)

    def close(self) -> None:
        """Let go of the store, and of the memory that its graphs take; the next use opens it again."""
        with self._opening:
            if self._opened is not None:
                # Chroma's declared type lacks what its clients have.
                self._opened.client.close()  # type: ignore[attr-defined]
            self._opened = None

    def _nearest(
        self, name: _Name, vector: Vector, depth: int, *, among: Sequence[str] | None = None
    ) -> list[tuple[str, float]]:
        if not self.path.exists():
            return []
        return self._read(name, lambda collection: _query(collection, vector, depth, among))

    def _vectors(self, name: _Name, ids: Sequence[str]) -> Iterator[tuple[str, Vector]]:
        if not self.path.exists():
            return
        for start in range(0, len(ids), _PAGE):
            found = self._read(name, partial(_get_vectors, ids=list(ids[start : start + _PAGE])))
            yield from found

    def _read(self, name: _Name, look: Callable[[Collection], _T]) -> _T:
        from chromadb.errors import ChromaError

        try:
            return look(self._collection(name))
        except (ChromaError, AttributeError):
            # Another process was in the middle of a write, or another thread has just closed the store
            # to open it anew (Chroma then lacks its bindings): wait for its end and look again.
            with self._exclusive:
                self.close()
                try:
                    return look(self._collection(name))
                except ChromaError as error:
                    raise _damaged(self.path, error) from error

    def _collection(self, name: _Name, *, fresh: bool = False) -> Collection:
        """Return a collection as it is now, opening the store afresh if another process wrote to it.

        A large store takes seconds to open. Its readers go on with what they have for nine times as long,
        so that an `add` in another process costs a tenth of their time at most; not if `fresh`.
        """
        with self._opening:
            lagging = not fresh and self._is_lagging()
            if self._opened is not None and (lagging or self._read_stamp() == self._seen):
                return self._opened.collections[name]
        # The file lock first, then the thread lock: the same order as when writing.
        with self._exclusive, self._opening:
            stamp = self._read_stamp()
            if self._opened is None or stamp != self._seen:
                self.close()
                import chromadb  # noqa: F401  # takes a second, once

                began = time.monotonic()
                self._opened = _open(self.path)
                self._seen = stamp
                took = time.monotonic() - began
                large = self._opened.collections["passages"].count() > self._most_held
                self._lagging_until = began + _LAG * took if large and took > _LONG else 0.0
            return self._opened.collections[name]

    def _is_lagging(self) -> bool:
        return self._opened is not None and time.monotonic() < self._lagging_until

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the file lock over a write, and let the others know before it begins.

        Whoever sees the new stamp waits for the lock; so a process that is killed in the middle of a
        write leaves nobody with a stale graph.
        """
        with self._exclusive:
            self._collection("papers", fresh=True)  # as it is now: a stale one must not be written to
            self._stamp()
            yield

    def _stamp(self) -> None:
        with self._opening:
            self._seen = uuid.uuid4().hex
            self._stamp_path.write_text(self._seen, encoding="ascii")

    def _read_stamp(self) -> str:
        # Asked before each search: opening the file by way of `Path.read_text` takes twice as long.
        try:
            file = os.open(self._stamp_path, os.O_RDONLY)
        except FileNotFoundError:
            return ""
        try:
            return os.read(file, _STAMP_BYTES).decode("ascii")
        finally:
            os.close(file)


def _open(path: Path) -> _Opened:
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings

    # Chroma would hand out the store that this process opened before, with its stale graph.
    SharedSystemClient.clear_system_cache()
    try:
        client = chromadb.PersistentClient(str(path), Settings(anonymized_telemetry=False))
        collections: dict[_Name, Collection] = {
            name: client.get_or_create_collection(
                name,
                embedding_function=None,
                configuration={
                    "hnsw": {
                        "space": "cosine",
                        "ef_search": _CANDIDATES,
                        "ef_construction": _BUILDING_CANDIDATES,
                    }
                },
            )
            for name in _NAMES
        }
        for collection in collections.values():
            collection.get(limit=1, include=["embeddings"])  # reads the graph from disk, now or never
    except Exception as error:  # Chroma's Rust core raises what it likes on a damaged folder
        raise _damaged(path, error) from error
    return _Opened(client, collections)


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


def _damaged(path: Path, error: Exception) -> LibraryDamaged:
    return LibraryDamaged(
        f"the vectors at {path} cannot be read ({error}); rebuild them: footnote check --rebuild"
    )
