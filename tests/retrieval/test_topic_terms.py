"""The terms of a short criterion, with a word for papers behind them or none."""

from __future__ import annotations

import pytest

from rag.retrieval.topic_terms import plain_terms, topic_terms


@pytest.mark.parametrize(
    ("criterion", "terms"),
    [
        ("owl counting papers", ("owl counting",)),
        ("Owl counting works", ("Owl counting",)),
        ("owl counting work", ("owl counting",)),
        ("owl counting articles", ("owl counting",)),
        ("owl user studies", ("owl user studies",)),
        ("use owl ears", ("owl ears",)),
    ],
)
def test_the_word_for_papers_is_none_of_the_topic(criterion: str, terms: tuple[str, ...]) -> None:
    assert topic_terms(criterion) == terms


def test_what_is_looked_for_side_by_side_is_the_topic_alone() -> None:
    assert plain_terms("owl counting papers") == plain_terms("owl counting") == ("owl counting",)
