"""What was last talked of, asked of other papers: "which papers use it for video?" Pure.

Who asks for papers that do something with it asks not of one paper. "It" is written out: as the topic, where the last question
asked what that is, else as the name that its title gives to what the last paper proposes. The question goes to the
whole library, or to the set if it says "of those".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.answering.asking.mentions import proper_name
from rag.answering.asking.pointing import LEAD
from rag.types import Conversation

_IT = r"(?:it|(?:this|that|the same) (?:method|model|approach|system|idea|technique|architecture|framework|network)|(?:that|this)(?=\W*$))"
_ASKED = (
    r"(?:(?:which|what|any|some|all|the|other|more|recent|do|does|did|have|has|are there|is there|find|show(?: me)?|list|give me|how many|"
    r"i need|i want|i am looking for) )*"
)
_PAPERS = r"(?:papers?|works|studies|articles|approaches|methods|people|groups|others|who(?= (?:else |also )?(?:has |have |\w+s\b))|anyone|anybody|someone|somebody|of (?:them|these|those))"
# What papers say of it is asked of a finding, not of a method.
_SAYS = (
    r"(?:do|does|did|done|is|are|was|were|be|like|(?:doubt|den(?:y|ie)|say|claim|show|contradict|confirm|support|agree|disagree|question|prove|explain|argue|"
    r"believe|find|report|think|see|know|write|propose|need|get|make|have)s?)\b"
)
_DOES = rf"(?:(?:are|is|deal) (?:about|on|with|for)|(?:do|are|perform|work)(?:es)? \w+er than|(?!{_SAYS})[a-z]+(?: (?:themselves|their \w+))?(?: (?:on|upon|with|to|from|against|over|about|of))?)"
_USES_IT = re.compile(
    rf"^(?P<head>{LEAD[1:]}{_ASKED}{_PAPERS}(?: else| here)?(?: (?:that|which|who))?(?: (?:have|has|had|also|already|do|does|did))* {_DOES}) {_IT}\b(?P<rest>.*)$",
    re.IGNORECASE,
)
_IS_USED = re.compile(
    rf"{LEAD}(?:is|was|has|have) (?:it|this|that)(?: been)? (?P<verb>[a-z]+ed) (?:in|by) (?:any |some )?(?:other (?:papers|works|people|groups)|others|(?:any|some)(?:one|body)(?: else)?)\b(?P<rest>.*)$",
    re.IGNORECASE,
)
# "What is hubness?", "how does late interaction work?"
_TOPIC = re.compile(
    r"^(?:(?:and|so|please|ok),? )*(?:(?:what(?:'s| is| are)|define|explain|describe)(?: an?)? (?P<what>[^,;:?]+?)|(?:what|how) do(?:es)? (?:an? )?(?P<which>[^,;:?]+?) (?:mean|work))[?.! ]*$",
    re.IGNORECASE,
)
_NO_TOPIC = re.compile(
    r"\b(?:the|its?|this|that|these|those|they|their|there|your|how|why|what|which|when|if|one|paper|library|here)\b",
    re.IGNORECASE,
)
_LONGEST_TOPIC = 5  # words
_AGAIN = re.compile(r"(?<=\w )it(?=\W*$| (?:and|or|for|on|in|to|with|since)\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SpelledOut:
    """A question with a name in the place of "it"."""

    text: str
    name: str

    @property
    def notice(self) -> str:
        """How "it" was read, in a line."""
        return f"“It” is read as {self.name}, which was last asked about: name what you mean if it is something else."


def spell_out(text: str, conversation: Conversation) -> SpelledOut | None:
    """Return the question with the name of what the last paper proposes; None if it does not ask which papers use it.

    >>> from rag.types import Kind, Mention, PaperId
    >>> owl = Mention(PaperId("a"), "OwlNet: Hearing at Night")
    >>> talked = Conversation("how does it work?", Kind.EXPLAIN, (owl,), about=(owl.id,))
    >>> spell_out("which papers use it for songs?", talked).text
    'which papers use OwlNet for songs?'
    >>> spell_out("is it used by others?", talked).text, spell_out("which data does it use?", talked)
    ('which papers used OwlNet?', None)
    """
    name = _asked_topic(conversation.question) or _last_name(conversation)
    if not name:
        return None
    if match := _USES_IT.match(text):
        return SpelledOut(f"{match['head']} {name}{_AGAIN.sub(name, match['rest'])}", name)
    if match := _IS_USED.match(text):
        return SpelledOut(f"which papers {match['verb']} {name}{match['rest']}", name)
    return None


def _asked_topic(question: str) -> str:
    """Return what a question asks the meaning or the working of; "" if it asks for something else.

    >>> _asked_topic("What is neural collapse?"), _asked_topic("what is the data set?")
    ('neural collapse', '')
    """
    match = _TOPIC.match(question)
    topic = (match["what"] or match["which"]) if match else ""
    return "" if _NO_TOPIC.search(topic) or len(topic.split()) > _LONGEST_TOPIC else topic


def _last_name(conversation: Conversation) -> str:
    known = (*conversation.papers, *conversation.wider)
    return next((proper_name(one) for one in known if (one.id,) == conversation.about), "")
