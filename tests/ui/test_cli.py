"""The other commands: what they print, and what every command does where something is wrong."""

from __future__ import annotations

import errno
import os
import re
import shutil
import socket
from importlib.metadata import version
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from tests.open_files import open_files
from tests.ui.command_line import change_manifest, footnote, records, start, words_only, write_papers
from ui.cli import app
from ui.commands import command

_COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]  # it is a group


def test_the_version_is_that_of_the_package() -> None:
    assert footnote("--version").stdout == f"footnote {version('footnote')}\n"


def test_all_commands_are_listed() -> None:
    listed = footnote("--help").stdout
    assert list(_COMMANDS) == [
        *("add", "ask", "chat", "search", "similar", "papers", "remove", "check", "info", "password", "eval")
    ]
    assert all(re.search(rf"^  {name} +\w", listed, re.MULTILINE) for name in _COMMANDS)


@pytest.mark.parametrize("name", _COMMANDS)
def test_every_command_explains_itself_and_its_parameters(name: str) -> None:
    shown = footnote(name, "--help")
    assert shown.exit_code == 0
    assert _COMMANDS[name].help.splitlines()[0] in " ".join(shown.stdout.split())
    assert all(parameter.help for parameter in _COMMANDS[name].params)


@pytest.mark.parametrize(
    "arguments", [["sing"], ["ask"], ["search", "x", "-k", "0"], ["chat", "--port", "65536"], ["add", "--x"]]
)
def test_wrong_usage_ends_with_2(arguments: list[str]) -> None:
    result = footnote(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Usage:" in result.stderr


def test_a_name_in_an_error_commands_no_terminal_and_breaks_no_line(tmp_path: Path) -> None:
    result = footnote("eval", "run", "a\x1b[31mb\nc.jsonl", home=tmp_path)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "\x1b" not in result.stderr


def test_papers_are_listed_a_line_each_in_the_order_of_adding(small_home: Path) -> None:
    listed = footnote("papers", home=small_home).stdout.splitlines()
    assert listed[0] == "Twin Scale Fusion  twin-scale-fusion"
    assert [line.rpartition("  ")[2] for line in listed] == [
        paper["id"] for paper in records(footnote("papers", "--json", home=small_home))
    ]


def test_a_long_title_stays_on_one_line_in_a_pipe(tmp_path: Path) -> None:
    title = "A Title That Goes On " * 20
    with words_only(tmp_path / "home"):
        footnote("add", write_papers(tmp_path / "page.jsonl", (title, "It says little.")))
    assert len(footnote("papers").stdout.splitlines()) == 1


@pytest.mark.parametrize("command", [("papers",), ("ask", "drums?"), ("similar", "nobody"), ("info",)])
def test_a_command_lets_go_of_its_library_however_it_ends(small_home: Path, command: tuple[str, ...]) -> None:
    footnote(*command, home=small_home)
    assert open_files(small_home) == set()


def test_papers_as_json_have_the_promised_fields(small_home: Path) -> None:
    for paper in records(footnote("papers", "--json", home=small_home)):
        assert set(paper) == {"id", "title", "abstract", "authors", "published", "url", "sources"}


def test_info_tells_where_the_library_is_and_how_it_stands(small_home: Path) -> None:
    assert records(footnote("info", "--json", home=small_home)) == [
        {
            "version": version("footnote"),
            "home": str(small_home),
            "papers": 5,
            "files": 1,
            "with_vectors": 0,
            "encoder": "all-MiniLM-L6-v2-int8",
            "writer": "quotes",
        }
    ]
    assert "with vectors  0\n" in footnote("info", home=small_home).stdout


def test_info_names_the_model_as_it_stands(small_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-not-a-real-key")
    monkeypatch.setenv("FOOTNOTE_MODEL", "[bold]clever[/bold]")
    shown = footnote("info", home=small_home)
    assert "writer        llm:[bold]clever[/bold]\n" in shown.stdout
    assert "sk-not" not in shown.output


def _put_a_file_in_the_way(home: Path) -> None:
    home.rename(home.with_name("away"))
    home.write_text("not a folder")


def _damage_the_middle_of_the_catalogue(home: Path) -> None:
    path = home / "library" / "catalogue.sqlite"
    content = bytearray(path.read_bytes())
    content[4096:8192] = b"\x5a" * 4096  # the second page: the table of papers
    path.write_bytes(content)


def _overwrite_the_catalogue(home: Path) -> None:
    (home / "library" / "catalogue.sqlite").write_text("nonsense " * 1000)


def _lose_the_catalogue(home: Path) -> None:
    (home / "library" / "catalogue.sqlite").unlink()


_BROKEN = {
    "no folder": (_put_a_file_in_the_way, "set FOOTNOTE_HOME to another folder"),
    "newer schema": (
        lambda home: change_manifest(home, "schema", "99"),
        "upgrade Footnote, or set FOOTNOTE_HOME to another folder",
    ),
    "another encoder": (lambda home: change_manifest(home, "model", "x"), "footnote check --rebuild"),
    "no catalogue": (_overwrite_the_catalogue, "footnote check then says how to begin anew"),
    "lost catalogue": (_lose_the_catalogue, "footnote check --rebuild, then footnote add PAGE..."),
    "damaged catalogue": (_damage_the_middle_of_the_catalogue, "footnote check then says how to begin anew"),
}


@pytest.mark.parametrize("name", _BROKEN)
def test_a_library_that_cannot_be_used_is_one_line_that_names_the_repair(own_home: Path, name: str) -> None:
    spoil, repair = _BROKEN[name]
    spoil(own_home)
    page = write_papers(own_home.with_name("page.jsonl"), ("Tides", "They come and go."))
    for arguments in (["papers"], ["search", "drum"], ["ask", "which drums?"], ["add", page]):
        result = footnote(*arguments, home=own_home)
        assert (result.exit_code, result.stdout) == (1, "")
        (line,) = result.stderr.splitlines()
        assert line.startswith("footnote: ")
        assert line.endswith(repair)


def test_a_file_that_stands_where_none_is_expected_is_one_line_that_names_it(own_home: Path) -> None:
    in_the_way = own_home / "library"
    shutil.rmtree(in_the_way)
    in_the_way.write_text("a library")
    result = footnote("search", "drum", home=own_home)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    assert str(in_the_way) in result.stderr


def test_a_file_that_the_system_keeps_from_use_is_one_line_that_names_it() -> None:
    refused = typer.Typer()

    @command(refused)
    def read() -> None:
        raise PermissionError(errno.EACCES, "Permission denied", "/somebody's/file")

    result = CliRunner().invoke(refused)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "/somebody's/file cannot be used (Permission denied)" in result.stderr


def test_a_setting_that_cannot_be_used_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_TIMEOUT", "soon")
    result = footnote("papers")
    assert (result.exit_code, result.stderr) == (
        1,
        "footnote: FOOTNOTE_TIMEOUT is 'soon'; set it to a number\n",
    )


def test_a_reader_that_has_seen_enough_is_no_error(sample_home: Path) -> None:
    with start("papers", "--json", home=sample_home) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith(b'{"id": ')
        process.stdout.close()
        assert process.stderr is not None
        said = process.stderr.read()
    assert process.returncode == 0
    assert said.splitlines()[1:] == []


def test_a_reader_that_is_gone_before_the_answer_is_no_error(small_home: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with start("ask", "how are drums separated?", home=small_home, stdout=writing) as process:
        os.close(writing)
        _, said = process.communicate()
    assert process.returncode == 0
    assert b"Traceback" not in said
    assert b"Exception" not in said


def test_an_answer_that_was_not_read_to_its_end_can_be_gone_on_from(own_home: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with start("ask", "how are drums separated?", home=own_home, stdout=writing) as process:
        os.close(writing)
        process.communicate()
    [answer] = records(footnote("ask", "--continue", "the first one: what data?", "--json", home=own_home))
    assert answer["scope"]["ids"]


def test_a_screen_that_lacks_a_character_spells_it_in_ascii(small_home: Path) -> None:
    with start("ask", "which drums?", home=small_home, environment={"PYTHONIOENCODING": "ascii"}) as process:
        shown, _ = process.communicate()
    assert process.returncode == 0
    assert b'"Slow Drums separates' in shown


def test_a_port_that_is_taken_is_one_line_that_names_another(small_home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with start("chat", "--no-browser", "--port", str(port), home=small_home) as process:
            stdout, stderr = process.communicate()
    assert (process.returncode, stdout) == (1, b"")
    (line,) = stderr.decode().splitlines()
    assert line.startswith(f"footnote: cannot serve at 127.0.0.1:{port} (")
    assert line.endswith(f"choose another port: footnote chat --port {port + 1}")


@pytest.mark.parametrize("command", [(), ("eval",)])
def test_no_command_of_a_list_is_cut_short(command: tuple[str, ...]) -> None:
    assert "..." not in footnote(*command, "--help").stdout.partition("Commands:")[2]
