"""A run's files -> its scores: each question's values, their means with intervals, tokens and times.

Nothing but the folder is read, so a run can be scored again, elsewhere, by a later Footnote.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path
from statistics import fmean
from typing import Any, Literal

from eval.judging import Values, judge_answer
from eval.measures import MEASURES
from eval.metrics.abstention import confusion
from eval.metrics.intervals import bootstrap_interval, percentile
from eval.opinions import OpinionFigure, summarise_opinions
from eval.reference import TYPES, Half
from eval.runs import Run
from eval.trec import write_run
from eval.whole_files import write_whole

VERSION = 1
HALVES: tuple[Half, ...] = ("report", "tune")
Lack = Literal["missing", "crashed"]
LACKS: tuple[Lack, ...] = ("missing", "crashed")


@dataclass(frozen=True, slots=True)
class QuestionScore:
    """The values of one question. `status` is the answer's, or `missing` or `crashed`."""

    id: str
    type: str
    half: Half
    status: str
    values: Values


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over n questions with its 95 % bootstrap interval. `type` may be `all`."""

    measure: str
    half: Half
    type: str
    n: int
    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class StageTimes:
    """Milliseconds of a stage over n answers."""

    stage: str
    n: int
    p50: float
    p95: float


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens that the model server counted; `cost` in the unit of the prices, None without prices."""

    answers: int
    prompt: int
    completion: int
    cost: float | None


@dataclass(frozen=True, slots=True)
class Scores:
    """All scores of a run. `fallbacks` counts answers that another writer than the run's wrote.

    `opinions` are a model's, where one was asked: they decide nothing.
    """

    questions: tuple[QuestionScore, ...]
    figures: tuple[Figure, ...]
    confusion: Mapping[Half, Mapping[str, Mapping[str, int]]]
    stages: tuple[StageTimes, ...]
    tokens: Tokens
    fallbacks: int
    opinions: tuple[OpinionFigure, ...] = ()

    def by_status(self, status: Lack) -> tuple[str, ...]:
        """Return the ids of the questions without an answer, or of those that crashed."""
        return tuple(score.id for score in self.questions if score.status == status)

    def figure(self, measure: str, *, half: Half, kind: str = "all") -> Figure | None:
        """Return one figure; None when no question was counted in it."""
        wanted = (measure, half, kind)
        return next((f for f in self.figures if (f.measure, f.half, f.type) == wanted), None)


def score_run(run: Run, *, prices: tuple[float, float] | None = None) -> Scores:
    """Score a run. `prices` are of a million prompt and completion tokens."""
    questions = tuple(_score_questions(run))
    records = [r for answers in run.rounds for r in answers.values() if "error" not in r]
    return Scores(
        questions=questions,
        figures=tuple(_figures(questions, seed=int(run.manifest.get("seed", 1)))),
        confusion={
            half: confusion((q.type, q.status) for q in questions if q.half == half) for half in HALVES
        },
        stages=tuple(_stages(records)),
        tokens=_tokens(records, prices),
        opinions=tuple(_opinion_figures(run, questions)),
        fallbacks=sum(r["writer"] != run.manifest["writer"] and bool(r["sentences"]) for r in records),
    )


def write_scores(folder: Path, run: Run, scores: Scores) -> None:
    """Write `scores.json` and the rankings as `run.txt` (TREC) into the folder."""
    record: dict[str, Any] = {
        "version": VERSION,
        **asdict(scores),
        **{lack: scores.by_status(lack) for lack in LACKS},
    }
    text = json.dumps(record, indent=1, ensure_ascii=False)
    write_whole(folder / "scores.json", text + "\n")
    rankings = {q: [p["id"] for p in r["ranked"]] for q, r in run.answers.items() if "error" not in r}
    write_run(folder / "run.txt", rankings)


def _score_questions(run: Run) -> Iterator[QuestionScore]:
    for question in run.questions:
        record = run.answers.get(question.id)
        others = [answers[question.id] for answers in run.rounds[1:] if question.id in answers]
        grades = run.qrels.get(question.id, {})
        values = judge_answer(question, grades, record, papers=run.papers, others=others)
        yield QuestionScore(question.id, question.type, question.half, _status(record), values)


def _status(record: Mapping[str, Any] | None) -> str:
    if record is None:
        return "missing"
    return "crashed" if "error" in record else str(record["status"])


def _opinion_figures(run: Run, questions: Sequence[QuestionScore]) -> Iterator[OpinionFigure]:
    for half in HALVES:
        values = {q.id: q.values for q in questions if q.half == half}
        yield from summarise_opinions(run.opinions, values, half=half)


def _figures(questions: Sequence[QuestionScore], *, seed: int) -> Iterator[Figure]:
    for measure, half, kind in product(MEASURES, HALVES, ("all", *TYPES)):
        chosen = [q for q in questions if q.half == half and kind in {"all", q.type}]
        counted = [v for q in chosen if (v := q.values.get(measure.name)) is not None]
        if counted:
            low, high = bootstrap_interval(counted, seed=seed)
            yield Figure(measure.name, half, kind, len(counted), fmean(counted), low, high)


def _stages(records: Iterable[Mapping[str, Any]]) -> Iterator[StageTimes]:
    stages: dict[str, list[float]] = {}
    for record in records:
        for stage, milliseconds in record["timings_ms"].items():
            stages.setdefault(stage, []).append(float(milliseconds))
    for stage, times in stages.items():
        yield StageTimes(stage, len(times), percentile(times, 0.5), percentile(times, 0.95))


def _tokens(records: Iterable[Mapping[str, Any]], prices: tuple[float, float] | None) -> Tokens:
    usages = [r["usage"] for r in records if r["usage"]["prompt_tokens"] is not None]
    prompt = sum(usage["prompt_tokens"] for usage in usages)
    completion = sum(usage["completion_tokens"] or 0 for usage in usages)
    cost = (prompt * prices[0] + completion * prices[1]) / 1e6 if prices else None
    return Tokens(len(usages), prompt, completion, cost)
