"""The bundled weights for the peers: what a model's name on a hub would give them."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from rag.library.encoder import Encoder, Vector
from rag.types import Paper, PaperId, Passage


class MiniLM:
    """Encodes texts side by side, as Footnote does. `whole` reads 512 tokens, otherwise 256 are read.

    256 is what sentence-transformers, and so llama-index and Haystack, cut this model's texts at; txtai
    asks the tokenizer, which says 512.
    """

    def __init__(self, *, whole: bool = False) -> None:
        self._encoder = Encoder(threads=0)
        self._whole = whole
        self._pool = ThreadPoolExecutor(self._encoder.workers)

    def encode(self, texts: Sequence[str]) -> Vector:
        """Return unit vectors, shape (number of texts, 384)."""
        if len(texts) == 1:  # a question need not wait for another thread
            return self._encode_one(texts[0])[None]
        return np.stack(list(self._pool.map(self._encode_one, texts)))

    def _encode_one(self, text: str) -> Vector:
        if not self._whole:
            return self._encoder.encode_query(text)
        paper = Paper(PaperId("text"), "", text)
        return self._encoder.encode_paper(paper, [Passage(paper.id, 0, 0, len(text), text)]).paper
