"""Papers in their order -> ranked papers, each with the words that speak for it. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from rag.retrieval.evidence import Cosines, QuestionWords, show
from rag.types import Paper, PaperId, RankedPaper

_EVIDENCE_A_PAPER = 4


def with_evidence(
    papers: Sequence[tuple[Paper, float]],
    words: QuestionWords,
    cosines: Cosines,
    *,
    arms: Mapping[str, Mapping[PaperId, float]],
) -> tuple[tuple[RankedPaper, ...], list[float]]:
    """Return papers with their scores, in the order given, each with the words that speak for it.

    Beside them, the share of the question's content words that each holds. `cosines` maps papers to those of
    their passages with the question; `arms` hold what each arm gave papers.
    """
    shown = show([paper for paper, _ in papers], words, cosines, most=_EVIDENCE_A_PAPER)
    gave = _scores_of([paper.id for paper, _ in papers], arms)
    ranked = (
        RankedPaper(paper, rank, round(score, 4), evidence, arms=scores)
        for rank, ((paper, score), evidence, scores) in enumerate(
            zip(papers, shown.evidence, gave, strict=True), start=1
        )
    )
    return tuple(ranked), shown.coverage.tolist()


def _scores_of(ids: Sequence[PaperId], arms: Mapping[str, Mapping[PaperId, float]]) -> list[dict[str, float]]:
    """Return what each arm gave each paper; an arm that did not see it is left out."""
    gave: list[dict[str, float]] = [{} for _ in ids]
    for name, scores in arms.items():
        column = np.round([scores.get(paper_id, math.nan) for paper_id in ids], 4)
        for one, score in zip(gave, column.tolist(), strict=True):
            if not math.isnan(score):
                one[name] = score
    return gave
