"""Choose the passages of a paper that speak to a question. Pure.

A passage is scored by the mean of two parts, each from 0 to 1: how near its vector is to the
question's, and which share of the question's content words it holds. A second passage is taken for
the words that the first one lacks, so that "local and global" can be shown by two sentences. A sentence about what others did ("existing methods
...") counts less than one that speaks of the paper itself: it shows the topic, not the contribution.
"""

from __future__ import annotations

import functools
import operator
import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from rag.library.lexical import stems
from rag.library.passages import split_passages
from rag.types import Evidence, Paper, Passage

_OWN_WORK = re.compile(
    r"\b(?:we|our|ours|this (?:paper|work|study|article|survey)|here|the authors?|is (?:proposed|presented)"
    r"|are (?:proposed|presented|introduced))\b",
    re.IGNORECASE,
)
_BACKGROUND = re.compile(
    r"\b(?:existing|previous|prior|recent(?:ly)?|traditional(?:ly)?|conventional(?:ly)?|typical(?:ly)?"
    r"|common(?:ly)?|usual(?:ly)?|often|most (?:of the )?(?:methods|approaches|works|models)|many (?:recent )?"
    r"(?:methods|approaches|works)|has (?:been|become)|have (?:been|become)|state-of-the-art methods)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|hundreds?|thousands?|millions?|billions?"
    r"|half|twice|double)\b",
    re.IGNORECASE,
)
_ASKS_FIGURE = re.compile(
    r"\b(?:how (?:many|much|fast|large|big|long|often|accurate|small|few|high|far|well)|by how|what (?:share|"
    r"percentage|percent|fraction|number|size|score|accuracy|rate|gain|ranks?)|which (?:share|percentage|ranks?)"
    r"|percentage|fps|speed|how well)\b",
    re.IGNORECASE,
)
_NO_FIGURE_WEIGHT = 0.6
_BACKGROUND_WEIGHT = 0.7
_NEUTRAL_WEIGHT = 0.9
_NEAR = 0.8  # of the best score: so good a passage is shown though it adds no word


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """The stems that carry a question's topic, each with its weight (rare words weigh more).

    `wants_number` tells that the question asks for a figure; `total` is the sum of the weights.
    """

    weights: Mapping[str, float]
    wants_number: bool = False
    total: float = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "total", sum(self.weights.values()))  # asked for thousands of times

    def coverage(self, held: Set[str]) -> float:
        """Return the share of the question's words, by weight, among `held`: 0 to 1.

        0 for a question without words that carry a topic.
        """
        found = [stem for stem in self.weights if stem in held]  # in their order: sums depend on it
        return sum(self.weights[stem] for stem in found) / self.total if found else 0.0


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a paper says by itself, whatever is asked: its passages, and which of them hold each stem.

    `voices` tell of each passage whose work it speaks of. `in_title` are the title's stems.
    """

    passages: tuple[Passage, ...]
    voices: tuple[float, ...]
    holders: Mapping[str, tuple[int, ...]]
    in_title: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Found:
    """What a paper's passages hold of a question, one value a passage.

    `held` are the places of the words among the question's, as bits; `coverage` their share by weight.
    """

    held: list[int]
    coverage: list[float]


def choose_evidence(
    paper: Paper, words: QuestionWords, cosines: Mapping[int, float], *, most: int
) -> tuple[Evidence, ...]:
    """Return at most `most` pieces of evidence, best first, at least one for a non-empty abstract.

    `cosines` maps a passage's ordinal to its similarity with the question (-1 to 1); a passage that
    is missing there is judged by its words alone.
    """
    reading = _read(paper)
    found = _find(reading, words)
    scores = _score(reading, found, cosines, wants_number=words.wants_number)
    chosen = _choose(words, found, scores, most=most)
    passages = ((reading.passages[at], scores[at]) for at in chosen)
    return tuple(Evidence(paper.id, p.start, p.end, p.text, round(score, 4)) for p, score in passages)


def asks_figure(question: str) -> bool:
    """Tell whether a question asks for a number.

    >>> asks_figure("How many images does it hold?"), asks_figure("How does it work?")
    (True, False)
    """
    return bool(_ASKS_FIGURE.search(question))


def paper_coverage(paper: Paper, words: QuestionWords) -> float:
    """Return the share of the question's content words that title and abstract hold: 0 to 1."""
    reading = _read(paper)
    return words.coverage(
        {stem for stem in words.weights if stem in reading.in_title or stem in reading.holders}
    )


