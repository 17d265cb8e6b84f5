"""Put the best papers of a ranking into a better order, by whatever reads question and paper together.

Optional and off by default. Whatever fails, the ranking stays as it was and carries one line that
says so: a re-ranker can make an answer better, never take it away.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from rag.errors import FootnoteError, ModelFailed
from rag.types import RankedPaper, Ranking


class Reranker(Protocol):
    """Scores texts for a question; higher is better, in a unit of its own."""

    @property
    def name(self) -> str:
        """How it is called in a notice."""

    def score(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        """Return one score for each text, in their order.

        Raises:
            FootnoteError: it could not; the message says why.
        """


@dataclass(frozen=True, slots=True)
class Reranking:
    """A re-ranker, and the number of best papers that it orders anew."""

    reranker: Reranker
    depth: int

    def rerank(self, ranking: Ranking) -> Ranking:
        """Order the best papers by the re-ranker's scores; the others follow as they were.

        Papers that the question names stay first. Ties keep the order of before. `RankedPaper.relevance` holds
        the new score, `score` stays what the search gave. On any failure the papers stay as they were, and a
        notice says why.
        """
        named = tuple(ranked for ranked in ranking.papers if ranked.paper.id in ranking.named)
        others = tuple(ranked for ranked in ranking.papers if ranked not in named)
        head, tail = others[: self.depth], others[self.depth :]
        if len(head) < 2:  # noqa: PLR2004  # one paper has one order
            return ranking
        began = time.perf_counter()
        try:
            scores = self._scores(ranking.question.text, head)
        except FootnoteError as error:
            reason = f"{str(error)[:1].upper()}{str(error)[1:]}; the papers stand in the order of the search."
            return replace(ranking, notices=(*ranking.notices, reason))
        best_first = sorted(zip(head, scores, strict=True), key=lambda pair: (-pair[1], pair[0].rank))
        reordered = [replace(ranked, relevance=score) for ranked, score in best_first]
        papers = (
            replace(ranked, rank=rank) for rank, ranked in enumerate([*named, *reordered, *tail], start=1)
        )
        spent = round((time.perf_counter() - began) * 1000, 3)
        return replace(ranking, papers=tuple(papers), timings_ms={**ranking.timings_ms, "rerank": spent})

    def _scores(self, question: str, head: Sequence[RankedPaper]) -> list[float]:
        texts = [f"{ranked.paper.title}\n{ranked.paper.abstract}" for ranked in head]
        scores = list(self.reranker.score(question, texts))
        if len(scores) != len(texts) or not all(map(math.isfinite, scores)):
            raise ModelFailed(f"the re-ranker {self.reranker.name} did not give each paper a score")
        return scores
