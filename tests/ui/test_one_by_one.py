"""Who asks at once: in turn where it is work for the processor, side by side where it waits for a server."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Generator

import pytest

from ui.one_by_one import OneByOne


async def _all(line: OneByOne, events: Generator[int, None, None], *, in_turn: bool) -> list[int]:
    return [event async for batch in line.follow(events, in_turn=in_turn) for event in batch]


@pytest.mark.parametrize("in_turn", [True, False])
def test_each_gets_all_of_its_own_events_in_their_order(in_turn: bool) -> None:  # noqa: FBT001  # two ways
    def numbers(asker: int) -> Generator[int, None, None]:
        yield from range(asker * 1_000, asker * 1_000 + 300)

    async def ask() -> list[list[int]]:
        line = OneByOne()
        return await asyncio.gather(*(_all(line, numbers(n), in_turn=in_turn) for n in range(20)))

    assert asyncio.run(ask()) == [list(numbers(asker)) for asker in range(20)]


def test_answers_in_turn_are_given_one_after_the_other_as_they_were_asked() -> None:
    told: list[int] = []

    def events(number: int) -> Generator[int, None, None]:
        for _ in range(50):
            told.append(number)
            yield number

    async def ask() -> None:
        line = OneByOne()
        await asyncio.gather(*(_all(line, events(n), in_turn=True) for n in range(8)))

    asyncio.run(ask())
    assert told == sorted(told)


def test_answers_that_wait_for_a_server_do_so_side_by_side() -> None:
    both = threading.Barrier(2, timeout=20)  # broken, and the test failed, unless two are there at once

    def events() -> Generator[int, None, None]:
        yield both.wait()

    async def ask() -> list[list[int]]:
        line = OneByOne()
        return await asyncio.gather(*(_all(line, events(), in_turn=False) for _ in range(2)))

    assert sorted(asyncio.run(ask())) == [[0], [1]]


def test_who_takes_too_long_is_not_waited_for() -> None:
    freed = threading.Event()

    def stuck() -> Generator[int, None, None]:
        yield int(freed.wait(20))

    def frees() -> Generator[int, None, None]:
        freed.set()
        yield 2

    async def ask() -> list[list[int]]:
        line = OneByOne(patience=0.05)
        return await asyncio.gather(*(_all(line, events, in_turn=True) for events in (stuck(), frees())))

    assert asyncio.run(ask()) == [[1], [2]]


def test_an_answer_that_is_left_ends_and_the_next_gets_its_turn() -> None:
    ended = threading.Event()

    def endless() -> Generator[int, None, None]:
        try:
            while True:
                yield 1
        finally:
            ended.set()

    async def ask() -> list[int]:
        line = OneByOne()
        batches = line.follow(endless(), in_turn=True)
        await anext(batches)
        assert line.is_taken
        await batches.aclose()
        return await _all(line, iter_once(), in_turn=True)

    def iter_once() -> Generator[int, None, None]:
        assert ended.wait(20)
        yield 2

    assert asyncio.run(ask()) == [2]


def test_what_an_answer_raises_comes_after_what_it_told() -> None:
    def events() -> Generator[int, None, None]:
        yield 1
        raise LookupError("gone")

    came: list[int] = []

    async def ask() -> None:
        async for batch in OneByOne().follow(events(), in_turn=True):
            came.extend(batch)

    with pytest.raises(LookupError, match="gone"):
        asyncio.run(ask())
    assert came == [1]


def test_of_an_answer_asked_for_as_a_whole_the_last_event_comes() -> None:
    assert asyncio.run(OneByOne().last((n for n in range(5)), in_turn=True)) == 4
