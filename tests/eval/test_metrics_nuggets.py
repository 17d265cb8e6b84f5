"""Keys are found as a careful reader would find them, and not inside other words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics.nuggets import holds, normalise
from eval.reference import load_questions


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        ("It saw 130,000 images", "130000"),
        ("It saw 130000 images", "130,000"),
        ("two hundred and three towns", "200"),
        ("TWENTY-SEVEN countries", "27"),
        ("errors fall by 3 %", "3 percent"),
        ("ImageNet-1K", "imagenet*"),
        ("row-major order", "row major"),
        ("Mamba2D scans", "mamba2d"),
        ("the fourth way", "no|not|fourth"),
    ],
)
def test_a_key_is_found_in_another_spelling(answer: str, key: str) -> None:
    assert holds(answer, [key])


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        ("a note", "not"),
        ("127 countries", "27"),
        ("0.35 points", "35"),
        ("prefixed imagenet", "net*"),
        ("a row of major gains", "row-major"),
        ("in 20 one-day tests", "21"),
        ("", "*"),
    ],
)
def test_a_key_is_not_found_within_something_else(answer: str, key: str) -> None:
    assert not holds(answer, [key])


def test_all_keys_of_a_nugget_must_occur() -> None:
    assert not holds("India comes second", ["india", "united states|usa"])


@given(st.text(max_size=80))
def test_a_text_holds_each_of_its_words(text: str) -> None:
    assert all(holds(text, [word]) for word in normalise(text) if word != "*")


def test_reference_answers_hold_nearly_all_their_nuggets() -> None:
    nuggets = [(q.answer, nugget.keys) for q in load_questions() for nugget in q.nuggets]
    assert sum(holds(answer, keys) for answer, keys in nuggets) >= 0.98 * len(nuggets)
