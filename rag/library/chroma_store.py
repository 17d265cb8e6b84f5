"""Chroma's folder, shared by processes: opened late, noticed when others write, read without a lock.

Embedded Chroma keeps its graph in memory and does not notice what another process writes; a process
that went on writing with such a stale graph would lose vectors. So each write leaves a new stamp
beside the store, and whoever finds a stamp that it does not know opens the store afresh. Writing and
opening exclude each other by a file lock; searching what is open needs none.
"""

from __future__ import annotations

import os
import shutil
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from filelock import FileLock, Timeout

from rag.errors import LibraryDamaged, LibraryUnwritable

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

CollectionName = Literal["papers", "passages"]
COLLECTIONS: tuple[CollectionName, ...] = ("papers", "passages")
_T = TypeVar("_T")

# Of the 50 nearest passages, 99 % are found with 200 candidates and 97 % with Chroma's 100
# (docs/decisions/0008-candidates-of-the-vector-index.md). Deeper searches take as many as they return.
_CANDIDATES = 200
# With Chroma's 100 writing takes half as long again, and no ranking is better (the same decision).
_BUILDING_CANDIDATES = 64
_LONG = 2.0  # seconds to open a store: some 20,000 papers
_LAG = 10
_STAMP_BYTES = 64


@dataclass(frozen=True, slots=True)
class _Opened:
    """The store as it was when it was opened: other processes may write to it since."""

    client: ClientAPI
    collections: Mapping[CollectionName, Collection]


class ChromaStore:
    """The two collections. Chroma is opened at the first use, because importing it takes a second."""

    def __init__(self, path: Path, *, small: int) -> None:
        """`path` is Chroma's folder; it is created when something is written.

        Of a store of up to `small` passages no reader lags behind.
        """
        self._path = path
        self._stamp_path = path.with_suffix(".stamp")
        self._exclusive = FileLock(path.with_suffix(".store.lock"))
        self._seen = ""
        self._opening = threading.RLock()
        self._opened: _Opened | None = None
        self._lagging_until = 0.0
        self._small = small

    def exists(self) -> bool:
        """Tell whether anything was ever written."""
        return self._path.exists()

    def read(self, name: CollectionName, look: Callable[[Collection], _T]) -> _T:
        """Return what `look` finds in a collection.

        Raises:
            LibraryDamaged: the store cannot be read.
        """
        from chromadb.errors import ChromaError

        try:
            return look(self.collection(name))
        except (ChromaError, AttributeError):
            # Another process was in the middle of a write, or another thread has just closed the store
            # to open it anew (Chroma then lacks its bindings): wait for its end and look again.
            with self._exclusive:
                self.close()
                try:
                    return look(self.collection(name))
                except ChromaError as error:
                    raise _damaged(self._path, error) from error

    def collection(self, name: CollectionName, *, fresh: bool = False) -> Collection:
        """Return a collection as it is now, opening the store afresh if another process wrote to it.

        A large store takes seconds to open. Its readers go on with what they have for nine times as long,
        so that an `add` in another process costs a tenth of their time at most; not if `fresh`.

        Raises:
            LibraryDamaged: the store cannot be opened.
        """
        with self._opening:
            lagging = not fresh and self.is_lagging()
            if self._opened is not None and (lagging or self.stamp() == self._seen):
                return self._opened.collections[name]
        # The file lock first, then the thread lock: the same order as when writing.
        with self._exclusive, self._opening:
            stamp = self.stamp()
            if self._opened is None or stamp != self._seen:
                self.close()
                import chromadb  # noqa: F401  # takes a second, once

                began = time.monotonic()
                self._opened = _open(self._path)
                self._seen = stamp
                took = time.monotonic() - began
                large = self._opened.collections["passages"].count() > self._small
                self._lagging_until = began + _LAG * took if large and took > _LONG else 0.0
            return self._opened.collections[name]

    def is_lagging(self) -> bool:
        """Tell whether readers go on with the store as it was, whoever wrote since."""
        return self._opened is not None and time.monotonic() < self._lagging_until

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the file lock over a write, and let the others know before it begins.

        Whoever sees the new stamp waits for the lock; so a process that is killed in the middle of a
        write leaves nobody with a stale graph.

        Raises:
            LibraryDamaged: the store cannot be opened.
            LibraryUnwritable: it cannot be written.
        """
        from chromadb.errors import ChromaError

        with self._exclusive:
            self.collection("papers", fresh=True)  # as it is now: a stale one must not be written to
            self._leave_stamp()
            try:
                yield
            except ChromaError as error:
                # What failed half-way holds on to the file: the next write would wait for it, a quarter of an hour.
                self.close()
                raise LibraryUnwritable(
                    f"the vectors at {self._path} cannot be written ({error}); check the folder's permissions and "
                    "free space; nothing is lost, go on: footnote add"
                ) from error

    @contextmanager
    def unwritten(self) -> Iterator[bool]:
        """Keep writers away and give True; at once False, and nobody kept away, while somebody writes."""
        try:
            self._exclusive.acquire(timeout=0)
        except Timeout:
            yield False
            return
        try:
            yield True
        finally:
            self._exclusive.release()

    def stamp(self) -> str:
        """Return the mark of the last write; empty before the first."""
        # Asked before each search: opening the file by way of `Path.read_text` takes twice as long.
        try:
            file = os.open(self._stamp_path, os.O_RDONLY)
        except FileNotFoundError:
            return ""
        try:
            return os.read(file, _STAMP_BYTES).decode("ascii")
        finally:
            os.close(file)

    def clear(self) -> None:
        """Forget everything, readable or not."""
        with self._exclusive:
            self.close()
            self._leave_stamp()
            if self._path.is_dir():
                shutil.rmtree(self._path)
            else:
                self._path.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the store, and of the memory that its graphs take; the next use opens it again."""
        with self._opening:
            if self._opened is not None:
                # Chroma's declared type lacks what its clients have.
                self._opened.client.close()  # type: ignore[attr-defined]
            self._opened = None

    def _leave_stamp(self) -> None:
        with self._opening:
            self._seen = uuid.uuid4().hex
            self._stamp_path.write_text(self._seen, encoding="ascii")


def _open(path: Path) -> _Opened:
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings

    # Chroma would hand out the store that this process opened before, with its stale graph.
    SharedSystemClient.clear_system_cache()
    try:
        client = chromadb.PersistentClient(str(path), Settings(anonymized_telemetry=False))
        collections: dict[CollectionName, Collection] = {
            name: client.get_or_create_collection(
                name,
                embedding_function=None,
                configuration={
                    "hnsw": {
                        "space": "cosine",
                        "ef_search": _CANDIDATES,
                        "ef_construction": _BUILDING_CANDIDATES,
                    }
                },
            )
            for name in COLLECTIONS
        }
        for collection in collections.values():
            collection.get(limit=1, include=["embeddings"])  # reads the graph from disk, now or never
    except Exception as error:  # Chroma's Rust core raises what it likes on a damaged folder
        raise _damaged(path, error) from error
    return _Opened(client, collections)


def _damaged(path: Path, error: Exception) -> LibraryDamaged:
    return LibraryDamaged(
        f"the vectors at {path} cannot be read ({error}); rebuild them: footnote check --rebuild"
    )
