"""Write vectors in a process of its own, so that encoding goes on meanwhile.

Chroma holds Python's interpreter lock for the whole of a write, half a second for 500 vectors, and
every thread that encodes stands still as long. Here a child process writes; it is one more process at
the store, which `dense` is made for. Batches go to its standard input, replies come from its standard
output; when the parent dies, the input ends, and so does the child after the write that it is in.

Each reply is waited for within bounds: a child that gives none is ended.

Run as `python -c`, not by `multiprocessing`, which would run the caller's own script once more.
"""

from __future__ import annotations

import gc
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Self, cast

from rag.errors import LibraryError
from rag.library.dense import DenseIndex
from rag.library.encoder import EncodedPaper
from rag.types import Paper, Passage

_SERVE = "import sys; path, *sys.path = sys.argv[1:]; from rag.library.storing import serve; serve(path)"


class StoringProcess:
    """Writes to a dense index from a process of its own. One write at a time."""

    def __init__(self, path: Path, *, patience: float) -> None:
        """`path` is Chroma's folder. The process starts at once and imports Chroma meanwhile.

        It is ended when it gives no answer for `patience` seconds.
        """
        self._patience = patience
        self._process = subprocess.Popen(  # noqa: S603  # our own code
            [sys.executable, "-c", _SERVE, str(path), *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is for the parent: a write is not broken off
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wait for the write that is under way, and end the process."""
        with self._in_time():
            self._process.communicate()

    @property
    def number(self) -> int:
        """The number by which the system knows the process."""
        return self._process.pid

    def kill(self) -> None:
        """End the process at once, in the middle of a write if need be."""
        self._process.kill()
        self._process.wait()

    def add(self, encoded: Sequence[tuple[Paper, Sequence[Passage], EncodedPaper]]) -> None:
        """Do what `DenseIndex.add` does, and raise what it raises.

        Raises:
            LibraryError: the process has ended, or did not answer in time.
        """
        batches, replies = (cast("IO[bytes]", pipe) for pipe in (self._process.stdin, self._process.stdout))
        began = time.monotonic()
        try:
            with self._in_time():
                _send(batches, encoded)
                error = pickle.load(replies)  # noqa: S301  # written by our own child
        except (OSError, EOFError) as broken:
            late = time.monotonic() - began >= self._patience
            what = f"did not answer for {self._patience:.0f} s" if late else "has ended"
            raise LibraryError(
                f"the process that stores vectors {what}; check the free space; nothing is lost, go on: footnote add"
            ) from broken
        if error is not None:
            raise error

    @contextmanager
    def _in_time(self) -> Iterator[None]:
        """End the process if what waits for it here takes too long."""
        ending = threading.Timer(self._patience, self._process.kill)
        ending.daemon = True
        ending.start()
        try:
            yield
        finally:
            ending.cancel()


def serve(path: str) -> None:
    """Be the child: store each batch that arrives, and answer with None or an exception."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    batches, replies = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # whatever a package prints must not be taken for a reply
    index = DenseIndex(Path(path))
    _import_chroma()
    while True:
        try:
            batch = pickle.load(batches)  # noqa: S301  # written by our own parent
        except (EOFError, pickle.UnpicklingError):  # the parent has ended, perhaps in the middle of a batch
            return
        try:
            index.add(batch)
            _send(replies, None)
        except Exception as error:  # noqa: BLE001  # it is the parent's to handle
            _send(replies, error)


def _import_chroma() -> None:
    """Import it now, while the first texts are encoded, and spare the collector what stays for good.

    Looking for cycles in a thousand modules takes .3 s, most of it when the process ends.
    """
    gc.disable()
    import chromadb  # noqa: F401

    gc.freeze()
    gc.enable()


def _send(stream: IO[bytes], message: object) -> None:
    pickle.dump(message, stream, pickle.HIGHEST_PROTOCOL)
    stream.flush()
