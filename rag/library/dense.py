"""Vectors in Chroma, written through llama-index's nodes and vector store, cosine space.

Two collections: one node a paper, one node a passage. Anyone who knows llama-index can open them
with `ChromaVectorStore`. Searching asks Chroma itself, because the llama-index store turns a
distance d into exp(-d) and builds a node for each hit; here a score is the cosine, 1 - d.
"""

from __future__ import annotations

import functools
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np

from rag.errors import LibraryDamaged
from rag.library.encoder import EncodedPaper, Vector
from rag.types import Paper, PaperId, Passage

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection
    from chromadb.api.types import Where
    from llama_index.core.schema import BaseNode

_PAGE = 2_000
_SEPARATOR = "#"


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A passage near the question; `cosine` from -1 to 1."""

    paper_id: PaperId
    ordinal: int
    cosine: float


class DenseIndex:
    """The stored vectors. Chroma is opened at the first use, because importing it takes a second."""

    def __init__(self, path: Path) -> None:
        """`path` is Chroma's folder; it is created when something is written."""
        self._path = path

    def add(self, encoded: Sequence[tuple[Paper, Sequence[Passage], EncodedPaper]]) -> None:
        """Store the vectors of papers and of their passages, in place of what the papers had.

        Papers are written before passages and forgotten after them: a paper that is present tells
        that there may be passages to clear away.
        """
        from llama_index.vector_stores.chroma import ChromaVectorStore

        if not encoded:
            return
        ids: list[str] = [paper.id for paper, _, _ in encoded]
        self.remove([PaperId(known) for known in self._collections["papers"].get(ids=ids, include=[])["ids"]])
        papers = [_paper_node(paper, vectors.paper) for paper, _, vectors in encoded]
        passages = [
            _passage_node(passage, vector)
            for _, members, vectors in encoded
            for passage, vector in zip(members, vectors.passages, strict=True)
        ]
        for name, nodes in (("papers", papers), ("passages", passages)):
            store = ChromaVectorStore(chroma_collection=self._collections[name])
            for start in range(0, len(nodes), _PAGE):  # Chroma refuses more than 5,461 at once
                store.add(nodes[start : start + _PAGE])

    def remove(self, ids: Sequence[PaperId]) -> None:
        """Forget papers and their passages; unknown ids are no error."""
        if not self._path.exists() or not ids:
            return
        for start in range(0, len(ids), _PAGE):
            page: list[str] = list(ids[start : start + _PAGE])
            # A list of strings is a list of literals, but lists are invariant to a type checker.
            members: Where = {"paper_id": {"$in": [*page]}}  # type: ignore[dict-item]
            self._collections["passages"].delete(where=members)
            self._collections["papers"].delete(ids=page)

    def search_papers(self, vector: Vector, *, depth: int) -> dict[PaperId, float]:
        """Return the cosines of the `depth` nearest papers."""
        return {PaperId(name): cosine for name, cosine in self._nearest("papers", vector, depth)}

    def search_passages(self, vector: Vector, *, depth: int) -> list[PassageHit]:
        """Return the `depth` nearest passages, nearest first."""
        hits = []
        for name, cosine in self._nearest("passages", vector, depth):
            paper_id, _, ordinal = name.rpartition(_SEPARATOR)
            hits.append(PassageHit(PaperId(paper_id), int(ordinal), cosine))
        return hits

    def ids(self, kind: Literal["papers", "passages"]) -> Iterator[str]:
        """Yield the ids of a collection; a passage's id is `PAPER#ORDINAL`."""
        if not self._path.exists():
            return
        collection = self._collections[kind]
        for offset in range(0, collection.count(), _PAGE):
            yield from collection.get(limit=_PAGE, offset=offset, include=[])["ids"]

    def count(self) -> int:
        """Return the number of papers that have vectors."""
        return self._collections["papers"].count() if self._path.exists() else 0

    def clear(self) -> None:
        """Forget all vectors; a folder that cannot be read is deleted."""
        if not self._path.exists():
            return
        try:
            names = tuple(self._collections)
        except LibraryDamaged:
            from chromadb.api.shared_system_client import SharedSystemClient

            SharedSystemClient.clear_system_cache()  # it holds on to the client that failed to open
            shutil.rmtree(self._path)
            return
        for name in names:
            self._client.delete_collection(name)
        del self._collections

    def _nearest(self, name: str, vector: Vector, depth: int) -> list[tuple[str, float]]:
        collection = self._collections[name]
        depth = min(depth, collection.count())
        if depth == 0:
            return []
        result = collection.query(query_embeddings=[vector.tolist()], n_results=depth, include=["distances"])
        distances = (result["distances"] or [[]])[0]
        return [(found, 1.0 - float(d)) for found, d in zip(result["ids"][0], distances, strict=True)]

    @functools.cached_property
    def _client(self) -> ClientAPI:
        import chromadb
        from chromadb.config import Settings

        try:
            return chromadb.PersistentClient(str(self._path), Settings(anonymized_telemetry=False))
        except Exception as error:  # Chroma's Rust core raises what it likes on a damaged folder
            raise LibraryDamaged(
                f"the vectors at {self._path} cannot be read ({error}); rebuild them: footnote check --rebuild"
            ) from error

    @functools.cached_property
    def _collections(self) -> dict[str, Collection]:
        return {
            name: self._client.get_or_create_collection(
                name, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
            )
            for name in ("papers", "passages")
        }


def _paper_node(paper: Paper, vector: Vector) -> BaseNode:
    # The abstract's words stand in its passages; here they would only make the store larger.
    return _node(paper.id, paper.id, text=paper.title, vector=vector)


def _passage_node(passage: Passage, vector: Vector) -> BaseNode:
    name = f"{passage.paper_id}{_SEPARATOR}{passage.ordinal}"
    return _node(name, passage.paper_id, text=passage.text, vector=vector)


def _node(name: str, paper_id: PaperId, *, text: str, vector: Vector) -> BaseNode:
    from llama_index.core.schema import NodeRelationship, RelatedNodeInfo, TextNode

    return TextNode(
        id_=name,
        text=text,
        embedding=np.asarray(vector, dtype=np.float32).tolist(),
        metadata={"paper_id": str(paper_id)},
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=paper_id)},
    )
