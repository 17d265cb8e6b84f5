"""Write vectors in a process of its own, so that encoding goes on meanwhile.

Chroma holds Python's interpreter lock for the whole of a write, half a second for 500 vectors, and
every thread that encodes stands still as long. Here a child process writes; it is one more process at
the store, which `dense` is made for. Batches go to its standard input, replies come from its standard
output; when the parent dies, the input ends, and so does the child after the write that it is in.

Run as `python -c`, not by `multiprocessing`, which would run the caller's own script once more.
"""

from __future__ import annotations

import gc
import pickle
import signal
import subprocess
import sys
from collections.abc import Sequence
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

    def __init__(self, path: Path) -> None:
        """`path` is Chroma's folder. The process starts at once and imports Chroma meanwhile."""
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
        self._process.communicate()

    def kill(self) -> None:
        """End the process at once, in the middle of a write if need be."""
        self._process.kill()
        self._process.wait()

    def add(self, encoded: Sequence[tuple[Paper, Sequence[Passage], EncodedPaper]]) -> None:
        """Do what `DenseIndex.add` does, and raise what it raises.

        Raises:
            LibraryError: the process has ended.
        """
        batches, replies = (cast("IO[bytes]", pipe) for pipe in (self._process.stdin, self._process.stdout))
        try:
            _send(batches, encoded)
            error = pickle.load(replies)  # noqa: S301  # written by our own child
        except (OSError, EOFError) as broken:
            raise LibraryError(
                "the process that stores vectors has ended; nothing is lost, go on: footnote add"
            ) from broken
        if error is not None:
            raise error


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
