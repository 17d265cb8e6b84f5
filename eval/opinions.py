"""What a language model says of a run's answers, written down beside them.

Its verdicts decide nothing: they are reported next to the measures by rule, with how well the two agree. A
verdict that could not be read is unscored and counted. Opinions are appended one by one, so a run of the
judge can be stopped; a question that has some is not asked again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from eval.judging import Values, cited_papers
from eval.metrics.agreement import spearman
from eval.metrics.intervals import bootstrap_interval
from eval.reference import Half, ReferenceQuestion
from eval.runs import OPINIONS, Opinion, Run, read_answers

if TYPE_CHECKING:
    from rag.answering.model.chat_model import ChatModel

# The measure by rule that each opinion is about as well.
COUNTERPARTS = {"faithfulness": "citation_recall", "relevancy": "ndcg10", "correctness": "nugget_recall"}


@dataclass(frozen=True, slots=True)
class OpinionFigure:
    """One measure of the judge over a half. `mean` is None when nothing could be read.

    `agreement` is the rank correlation with the counterpart over `compared` questions, None without spread.
    """

    measure: str
    half: Half
    scored: int
    unscored: int
    mean: float | None
    low: float | None
    high: float | None
    agreement: float | None
    compared: int


@dataclass(frozen=True, slots=True)
class Tally:
    """The mean of the opinions that could be read, None without one, and how many could not."""

    mean: float | None
    scored: int
    unscored: int


def ask_opinions(run: Run, model: ChatModel) -> Iterator[tuple[int, int]]:
    """Ask for opinions on each answer with sentences; yield how many are done, and of how many.

    The reference answer is shown for `correctness` where a question has one.
    """
    path = run.folder / OPINIONS
    known = read_answers(path, mend=True)
    answered = [q for q in run.questions if run.answers.get(q.id, {}).get("sentences")]
    done = sum(question.id in known for question in answered)
    for question in answered:
        if question.id in known:
            continue
        opinions = _ask(run, question, model)
        record = {"id": question.id, "opinions": [asdict(opinion) for opinion in opinions]}
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(record) + "\n")
        done += 1
        yield done, len(answered)


def _tally(opinions: Iterable[Opinion]) -> Tally:
    """Average opinions of one measure.

    >>> _tally([Opinion("relevancy", 1.0, "YES"), Opinion("relevancy", None, "Hm.")])
    Tally(mean=1.0, scored=1, unscored=1)
    """
    scores = [opinion.score for opinion in opinions]
    read = [score for score in scores if score is not None]
    return Tally(sum(read) / len(read) if read else None, len(read), len(scores) - len(read))


def summarise_opinions(
    opinions: Mapping[str, Sequence[Opinion]], values: Mapping[str, Values], *, half: Half
) -> tuple[OpinionFigure, ...]:
    """Return a figure for each measure that the judge was asked for; `values` are those by rule, of a half's questions."""
    figures = []
    for measure, counterpart in COUNTERPARTS.items():
        given = {q: o for q in values for o in opinions.get(q, ()) if o.measure == measure}
        if not given:
            continue
        counted = _tally(given.values())
        read = {q: o.score for q, o in given.items() if o.score is not None}
        low, high = bootstrap_interval(list(read.values())) if read else (None, None)
        pairs = [(s, v) for q, s in read.items() if (v := values[q].get(counterpart)) is not None]
        agreement = spearman([s for s, _ in pairs], [v for _, v in pairs])
        figures.append(
            OpinionFigure(
                measure=measure,
                half=half,
                scored=counted.scored,
                unscored=counted.unscored,
                mean=counted.mean,
                low=low,
                high=high,
                agreement=agreement,
                compared=len(pairs),
            )
        )
    return tuple(figures)


def _ask(run: Run, question: ReferenceQuestion, model: ChatModel) -> tuple[Opinion, ...]:
    from eval.second_opinion import second_opinion  # llama-index's evaluators take a while to load

    record: Mapping[str, Any] = run.answers[question.id]
    contexts = [run.papers[paper].abstract for paper in sorted(cited_papers(record)) if paper in run.papers]
    return second_opinion(
        question.question, record["text"], contexts, reference=question.answer or None, model=model
    )
