"""A real Footnote in a process of its own, and a real Chromium to drive it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

try:
    from playwright.sync_api import (
        Browser,
        Locator,
        Page,
        Request,
        ViewportSize,
        expect,
        sync_playwright,
    )
except ImportError:
    if os.environ.get("CI") == "true":
        raise
    pytest.skip("playwright is not installed: pip install playwright", allow_module_level=True)

__all__ = [
    "PHONE",
    "WIDE",
    "Browser",
    "Locator",
    "Page",
    "Request",
    "ask",
    "complete",
    "enter",
    "expect",
    "find_chromium",
    "free_port",
    "launch",
    "serve",
]

WIDE: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
_ROOT = Path(__file__).resolve().parents[2]
_PATIENCE = 20_000  # milliseconds; a busy machine may need some
_READY = "Footnote is at "
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)


def find_chromium() -> str | None:
    """Return the path of the system's Chromium, if there is one."""
    return next(filter(None, map(shutil.which, _NAMES)), None)


@contextmanager
def launch(chromium: str) -> Iterator[Browser]:
    """Start the browser; it ends with the block."""
    expect.set_options(timeout=_PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(_ARGUMENTS))
        yield browser
        browser.close()


@contextmanager
def serve(home: Path, **environment: str) -> Iterator[str]:
    """Run `footnote chat` over the state folder `home`; yield the page's address once it is served."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("FOOTNOTE_", "OPENAI_"))}
    variables = {**inherited, "FOOTNOTE_HOME": str(home), "PYTHONPATH": str(_ROOT), **environment}
    command = [sys.executable, "-m", "ui.cli", "chat", "--no-browser", "--port", str(free_port())]
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


def enter(page: Page, url: str) -> None:
    """Open an address, and wait until questions can be asked."""
    page.goto(url, wait_until="commit")
    page.locator("#examples button").first.wait_for()


def ask(page: Page, question: str) -> Locator:
    """Type a question, press Enter, and return its turn when the answer is complete."""
    number = page.locator("#turns .turn").count() + 1
    page.locator("#question textarea").fill(question)
    page.keyboard.press("Enter")
    return complete(page, number)


def complete(page: Page, number: int) -> Locator:
    """Return a turn of the page when its answer is complete."""
    turn = page.locator("#turns .turn").nth(number - 1)
    turn.locator(".how").wait_for()
    return turn


def _wait_for_address(process: subprocess.Popen[str]) -> str:
    assert process.stderr is not None
    said: list[str] = []
    for line in process.stderr:
        if line.startswith(_READY):
            return line.removeprefix(_READY).split()[0]
        said.append(line)
    raise AssertionError(f"the page was not served:\n{''.join(said)}")
