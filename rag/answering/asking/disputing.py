"""Whether papers agree in what was asked last: "does any paper contradict this?" Pure.

The words for agreeing are no topic, so that the last question's is asked: of the papers shown where "they" are meant,
else of the whole library, because who disagrees was hardly among those that answered.
"""

from __future__ import annotations

import re
from dataclasses import replace

from rag.answering.asking.asking_words import opening
from rag.answering.asking.meant import FollowUp, ids_of
from rag.numbers import counted
from rag.types import Conversation, Kind, PaperId, Scope

_WHO = (
    r"(?:(?P<they>they|these|those)(?: papers)?|(?:(?:the|all|any|other|another|some|one|most) (?:of the )?)*(?:papers?|works?|authors?|studies|study|abstracts?|others)"
    r"|anyone(?: else)?|anybody(?: else)?|someone|everyone|everybody)"
)
_THIS = r"(?:(?:with|on|about|over|in) )?(?:this|that|it)(?: (?:claim|point|view|finding|idea|result))?"
_EACH_OTHER = r"(?:with )?(?:each other|one another)"
_ASKED = re.compile(
    rf"{opening()}(?:(?:do|does|did) {_WHO} (?:all |really |actually |also )*(?:agrees?|disagrees?|contradicts?|disputes?|den(?:y|ies)|conflicts?|clash|clashes|challenges?|refutes?)"
    rf"(?: {_EACH_OTHER}| {_THIS})*"
    rf"|who (?:else )?(?:agrees?|disagrees?|contradicts?|disputes?|challenges?|refutes?)(?: {_THIS})*"
    r"|is (?:this|that|it) (?:really |actually |at all )?(?:disputed|undisputed|controversial|contested|debated|settled|agreed (?:up)?on|a consensus)"
    rf"|(?:is|are) there (?:(?:an?|any|some) )?(?:disagreements?|agreement|consensus|debates?|contradictions?|controvers(?:y|ies)|disputes?)(?: (?:here|there|(?P<among>(?:among|between) (?:them|these|those)))| {_THIS})?)[?.! ]*",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"^(?:(?:which|what|the|all|any|list|show(?: me)?|find(?: me)?)\s+)*(?:papers|works|studies)\b(?: (?:that|which|are))*(?: (?:on|about|stud(?:y|ying)|discuss|mention|deal with|address|treat))?\s*"
    r"|^(?:what|why|how|which|where|when|who)(?:'s| (?:is|are|was|were|do|does|did|can))?\s+|^(?:is|are|do|does|did|can|was|were)\s+",
    re.IGNORECASE,
)


def read_dispute(text: str, conversation: Conversation, period: Scope) -> FollowUp | None:
    """Ask whether papers agree in the topic of the last question; None where a follow-up does not ask that.

    >>> said = Conversation("why are owls quiet?", Kind.EXPLAIN)
    >>> read_dispute("does any paper contradict this?", said, Scope()).sought
    'owls quiet'
    """
    asked = _ASKED.fullmatch(text.strip())
    topic = _ASKING.sub("", conversation.question.strip()).strip(" ?.!")
    if not asked or not topic or conversation.kind in {None, Kind.TALK, Kind.CORPUS}:
        return None
    ids = _disputants(conversation) if asked["they"] or asked["among"] else ()
    where = f"{counted(len(ids), 'paper')} of the last answer" if ids else "the whole library"
    return FollowUp(
        f"do papers agree on {topic}?",
        topic,
        replace(period, ids=ids or None),
        Kind.EXPLAIN,
        (f"Asked of {where}, about “{topic}”.",),
    )


def _disputants(conversation: Conversation) -> tuple[PaperId, ...]:
    """Return the papers that "they" are: those talked of, if several, else those shown."""
    return conversation.about if len(conversation.about) > 1 else ids_of(conversation.papers)
