"""Is a side of a comparison a name, and which paper does it call? Told by titles and by names that papers bear. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.answering.comparing.bearing import bears
from rag.answering.refusing.entities import is_asked_by_title, mentions, named_things, owners
from rag.library.lexical import content_terms
from rag.retrieval.mentioned_words import mentions_words
from rag.types import Paper, RankedPaper

_LEAST_WORDS = 2
# One to three words, each with a capital or a digit: "Swin Transformer", "GPT-4"; no description has only such.
_IS_NAME = re.compile(r"(?:[A-Z]|\w*\d)[\w+./-]*(?: (?:[A-Z]|\w*\d)[\w+./-]*){0,2}")
# A sort of model in the plural is no paper's name: CNNs, ViTs.
_IS_KIND = re.compile(r"[A-Z]s$")


def is_name(side: str) -> bool:
    """Tell a name from a description.

    >>> is_name("Swin Transformer"), is_name("the oriented nets"), is_name("CNNs")
    (True, False, False)
    """
    named = _IS_NAME.fullmatch(side) or named_things(side) == (side,)
    return bool(named) and not _IS_KIND.search(side)


def called_by(side: str, pool: Sequence[RankedPaper]) -> RankedPaper | None:
    """Return the paper that a side calls by its title, or by a name of its own; the first name counts."""
    papers = [one.paper for one in pool]
    called = [paper for paper in papers if is_asked_by_title(paper, side) or _heads(paper, side)]
    for word in (word for word in side.split() if not _IS_KIND.search(word)):
        called = called or owners(word, papers)
    return next((one for one in pool if one.paper in called), None)


def tells_of(paper: Paper, side: str) -> bool:
    """Tell whether a paper that stands for one side speaks of the other: its own words set the two against each other."""
    names = named_things(side) if is_name(side) else ()
    return all(mentions(paper, name) for name in names) if names else mentions_words(paper, side)


def is_borne(paper: Paper, side: str, named: Sequence[Paper]) -> bool:
    """Tell whether a paper that holds the name of a side bears it; where none of the others named speaks of it, holding it will do."""
    begins = paper.title.lower().startswith(side.lower())
    others = [other for other in named if other is not paper]
    return not is_name(side) or begins or bears(paper, side) or not any(tells_of(one, side) for one in others)


def titled(side: str, papers: Sequence[Paper]) -> Sequence[Paper]:
    """Return the papers whose titles hold a side of several words whole, of these those that bear it; all if none does."""
    if len(content_terms(side)) < _LEAST_WORDS:
        return papers
    held = [paper for paper in papers if mentions_words(replace(paper, abstract=""), side)]
    return [paper for paper in held if bears(paper, side) or bears(paper, side.title())] or held or papers


def _heads(paper: Paper, side: str) -> bool:
    """Tell whether a side holds the name before the colon of a title, as it is written there: "P+", "OST"."""
    head, colon, _ = paper.title.partition(":")
    name = head.strip()
    return bool(colon) and not name.islower() and f" {name} " in f" {side.strip('?.,!:')} "
