"""Text -> vectors by any OpenAI-compatible server: `POST /embeddings`.

A request holds at most 32 texts, the number that every server in use takes, and a bounded number of
bytes; `workers` papers are under way at once. A reply is believed only if it holds one finite vector
a text, in an order that its indexes tell, each as long as the first ever received.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

import numpy as np

from rag.errors import ModelFailed
from rag.library.encoder import EncodedPaper, EncodedQuestion, Vector
from rag.library.encoding import encode_as_texts, shorten, unit
from rag.remote import Remote
from rag.settings import Endpoint
from rag.types import Paper, Passage

PREFIX = "openai:"
_WINDOW = 6_000  # bytes; a token is at least one, and the smallest of OpenAI's models read 8,191 tokens
_MOST_TEXTS = 32
_MOST_BYTES = 100_000
_WORKERS = 4
_PATIENCE = 60.0
_PATIENCE_ASKED = 3.0
_LARGEST_NUMBER = 1e9  # also keeps out what is not finite


class RemoteEncoder:
    """A model behind a server; its number of dimensions is learnt from the first reply."""

    def __init__(self, name: str, endpoint: Endpoint, *, workers: int) -> None:
        """`name` is the server's name of the model; `workers` 0 takes 4. Nothing is contacted yet."""
        self.model = PREFIX + name
        self.workers = workers or _WORKERS
        self._name = name
        self._remote = Remote(endpoint)
        self._learning = threading.Lock()
        self._dimensions: int | None = None

    @property
    def dimensions(self) -> int | None:
        """Length of a vector; None before the first reply."""
        return self._dimensions

    def load(self) -> None:
        """Do nothing: the model is elsewhere."""

    def encode_paper(self, paper: Paper, passages: Sequence[Passage]) -> EncodedPaper:
        """Encode title and abstract, and each passage as a text of its own.

        Raises:
            ModelError: the server refused, failed, or sent something else than vectors.
        """
        return encode_as_texts(paper, passages, self._embed, window=_WINDOW)

    def encode_query(self, text: str) -> Vector:
        """Encode a question; who asks waits, so a busy server is not asked again for long.

        Raises:
            ModelError: the server refused, failed, or sent something else than a vector.
        """
        vector: Vector = self._request([shorten(text, _WINDOW)], patience=_PATIENCE_ASKED)[0]
        return vector

    def encode_question(self, text: str) -> EncodedQuestion:
        """Encode a question; there are no tokens to tell. Raises what `encode_query` raises."""
        return EncodedQuestion(self.encode_query(text))

    def _embed(self, texts: Sequence[str]) -> Vector:
        return np.concatenate([self._request(batch, patience=_PATIENCE) for batch in batches(texts)])

    def _request(self, texts: Sequence[str], *, patience: float) -> Vector:
        reply = self._remote.post(
            "/embeddings", {"model": self._name, "input": list(texts)}, patience=patience
        )
        where = self._remote.endpoint.where
        try:
            vectors = read_vectors(reply, count=len(texts))
        except (KeyError, TypeError, ValueError) as error:
            raise ModelFailed(f"{where} sent a reply that cannot be read ({error})") from error
        with self._learning:
            self._dimensions = self._dimensions or vectors.shape[1]
        if vectors.shape[1] != self._dimensions:
            raise ModelFailed(
                f"{where} sent vectors of {vectors.shape[1]} numbers after some of {self._dimensions}"
            )
        return vectors


def batches(texts: Sequence[str]) -> Iterator[list[str]]:
    """Cut texts into requests of at most 32 texts and 100 kB, in order.

    >>> [len(batch) for batch in batches(["a"] * 70)]
    [32, 32, 6]
    """
    batch: list[str] = []
    size = 0
    for text in texts:
        length = len(text.encode())
        if batch and (len(batch) == _MOST_TEXTS or size + length > _MOST_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += length
    if batch:
        yield batch


def read_vectors(reply: object, *, count: int) -> Vector:
    """Return the unit vectors of a reply in the order of its indexes, shape (count, dimensions).

    Raises:
        TypeError, KeyError: it has another shape than the protocol.
        ValueError: the number of vectors is wrong, an index is missing, or a number is not finite.
    """
    if not isinstance(reply, dict):
        raise TypeError("no object")
    by_index = {item["index"]: item["embedding"] for item in reply["data"]}
    if len(reply["data"]) != count or set(by_index) != set(range(count)):
        raise ValueError(f"not one vector for each of {count} texts")
    try:
        vectors = np.array([by_index[index] for index in range(count)], dtype=np.float64)
    except (ValueError, TypeError, OverflowError):  # its own message would repeat what the server sent
        raise ValueError("no rows of numbers") from None
    if vectors.ndim != 2 or not vectors.shape[1]:  # noqa: PLR2004  # rows of numbers
        raise ValueError("no rows of numbers")
    if not (np.abs(vectors) < _LARGEST_NUMBER).all() or not vectors.any(axis=1).all():
        raise ValueError("a vector that has no direction")
    return unit(np.asarray(vectors, dtype=np.float32))
