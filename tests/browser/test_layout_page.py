"""What stands where: nothing covers what is being read, and what belongs together is in sight together."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.browser.driving import Locator, Page, ViewportSize, ask, expect

_ONE_LINE = 60  # pixels
_RING = 3  # pixels around what has the focus


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


def test_the_ring_around_the_box_of_a_row_is_not_cut_off(page: Page) -> None:
    for question, box in (("Which papers use images?", "[data-pick]"), ("Compare them", "[data-pick-all]")):
        table = ask(page, question).locator(".set .scroll")
        assert _box(table.locator(box).first)["x"] - _box(table)["x"] >= _RING


def test_what_the_page_says_covers_no_field_that_is_being_typed_in(
    visit: Callable[..., Page], library_url: str
) -> None:
    wide = visit(library_url)
    _judge(wide)
    assert _box(wide.locator("#said"))["x"] >= _right(wide.locator("#talk"))
    phone = visit(library_url, "phone")
    _judge(phone)
    assert _bottom(phone.locator("#said")) < _box(phone.locator("form.reason"))["y"]


def test_the_map_and_the_paper_of_a_point_are_in_sight_at_once(page: Page) -> None:
    _open_map(page)
    _choose_point(page)
    expect(page.locator("#map-paper h3")).to_be_in_viewport(ratio=1)
    expect(page.locator("#map-canvas")).to_be_in_viewport(ratio=1)
    assert page.evaluate("scrollY") == 0


def test_a_phone_shows_the_map_before_its_legend(visit: Callable[..., Page], library_url: str) -> None:
    phone = visit(library_url, "phone")
    _open_map(phone)
    expect(phone.locator("#map-canvas")).to_be_in_viewport(ratio=1)
    assert _box(phone.locator("#map-legend"))["y"] > _bottom(phone.locator("#map-canvas"))
    _choose_point(phone)
    expect(phone.locator("#map-paper h3")).to_be_in_viewport(ratio=1)


def _judge(page: Page) -> None:
    ask(page, "How are drum tracks separated?").get_by_role("button", name="Useful", exact=True).click()
    expect(page.locator("#said")).to_contain_text("Noted")
    expect(page.locator("form.reason input")).to_be_focused()


def _open_map(page: Page) -> None:
    page.locator("nav a[data-view='map']").click()
    expect(page.locator("#map-state")).to_have_text("9 papers")


def _choose_point(page: Page) -> None:
    x, y = page.evaluate("Footnote.map.place(Footnote.map.points()[1])")
    page.locator("#map-canvas").click(position={"x": x, "y": y})
    page.locator("#map-paper .card").wait_for()


def _box(element: Locator) -> dict[str, float]:
    box = element.bounding_box()
    assert box is not None
    return {"x": box["x"], "y": box["y"], "width": box["width"], "height": box["height"]}


def _bottom(element: Locator) -> float:
    box = _box(element)
    return box["y"] + box["height"]


def _right(element: Locator) -> float:
    box = _box(element)
    return box["x"] + box["width"]
