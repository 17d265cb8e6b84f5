"""Details that are asked for: figures, and what they count or measure."""

from __future__ import annotations

import pytest

from rag.answering.refusing.details import ANY_FIGURE, asked_details, has_number


@pytest.mark.parametrize(
    ("span", "holds"),
    [
        ("12,000 images", True),
        ("three hours", True),
        ("a 2x gain", True),
        ("CIFAR-10 in 2019", False),
        ("(2) 3D", False),
    ],
)
def test_a_number_counts_or_measures_something(span: str, holds: bool) -> None:  # noqa: FBT001
    assert has_number(span) is holds


def test_any_figure_is_asked_for_only_where_nothing_says_which() -> None:
    assert asked_details("How many kinds?") == (ANY_FIGURE,)
    assert [detail.name for detail in asked_details("How many epochs?")] == ["number of epochs"]
