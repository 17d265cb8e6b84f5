"""Ctrl-C while `footnote` still imports what it needs: 130 and one line, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]
_CTRL_C = "import os, signal; os.kill(os.getpid(), signal.SIGINT)\n"
_AS_IN_C = f"try:\n    {_CTRL_C}except KeyboardInterrupt:\n    raise ImportError('initialization failed')\n"
_IGNORED = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN); from ui.start import end_quietly; "


def _run(*arguments: str, path: Path = _ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  # our own code
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": f"{path}:{_ROOT}"},
    )


@pytest.mark.parametrize(
    "entry",
    [("-m", "ui.cli"), ("-c", "from ui.start import main; main()")],
    ids=["as a module", "as a command"],
)
@pytest.mark.parametrize("imported", ["typer", "rich"], ids=["at the start", "in a command"])
@pytest.mark.parametrize("content", [_CTRL_C, _AS_IN_C], ids=["in Python", "in C"])
def test_an_import_that_is_interrupted_ends_it_quietly(
    tmp_path: Path, entry: tuple[str, str], imported: str, content: str
) -> None:
    (tmp_path / f"{imported}.py").write_text(content)
    ended = _run(*entry, "papers", path=tmp_path)
    said = "footnote: stopped; nothing is lost\n"
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", said)


def test_what_was_started_to_ignore_ctrl_c_goes_on_ignoring_it() -> None:
    ended = _run("-c", f"{_IGNORED} end_quietly(); {_CTRL_C}print('goes on')")
    assert (ended.returncode, ended.stdout) == (0, "goes on\n")
