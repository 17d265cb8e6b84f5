"""How likely a question asks for each kind of answer, by weights that were learned from phrasings. Pure.

A softmax regression over the groups of one to three words of a question, over the groups of two to five letters of
its words, and over its vector where the bundled encoder is at hand (Joachims 1998, "Text categorization with support
vector machines", section 3, for why so many features serve; Weinberger et al. 2009, "Feature hashing for large scale
multitask learning", section 2, for the buckets). `python -m eval.train_kinds` made the weights, from 3,300 phrasings, claims and other questions.
"""

from __future__ import annotations

import functools
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rag.types import Kind

KINDS = (Kind.LIST, Kind.FACT, Kind.COMPARE, Kind.EXPLAIN, Kind.CORPUS, Kind.TALK)
BUCKETS = 8_192
WEIGHTS_FILE = "kind_weights.npz"
_TOKEN = re.compile(r"\w+(?:'\w+)?|[?!:,;]")
_MOST_WORDS = 3  # of a group of words
_LETTERS = range(2, 6)  # of a group of letters
_MOST_TOKENS = 200  # from each end of a text: what asks stands there

Floats = NDArray[np.float32]
# A text -> its vector by the bundled encoder, shape (384,), if that is at hand.
Encode = Callable[[str], Floats | None]


def no_vector(text: str) -> None:  # an encoder takes one
    """Give no text a vector."""


class Weights(NamedTuple):
    """Weights of the buckets, shape (8192, 6), and of a vector, (384, 6), with what any question has, (6,)."""

    buckets: Floats
    vector: Floats
    bias: Floats


def kind_chances(text: str, vector: Floats | None) -> Mapping[Kind, float]:
    """Return the chance of each kind, 0 to 1, together 1. A `vector` is the text's by the bundled encoder, shape (384,)."""
    rarities, alone, beside = _read_weights()
    weights = alone if vector is None else beside
    scores = weights.bias.astype(np.float64)
    for places, values in bucket_groups(text, rarities):
        scores += values @ weights.buckets[places]
    if vector is not None:
        scores += vector @ weights.vector
    chances = np.exp(scores - scores.max())
    return dict(zip(KINDS, (chances / chances.sum()).tolist(), strict=True))


def bucket_groups(text: str, rarities: Floats) -> Iterator[tuple[NDArray[np.int64], Floats]]:
    """Yield the buckets of a text's groups of words with their values, then those of its groups of letters.

    Each pair is of one length; the values are the buckets' `rarities`, shape (8192,), scaled to length 1.
    """
    tokens = [token.lower() for token in _TOKEN.findall(text)]
    if len(tokens) > 2 * _MOST_TOKENS:
        tokens = [*tokens[:_MOST_TOKENS], *tokens[-_MOST_TOKENS:]]
    for groups in (_groups_of_words(tokens), _groups_of_letters(tokens)):
        places = np.array(
            sorted({zlib.crc32(group.encode(errors="surrogatepass")) % BUCKETS for group in groups}), np.int64
        )
        values = rarities[places]
        yield places, values / max(float(np.linalg.norm(values)), 1e-9)


def _groups_of_words(tokens: list[str]) -> Iterator[str]:
    bounded = ["^", *tokens, "$"]
    for most in range(1, _MOST_WORDS + 1):
        for start in range(len(bounded) - most + 1):
            yield " ".join(bounded[start : start + most])


def _groups_of_letters(tokens: list[str]) -> Iterator[str]:
    for token in set(tokens):
        bounded = f" {token} "
        for most in _LETTERS:
            for start in range(max(len(bounded) - most + 1, 1)):
                yield f"#{bounded[start : start + most]}"


@functools.cache
def _read_weights() -> tuple[Floats, Weights, Weights]:
    """Return the rarity of each bucket, shape (8192,), the weights without a vector, and those beside one."""
    with (files("rag.answering.asking") / WEIGHTS_FILE).open("rb") as file, np.load(file) as stored:
        arrays = {name: stored[name].astype(np.float32) for name in stored.files}
    alone = Weights(arrays["alone_buckets"], np.zeros((0, len(KINDS)), np.float32), arrays["alone_bias"])
    beside = Weights(arrays["beside_buckets"], arrays["beside_vector"], arrays["beside_bias"])
    return arrays["rarities"], alone, beside
