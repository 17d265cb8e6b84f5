"""Vectors that are built behind the page: beside other processes, and of the library that is asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from rag.types import Paper
from tests.ui.command_line import write_papers
from ui.chat import Desk

_Open = Callable[..., Desk]


class _Enough(Exception):
    """Ends the endless loop."""


def test_vectors_are_built_as_soon_as_no_other_process_builds_them(
    open_desk: _Open, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk(own_home)
    elsewhere = FileLock(own_home / "library" / "vectors.lock")
    unindexed: list[int] = []

    def pause(_seconds: float) -> None:
        unindexed.append(desk.opened.library.unindexed())
        if len(unindexed) == 2:
            raise _Enough
        elsewhere.release()

    monkeypatch.setattr("ui.indexing.time.sleep", pause)
    elsewhere.acquire()
    with pytest.raises(_Enough):
        desk.indexing.run()
    assert unindexed == [5, 0]
    assert "index complete" in desk.header()


def test_the_users_papers_do_not_wait_for_the_vectors_of_the_sample(
    open_desk: _Open, tmp_path: Path, papers: tuple[Paper, ...]
) -> None:
    desk = open_desk(tmp_path)
    sample = desk.opened.library
    for _ in desk.indexing.build():
        desk.add(
            write_papers(tmp_path / "page.jsonl", *((p.title, p.abstract) for p in papers)).read_bytes(),
            "page.jsonl",
        )
    assert sample.unindexed() > 400
    list(desk.indexing.build())
    assert "index complete" in desk.header()
