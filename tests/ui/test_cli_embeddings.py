"""Changing a library's model in the terminal: usage, one line on failure, and going on."""

from __future__ import annotations

import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.model_server import ModelServer, embeds, refuses, waits
from tests.ui.command_line import footnote, records, start, words_only, write_papers

_KEY = "sk-loopback-0123456789"


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_EMBEDDINGS_KEY", _KEY)


def _change(home: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str, str]:
    monkeypatch.setenv("FOOTNOTE_EMBEDDINGS_URL", url)
    result = footnote("check", "--rebuild", "--embeddings", "openai:small", home=home)
    return result.exit_code, result.stdout, result.stderr


def test_another_model_needs_a_rebuild(own_home: Path) -> None:
    result = footnote("check", "--embeddings", "openai:small", home=own_home)
    assert result.exit_code == 2
    assert "another model needs --rebuild" in result.stderr


@pytest.mark.parametrize("name", ["small", "openai:", "hub:small"])
def test_a_model_of_no_known_kind_is_one_line(own_home: Path, name: str) -> None:
    result = footnote("check", "--rebuild", "--embeddings", name, home=own_home)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        f"footnote: --embeddings is {name!r}; set it to bundled, openai:NAME or sentence-transformers:NAME\n"
    )


def test_the_library_remembers_its_model(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ModelServer(embeds(24)) as server:
        assert _change(own_home, server.url, monkeypatch)[:2] == (0, "rebuilt the indexes of 5 papers\n")
        (info,) = records(footnote("info", "--json", home=own_home))
        assert (info["encoder"], info["with_vectors"]) == ("openai:small", 5)
        found = footnote("search", "photos of leaves", "-k", "1", "--json", home=own_home)
        assert records(found)[0]["id"] == "bark-and-leaf"
        assert found.stderr == ""


def test_asking_again_goes_on_where_it_was_stopped(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ModelServer(embeds(24), embeds(24), refuses(401, _KEY)) as server:
        code, stdout, stderr = _change(own_home, server.url, monkeypatch)
    assert (code, stdout) == (1, "")
    (line,) = stderr.splitlines()
    assert line == (
        "footnote: the embeddings server 127.0.0.1 refused the request (HTTP 401; check "
        "FOOTNOTE_EMBEDDINGS_KEY); what is done is kept, `footnote add` goes on"
    )
    with ModelServer(embeds(24)) as server:
        assert _change(own_home, server.url, monkeypatch)[0] == 0
        encoded = len(server.requests)
        assert _change(own_home, server.url, monkeypatch)[0] == 0
        assert len(server.requests) == encoded  # nothing is left to do, and nothing was cleared


def _kept(home: Path) -> bool:
    """Tell whether some vectors are safe on the disk: in the store, or beside it on their way there."""
    tables = {"catalogue": "papers WHERE state = 'indexed'", "encodings": "encodings"}
    return any(_rows(home / "library" / f"{name}.sqlite", table) for name, table in tables.items())


def _rows(path: Path, table: str) -> int:
    if not path.exists():
        return 0
    with closing(sqlite3.connect(path)) as connection:
        (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608  # our own names
    return int(count)


def test_a_rebuild_that_is_killed_goes_on_with_the_same_command(tmp_path: Path) -> None:
    home = tmp_path / "home"
    page = write_papers(tmp_path / "page.jsonl", *((f"Paper {n}", f"It is about {n}.") for n in range(100)))
    with words_only(home):
        footnote("add", page, home=home)
    command = ("check", "--rebuild", "--embeddings", "openai:small")
    with ModelServer(*[embeds(24)] * 60, waits()) as server:
        environment = {"FOOTNOTE_EMBEDDINGS_URL": server.url}
        with start(*command, home=home, environment=environment) as process:
            while not _kept(home) and process.poll() is None:
                time.sleep(0.05)
            process.kill()
        assert process.returncode == -signal.SIGKILL
    with ModelServer(embeds(24)) as server:
        environment = {"FOOTNOTE_EMBEDDINGS_URL": server.url}
        with start(*command, home=home, environment=environment) as process:
            stdout, _ = process.communicate()
        sent = len(server.requests)
    assert (process.returncode, stdout) == (0, b"rebuilt the indexes of 100 papers\n")
    assert sent < 100  # what was stored before the kill was not asked for again
    assert footnote("check", home=home).stdout == "sound: 100 papers, both indexes hold all of them\n"


def test_a_server_out_of_reach_is_told_beside_the_results(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ModelServer(embeds(24)) as server:
        _change(own_home, server.url, monkeypatch)
    with ModelServer(refuses(401, _KEY)) as server:
        monkeypatch.setenv("FOOTNOTE_EMBEDDINGS_URL", server.url)
        found = footnote("search", "bark of tree species", "-k", "1", "--json", home=own_home)
    assert records(found)[0]["id"] == "bark-and-leaf"
    assert "ranked by their words alone" in found.stderr
    assert _KEY not in found.output
