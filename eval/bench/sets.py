"""How good are the sets that are cited? `python -m eval.bench.sets PAGE... [--home FOLDER] [--questions FILE]`.

Sweeps the papers of the pages for the judged set questions of each file, those that the weights were trained on
if none is named. The tuning halves by leaving one question out of the training at a time, the report halves
with the weights that Footnote ships; means with 95 % bootstrap intervals, each file by itself. `near the
best` is the list as it was cut before: fused score at least half of the best one's, 8 to 30 papers. `best
cut` looks at the judgements: no cut of this order can do better. `precision expected` is the mean
probability of what is listed, beside the share of it that does belong. nDCG and recall are of all papers in the
order in which a set answer lists them, by their probability, and of those that the search ranks.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from eval.metrics import bootstrap_interval, ndcg_at_k, recall_at_k
from eval.pages import pages_parser, searched_pages
from eval.reference import load_sets
from eval.train_verdicts import (
    TRAINED_ON,
    SweptQuestion,
    add_questions,
    fit_both,
    sweep_questions,
)
from rag.answering.sets.chances import Numbers, Regressions, load_regressions
from rag.answering.sets.verdicts import judge
from rag.retrieval.retriever import Retriever
from rag.retrieval.sweeping import Basis
from rag.types import Kind, PaperId, Question

_COLUMNS = (
    *("F1 near the best", "F1 cited set", "F1 best cut", "R@R near the best", "R@R"),
    *("precision", "precision expected"),
    *("nDCG@10 by search", "R@20 by search", "R@50 by search"),
    *("nDCG@10", "R@20", "R@50"),
)


@dataclass(frozen=True, slots=True)
class Near:
    """A ranking, and how many of its papers come near the best."""

    order: tuple[PaperId, ...]
    size: int


def main() -> None:
    """Sweep, score, and print."""
    parser = pages_parser(__doc__)
    add_questions(parser)
    arguments = parser.parse_args()
    with searched_pages(arguments) as retriever:
        began = time.process_time()
        swept = {
            file: list(sweep_questions(retriever, load_sets([file])))
            for file in arguments.questions or TRAINED_ON
        }
        asked = [one for of_file in swept.values() for one in of_file]
        spent = (time.process_time() - began) / len(asked)
        before = {one.question.id: _near_the_best(retriever, one) for one in asked}
    shipped = load_regressions(Basis.CROWD)
    scores = {one.question.id: _score(one, shipped, before[one.question.id]) for one in asked}
    scores |= _cross_validated([one for one in asked if one.question.half == "tune"], before)
    for file, of_file in swept.items():
        for half, name in (("tune", "tune, cross-validated"), ("report", "report")):
            _print(
                f"{file.stem}, {name}",
                [scores[one.question.id] for one in of_file if one.question.half == half],
            )
    print(f"\n{spent:.2f} s of CPU a sweep of {len(asked[0].grades)} papers")


def _cross_validated(
    tune: Sequence[SweptQuestion], before: Mapping[str, Near]
) -> dict[str, tuple[float, ...]]:
    scores = {}
    for one in tune:
        others = [other for other in tune if other is not one]
        scores[one.question.id] = _score(one, fit_both(others, basis=Basis.CROWD), before[one.question.id])
    return scores


def _score(one: SweptQuestion, regressions: Regressions, before: Near) -> tuple[float, ...]:
    judged = judge(one.swept, one.criteria, regressions)
    chances = {j.paper.id: j.probability for j in judged}
    ranked = np.array([chances[paper.paper.id] for paper in one.swept.papers])
    order = np.argsort(-ranked, kind="stable")
    hits = _hits(one.grades[order])
    places = {paper.paper.id: place for place, paper in enumerate(one.swept.papers)}
    old = _hits(np.array([one.grades[places[paper_id]] for paper_id in before.order if paper_id in places]))
    listed = [j for j in judged if j.belongs]
    right = sum(one.grades[places[j.paper.id]] > 0 for j in listed)
    return (
        2 * old[before.size - 1] / (before.size + one.members),
        2 * right / (len(listed) + one.members),
        max(2 * found / (size + one.members) for size, found in enumerate(hits, start=1)),
        old[min(one.members, len(old)) - 1] / one.members,
        hits[one.members - 1] / one.members,
        right / max(len(listed), 1),
        sum(j.probability for j in listed) / max(len(listed), 1),
        *_ranked(one, before.order),
        *_ranked(one, [one.swept.papers[place].paper.id for place in order]),
    )


def _ranked(one: SweptQuestion, order: Sequence[PaperId]) -> tuple[float, float, float]:
    """nDCG@10, R@20 and R@50 of an order of papers."""
    graded = zip(one.swept.papers, one.grades.tolist(), strict=True)
    relevant: dict[str, int] = {swept.paper.id: int(grade) for swept, grade in graded if grade}
    return (
        ndcg_at_k(order, relevant, k=10),
        recall_at_k(order, relevant, k=20),
        recall_at_k(order, relevant, k=50),
    )


def _near_the_best(retriever: Retriever, one: SweptQuestion) -> Near:
    text = one.question.question
    papers = retriever.search(Question(text, Kind.LIST, text), limit=len(one.grades)).papers
    near = [r for r in papers[:30] if r.rank <= 8 or r.score >= 0.5 * papers[0].score]  # noqa: PLR2004
    return Near(tuple(ranked.paper.id for ranked in papers), len(near))


def _hits(grades: Numbers) -> list[float]:
    return [float(count) for count in np.cumsum(grades > 0)]


def _print(name: str, scores: Sequence[tuple[float, ...]]) -> None:
    print(f"\n{name}, n = {len(scores)}")
    for column, values in zip(_COLUMNS, _by_column(scores), strict=True):
        low, high = bootstrap_interval(values)
        print(f"  {column:<20} {statistics.fmean(values):.3f} [{low:.3f}, {high:.3f}]")
    differences = [cited - near for near, cited, *_ in scores]
    low, high = bootstrap_interval(differences)
    print(f"  {'F1 gained, paired':<20} {statistics.fmean(differences):+.3f} [{low:+.3f}, {high:+.3f}]")


def _by_column(scores: Sequence[tuple[float, ...]]) -> Iterator[list[float]]:
    return (list(column) for column in zip(*scores, strict=True))


if __name__ == "__main__":
    main()