def best_coverage(paper: Paper, words: QuestionWords) -> float:
    """Return the highest share of the question's content words that one passage holds: 0 to 1."""
    return max(_find(_read(paper), words).coverage, default=0.0)


def _find(reading: _Reading, words: QuestionWords) -> _Found:
    held, weight = [0] * len(reading.passages), [0.0] * len(reading.passages)
    for place, (stem, weighs) in enumerate(words.weights.items()):
        for ordinal in reading.holders.get(stem, ()):
            held[ordinal] |= 1 << place
            weight[ordinal] += weighs
    return _Found(held, [one / words.total if one else 0.0 for one in weight])


def _choose(words: QuestionWords, found: _Found, scores: Sequence[float], *, most: int) -> list[int]:
    """Return the ordinals of the passages to show: each the best by its score and the words that it adds."""
    if not scores:
        return []
    values = [score + more for score, more in zip(scores, found.coverage, strict=True)]
    first = values.index(max(values))  # the first of equal ones
    left, chosen, have = [at for at in range(len(scores)) if at != first], [first], found.held[first]
    everything = functools.reduce(operator.or_, found.held)
    enough = _NEAR * scores[first]
    while left and len(chosen) < most:
        if not everything & ~have:  # no passage adds a word: their scores alone decide
            near = [at for at in left if scores[at] >= enough]
            return chosen + sorted(near, key=scores.__getitem__, reverse=True)[: most - len(chosen)]
        added = [
            _share(words, found.held[at] & ~have) if found.held[at] & have else found.coverage[at]
            for at in left
        ]
        values = [scores[at] + more for at, more in zip(left, added, strict=True)]
        place = values.index(max(values))
        best = left.pop(place)
        if not added[place] and scores[best] < enough:
            break
        chosen.append(best)
        have |= found.held[best]
    return chosen


def _share(words: QuestionWords, places: int) -> float:
    """The share by weight of the question's words whose places are given as bits."""
    if not places:
        return 0.0
    return (
        sum(weight for place, weight in enumerate(words.weights.values()) if places >> place & 1)
        / words.total
    )


def _score(
    reading: _Reading, found: _Found, cosines: Mapping[int, float], *, wants_number: bool
) -> list[float]:
    near = [cosines.get(ordinal, 0.0) for ordinal in range(len(reading.voices))]
    scores = [
        voice * ((cosine if cosine > 0 else 0.0) + coverage) / 2
        for voice, cosine, coverage in zip(reading.voices, near, found.coverage, strict=True)
    ]
    if not wants_number:
        return scores
    return [
        score if has_figure else score * _NO_FIGURE_WEIGHT
        for score, has_figure in zip(scores, _figures(reading.passages), strict=True)
    ]


@functools.lru_cache(1_200)  # the same papers are found again and again; some 15 kB each
def _read(paper: Paper) -> _Reading:
    passages = split_passages(paper)
    holders: dict[str, list[int]] = {}
    for ordinal, passage in enumerate(passages):
        for stem in dict.fromkeys(stems(passage.text)):
            holders.setdefault(stem, []).append(ordinal)
    return _Reading(
        passages,
        tuple(_voice(passage.text) for passage in passages),
        {stem: tuple(ordinals) for stem, ordinals in holders.items()},
        frozenset(stems(paper.title)),
    )


@functools.lru_cache(1_200)
def _figures(passages: tuple[Passage, ...]) -> tuple[bool, ...]:
    """Tell of each passage whether it holds a figure."""
    return tuple(bool(_FIGURE.search(passage.text)) for passage in passages)


def _voice(text: str) -> float:
    """Weigh a sentence by whose work it speaks of: 1 for the paper's own, less for background."""
    if _OWN_WORK.search(text):
        return 1.0
    return _BACKGROUND_WEIGHT if _BACKGROUND.search(text) else _NEUTRAL_WEIGHT
