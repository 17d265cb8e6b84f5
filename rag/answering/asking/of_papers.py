"""A question that is asked of papers that were shown: in which words, and as what kind. Pure.

Of one paper it names the paper; of several, "which of them ..." and "do they ..." ask for a set.
"""

from __future__ import annotations

import re
from dataclasses import replace

from rag.answering.asking.intent import read_kind
from rag.answering.asking.meant import (
    SHOWN_BEFORE,
    FollowUp,
    Reference,
    asked_of,
    ids_of,
    known_papers,
    last_asked,
    on_set,
    set_question,
    too_few,
)
from rag.answering.asking.mentions import content_words
from rag.answering.asking.pointing import LEAD, PLURAL
from rag.numbers import counted
from rag.types import Conversation, Judgement, Kind, PaperId, Scope

# "Which use prompts?" asks for a set, of two papers as of twenty; "what data do they use?" does not.
# So does "which of these | use prompts?".
_OF_SET = re.compile(
    rf"^which papers |^(?={PLURAL}(?! (?:they|these|those)\b))|^(?:and |but |so )?(?:which|who|does any|do any|any|whom)(?: ones?| that)? (?={PLURAL}|is (?:about|on|for|with|without|in|an? (?:surveys?|reviews?|tutorials?|benchmarks?|data ?sets?))\b|(?:in|on|with|without|for|by|not|also)\b)",
    re.IGNORECASE,
)
# "Do they use audio?", of a set: which of them do.
_WHETHER = re.compile(
    r"^(?:and |but |so )?(?:do|(?P<verb>are |have |can )) ?(?:they|these|those) (?:(?:papers|works|studies|ones) )?(?:all |also )?",
    re.IGNORECASE,
)
_SAID_OF_ALL = re.compile(r"^which papers (?:do|does) (?=\w)", re.IGNORECASE)
# Asks something of a paper in words that carry no topic elsewhere: "how does it work?", "what data do they use?"
_ASKS_ITSELF = re.compile(
    r"\b(?:what|which|how|why|where|whose)\b.*\b(?:data|data ?sets?|works?|do(?:es)? (?:it|that|this|so))\b|\bdo (?:it|that|this|so)\W*$",
    re.IGNORECASE,
)
# "What is it used for?" asks more than the last question did; "and the third?", "does it?" do not.
_OWN_WORDS = re.compile(
    r"^(?:(?:and|but|so) )?(?:what|how|why|where|when|who)\b(?! (?:about|of)\b)(?: [\w-]+){3}", re.IGNORECASE
)
_WHICH_OF_SET = re.compile(
    rf"{LEAD}(?:which|who|(?:do |does |are |is |have |has )?any|some)(?: ones?)? (?:of|among|from) (?:them|these|those)\b",
    re.IGNORECASE,
)
# One of them, or what they have: "which of these is newer?", "which of these data sets ...?"
_ONE_OF_THEM = re.compile(
    r"(?:(?:is|are|was|were|has|have|does|do|did|would|should|could|can) )?(?:(?:the )?(?:\w+est|most|least|better|worse|more|less|newer|older|faster|slower|larger|smaller)|you|i|we|they|"
    r"data ?sets?|tasks?|benchmarks?|results?|numbers?|methods?|models?|languages?|two|three)\b",
    re.IGNORECASE,
)
_ALSO = re.compile(r"^(?:also|all|even) ", re.IGNORECASE)
_PRONOUNS = re.compile(
    r"\b(?:(?:this|that) (?:one|paper|work|study)|it|its|this|that|they|them|their|these|those|both)\b",
    re.IGNORECASE,
)
_SHOW = re.compile(
    r"(?:please )?(?:show|list|give|display)(?: me)? (?:these|those|them|all|the (?:list|set))\b",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"\b(?:better|worse|faster|slower|larger|bigger|smaller|different|similar)\b", re.IGNORECASE
)
_BELONGING = (Judgement.MEETS, Judgement.PARTLY)
_FEW = 3
_PAIR = 2
_PLURAL_VERBS = {"is": "are", "was": "were", "has": "have", "does": "do"}
_PREPOSITIONS = frozenset(["with", "without", "on", "for", "in", "by", "about", "using", "from"])


