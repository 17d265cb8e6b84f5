"""Intervals and tests say what the textbooks say they should."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics.intervals import bootstrap_interval, randomisation_test

_VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=30)


@given(_VALUES)
def test_an_interval_lies_within_the_values(values: list[float]) -> None:
    low, high = bootstrap_interval(values)
    assert min(values) - 1e-9 <= low <= high <= max(values) + 1e-9


def test_an_interval_has_the_width_that_theory_gives() -> None:
    source = random.Random(3)
    values = [source.random() for _ in range(400)]  # standard error 0.0144
    low, high = bootstrap_interval(values)
    assert high - low == pytest.approx(2 * 1.96 * 0.2887 / 20, rel=0.1)


def test_the_same_values_give_the_same_interval() -> None:
    assert bootstrap_interval([0.1, 0.9, 0.4]) == bootstrap_interval([0.1, 0.9, 0.4])


def test_a_steady_difference_is_told_from_noise() -> None:
    source = random.Random(5)
    noise = [source.gauss(0, 0.1) for _ in range(100)]
    assert randomisation_test([value + 0.05 for value in noise]) < 0.001
    assert randomisation_test([value - sum(noise) / 100 for value in noise]) > 0.9


@given(_VALUES)
def test_turning_all_signs_changes_no_p_value(values: list[float]) -> None:
    assert randomisation_test(values) == pytest.approx(randomisation_test([-v for v in values]), abs=0.03)
