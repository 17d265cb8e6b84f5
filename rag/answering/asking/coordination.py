"""Coordinated phrases -> their parts: "combine local and global features" is two of them. Pure.

What stands before the first member ("combine") and behind the last (", for retrieval") belongs to each,
and so does the noun at the end where a member is only a modifier ("local"). Names and pairs that are one
thing ("vision and language", "trade-off between speed and accuracy") stay whole, and so does whatever the
rules do not understand: one criterion too few asks for less than was meant, one too many for something else.
"""

from __future__ import annotations

import re

_MOST = 4
_LONGEST = 16
# What is built like this is not understood, and stays one criterion.
INVOLVED = re.compile(r"\b(?:that|which|where|but|why|how|what|so|when|while|if)\b|:", re.IGNORECASE)
_PREPOSITIONS_TEXT = """
of for in on with from by to via under between across into over using at against without through about during within
towards toward as like than mentioning containing
"""
_PREPOSITIONS = frozenset(_PREPOSITIONS_TEXT.split())
# "Are in use or were tested": each says something of its own.
_AUXILIARIES = frozenset(["are", "is", "was", "were", "has", "have", "can", "do", "does"])
_VERB_STEMS = (
    "use|learn|train|need|require|propose|apply|combine|release|freeze|evaluate|study|measure|improve|reduce|handle|"
    "generate|predict|keep|avoid|introduce|rely|deal|publish|provide|exploit|report|show|help|employ|merge|fuse|join|"
    "address|tackle|treat|solve|explain|analyse|analyze|investigate|detect|recognise|recognize|support|adapt|align|"
    "encode|compress|speed|scale|outperform|mention|describe|discuss|do|does|are|is|have|has|can"
)
VERB = re.compile(rf"(?:{_VERB_STEMS})(?:s|es|d|ed)?", re.IGNORECASE)
# Words that are nouns as well: "train on owls and test on wrens".
_VERB_WITH = re.compile(
    r"(?:test|work|run|start|build|transfer|search|map|plan)(?:s|ed)? (?:on|with|from|to|without)\b",
    re.IGNORECASE,
)
# Verbs that are no nouns, or stand as no noun would: what follows "or" says something of its own. "Speed measures" does not.
_APART = re.compile(
    rf"(?!(?:stud(?:y|ies)|(?:release|measure|help|support|scale|speed|report|show|train|handle|freeze)s?)\b)(?:{_VERB_STEMS})(?:s|es)? \S"
    r"|(?:mentioning|using|containing|including) \S|(?:evaluated|tested|trained|based) (?:on|with)\b",
    re.IGNORECASE,
)
# "Detect or segment objects".
_SHARES_OBJECT = re.compile(rf"(?:{_VERB_STEMS})(?:s|es|d|ed)?|\w+ed", re.IGNORECASE)
_OR_THAT = re.compile(rf" or (?:that|which|who) (?=(?:{_VERB_STEMS})(?:s|es)?\b)", re.IGNORECASE)
# Two words that are one thing.
_PAIRS = (
    "vision and language|signal and noise|encoder and decoder|localization and mapping|localisation and mapping|"
    "precision and recall|exploration and exploitation|stability and plasticity|trial and error|bias and variance|"
    "mean and variance|question and answer|questions and answers|search and rescue|divide and conquer|"
    "plug and play|drag and drop|cut and paste|copy and paste|input and output|black and white|pros and cons|"
    "rate and distortion|supply and demand|research and development|cause and effect|state and action|"
    "alignment and uniformity|command and control|training and inference|perception and action|"
    "with or without|can and cannot|whether or not|more or less|one or more|and/or"
)
_WHOLE = re.compile(
    rf"\b(?:{_PAIRS})\b|\([^)]*\)|[“\"][^“”\"]*[”\"]|\b[A-Z][a-z]+ and [A-Z][a-z]+\b"
    r"|\b(?:e\.g\.|i\.e\.|such as|for example|for instance|including|namely)(?=\s).*"
    r"|\b(?:between|compar\w+|differ\w*|relations?|trade-?offs?|link\w*|connect\w*|gap|match\w*|balanc\w+) .*? and \S+",
    re.IGNORECASE,
)
_NAME = re.compile(r"\b[A-Z][a-z]+ and [A-Z][a-z]+\b")
_HIDDEN = {" and ": " \ue000 ", " or ": " \ue001 ", ",": "\ue002"}
_MODIFIER = re.compile(
    r".*(?:al|ic|ive|ous|ary|ed|ful|less|able|ible|ar|ant|ent|ish|-\w+|[23]D)|"
    r"training|testing|image|text|video|audio|speech|point|word|token|graph|language|depth|colou?r|node|edge|user|item",
    re.IGNORECASE,
)
_HEAD = re.compile(r".*(?:tion|sion|ment|sis|ness|ity|ing|phy|ism|s)(?<!ss)|.*less", re.IGNORECASE)
_ADVERB = re.compile(r"\w{2,}ly|very|more|less|highly", re.IGNORECASE)


def hide_whole(text: str) -> str:
    """Return the text with the connectives of what is one thing hidden from `split_members`."""
    return _WHOLE.sub(lambda match: _hide(match.group()) if _is_whole(match.group()) else match.group(), text)


