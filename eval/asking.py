"""Ask the questions, one after the other, and write each answer down before the next is asked.

Anything with an `answer` like Footnote's own can be asked, so that a fault can be put around it. A
question on which it crashes is written down with its error: it scores zero and is listed.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any, Protocol

from eval.reference import ReferenceQuestion
from eval.runs import add_answer, answers_name, finish_run, read_answers
from rag.answering.answerer import last_answer
from rag.answering.asking.conversation import continue_with, remember
from rag.contracts import answer_record
from rag.sources.entry import title_key
from rag.types import NOTHING_SAID, Answer, AnswerEvent, Conversation, Mention, Paper

_QUOTED = re.compile(r'"([^"]+)"')


class Answers(Protocol):
    """What can be asked: `rag.answering.answerer.Answerer`, or something around it."""

    def answer(self, asked: str, *, conversation: Conversation = NOTHING_SAID) -> Iterator[AnswerEvent]:
        """Yield events; the last is `Completed`."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How far a run is: questions answered and in all, the seconds of this sitting, and the last one's end.

    `error` is empty unless the question crashed.
    """

    done: int
    total: int
    seconds: float
    question: str
    error: str


def ask_all(
    answers: Answers, questions: Sequence[ReferenceQuestion], *, folder: Path, rounds: int = 1
) -> Iterator[Asked]:
    """Ask what has no answer in the folder yet; yield after each question."""
    began = time.perf_counter()
    total, done = len(questions) * rounds, 0
    shown = set(read_answers(folder / "papers.jsonl", mend=True))
    try:
        for number in range(1, rounds + 1):
            known = read_answers(folder / answers_name(number), mend=True)
            done += sum(question.id in known for question in questions)
            for question in questions:
                if question.id in known:
                    continue
                record, papers = _ask(answers, question)
                fresh = [paper for paper in papers if paper.id not in shown]
                add_answer(folder, record, round_number=number, papers=fresh)
                shown |= {paper.id for paper in fresh}
                done += 1
                yield Asked(
                    done, total, time.perf_counter() - began, question.id, str(record.get("error", ""))
                )
    finally:
        finish_run(folder, seconds=time.perf_counter() - began)


def _asked_text(question: ReferenceQuestion) -> str:
    """Return the words to ask: a follow-up's stand-alone form if the file has one, else the question."""
    return question.standalone or question.question


def _ask(answers: Answers, question: ReferenceQuestion) -> tuple[Mapping[str, Any], Sequence[Paper]]:
    try:
        answer = _completed(answers, question)
    except Exception as error:  # noqa: BLE001  # one question must not end the run; it is listed as crashed
        return {"id": question.id, "error": f"{type(error).__name__}: {error}"}, ()
    return {"id": question.id, **answer_record(answer)}, [source.paper for source in answer.sources]


def _completed(answers: Answers, question: ReferenceQuestion) -> Answer:
    return last_answer(answers.answer(_asked_text(question), conversation=_said_before(answers, question)))


def _said_before(answers: Answers, question: ReferenceQuestion) -> Conversation:
    """Return the state after the history; a question that stands alone needs none.

    Its questions are asked again. Where the history's own answer names papers in quotation marks, those
    are the set that was shown, as far as the search found them too.
    """
    said = NOTHING_SAID
    turns = () if question.standalone else question.history
    for turn, reply in zip_longest(turns, turns[1:]):
        if turn.role == "user":
            answer = last_answer(answers.answer(turn.content, conversation=said))
            shown = _named(reply.content, answer) if reply else ()
            said = remember(said, answer.question, shown=shown) if shown else continue_with(said, answer)
    return said


def _named(reply: str, answer: Answer) -> tuple[Mention, ...]:
    known = {title_key(ranked.paper.title): ranked.paper for ranked in answer.ranking.papers}
    titles = [title_key(title) for title in _QUOTED.findall(reply)]
    return tuple(Mention(known[title].id, known[title].title) for title in titles if title in known)
