"""Footnotes under mouse, keyboard and thumb. The question is asked once; each test starts from rest."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.browser.driving import PHONE, Locator, Page, ask, enter, expect

_IMAGES = "Which papers use images?"


@pytest.fixture(scope="module")
def answers(screens: Mapping[str, Page], library_url: str) -> Mapping[str, Page]:
    """The answered page on each screen."""
    for name in ("wide", "phone"):
        enter(screens[name], library_url)
        ask(screens[name], _IMAGES)
    return screens


@pytest.fixture
def wide(answers: Mapping[str, Page]) -> Page:
    return _at_rest(answers["wide"])


@pytest.fixture
def phone(answers: Mapping[str, Page]) -> Page:
    return _at_rest(answers["phone"])


def _at_rest(page: Page) -> Page:
    """Nothing is pointed at, no sheet is open, and the text stands at its top."""
    page.keyboard.press("Escape")
    page.mouse.move(0, 0)
    page.locator("#question textarea").focus()
    page.evaluate("scrollTo(0, 0)")
    return page


def test_a_footnote_opens_its_paper_with_the_quoted_words_marked(wide: Page) -> None:
    footnotes = wide.locator("#turns a.fn")
    assert footnotes.count() > 4
    for footnote in footnotes.all():
        footnote.click()
        card = wide.locator("#papers .card.current")
        expect(card.locator(".number")).to_have_text(footnote.get_attribute("data-number") or "none")
        assert _quotes(footnote) <= set(card.locator("mark").all_inner_texts())


def test_marked_words_are_what_the_footnotes_quote_and_nothing_else(wide: Page) -> None:
    footnotes = wide.locator("#turns a.fn")
    quoted = {quote for footnote in footnotes.all() for quote in _quotes(footnote)}
    assert set(wide.locator("#papers mark").all_inner_texts()) == quoted


def test_opening_a_paper_leaves_the_text_where_it_is(wide: Page) -> None:
    footnote = wide.locator("#turns a.fn").last
    footnote.scroll_into_view_if_needed()
    before = footnote.bounding_box()
    footnote.click()
    expect(wide.locator("#papers .card.current h3")).to_be_in_viewport(ratio=1)
    assert footnote.bounding_box() == before


def test_pointing_at_a_footnote_shows_its_quote(wide: Page) -> None:
    footnote = wide.locator("#turns a.fn").first
    footnote.hover()
    expect(wide.get_by_role("tooltip")).to_have_text(f"“{_quote(footnote)}”")
    wide.locator("h1").hover()
    expect(wide.get_by_role("tooltip")).to_have_count(0)


def test_tab_reaches_the_footnotes_and_enter_opens_the_paper(wide: Page) -> None:
    footnote = wide.locator("#turns a.fn").last
    for _ in range(20):  # past what can be done with the answer
        wide.keyboard.press("Shift+Tab")
        if wide.evaluate("document.activeElement.matches('a.fn')"):
            break
    expect(footnote).to_be_focused()
    expect(wide.get_by_role("tooltip")).to_have_text(f"“{_quote(footnote)}”")
    wide.keyboard.press("Enter")
    number = footnote.get_attribute("data-number") or "none"
    expect(wide.locator("#papers .card.current .number")).to_have_text(number)


def test_arrow_keys_step_from_footnote_to_footnote(wide: Page) -> None:
    footnotes = wide.locator("#turns a.fn")
    footnotes.first.focus()
    wide.keyboard.press("ArrowLeft")
    expect(footnotes.first).to_be_focused()
    wide.keyboard.press("ArrowRight")
    wide.keyboard.press("ArrowDown")
    expect(footnotes.nth(2)).to_be_focused()
    wide.keyboard.press("ArrowUp")
    expect(footnotes.nth(1)).to_be_focused()


def test_escape_beside_a_wide_text_does_not_leave_the_question_box(wide: Page) -> None:
    wide.locator("#turns a.fn").first.click()
    wide.locator("#question textarea").click()
    wide.keyboard.press("Escape")
    expect(wide.locator("#question textarea")).to_be_focused()


def test_on_a_phone_a_footnote_opens_a_sheet_that_leaves_it_in_sight(phone: Page) -> None:
    footnote = phone.locator("#turns a.fn").last
    expect(phone.locator("#papers")).to_be_hidden()
    footnote.tap()
    expect(phone.locator("#papers .card.current h3")).to_be_in_viewport(ratio=1)
    sheet, mark = phone.locator("#side").bounding_box(), footnote.bounding_box()
    assert sheet is not None
    assert mark is not None
    assert mark["y"] + mark["height"] <= sheet["y"]
    assert sheet["y"] + sheet["height"] == PHONE["height"]


def test_close_closes_the_sheet(phone: Page) -> None:
    phone.locator("#turns a.fn").first.tap()
    phone.get_by_role("button", name="Close").tap()
    expect(phone.locator("#papers")).to_be_hidden()
    expect(phone.get_by_role("tooltip")).to_have_count(0)


def test_escape_closes_the_sheet_and_returns_to_the_footnote(phone: Page) -> None:
    footnote = phone.locator("#turns a.fn").first
    footnote.focus()
    phone.keyboard.press("Enter")
    expect(phone.locator("#papers")).to_be_visible()
    phone.keyboard.press("Escape")
    expect(phone.locator("#papers")).to_be_hidden()
    expect(footnote).to_be_focused()


def _quotes(footnote: Locator) -> set[str]:
    """The passages that a footnote quotes; its card shows them with a sign in between."""
    return set(_quote(footnote).split(" … "))


def _quote(footnote: Locator) -> str:
    quote = footnote.get_attribute("data-quote")
    assert quote
    return quote


def test_no_sheet_covers_the_question_box_that_is_typed_into(phone: Page) -> None:
    phone.locator("#turns a.fn").first.click()
    expect(phone.locator("#papers .close")).to_be_visible()
    phone.locator("#question textarea").focus()
    expect(phone.locator("#papers")).to_be_hidden()
