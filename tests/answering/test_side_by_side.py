"""Calls side by side: every result once, errors where the results are asked for, and no call after the end."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.sets.side_by_side import side_by_side


@given(items=st.lists(st.integers(), max_size=20), most=st.integers(1, 5))
def test_every_item_gives_one_result(items: list[int], most: int) -> None:
    assert sorted(side_by_side(lambda item: item * 2, items, most=most)) == sorted(item * 2 for item in items)


def test_an_error_of_a_call_is_raised_where_results_are_asked_for() -> None:
    with pytest.raises(ZeroDivisionError):
        list(side_by_side(lambda item: 1 // item, [1, 0, 1], most=2))


def test_an_error_of_the_items_is_raised_too() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise LookupError

    with pytest.raises(LookupError):
        list(side_by_side(lambda item: item, items(), most=2))


def test_after_the_end_no_call_begins() -> None:
    begun: list[int] = []
    going = threading.Event()

    def call(item: int) -> int:
        begun.append(item)
        if item:
            going.wait(5)
        return item

    results = side_by_side(call, range(1_000), most=2)
    assert next(results) == 0
    results.close()
    going.set()
    assert len(begun) <= 3
