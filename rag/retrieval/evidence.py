"""Choose the passages of papers that speak to a question. Pure.

A passage is scored by the mean of two parts, each from 0 to 1: how near its vector is to the
question's, and which share of the question's content words it holds. A second passage is taken for
the words that the first one lacks, so that "local and global" can be shown by two sentences. A sentence
about what others did ("existing methods ...") counts less than one that speaks of the paper itself: it
shows the topic, not the contribution.

All papers go through each step together, as rows of one array: fifty one by one took three times as long.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from rag.retrieval.readings import Holding, Reading, figures, look_up, read
from rag.types import Evidence, Paper, PaperId

_ASKS_FIGURE = re.compile(
    r"\b(?:how (?:many|much|fast|large|big|long|often|accurate|small|few|high|far|well)|by how|what (?:share|"
    r"percentage|percent|fraction|number|size|score|accuracy|rate|gain|ranks?)|which (?:share|percentage|ranks?)"
    r"|percentage|fps|what factor|(?:the|its|their|what|in|or|inference|training|running) speed(?!.?up)|how well)\b",
    re.IGNORECASE,
)
_NO_FIGURE_WEIGHT = 0.6
_LENT = 0.5
_LENT_ENOUGH = 3
_NEAR = 0.8  # of the best score: so good a passage is shown though it adds no word

Numbers = NDArray[np.float64]
Cosines = Mapping[PaperId, Sequence[float] | NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """The stems that carry a question's topic, each with its weight (rare words weigh more).

    `wants_number` tells that the question asks for a figure; `total` is the sum of the weights. `lent` are stems
    that go with its topics: they choose among the passages of a paper, and count for nothing else.
    """

    weights: Mapping[str, float]
    wants_number: bool = False
    lent: Mapping[str, float] = field(default_factory=dict)
    total: float = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "total", sum(self.weights.values()))

    def share(self, held: NDArray[np.bool_]) -> Numbers:
        """Return the share of the words, by weight, that are `held`: shape (words, n) to (n,), 0 to 1.

        0 for a question without words that carry a topic.
        """
        found = np.zeros(held.shape[1])
        for weight, having in zip(
            self.weights.values(), held, strict=True
        ):  # in their order: sums depend on it
            found += weight * having
        return found / self.total if self.total else found


@dataclass(frozen=True, slots=True)
class Shown:
    """What n papers show of a question.

    `evidence` is theirs, best first; `coverage`, shape (n,), the share of the question's content words that title
    and abstract hold; `best_coverage` the highest share that one passage holds: 0 to 1.
    """

    evidence: tuple[tuple[Evidence, ...], ...]
    coverage: Numbers
    best_coverage: Numbers


def show(papers: Sequence[Paper], words: QuestionWords, cosines: Cosines, *, most: int) -> Shown:
    """Return for each paper at most `most` pieces of evidence, at least one for a non-empty abstract.

    `cosines` are the similarities of a paper's passages with the question (-1 to 1), in their order; a paper
    that is missing there is judged by its words alone.
    """
    if not papers:
        return Shown((), np.empty(0), np.empty(0))
    readings = [read(paper) for paper in papers]
    holding, also = look_up(readings, [*words.weights], [*words.lent])
    share = words.share(np.logical_or.reduceat(holding.held, holding.firsts, axis=1))
    holding.held[:, holding.titles] = False  # no evidence: from here on it stands for nothing
    covered = words.share(holding.held)
    near = _near(papers, readings, cosines, holding)
    scores = _score(readings, covered, near, wants_number=words.wants_number)
    chosen = _choose(words, holding, scores, covered + _lent_share(words.lent, also), most=most)
    values = scores.tolist()
    evidence = [
        tuple(_cut(reading, row - first, values[row]) for row in rows)
        for reading, first, rows in zip(readings, holding.firsts.tolist(), chosen, strict=True)
    ]
    return Shown(tuple(evidence), share, np.maximum.reduceat(covered, holding.firsts))


def asks_figure(question: str) -> bool:
    """Tell whether a question asks for a number.

    >>> asks_figure("How many images does it hold?"), asks_figure("How does it work?")
    (True, False)
    """
    return bool(_ASKS_FIGURE.search(question))


def _cut(reading: Reading, ordinal: int, score: float) -> Evidence:
    passage = reading.passages[ordinal]
    return Evidence(passage.paper_id, passage.start, passage.end, passage.text, round(score, 4))


def _near(
    papers: Sequence[Paper], readings: Sequence[Reading], cosines: Cosines, holding: Holding
) -> Numbers:
    near = np.zeros(holding.held.shape[1])
    for paper, reading, first in zip(papers, readings, holding.firsts.tolist(), strict=True):
        found = cosines.get(paper.id, ())[: len(reading.passages)]
        near[first : first + len(found)] = found
    return near


def _score(readings: Sequence[Reading], covered: Numbers, near: Numbers, *, wants_number: bool) -> Numbers:
    """The score of each row; a title has none, -inf."""
    voices = np.array([voice for one in readings for voice in (*one.voices, np.inf)])
    titles = voices == np.inf
    voices[titles] = 0.0
    scores: Numbers = voices * (np.maximum(near, 0.0) + covered) / 2
    if wants_number:
        having = np.array([has for one in readings for has in (*figures(one.passages), True)])
        scores = np.where(having, scores, scores * _NO_FIGURE_WEIGHT)
    scores[titles] = -np.inf
    return scores


def _lent_share(lent: Mapping[str, float], held: NDArray[np.bool_]) -> Numbers:
    """What each row holds of the words that go with a question's topics, from 0 to a half; three of the best are enough."""
    weights = np.array([*lent.values()])
    enough = float(np.sort(weights)[-_LENT_ENOUGH:].sum())
    return _LENT * np.minimum(weights @ held / enough, 1.0) if enough else np.zeros(held.shape[1])


