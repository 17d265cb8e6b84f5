"""What do the words of a follow-up point at? Told from the conversation's state, by rules. Pure.

Rules in order, the surest first: the others, ordinals and numbers, sets ("of those"), one paper ("that
one", "it"), names out of the titles. A pronoun that has something to stand for within the question itself
("does Mamba forget what it read?") points at nothing before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from rag.answering.asking.asking_words import SEVERAL_PAPERS
from rag.answering.asking.by_place import COMPARING, by_count, by_neighbour, by_number
from rag.answering.asking.meant import Reference, ids_of
from rag.answering.asking.mentions import content_words, find_described, find_names, names_another_side
from rag.answering.asking.ordinals import mend_ordinals, number_in
from rag.answering.asking.pointing import (
    ANY_PRONOUN,
    BOTH,
    IT,
    LEAD,
    OF_IT,
    ONE,
    OTHERS,
    SET,
    THE_PAPER,
    WHICH_ONE,
)
from rag.answering.asking.without_reference import (
    before_clause,
    has_antecedent,
    stands_within,
    with_it,
    with_they,
    without,
)
from rag.types import Conversation, PaperId

_PAPERS_ASKED = re.compile(
    rf"{LEAD}(?:(?:which|what|any|do|have|are there|find|show(?: me)?|list|other|more|some) )+(?:{SEVERAL_PAPERS})\b(?! (?:does|did)\b)"
    rf"|{LEAD}who(?: else)? (?:(?:has|have) )?(?:use|build|appl(?:y|ie)|extend|adopt|compare)(?:s|d|ed)?\b",
    re.IGNORECASE,
)
_SHORT_REMARK = 8
_WORDS_ON = 11
_PAIR = 2
_LONG = 18
_FIRST_WORDS = 9
_TWO = re.compile(r"\b(?:both|two|one|paper)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:they|of them)\b", re.IGNORECASE)
_OF_THEM = re.compile(r"\bof (?:them|these|those)\b", re.IGNORECASE)
_OF_MANY = re.compile(r"\b(?:differ|compare(?! (?:with|to|against)\b)|years?|many)\b", re.IGNORECASE)
# "How many pictures?" - "Who labelled them?": what the paper has, not the papers.
_THINGS_OF_IT = re.compile(
    r"^(?:and )?(?:who|where|when|how|why) (?:[\w-]+ ){1,3}them\W*$|^(?:and )?(?:can|could|will|were|are) (?:they|these|those) (?:be )?\w+ed\W*$",
    re.IGNORECASE,
)
# "Which come with code?" - "And which have none?": those that the first question left out.
_NONE = re.compile(r"\b(?:none|not|don't|doesn't)\W*$", re.IGNORECASE)
# "Papers that work on owls": no work was pointed at.
_RELATIVE = re.compile(
    r"\b(?!(?:is|was|does|has|its|this|uses?)\b)(?:\w+s|one|paper|something|anything|everything|research) that (?:work|study|survey|approach)$",
    re.IGNORECASE,
)
_LIKE_IT = re.compile(r"\b(?:like|similar to) (?:it|this|that)\b", re.IGNORECASE)
_COMPARED = re.compile(
    r"\bcompar\w+|\bdiffer\w*|\bversus\b|\bvs\b|\bor\b|\bthan\b|\bagainst\b", re.IGNORECASE
)
_OF_SEVERAL = re.compile(r"\bdiffer|\bcompare\b|\bin common\b", re.IGNORECASE)


def find_reference(text: str, conversation: Conversation) -> Reference | None:
    """Return what a follow-up points at; None for a question that points at nothing before it."""
    words = mend_ordinals(text).split(" ")
    # A long question points at what was before in its first words, if at all.
    split = len(words) if len(words) <= _LONG else _FIRST_WORDS
    head, tail = " ".join(words[:split]), " ".join(words[split:])
    found = next((found for rule in _RULES if (found := rule(head, conversation))), None)
    return replace(found, rest=f"{found.rest} {tail}".strip()) if found else None


def _others(text: str, conversation: Conversation) -> Reference | None:
    """Resolve "the others", "the remaining three": the set without those last asked about, or what it lost."""
    match = OTHERS.search(text)
    if not match or len(text.split()) > _SHORT_REMARK or _OF_THEM.search(text):
        return None
    ids, about = ids_of(conversation.papers), set(conversation.about)
    if about and about < set(ids):
        left = tuple(paper_id for paper_id in ids if paper_id not in about)
    else:
        dropped = tuple(paper_id for paper_id in ids_of(conversation.wider) if paper_id not in {*ids, *about})
        number = number_in(match.group())
        left = ids if "remaining" in match.group().lower() and number in {None, len(ids)} else dropped
    rest = without(text, match)
    if "paper" in match.group().lower() and (_LIKE_IT.search(rest) or (content_words(rest) and not left)):
        return None  # "other papers like this", "which other papers use maps?" where no others were shown
    return Reference(left, rest, match.group().strip())


def _set(text: str, conversation: Conversation) -> Reference | None:
    """Resolve "of those", "which use ...?", "how do they differ?"."""
    match = SET.search(text)
    if not match:
        return None
    if named := find_names(text[: match.start()], conversation.papers):
        return Reference(named, text, "a title")
    if _PRONOUN.search(match.group()) and len(content_words(text[: match.start()])) > _PAIR:
        return None  # "which designers were asked about the trees, and where do they work?"
    rest = text if match["bare"] else with_they(text, match)
    put = match.group().strip() or text.strip(" ?.!")  # "whose data set is the largest?"
    words = set(match.group().lower().split())
    both = _OF_SEVERAL.search(text) or {"them", "those", "these"} & words
    each = _each_alone(conversation) if both else ()
    talked_of = each or conversation.about
    authors = "they" in words and not _OF_MANY.search(text)
    if len(talked_of) == 1 and (authors or _THINGS_OF_IT.search(text)):
        return Reference(talked_of, text, put)
    if each or (len(talked_of) > 1 and "them" not in words and ("they" in words or _OF_SEVERAL.search(text))):
        return Reference(talked_of, rest, put)
    shown = conversation.wider if match["bare"] and _NONE.search(text) else ()
    return Reference(ids_of(shown or conversation.papers), rest, put)


def _two(text: str, conversation: Conversation) -> Reference | None:
    match = BOTH.search(text)
    if not match or has_antecedent(text[: match.start()]):
        return None
    ids = ids_of(conversation.papers)
    if not _TWO.search(match.group()) and _PAIR not in {len(conversation.about), len(ids)}:
        one = WHICH_ONE.search(text)  # not "which is faster, A or B?"
        return Reference(ids, text, one.group().strip()) if one and ids else None
    pair = conversation.about if len(conversation.about) == _PAIR else _each_alone(conversation) or ids
    return Reference(pair, without(text, match), match.group().strip(), among=len(pair) != _PAIR)


def _one(text: str, conversation: Conversation) -> Reference | None:
    match = ONE.search(text)
    if match and not _RELATIVE.search(text[: match.end()]) and not has_antecedent(text[: match.start()]):
        return _single(with_it(text, match), match, conversation)
    match = IT.search(text)
    if match and not has_antecedent(before_clause(text, match)):
        return _single(text, match, conversation)
    match = OF_IT.search(text)
    if match and conversation.about and len(text.split()) <= _SHORT_REMARK:
        return _single(text, match, conversation)
    match = THE_PAPER.search(text)
    if not match or not conversation.about or has_antecedent(text[: match.start()]):
        return None
    if len(text.split()) <= _SHORT_REMARK:
        return _single(text, match, conversation)
    return None


def _named(text: str, conversation: Conversation) -> Reference | None:
    """Resolve "EigenPlaces": what one title alone has; who asks which papers use it asks of others."""
    if _PAPERS_ASKED.match(text) or (
        _COMPARED.search(text) and names_another_side(text, conversation.papers)
    ):
        return None
    found = dict.fromkeys(
        (*find_names(text, conversation.papers), *find_described(text, conversation.papers))
    )
    if found and len(conversation.about) == 1 and COMPARING.search(text):
        found = dict.fromkeys((*conversation.about, *found))
    return Reference(tuple(found), text, "a title") if found else None


def _any_pronoun(text: str, conversation: Conversation) -> Reference | None:
    """Resolve "you said they need labels": to the paper talked of, else to the set."""
    match = ANY_PRONOUN.search(text)
    if not match or len(text.split()) > _WORDS_ON or stands_within(text, match):
        return None
    if match.group().lower() in {"it", "its"} or conversation.about:
        return _single(text, match, conversation)
    return Reference(ids_of(conversation.papers), text, match.group())


def _described(text: str, conversation: Conversation) -> Reference | None:
    """Find "the drum paper", "that one with prompts": words that one title alone has."""
    if find_names(text, conversation.papers):
        return None
    found = find_described(text, conversation.papers)
    return Reference(found, text, "a title") if found else None


_RULES: tuple[Callable[[str, Conversation], Reference | None], ...] = (
    _others,
    by_neighbour,
    by_count,
    by_number,
    _set,
    _two,
    _described,
    _one,
    _named,
    _any_pronoun,
)


def _each_alone(conversation: Conversation) -> tuple[PaperId, ...]:
    """Return the two papers of which each was asked something alone, one after the other; empty if there are not both."""
    both = ids_of(conversation.wider)
    return (
        both
        if len(both) == _PAIR and conversation.about == both[-1:] and len(conversation.papers) == 1
        else ()
    )


def _single(rest: str, match: re.Match[str], conversation: Conversation) -> Reference:
    ids = ids_of(conversation.papers)
    if conversation.about and (named := find_names(rest, conversation.papers)):
        return Reference(tuple(dict.fromkeys((*conversation.about, *named))), rest, match.group().strip())
    if conversation.about:
        return Reference(conversation.about, rest, match.group().strip(), among=len(conversation.about) > 1)
    return Reference(ids, rest, match.group().strip(), among=len(ids) > 1)
