"""What axe-core finds, and the page under the keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.browser.driving import Page, ask, complete, expect

_Visit = Callable[..., Page]
_SERIOUS = {"serious", "critical"}


@pytest.mark.parametrize("screen", ["wide", "dark", "phone"])
def test_axe_finds_nothing_serious(visit: _Visit, library_url: str, screen: str) -> None:
    pytest.importorskip("axe_playwright_python", reason="axe-core is not installed: pip install '.[test]'")
    page = visit(library_url, screen)
    found = violations(page, "empty")
    turn = ask(page, "Which papers use images?")
    turn.locator(".found summary").click()
    turn.locator("a.fn").first.click()
    found += violations(page, "answer")
    page.keyboard.press("Escape")
    ask(page, "Which wine goes with oysters on Saturday?")
    page.locator("button[data-do='history']").click()
    expect(page.locator("#history li").first).to_be_visible()
    found += violations(page, "conversations")
    page.keyboard.press("Escape")
    page.locator("nav a[data-view='papers']").click()
    page.locator(".papers-list summary").first.click()
    expect(page.locator(".papers-list .card")).to_be_visible()
    found += violations(page, "papers")
    page.locator("nav a[data-view='map']").click()
    expect(page.locator("#map-state")).to_have_text("9 papers")
    page.locator("button[data-do='settings']").click()
    found += violations(page, "map and settings")
    assert found == []


def test_everything_can_be_done_with_the_keyboard(visit: _Visit, library_url: str) -> None:
    page = visit(library_url)
    expect(page.locator("#question textarea")).to_have_accessible_name("Question")
    _tab_to(page, "#examples button")
    page.keyboard.press("Enter")
    heading = complete(page, 1).locator("h2")
    expect(heading).to_be_focused()  # the button that asked is gone
    _tab_to(page, "#turns a.fn")
    expect(page.locator("#turns a.fn:focus")).to_have_accessible_description(re.compile("“.+”"))
    page.keyboard.press("Enter")
    expect(page.locator("#papers .card.current")).to_be_visible()
    _tab_to(page, "#turns [data-do='retry']")
    page.keyboard.press("Enter")
    complete(page, 1)
    expect(heading).to_be_focused()
    _tab_to(page, "[data-do='history']")
    page.keyboard.press("Enter")
    expect(page.locator("#history input")).to_be_focused()
    page.keyboard.press("Escape")
    _tab_to(page, "nav a[data-view='papers']")
    page.keyboard.press("Enter")
    _tab_to(page, ".papers-list summary")
    page.keyboard.press("Enter")
    expect(page.locator(".papers-list .abstract")).to_be_visible()


def test_who_listens_is_told_what_came_of_a_question(visit: _Visit, library_url: str) -> None:
    page = visit(library_url)
    heard = page.locator("#heard[role='status']")
    count = ask(page, "Which papers use images?").locator(".count")
    expect(heard).to_have_text(
        count.inner_text() if count.count() else re.compile(r"Answered, with \d+ footnotes?\.")
    )
    ask(page, "Which wine goes with oysters on Saturday?")
    expect(heard).to_contain_text("Not in this library.")


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def violations(page: Page, state: str) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    result = Axe().run(page)
    return [
        f"{state}: {violation['id']}: {violation['nodes'][0]['html'][:200]}"
        for violation in result.response["violations"]
        if violation["impact"] in _SERIOUS
    ]
