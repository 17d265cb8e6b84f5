"""Which of the papers that were shown does a text name? Told from their titles. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.types import Mention, PaperId

_NAMED_ONE = re.compile(
    r"\b(?:the|that) (?:one|paper|work) (?:about|on|for|with|by|from|of) ([\w -]{3,40}?)(?=[,;:?.!]|$| (?:and|do|does|is|has|have|needs?|uses?|works?|gets?)\b)|\bthe ([\w-]{3,30}(?: [\w-]{3,30})?) (?:one|paper|work|study|survey|review|article)\b|\bthe (survey|review|audit|benchmark|tutorial|overview)\b(?! (?:papers|works|articles|for|of|on|about|by|that|which|with|where)\b)|^the ([\w-]{3,30}(?: [\w-]{3,30})?)(?=[:,])",
    re.IGNORECASE,
)
_ODD = re.compile(r"\b(?=\w*[A-Z0-9]\w*[A-Z]|\w*[a-z][A-Z]|[A-Z]+\d)[\w-]{3,}\b")
# Two words that a comparison sets side by side, whatever stands behind the next one: a match begins at each.
_SIDES = re.compile(
    r"(?=\b([\w-]+)(?:,? (?:and|or|vs\.?|versus|against|than|with)|,) ([\w-]+))", re.IGNORECASE
)
_LETTERS = 4
_STEM = 5
_SHORTEST_NAME = 3
_WORDS_OF_NAME = 5
# Words that carry no topic of their own in a follow-up.
_EMPTY_TEXT = """
a about again all also an and any anything are as asked at be been but by can could data dataset datasets did do
does first for from get give given good great had has have how i in interesting is it its just keep let like me mean
meant more most not now of ok okay on one ones only or other others paper papers please question question? same say
says see set sets should show so sort sounds study studies tell thank thanks that that's the their them then there
these they this those to too us use used useful uses using want was we well were what what's when where which who
whose why will with work works would year years you
"""
_EMPTY = frozenset(_EMPTY_TEXT.split())


def find_names(text: str, mentions: Sequence[Mention]) -> tuple[PaperId, ...]:
    """Return the papers that a text names by their title or by a name that one title alone has."""
    return tuple(
        mention.id
        for mention in mentions
        if any(_stands_in(name, text) for name in _names(mention, mentions))
    )


def names_another_side(text: str, mentions: Sequence[Mention]) -> bool:
    """Tell whether a comparison names a side that no title holds: "how do OwlNet and WrenNet differ?" after OwlNet alone.

    >>> names_another_side("OwlNet or WrenNet on CIFAR-10?", [Mention(PaperId("a"), "OwlNet: Owls at Night")])
    True
    """
    sides = [side for match in _SIDES.finditer(text) for side in match.groups()]
    return any(
        _ODD.fullmatch(side) and not any(_stands_in(side, m.title) for m in mentions) for side in sides
    )


def proper_name(mention: Mention) -> str:
    """Return what a title calls the thing that the paper proposes; the title in quotation marks where it has no name.

    >>> proper_name(Mention(PaperId("a"), "Yes, we HUNT: Owls at Night")), proper_name(Mention(PaperId("b"), "Songs of Owls"))
    ('HUNT', '“Songs of Owls”')
    """
    head, colon, _ = mention.title.partition(":")
    if not colon or len(head.split()) > _WORDS_OF_NAME:
        return f"“{mention.title}”"
    odd = _ODD.findall(head)
    return odd[0] if len(odd) == 1 else head


def find_described(text: str, mentions: Sequence[Mention]) -> tuple[PaperId, ...]:
    """Return the papers that a text describes by words that one title alone has: "the drum paper"."""
    found: list[PaperId] = []
    for match in _NAMED_ONE.finditer(text):
        words = content_words(next(group for group in match.groups() if group))
        # "The BrainBERT one" is none on brains; "the GAN one" may be SlotGAN.
        names = [name for name in _ODD.findall(match.group()) if not name.isupper()]
        whole = [m for m in mentions if all(_stands_in(name, m.title) for name in names)]
        fitting = [m.id for m in whole if words and all(_holds(m.title, word) for word in words)]
        found += fitting if len(fitting) == 1 else []
    return tuple(found)


def content_words(text: str) -> list[str]:
    """Return the words of a text that carry a topic, in lower case."""
    return [word for word in re.findall(r"[\w-]+", text.lower()) if word not in _EMPTY]


def _holds(title: str, word: str) -> bool:
    """Tell whether a title has a word in any form, or as a part: KoalaBench is "the benchmark paper"."""
    if len(word) <= _LETTERS:
        # "The GAN one" may be SlotGAN, "the owl one" OwlNet.
        inside = rf"(?<=[a-z]){re.escape(word.upper())}(?![A-Za-z])|\b{re.escape(word.capitalize())}(?=[A-Z])"
        return bool(re.search(rf"\b{re.escape(word)}s?\b", title, re.IGNORECASE) or re.search(inside, title))
    return word[: max(_LETTERS, min(_STEM, len(word) - 3))] in title.lower()


def _names(mention: Mention, mentions: Sequence[Mention]) -> list[str]:
    """The names of a paper: its title, what stands before the colon, and words like EigenPlaces."""
    head, colon, _ = mention.title.partition(":")
    names = [mention.title, *([head] if colon and len(head.split()) <= _WORDS_OF_NAME else [])]
    names += [
        name for name in _ODD.findall(mention.title) if sum(name in other.title for other in mentions) == 1
    ]
    return list(dict.fromkeys(name for name in names if len(name) >= _SHORTEST_NAME))


def _stands_in(name: str, text: str) -> bool:
    # A name of one ordinary word ("Mamba", "Sparsey") must be written as the title writes it.
    flags = re.IGNORECASE if " " in name or len(re.findall(r"[A-Z]", name)) > 1 else re.NOFLAG
    return bool(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text, flags))
