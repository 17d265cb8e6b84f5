"""Questions and answers as a visitor meets them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.driving import Page, ask, complete, expect

_Visit = Callable[..., Page]

_FUSION = "Which papers combine local and global features?"
_MAMBA = "Which papers use state space models?"


def test_the_page_tells_its_name_and_the_number_of_papers(page: Page) -> None:
    expect(page).to_have_title("Footnote")
    expect(page.locator("h1")).to_have_text("Footnote")
    expect(page.locator("#header")).to_contain_text("9 papers · quoting (no model) · index complete")


def test_enter_asks_the_question(page: Page) -> None:
    turn = ask(page, _FUSION)
    expect(turn.locator("h2")).to_have_text(_FUSION)
    expect(turn.locator(".answer q").first).to_contain_text("joins local features from small patches")
    expect(page.locator("#question textarea")).to_have_value("")


def test_the_button_asks_the_question(page: Page) -> None:
    page.locator("#question textarea").fill(_FUSION)
    page.get_by_role("button", name="Ask").click()
    expect(page.locator("#turns .turn .answer q").first).to_contain_text("local features")


def test_an_empty_question_does_nothing(page: Page) -> None:
    page.locator("#question textarea").fill("  ")
    page.keyboard.press("Enter")
    example = page.locator("#examples button").first
    example.click()
    turn = complete(page, 1)
    expect(turn.locator("h2")).to_have_text(example.text_content() or "")
    expect(page.locator("#turns .turn")).to_have_count(1)


def test_a_second_question_keeps_the_first_answer(page: Page) -> None:
    first = ask(page, _FUSION).locator(".answer").inner_text()
    ask(page, _MAMBA)
    expect(page.locator("#turns .turn")).to_have_count(2)
    assert page.locator("#turns .turn .answer").first.inner_text() == first


def test_footnotes_of_an_earlier_answer_open_their_own_papers(page: Page) -> None:
    title = ask(page, _FUSION).locator(".answer .title").first.inner_text()
    ask(page, _MAMBA)
    expect(page.locator("#papers .card").first).to_contain_text("Patient Mamba")
    page.locator("#turns .turn:first-child a.fn").first.click()
    expect(page.locator("#papers .card.current h3")).to_contain_text(title)


def test_a_new_question_moves_to_the_top(page: Page) -> None:
    ask(page, _FUSION)
    turn = ask(page, _MAMBA)
    header, box = page.locator("#header").bounding_box(), turn.bounding_box()
    assert header is not None
    assert box is not None
    assert abs(box["y"] - header["height"]) < 5


def test_below_a_long_answer_the_question_box_stays_in_sight(page: Page) -> None:
    ask(page, _FUSION)
    ask(page, _MAMBA)
    page.evaluate("scrollTo(0, 0)")
    assert page.evaluate("document.documentElement.scrollHeight > innerHeight + 100")
    expect(page.locator("#question textarea")).to_be_in_viewport(ratio=1)
    expect(page.locator("#header h1")).to_be_in_viewport(ratio=1)


def test_visitors_do_not_see_each_others_questions(visit: _Visit, library_url: str) -> None:
    one, other = visit(library_url, "wide"), visit(library_url, "dark")
    ask(one, _FUSION)
    ask(other, _MAMBA)
    ask(one, "How are drum tracks separated?")
    expect(one.locator("#turns .turn h2")).to_have_text([_FUSION, "How are drum tracks separated?"])
    expect(other.locator("#turns .turn h2")).to_have_text([_MAMBA])


def test_a_question_about_something_else_is_refused_with_the_nearest_papers(page: Page) -> None:
    turn = ask(page, "Which wine goes with oysters on Saturday?")
    expect(turn.locator(".refusal")).to_contain_text("Not in this library.")
    nearest = turn.locator(".refusal a.fn")
    expect(nearest).to_have_count(3)
    nearest.nth(1).click()
    expect(page.locator("#papers .card.current h3")).to_contain_text(nearest.nth(1).inner_text())


def test_nothing_is_wider_than_a_phone(visit: _Visit, library_url: str) -> None:
    phone = visit(library_url, "phone")
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for question in ("zebra crossings", "Which wine goes with oysters on Saturday?"):
        turn = ask(phone, question)
        turn.locator("a.fn").first.tap()
        expect(phone.locator("#papers")).to_be_visible()
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert phone.locator("#papers").evaluate("panel => panel.scrollWidth <= panel.clientWidth")
        phone.locator("#papers .close").tap()


def test_the_way_back_leads_to_the_conversation_that_was_left(page: Page) -> None:
    ask(page, _FUSION)
    page.wait_for_url("**/#/c/*")
    page.get_by_role("button", name="New").click()
    expect(page.locator("#turns .turn")).to_have_count(0)
    page.go_back()
    expect(page.locator("#turns h2")).to_have_text([_FUSION])


def test_an_answer_that_ends_while_another_view_is_shown_leaves_its_address(page: Page) -> None:
    page.locator("#question textarea").fill(_FUSION)
    page.keyboard.press("Enter")
    page.locator("#turns .turn").wait_for()
    page.locator("nav a[data-view='papers']").click()
    page.locator("#turns .how").wait_for(state="attached")
    name = page.locator("#turns .turn").get_attribute("data-turn")
    page.wait_for_function("async (name) => Boolean(await Footnote.storage.turn(name))", arg=name)
    page.evaluate("new Promise(requestAnimationFrame)")
    assert page.evaluate("location.hash") == "#/papers"
    page.go_back()
    page.wait_for_url("**/#/c/*")
    expect(page.locator("#turns h2")).to_have_text([_FUSION])


def test_words_without_end_do_not_widen_the_page(visit: _Visit, library_url: str) -> None:
    page = visit(library_url, "phone")
    ask(page, f"What is {'kelp' * 500}?")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("screen", ["wide", "phone"])
def test_who_types_while_reading_reads_on_where_they_were(
    visit: _Visit, library_url: str, screen: str
) -> None:
    page = visit(library_url, screen)
    for question in (_FUSION, _MAMBA, _FUSION):
        ask(page, question)
    page.evaluate("document.activeElement.blur()")
    page.evaluate("window.scrollTo(0, 300)")
    page.evaluate("document.querySelector('#question textarea').focus()")
    page.keyboard.type("which of these are about more than one thing? " * 4)
    assert page.evaluate("window.scrollY") == 300
