"""Calls side by side, a few at a time, their results as they come.

Threads are daemons: a request that hangs keeps neither a stop nor the end of the process waiting, as the
pool of `concurrent.futures` would.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_GLANCE = 0.2  # seconds after which a thread looks whether it was stopped; Ctrl-C is felt on Windows too


def side_by_side(call: Callable[[T], R], items: Iterable[T], *, most: int) -> Generator[R, None, None]:
    """Yield the result of each call, in the order in which they end; `most` run at once.

    The items are taken one by one, as threads are free. Once the iterator is closed no other call begins, and those
    under way are left behind: what they do beside returning still happens. An exception of a call, or
    of the items, is raised here.
    """
    work = _Work(call, iter(items), most)
    try:
        for _ in range(most):
            threading.Thread(target=work.run, name="side by side", daemon=True).start()
        ended = 0
        while ended < most:
            try:
                result = work.results.get(timeout=_GLANCE)
            except queue.Empty:
                continue
            if not isinstance(result, _Ended):
                yield result
            elif result.error is None:
                ended += 1
            else:
                raise result.error
    finally:
        work.stopped.set()


@dataclass(frozen=True, slots=True)
class _Ended:
    """A thread has ended: nothing was left, or an exception."""

    error: Exception | None = None


class _Work(Generic[T, R]):
    def __init__(self, call: Callable[[T], R], items: Iterator[T], most: int) -> None:
        self._call = call
        self._items = items
        self._taking = threading.Lock()
        self.stopped = threading.Event()
        # As many results wait as calls run: whoever does not fetch them is not run ahead of.
        self.results: queue.Queue[R | _Ended] = queue.Queue(most)

    def run(self) -> None:
        """Take items and call, until there are none or the work is stopped."""
        try:
            for item in self._next_items():
                self._put(self._call(item))
        except Exception as error:  # noqa: BLE001  # raised in the thread that asked for the results
            self._put(_Ended(error))
        else:
            self._put(_Ended())

    def _next_items(self) -> Iterator[T]:
        while not self.stopped.is_set():
            try:
                with self._taking:
                    item = next(self._items)
            except StopIteration:
                return
            yield item

    def _put(self, result: R | _Ended) -> None:
        while not self.stopped.is_set():
            try:
                self.results.put(result, timeout=_GLANCE)
            except queue.Full:
                continue
            return
