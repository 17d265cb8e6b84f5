"""What the tests of the faces share: a small library and the sample, both with words alone, desks, and an answer."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rag.answering.answerer import last_answer
from rag.app import build_answerer
from rag.environment.reading import read_settings
from rag.library.library import Library
from rag.types import Answer, Paper
from tests.ui.command_line import footnote, words_only, write_papers
from ui.chat import Desk


@pytest.fixture(scope="session")
def small_home(tmp_path_factory: pytest.TempPathFactory, papers: tuple[Paper, ...]) -> Path:
    """A state folder whose library holds the five papers; for tests that only read."""
    home = tmp_path_factory.mktemp("small")
    page = write_papers(home / "page.jsonl", *((paper.title, paper.abstract) for paper in papers))
    with words_only(home):
        assert footnote("add", page, home=home).exit_code == 0
    return home


@pytest.fixture
def own_home(small_home: Path, tmp_path: Path) -> Path:
    """A copy of the small library, for tests that change it."""
    home = Path(shutil.copytree(small_home, tmp_path / "own"))
    connection = sqlite3.connect(home / "library" / "catalogue.sqlite")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # nothing is left in a second file
    connection.close()
    return home


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state folder without papers, where the sample has been asked for once."""
    home = tmp_path_factory.mktemp("sample")
    assert footnote("papers", home=home).exit_code == 0
    return home


@pytest.fixture
def answer(shelf: Library) -> Answer:
    """An answer in quotes."""
    return last_answer(build_answerer(read_settings({}), shelf).answer("Which papers work on images?"))


@pytest.fixture
def open_desk() -> Iterator[Callable[..., Desk]]:
    """Open desks over a state folder, with settings of the test's choice."""
    opened: list[Desk] = []

    def make(home: Path, **settings: str) -> Desk:
        desk = Desk(read_settings({"FOOTNOTE_HOME": str(home), **settings}))
        opened.append(desk)
        return desk

    yield make
    for desk in opened:
        desk.close()
