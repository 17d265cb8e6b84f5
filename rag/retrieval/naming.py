"""Which papers does a question name, by an id or by a title pasted whole?

The catalogue decides: what looks like an id or a title counts only if a paper has it. Titles are
compared by their letters and digits. A short title ("Mamba") may be an ordinary word of a question, so
it counts only if it is the whole question or stands in quotation marks; one of several words ("Network In
Network") also where it stands with the capitals that it has, those of small words aside. Where nothing but the beginning of
one title is asked about ("what does matching networks do?"), and hardly any other paper holds these words, it names that paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice

from rag.library.catalogue import Catalogue
from rag.library.lexical import LexicalIndex, content_terms, stems
from rag.retrieval.mentioned_words import mentions_words
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
_SMALL_WORDS = re.compile(r"\b(?:a|an|and|as|at|by|for|from|in|is|of|on|or|the|to|via|with)\b", re.IGNORECASE)
# Where the name at the beginning of a title ends: "Matching Networks | for One Shot Learning".
_HEAD_ENDS = re.compile(r":| (?:for|via|with|by|through|in|using|from|on|as|of|to)\b", re.IGNORECASE)
_WORDS_OF_HEAD = range(2, 5)
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


def beginning_title(question: str, ranked: Sequence[Paper]) -> PaperId | None:
    """Return the one paper of those ranked whose title begins with all that a question is about.

    None for a phrase that more than two papers hold, as it is a topic: "what is contrastive learning?"
    """
    wanted = content_terms(question)
    if len(wanted) not in _WORDS_OF_HEAD:
        return None
    heads = {paper.id: _HEAD_ENDS.split(paper.title, maxsplit=1)[0] for paper in ranked}
    begun = [paper for paper in ranked if content_terms(heads[paper.id]) == wanted]
    if len(begun) != 1:
        return None
    holding = sum(mentions_words(paper, heads[begun[0].id]) for paper in ranked)
    return begun[0].id if holding <= _HARDLY_ANY else None


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
    """Return a ranking with the one paper in front whose title is asked about, or of its ten best one that holds a name which hardly any does."""
    known = {paper.id: paper for paper in papers}
    nearest = [known[paper_id] for paper_id, _ in ranked if paper_id in known]
    rare = beginning_title(question, nearest) or holding_rare_name(question, nearest[:_NEAREST], lexical)
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
    """Return the letters of a title as they are written; small words may have a capital or none."""
    plain = _SMALL_WORDS.sub(lambda match: match.group().lower(), text)
    return "".join(char for char in plain if char.isalnum())


def _keys_by_start(question: str) -> Iterator[Iterator[str]]:
    """Yield for each word the keys of what begins there and is long enough for a title."""
    words = [title_key(word) for word in question.split()[:_WORDS_READ]]
    for start in range(len(words)):
        keys = accumulate(words[start : start + _WORDS_OF_TITLE[-1]])
        yield (key for key in islice(keys, _WORDS_OF_TITLE[0] - 1, None) if len(key) >= _LETTERS)