def show_whole(text: str) -> str:
    """Undo `hide_whole`."""
    for shown, hidden in _HIDDEN.items():
        text = text.replace(hidden, shown)
    return text


def begins_with_verb(text: str) -> bool:
    """Tell whether a phrase says what a paper does: "use drums", "work with owls".

    >>> begins_with_verb("use drums"), begins_with_verb("test on owls"), begins_with_verb("test sets")
    (True, True, False)
    """
    first = text.split(maxsplit=1)[:1]
    return bool((first and VERB.fullmatch(first[0])) or _VERB_WITH.match(text))


def split_members(phrase: str) -> tuple[str, tuple[str, ...]]:
    """Return the connective of a phrase, `and` or `or`, and its members; one member if it has none.

    >>> split_members("combine local and global features")
    ('and', ('combine local features', 'combine global features'))
    >>> split_members("learn from images or text")
    ('or', ('learn from images', 'learn from text'))
    >>> split_members("mention owls or crows or use drums")
    ('or', ('mention owls', 'mention crows', 'use drums'))
    """
    hidden = _OR_THAT.sub(" or ", hide_whole(re.sub(r"\b(?:both|either) ", "", phrase)))
    found = set(re.findall(r" (and|or) ", hidden))
    if len(found) != 1 or len(hidden.split()) > _LONGEST or INVOLVED.search(hidden):
        return "and", (phrase,)
    connective = found.pop()
    *firsts, last = re.split(rf",? {connective} ", hidden)
    members = [part.strip() for first in firsts for part in first.split(",") if part.strip()]
    if len(members) >= _MOST or not members or not last.strip():
        return connective, (phrase,)
    return connective, tuple(show_whole(member) for member in _distribute(members, last))


def _distribute(firsts: list[str], last: str) -> list[str]:
    """Give each member what stands before the first, behind the last, and the noun they share."""
    words = last.split()
    if words[0].lower() in _AUXILIARIES | {"it", "they"}:
        return [*firsts, last]
    if (_APART.match(last) or _VERB_WITH.match(last)) and not _SHARES_OBJECT.fullmatch(firsts[0]):
        return [*(_distribute(firsts[:-1], firsts[-1]) if len(firsts) > 1 else firsts), last]
    if words[0].lower() in _PREPOSITIONS:
        return _distribute_prepositions(firsts, last)
    end = next((n for n in range(1, len(words)) if _ends_member(words[n:])), len(words))
    core, suffix = words[:end], words[end:]
    prefix, first = _cut_prefix(firsts[0].split())
    members = [first, *(member.split() for member in firsts[1:])]
    head = _shared_head(core)
    whole = [[*member, *head] if head and _lacks_head(member, core) else member for member in members]
    return [" ".join([*prefix, *member, *suffix]) for member in (*whole, core)]


def _ends_member(words: list[str]) -> bool:
    """Tell whether a phrase begins here that belongs to all members: "for images", "paired with text"."""
    return words[0].lower() in _PREPOSITIONS or (
        words[0].endswith("ed") and len(words) > 1 and words[1].lower() in _PREPOSITIONS
    )


def _distribute_prepositions(firsts: list[str], last: str) -> list[str]:
    """Distribute "apply it to graphs and to molecules": what stands before the first "to" belongs to both."""
    preposition = last.split(maxsplit=1)[0].lower()
    words = firsts[0].split()
    places = [n for n, word in enumerate(words) if word.lower() == preposition]
    prefix = words[: places[-1]] if places else words
    return [*firsts, " ".join([*prefix, last])] if places else [*firsts, last]


def _cut_prefix(words: list[str]) -> tuple[list[str], list[str]]:
    """Cut behind the last preposition, or behind a verb in front."""
    places = [n for n, word in enumerate(words[:-1]) if word.lower() in _PREPOSITIONS]
    if places:
        return words[: places[-1] + 1], words[places[-1] + 1 :]
    if len(words) > 1 and VERB.fullmatch(words[0]):
        return words[:1], words[1:]
    return [], words


def _shared_head(core: list[str]) -> list[str]:
    """What is left of the last member behind its own modifier."""
    start = next((n for n, word in enumerate(core) if not _ADVERB.fullmatch(word)), 0)
    return core[start + 1 :]


def _lacks_head(member: list[str], core: list[str]) -> bool:
    """Tell whether a member is only a modifier ("local", "weakly supervised") or lacks its object ("finding")."""
    last = member[-1]
    if core[0] in member[:-1]:  # "generated text or generated images"
        return False
    if len(member) == 1 and last.endswith("ing") and core[0].endswith("ing"):
        return True
    if len(member) > 1:
        return bool(_MODIFIER.fullmatch(last)) and not _HEAD.fullmatch(last)
    return bool(_MODIFIER.fullmatch(last)) or not _HEAD.fullmatch(last)


def _is_whole(text: str) -> bool:
    """A pair of capitalised words is a name; the pattern, blind to case, finds others too."""
    pair = re.fullmatch(r"\w+ and \w+", text)
    return not pair or bool(_NAME.fullmatch(text)) or bool(re.fullmatch(_PAIRS, text, re.IGNORECASE))


def _hide(text: str) -> str:
    for shown, hidden in _HIDDEN.items():
        text = text.replace(shown, hidden)
    return text
