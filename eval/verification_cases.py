"""True sentences, and false ones made of them: what the checks must let pass and must catch.

True are each sentence of an abstract, and each sentence of its digest, which another hand wrote after
reading the abstract: an independent paraphrase. Everything is generated at run time from a seed;
nothing of the papers is kept.
"""

from __future__ import annotations

import hashlib
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from eval.mutations import (
    borrow_number,
    change_name,
    change_number,
    change_polarity,
    change_unit,
    find_names,
    swap_roles,
)
from rag.library.lexical import content_terms
from rag.library.passages import split_passages
from rag.sources.entry import title_key
from rag.types import Paper

_SHOWN = 10
_NEAR = 3
_RANKED = 50


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence with its citation. `true` tells whether the cited paper says so.

    `change` is what was done to it, `origin` is `abstract` or `digest`; `shown` are the sources that
    stood in the prompt, the paper of the sentence among them.
    """

    change: str
    origin: str
    text: str
    cited: Paper
    paper: Paper
    shown: tuple[Paper, ...]
    before: str


def is_reported(paper: Paper) -> bool:
    """Half of the papers, by the SHA-256 of their title; rules and thresholds are fixed on the others."""
    return int(hashlib.sha256(title_key(paper.title).encode()).hexdigest(), 16) % 2 == 1


@dataclass(frozen=True, slots=True)
class _Shelf:
    """All papers, all names in them, and for each paper the nearest others."""

    papers: Sequence[Paper]
    names: Sequence[str]
    near: Sequence[Sequence[int]]

    def neighbours(self, number: int, most: int) -> tuple[Paper, ...]:
        return tuple(self.papers[other] for other in self.near[number][:most])


def generate_cases(papers: Sequence[Paper], digests: Sequence[Paper], *, seed: int) -> Iterator[Case]:
    """Yield the cases of each paper, in the order of the papers; the same for the same seed."""
    by_title = {title_key(digest.title): digest for digest in digests}
    names = {name for paper in papers for name in find_names(f"{paper.title} {paper.abstract}")}
    shelf = _Shelf(papers, sorted(names), nearest_papers(papers))
    for number, paper in enumerate(papers):
        key = title_key(paper.title)
        chance = random.Random(f"{seed}:{key}")  # noqa: S311  # examples, not secrets
        shown = (paper, *shelf.neighbours(number, _SHOWN - 1))
        digest = by_title.get(key)
        origins = [("abstract", paper)] if digest != paper else []
        for origin, source in [*origins, *([("digest", digest)] if digest else [])]:
            for passage in split_passages(source):
                for change, text in _changed(passage.text, paper, shelf.names, chance):
                    yield Case(change, origin, text, paper, paper, shown, passage.text)
                for change, cited in _swapped(number, shelf, chance):
                    yield Case(change, origin, passage.text, cited, paper, shown, passage.text)


def _changed(
    text: str, paper: Paper, names: Sequence[str], chance: random.Random
) -> Iterator[tuple[str, str]]:
    """Yield the sentence as it is, and one change of each kind that it allows."""
    whole = f"{paper.title} {paper.abstract} {text}"
    foreign = [
        name for name in chance.sample(names, min(20, len(names))) if name.lower() not in whole.lower()
    ]
    yield "none", text
    changed = {
        "number": change_number(text, chance, avoid=lambda new: _stands(new, whole)),
        "number, borrowed": borrow_number(text, chance, source=paper.abstract),
        "unit": change_unit(text, chance),
        "name": change_name(text, chance, names=foreign),
        "polarity": change_polarity(text, chance),
        "roles": swap_roles(text),
    }
    yield from ((change, new) for change, new in changed.items() if new is not None)


def _swapped(number: int, shelf: _Shelf, chance: random.Random) -> Iterator[tuple[str, Paper]]:
    others = [paper for other, paper in enumerate(shelf.papers) if other != number]
    if others:
        yield "citation, random", chance.choice(others)
    if near := shelf.neighbours(number, _NEAR):
        yield "citation, near", chance.choice(near)


def nearest_papers(papers: Sequence[Paper]) -> list[list[int]]:
    """Return for each paper the others, nearest first, by the cosine of their rare words (tf-idf)."""
    counts = [Counter(content_terms(f"{paper.title} {paper.abstract}")) for paper in papers]
    frequency = Counter(term for count in counts for term in count)
    vectors = [
        {term: (1 + math.log(n)) * math.log(len(papers) / frequency[term]) for term, n in count.items()}
        for count in counts
    ]
    lengths = [math.sqrt(sum(v * v for v in vector.values())) or 1.0 for vector in vectors]
    postings: dict[str, list[tuple[int, float]]] = {}
    for number, vector in enumerate(vectors):
        for term, value in vector.items():
            postings.setdefault(term, []).append((number, value / lengths[number]))
    return [_ranked(number, vector, postings) for number, vector in enumerate(vectors)]


def _ranked(
    number: int, vector: Mapping[str, float], postings: Mapping[str, Sequence[tuple[int, float]]]
) -> list[int]:
    scores: defaultdict[int, float] = defaultdict(float)
    for term, value in vector.items():
        for other, weight in postings[term]:
            scores[other] += value * weight
    del scores[number]
    return sorted(scores, key=lambda other: (-scores[other], other))[:_RANKED]


def _stands(number: str, text: str) -> bool:
    return re.search(rf"(?<![\w.]){re.escape(number)}(?!\w)", text, re.IGNORECASE) is not None
