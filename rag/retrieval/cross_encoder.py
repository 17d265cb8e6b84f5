"""Re-rank by a cross-encoder of sentence-transformers (extra `rerank`), in this process.

Source: Nogueira and Cho 2019, "Passage Re-ranking with BERT": question and text are read together.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.errors import EncoderError
from rag.extras import TransformerModel


class CrossEncoderReranker:
    """A cross-encoder; it is loaded, and fetched if need be, at the first use."""

    def __init__(self, name: str) -> None:
        """`name` is that of the model on its hub, or a folder."""
        self.name = name
        self._model = TransformerModel(name, "CrossEncoder", extra="rerank")

    def score(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        """Return the model's scores; what is longer than it reads is cut off.

        Raises:
            ExtraMissing: sentence-transformers is not installed.
            EncoderError: the model cannot be loaded, or gives more than one number a text.
        """
        scores = self._model.load().predict([(question, text) for text in texts], show_progress_bar=False)
        if scores.ndim != 1:
            raise EncoderError(f"{self.name!r} gives several numbers a text; choose a model for ranking")
        return [float(score) for score in scores]
