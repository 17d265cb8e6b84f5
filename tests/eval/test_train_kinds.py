"""Learning kinds: what is told apart by a word is learned, and holds for things that were not seen."""

from __future__ import annotations

import numpy as np

from eval.train_kinds import Told, bucket_rows, fit, measure_rarities
from rag.answering.asking.kind_chances import BUCKETS, KINDS
from rag.types import Kind

_ASKED = {Kind.LIST: "papers on {}", Kind.EXPLAIN: "why {}", Kind.TALK: "hello {}"}
_THINGS = ("owls", "drums", "moss", "maps", "bells", "tides")


def _told(things: tuple[str, ...], kinds: dict[Kind, str]) -> list[Told]:
    return [Told(words.format(thing), kind) for kind, words in kinds.items() for thing in things]


def test_words_that_ask_are_learned_and_hold_for_other_things() -> None:
    told = _told(_THINGS, _ASKED)
    rarities = measure_rarities([one.text for one in told])
    weights, bias = fit(bucket_rows([one.text for one in told], rarities), told)
    others = _told(("flutes", "ferns"), _ASKED)
    scores = bucket_rows([one.text for one in others], rarities) @ weights + bias
    assert [KINDS[place] for place in scores.argmax(axis=1)] == [one.kind for one in others]


def test_kinds_weigh_alike_however_many_phrasings_they_have() -> None:
    told = _told(_THINGS, {Kind.LIST: "{}"}) + _told(_THINGS[:1], {Kind.TALK: "{}"})
    weights, bias = fit(np.zeros((len(told), 2), np.float32), told)
    assert not weights.any()
    assert np.isclose(bias[KINDS.index(Kind.LIST)], bias[KINDS.index(Kind.TALK)], atol=1e-3)


def test_a_rarer_group_counts_more() -> None:
    rarities = measure_rarities(["owls and owls", "owls and drums", "owls"])
    assert rarities.shape == (BUCKETS,)
    assert rarities.min() >= 1
