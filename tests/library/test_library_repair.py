"""A library that something happened to: lost stores, damaged files, another model, a full disk."""

from __future__ import annotations

import resource
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from chromadb.api.shared_system_client import SharedSystemClient

from rag.errors import IndexMismatch, LibraryDamaged, LibraryUnwritable
from rag.library.checking import Condition
from rag.library.encoder import Encoder
from rag.library.library import Library
from rag.types import Paper, PaperId

_Make = Callable[..., Library]
_SOUND = Condition(
    papers=5, words_missing=0, words_orphaned=0, vectors_missing=0, vectors_orphaned=0, pending=0
)


def test_a_deleted_word_index_is_reported_and_repaired(
    make_library: _Make, papers: tuple[Paper, ...], encoder: Encoder
) -> None:
    home = make_library(*papers).home
    shutil.rmtree(home / "words")
    with pytest.raises(LibraryDamaged, match="holds 0 of 5 papers; repair it: footnote check"):
        Library(home, encoder=encoder)
    mended = Library(home, encoder=encoder, rebuilding=True)
    assert mended.check().words_missing == 5
    assert list(mended.lexical.search("drum", depth=1)) == ["slow-drums"]
    list(mended.index())
    assert mended.check() == _SOUND
    mended.close()


@pytest.mark.parametrize(("gone", "emptied"), [("neither", False), ("words", True), ("vectors", False)])
def test_indexes_whose_catalogue_is_lost_are_no_empty_library(
    tmp_path: Path, papers: tuple[Paper, ...], encoder: Encoder, gone: str, *, emptied: bool
) -> None:
    _build(tmp_path, papers, encoder)
    shutil.rmtree(tmp_path / gone, ignore_errors=True)
    (tmp_path / "catalogue.sqlite").unlink()
    if emptied:
        (tmp_path / "catalogue.sqlite").touch()
    with pytest.raises(LibraryDamaged, match=r"catalogue of .* is lost: .*: footnote check --rebuild"):
        Library(tmp_path, encoder=encoder)
    anew = Library(tmp_path, encoder=encoder, rebuilding=True)
    assert not anew.is_built_as_asked()
    anew.clear_indexes()
    anew.close()
    _build(tmp_path, papers, encoder)


def test_a_library_without_papers_is_empty_whether_new_or_emptied(
    tmp_path: Path, papers: tuple[Paper, ...], encoder: Encoder
) -> None:
    for _ in range(2):
        library = Library(tmp_path, encoder=encoder)
        assert (library.size(), library.check().sound) == (0, True)
        library.add(papers)
        library.remove([one.id for one in papers])
        list(library.index())
        library.close()


def _build(home: Path, papers: Sequence[Paper], encoder: Encoder) -> None:
    """Add papers, build their vectors, and see that all is well."""
    library = Library(home, encoder=encoder)
    library.add(papers)
    list(library.index())
    assert library.check() == _SOUND
    library.close()
    SharedSystemClient.clear_system_cache()  # as in a new process


@pytest.mark.parametrize("changed", ["model", "dimensions", "splitter"])
def test_an_index_of_another_kind_is_refused_until_it_is_rebuilt(
    make_library: _Make, papers: tuple[Paper, ...], encoder: Encoder, changed: str
) -> None:
    library = make_library(*papers)
    library.catalogue.write_manifest({**library.catalogue.manifest(), changed: "another"})
    with pytest.raises(IndexMismatch, match=f"{changed} 'another'.*rebuild it: footnote check --rebuild"):
        Library(library.home, encoder=encoder)
    rebuilt = Library(library.home, encoder=encoder, rebuilding=True)
    rebuilt.clear_indexes()
    assert (rebuilt.unindexed(), rebuilt.dense.count(), rebuilt.lexical.count()) == (5, 0, 5)
    list(rebuilt.index())
    rebuilt.close()
    assert make_library(indexed=False).check() == _SOUND


def test_indexes_that_cannot_be_read_are_rebuilt_from_the_catalogue(
    make_library: _Make, papers: tuple[Paper, ...], encoder: Encoder
) -> None:
    home = make_library(*papers, indexed=False).home
    (home / "words" / "meta.json").write_text("nonsense")
    (home / "vectors").mkdir()
    (home / "vectors" / "chroma.sqlite3").write_text("nonsense")
    rebuilt = Library(home, encoder=encoder, rebuilding=True)
    rebuilt.clear_indexes()
    list(rebuilt.index())
    assert rebuilt.check() == _SOUND
    rebuilt.close()


def test_damaged_encodings_are_found_and_made_anew(
    make_library: _Make, papers: tuple[Paper, ...], encoder: Encoder
) -> None:
    library = make_library(*papers)
    library.close()
    kept = library.encodings.path
    whole = kept.read_bytes()
    kept.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    mended = Library(library.home, encoder=encoder, rebuilding=True)
    assert mended.check().vectors_missing == len(papers)
    list(mended.index())
    assert mended.check() == _SOUND
    mended.close()


def test_a_folder_that_cannot_be_created_names_the_setting(tmp_path: Path, encoder: Encoder) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(
        LibraryUnwritable, match=r"cannot write to .*; check its permissions, or set FOOTNOTE_HOME"
    ):
        Library(tmp_path / "file" / "library", encoder=encoder)


@pytest.mark.parametrize("kilobytes", [16, 60, 100])
def test_a_disk_that_fills_up_is_told_and_nothing_is_lost(
    make_library: _Make, papers: tuple[Paper, ...], kilobytes: int
) -> None:
    library = make_library()
    with _files_up_to(kilobytes * 1024), pytest.raises(LibraryUnwritable, match="free space"):
        library.add(Paper(PaperId(f"p{n}"), f"Paper {n}", f"It is about {n}.") for n in range(200))
    library.add(papers)
    assert library.size() == library.lexical.count()


@contextmanager
def _files_up_to(size: int) -> Iterator[None]:
    """Let no file grow beyond `size` bytes, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
