"""What a person at the page waits for, in a real Chromium: the first paint, and a sentence after Enter.

Needs Playwright (the extra `test`) and the system's Chromium; without them, `eval.bench.browser` leaves it out.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
_PAINT = """() => performance.getEntriesByName("first-contentful-paint")[0].startTime"""
# From the key to the first footnote in the page, or the end, in milliseconds of the page's own clock.
_WAIT = """
() => new Promise((done) => {
  const field = document.querySelector("#question textarea");
  const before = document.querySelectorAll("#turns .turn").length;
  let began = 0;
  field.addEventListener("keydown", () => { began = performance.now(); }, { once: true, capture: true });
  const look = new MutationObserver(() => {
    const turn = document.querySelectorAll("#turns .turn")[before];
    if (!began || !turn?.querySelector("a.fn, .how")) return;
    look.disconnect();
    done(performance.now() - began);
  });
  look.observe(document.body, { childList: true, subtree: true });
})
"""


@dataclass(frozen=True, slots=True)
class Painted:
    """Seconds until something of the page was painted, for each visit; from Enter to a sentence, for each question."""

    paints: tuple[float, ...]
    sentences: tuple[float, ...]


def why_not() -> str:
    """Return what is missing for it; empty if nothing is."""
    if find_spec("playwright") is None:
        return "playwright is not installed"
    return "" if _chromium() else "there is no Chromium on this machine"


def measure_painting(url: str, questions: Sequence[str], *, visits: int) -> Painted:
    """Open the page `visits` times in new windows without a cache, then ask each question twice; the first asking warms."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=list(_ARGUMENTS))
        paints = tuple(_visit(browser, url) for _ in range(visits))
        sentences = _ask(browser, url, questions)
        browser.close()
    return Painted(paints, sentences)


def _visit(browser: Browser, url: str) -> float:
    page = browser.new_page()
    page.goto(url, wait_until="commit")
    page.locator("#examples button").first.wait_for()
    paint = float(page.evaluate(_PAINT)) / 1000
    page.close()
    return paint


def _ask(browser: Browser, url: str, questions: Sequence[str]) -> tuple[float, ...]:
    page = browser.new_page()
    page.goto(url, wait_until="commit")
    page.locator("#examples button").first.wait_for()
    waits = []
    for question in (*questions, *questions):
        page.locator("#question textarea").fill(question)
        page.evaluate(f"() => {{ window.waited = ({_WAIT.strip()})(); }}")
        page.locator("#question textarea").press("Enter")
        waits.append(float(page.evaluate("() => window.waited")) / 1000)
        page.locator("#turns .turn").last.locator(".how").wait_for()
        page.locator("#question").get_by_role(
            "button", name="Ask"
        ).wait_for()  # until then Enter does nothing
    page.close()
    return tuple(waits[len(questions) :])


def _chromium() -> str | None:
    return next(filter(None, map(shutil.which, _NAMES)), None)
