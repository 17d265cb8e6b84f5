"""The chances of kinds that were learned from phrasings: they are chances, and right for words that nobody wrote cues for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.bench.intent import load_others, wrong
from rag.answering.asking.intent import weigh_kind
from rag.answering.asking.kind_chances import BUCKETS, KINDS, bucket_groups, kind_chances
from rag.library.encoder import Encoder
from rag.types import Kind

_VECTOR = np.eye(384, dtype=np.float32)[0]


@given(st.text(max_size=80), st.booleans())
def test_of_any_text_each_kind_has_a_chance_and_together_they_are_one(text: str, has_vector: bool) -> None:  # noqa: FBT001
    chances = kind_chances(text, _VECTOR if has_vector else None)
    assert tuple(chances) == KINDS
    assert all(0 <= chance <= 1 for chance in chances.values())
    assert sum(chances.values()) == pytest.approx(1)


@given(st.text(min_size=1, max_size=80))
def test_buckets_of_words_and_of_letters_have_length_one_or_are_none(text: str) -> None:
    for places, values in bucket_groups(text, np.ones(BUCKETS, np.float32)):
        assert len(places) == len(values)
        assert float(values @ values) == pytest.approx(1 if len(places) else 0)


def test_half_a_character_is_a_letter_too() -> None:
    assert sum(kind_chances("why do owls \ud800 turn?", None).values()) == pytest.approx(1)


def test_of_a_long_text_both_ends_are_read() -> None:
    padding = "owl " * 1_000
    assert kind_chances(f"{padding} why do owls turn their heads?", None) != kind_chances(padding, None)
    assert kind_chances(f"why do owls, {padding}", None) != kind_chances(padding, None)
    assert kind_chances(padding + padding, None) == kind_chances(padding, None)


def test_most_phrasings_of_others_are_read_right_and_most_of_the_mistakes_are_doubted() -> None:
    reported = [one for one in load_others() if one.half == "report"]
    mistakes = list(wrong(reported))
    assert len(mistakes) <= 0.25 * len(reported)
    assert sum(bool(read.doubt) for _, read in mistakes) >= 0.4 * len(mistakes)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("faster: drums or flutes?", Kind.COMPARE),
        ("fix my printer, please", Kind.TALK),
        ("under what mechanism do owls turn their heads", Kind.EXPLAIN),
        ("total papers?", Kind.CORPUS),
        ("the rest of the owl crowd, please", Kind.LIST),
    ],
)
def test_with_the_encoder_words_that_no_cue_knows_are_read_right(
    question: str, kind: Kind, encoder: Encoder
) -> None:
    assert weigh_kind(question, encoder.encode_query(question)).kind is kind
