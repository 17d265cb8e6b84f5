"""A name said in passing takes the place of the one before: "how does OwlNet work?", "and WrenNet?". Pure.

The question is asked anew with the other name, of the whole library: what was asked of one paper says nothing
of another. In place of a pronoun it stands as well; beside two that are compared, as a third. A word that is no common one is a name in small letters too. What is no name goes
in the place of what papers were said to use or mention, of words of the same frame ("the drum one", "the owl one"), or of all that was
asked for where the reader was misread ("no, I meant owls"), and else leaves the question alone: "and on photos?" adds.
"""

from __future__ import annotations

import re

from rag.library.encoder import common_words
from rag.types import Conversation, Kind

_WORD = r"(?-i:(?=[\w.+/-]*[A-Z]|[\w.+/-]*[a-z][\w.+/-]*\d)[\w+][\w.+/-]*(?<!\.))"
_NAME = rf"{_WORD}(?: (?:{_WORD}|v?\d+|of (?={_WORD}))){{0,5}}"
_LEAD = r"^(?:(?:so|but|ok|okay|now|then|well|and|or|also)\b[\s,]*){0,3}(?:(?:what|how) about )?"
_SAID = re.compile(
    rf"(?P<lead>{_LEAD})(?:the )?(?P<name>{_NAME})(?: (?:data ?set|model|method|paper|one|instead|too|please))?[\s?.!]*$",
    re.IGNORECASE,
)
_SAID_PLAINLY = re.compile(
    rf"(?P<lead>{_LEAD})(?!(?:the|these|those|this|that|its?|their|any|some|more|others?|papers?|for|on|in|with|without|by|from|since|before|after|why|how|when|where|who|what|which)\b)"
    r"(?P<name>[a-z][\w-]*(?: [\w-]+){0,3})(?: instead)?[\s?.!]*$",
    re.IGNORECASE,
)
# "And the v2?", "the owl one?": told by what the last question says in the same frame.
_VERSION = re.compile(rf"{_LEAD}(?:the )?(?P<what>v(?:ersion )?\d[\d.]*)[\s?.!]*$", re.IGNORECASE)
_ONE = r"the (?!(?:first|second|third|last|other|next|former|latter|same|best|\w+est)\b)[\w-]+(?: [\w-]+)? (?:one|paper|version|variant|model|method|data ?set)\b"
_FRAMED = re.compile(rf"{_LEAD}(?:for )?(?P<what>{_ONE})[\s?.!]*$", re.IGNORECASE)
_MEANT = re.compile(
    r"^(?:(?:no|sorry|well|oh|but|hm+)\b[\s,.]*)*(?:(?:i|what i) (?:actually )?mean(?:t)?(?: (?:was|is))?|i was (?:asking|thinking) (?:about|of)|rather)\b[\s,:]*(?P<what>\w.*?)[\s?.!]*$"
    r"|^(?:no\b[\s,.]*)?(?P<what2>\w.*?)[\s,]+(?:is what )?i mean(?:t)?[\s?.!]*$",
    re.IGNORECASE,
)
_HELD = re.compile(r"(?:for|in|on|with|without|by|from|of|using|when|if)\b", re.IGNORECASE)
_WHOLE = re.compile(
    r"(?:which|what|how|why|who|when|where|is|are|do|does|did|can|papers?|works|the (?:first|second|third|last)\b)",
    re.IGNORECASE,
)
_EXPLAINED = re.compile(
    r"(?P<head>(?:please )?(?:explain|describe|define|summari[sz]e|what(?:'s| is| are)|tell me (?:more )?about) )\w[\w -]*$",
    re.IGNORECASE,
)
_OPENS = re.compile(r"(?:and|or|also|what about|how about)\b", re.IGNORECASE)
_NAMED = re.compile(rf"(?<![\w.+/“\"-]){_NAME}", re.IGNORECASE)
# A capital alone at the beginning of a question is no name.
_FIRST = re.compile(r"[A-Z][a-z]*\b(?: (?=[a-z]))?")
_OBJECT = re.compile(
    r"^(?P<head>.*?\b(?:papers|works|studies|ones) (?:(?:that|which) )?(?:mention|use|propose|release|study|need|handle|apply|deal with|rely on|are based on)) "
    r"(?P<what>(?!(?:the|their|its|no)\b)(?:(?!(?:and|or|but|with|without|for|on|in|of|to|that|which)\b)[\w-]+ ?){1,4})[?.! ]*$",
    re.IGNORECASE,
)
_IT = re.compile(r"\b(?:it|this|that)(?P<s>s)?\b", re.IGNORECASE)
_LONGEST = 300  # characters of either


