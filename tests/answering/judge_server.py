"""A judge that knows the truth, over real HTTP; and what it may do wrong with it.

The truth stands in the abstracts: a paper meets a criterion if its abstract holds the criterion's words, and
the sentence that does is the quote.
"""

from __future__ import annotations

import json
import random
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from rag.answering.model.chat_model import ChatModel
from rag.answering.sets.judged_sets import JudgedSet, judge_set
from rag.answering.sets.judging import Judge
from rag.answering.sets.kept_verdicts import KeptVerdicts
from rag.environment.reading import read_settings
from rag.types import AnswerEvent, Criteria, Criterion, Paper, PaperId
from tests.model_server import ModelServer, Reply, says

Record = dict[str, Any]
Fault = Callable[[list[Record], random.Random], list[Record]]

_PAPER = re.compile(r'<paper id="(\w+)">\nTitle: (.*)\nAbstract: (.*)\n</paper>')
_CRITERION = re.compile(r"^(\d)\. (.*)$", re.MULTILINE)


@dataclass(slots=True)
class Asked:
    """What a request shows: titles and abstracts by id, and the criteria by number."""

    papers: dict[str, tuple[str, str]]
    criteria: dict[int, str]

    @classmethod
    def of(cls, body: Record) -> Asked:
        """Read a request."""
        user = body["messages"][-1]["content"]
        shown, _, criteria = user.rpartition("Criteria:\n")
        papers = {label: (title, abstract) for label, title, abstract in _PAPER.findall(shown)}
        return cls(papers, {int(number): text for number, text in _CRITERION.findall(criteria)})

    def truth(self) -> list[Record]:
        """Return a record for each paper, as the prompt asks for them."""
        return [
            {"id": label, "verdicts": [_verdict(n, text, abstract) for n, text in self.criteria.items()]}
            for label, (_, abstract) in self.papers.items()
        ]


def _verdict(number: int, criterion: str, abstract: str) -> Record:
    holding = [s for s in re.findall(r"[^.]+\.?", abstract) if criterion.lower() in s.lower()]
    quote = holding[0].strip() if holding else ""
    return {"criterion": number, "quote": quote, "verdict": "meets" if holding else "no"}


@dataclass(slots=True)
class PerfectJudge:
    """Answers every request with the truth, after what `faults` do to it; counts how often a paper was shown."""

    faults: Sequence[Fault] = ()
    seed: int = 0
    shown: dict[str, int] = field(default_factory=dict)
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, handler: Any) -> None:
        """Play the reply; see `tests.model_server.Reply`."""
        asked = Asked.of(handler.body)
        records = asked.truth()
        with self._guard:
            for title, _ in asked.papers.values():
                self.shown[title] = self.shown.get(title, 0) + 1
            dice = random.Random(f"{self.seed} {sorted(asked.papers)} {len(self.shown)}")
        for fault in self.faults:
            records = fault(records, dice)
        says(json.dumps({"papers": records}), tokens=(100 * len(asked.papers), 10 * len(records)))(handler)


def shuffles(records: list[Record], dice: random.Random) -> list[Record]:
    """Answer in another order."""
    return dice.sample(records, len(records))


def forgets_some(records: list[Record], dice: random.Random) -> list[Record]:
    """Leave out one paper of each reply that has several."""
    return records if len(records) == 1 else dice.sample(records, len(records) - 1)


def repeats_some(records: list[Record], dice: random.Random) -> list[Record]:
    """Say the same of a paper twice."""
    return [*records, dice.choice(records)]


def contradicts_itself(records: list[Record], dice: random.Random) -> list[Record]:
    """Say two things of one paper of each reply that has several."""
    if len({record["id"] for record in records}) == 1:
        return records
    chosen = dice.choice(records)
    other = {"meets": "no", "no": "unclear"}
    turned = [{**one, "verdict": other[one["verdict"]]} for one in chosen["verdicts"]]
    return [*records, {**chosen, "verdicts": turned}]


def invents_some(records: list[Record], dice: random.Random) -> list[Record]:
    """Judge papers that were not shown."""
    label = "".join(dice.choices("aeiou", k=4))  # letters that no id has
    return [{**records[0], "id": label}, *records, {**records[0], "id": "1"}]


FAULTS = (shuffles, forgets_some, repeats_some, contradicts_itself, invents_some)


def library_of(
    size: int, *, planted: Sequence[int], text: str = "It joins local features with care."
) -> tuple[Paper, ...]:
    """Make papers on drums, of which those at the places `planted` hold a text."""
    return tuple(
        Paper(
            PaperId(f"p{place}"),
            f"Paper {place}",
            f"Drums are counted in room {place}. {text if place in set(planted) else 'It counts beats.'} It is quick.",
        )
        for place in range(size)
    )


def criteria(*texts: str, negated: Sequence[str] = ()) -> Criteria:
    """Make criteria that must all hold."""
    return Criteria(
        (*((Criterion(text),) for text in texts), *((Criterion(text, negated=True),) for text in negated))
    )


def make_judge(
    server: ModelServer, folder: Path, environment: Mapping[str, str] | None = None, *, batch: int = 10
) -> Judge:
    """Build a judge that asks a server, with `batch` papers a request."""
    given = {"OPENAI_BASE_URL": server.url, "FOOTNOTE_TIMEOUT": "5", **(environment or {})}
    settings = read_settings(given)
    kept = KeptVerdicts(folder / "verdicts.sqlite", model=settings.model.name)
    return Judge(ChatModel(settings.model), kept, replace(settings.judging, batch=batch, pause=0.01))


def sweep(
    judge: Judge, wanted: Criteria, papers: Sequence[Paper], *, whole: bool = False
) -> tuple[list[AnswerEvent], JudgedSet]:
    """Judge papers to the end; return the events and what was found."""
    events: list[AnswerEvent] = []
    steps = judge_set(wanted, papers, judge, searched=len(papers), whole=whole)
    while True:
        try:
            events.append(next(steps))
        except StopIteration as stop:
            return events, stop.value


def found(judged: JudgedSet) -> set[str]:
    """Return the ids of the members."""
    return {member.paper.id for member in judged.members}


LOCAL = criteria("local features")


def always(write: Callable[[Asked], str]) -> Reply:
    def reply(handler: Any) -> None:
        says(write(Asked.of(handler.body)))(handler)

    return reply