def ask_of_papers(text: str, reference: Reference, conversation: Conversation, period: Scope) -> FollowUp:
    """Ask a question of the papers that it points at."""
    own = bool(
        content_words(reference.rest)
        or _ASKS_ITSELF.search(reference.rest)
        or _OWN_WORDS.match(reference.rest)
    )
    if not own and (shown_again := _shown_again(text, reference, conversation, period)):
        return shown_again
    asked, kind = _asked(text, reference, conversation, own=own)
    sought = (
        in_plural(_SAID_OF_ALL.sub("which papers ", _OF_SET.sub("which papers ", asked)))
        if own and kind is Kind.LIST
        else asked
    )
    alone = sought
    if kind is Kind.CORPUS:
        alone = text
    elif kind is not Kind.LIST and len(reference.papers) <= _FEW:
        known = known_papers(conversation)
        named = " and ".join(f"“{known[one].title if one in known else one}”" for one in reference.papers)
        alone = f"{named}: {sought}"
    # What the set was narrowed down by in vain is the last question, but not the one that the set answers.
    is_set_again = kind is Kind.LIST and sought == last_asked(conversation)
    return FollowUp(
        alone,
        sought,
        replace(period, ids=reference.papers),
        kind,
        (_asked_of(reference), *too_few(reference, conversation)),
        all_fit=is_set_again and _belong(reference.papers, conversation),
    )


def _shown_again(
    text: str, reference: Reference, conversation: Conversation, period: Scope
) -> FollowUp | None:
    """Show papers of a set once more, of which nothing is asked: "and the others?", "show them"; None for anything else."""
    answered = conversation.kind is Kind.LIST and conversation.question == set_question(conversation)
    left_out = conversation.kind is Kind.LIST and set(ids_of(conversation.papers)).isdisjoint(
        reference.papers
    )
    if not left_out and (answered or not _SHOW.match(text)):
        return None
    asked = SHOWN_BEFORE if left_out else set_question(conversation) or SHOWN_BEFORE
    return replace(on_set(asked, reference.papers, conversation, period=period), all_fit=True)


def _asked(text: str, reference: Reference, conversation: Conversation, *, own: bool) -> tuple[str, Kind]:
    """Return what is asked of the papers, in words of its `own` or else in the last question's, and its kind."""
    read = read_kind(text)
    said = reference.rest if own else conversation.question
    words = reference.rest or "compare" if read is Kind.COMPARE and not own else said  # "compare them all"
    is_alone = len(reference.papers) == 1
    asked, kind = (words, read) if is_alone else _asked_of_several(text, reference, words, kind=read)
    again = conversation.kind if asked == conversation.question and kind is not Kind.CORPUS else None
    meant = again or kind
    return asked, Kind.FACT if meant is Kind.LIST and is_alone else meant


def _asked_of_several(text: str, reference: Reference, sought: str, *, kind: Kind) -> tuple[str, Kind]:
    """Return what is asked of several papers, and its kind: "which of them build a data set?" and "do they use maps?" ask for a set."""
    if kind not in {Kind.FACT, Kind.LIST}:
        return sought, kind
    if sought == reference.rest and _WHICH_OF_SET.match(text) and not _ONE_OF_THEM.match(sought):
        return f"which papers {_ALSO.sub('', sought)}", Kind.LIST
    if kind is not Kind.FACT:
        return sought, kind
    whether = _WHETHER.sub(r"which papers \g<verb>", sought)
    if _OF_SET.search(whether):
        return whether, Kind.LIST
    is_comparison = len(reference.papers) == _PAIR and _AGAINST.search(whether)
    return whether, Kind.COMPARE if is_comparison else kind


def _asked_of(reference: Reference) -> str:
    """Say of how many papers a question is asked."""
    if not reference.among:
        return asked_of(len(reference.papers))
    words = (_PRONOUNS.findall(reference.words) or [reference.words])[-1]
    return f"“{words}” may be any of {counted(len(reference.papers), 'paper')}: asked of all; name one by its number."


def _belong(ids: tuple[PaperId, ...], conversation: Conversation) -> bool:
    """Tell whether papers were found to meet the question that they were shown for."""
    found = {mention.id for mention in conversation.papers if mention.verdict in _BELONGING}
    return found.issuperset(ids)


def in_plural(question: str) -> str:
    """Return a question that asks which papers, with its verb in the plural.

    >>> in_plural("which papers is about maps?"), in_plural("which papers proposes a loss?"), in_plural("which papers with audio?")
    ('which papers are about maps?', 'which papers propose a loss?', 'papers with audio?')
    >>> in_plural("which papers discuss maps?")
    'which papers discuss maps?'
    """
    match = re.match(r"which papers (?P<verb>\w+)(?P<rest>.*)$", question, re.IGNORECASE | re.DOTALL)
    if not match:
        return question
    verb = match["verb"].lower()
    if verb in _PREPOSITIONS:
        return f"papers {match['verb']}{match['rest']}"
    plural = _PLURAL_VERBS.get(verb) or re.sub(r"(?<=[^su])s$", "", re.sub(r"(?<=[a-z]{2})ies$", "y", verb))
    return f"which papers {plural}{match['rest']}" if plural != verb or verb != match["verb"] else question
