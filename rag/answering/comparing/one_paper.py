"""The one paper that words mean: "the paper on owls" the first that is found, "SlotNet" the one that brings it. Pure.

A question may be nothing but a name. It then counts only where a paper bears it, because "ImageNet" alone is a topic.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answering.asking.asked_about import described
from rag.answering.comparing.bearing import bears
from rag.answering.comparing.calling import called_by
from rag.answering.refusing.entities import named_things
from rag.types import Paper, RankedPaper

_DEPTH = 10
_ENDS = " ?.!:,;\"“”'"
_BRINGS = r"\b(?:named|called|dubbed|termed|propos\w+|present\w*|introduc\w+|design\w*|develop\w*|build\w*)\b[^.]{0,160}"


def find_meant(what: str, ranked: Sequence[RankedPaper]) -> RankedPaper | None:
    """Return the paper that is meant, out of those found for its name or description; None if none is.

    A paper that only mentions a name, or explains its short form, does not bring it.
    """
    if described(what) != what:
        return next(iter(ranked), None)
    called = called_by(what, ranked[:_DEPTH])
    return called if called and brings(called.paper, what) else None


def brings(paper: Paper, name: str) -> bool:
    """Tell whether a name stands in a paper's title, or is what its abstract says it proposes.

    >>> from rag.types import PaperId
    >>> paper = Paper(PaperId("a"), "Slots for Owls", "We tune LoRA. We propose Slot Nets (SlotNet).")
    >>> brings(paper, "SlotNet"), brings(paper, "LoRA"), brings(paper, "Owls")
    (True, False, True)
    """
    words = rf"(?<![\w-]){re.escape(name)}(?![\w-])"
    return bool(re.search(words, paper.title, re.IGNORECASE) or re.search(_BRINGS + words, paper.abstract))


def find_borne(text: str, ranked: Sequence[RankedPaper]) -> RankedPaper | None:
    """Return the one paper that bears the name that a whole question is; None if none does, or several do."""
    name = text.strip(_ENDS)
    if " " in name or name.islower():
        return None
    borne = [one for one in ranked if one.paper.title.startswith(f"{name}:")]
    if not borne and named_things(name) == (name,):
        borne = [one for one in ranked if bears(one.paper, name)]
    return borne[0] if len(borne) == 1 else None
