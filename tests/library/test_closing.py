"""Who opens a file closes it: a library that was closed, or was refused, holds none."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from rag.errors import IndexMismatch, LibraryDamaged, LibraryError, LibraryTooNew
from rag.library.encoder import Encoder
from rag.library.encodings import Encodings
from rag.library.library import Library
from rag.types import Paper
from tests.open_files import open_files


@pytest.fixture
def home(tmp_path: Path, papers: tuple[Paper, ...], encoder: Encoder) -> Path:
    """A library with vectors, closed."""
    with closing(Library(tmp_path / "library", encoder=encoder)) as library:
        library.add(papers)
        list(library.index())
    return library.home


def _another_model(home: Path) -> None:
    _write_manifest(home, "model", "another")


def _newer(home: Path) -> None:
    _write_manifest(home, "schema", "99")


def _no_catalogue(home: Path) -> None:
    (home / "catalogue.sqlite").write_text("nonsense " * 1_000)


def _no_words(home: Path) -> None:
    (home / "words" / "meta.json").unlink()


def _write_manifest(home: Path, key: str, value: str) -> None:
    with closing(sqlite3.connect(home / "catalogue.sqlite")) as connection, connection:
        connection.execute("UPDATE manifest SET value = ? WHERE key = ?", [value, key])


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (_another_model, IndexMismatch),
        (_newer, LibraryTooNew),
        (_no_catalogue, LibraryDamaged),
        (_no_words, LibraryDamaged),
    ],
)
def test_a_library_that_is_refused_leaves_no_file_open(
    home: Path, encoder: Encoder, change: Callable[[Path], None], refusal: type[LibraryError]
) -> None:
    change(home)
    with pytest.raises(refusal):
        Library(home, encoder=encoder)
    assert open_files(home) == set()


def test_a_library_that_was_read_and_closed_leaves_no_file_open(home: Path, encoder: Encoder) -> None:
    with closing(Library(home, encoder=encoder)) as library:
        assert not library.encodings.lacking(library.catalogue.list())
        assert open_files(home)
    assert open_files(home) == set()


def test_encodings_that_were_no_database_are_closed_before_they_are_replaced(tmp_path: Path) -> None:
    path = tmp_path / "encodings.sqlite"
    path.write_text("nonsense " * 1_000)
    with closing(Encodings(path, model="a-model")) as encodings:
        assert encodings.count() == 0
        assert not {name for name in open_files(tmp_path) if name.endswith("(deleted)")}
