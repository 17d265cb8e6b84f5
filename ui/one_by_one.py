"""Whoever asks at once is answered one by one, first come, first served; what an answer yields comes in batches.

Python runs one thread at a time. Answers side by side take as long as one after the other, and more: each
waits for all others whenever it lets go of the interpreter, be it for a microsecond in SQLite or numpy. So an
answer that is this processor's work alone waits for its turn; one that waits for a server takes none.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Generator
from contextlib import aclosing, closing
from typing import Generic, TypeVar

from anyio import CapacityLimiter
from anyio.to_thread import run_sync

_T = TypeVar("_T")
_PATIENCE = 3.0
_THREADS = 64  # of their own, so that who waits for a model takes none from what the page asks beside


class OneByOne:
    """The one line that all askers of a server stand in."""

    def __init__(self, *, patience: float = _PATIENCE) -> None:
        """A turn that takes longer than `patience` seconds may wait for something, and is not waited for."""
        self._patience = patience
        self._turn = asyncio.Semaphore(1)
        self._threads: CapacityLimiter | None = None  # belongs to the event loop that first asks for it

    @property
    def is_taken(self) -> bool:
        """Tell whether somebody's turn is now, so that the next one has to wait."""
        return self._turn.locked()

    async def follow(
        self, events: Generator[_T, None, None], *, in_turn: bool
    ) -> AsyncGenerator[tuple[_T, ...], None]:
        """Yield what a generator gives in a thread of its own, each time all that came since the last.

        With `in_turn` it begins when those before it are through. Left early, it stops at its next event.
        What it raises is raised here, after all that came before.
        """
        feed = _Feed(events)
        running = asyncio.create_task(self._run(feed, in_turn=in_turn))
        try:
            while batch := await feed.batch():
                yield batch
            await running
        finally:
            feed.is_left = True
            running.cancel()
        if feed.failure:
            raise feed.failure

    async def last(self, events: Generator[_T, None, None], *, in_turn: bool) -> _T:
        """Return the last thing that a generator gives; it gives one at least."""
        final: tuple[_T, ...] = ()
        async with aclosing(self.follow(events, in_turn=in_turn)) as batches:
            async for batch in batches:
                final = batch[-1:]
        return final[0]

    async def _run(self, feed: _Feed[_T], *, in_turn: bool) -> None:
        if not in_turn:
            await self._in_thread(feed)
            return
        async with self._turn:
            running = asyncio.create_task(self._in_thread(feed))
            await asyncio.wait({running}, timeout=self._patience)
        await running

    async def _in_thread(self, feed: _Feed[_T]) -> None:
        self._threads = self._threads or CapacityLimiter(_THREADS)
        # Stop leaves the thread behind: a silent model server may hold it for long.
        await run_sync(feed.fill, abandon_on_cancel=True, limiter=self._threads)


class _Feed(Generic[_T]):
    """Carries events from a thread to the event loop, which is woken once for all that came meanwhile."""

    def __init__(self, events: Generator[_T, None, None]) -> None:
        self.is_left = False
        self.failure: Exception | None = None
        self._events = events
        self._loop = asyncio.get_running_loop()
        self._came: deque[_T] = deque()
        self._news = asyncio.Event()
        self._is_woken = False
        self._is_over = False

    def fill(self) -> None:
        """Take all events; runs in a thread."""
        try:
            with closing(self._events) as events:
                for event in events:
                    self._came.append(event)
                    self._wake()
                    if self.is_left:
                        break
        except Exception as error:  # noqa: BLE001  # raised again where the events are read
            self.failure = error
        self._is_over = True
        self._wake()

    async def batch(self) -> tuple[_T, ...]:
        """Return what came since the last time, as soon as there is something; nothing if it is over."""
        while not (self._came or self._is_over):
            self._news.clear()
            self._is_woken = False
            if not (self._came or self._is_over):
                await self._news.wait()
        return tuple(self._came.popleft() for _ in range(len(self._came)))

    def _wake(self) -> None:
        if not self._is_woken:
            self._is_woken = True
            self._loop.call_soon_threadsafe(self._news.set)
