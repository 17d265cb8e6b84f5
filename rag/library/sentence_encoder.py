"""Text -> vectors by any model of sentence-transformers (extra `encoders`), in this process.

The package applies the model's own prompts for questions and for documents. PyTorch divides a text
among the cores by itself, so papers are encoded one after the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from rag.extras import TransformerModel
from rag.library.encoder import EncodedPaper, EncodedQuestion, Vector
from rag.library.encoding import encode_as_texts, shorten, unit
from rag.types import Paper, Passage

PREFIX = "sentence-transformers:"
_BYTES_A_TOKEN = 3  # of English; the model itself cuts off what is longer
_TOKENS = 512
_MOST_TOKENS = 8_192
_LONGEST_QUESTION = 10_000


class SentenceEncoder:
    """A model of sentence-transformers; it is loaded, and fetched if need be, at the first use."""

    workers = 1

    def __init__(self, name: str) -> None:
        """`name` is that of the model on its hub, or a folder."""
        self.model = PREFIX + name
        self.dimensions: int | None = None
        self._model = TransformerModel(name, "SentenceTransformer", extra="encoders")

    def load(self) -> None:
        """Load the model now, so that the first text need not wait for it."""
        self._model.load()

    def encode_paper(self, paper: Paper, passages: Sequence[Passage]) -> EncodedPaper:
        """Encode title and abstract, and each passage as a text of its own.

        Raises:
            ExtraMissing: sentence-transformers is not installed.
            EncoderError: the model cannot be loaded.
        """
        tokens = min(self._model.load().max_seq_length or _TOKENS, _MOST_TOKENS)
        return encode_as_texts(paper, passages, self._embed, window=tokens * _BYTES_A_TOKEN)

    def encode_query(self, text: str) -> Vector:
        """Encode a question; words beyond the model's window are not read.

        Raises:
            ExtraMissing: sentence-transformers is not installed.
            EncoderError: the model cannot be loaded.
        """
        texts = [shorten(text, _LONGEST_QUESTION)]
        (vector,) = self._learnt(self._model.load().encode_query(texts, show_progress_bar=False))
        return unit(vector)

    def encode_question(self, text: str) -> EncodedQuestion:
        """Encode a question; there are no tokens to tell. Raises what `encode_query` raises."""
        return EncodedQuestion(self.encode_query(text))

    def _embed(self, texts: Sequence[str]) -> Vector:
        return self._learnt(self._model.load().encode_document(list(texts), show_progress_bar=False))

    def _learnt(self, vectors: Any) -> Vector:
        found = unit(np.asarray(vectors, dtype=np.float32))
        self.dimensions = found.shape[1]
        return found
