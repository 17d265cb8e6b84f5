"""Choose the passages of a paper that speak to a question. Pure.

A passage is scored by the mean of two parts, each from 0 to 1: how near its vector is to the
question's, and which share of the question's content words it holds. A second passage is taken for
the words that the first one lacks, so that "local and global" can be shown by two sentences. A sentence about what others did ("existing methods
...") counts less than one that speaks of the paper itself: it shows the topic, not the contribution.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from rag.library.lexical import stems
from rag.library.passages import split_passages
from rag.types import Evidence, Paper, Passage, Span

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


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """The stems that carry a question's topic, each with its weight (rare words weigh more).

    `wants_number` tells that the question asks for a figure.
    """

    weights: Mapping[str, float]
    wants_number: bool = False
    _total: float = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_total", sum(self.weights.values()))  # asked for thousands of times

    def coverage(self, held: Set[str]) -> float:
        """Return the share of the question's words, by weight, among `held`: 0 to 1.

        0 for a question without words that carry a topic.
        """
        found = [stem for stem in self.weights if stem in held]  # in their order: sums depend on it
        return sum(self.weights[stem] for stem in found) / self._total if found else 0.0


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a passage says by itself, whatever is asked: its stems, whose work it speaks of, figures."""

    stems: frozenset[str]
    voice: float
    has_figure: bool


@dataclass(frozen=True, slots=True)
class _Scored:
    passage: Passage
    held: frozenset[str]
    coverage: float
    score: float


def choose_evidence(
    paper: Paper, words: QuestionWords, cosines: Mapping[int, float], *, most: int
) -> tuple[Evidence, ...]:
    """Return at most `most` pieces of evidence, best first, at least one for a non-empty abstract.

    `cosines` maps a passage's ordinal to its similarity with the question (-1 to 1); a passage that
    is missing there is judged by its words alone.
    """
    scored = [_score(passage, words, cosines) for passage in _passages(paper)]
    chosen: list[_Scored] = []
    have: frozenset[str] = frozenset()
    while scored and len(chosen) < most:
        added = [words.coverage(s.held - have) if s.held & have else s.coverage for s in scored]
        at = max(range(len(scored)), key=lambda i: (scored[i].score + added[i], -scored[i].passage.ordinal))
        best = scored[at]
        if chosen and not added[at] and best.score < 0.8 * chosen[0].score:
            break
        chosen.append(scored.pop(at))
        have |= best.held
    return tuple(
        Evidence.cut(paper, Span(c.passage.start, c.passage.end), score=round(c.score, 4)) for c in chosen
    )


def asks_figure(question: str) -> bool:
    """Tell whether a question asks for a number.

    >>> asks_figure("How many images does it hold?"), asks_figure("How does it work?")
    (True, False)
    """
    return bool(_ASKS_FIGURE.search(question))


def paper_coverage(paper: Paper, words: QuestionWords) -> float:
    """Return the share of the question's content words that title and abstract hold: 0 to 1."""
    return words.coverage(frozenset(stems(paper.title)) | frozenset(stems(paper.abstract)))


def _score(passage: Passage, words: QuestionWords, cosines: Mapping[int, float]) -> _Scored:
    reading = _read(passage.text)
    held = reading.stems & words.weights.keys()
    similarity = max(0.0, cosines.get(passage.ordinal, 0.0))
    coverage = words.coverage(held)
    score = reading.voice * (similarity + coverage) / 2
    if words.wants_number and not reading.has_figure:
        score *= _NO_FIGURE_WEIGHT
    return _Scored(passage, held, coverage, score)


@functools.lru_cache(1_024)  # the same papers are found again and again
def _passages(paper: Paper) -> tuple[Passage, ...]:
    return split_passages(paper)


@functools.lru_cache(8_192)  # and so are their passages
def _read(text: str) -> _Reading:
    return _Reading(frozenset(stems(text)), _voice(text), bool(_FIGURE.search(text)))


def _voice(text: str) -> float:
    """Weigh a sentence by whose work it speaks of: 1 for the paper's own, less for background."""
    if _OWN_WORK.search(text):
        return 1.0
    return _BACKGROUND_WEIGHT if _BACKGROUND.search(text) else _NEUTRAL_WEIGHT
