"""A second reading of a question, by a model, asked only where the rules are unsure of the first.

One small request, soon given up: what fails, says something else, or names a kind that cannot be answered leaves
the question as the rules read it. What the model said is kept, so that the same question costs nothing again.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, replace

from rag.answering.asking.intent import CALLED
from rag.answering.asking.kind_prompt import KINDS_TOLD, render_kind
from rag.answering.corpus.inquiry import Matter, read_inquiry
from rag.answering.model.chat_model import ChatModel
from rag.answering.model.reply import WholeReply
from rag.answering.sets.kept_verdicts import KeptVerdicts
from rag.errors import ModelError
from rag.types import Kind, Question, Usage

logger = logging.getLogger(__name__)

_REPLY_TOKENS = 60
_LONGEST_QUESTION = 2_000
_NAMED = re.compile(r'"kind"\s*:\s*"(\w{1,20})"')


@dataclass(frozen=True, slots=True)
class Told:
    """What the model made of a question: a kind, None for nothing of use; the tokens that it took."""

    kind: Kind | None
    usage: Usage


NOT_ASKED = Told(None, Usage())


class KindReader:
    """The configured chat model, asked for the kind of a question within `seconds`."""

    def __init__(self, model: ChatModel, kept: KeptVerdicts, *, seconds: float) -> None:
        """Nothing is contacted before the first question that the rules doubt."""
        self.model = model
        self._kept = kept
        self._seconds = seconds

    def read(self, text: str) -> Told:
        """Return the kind of a question that stands alone; nothing is raised."""
        asked = " ".join(text.split())[:_LONGEST_QUESTION]
        if known := self._kept.kind(asked):
            return Told(known, Usage())
        told = self._ask(asked)
        if told.kind:
            self._kept.put_kind(asked, told.kind)
        return told

    def _ask(self, asked: str) -> Told:
        reply, prompt = WholeReply(), render_kind(asked)
        try:
            reply.take(self.model.stream(prompt, most_tokens=_REPLY_TOKENS, seconds=self._seconds))
        except ModelError as error:
            logger.info("kind not read by the model", extra={"reason": str(error)})
            return Told(None, reply.usage)
        return Told(_usable(read_reply(reply.text), asked), reply.usage)


def read_reply(reply: str) -> Kind | None:
    """Return the one kind that a reply names, in JSON or as its only word.

    >>> read_reply('```json {"kind": "compare"}```'), read_reply("Fact."), read_reply("It is a list, I think.")
    (<Kind.COMPARE: 'compare'>, <Kind.FACT: 'fact'>, None)
    """
    named = set(_NAMED.findall(reply)) or {reply.strip(" \n\"'`.")}
    word = named.pop().lower()
    return next((kind for kind in KINDS_TOLD if kind.value == word), None) if not named else None


def overrule(question: Question, by_rules: Question) -> Question:
    """Return a question as the model reads it, with a notice of how the rules had read it."""
    notice = (
        f"The model reads this as {CALLED[question.kind]}; by its words it is {CALLED[by_rules.kind]}, which "
        f"is not sure: {by_rules.doubt}. A kind that you choose counts in any case."
    )
    return replace(question, notices=(*question.notices, notice))


def _usable(kind: Kind | None, asked: str) -> Kind | None:
    """Of the library as a whole, only what code can count is answered."""
    countable = kind is not Kind.CORPUS or read_inquiry(asked).matter is not Matter.CONTENTS
    return kind if countable else None
