"""What the library asks of an encoder, and how one that reads a text at a time encodes a paper.

The bundled encoder pools the vectors of passages out of one pass over the abstract. A model behind a
server gives one vector a text, so there each passage is a text of its own, beside the paper as a
whole. A paper that is longer than the model reads is cut into windows at passages, and its vector is
the mean of theirs, weighted by length (the OpenAI cookbook, "Embedding texts that are longer than
the model's maximum context length").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

import numpy as np

from rag.library.encoder import EncodedPaper, EncodedQuestion, Vector
from rag.types import Paper, Passage

_EMPTY = "(no text)"  # servers refuse an empty text


class PaperEncoder(Protocol):
    """Turns papers and questions into unit vectors of the same number of dimensions."""

    @property
    def model(self) -> str:
        """What the manifest of a library says: vectors of another model do not compare."""

    @property
    def dimensions(self) -> int | None:
        """Length of a vector; None as long as the model has not told."""

    @property
    def workers(self) -> int:
        """Number of papers that may be encoded side by side."""

    def load(self) -> None:
        """Get ready now where that takes time, so that the first paper need not wait."""

    def encode_paper(self, paper: Paper, passages: Sequence[Passage]) -> EncodedPaper:
        """Encode a paper as a whole, and each of its passages.

        Raises:
            ModelError: a model server did not give vectors.
        """

    def encode_query(self, text: str) -> Vector:
        """Encode a question.

        Raises:
            ModelError: a model server did not give a vector.
        """

    def encode_question(self, text: str) -> EncodedQuestion:
        """Encode a question, and its tokens where the encoder tells them.

        Raises:
            ModelError: a model server did not give a vector.
        """


def encode_as_texts(
    paper: Paper, passages: Sequence[Passage], embed: Callable[[Sequence[str]], Vector], *, window: int
) -> EncodedPaper:
    """Encode the windows of a paper and its passages, each as a text of its own.

    `embed` turns n texts into an array of shape (n, dimensions); no text is longer than `window`
    bytes of UTF-8, and so none has more tokens than that.
    """
    windows = list(_windows(paper, passages, window))
    vectors = embed([*windows, *(shorten(passage.text, window) for passage in passages)])
    lengths = np.array([len(text) for text in windows], dtype=np.float32)
    whole = lengths @ vectors[: len(windows)]
    return EncodedPaper(unit(whole), unit(vectors[len(windows) :]))


def shorten(text: str, window: int) -> str:
    """Return the beginning of a text that fits into `window` bytes; some words for an empty one."""
    return text.strip().encode()[:window].decode(errors="ignore") or _EMPTY


def unit(vectors: Vector) -> Vector:
    """Scale vectors (the last axis) to length 1; a zero vector stays zero."""
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    scaled: Vector = np.asarray(vectors / np.where(norms > 0, norms, 1.0), dtype=np.float32)
    return scaled


def _windows(paper: Paper, passages: Sequence[Passage], window: int) -> Iterator[str]:
    """Yield title and abstract; where they are too long, the title with as many passages as fit."""
    title = shorten(paper.title, window // 4)
    room = window - len(title.encode()) - 1
    start = end = passages[0].start if passages else 0
    for passage in passages:
        if start < end and len(paper.abstract[start : passage.end].encode()) > room:
            yield shorten(f"{title}\n{paper.abstract[start:end]}", window)
            start = passage.start
        end = passage.end
    yield shorten(f"{title}\n{paper.abstract[start:end]}", window)
