"""A word index that something else has written to: it is told, whole or in part, and never searched as if it were sound."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from rag.errors import LibraryDamaged
from rag.library import lexical
from rag.library.checksums import damaged_file
from rag.library.encoder import Encoder
from rag.library.lexical import LexicalIndex
from rag.library.library import Library
from rag.types import Paper

_FILES = (".fast", ".fieldnorm", ".idx", ".pos", ".store", ".term")


@pytest.fixture
def folder(tmp_path: Path, papers: tuple[Paper, ...]) -> Path:
    """The word index of the five papers."""
    LexicalIndex(tmp_path / "words").add(papers)
    return tmp_path / "words"


def _overwrite(folder: Path, ending: str) -> Path:
    """Turn over the bits in the middle third of a file."""
    file = next(folder.glob(f"*{ending}"))
    content = file.read_bytes()
    third = len(content) // 3
    middle = bytes(byte ^ 0xFF for byte in content[third : 2 * third])
    file.write_bytes(content[:third] + middle + content[2 * third :])
    return file


@pytest.mark.parametrize("ending", _FILES)
def test_an_overwritten_file_is_told_when_the_index_is_opened(folder: Path, ending: str) -> None:
    file = _overwrite(folder, ending)
    with pytest.raises(LibraryDamaged, match=rf"{file.name} is not as it was written.*: footnote check$"):
        LexicalIndex(folder)


@pytest.mark.parametrize("length", [0, 5, 60])
def test_a_file_that_was_cut_off_is_damaged(folder: Path, length: int) -> None:
    file = next(folder.glob("*.store"))
    os.truncate(file, length)
    assert damaged_file(folder, most=math.inf) == file


def test_an_index_as_it_was_written_is_whole(folder: Path, papers: tuple[Paper, ...]) -> None:
    index = LexicalIndex(folder)
    index.remove([papers[0].id])
    index.add(papers[:2])
    assert damaged_file(folder, most=math.inf) is None


def test_a_file_that_another_process_has_not_finished_is_no_damage(folder: Path) -> None:
    (folder / "0123456789abcdef0123456789abcdef.idx").write_bytes(b"half")
    assert damaged_file(folder, most=math.inf) is None


@pytest.mark.parametrize("ending", [".idx", ".store"])
def test_a_search_in_damaged_files_is_an_error_of_ours(
    folder: Path, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lexical, "_SOON_READ", 0)  # as in an index that would take long to read
    _overwrite(folder, ending)
    with pytest.raises(LibraryDamaged, match="repair it: footnote check"):
        LexicalIndex(folder).search("images of tree species", depth=9)


@pytest.mark.parametrize("ending", _FILES)
def test_check_builds_a_damaged_word_index_anew(
    make_library: Callable[..., Library],
    papers: tuple[Paper, ...],
    encoder: Encoder,
    monkeypatch: pytest.MonkeyPatch,
    ending: str,
) -> None:
    monkeypatch.setattr(lexical, "_SOON_READ", 0)
    home = make_library(*papers, indexed=False).home
    _overwrite(home / "words", ending)
    mended = Library(home, encoder=encoder, rebuilding=True)
    assert mended.check().words_missing == len(papers)
    assert list(mended.lexical.search("drum beats", depth=1)) == ["slow-drums"]
    assert mended.check().words_missing == 0
    mended.close()


def test_a_file_that_another_process_merges_away_meanwhile_is_no_damage(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = next(folder.glob("*.store"))
    stat = Path.stat

    def at_last(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        found = stat(path, follow_symlinks=follow_symlinks)
        if path == gone:  # between one look at it and the next
            path.unlink()
        return found

    monkeypatch.setattr(Path, "stat", at_last)
    assert damaged_file(folder, most=math.inf) is None
