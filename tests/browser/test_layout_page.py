"""What stands where: nothing covers what is being read, and what belongs together is in sight together."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.driving import Locator, Page, ViewportSize, ask, expect

_ONE_LINE = 60  # pixels


@pytest.fixture
def laptop(page: Page) -> Iterator[Page]:
    """The page on a small laptop, where the header takes two lines."""
    before = page.viewport_size
    assert before is not None
    page.set_viewport_size(ViewportSize(width=1010, height=740))
    yield page
    page.set_viewport_size(before)


def test_a_header_of_two_lines_covers_no_question(laptop: Page) -> None:
    assert _box(laptop.locator("#header"))["height"] > _ONE_LINE
    ask(laptop, "How are drum tracks separated?")
    turn = ask(laptop, "Which papers use images?")
    turn.locator("a.fn").first.click()
    below = _bottom(laptop.locator("#header"))
    expect(turn.locator("h2")).to_be_in_viewport()
    assert _box(turn.locator("h2"))["y"] >= below
    assert _box(laptop.locator("#papers .card").first)["y"] >= below


def _box(element: Locator) -> dict[str, float]:
    box = element.bounding_box()
    assert box is not None
    return {"x": box["x"], "y": box["y"], "width": box["width"], "height": box["height"]}


def _bottom(element: Locator) -> float:
    box = _box(element)
    return box["y"] + box["height"]
