"""What a set question asks for -> its clauses, each with a criterion or several of its own. Pure.

"Use transformers and need no labels" says two things, and so do "segmentation without labels" and "captioning
papers that mention COCO": what a paper lacks, and words that can be looked up in it, stand apart from a topic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.answering.asking.coordination import (
    INVOLVED,
    VERB,
    begins_with_verb,
    hide_whole,
    show_whole,
    split_members,
)
from rag.answering.asking.heads import RELATIVE
from rag.retrieval.mentioned_words import mentioned, used_name

_LONGEST = 24  # words; what is longer stays whole
_CLAUSES = re.compile(
    r"(?:,? (?:and|as well as|together with)|,) (?=(?:also |that |which |who |where |do |does |are |is |has |have |can |need )\b)|,? and (?=about\b)|\s+as well as\s+",
    re.IGNORECASE,
)
_LACKING = re.compile(r"^(?P<what>.+?\S),? (?:(?:and|but|yet) )?(?P<lack>without .+)$", re.IGNORECASE)
# "Which methods get by without labels?" asks for one thing.
_COPING = re.compile(r"(?:do|does|gets? (?:by|along|on)|works?|copes?|manages?|goes|go)", re.IGNORECASE)
_WITH_OR = re.compile(r"with (?:or|and|\ue001|\ue000) without", re.IGNORECASE)
# "Captioning that mentions COCO", "retrieval, evaluated on ImageNet": what may be looked up stands behind.
_HELD = re.compile(
    r"^(?P<topic>(?!either\b).+?)(?<!\bor)(?<!\bor that)(?<!\band),? (?:(?:that|which|who) )?(?:also )?(?P<held>(?:mention|us|evaluat|test|train|report)\w* .+|(?:contain\w*|with) the (?:words?|terms?|phrases?) .+)$",
    re.IGNORECASE,
)


def split_clauses(body: str) -> Iterator[str]:
    """Yield the clauses of a question without its head; names and pairs that are one thing come hidden.

    >>> list(split_clauses("use transformers and need no labels")), list(split_clauses("owls without labels"))
    (['use transformers', 'need no labels'], ['owls', 'without labels'])
    >>> list(split_clauses("captioning that mentions COCO")), list(split_clauses("birds that mention food"))
    (['captioning', 'mentions COCO'], ['birds', 'mention food'])
    """
    if len(body.split()) > _LONGEST:
        yield body
        return
    for part in _verb_clauses(hide_whole(body)):
        relative = re.match(r"that|which|who", part, re.IGNORECASE)
        clause = RELATIVE.sub("", part.strip(" ,;."), count=1) if relative else part
        lacking = None if _WITH_OR.search(clause) else _LACKING.match(clause)
        if lacking and not VERB.fullmatch(lacking["what"]) and not _COPING.fullmatch(lacking["what"]):
            yield from (lacking["what"], lacking["lack"])
        elif clause.strip(" ,;."):
            yield from _looked_up_apart(clause)


def _looked_up_apart(clause: str) -> tuple[str, ...]:
    """Part a topic from words or a name that are looked up: of one criterion of both, neither would be."""
    parts = _HELD.match(clause)
    first = show_whole(split_members(parts["held"])[1][0]) if parts else ""
    looked_up = mentioned(first) or used_name(first)
    if not parts or not looked_up or begins_with_verb(parts["topic"]) or INVOLVED.search(parts["topic"]):
        return (clause,)
    return parts["topic"], parts["held"]


def _verb_clauses(body: str) -> Iterator[str]:
    """Split "use transformers and need no labels": what follows "and" is a clause where both begin with verbs."""
    for part in filter(None, _CLAUSES.split(body)):
        current, *others = re.split(r" and ", part)
        is_clause = begins_with_verb(current) or current.startswith("without ")
        for following in others:
            if is_clause and begins_with_verb(following):
                yield current
                current = following
            else:
                current = f"{current} and {following}"
        yield current
