"""Values of a file: kept while nobody writes, read anew after any write."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import pytest

from rag.library.unchanged import Unchanged


@pytest.fixture
def file(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A file with a table, open for writing."""
    connection = sqlite3.connect(tmp_path / "file.sqlite", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE t (n)")
    yield connection
    connection.close()


@pytest.fixture
def unchanged(tmp_path: Path, file: sqlite3.Connection) -> Iterator[Unchanged]:  # noqa: ARG001  # it exists
    """What is kept of that file."""
    kept = Unchanged(tmp_path / "file.sqlite")
    yield kept
    kept.close()


def test_a_value_is_read_once_as_long_as_nobody_writes(unchanged: Unchanged) -> None:
    reads = count()
    assert [unchanged.get("n", lambda: next(reads)) for _ in range(3)] == [0, 0, 0]
    assert unchanged.get("other", lambda: "of another name") == "of another name"


def test_a_value_is_read_anew_after_each_write(unchanged: Unchanged, file: sqlite3.Connection) -> None:
    reads = count()
    seen = [unchanged.get("n", lambda: next(reads))]
    for number in range(2):
        file.execute("INSERT INTO t VALUES (?)", (number,))
        seen.append(unchanged.get("n", lambda: next(reads)))
    assert seen == [0, 1, 2]


def test_a_write_in_the_middle_of_reading_is_not_missed(
    unchanged: Unchanged, file: sqlite3.Connection
) -> None:
    def read() -> int:
        value: int = file.execute("SELECT count(*) FROM t").fetchone()[0]
        file.execute("INSERT INTO t VALUES (1)")
        return value

    assert [unchanged.get("rows", read) for _ in range(3)] == [0, 1, 2]


def test_threads_may_share_it(unchanged: Unchanged) -> None:
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: unchanged.get("n", lambda: 7), range(200))) == {7}


def test_a_file_that_cannot_be_asked_is_read_each_time(unchanged: Unchanged) -> None:
    unchanged.close()
    reads = count()
    assert [unchanged.get("n", lambda: next(reads)) for _ in range(2)] == [0, 1]


def test_a_query_sees_what_was_just_written(unchanged: Unchanged, file: sqlite3.Connection) -> None:
    for number in (1, 2):
        file.execute("INSERT INTO t VALUES (?)", (number,))
        assert unchanged.ask("SELECT max(n) FROM t WHERE n <> ?", ("x",)) == [(number,)]
