"""Signs, asides and articles of a set question: what they mean, and that none becomes a criterion."""

from __future__ import annotations

from datetime import date

import pytest

from rag.answering.asking.criteria import read_criteria
from rag.answering.asking.criteria_line import describe


@pytest.mark.parametrize(
    ("question", "criteria"),
    [
        ("owls + drums", "owls AND drums"),
        ("owls & drums at night", "owls at night AND drums at night"),
        ("owl songs / drum rolls", "(owl songs OR drum rolls)"),
        ("papers on owls (not drums)", "owls AND NOT drums"),
        ("owl papers (without drums)", "owl papers AND NOT drums"),
        ("owls (except for the drums)", "owls AND NOT drums"),
        ("owl papers without the noisy ones", "owl papers AND NOT noisy"),
        ("owls without those on drums", "owls AND NOT drums"),
        ("owls without large ones and zeros", "owls AND without large ones AND without zeros"),
        ("papers on owls that do not talk about drums", "owls AND NOT drums"),
        ("which of the papers is a survey", "surveys"),
        ("which is a benchmark?", "benchmarks"),
        ("please to tell me which article speaks about owls", "owls"),
        ("I am writing a survey on owls, what should I cite, but not drums", "owls AND NOT drums"),
    ],
)
def test_signs_are_read_as_the_words_that_they_stand_for(question: str, criteria: str) -> None:
    assert describe(read_criteria(question, today=date(2026, 1, 1))) == criteria
