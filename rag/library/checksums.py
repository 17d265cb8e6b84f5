"""Are the files of the word index as tantivy wrote them, and what is said when they are not.

tantivy reads its files where they lie. Bytes that something else has overwritten there give wrong hits, errors, or
a panic of its Rust code, which is no `Exception`. Each file of a segment ends with a footer: the CRC-32 of all
before it as JSON, the length of that, and a magic number (tantivy, src/directory/footer.rs). tantivy's package for
Python offers no way to compare them, so that is done here.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterator
from functools import wraps
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Concatenate, ParamSpec, Protocol, TypeVar
from zlib import crc32

from rag.errors import LibraryDamaged

_ENDING = struct.Struct("<II")
_MAGIC = 1337
_P = ParamSpec("_P")
_T = TypeVar("_T")


class _Stored(Protocol):
    @property
    def path(self) -> Path: ...


_S = TypeVar("_S", bound=_Stored)


def damaged_file(path: Path, *, most: float) -> Path | None:
    """Return a file of the index in the folder `path` that is not as it was written, None if there is none.

    Nothing is read of an index of more than `most` bytes: reading takes a millisecond for each 500 kB. Files
    that are gone meanwhile belong to a segment that another process has merged.

    Raises:
        ValueError: the list of segments cannot be read.
    """
    files = list(_segment_files(path))
    if sum(map(_size, files)) > most:
        return None
    return next((file for file in files if not _is_whole(file)), None)


def explains_damage(read: Callable[Concatenate[_S, _P], _T]) -> Callable[Concatenate[_S, _P], _T]:
    """Make a method that reads from tantivy raise `LibraryDamaged` for what tantivy raises on damaged files."""

    @wraps(read)
    def explaining(self: _S, /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
        try:
            return read(self, *args, **kwargs)
        except ValueError as error:
            raise damaged(self.path, error) from error
        except BaseException as error:
            if type(error).__name__ != "PanicException":  # its module, pyo3_runtime, cannot be imported
                raise
            raise damaged(self.path, error) from error

    return explaining


def damaged(path: Path, reason: object) -> LibraryDamaged:
    """Say that the index in a folder cannot be read, and what mends it."""
    return LibraryDamaged(f"the word index at {path} cannot be read ({reason}); repair it: footnote check")


def _segment_files(path: Path) -> Iterator[Path]:
    """Yield the files of the segments that are in use; others may be half written."""
    try:
        segments = json.loads((path / "meta.json").read_bytes())["segments"]
        names = [segment["segment_id"].replace("-", "") for segment in segments]
    except (FileNotFoundError, ValueError, LookupError, TypeError, AttributeError):
        return  # none yet, or tantivy will say what is wrong with it
    for name in names:
        yield from sorted(path.glob(f"{name}.*"))


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0


def _is_whole(file: Path) -> bool:
    try:
        with file.open("rb") as opened, mmap(opened.fileno(), 0, access=ACCESS_READ) as content:
            length, magic = _ENDING.unpack(content[-_ENDING.size :])
            end = len(content) - _ENDING.size - length
            if magic != _MAGIC or end < 0:
                return False
            footer = json.loads(content[end : -_ENDING.size])
            with memoryview(content) as whole, whole[:end] as body:
                return bool(footer["crc"] == crc32(body))
    except FileNotFoundError:
        return True
    except (ValueError, KeyError, TypeError, struct.error):  # too short, or no footer
        return False
