"""txtai with a hybrid index (BM25 and vectors, weighed half and half), its defaults.

https://neuml.github.io/txtai/embeddings/configuration/general/ (hybrid)
https://neuml.github.io/txtai/embeddings/configuration/vectors/ (external: a function gives the vectors)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from eval.bench.peers.minilm import MiniLM
from rag.library.encoder import Vector
from rag.types import Paper


def index(papers: Sequence[Paper], _folder: Path) -> Callable[[str, int], list[str]]:
    """Index the papers, and return the search: a question and a limit -> ids, best first."""
    from txtai import Embeddings

    model = MiniLM(whole=True)

    # A function, not a bound method: txtai calls anything else as a factory.
    def transform(texts: list[str]) -> Vector:
        return model.encode(texts)

    embeddings = Embeddings(hybrid=True, method="external", transform=transform)
    embeddings.index((paper.id, f"{paper.title}\n\n{paper.abstract}") for paper in papers)

    def search(question: str, limit: int) -> list[str]:
        return [str(found) for found, _ in embeddings.search(question, limit)]

    return search
