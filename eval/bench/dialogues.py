"""Are follow-ups asked of the right papers? `python -m eval.bench.dialogues`.

Scripted dialogues (`eval/questions/dialogues.jsonl`): each turn says what is asked, which papers the
question must be asked of (titles in order, or `library`), and what its answer showed. A dialogue is right
when all its turns are. The rules were tuned on the `tune` half; `report` was written, and run, after that.
Those called `later` were written when the rules for the others were done. No library is searched, so a mistake is one of understanding. Also the follow-ups of
`eval/questions/reference.jsonl`: the papers that answer them must be within what they are asked of.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from eval.reference import QUESTIONS, load_questions
from rag.answering.asking.conversation import remember
from rag.answering.asking.understanding import understand
from rag.types import NOTHING_SAID, Conversation, Kind, Mention, PaperId, Question

DIALOGUES = Path(__file__).resolve().parents[1] / "questions" / "dialogues.jsonl"
_LIST = "which papers learn from few images?"
_SHOWN = ("Twin Scale Fusion", "Patient Mamba", "Quiet Prompts: Eight Vectors", "Bark and Leaf", "Slow Drums")
_TODAY = date(2026, 1, 1)
_NAMES = {False: "dialogues", True: "later"}


@dataclass(frozen=True, slots=True)
class Turn:
    """A follow-up with the titles it should be asked of, and those that it was; None is the library."""

    dialogue: str
    asked: str
    expected: tuple[str, ...] | None
    question: Question
    right: bool


def play(dialogue: Mapping[str, Any]) -> Iterator[Turn]:
    """Play a dialogue; yield each turn that says what it should be asked of."""
    conversation = NOTHING_SAID
    for turn in dialogue["turns"]:
        question = understand(turn["asked"], today=_TODAY, conversation=conversation)
        if "about" in turn:
            expected = None if turn["about"] == "library" else tuple(turn["about"])
            dates = (question.scope.since, question.scope.until)
            right = (
                question.scope.ids == expected
                if expected is None
                else set(question.scope.ids or ()) == set(expected)
            ) and dates == (turn.get("since"), turn.get("until"))
            yield Turn(dialogue["id"], turn["asked"], expected, question, right)
        shown = tuple(Mention(PaperId(title), title) for title in turn.get("shown", ()))
        conversation = remember(conversation, question, shown=shown, answered=bool(shown))


def load_dialogues(half: str, *, later: bool) -> list[dict[str, Any]]:
    """Read the dialogues of a half; `later` ones were written when the rules were done."""
    records = map(json.loads, DIALOGUES.read_text(encoding="utf-8").splitlines())
    return [one for one in records if one["half"] == half and one.get("later", False) is later]


def recall(history: list[Mapping[str, str]]) -> Conversation:
    """Return the state after a history whose last answer names its papers in quotation marks."""
    question = understand(history[-2]["content"], today=_TODAY)
    shown = tuple(Mention(PaperId(t), t) for t in re.findall(r"\"([^\"]+)\"", history[-1]["content"]))
    return remember(NOTHING_SAID, question, shown=shown)


def main() -> None:
    """Print how many dialogues and turns are right; with --wrong also the others of a half."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--wrong", choices=("tune", "report"), help="print what is wrong in a half")
    shown = parser.parse_args().wrong
    for later, half in itertools.product((False, True), ("tune", "report")):
        _print_dialogues(
            load_dialogues(half, later=later), f"{_NAMES[later]:<10} {half:<7}", show=half == shown
        )
    _print_reference(show=shown == "report")
    alone = [question.question for question in load_questions() if question.type != "followup"]
    _print_new_topics("reference ", alone, show=shown == "report")
    tuning = [question.question for question in load_questions(QUESTIONS.with_name("tuning.jsonl"))]
    _print_new_topics("tuning    ", tuning, show=shown == "tune")


def _print_dialogues(dialogues: list[dict[str, Any]], name: str, *, show: bool) -> None:
    played = [list(play(dialogue)) for dialogue in dialogues]
    turns = [turn for dialogue in played for turn in dialogue]
    whole = sum(all(turn.right for turn in dialogue) for dialogue in played)
    right = sum(turn.right for turn in turns)
    print(
        f"{name} right {whole} of {len(played)} ({whole / len(played):.3f}), "
        f"follow-ups {right} of {len(turns)} ({right / len(turns):.3f})"
    )
    for turn in turns if show else ():
        if not turn.right:
            print(f"    {turn.dialogue} {turn.asked}: asked of {turn.question.scope}, not {turn.expected}")


def _print_reference(*, show: bool) -> None:
    records = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    held = number = 0
    sizes = 0.0
    for record in records:
        if not record.get("history"):
            continue
        number += 1
        conversation = recall(record["history"])
        question = understand(record["question"], today=_TODAY, conversation=conversation)
        ids = question.scope.ids
        right = ids is not None and set(record["relevant"]) <= set(ids)
        held += right
        sizes += len(ids or ()) / len(conversation.papers)
        if show and not right:
            print(f"    {record['id']} {record['question']}: asked of {ids}, not {list(record['relevant'])}")
    print(
        f"reference  the relevant papers are within the scope of {held} of {number} follow-ups; "
        f"it holds {sizes / number:.2f} of the papers shown before"
    )


def _print_new_topics(name: str, alone: list[str], *, show: bool) -> None:
    """Ask questions that stand alone after a list, and after a fact: they leave the set."""
    shown = tuple(Mention(PaperId(title), title) for title in _SHOWN)
    after = (
        Conversation(_LIST, Kind.LIST, shown),
        Conversation(_LIST, Kind.FACT, shown, about=(shown[1].id,)),
    )
    captured = [
        text
        for text in alone
        for conversation in after
        if understand(text, today=_TODAY, conversation=conversation).scope.ids is not None
    ]
    print(f"{name} {len(captured)} of {2 * len(alone)} questions on a new topic were taken for follow-ups")
    for text in captured if show else ():
        print(f"    {text}")


if __name__ == "__main__":
    main()
