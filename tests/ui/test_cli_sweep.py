"""`footnote ask` of a set, with a model: leave to spend, Ctrl-C while papers are judged, what goes where."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from rag.app import open_library
from rag.environment.reading import read_settings
from tests.answering.judge_server import Asked, PerfectJudge, library_of
from tests.model_server import ModelServer, waits
from tests.ui.command_line import footnote, records

_ROOT = Path(__file__).resolve().parents[2]
_QUESTION = "which papers join local features?"
_PRICED = {"FOOTNOTE_PRICE_IN": "1", "FOOTNOTE_PRICE_OUT": "1", "FOOTNOTE_BUDGET": "0.0012"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A library of twenty papers on drums; the third and the last join local features."""
    library = open_library(read_settings({"FOOTNOTE_HOME": str(tmp_path / "own")}))
    library.add(library_of(20, planted=(2, 19), text="We join local features with care."))
    library.close()
    return tmp_path / "own"


def _environment(server: ModelServer, home: Path, **more: str) -> dict[str, str]:
    return {"OPENAI_BASE_URL": server.url, "FOOTNOTE_HOME": str(home), "FOOTNOTE_TIMEOUT": "20", **more}


@pytest.mark.parametrize("flags", [(), ("--whole",)])
def test_json_judges_what_the_budget_holds_unless_the_whole_is_asked_for(
    home: Path, monkeypatch: pytest.MonkeyPatch, flags: tuple[str, ...]
) -> None:
    with ModelServer(PerfectJudge()) as server:
        for name, value in _environment(server, home, **_PRICED).items():
            monkeypatch.setenv(name, value)
        [answer] = records(footnote("ask", _QUESTION, "--json", *flags, home=home))
    assert (answer["judged"]["papers"] == 20) == bool(flags)
    assert {source["id"] for source in answer["sources"]} == {"p2", "p19"}
    assert answer["usage"]["cost"] > 0


def test_ctrl_c_prints_what_was_found_and_keeps_it(home: Path) -> None:
    judge = PerfectJudge()

    def stalls(handler: Any) -> None:
        (judge if len(handler.server.requests) == 1 else waits())(handler)

    with ModelServer(stalls) as server:
        process = subprocess.Popen(  # noqa: S603  # our own code
            [sys.executable, "-m", "ui.cli", "ask", _QUESTION],
            cwd=_ROOT,
            env={**os.environ, **_environment(server, home, FOOTNOTE_REQUESTS="1")},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        until = time.monotonic() + 60
        while len(server.requests) < 2 and time.monotonic() < until:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        printed, told = process.communicate(timeout=10)
    assert process.returncode == 130, told
    assert "We join local features with care." in printed
    assert "Stopped with 10 of 20 papers judged" in told
    assert "Traceback" not in told
    with ModelServer(PerfectJudge()) as server:
        environment = {**os.environ, **_environment(server, home)}
        subprocess.run(  # noqa: S603  # our own code
            [sys.executable, "-m", "ui.cli", "ask", _QUESTION],
            cwd=_ROOT,
            env=environment,
            check=True,
            capture_output=True,
        )
        assert sum(len(Asked.of(body).papers) for body in server.requests) == 10


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pty")
@pytest.mark.parametrize(("reply", "judged"), [("y", "Judged 20 of 20"), ("n", "the rest ranked below them")])
def test_on_a_terminal_the_reader_is_asked_before_the_budget_is_exceeded(
    home: Path, reply: str, judged: str
) -> None:
    import pty

    with ModelServer(PerfectJudge()) as server:
        ours, theirs = pty.openpty()
        process = subprocess.Popen(  # noqa: S603  # our own code
            [sys.executable, "-m", "ui.cli", "ask", _QUESTION],
            cwd=_ROOT,
            env={**os.environ, **_environment(server, home, **_PRICED, COLUMNS="200")},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
        )
        os.close(theirs)
        screen = ""
        while "[y/N]" not in screen and process.poll() is None:
            screen += os.read(ours, 10_000).decode(errors="replace")
        assert not server.requests
        os.write(ours, f"{reply}\n".encode())
        screen += _rest(ours)
        assert process.wait(timeout=20) == 0, screen
    assert "Judging all 20 papers takes" in screen
    assert judged in screen


def _rest(terminal: int) -> str:
    read = ""
    while True:
        try:
            piece = os.read(terminal, 10_000)
        except OSError:  # Linux says so when the other side is closed
            return read
        if not piece:
            return read
        read += piece.decode(errors="replace")