def _choose(
    words: QuestionWords, holding: Holding, scores: Numbers, telling: Numbers, *, most: int
) -> list[list[int]]:
    """Return the rows to show of each paper: each the best by its score, by what it tells, and the words that it adds."""
    held, owners = holding.held, holding.owners
    best = _best(scores + telling, holding)
    left = scores > -np.inf
    going = left[best]
    chosen = [[row] if found else [] for row, found in zip(best.tolist(), going.tolist(), strict=True)]
    left[best] = False
    have, enough = held[:, best], _NEAR * scores[best]
    everything = np.logical_or.reduceat(held, holding.firsts, axis=1)
    for _ in range(1, most):
        full = going & ~(everything & ~have).any(axis=0)  # no passage adds a word: their scores alone decide
        if full.any():
            near = (left & full[owners] & (scores >= enough[owners])).nonzero()[0]
            nearest = near[(-scores[near]).argsort(kind="stable")]
            for row, paper in zip(nearest.tolist(), owners[nearest].tolist(), strict=True):
                if len(chosen[paper]) < most:
                    chosen[paper].append(row)
            going &= ~full
        if not going.any():
            break
        added = words.share(held & ~have[:, owners])
        best = _best(np.where(left, scores + added, -np.inf), holding)
        going &= left[best] & ((added[best] > 0) | (scores[best] >= enough))
        for paper, row in enumerate(np.where(going, best, -1).tolist()):
            if row >= 0:
                chosen[paper].append(row)
        left[best] = False
        have |= held[:, best]
    return chosen


def _best(values: Numbers, holding: Holding) -> NDArray[np.intp]:
    """The row with the highest value of each paper, the first of equal ones."""
    highest = np.maximum.reduceat(values, holding.firsts)
    rows = (values == highest[holding.owners]).nonzero()[0]
    best: NDArray[np.intp] = rows[holding.owners[rows].searchsorted(np.arange(len(highest)))]
    return best
