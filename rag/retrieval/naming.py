"""Which papers does a question name, by an id or by a title pasted whole?

The catalogue decides: what looks like an id or a title counts only if a paper has it. Titles are
compared by their letters and digits. A short title ("Mamba") may be an ordinary word of a question, so
it counts only if it is the whole question or stands in quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice

from rag.library.catalogue import Catalogue
from rag.library.lexical import content_terms
from rag.sources.entry import title_key
from rag.types import PaperId

# An arXiv id with what may stand around it: "arXiv:", a version, the address of a page.
_ARXIV = re.compile(
    r"(?:https?://)?(?:[\w.-]{1,40}/){0,4}(?:arxiv\s?[:.]?\s?|(?<![\d.]))"
    r"(\d{4}\.\d{4,5})(?:v\d{1,3})?(?:\.pdf)?(?!\d)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“„«]([^\"“”„«»]{1,300})[\"”“»]")
_WORDS_READ = 200
_WORDS_OF_TITLE = range(4, 41)
_LETTERS = 20


@dataclass(frozen=True, slots=True)
class Naming:
    """The papers that a question names, and the text to search for.

    The text is the question without the ids of these papers; if no topic is left, it is their titles.
    """

    papers: tuple[PaperId, ...]
    text: str


def find_named(question: str, catalogue: Catalogue) -> Naming:
    """Return the papers that a question names: by id first, then by title, the longest first."""
    ids = dict.fromkeys(_ids(question))
    keys = [key for part in (question, *_QUOTED.findall(question)) if (key := title_key(part))]
    named = catalogue.find_named(ids=ids, title_keys=keys, beginnings=_beginnings(question))
    inside = frozenset(_title_keys(question)) if any(named[one] not in keys for one in named) else ()
    found = {one: key for one, key in named.items() if one in ids or key in keys or key in inside}
    if not found:
        return Naming((), question)
    papers = tuple(sorted(found, key=lambda paper_id: (paper_id not in ids, -len(found[paper_id]), paper_id)))
    text = " ".join(_ARXIV.sub(lambda m: " " if m.group(1) in found else m.group(), question).split())
    if text not in found and content_terms(text):
        return Naming(papers, text)
    return Naming(papers, " ".join(paper.title for paper in catalogue.get(papers).values()))


def put_first(
    named: Sequence[PaperId], ranked: Sequence[tuple[PaperId, float]]
) -> list[tuple[PaperId, float]]:
    """Return a ranking with the named papers in front, each with the best score of all.

    >>> put_first([PaperId("c")], [(PaperId("a"), 2.0), (PaperId("c"), 1.0)])
    [('c', 2.0), ('a', 2.0)]
    """
    if not named:
        return [*ranked]
    best = max((score for _, score in ranked), default=0.0)
    first = [(paper_id, best) for paper_id in named]
    return first + [item for item in ranked if item[0] not in named]


def _ids(question: str) -> Iterator[str]:
    yield question
    yield from (match.group(1) for match in _ARXIV.finditer(question))
    words = (word.strip(".,;:!?()[]\"'“”") for word in question.split()[:_WORDS_READ])
    yield from (word for word in words if "-" in word and len(word) >= _LETTERS)


def _beginnings(question: str) -> Iterator[str]:
    """Yield the shortest key that a title may have at each word: longer ones begin with it."""
    yield from dict.fromkeys(key for keys in _keys_by_start(question) if (key := next(keys, "")))


def _title_keys(question: str) -> Iterator[str]:
    """Yield the keys of all titles that a part of the question may be."""
    for keys in _keys_by_start(question):
        yield from keys


def _keys_by_start(question: str) -> Iterator[Iterator[str]]:
    """Yield for each word the keys of what begins there and is long enough for a title."""
    words = [title_key(word) for word in question.split()[:_WORDS_READ]]
    for start in range(len(words)):
        keys = accumulate(words[start : start + _WORDS_OF_TITLE[-1]])
        yield (key for key in islice(keys, _WORDS_OF_TITLE[0] - 1, None) if len(key) >= _LETTERS)
