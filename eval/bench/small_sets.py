"""Verdicts in libraries of a few papers: `python -m eval.bench.small_sets PAGE... [--home FOLDER] [--questions FILE]`.

Papers of the pages are drawn at random, so many that belong and so many that do not, five times for each judged
set question; each paper is judged alone. Of a draw without members, F1 is 1 if none is listed, else 0.
"""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterator

import numpy as np

from eval.pages import pages_parser, searched_pages
from eval.reference import load_sets
from eval.train_verdicts import (
    TRAINED_ON,
    SweptQuestion,
    add_questions,
    fit_both,
    sweep_questions,
)
from rag.answering.sets.chances import Regressions, load_regressions
from rag.answering.sets.verdicts import judge
from rag.retrieval.sweeping import Basis

_SIZES = (
    (1, 0),
    (1, 1),
    (5, 0),
    (5, 1),
    (5, 5),
    (20, 0),
    (20, 1),
    (20, 5),
    (40, 0),
    (40, 1),
    (40, 5),
    (40, 15),
)
_DRAWS = 5


def main() -> None:
    """Draw, judge, and print F1 and the number listed for each half, by size and members."""
    parser = pages_parser(__doc__)
    add_questions(parser)
    arguments = parser.parse_args()
    files = arguments.questions or TRAINED_ON
    with searched_pages(arguments) as retriever:
        swept = {f: list(sweep_questions(retriever, load_sets([f]), basis=Basis.ALONE)) for f in files}
    judges = dict(_judges([one for of_file in swept.values() for one in of_file]))
    for file, half in itertools.product(files, ("tune", "report")):
        asked = [one for one in swept[file] if one.question.half == half]
        print(f"{file.stem}, {half}, n = {len(asked)}")
        for size, members in _SIZES:
            draw = np.random.default_rng(size * 100 + members)
            scores = [
                _score(one, judges[one.question.id], draw, size=size, members=members)
                for one in asked
                for _ in range(_DRAWS)
            ]
            f1, listed = (statistics.fmean(column) for column in zip(*scores, strict=True))
            print(f"  {size:>2} papers, {members:>2} belong: F1 {f1:.2f}, {listed:.1f} listed")


def _judges(swept: list[SweptQuestion]) -> Iterator[tuple[str, Regressions]]:
    """Of the tuning half, weights that the question had no part in."""
    tune = [one for one in swept if one.question.half == "tune"]
    for one in swept:
        others = [other for other in tune if other is not one]
        is_tune = len(others) < len(tune)
        fitted = fit_both(others, basis=Basis.ALONE) if is_tune else load_regressions(Basis.ALONE)
        yield one.question.id, fitted


def _score(
    one: SweptQuestion, regressions: Regressions, draw: np.random.Generator, *, size: int, members: int
) -> tuple[float, int]:
    belong, others = np.flatnonzero(one.grades > 0), np.flatnonzero(one.grades == 0)
    there = min(members, len(belong))
    drawn = [*draw.choice(belong, there, replace=False), *draw.choice(others, size - there, replace=False)]
    grades = {one.swept.papers[place].paper.id: one.grades[place] for place in drawn}
    judged = judge(one.swept.among(grades.keys()), one.criteria, regressions)
    listed = [j.paper.id for j in judged if j.belongs]
    right = sum(grades[paper_id] > 0 for paper_id in listed)
    return (2 * right / (len(listed) + there) if listed or there else 1.0), len(listed)


if __name__ == "__main__":
    main()
