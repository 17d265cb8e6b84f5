"""What papers say by themselves, whatever is asked, and which of a question's words stand where in them. Pure.

A paper is read once: its passages, whose work each speaks of, which hold figures, and the hashes of its stems.
Many papers are then looked through for a question's words in one sweep over an array, because looking up each
word in each of 50 papers took longer than the search for the papers.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from rag.library.lexical import stems
from rag.library.passages import split_passages
from rag.types import Paper, Passage

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
_BACKGROUND_WEIGHT = 0.7
_NEUTRAL_WEIGHT = 0.9


@dataclass(frozen=True, slots=True)
class Reading:
    """A paper's passages, and for each whose work it speaks of.

    `stems` has shape (2, n): the hashes of the distinct stems of each passage, and the ordinal of the passage;
    those of the title stand behind, under the ordinal that follows the last.
    """

    passages: tuple[Passage, ...]
    voices: tuple[float, ...]
    stems: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Holding:
    """Which of a question's words stand where in n papers, in r rows: the passages of each paper, then its title.

    `held` has shape (words, r); `firsts` and `titles` are each paper's first row and that of its title, and
    `owners` the paper of each row.
    """

    held: NDArray[np.bool_]
    firsts: NDArray[np.intp]
    titles: NDArray[np.intp]
    owners: NDArray[np.intp]


@functools.lru_cache(1_200)  # the same papers are found again and again; some 8 kB each
def read(paper: Paper) -> Reading:
    """Read a paper."""
    passages = split_passages(paper)
    held = [{*map(hash, stems(text))} for text in (*(passage.text for passage in passages), paper.title)]
    return Reading(
        passages,
        tuple(_voice(passage.text) for passage in passages),
        np.array(
            [
                [*chain.from_iterable(held)],
                [row for row, one in enumerate(held) for _ in one],
            ],
            np.int64,
        ),
    )


@functools.lru_cache(1_200)
def figures(passages: tuple[Passage, ...]) -> tuple[bool, ...]:
    """Tell of each passage whether it holds a figure."""
    return tuple(bool(_FIGURE.search(passage.text)) for passage in passages)


def look_up(
    readings: Sequence[Reading], words: Sequence[str], others: Sequence[str] = ()
) -> tuple[Holding, NDArray[np.bool_]]:
    """Look for stems in papers that were read, at least one; of `others` tell which rows hold them, shape (others, r)."""
    sizes = np.array([len(one.voices) + 1 for one in readings])
    ends = sizes.cumsum()
    firsts = ends - sizes
    held = np.zeros((len(words) + len(others), ends[-1]), np.bool_)
    hashes, rows = np.concatenate([one.stems for one in readings], axis=1)
    starts = np.array([one.stems.shape[1] for one in readings]).cumsum()
    for place, word in enumerate((*words, *others)):
        found = (hashes == hash(word)).nonzero()[0]
        held[place, rows[found] + firsts[starts.searchsorted(found, "right")]] = True
    holding = Holding(held[: len(words)], firsts, ends - 1, np.arange(len(sizes)).repeat(sizes))
    return holding, held[len(words) :]


def _voice(text: str) -> float:
    """Weigh a sentence by whose work it speaks of: 1 for the paper's own, less for background."""
    if _OWN_WORK.search(text):
        return 1.0
    return _BACKGROUND_WEIGHT if _BACKGROUND.search(text) else _NEUTRAL_WEIGHT
