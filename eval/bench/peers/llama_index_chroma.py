"""llama-index over Chroma, with the defaults of both, reading with the bundled weights.

https://developers.llamaindex.ai/python/framework/understanding/rag/storing (Using Vector Stores)
https://developers.llamaindex.ai/python/examples/embeddings/custom_embeddings/ (a model of one's own)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import chromadb
from llama_index.core import Document, StorageContext, VectorStoreIndex
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.vector_stores.chroma import ChromaVectorStore

from eval.bench.peers.minilm import MiniLM
from rag.types import Paper


class Weights(BaseEmbedding):
    """Stands for `HuggingFaceEmbedding("sentence-transformers/all-MiniLM-L6-v2")`, one line."""

    _model: MiniLM = PrivateAttr(default_factory=MiniLM)

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embeddings([query])[0]

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._model.encode(texts).tolist()
        return vectors

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


def index(papers: Sequence[Paper], folder: Path) -> Callable[[str, int], list[str]]:
    """Index the papers, and return the search: a question and a limit -> ids, best first."""
    return index_with(Weights(), papers, folder)


def index_with(
    embed_model: BaseEmbedding, papers: Sequence[Paper], folder: Path
) -> Callable[[str, int], list[str]]:
    """The same with an encoder of llama-index."""
    documents = [Document(text=f"{paper.title}\n\n{paper.abstract}", id_=paper.id) for paper in papers]
    collection = chromadb.PersistentClient(path=str(folder)).get_or_create_collection("quickstart")
    vector_store = ChromaVectorStore(chroma_collection=collection)
    storage_context = StorageContext.from_defaults(vector_store=vector_store)
    vector_index = VectorStoreIndex.from_documents(
        documents, storage_context=storage_context, embed_model=embed_model
    )

    def search(question: str, limit: int) -> list[str]:
        nodes = vector_index.as_retriever(similarity_top_k=limit).retrieve(question)
        return [str(node.node.ref_doc_id) for node in nodes]

    return search
