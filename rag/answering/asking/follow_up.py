"""A follow-up made into a question that stands alone. Pure.

What a follow-up points at comes from what the answers showed (sets, footnote numbers, titles, the paper
last asked about), never from a guess. The papers meant become the scope; the words without the reference
are what is searched for. A question that points at nothing leaves the set, and says so.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from rag.answering.asking.by_place import Reference
from rag.answering.asking.disputing import disputants, disputed_topic
from rag.answering.asking.elsewhere import read_elsewhere
from rag.answering.asking.in_vain import asked_in_vain
from rag.answering.asking.intent import read_kind
from rag.answering.asking.mentions import content_words
from rag.answering.asking.periods import read_period
from rag.answering.asking.pointing import LEAD, PLURAL
from rag.answering.asking.proposed import spell_out
from rag.answering.asking.references import find_reference
from rag.answering.asking.remarks import AGAIN, GOES_ON, MORE_THERE, asks_on, read_remark
from rag.answering.asking.replacing import replaced
from rag.answering.asking.set_against import set_against
from rag.answering.asking.set_commands import (
    DROP,
    POLITE,
    SHOWN_BEFORE,
    FollowUp,
    on_set,
    read_command,
    set_question,
    too_few,
)
from rag.answering.asking.without_reference import in_plural
from rag.numbers import counted
from rag.types import WHOLE_LIBRARY, Conversation, Judgement, Kind, PaperId, Scope

_OF_THE_LIBRARY = re.compile(
    r"\b(?:(?:this|the|my) (?:library|collection|corpus)|in total|altogether)\b", re.IGNORECASE
)
# "Which use prompts?" asks for a set, of two papers as of twenty; "what data do they use?" does not.
# So does "which of these | use prompts?".
_OF_SET = re.compile(
    rf"^which papers |^(?={PLURAL}(?! (?:they|these|those)\b))|^(?:and |but |so )?(?:which|who|does any|do any|any|whom)(?: ones?| that)? (?={PLURAL}|is (?:about|on|for|with|without|in)\b|(?:in|on|with|without|for|by|not|also)\b)",
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
# "Which have code?" - "And the ones that don't?"
_THE_REST = re.compile(
    rf"{LEAD}(?:(?:the|those)(?: ones)?|which(?: ones)?)(?: (?:that|which|who))? (?:don't|do not|doesn't|does not|aren't|are not|haven't|have not|didn't)\W*$",
    re.IGNORECASE,
)
_WROTE = re.compile(
    r"^(?P<who>(?:and |so )?who) (?:made|created|built) (?P<it>it|this|that)\b", re.IGNORECASE
)
_NOT_THOSE = re.compile(
    r"^(?:no,? )?not (?:those|these|that(?: one)?|this(?: one)?|them|it),? (?:but )?(?=the )", re.IGNORECASE
)
# "The newest one", after a set: which of these papers is.
_BY_DATE = re.compile(
    rf"{POLITE}(?:(?:what|how) about |show (?:me )?|which (?:one|paper) is )?(?:the )?(?P<date>newest|latest|most recent|oldest|earliest)(?: (?:one|paper))?(?: of (?:them|these|those|all))?\W*$",
    re.IGNORECASE,
)
_AND_DROP_THE_REST = re.compile(
    r",? (?:and )?(?:drop|remove|leave out|forget|not) the (?:rest|others)\b", re.IGNORECASE
)
# "None of these. What about smell?": what follows has nothing to do with what was shown.
_LEAVING = re.compile(
    r"^(?:(?:ok(?:ay)?|so|well|no|thanks?|thank you|great|good|now)[\s,.!]+)*(?:none of (?:these|those|them)|forget (?!the\b|about the\b|number|paper|those|these|them)[\w ]{1,30}|"
    r"(?:now )?something (?:else|different)|(?:a )?(?:new|different|another|other|next) (?:question|topic))\s*[.,;:!-]+\s*(?=\w+ \w)",
    re.IGNORECASE,
)
_ANYTHING = re.compile(r"\banything\b|\bany (?!of\b)", re.IGNORECASE)
_OF_THE_SET = re.compile(r"\b(?:of (?:them|these|those)|others)\b", re.IGNORECASE)
# What a date alone tells apart: "exclude everything after 2021".
_VAGUE = re.compile(
    r"\b(?:drop|remove|leave out|exclude|without|skip|hide|omit|except|ignore|take out|throw out|everything|anything|what(?:ever)?|all|"
    r"is|was|were|are|came out|come out|older|newer|published|appeared|from|that|those|ones?|of them)\b",
    re.IGNORECASE,
)
_SHOW = re.compile(
    r"(?:please )?(?:show|list|give|display)(?: me)? (?:these|those|them|all|the (?:list|set))\b",
    re.IGNORECASE,
)
_BELONGING = (Judgement.MEETS, Judgement.PARTLY)
_FEW = 3
_PAIR = 2
_AGAINST = re.compile(
    r"\b(?:better|worse|faster|slower|larger|bigger|smaller|different|similar)\b", re.IGNORECASE
)


def follow(text: str, conversation: Conversation, *, today: date) -> FollowUp:
    """Return what a question means after a conversation; without a reference it is left as it is."""
    leaving = _LEAVING.match(text)
    elsewhere = read_elsewhere(text, conversation) or _spelled_out(text, conversation, today=today)
    if leaving or elsewhere:
        return elsewhere or _left(text[leaving.end() if leaving else 0 :], conversation)
    text = _THE_REST.sub("the others", text) if conversation.wider else text
    text = _WROTE.sub(r"\g<who> wrote \g<it>", text) if conversation.about else text
    if conversation.papers and (dated := _BY_DATE.match(text)):
        text = f"which is the {dated['date']}?"
    words = _NOT_THOSE.sub("", _AND_DROP_THE_REST.sub("", text))
    period, undated = read_period(words, today=today, of_papers=bool(conversation.papers))
    if read_kind(text) is Kind.TALK:
        return FollowUp(text)
    if period != WHOLE_LIBRARY and conversation.question and not content_words(_VAGUE.sub(" ", undated)):
        return _dated(undated, conversation, period)
    if command := read_command(undated, conversation, period) or _disputed(undated, conversation, period):
        return command
    reference = None if _OF_THE_LIBRARY.search(text) else find_reference(undated, conversation)
    if reference is None:
        anew = replaced(text, conversation)
        compared = _against(text, Reference(conversation.about, text, ""), conversation, period)
        if compared or anew or not asks_on(text, conversation):
            said = FollowUp(anew, kind=conversation.kind, notices=(GOES_ON,)) if anew else None
            return compared or said or read_remark(text, conversation) or _left(text, conversation)
        reference = Reference(conversation.about, text, text)
    found = reference.papers and not MORE_THERE.search(text)
    return (
        _about(undated, reference, conversation, period)
        if found
        else asked_in_vain(text, reference, conversation)
    )


def _spelled_out(text: str, conversation: Conversation, *, today: date) -> FollowUp | None:
    """Ask for papers that use what the last one proposes; "which of them use it?" asks the set."""
    spelled = spell_out(text, conversation)
    if spelled is None:
        return None
    if _OF_THE_SET.search(spelled.text):
        meant = follow(spelled.text, conversation, today=today)
        return replace(meant, notices=(*meant.notices, spelled.notice))
    kind = Kind.CORPUS if read_kind(spelled.text) is Kind.CORPUS else Kind.LIST
    left = _left(spelled.text, conversation)
    return replace(left, kind=kind, notices=(*left.notices, spelled.notice))


def _dated(rest: str, conversation: Conversation, period: Scope) -> FollowUp:
    """Of the set, the papers of a time ("before 2022?"); "anything newer than 2024?" asks anew."""
    if DROP.search(rest):
        period = _beyond(period)
    if _ANYTHING.search(rest) and not DROP.search(rest):
        return FollowUp(conversation.question, scope=period, kind=conversation.kind, notices=(AGAIN,))
    kind = read_kind(rest) if rest else Kind.LIST
    kept = on_set(
        set_question(conversation) or conversation.question,
        tuple(m.id for m in conversation.papers),
        conversation,
        period=period,
    )
    return replace(kept, kind=Kind.CORPUS) if kind is Kind.CORPUS else kept


def _beyond(period: Scope) -> Scope:
    """Return the time that is left without a period that is open at one end: "not those before 2023"."""
    if period.until and not period.since:
        return Scope(since=str(int(period.until[:4]) + 1))
    if period.since and not period.until:
        return Scope(until=str(int(period.since[:4]) - 1))
    return period


def _about(text: str, reference: Reference, conversation: Conversation, period: Scope) -> FollowUp:
    """A question about some of the papers that were shown."""
    if compared := _against(text, reference, conversation, period):
        return compared
    titles = _titles(conversation)
    own = (
        content_words(reference.rest)
        or _ASKS_ITSELF.search(reference.rest)
        or _OWN_WORDS.match(reference.rest)
    )
    answered = conversation.kind is Kind.LIST and conversation.question == set_question(conversation)
    shown = {mention.id for mention in conversation.papers}
    left_out = conversation.kind is Kind.LIST and shown.isdisjoint(reference.papers)  # "and the others?"
    if not own and (left_out or (not answered and _SHOW.match(text))):
        asked = SHOWN_BEFORE if left_out else set_question(conversation) or SHOWN_BEFORE
        return replace(on_set(asked, reference.papers, conversation, period=period), all_fit=True)
    sought = reference.rest if own else conversation.question
    kind = read_kind(text)
    if kind is Kind.COMPARE and not own:  # "compare them all"
        sought = reference.rest or "compare"
    if len(reference.papers) > 1 and kind in {Kind.FACT, Kind.LIST}:
        sought, kind = _asked_of_several(text, reference, sought, kind=kind)
    if conversation.kind and sought == conversation.question and kind is not Kind.CORPUS:
        kind = conversation.kind
    if kind is Kind.LIST and len(reference.papers) == 1:
        kind = Kind.FACT
    one_of_few = len(reference.papers) <= _FEW and kind not in {Kind.LIST, Kind.CORPUS}
    if kind is Kind.LIST and own:
        sought = in_plural(_SAID_OF_ALL.sub("which papers ", _OF_SET.sub("which papers ", sought)))
    named = " and ".join(f"“{titles.get(paper_id, paper_id)}”" for paper_id in reference.papers)
    scope = replace(period, ids=reference.papers)
    alone = f"{named}: {sought}" if one_of_few else text if kind is Kind.CORPUS else sought
    # What the set was narrowed down by in vain is the last question, but not the one that the set answers.
    shown_again = kind is Kind.LIST and sought == (set_question(conversation) or conversation.question)
    notices = (_asked_of(reference), *too_few(reference, conversation))
    return FollowUp(
        alone, sought, scope, kind, notices, all_fit=shown_again and _belong(reference.papers, conversation)
    )


def _disputed(text: str, conversation: Conversation, period: Scope) -> FollowUp | None:
    """Whether papers agree in what was asked last."""
    topic = disputed_topic(text, conversation)
    if not topic:
        return None
    ids = disputants(text, conversation) or None
    asked = f"{counted(len(ids), 'paper')} of the last answer" if ids else "the whole library"
    notice = f"Asked of {asked}, about “{topic}”."
    return FollowUp(f"do papers agree on {topic}?", topic, replace(period, ids=ids), Kind.EXPLAIN, (notice,))


def _against(text: str, reference: Reference, conversation: Conversation, period: Scope) -> FollowUp | None:
    """A question that sets one paper against what is not among the papers shown."""
    title = _titles(conversation).get(reference.papers[0], "") if len(reference.papers) == 1 else ""
    compared = set_against(text, title, words=reference.words) if title else ""
    notice = f"Asked of the whole library, about “{title}” too."
    return FollowUp(compared, "", period, Kind.COMPARE, (notice,)) if compared else None


def _titles(conversation: Conversation) -> dict[PaperId, str]:
    return {mention.id: mention.title for mention in (*conversation.papers, *conversation.wider)}


def _asked_of_several(text: str, reference: Reference, sought: str, *, kind: Kind) -> tuple[str, Kind]:
    """Return what is asked of several papers, and its kind: "which of them build a data set?" and "do they use maps?" ask for a set."""
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
    papers = counted(len(reference.papers), "paper")
    if not reference.among:
        return f"Asked of {papers} of the last answer."
    words = (_PRONOUNS.findall(reference.words) or [reference.words])[-1]
    return f"“{words}” may be any of {papers}: asked of all; name one by its number."


def _belong(ids: tuple[PaperId, ...], conversation: Conversation) -> bool:
    """Tell whether papers were found to meet the question that they were shown for."""
    found = {mention.id for mention in conversation.papers if mention.verdict in _BELONGING}
    return found.issuperset(ids)


def _left(text: str, conversation: Conversation) -> FollowUp:
    """A new question, which says so where something was shown before."""
    left = f"A new question, asked of the whole library, not of the {counted(len(conversation.papers), 'paper')} before."
    return FollowUp(text, notices=(left,) if conversation.papers else ())
