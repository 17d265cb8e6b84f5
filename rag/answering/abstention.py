"""Does the library speak of this at all? Pure.

The evidence is the sum of two numbers: the highest cosine between the question and a paper or
passage, and the share of the question's content words, by rarity, that one paper holds. Off-topic
questions stay below the threshold (fixed on 16 off-topic and 117 answerable questions over the five
pages: 15 of 16 refused, no answerable one; no held-out figure yet).
"""

from __future__ import annotations

from rag.types import Ranking

_THRESHOLD = 0.5
_WORDS_ALONE = 0.25


def is_absent(ranking: Ranking) -> bool:
    """Tell whether nothing in the library is about the question."""
    if not ranking.papers:
        return True
    if ranking.named:
        return False
    if ranking.similarity is None:
        return ranking.coverage < _WORDS_ALONE
    return ranking.similarity + ranking.coverage < _THRESHOLD
