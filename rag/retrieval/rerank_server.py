"""Re-rank by a `/rerank` endpoint, in either of the two shapes that servers speak.

Cohere, Jina, vLLM and others take `documents` and answer `{"results": [{index, relevance_score}]}`;
Hugging Face's text-embeddings-inference takes `texts`, 32 at once unless it was told otherwise (its
`--max-client-batch-size`), and answers `[{index, score}]`. The first shape is tried first; a server that
finds the request incomplete (HTTP 422) is asked in the second.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rag.errors import ModelFailed, ModelRejected
from rag.remote import Remote
from rag.settings import Endpoint

_PATIENCE = 3.0
_LONGEST_TEXT = 8_000
_MOST_TEXTS = 32
_UNPROCESSABLE = 422


class RerankServer:
    """A re-ranker behind HTTP; it remembers which shape the server takes."""

    def __init__(self, endpoint: Endpoint, *, model: str) -> None:
        """`endpoint` holds the whole address; `model` is sent where the server has several."""
        self._remote = Remote(endpoint)
        self._model = model
        self._takes_texts = False

    @property
    def name(self) -> str:
        """The model's name, or the server's."""
        return self._model or self._remote.endpoint.where

    def score(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        """Return the server's relevance scores; texts are cut at 8,000 characters.

        Raises:
            ModelError: it refused, failed, or did not score each text once.
        """
        short = [text[:_LONGEST_TEXT] for text in texts]
        asked = question[:_LONGEST_TEXT]
        if not self._takes_texts:
            try:
                return self._score_documents(asked, short)
            except ModelRejected as error:
                if error.status != _UNPROCESSABLE:
                    raise
        scores = self._score_texts(asked, short)
        self._takes_texts = True
        return scores

    def _score_documents(self, question: str, texts: Sequence[str]) -> list[float]:
        model = {"model": self._model} if self._model else {}
        body = {**model, "query": question, "documents": texts, "top_n": len(texts)}
        return self._post(body, count=len(texts))

    def _score_texts(self, question: str, texts: Sequence[str]) -> list[float]:
        """Each text is scored by itself, so those of several requests compare."""
        scores: list[float] = []
        for start in range(0, len(texts), _MOST_TEXTS):
            page = texts[start : start + _MOST_TEXTS]
            scores += self._post({"query": question, "texts": page, "truncate": True}, count=len(page))
        return scores

    def _post(self, body: Mapping[str, object], *, count: int) -> list[float]:
        reply = self._remote.post("", body, patience=_PATIENCE)
        try:
            return read_scores(reply, count=count)
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            where = self._remote.endpoint.where
            raise ModelFailed(f"{where} sent a reply that cannot be read ({error})") from error


def read_scores(reply: object, *, count: int) -> list[float]:
    """Return the scores of a reply in the order of the texts.

    Raises:
        TypeError, KeyError: it has neither shape.
        ValueError: a text is missing, scored twice, or was never sent.

    >>> read_scores([{"index": 1, "score": 0.9}, {"index": 0, "score": 0.1}], count=2)
    [0.1, 0.9]
    """
    results = reply["results"] if isinstance(reply, dict) else reply
    if not isinstance(results, list):
        raise TypeError("no list of results")
    name = "relevance_score" if isinstance(reply, dict) else "score"
    scores = {item["index"]: item[name] for item in results}
    if len(results) != count or set(scores) != set(range(count)):
        raise ValueError(f"not one score for each of {count} texts")
    if not all(isinstance(score, int | float) for score in scores.values()):
        raise TypeError("a score that is no number")
    return [float(scores[index]) for index in range(count)]
