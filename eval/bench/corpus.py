"""Made-up papers, as many as wanted, shaped like those of the saved pages. Lazy and deterministic.

What is shaped after the 557 real papers: words an abstract (mean 197, deviation 47, 83 to 303),
sentences (8, deviation 2.2), words a title, pages a paper (1.2), and the frequency of words: Zipf's law
with two exponents (Gerlach and Altmann 2013, "Stochastic Model for the Vocabulary Growth in Natural
Languages"). The frequent words are those of the bundled digests in their order of frequency, the rare
ones are joined of two such words; so real questions find a realistic number of papers, and the encoder
meets real words. Each paper has a topic, which gives a quarter of its words and, for `SyntheticEncoder`,
the place of its vectors.

Papers depend on the seed and their ordinal alone: any stretch can be made without what stands before.
"""

from __future__ import annotations

import functools
import itertools
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from rag.library.encoder import EncodedPaper, EncodedQuestion, Encoder, Vector
from rag.library.token_vectors import TOKEN_DIMENSIONS, to_int8, unit_rows
from rag.sample import SOURCE, read_sample
from rag.sources.reading import read_source
from rag.types import Paper, PaperId, Passage

VOCABULARY = 200_000
TOPICS = 300
_EXPONENT = 1.0
_RARE_EXPONENT = 1.77
_RARE_RANK = 1_500
_SHIFT = 1.0
_TOPIC_WORDS = 300
_TOPIC_SHARE = 0.25
_FIRST_TOPICAL_RANK = 150
_LAST_TOPICAL_RANK = 4_000
_PAPERS_A_PAGE = 111
_SECOND_PAGE = 0.2
_FIRST_YEAR = 2019
_MONTHS = 84
_AUTHORS = 50_000
_NEAR = 0.75
_TOKENS = 160  # that carry a topic, as the saved pages have


def generate(count: int, *, seed: int = 1, start: int = 0) -> Iterator[Paper]:
    """Yield the papers with the ordinals `start` to `start + count - 1`, one at a time.

    >>> first, second = generate(2)
    >>> first == next(generate(1)) and second == next(generate(1, start=1))
    True
    """
    for ordinal in range(start, start + count):
        yield _paper(ordinal, seed)


def topic_of(text: str) -> int:
    """Return the topic of a paper, by its id, or of a question, by its words: 0 to TOPICS - 1."""
    return zlib.crc32(text.encode()) % TOPICS


@functools.cache
def vocabulary() -> tuple[str, ...]:
    """Return all words, the most frequent first."""
    digests = read_source(read_sample(), source=SOURCE, format_name="jsonl").papers
    counted = Counter(re.findall(r"[a-z]{2,}|a\b", " ".join(paper.abstract for paper in digests).lower()))
    known = [word for word, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0]))]
    content = known[_FIRST_TOPICAL_RANK:]
    words = dict.fromkeys(known)
    distance = 1
    while len(words) < VOCABULARY:
        words |= dict.fromkeys(a + b for a, b in zip(content, content[distance:], strict=False))
        distance += 1
    return tuple(words)[:VOCABULARY]


class SyntheticEncoder(Encoder):
    """Random unit vectors around the centres of topics, for sizes that no small machine can encode.

    A question is read by the real model, so that it costs what it costs, and then placed beside the
    centre of its topic: a real question's vector lies far from all random ones, and a graph search
    from there would tell nothing.
    """

    model = "drawn"  # no library with these vectors passes for a real one

    def encode_paper(self, paper: Paper, passages: Sequence[Passage]) -> EncodedPaper:
        """Return a vector near the paper's topic, one near it for each passage, and tokens anywhere."""
        source = np.random.default_rng(zlib.crc32(paper.id.encode()))
        whole = _near(_centres()[topic_of(paper.id)], source)
        tokens = source.standard_normal((_TOKENS, TOKEN_DIMENSIONS), dtype=np.float32)
        return EncodedPaper(
            whole, np.stack([_near(whole, source) for _ in passages]), to_int8(unit_rows(tokens))
        )

    def encode_question(self, text: str) -> EncodedQuestion:
        """Return a vector near the topic of a question, after reading it with the real model."""
        place = _near(_centres()[topic_of(text)], np.random.default_rng(zlib.crc32(text.encode())))
        return replace(super().encode_question(text), vector=place)


