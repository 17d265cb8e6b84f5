"""Three locks let processes share a library.

`open` is held while the stores are created, `words` for the moments in which the catalogue and the word
index change, and `vectors` by the one process that builds vectors, for as long as it does. A library that is
open is read without any.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout

from rag.errors import LibraryBusy, LibraryUnwritable

_WAIT_SECONDS = 20.0


class Locks:
    """The locks of the library in one folder, a file each."""

    def __init__(self, home: Path) -> None:
        """Create the folder if there is none.

        Raises:
            LibraryUnwritable: it cannot be created.
        """
        self._home = home
        try:
            home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unwritable(home, error) from error

    @contextmanager
    def hold(self, name: Literal["open", "words", "vectors"]) -> Iterator[None]:
        """Hold a lock; for `vectors` nobody waits, for the others up to 20 seconds.

        Raises:
            LibraryBusy: another process holds it.
            LibraryUnwritable: its file cannot be written, or what was to be written under it.
        """
        wait = 0.0 if name == "vectors" else _WAIT_SECONDS
        # Not by thread: whoever takes over a run that another thread began must be able to end it.
        lock = FileLock(self._home / f"{name}.lock", timeout=wait, thread_local=False)
        try:
            lock.acquire()
        except Timeout:
            what = "is building the vectors of" if name == "vectors" else "is writing to"
            raise LibraryBusy(
                f"another Footnote {what} {self._home}; wait until it is done, or stop it"
            ) from None
        except OSError as error:
            raise _unwritable(self._home, error) from error
        try:
            yield
        except OSError as error:
            raise _unwritable(self._home, error) from error
        finally:
            lock.release()


def _unwritable(home: Path, error: OSError) -> LibraryUnwritable:
    reason = error.strerror or str(error)
    return LibraryUnwritable(
        f"cannot write to the library folder {home} ({reason}); check its permissions, or set "
        "FOOTNOTE_HOME to another folder"
    )
