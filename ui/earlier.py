"""What was said before, of a chat whose program sends all of it with each question.

The state after an answer is noted under a checksum of what was said, so that a follow-up finds it. Where it
is not there any more (the server was started anew, a program changed the words), the earlier questions are
asked again, quoting: that costs no model, and gives the papers that quotes would have shown.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from rag.answering.answerer import Answerer, last_answer
from rag.answering.asking.conversation import continue_with
from rag.errors import QuestionError
from rag.types import NOTHING_SAID, Answer, Conversation

_NOTED = 1_000
_ASKED_AGAIN = 3


@dataclass(frozen=True, slots=True)
class Message:
    """What the user or the assistant said; other roles are left out before."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a user, with the messages before it and the state that they led to."""

    user: str
    before: tuple[Message, ...]
    question: str
    said: Conversation = NOTHING_SAID


class Earlier:
    """The states of the last thousand conversations, each user's apart."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._noted: OrderedDict[str, Conversation] = OrderedDict()

    def note(self, asked: Asked, answer: Answer, *, text: str) -> None:
        """Note the state after an answer, which was given as `text`."""
        said = (*asked.before, Message("user", asked.question), Message("assistant", text))
        with self._guard:
            self._noted[_checksum(asked.user, said)] = continue_with(asked.said, answer)
            while len(self._noted) > _NOTED:
                self._noted.popitem(last=False)

    def recall(self, asked: Asked) -> Conversation | None:
        """Return the state that was noted after the messages before a question; None if none was."""
        with self._guard:
            return self._noted.get(_checksum(asked.user, asked.before))


def ask_again(answerer: Answerer, said: Sequence[Message]) -> Conversation:
    """Return the state after the last three questions, asked of an answerer that quotes."""
    conversation = NOTHING_SAID
    for question in [message.text for message in said if message.role == "user"][-_ASKED_AGAIN:]:
        try:
            answer = last_answer(answerer.answer(question, conversation=conversation))
        except QuestionError:
            continue
        conversation = continue_with(conversation, answer)
    return conversation


def _checksum(user: str, said: Sequence[Message]) -> str:
    """Spacing does not count: programs trim it."""
    words = [[message.role, " ".join(message.text.split())] for message in said]
    return hashlib.sha256(json.dumps([user, words]).encode()).hexdigest()
