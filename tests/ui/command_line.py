"""Run `footnote` in this process, or start it as one of its own, with a state folder of the test's choice."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock
from typer.testing import CliRunner, Result

from ui.cli import app

_ROOT = Path(__file__).resolve().parents[2]


def footnote(*arguments: str | Path, home: Path | None = None, stdin: str | bytes | None = None) -> Result:
    """Run a command; the result holds stdout and stderr apart, and the exit code."""
    environment = {} if home is None else {"FOOTNOTE_HOME": str(home)}
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin, env=environment)


def start(
    *arguments: str | Path,
    home: Path,
    stdout: int = subprocess.PIPE,
    environment: dict[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    """Start a command as a process, where exit codes, pipes and signals are the system's own."""
    return subprocess.Popen(  # noqa: S603  # our own code
        [sys.executable, "-m", "ui.cli", *map(str, arguments)],
        stdout=stdout,
        stderr=subprocess.PIPE,
        env={
            **os.environ,
            "PYTHONPATH": str(_ROOT),
            "FOOTNOTE_HOME": str(home),
            **(environment or {}),
        },
    )


@contextmanager
def words_only(home: Path) -> Iterator[None]:
    """Stand in for another process that builds the vectors, so that `add` leaves them to it."""
    folder = home / "library"
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / "vectors.lock"):
        yield


def change_manifest(home: Path, key: str, value: str) -> None:
    """Overwrite how a library says it was built."""
    connection = sqlite3.connect(home / "library" / "catalogue.sqlite")
    connection.execute("UPDATE manifest SET value = ? WHERE key = ?", [value, key])
    connection.commit()
    connection.close()


def write_papers(path: Path, *papers: tuple[str, str]) -> Path:
    """Write titles and abstracts as JSON Lines."""
    lines = [json.dumps({"title": title, "abstract": abstract}) for title, abstract in papers]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def records(result: Result) -> list[dict[str, Any]]:
    """Return the objects that a `--json` command printed, one a line."""
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]
