"""What the report says of one question: what was answered, what was missed, and why. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from eval.judging import Values, cited_papers
from eval.measures import BY_NAME
from eval.metrics.abstention import refused
from eval.metrics.nuggets import holds
from eval.reference import ReferenceQuestion
from eval.runs import Opinion, Run
from eval.scoring import QuestionScore, Scores
from rag.sources.entry import title_key

Record = Mapping[str, Any]
_MOST_MISSED = 40


@dataclass(frozen=True, slots=True)
class Missed:
    """Something that a good answer would have had, or lacked, and the reason in words."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Row:
    """One question of the table. `headline` is the measure that its type is judged by, by name."""

    question: ReferenceQuestion
    score: QuestionScore
    record: Record | None
    headline: str
    missed: tuple[Missed, ...]
    opinions: tuple[Opinion, ...] = ()

    @property
    def value(self) -> float | None:
        """The value of the headline measure, 0 to 1."""
        return self.score.values.get(self.headline)

    @property
    def failed(self) -> bool:
        """Tell whether the headline measure is below one half."""
        return self.value is not None and self.value < 0.5  # noqa: PLR2004  # the middle

    @property
    def label(self) -> str:
        """The headline measure, as people call it."""
        return BY_NAME[self.headline].label


def report_rows(run: Run, scores: Scores) -> Iterator[Row]:
    """Yield a row for each question, in the order of the file."""
    by_id = {score.id: score for score in scores.questions}
    for question in run.questions:
        record = run.answers.get(question.id)
        score = by_id[question.id]
        headline = _headline(question, score.values)
        missed = tuple(_missed(question, run, record))[:_MOST_MISSED]
        yield Row(question, score, record, headline, missed, run.opinions.get(question.id, ()))


def _headline(question: ReferenceQuestion, values: Values) -> str:
    if not question.answerable:
        return "right_refusal"
    return "cited_f1" if question.type == "list" or values.get("nugget_recall") is None else "nugget_recall"


def _missed(question: ReferenceQuestion, run: Run, record: Record | None) -> Iterator[Missed]:
    if record is None:
        yield Missed("no answer", "the run has not come to this question; go on with it")
        return
    if "error" in record:
        yield Missed("no answer", f"it crashed: {record['error']}")
        return
    if not question.answerable:
        if not refused(record["status"]):
            yield Missed("a refusal", "the library cannot answer this, but sentences were shown")
        return
    if refused(record["status"]):
        yield Missed("an answer", f"it was refused ({record['status'].replace('_', ' ')})")
    yield from _missed_nuggets(question, run, record)
    yield from _missed_papers(question, run, record)
    yield from _extra_papers(question, run, record)


def _missed_papers(question: ReferenceQuestion, run: Run, record: Record) -> Iterator[Missed]:
    cited = cited_papers(record)
    ranks = {paper["id"]: rank for rank, paper in enumerate(record["ranked"], start=1)}
    titles = {paper["id"]: paper["title"] for paper in record["ranked"]}
    grades = run.qrels.get(question.id, {})
    for paper, grade in sorted(grades.items(), key=lambda item: (-item[1], ranks.get(item[0], 1_000))):
        if grade == 0 or paper in cited:
            continue
        name = titles.get(paper) or _name(question, run, paper)
        weight = "" if grade > 1 else " (fits in part)"
        yield Missed(f"{name}{weight}", _why_missed(paper, ranks))


def _why_missed(paper: str, ranks: Mapping[str, int]) -> str:
    if paper.startswith("missing:"):
        return "the library has no such paper"
    if paper not in ranks:
        return f"not found: it is not among the {len(ranks)} best"
    return f"found at rank {ranks[paper]}, but not cited"


def _extra_papers(question: ReferenceQuestion, run: Run, record: Record) -> Iterator[Missed]:
    relevant = {paper for paper, grade in run.qrels.get(question.id, {}).items() if grade >= 1}
    for source in record["sources"]:
        if source["id"] in cited_papers(record) - relevant:
            yield Missed(source["title"], "cited, but judged not to belong")


def _missed_nuggets(question: ReferenceQuestion, run: Run, record: Record) -> Iterator[Missed]:
    told = "\n".join(sentence["text"] for sentence in record["sentences"])
    cited = {title_key(run.papers[paper].title) for paper in cited_papers(record) if paper in run.papers}
    for nugget in question.nuggets:
        if holds(told, nugget.keys):
            continue
        from_cited = any(title_key(title) in cited for title in nugget.titles)
        why = "its paper was cited, but other words of it" if from_cited else "its paper was not cited"
        yield Missed(f"“{nugget.text}”", why)


def _name(question: ReferenceQuestion, run: Run, paper: str) -> str:
    if paper in run.papers:
        return run.papers[paper].title
    return question.names.get(title_key(paper.removeprefix("missing:")), paper)
