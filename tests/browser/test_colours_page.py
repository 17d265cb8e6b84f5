"""Text stands out from what is behind it, by day and by night: the contrast that WCAG AA asks for."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.browser.driving import Page, ask

_Visit = Callable[..., Page]

_LEAST = 4.5
_LEAST_OF_SHAPES = 3.0  # WCAG 1.4.11
# The colours of ten themes, of more years than are told apart, and of papers without a date.
_GROUP_COLOURS = """
() => {
  const points = Array.from({ length: 16 }, (_, n) => ({ theme: n % 10, year: n ? String(2000 + n) : "" }));
  const picture = { points, themes: Array.from({ length: 10 }, (_, n) => String(n)) };
  const groups = ["theme", "year"].flatMap((by) => Footnote.mapGroups.groups(picture, by));
  return groups.map((group) => group.colour());
}
"""
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
    ask(page, "How are drum tracks separated?")
    table = ask(page, "Which papers use images?")
    ask(page, "Which wine goes with oysters on Saturday?")
    table.locator("a.fn").nth(1).click()
    table.locator(".read-as summary").click()
    found |= _contrasts(
        page,
        *("h1", "h2.question", "h3.paper", "blockquote", "sup a.fn:not(.current)", "sup a.fn.current"),
        *(".set .title", ".set q", ".set thead button", ".set .shown", ".set .picked", ".set .legend"),
        *(".read-as summary", ".asked-form label", ".asked-form button", "#asking-line .kind"),
        *(".how p", ".refusal p", ".refusal a.fn", "#question textarea", "#question button"),
        *(".card h3", ".card .number", ".card .details", ".card .abstract", ".card mark"),
    )
    found |= _contrasts(page, "#question textarea", pseudo="::placeholder")
    assert {name: round(value, 2) for name, value in found.items() if value < _LEAST} == {}


@pytest.mark.parametrize("screen", ["wide", "dark"])
def test_the_points_of_the_map_stand_out_from_the_sheet(visit: _Visit, library_url: str, screen: str) -> None:
    page = visit(library_url, screen)
    page.locator("nav a[data-view='map']").click()
    sheet = page.locator("#map-frame").evaluate(_COLOURS)[1:]
    drawn = page.evaluate(_GROUP_COLOURS)
    assert len(set(drawn)) == 5 + 12 + 1
    found = {colour: _contrast([_parsed(colour), *sheet]) for colour in drawn}
    assert {colour: round(value, 2) for colour, value in found.items() if value < _LEAST_OF_SHAPES} == {}


def _parsed(colour: str) -> list[float]:
    if colour.startswith("#"):
        return [float(int(colour[at : at + 2], 16)) for at in (1, 3, 5)]
    return [float(part) for part in re.findall(r"\d+", colour)]


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
