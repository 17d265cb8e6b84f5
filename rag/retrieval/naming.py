"""Which papers does a question name, by an id or by a title pasted whole?

The catalogue decides: what looks like an id or a title counts only if a paper has it. Titles are
compared by their letters and digits. A short title ("Mamba") may be an ordinary word of a question, so
it counts only if it is the whole question or stands in quotation marks; one of several words ("Network In
Network") also where it stands with the capitals that it has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice

from rag.library.catalogue import Catalogue
from rag.library.lexical import LexicalIndex, content_terms, stems
from rag.sources.arxiv_ids import IN_TEXT, bare_id
from rag.sources.entry import title_key
from rag.types import Paper, PaperId

_QUOTED = re.compile(r"[\"“„«]([^\"“”„«»]{1,300})[\"”“»]")
_WORDS_READ = 200
_WORDS_OF_TITLE = range(4, 41)
_LETTERS = 20
_SPELLED_WORDS = range(2, 6)
_NEAREST = 10
_HARDLY_ANY = 2
_CAPITAL_WORD = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{2,}(?![\w-])")
_BESIDE = re.compile(r"^\W+|(?:['’]s)?\W*$")


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
    capital = dict(_capital_titles(question))
    named = catalogue.find_named(
        ids=ids, title_keys=[*keys, *capital.values()], beginnings=_beginnings(question)
    )
    inside = frozenset(_title_keys(question)) if any(named[one] not in keys for one in named) else frozenset()
    inside |= _as_written(capital, [one for one in named if named[one] in capital.values()], catalogue)
    found = {one: key for one, key in named.items() if one in ids or key in keys or key in inside}
    if not found:
        return Naming((), question)
    papers = tuple(sorted(found, key=lambda paper_id: (paper_id not in ids, -len(found[paper_id]), paper_id)))
    text = " ".join(
        IN_TEXT.sub(lambda m: " " if bare_id(m.group(1)) in found else m.group(), question).split()
    )
    if text not in found and content_terms(text):
        return Naming(papers, text)
    return Naming(papers, " ".join(paper.title for paper in catalogue.get(papers).values()))


def holding_rare_name(question: str, ranked: Sequence[Paper], lexical: LexicalIndex) -> PaperId | None:
    """Return the one paper of those ranked that holds a name which hardly any paper does; None if the first holds it.

    "What problem does Loki solve?": nothing but its capital, inside a sentence, tells a word for a name. Where most
    words have one, or several ranked papers hold it, nothing is told.
    """
    words = question.split()
    if 2 * sum(map(_is_capital, words)) > len(words):
        return None
    for name in _CAPITAL_WORD.findall(question):
        held = [paper for paper in ranked if re.search(rf"\b{name}\b", f"{paper.title}. {paper.abstract}")]
        if len(held) == 1 and lexical.frequency(stems(name)[0]) <= _HARDLY_ANY:
            return held[0].id if held[0] is not ranked[0] else None
    return None


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


def put_rare_first(
    question: str,
    ranked: Sequence[tuple[PaperId, float]],
    papers: Iterable[Paper],
    lexical: LexicalIndex,
) -> Sequence[tuple[PaperId, float]]:
    """Return a ranking with the one of its ten best in front that holds a name which hardly any paper does."""
    known = {paper.id: paper for paper in papers}
    nearest = [known[paper_id] for paper_id, _ in ranked[:_NEAREST] if paper_id in known]
    rare = holding_rare_name(question, nearest, lexical)
    return put_first([rare], ranked) if rare else ranked


def _ids(question: str) -> Iterator[str]:
    yield question
    yield from (bare_id(match.group(1)) for match in IN_TEXT.finditer(question))
    words = (word.strip(".,;:!?()[]\"'“”") for word in question.split()[:_WORDS_READ])
    yield from (word for word in words if "-" in word and len(word) >= _LETTERS)


def _beginnings(question: str) -> Iterator[str]:
    """Yield the shortest key that a title may have at each word: longer ones begin with it."""
    yield from dict.fromkeys(key for keys in _keys_by_start(question) if (key := next(keys, "")))


def _title_keys(question: str) -> Iterator[str]:
    """Yield the keys of all titles that a part of the question may be."""
    for keys in _keys_by_start(question):
        yield from keys


def _capital_titles(question: str) -> Iterator[tuple[str, str]]:
    """Yield what may be a short title, by its capitals: its letters as they are written, and its key."""
    words = [_BESIDE.sub("", word) for word in question.split()[:_WORDS_READ]]
    for start, first in enumerate(words):
        for length in _SPELLED_WORDS if _is_capital(first) else ():
            part = words[start : start + length]
            if len(part) == length and _is_capital(part[-1]) and (key := title_key(" ".join(part))):
                yield _letters(" ".join(part)), key


def _as_written(capital: Mapping[str, str], ids: Sequence[PaperId], catalogue: Catalogue) -> frozenset[str]:
    """Return the keys of those titles that are written so."""
    titles = (_letters(paper.title) for paper in catalogue.get(ids).values()) if ids else ()
    return frozenset(capital[title] for title in titles if title in capital)


def _is_capital(word: str) -> bool:
    return word[:1].isupper() or word[:1].isdigit()


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _keys_by_start(question: str) -> Iterator[Iterator[str]]:
    """Yield for each word the keys of what begins there and is long enough for a title."""
    words = [title_key(word) for word in question.split()[:_WORDS_READ]]
    for start in range(len(words)):
        keys = accumulate(words[start : start + _WORDS_OF_TITLE[-1]])
        yield (key for key in islice(keys, _WORDS_OF_TITLE[0] - 1, None) if len(key) >= _LETTERS)
