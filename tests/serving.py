"""A real Footnote that serves its page, in a process of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
_READY = "Footnote is at "


@contextmanager
def serve(home: Path, *, port: int = 0, **environment: str) -> Iterator[str]:
    """Run `footnote chat` over the state folder `home`; yield the page's address once it is served.

    `port` 0 takes any that is free.
    """
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("FOOTNOTE_", "OPENAI_"))}
    variables = {**inherited, "FOOTNOTE_HOME": str(home), "PYTHONPATH": str(_ROOT), **environment}
    command = [sys.executable, "-m", "ui.cli", "chat", "--no-browser", "--port", str(port or free_port())]
    # In `home` there is no .env that could say otherwise.
    with subprocess.Popen(command, cwd=home, env=variables, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603  # our own code
        try:
            yield _wait_for_address(process)
        finally:
            process.terminate()


def free_port() -> int:
    """Return a port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for_address(process: subprocess.Popen[str]) -> str:
    assert process.stderr is not None
    said: list[str] = []
    for line in process.stderr:
        if line.startswith(_READY):
            return line.removeprefix(_READY).split()[0]
        said.append(line)
    raise AssertionError(f"the page was not served:\n{''.join(said)}")
