"""Two runs side by side: paired differences, who won which question, and what the answers say now.

Only questions that both runs scored are compared. Differences are B minus A.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from eval.judging import Values, cited_papers
from eval.measures import MEASURES, Measure
from eval.metrics.intervals import bootstrap_interval, randomisation_test
from eval.reference import Half
from eval.runs import Run
from eval.scoring import Scores

_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class QuestionDifference:
    """How one question fared: its value in A and in B."""

    id: str
    before: float
    after: float

    @property
    def change(self) -> float:
        """B minus A."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Difference:
    """A measure in both runs over the same n questions.

    `low` and `high` bound the mean difference (95 % paired bootstrap), `p` is of the two-sided
    randomisation test. `questions` are sorted, the worst change for the reader first.
    """

    measure: Measure
    half: Half | None
    before: float
    after: float
    low: float
    high: float
    p: float
    questions: tuple[QuestionDifference, ...]

    @property
    def change(self) -> float:
        """The mean difference."""
        return self.after - self.before

    @property
    def is_worse(self) -> bool:
        """Tell whether the change is in the wrong direction, however small."""
        return (self.change > _SAME) if self.measure.lower_is_better else (self.change < -_SAME)

    @property
    def wins(self) -> int:
        """Questions that B did better."""
        return sum(_gain(self.measure, q) > _SAME for q in self.questions)

    @property
    def losses(self) -> int:
        """Questions that B did worse."""
        return sum(_gain(self.measure, q) < -_SAME for q in self.questions)


@dataclass(frozen=True, slots=True)
class ChangedAnswer:
    """A question that the runs answered differently. `entered` and `left` are titles of cited papers."""

    id: str
    question: str
    before: str
    after: str
    entered: tuple[str, ...]
    left: tuple[str, ...]


def compare_values(
    before: Mapping[str, Values], after: Mapping[str, Values], *, half: Half | None = None
) -> tuple[Difference, ...]:
    """Compare two sets of values by question id, measure by measure; those without a common one are left out."""
    return tuple(
        _difference(measure, half, pairs) for measure in MEASURES if (pairs := _pairs(measure, before, after))
    )


def compare_scores(a: Scores, b: Scores, *, half: Half) -> tuple[Difference, ...]:
    """Compare two scored runs on one half of the questions."""
    before, after = ({q.id: q.values for q in scores.questions if q.half == half} for scores in (a, b))
    return compare_values(before, after, half=half)


def changed_answers(a: Run, b: Run) -> Iterator[ChangedAnswer]:
    """Yield the questions whose answers differ in a word, a citation or a status."""
    titles = {str(p.id): p.title for run in (a, b) for p in run.papers.values()}
    for question in a.questions:
        before, after = a.answers.get(question.id), b.answers.get(question.id)
        if before is None or after is None or _answer_shown(before) == _answer_shown(after):
            continue
        cited = [cited_papers(r) if "error" not in r else frozenset() for r in (before, after)]
        yield ChangedAnswer(
            id=question.id,
            question=question.question,
            before=_answer_shown(before),
            after=_answer_shown(after),
            entered=tuple(sorted(titles.get(paper, paper) for paper in cited[1] - cited[0])),
            left=tuple(sorted(titles.get(paper, paper) for paper in cited[0] - cited[1])),
        )


def _answer_shown(record: Mapping[str, object]) -> str:
    """Return what a reader saw of an answer: its text, or how it ended without one."""
    if "error" in record:
        return f"(crashed: {record['error']})"
    return str(record["text"] or f"({record['status']})")


def _pairs(
    measure: Measure, before: Mapping[str, Values], after: Mapping[str, Values]
) -> list[QuestionDifference]:
    pairs = []
    for name, values in before.items():
        old, new = values.get(measure.name), after.get(name, {}).get(measure.name)
        if old is not None and new is not None:
            pairs.append(QuestionDifference(name, old, new))
    return pairs


def _difference(measure: Measure, half: Half | None, pairs: Sequence[QuestionDifference]) -> Difference:
    changes = [pair.change for pair in pairs]
    low, high = bootstrap_interval(changes)
    return Difference(
        measure=measure,
        half=half,
        before=fmean(pair.before for pair in pairs),
        after=fmean(pair.after for pair in pairs),
        low=low,
        high=high,
        p=randomisation_test(changes),
        questions=tuple(sorted(pairs, key=lambda pair: (_gain(measure, pair), pair.id))),
    )


def _gain(measure: Measure, pair: QuestionDifference) -> float:
    return -pair.change if measure.lower_is_better else pair.change