def replaced(text: str, conversation: Conversation) -> str:
    """Return the last question with what was said in the place of the name that it had; "" where nothing is replaced.

    >>> replaced("and WrenNet?", Conversation("how does OwlNet work?", Kind.EXPLAIN))
    'how does WrenNet work?'
    >>> replaced("what about songs?", Conversation("which papers use maps?", Kind.LIST))
    'which papers use songs?'
    >>> replaced("and the v2?", Conversation("what does OwlNet do", Kind.FACT))
    'what does OwlNet v2 do'
    >>> replaced("and on songs?", Conversation("how does OwlNet work?", Kind.EXPLAIN))
    ''
    """
    last = conversation.question
    if not last or max(len(text), len(last)) > _LONGEST:
        return ""
    if misread := _MEANT.match(text):
        return _corrected(misread["what"] or misread["what2"], conversation)
    if framed := _in_frame(text, last):
        return framed
    said = _SAID.match(text) or _SAID_PLAINLY.match(text)
    if not said or not _OPENS.search(said["lead"]):
        return ""
    either = re.search(r"\bor\b", said["lead"], re.IGNORECASE)
    is_name = said.re is _SAID or _is_uncommon(said["name"], conversation)
    place = _place(last, is_name=is_name, several=conversation.kind is Kind.COMPARE)
    if place is None:
        return ""
    old = last[place[0] : place[1]]
    joined = "and" if conversation.kind is Kind.COMPARE else "or" if either else ""
    new = f"{old} {joined} {said['name']}" if joined else said["name"]
    return f"{last[: place[0]]}{new}{last[place[1] :]}"


def _is_uncommon(words: str, conversation: Conversation) -> bool:
    """Tell a name in small letters by a word that is no common one; to a set, words are added as they are."""
    if conversation.kind in {Kind.LIST, Kind.CORPUS}:
        return False
    return any({word, word.removesuffix("s")}.isdisjoint(common_words()) for word in words.lower().split())


def _in_frame(text: str, last: str) -> str:
    """Return the last question with a version of its name, or another "one"; "" where it has nothing like it."""
    if version := _VERSION.match(text):
        place = _place(last, is_name=True, several=False)
        return f"{last[: place[1]]} {version['what']}{last[place[1] :]}" if place else ""
    framed, old = _FRAMED.match(text), [*re.finditer(_ONE, last, re.IGNORECASE)]
    if not framed or len(old) != 1:
        return ""
    return f"{last[: old[0].start()]}{framed['what']}{last[old[0].end() :]}"


def _corrected(what: str, conversation: Conversation) -> str:
    """Return what was meant in place of what was read; "" for a question of its own."""
    last = conversation.question.rstrip("?. ")
    if _WHOLE.match(what):
        return ""
    if _HELD.match(what):
        return f"{last} {what}"
    if conversation.kind is Kind.LIST:
        return f"papers on {what}"
    if explained := _EXPLAINED.match(last):
        return f"{explained['head']}{what}"
    place = _place(last, is_name=True, several=False)
    name = re.sub(r"^the ", "", what)
    return f"{last[: place[0]]}{name}{last[place[1] :]}" if place else f"{last}: {what}"


def _place(last: str, *, is_name: bool, several: bool) -> tuple[int, int] | None:
    """Return where the one name of a question stands, or what stands for it; None if there is none, or more than one."""
    found = _OBJECT.match(last)
    if not is_name:
        return found.span("what") if found else None
    capital = _FIRST.match(last)
    names = [match.span() for match in _NAMED.finditer(last, capital.end() if capital else 0)]
    if several:
        return names[-1] if names else None
    if names:
        return names[0] if len(names) == 1 else None
    if found:
        return found.span("what")
    pronoun = _IT.search(last)
    return pronoun.span() if pronoun and not pronoun["s"] else None
