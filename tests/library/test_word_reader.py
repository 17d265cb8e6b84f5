"""The word index as it is now, whoever wrote to it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from rag.errors import LibraryDamaged
from rag.library import word_reader
from rag.library.lexical import LexicalIndex
from rag.types import Paper, PaperId


def _paper(name: str, text: str) -> Paper:
    return Paper(PaperId(name), name, text)


def test_what_another_writes_is_found_at_once(tmp_path: Path) -> None:
    reader, writer = LexicalIndex(tmp_path), LexicalIndex(tmp_path)
    for number in range(5):  # quickly, one after the other
        writer.add([_paper(f"p{number}", "rivers and lakes")])
        assert len(reader.search("river", depth=9)) == number + 1
    writer.remove([PaperId("p1"), PaperId("p3")])
    assert reader.search("river", depth=9).keys() == {"p0", "p2", "p4"}


def test_ids_follow_the_papers_when_segments_change(tmp_path: Path) -> None:
    index = LexicalIndex(tmp_path)
    names = [f"p{number}" for number in range(30)]
    for name in names:  # a segment each, until tantivy merges them
        index.add([_paper(name, f"rivers {name}")])
        assert list(index.search(name, depth=1)) == [name]
    index.add([replace(_paper(name, f"lakes {name}")) for name in names[:10]])
    assert [next(iter(index.search(f"lake {name}", depth=1))) for name in names[:10]] == names[:10]
    assert index.search("river", depth=99).keys() == set(names[10:])


def test_ids_are_forgotten_when_they_are_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_reader, "_MOST", 2)
    index = LexicalIndex(tmp_path)
    index.add([_paper(f"p{number}", "rivers") for number in range(5)])
    assert [len(index.search("river", depth=depth)) for depth in (3, 5, 4)] == [3, 5, 4]


def test_rarity_follows_what_is_written(tmp_path: Path) -> None:
    index = LexicalIndex(tmp_path)
    index.add([_paper("p0", "rivers")])
    before = index.rarity(["river", "lake"])
    index.add([_paper(f"p{number}", "lakes") for number in range(1, 9)])
    after = index.rarity(["river", "lake"])
    assert before["river"] < before["lake"]
    assert after["river"] > after["lake"]


def test_an_index_whose_folder_is_taken_away_is_told(tmp_path: Path) -> None:
    index = LexicalIndex(tmp_path / "words")
    index.add([_paper("p0", "rivers")])
    shutil.rmtree(tmp_path / "words")
    with pytest.raises(LibraryDamaged, match=r"cannot be read .*repair it: footnote check"):
        index.search("river", depth=1)
