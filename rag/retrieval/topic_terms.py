"""The terms that a short criterion is about, as they stand in papers that speak of them. Pure.

"Use event cameras" is about one term, "graph networks for traffic forecasting" about two. Of what is put at greater
length there is none: who asks in a sentence of their own words does not expect them in an abstract.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.library.lexical import content_terms, stems
from rag.types import Paper

_VERB_TEXT = """
    address analyse analyze apply avoid build claim classify combine compare compress concern consider cover describe
    detect develop discuss employ estimate evaluate examine explain explore generate handle improve include introduce
    investigate involve learn make measure mention merge need predict present propose prune recognise recognize reduce
    require retrieve segment solve study support tackle test train translate treat understand use
"""
_VERBS = frozenset(_VERB_TEXT.split())
_VERB = re.compile(r"^(?:that |which )?(?:are about |(?:deal|work) (?:on|with) )?(?P<first>[a-z]+ )?")
_ARTICLE = re.compile(r"^(?:the|an?) ")
# The word for papers is none of the topic: "continual learning works".
_OF_PAPERS = re.compile(
    r"(?<=\w)(?<!position)(?<!survey)(?<!review)(?<!user)(?<!case)(?<!news)(?<!human) (?:papers|works?|publications|articles|studies|literature)$",
    re.IGNORECASE,
)
_JOINT = re.compile(r" (?:for|in|of|on) (?:the |an? )?")
_MOST_PARTS = 2
_MOST_WORDS = 4
# Names have spellings of their own, see `mentioned_words`.
_PLAIN = re.compile(r"[A-Z]?[a-z-]{2,}(?: [A-Z]?[a-z-]{2,}){1,2}")


def topic_terms(criterion: str) -> tuple[str, ...]:
    """Return the one or two terms of a criterion, of one to four words each; none of a longer criterion.

    >>> topic_terms("use the event cameras"), topic_terms("graph networks for traffic forecasting")
    (('event cameras',), ('graph networks', 'traffic forecasting'))
    >>> topic_terms("study music"), topic_terms("owls that hunt"), topic_terms("event camera papers")
    (('music',), (), ('event camera',))
    """
    about = _OF_PAPERS.sub("", criterion.strip())
    parts = _JOINT.split(_ARTICLE.sub("", _VERB.sub(_without_verb, about)))
    return tuple(parts) if len(parts) <= _MOST_PARTS and all(map(_is_term, parts)) else ()


def plain_terms(criterion: str) -> tuple[str, ...]:
    """Return those terms of a criterion that are two or three plain words: enough to look for them side by side.

    >>> plain_terms("use event cameras"), plain_terms("point clouds in CAD"), plain_terms("use CLIP features")
    (('event cameras',), ('point clouds',), ())
    """
    return tuple(term for term in topic_terms(criterion) if _PLAIN.fullmatch(term))


def spellings(term: str) -> tuple[tuple[str, ...], ...]:
    """Return the stems of a term as it may be written: as it is, without hyphens, in one word.

    >>> spellings("geo-tagged photos")
    (('geo', 'tag', 'photo'), ('geotag', 'photo'), ('geotaggedphoto',))
    """
    forms = (term, term.replace("-", ""), term.replace("-", "").replace(" ", ""))
    written = (tuple(stems(form)) for form in forms)
    return tuple(dict.fromkeys(form for form in written if form))  # of more than 80 letters there is no stem


def is_titled(paper: Paper, terms: Sequence[str]) -> bool:
    """Tell whether a title holds the terms, two words or more in all, each side by side in any spelling.

    >>> from rag.types import PaperId
    >>> title = "Owl Calls: Graph Networks for Night Songs"
    >>> [is_titled(Paper(PaperId("p"), title, ""), terms) for terms in (("owl call", "night song"), ("owl songs",), ("owl",))]
    [True, False, False]
    """
    held = stems(paper.title)
    words = sum(len(term.split()) for term in terms)
    return words > 1 and all(any(_stands_in(held, form) for form in spellings(term)) for term in terms)


def _without_verb(match: re.Match[str]) -> str:
    first = match["first"] or ""
    return "" if first.strip() in _VERBS else first


def _stands_in(held: Sequence[str], form: tuple[str, ...]) -> bool:
    return any(tuple(held[at : at + len(form)]) == form for at in range(len(held) - len(form) + 1))


def _is_term(text: str) -> bool:
    words = text.split()
    return 0 < len(words) <= _MOST_WORDS and all(map(content_terms, words))
