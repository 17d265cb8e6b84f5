"""What do the words of a follow-up point at? Told from the conversation's state, by rules. Pure.

Rules in order, the surest first: the others, ordinals and numbers, sets ("of those"), one paper ("that
one", "it"), names out of the titles. A pronoun that has something to stand for within the question itself
("does Mamba forget what it read?") points at nothing before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches

from rag.answering.mentions import content_words, find_described, find_names
from rag.types import Conversation, PaperId


@dataclass(frozen=True, slots=True)
class Reference:
    """The papers that a follow-up is about, and its words without the reference.

    `words` is the reference as it was put. `among` says that one of the papers is meant, but not which.
    No papers: the words point at something that the conversation does not hold.
    """

    papers: tuple[PaperId, ...]
    rest: str
    words: str
    among: bool = False


_ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
_SHORT = {"1st": 0, "2nd": 1, "3rd": 2, "4th": 3, "5th": 4, "6th": 5, "7th": 6, "8th": 7, "9th": 8, "10th": 9}
_CARDINALS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_NOUN = r"(?:ones?|papers?|works?|stud(?:y|ies)|methods?|approach(?:es)?|articles?|models?|results?|entr(?:y|ies)|surveys?)"
_AUX = r"(?:is|are|was|were|does|do|did|has|have|had|can|could|will|would|should)"
_ORDINAL = "|".join((*_ORDINALS, *_SHORT, "last"))
_LEAD = r"^(?:(?:and|but|so|now|also|ok(?:ay)?|well|please|thanks?|hm+|then|yes|no)\b[\s,]*)*"
_RUN = re.compile(
    rf"(?:(?:for|of|in|with) )?the (first|last) (two|three|four|five|six|\d+)(?: {_NOUN})?\b", re.IGNORECASE
)
_NUMBERED = re.compile(
    r"(?:\b(?:paper|number|no\.?|result|source|footnote) ?#?|#|\[)(\d{1,3})\b\]?", re.IGNORECASE
)
# "The second" counts if it stands alone or before a word for a paper; "the first layer" does not.
_ENDS = rf"(?=\s*(?:[:,;.?!]|$)|\s+(?:and|or|with|to|{_AUX}|uses?|needs?|work|better|say|says|train|about)\b)"
_NTH = re.compile(
    rf"(?:\b(?:for|of|in|with|from) )?(?:\bthe (former|latter)\b|\b(?:the |is )(later) one\b"
    rf"|\b(?:the )?({_ORDINAL})(?: {_NOUN}\b|{_ENDS}))",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:the )?(?:others|other ones?|rest|remaining (?:ones|papers)|other papers of those)\b",
    re.IGNORECASE,
)
_SET = re.compile(
    rf"\b(?:(?:which|who|what|any|all|one|some|none|each|how many|most|both) )?(?:of|among(?:st)?|from|within|in) (?:those|these|them)\b(?: {_NOUN})?"
    rf"|\b(?:those|these) {_NOUN}\b|\b(?:which|what|how many) (?:ones|are there)\b"
    rf"|{_LEAD}(?:(?:export|save|download|compare|summari[sz]e|explain|list|count|keep|show(?: me)?|{_AUX}|what do|how do|why do|how does) )(?:them|those|these|they|the list|the (?:set|results))(?: all)?\b"
    rf"|\b(?:do|are|were|have|did|can) (?:they|these|those)\b(?! \w+ing the)",
    re.IGNORECASE,
)
_BOTH = re.compile(
    rf"\b(?:both(?: of (?:them|these|those))?|(?:of )?(?:the|these|those) two(?: {_NOUN})?)\b", re.IGNORECASE
)
_ONE = re.compile(
    r"\b(?:for|of|in|with|about|from|and|on)? ?\b(?:that|this|the same) (?:one|paper|work|study|method|approach|article|survey)\b",
    re.IGNORECASE,
)
_IT = re.compile(
    rf"{_LEAD}(?:(?:on|in|at|for|by|with|to|from|of|under) )?"
    rf"(?:(?:what|which|how|why|when|where|who|whose)(?:'s)?\b(?: (?!(?:and|but|or|{_AUX})\b)[\w-]+){{0,4}}? )?"
    rf"(?:{_AUX} )?(?:it|its|this|that)\b(?! (?:possible|true|likely|\w+ (?:that|to)\b))"
    rf"|{_LEAD}(?:compare|explain|describe|summari[sz]e|show(?: me)?|open|export|tell me (?:more )?about) (?:it|this|that)\b"
    rf"|\b(?:about|of|with|than|in|by) (?:it|this|that)[?.! ]*$",
    re.IGNORECASE,
)
_THE_PAPER = re.compile(r"\b(?:the|its) (?:paper|authors|abstract)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:]\s|\s(?:and|but|so|because|when|if)\s", re.IGNORECASE)
_SHORT_REMARK = 8
_PAIR = 2


def find_reference(text: str, conversation: Conversation) -> Reference | None:
    """Return what a follow-up points at; None for a question that points at nothing before it."""
    mended = _mend_ordinals(text)
    return next((found for rule in _RULES if (found := rule(mended, conversation))), None)


def _others(text: str, conversation: Conversation) -> Reference | None:
    match = _OTHERS.search(text)
    if not match or len(text.split()) > _SHORT_REMARK:
        return None
    known, about = conversation.papers, set(conversation.about)
    if about and about < {mention.id for mention in known}:
        left = [mention.id for mention in known if mention.id not in about]
    else:
        ids = {mention.id for mention in known}
        left = [mention.id for mention in conversation.wider if mention.id not in ids]
    return Reference(tuple(left), _without(text, match), match.group().strip())


def _counted(text: str, conversation: Conversation) -> Reference | None:
    """The first two, the last three."""
    match = _RUN.search(text)
    if not match:
        return None
    word = match.group(2).lower()
    number = int(word) if word.isdigit() else _CARDINALS[word]
    ids = [mention.id for mention in conversation.papers]
    chosen = ids[:number] if match.group(1).lower() == "first" else ids[-number:]
    return Reference(tuple(chosen), _without(text, match), match.group().strip())


def _nth(text: str, conversation: Conversation) -> Reference | None:
    """The second one, paper 3, the first and the third, the latter; with "it" beside, that paper too."""
    matches = [*_NUMBERED.finditer(text), *_NTH.finditer(text)]
    matches = [m for m in matches if m.re is _NUMBERED or _is_ordinal(m)]
    if not matches:
        return None
    ids = [mention.id for mention in conversation.papers]
    places = [
        place
        for m in sorted(matches, key=lambda m: m.start())
        if (place := _place(_word(m), len(ids))) is not None
    ]
    chosen = dict.fromkeys(ids[place] for place in places if place < len(ids))
    rest = text
    for match in sorted(matches, key=lambda m: -m.start()):
        rest = f"{rest[: match.start()]} {rest[match.end() :]}"
    if (
        len(conversation.about) == 1
        and re.search(r"\b(?:it|that one|this one)\b", rest)
        and re.search(r"\b(?:compare|better|worse|faster|differ|than|versus|vs)\b", text)
    ):
        chosen = {conversation.about[0]: None} | chosen
    return Reference(tuple(chosen), _tidy(rest), ", ".join(m.group().strip() for m in matches))


def _set(text: str, conversation: Conversation) -> Reference | None:
    match = _SET.search(text)
    if not match:
        return None
    rest = _without(text, match)
    words = match.group().lower()
    if (
        re.search(r"\bthey\b", words)
        and len(conversation.about) == 1
        and not re.search(r"\b(?:differ|compare|year|many)", text)
    ):
        return Reference(conversation.about, text, match.group().strip())
    if (
        len(conversation.about) > 1
        and "them" not in words.split()
        and re.search(r"\bdiffer|\bcompare\b|\bin common\b", text)
    ):
        return Reference(conversation.about, rest, match.group().strip())
    return Reference(tuple(mention.id for mention in conversation.papers), rest, match.group().strip())


def _two(text: str, conversation: Conversation) -> Reference | None:
    match = _BOTH.search(text)
    if not match or _antecedent(text[: match.start()]):
        return None
    ids = tuple(mention.id for mention in conversation.papers)
    pair = conversation.about if len(conversation.about) == _PAIR else ids
    return Reference(pair, _without(text, match), match.group().strip(), among=len(pair) != _PAIR)


def _one(text: str, conversation: Conversation) -> Reference | None:
    match = _ONE.search(text)
    if match and not _antecedent(text[: match.start()]):
        return _single(_without(text, match), match, conversation)
    match = _IT.search(text)
    if match and not _antecedent(_before_clause(text, match)):
        return _single(text, match, conversation)
    match = _THE_PAPER.search(text)
    if match and conversation.about:
        return _single(text, match, conversation)
    return None


def _named(text: str, conversation: Conversation) -> Reference | None:
    """EigenPlaces: what one title alone has."""
    found = dict.fromkeys(
        (*find_names(text, conversation.papers), *find_described(text, conversation.papers))
    )
    return Reference(tuple(found), text, "a title") if found else None


def _described(text: str, conversation: Conversation) -> Reference | None:
    """Find "the drum paper", "that one with prompts": words that one title alone has."""
    if find_names(text, conversation.papers):
        return None
    found = find_described(text, conversation.papers)
    return Reference(found, text, "a title") if found else None


_RULES: tuple[Callable[[str, Conversation], Reference | None], ...] = (
    _others,
    _counted,
    _nth,
    _set,
    _two,
    _described,
    _one,
    _named,
)


def _single(rest: str, match: re.Match[str], conversation: Conversation) -> Reference:
    ids = tuple(mention.id for mention in conversation.papers)
    if conversation.about and (named := find_names(rest, conversation.papers)):
        return Reference(tuple(dict.fromkeys((*conversation.about, *named))), rest, match.group().strip())
    if conversation.about:
        return Reference(conversation.about, rest, match.group().strip(), among=len(conversation.about) > 1)
    return Reference(ids, rest, match.group().strip(), among=len(ids) > 1)


def _mend_ordinals(text: str) -> str:
    """Correct a mistyped ordinal behind "the"."""

    def mend(match: re.Match[str]) -> str:
        close = get_close_matches(match.group(2).lower(), _ORDINALS, n=1, cutoff=0.85)
        return f"{match.group(1)}{close[0]}" if close else match.group()

    return re.sub(r"\b((?:the|teh) )(\w{4,8})\b", mend, text, flags=re.IGNORECASE)


def _is_ordinal(match: re.Match[str]) -> bool:
    """Tell an ordinal from an adverb: "first" and "last" need an article or a noun; "first, ..." begins an enumeration."""
    return bool(re.search(r"\b(?:the|one|ones|later|latter|former)\b", match.group(), re.IGNORECASE))


def _word(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group).lower().removesuffix(" one")


def _place(word: str, size: int) -> int | None:
    if word.isdigit():
        return int(word) - 1
    if word in {"last", "latter", "later"}:
        return size - 1 if size else None
    if word == "former":
        return max(size - 2, 0)
    return _SHORT.get(word, _ORDINALS.index(word) if word in _ORDINALS else None)


def _antecedent(before: str) -> bool:
    """Tell whether the words before a pronoun hold a topic that it could stand for."""
    return bool(content_words(re.sub(_LEAD, "", before, flags=re.IGNORECASE)))


def _before_clause(text: str, match: re.Match[str]) -> str:
    """The clauses before the one that holds the pronoun."""
    ends = [m.end() for m in _CLAUSE.finditer(text) if m.end() <= match.end() - 1]
    return text[: ends[-1]] if ends else ""


def _without(text: str, match: re.Match[str]) -> str:
    return _tidy(f"{text[: match.start()]} {text[match.end() :]}")


def _tidy(text: str) -> str:
    joined = re.sub(r"\s+([,.;:?!])", r"\1", " ".join(text.split()))
    return re.sub(r"^(?:(?:and|but|ok|so)\b)?[\s,;:.]*", "", joined, flags=re.IGNORECASE).strip()
