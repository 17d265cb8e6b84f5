"""Text stands out from what is behind it, by day and by night: the contrast that WCAG AA asks for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.driving import Page, ask

_Visit = Callable[..., Page]

_LEAST = 4.5
# The colour of an element's text, and the colours behind it from the nearest to the page's own.
_COLOURS = """
(element, pseudo) => {
  const behind = [];
  for (let e = element; e; e = e.parentElement) behind.push(getComputedStyle(e).backgroundColor);
  return [getComputedStyle(element, pseudo).color, ...behind].map((c) => c.match(/[\\d.]+/g).map(Number));
}
"""


@pytest.mark.parametrize("screen", ["wide", "dark"])
def test_text_can_be_read(visit: _Visit, library_url: str, screen: str) -> None:
    page = visit(library_url, screen)
    assert (_luminance(page.locator("body").evaluate(_COLOURS)[1]) < 0.1) == (screen == "dark")
    found = _contrasts(page, "body", ".facts span", ".welcome p", "#examples button", ".hint")
    ask(page, "Which papers use images?").locator("a.fn").first.click()
    ask(page, "Which wine goes with oysters on Saturday?")
    page.locator("#turns .turn:first-child a.fn").nth(1).click()
    found |= _contrasts(
        page,
        *("h1", "h2.question", "h3.paper", "blockquote", "sup a.fn:not(.current)", "sup a.fn.current"),
        *(".how p", ".refusal p", ".refusal a.fn", "#question textarea", "#question button"),
        *(".card h3", ".card .number", ".card .details", ".card .abstract", ".card mark"),
    )
    found |= _contrasts(page, "#question textarea", pseudo="::placeholder")
    assert {name: round(value, 2) for name, value in found.items() if value < _LEAST} == {}


def _contrasts(page: Page, *selectors: str, pseudo: str | None = None) -> dict[str, float]:
    """Measure the first element of each selector."""
    return {
        f"{selector}{pseudo or ''}": _contrast(page.locator(selector).first.evaluate(_COLOURS, pseudo))
        for selector in selectors
    }


def _contrast(colours: list[list[float]]) -> float:
    """Lay the colours over one another, the last at the bottom, and compare the text with the rest."""
    text, *layers = colours
    behind = [255.0, 255.0, 255.0]
    for layer in reversed(layers):
        behind = _over(layer, behind)
    low, high = sorted((_luminance(_over(text, behind)), _luminance(behind)))
    return (high + 0.05) / (low + 0.05)


def _over(colour: list[float], behind: list[float]) -> list[float]:
    red, green, blue, alpha = (*colour, 1.0)[:4]
    return [alpha * c + (1 - alpha) * b for c, b in zip((red, green, blue), behind, strict=True)]


def _luminance(colour: list[float]) -> float:
    """Return the relative luminance that WCAG defines: 0 black, 1 white."""
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in colour[:3])
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
