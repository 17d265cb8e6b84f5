"""Which plots a report shows, each made from the run and its scores. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from eval.metrics.abstention import refused
from eval.metrics.ranking import recall_at_k
from eval.reference import ANSWERABLE, Half, ReferenceQuestion
from eval.report.plots import Axis, Dot, Line, draw_bar, draw_dots, draw_lines, draw_rows
from eval.runs import Run
from eval.scoring import Scores

_DEPTH = 50
_TYPES = {"list": "list", "fact": "fact", "compare": "compare", "howwhy": "how/why", "followup": "follow-up"}


@dataclass(frozen=True, slots=True)
class Plot:
    """A drawn figure with its heading and what to read out of it."""

    heading: str
    caption: str
    svg: str


def report_plots(run: Run, scores: Scores, *, half: Half) -> Iterator[Plot]:
    """Yield the plots of one half of the questions; those without anything to show are left out."""
    asked = [
        (question, record)
        for question in run.questions
        if question.half == half and (record := run.answers.get(question.id)) and "error" not in record
    ]
    if lines := list(_recall_lines(run, asked)):
        yield Plot(
            "Recall over depth",
            "Share of the relevant papers among the first k of the ranking, mean over questions of a type.",
            draw_lines(
                lines,
                x=Axis("depth k", most=_DEPTH, ticks=(1, 10, 20, 30, 40, 50)),
                y=Axis("recall"),
                label="Recall over depth, by type of question",
            ),
        )
    if dots := list(_set_dots(scores, run, half)):
        yield Plot(
            "Cited sets",
            "Each set question by precision and recall of the papers that its answer cites. Point at a dot for "
            "the question; the lines join equal F1.",
            draw_dots(
                dots,
                x=Axis("recall"),
                y=Axis("precision"),
                curves=[_equal_f1(f1) for f1 in (0.2, 0.4, 0.6, 0.8)],
                label="Precision against recall of the cited sets",
            ),
        )
    if rows := _refusal_rows(asked):
        yield Plot(
            "Calibration of refusal",
            "Similarity plus word coverage of each question, which is what a refusal rests on. Hollow: refused. "
            "Well apart, the rows could be told from each other by one number.",
            draw_rows(
                rows, x=Axis("similarity + coverage", most=2.0, ticks=(0, 0.5, 1, 1.5, 2)), label="Refusals"
            ),
        )
    if parts := [(s.stage, s.p50) for s in scores.stages if s.stage != "total" and s.p50 > 0]:
        yield Plot(
            "Where the time goes",
            "Median milliseconds of each stage of an answer.",
            draw_bar(parts, unit="ms", label="Median milliseconds a stage"),
        )


def _recall_lines(run: Run, asked: Sequence[tuple[ReferenceQuestion, Mapping[str, Any]]]) -> Iterator[Line]:
    for kind in ANSWERABLE:
        rankings = [
            ([paper["id"] for paper in record["ranked"]], run.qrels[question.id])
            for question, record in asked
            if question.type == kind
        ]
        if rankings:
            yield Line(
                _TYPES[kind],
                tuple(
                    (float(k), fmean(recall_at_k(ranking, grades, k=k) for ranking, grades in rankings))
                    for k in range(1, _DEPTH + 1)
                ),
            )


def _set_dots(scores: Scores, run: Run, half: Half) -> Iterator[Dot]:
    words = {question.id: question.question for question in run.questions}
    for score in scores.questions:
        recall, precision = score.values.get("cited_recall"), score.values.get("cited_precision")
        if score.half == half and score.type == "list" and recall is not None and precision is not None:
            label = f"{score.id}: {words[score.id]} (precision {precision:.2f}, recall {recall:.2f})"
            yield Dot(recall, precision, label, "filled")


def _equal_f1(f1: float) -> Line:
    """The points with 2pr / (p + r) = f1, from the top to the right edge."""
    steps = [f1 / (2 - f1) + (1 - f1 / (2 - f1)) * n / 40 for n in range(41)]
    return Line(f"F1 {f1:g}", tuple((r, f1 * r / (2 * r - f1)) for r in steps))


def _refusal_rows(asked: Sequence[tuple[ReferenceQuestion, Mapping[str, Any]]]) -> dict[str, list[Dot]]:
    rows: dict[str, list[Dot]] = {"answerable": [], "near miss": [], "off-topic": []}
    for question, record in asked:
        signals = record.get("signals") or {}
        if signals.get("similarity") is None:
            continue
        sum_of_both = signals["similarity"] + signals["coverage"]
        name = "answerable" if question.answerable else "near miss" if question.relevant else "off-topic"
        look = "hollow" if refused(record["status"]) else "filled"
        label = (
            f"{question.id}: {question.question} ({record['status'].replace('_', ' ')}, {sum_of_both:.2f})"
        )
        rows[name].append(Dot(sum_of_both, 0.0, label, look))
    return {name: dots for name, dots in rows.items() if dots}
