"""Give the features of papers their weights: `python -m eval.train_verdicts PAGE... [--questions FILE]`.

Sweeps the papers of the pages for the set questions of the tuning halves of three files, or of others. Fits two logistic regressions (grade 1 or 2 = belongs, grade 2 = meets) for
each basis that verdicts can rest on: beside other papers, and of a paper alone. Writes `rag/answering/sets/verdict_weights.json`.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

import rag.answering.sets
from eval.pages import pages_parser, searched_pages
from eval.reference import PLAIN, QUESTIONS, SETS, ReferenceQuestion, load_sets
from eval.regression import fit_logistic
from rag.answering.asking.criteria import read_criteria
from rag.answering.sets.chances import WEIGHTS_FILE, Numbers, Regression, Regressions
from rag.retrieval.retriever import Retriever
from rag.retrieval.sweeping import FEATURES, Basis, Swept
from rag.sources.entry import title_key
from rag.types import WHOLE_LIBRARY, Criteria, Kind, Question

TRAINED_ON = (QUESTIONS, PLAIN, SETS)
_FAR = "list"  # so begin the ids of those worded far from the abstracts
# Of the regression over those alone. Cross-validated, F1 is .490 without it, .487 at .15, .483 at .3; but without it a
# set of 49 members is listed half as long ("which papers combine local and global features?").
_SHARE_OF_FAR = 0.2
_OF_QUESTION = "late_of_best"
_RIDGE = 3.0  # compared with 30 by cross-validation; the difference is within noise
# In log odds: from 1 in 38, as among 557 papers, to 1 in 9. Whoever asks a few papers has chosen them. `eval.bench.small_sets`
# compared 0 to 2.2 on the tuning halves of the first two files.
_MORE_OF_FEW = 1.5
_TODAY = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class SweptQuestion:
    """A judged set question with its sweep; `grades` has one number (0, 1, 2) a paper, in the sweep's order."""

    question: ReferenceQuestion
    swept: Swept
    criteria: Criteria
    grades: Numbers

    @property
    def members(self) -> int:
        """The number of papers that belong."""
        return sum(grade > 0 for grade in self.question.relevant.values())


def main() -> None:
    """Fit and write."""
    parser = pages_parser(__doc__)
    add_questions(parser)
    arguments = parser.parse_args()
    questions = [one for one in load_sets(arguments.questions or TRAINED_ON) if one.half == "tune"]
    record: dict[str, object] = {
        "made": "python -m eval.train_verdicts PAGE...",
        "features": "name: mean, deviation, weight of the scaled value",
    }
    with searched_pages(arguments) as retriever:
        for basis in Basis:
            fitted = fit_both(list(sweep_questions(retriever, questions, basis=basis)), basis=basis)
            record[basis] = {"belongs": _record(fitted.belongs), "meets": _record(fitted.meets)}
    path = Path(rag.answering.sets.__path__[0]) / WEIGHTS_FILE
    path.write_text(_readable(json.dumps(record, indent=2)), encoding="utf-8")
    print(path)


def add_questions(parser: argparse.ArgumentParser) -> None:
    """Add the option that names judged set questions, once a file."""
    parser.add_argument(
        "--questions", type=Path, action="append", metavar="FILE", help="judged set questions; once a file"
    )


def sweep_questions(
    retriever: Retriever, questions: Iterable[ReferenceQuestion], *, basis: Basis | None = None
) -> Iterator[SweptQuestion]:
    """Sweep the library for each judged set question, by its criteria; dates among them do not count."""
    for reference in questions:
        text = reference.question
        criteria = replace(read_criteria(text, today=_TODAY), scope=WHOLE_LIBRARY)
        swept = retriever.sweep(Question(text, Kind.LIST, text, criteria=criteria), basis=basis)
        keys = [title_key(one.paper.title) for one in swept.papers]
        grades = np.array([reference.relevant.get(key, 0) for key in keys], float)
        yield SweptQuestion(reference, swept, criteria, grades)


def fit_both(questions: Sequence[SweptQuestion], *, basis: Basis) -> Regressions:
    """Fit the regressions for "belongs" and for "meets"; of a few papers, more belong from the start.

    Beside other papers two are blended: one over all questions, and one over those worded far without the feature of the
    question, which expects longer lists.
    """
    if basis is Basis.ALONE:
        fitted = (fit(questions, least_grade=grade) for grade in (1, 2))
        return Regressions(*(replace(one, bias=one.bias + _MORE_OF_FEW) for one in fitted))
    far = [_without(one, _OF_QUESTION) for one in questions if one.question.id.startswith(_FAR)] or questions
    pairs = ((fit(questions, least_grade=grade), fit(far, least_grade=grade)) for grade in (1, 2))
    return Regressions(*(blend(one, other, share=_SHARE_OF_FAR) for one, other in pairs))


def blend(one: Regression, other: Regression, *, share: float) -> Regression:
    """Return the log odds of one, moved towards the other's by a share (0 to 1), over the first's scale of features."""
    parts = zip(one.means, one.deviations, other.means, other.deviations, other.weights, strict=True)
    moved = [
        (weight * scale / its_scale, weight * (middle - its) / its_scale)
        for middle, scale, its, its_scale, weight in parts
    ]
    rest = 1 - share
    weights = tuple(rest * mine + share * its for mine, (its, _) in zip(one.weights, moved, strict=True))
    bias = rest * one.bias + share * (other.bias + sum(shift for _, shift in moved))
    return replace(one, weights=weights, bias=bias)


def _without(one: SweptQuestion, feature: str) -> SweptQuestion:
    features = one.swept.features.copy()
    features[:, FEATURES.index(feature)] = np.nan
    return replace(one, swept=replace(one.swept, features=features))


def fit(questions: Sequence[SweptQuestion], *, least_grade: int) -> Regression:
    """Fit a logistic regression with a ridge to the papers of `least_grade` or more; unknown features count as their means."""
    features = np.vstack([one.swept.features for one in questions])
    known = ~np.isnan(features).all(axis=0)
    features = np.where(known, features, 0.0)
    labels = (np.hstack([one.grades for one in questions]) >= least_grade).astype(float)
    means, deviations = np.nanmean(features, axis=0), np.nanstd(features, axis=0) + 1e-9
    scaled = np.nan_to_num((features - means) / deviations)
    weights, bias = fit_logistic(scaled, labels, ridge=_RIDGE)
    return Regression(tuple(means.tolist()), tuple(deviations.tolist()), tuple(weights.tolist()), bias)


def _record(regression: Regression) -> dict[str, object]:
    columns = zip(regression.means, regression.deviations, regression.weights, strict=True)
    rounded = {
        name: [round(value, 4) + 0.0 for value in column]
        for name, column in zip(FEATURES, columns, strict=True)
        if column[2]
    }
    return {"features": rounded, "bias": round(regression.bias, 4)}


def _readable(text: str) -> str:
    """Put the three numbers of a feature on one line."""
    return re.sub(r"\[\s+([^\]]+?)\s+\]", lambda m: f"[{' '.join(m[1].split())}]", text) + "\n"


if __name__ == "__main__":
    main()
