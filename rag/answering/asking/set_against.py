"""A follow-up that sets the paper last talked of against something else: "how does it compare to WrenNet?" Pure.

It is asked of the whole library, with the paper's name in the place of the pronoun, because the other side is not
among the papers shown.
"""

from __future__ import annotations

import re

from rag.answering.asking.asking_words import opening
from rag.answering.asking.meant import FollowUp, Reference, known_papers
from rag.answering.asking.pointing import ORDINALS
from rag.types import Conversation, Kind, Scope

_LEAD = opening()
_PRONOUN = re.compile(
    r"\b(?P<it>it|its|this|that)(?: (?:one|paper|work|study|method|approach|model|article))?\b(?!['’])",
    re.IGNORECASE,
)
_MORE = r"(?:worse|(?:more|less) [\w-]+|(?!(?:other|rather|whether|either)\b)\w{3,}er)"
_OTHER = re.compile(
    rf"(?:\bcompar\w+(?: [\w-]+){{0,4}}? (?:to|with|and|against)|\b{_MORE}(?: [\w-]+){{0,4}}? than|\bversus|\bvs\.?|\bagainst|\bdiffer\w*(?: [\w-]+){{0,3}}? from"
    r"|\b(?:stack|measure)s? up (?:to|with|against)|\bbetween (?:it|this|that)(?: \w+)? and) (?P<other>(?:[^?.!]|\.(?=\w))+)"
    r"|\bbetween (?P<first>(?:[^?.!]|\.(?=\w))+?) and (?:it|this|that)\b",
    re.IGNORECASE,
)
# "And how does WrenNet compare?", "versus WrenNet?": the paper talked of is left out.
_ALONE = (
    re.compile(rf"{_LEAD}how (?:does|do|is|are) (?P<other>(?:[^?.!,]|\.(?=\w))+?) (?:compare|differ|different)[?.! ]*$", re.IGNORECASE),
    re.compile(rf"{_LEAD}(?:(?:and|as|when) )?(?:compared|relative|in comparison|as opposed) (?:to|with) (?P<other>(?:[^?.!,]|\.(?=\w))+)[?.! ]*$", re.IGNORECASE),
    re.compile(rf"{_LEAD}(?:versus|vs\.?|against) (?P<other>(?:[^?.!,]|\.(?=\w))+)[?.! ]*$", re.IGNORECASE),
)  # fmt: skip
# What a paper itself is said to be compared with; and what was shown before.
_OF_ITSELF = re.compile(
    rf"^(?:(?:the|all|any|its|their|most|many|some|each|a|other|using|just) )*(?:previous|prior|existing|earlier|older|others?|competing|competitors|recent|state|sota|"
    rf"baselines?|current|traditional|conventional|standard|alternatives?|rest|related|before|expected|it|them|these|those|this|that|each|they|both|what|whom?|which|how|number|\d+|last|{'|'.join(ORDINALS)}|"
    r"methods?|models?|approach(?:es)?|papers?|works?|techniques?|humans?|people|chance|random)\b",
    re.IGNORECASE,
)
_THAT_OF = re.compile(r"^(?:that|those|the ones?) (?:of|in|by|from) ", re.IGNORECASE)
# "Better than chance", "faster than most detectors" is what its own abstract tells; a name, or a paper, is the other side.
_IS_SIDE = re.compile(
    r"(?:the |an? )?(?-i:[A-Z]\S*[A-Z\d]|[a-z]+[A-Z]|\S*\d|[A-Z][a-z]{3,})|.*\b(?:papers?|works?|stud(?:y|ies)|the one (?:on|about|with|that|by))\b",
    re.IGNORECASE,
)
# "How do WrenNet and OwlNet differ?" has both sides.
_BOTH = re.compile(r"\band\b", re.IGNORECASE)
# Words; a longer question asks something of the paper itself.
_LONGEST = 12
_LONGEST_NAME = 3


def read_against(
    text: str, reference: Reference, conversation: Conversation, period: Scope
) -> FollowUp | None:
    """Set the one paper that is meant against what is not among the papers shown; None for anything else."""
    one = known_papers(conversation).get(reference.papers[0]) if len(reference.papers) == 1 else None
    compared = set_against(text, one.title, words=reference.words) if one else ""
    if not one or not compared:
        return None
    notice = f"Asked of the whole library, about “{one.title}” too."
    return FollowUp(compared, "", period, Kind.COMPARE, (notice,))


def set_against(text: str, title: str, *, words: str = "") -> str:
    """Return a follow-up on one paper as a comparison by names; "" if it sets the paper against nothing else.

    `words` point at the paper where no pronoun does: "first" in "how does the first one compare to WrenNet?".

    >>> set_against("How does it compare to WrenNet?", "OwlNet: Owls at Night")
    'How does OwlNet compare to WrenNet?'
    >>> set_against("and versus WrenNet?", "Counting Owls")
    'compare “Counting Owls” with WrenNet'
    >>> set_against("how does it compare to earlier methods?", "OwlNet: Owls at Night")
    ''
    >>> set_against("how do WrenNet and OwlNet differ?", "OwlNet: Owls at Night")
    ''
    """
    if len(text.split()) > _LONGEST:
        return ""
    said, pronoun = _OTHER.search(text), _PRONOUN.search(text) or _ordinal(words).search(text)
    if said and pronoun:
        other = _THAT_OF.sub("", said["other"] or said["first"])
        end = "’s" if pronoun["it"].lower() == "its" else ""
        named = f"{text[: pronoun.start()]}{_name(title)}{end}{text[pronoun.end() :]}"
        is_side = not re.search(r" than ", said.group(), re.IGNORECASE) or _IS_SIDE.match(other)
        return "" if _OF_ITSELF.match(other) or not is_side else named
    alone = None if pronoun else next(filter(None, (form.match(text) for form in _ALONE)), None)
    if not alone or _OF_ITSELF.match(alone["other"]) or _BOTH.search(alone["other"]):
        return ""
    return f"compare {_name(title)} with {alone['other'].strip()}"


def _ordinal(words: str) -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:the |paper |number )(?P<it>{re.escape(words) or '(?!)'})(?: (?:one|paper|work))?\b",
        re.IGNORECASE,
    )


def _name(title: str) -> str:
    """The name before the colon of a title; else the title, in quotes."""
    head, colon, _ = title.partition(":")
    is_name = colon and len(head.split()) <= _LONGEST_NAME and not head.islower()
    return head.strip() if is_name else f"“{title}”"
