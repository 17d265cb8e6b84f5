"""Haystack's hybrid retrieval: BM25 and vectors in memory, joined by reciprocal rank fusion.

https://haystack.deepset.ai/tutorials/33_hybrid_retrieval (the pipeline, without its ranker)
https://docs.haystack.deepset.ai/docs/documentjoiner (join_mode)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from eval.bench.peers.minilm import MiniLM
from rag.types import Paper


def index(papers: Sequence[Paper], _folder: Path) -> Callable[[str, int], list[str]]:
    """Index the papers, and return the search: a question and a limit -> ids, best first."""
    from haystack import Document, Pipeline
    from haystack.components.joiners import DocumentJoiner
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    model = MiniLM()
    texts = [f"{paper.title}\n\n{paper.abstract}" for paper in papers]
    document_store = InMemoryDocumentStore()
    document_store.write_documents(
        [
            Document(id=paper.id, content=text, embedding=vector)
            for paper, text, vector in zip(papers, texts, model.encode(texts).tolist(), strict=True)
        ]
    )
    hybrid_retrieval = Pipeline()
    hybrid_retrieval.add_component("embedding_retriever", InMemoryEmbeddingRetriever(document_store))
    hybrid_retrieval.add_component("bm25_retriever", InMemoryBM25Retriever(document_store))
    hybrid_retrieval.add_component("document_joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion"))
    hybrid_retrieval.connect("bm25_retriever", "document_joiner")
    hybrid_retrieval.connect("embedding_retriever", "document_joiner")

    def search(question: str, limit: int) -> list[str]:
        found = hybrid_retrieval.run(
            {
                "bm25_retriever": {"query": question, "top_k": limit},
                "embedding_retriever": {
                    "query_embedding": model.encode([question])[0].tolist(),
                    "top_k": limit,
                },
                "document_joiner": {"top_k": limit},
            }
        )
        return [document.id for document in found["document_joiner"]["documents"]]

    return search
