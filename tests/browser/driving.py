"""A real Chromium, to drive the page that a real Footnote serves."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

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

from tests.serving import free_port, serve

__all__ = [
    "PHONE",
    "WIDE",
    "Browser",
    "Locator",
    "Page",
    "Request",
    "ViewportSize",
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
_PATIENCE = 20_000  # milliseconds; a busy machine may need some
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
    turn.locator(".how, .refusal").first.wait_for()  # small talk is not told how it was found
    return turn