def _near(centre: Vector, source: np.random.Generator) -> Vector:
    """A unit vector whose cosine with `centre` is about 0.75."""
    noise = source.standard_normal(len(centre), dtype=np.float32)
    vector = _NEAR * centre + (1 - _NEAR**2) ** 0.5 * noise / np.linalg.norm(noise)
    unit: Vector = (vector / np.linalg.norm(vector)).astype(np.float32)
    return unit


@functools.cache
def _centres() -> Vector:
    """One unit vector a topic; all lean one way, as the vectors of real texts do."""
    drawn = np.random.default_rng(0).standard_normal((TOPICS, Encoder.dimensions), dtype=np.float32)
    drawn += 0.5 * drawn[0]
    centres: Vector = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    return centres


@functools.cache
def _cumulated() -> NDArray[np.float64]:
    """The share of all text that the words up to each rank make."""
    ranks = np.arange(1, VOCABULARY + 1)
    weights = 1 / (ranks + _SHIFT) ** _EXPONENT
    weights[_RARE_RANK:] *= (_RARE_RANK / ranks[_RARE_RANK:]) ** (_RARE_EXPONENT - _EXPONENT)
    shares: NDArray[np.float64] = np.cumsum(weights) / weights.sum()
    return shares


@functools.cache
def _topic_ranks(topic: int) -> NDArray[np.int64]:
    """The words of a topic, its most frequent first; frequent words belong to many topics."""
    spread = np.random.default_rng((topic, 7)).random(_TOPIC_WORDS)
    ranks = _FIRST_TOPICAL_RANK * (_LAST_TOPICAL_RANK / _FIRST_TOPICAL_RANK) ** spread
    return ranks.astype(np.int64)


def _paper(ordinal: int, seed: int) -> Paper:
    source = np.random.default_rng((seed, ordinal))
    year, month = divmod(ordinal % _MONTHS, 12)
    published = date(_FIRST_YEAR + year, month + 1, int(source.integers(1, 29)))
    paper_id = PaperId(f"{published:%y%m}.{ordinal // _MONTHS:05d}")
    topic = topic_of(paper_id)
    words = _draw(source, _bounded(source, mean=197, deviation=47, low=83, high=303), topic, _TOPIC_SHARE)
    title = _draw(source, _bounded(source, mean=9, deviation=3, low=2, high=28), topic, 2 / 3)
    return Paper(
        id=paper_id,
        title=" ".join(title).title(),
        abstract=_sentences(words, source),
        authors=_authors(source),
        published=published.isoformat(),
        url=f"https://arxiv.org/abs/{paper_id}",
        sources=_pages(ordinal, source),
    )


def _bounded(source: np.random.Generator, *, mean: float, deviation: float, low: int, high: int) -> int:
    return int(np.clip(round(source.normal(mean, deviation)), low, high))


def _draw(source: np.random.Generator, count: int, topic: int, share: float) -> list[str]:
    """Draw words by Zipf's law, `share` of them (0 to 1) from the topic's own list."""
    ranks = np.minimum(np.searchsorted(_cumulated(), source.random(count)), VOCABULARY - 1)
    topical = source.random(count) < share
    ranks[topical] = _topic_ranks(topic)[(_TOPIC_WORDS * source.random(count) ** 2).astype(int)[topical]]
    words = vocabulary()
    return [words[rank] for rank in ranks]


def _sentences(words: Sequence[str], source: np.random.Generator) -> str:
    """Cut words into sentences with capitals, commas and full stops."""
    count = _bounded(source, mean=8, deviation=2.2, low=3, high=18)
    share = source.dirichlet(np.full(count, 8.0))
    ends = [0, *np.maximum(np.cumsum(share) * len(words), np.arange(1, count + 1)).astype(int)]
    ends[-1] = len(words)
    commas = source.random(len(words)) < 1 / 18
    marked = [word + "," * bool(comma) for word, comma in zip(words, commas, strict=True)]
    cut = (" ".join(marked[a:b]).rstrip(",") for a, b in itertools.pairwise(ends) if b > a)
    return " ".join(sentence[0].upper() + sentence[1:] + "." for sentence in cut)


def _authors(source: np.random.Generator) -> tuple[str, ...]:
    words = vocabulary()
    chosen = (_AUTHORS * source.random(source.integers(1, 7)) ** 2).astype(int)
    return tuple(f"{words[n % 997 + 200]} {words[n // 50 + 200]}".title() for n in chosen)


def _pages(ordinal: int, source: np.random.Generator) -> tuple[str, ...]:
    page = ordinal // _PAPERS_A_PAGE
    pages = (page, page + 1) if source.random() < _SECOND_PAGE else (page,)
    return tuple(f"page-{number:05d}.txt" for number in pages)
