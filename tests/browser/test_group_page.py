"""The page for named users: what one asked is found again in any browser of theirs, and by nobody else."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from tests.browser.driving import WIDE, Page, ask, complete, enter, expect, serve
from ui.passwords import hash_password

_PASSWORDS = {"ada": "lovely", "bob": "other"}
_IMAGES = "Which papers use images?"
_Open = Callable[[str], Page]


@pytest.fixture(scope="module")
def group_url(library_home: Path) -> Iterator[str]:
    users = " ".join(f"{name}:{hash_password(password)}" for name, password in _PASSWORDS.items())
    with serve(library_home, FOOTNOTE_WRITER="quotes", FOOTNOTE_AUTH=users) as url:
        yield url
    shutil.rmtree(library_home / "conversations", ignore_errors=True)


@pytest.fixture
def open_as(screens: Mapping[str, Page], group_url: str) -> _Open:
    """Open the page as a user, in a browser that has never seen it; it ends with Chromium."""
    browser = screens["wide"].context.browser
    assert browser is not None

    def open_page(user: str) -> Page:
        credentials = {"username": user, "password": _PASSWORDS[user]}
        page = browser.new_page(viewport=WIDE, http_credentials=credentials)  # type: ignore[arg-type]  # a typed dict of Playwright's
        enter(page, group_url)
        return page

    return open_page


def test_a_user_finds_a_conversation_in_another_browser_and_others_do_not(open_as: _Open) -> None:
    page = open_as("ada")
    ask(page, _IMAGES)
    page.wait_for_function("() => location.hash.startsWith('#/c/')")
    kept = page.evaluate("location.hash")
    elsewhere = open_as("ada")
    elsewhere.locator("button[data-do='history']").click()
    elsewhere.locator("#history a.title", has_text=_IMAGES).click()
    expect(complete(elsewhere, 1).locator(".answer a.fn").first).to_be_visible()
    theirs = open_as("bob")
    theirs.evaluate("(hash) => { location.hash = hash; }", kept)
    expect(theirs.locator("#said")).not_to_be_empty()
    expect(theirs.locator("#turns .turn")).to_have_count(0)
    theirs.locator("button[data-do='history']").click()
    expect(theirs.locator("#history .hint")).to_contain_text("on this server, for you alone")


def test_a_conversation_is_renamed_found_by_words_and_deleted(open_as: _Open) -> None:
    page = open_as("bob")
    ask(page, _IMAGES)
    page.wait_for_function("() => location.hash.startsWith('#/c/')")
    page.on("dialog", lambda dialog: dialog.accept("Pictures"))
    page.locator("button[data-do='history']").click()
    page.get_by_role("button", name="Rename").click()
    expect(page.locator("#history a.title")).to_have_text("Pictures")
    search = page.get_by_label("Search the conversations")
    search.fill("nothing like it")
    expect(page.locator("#history li")).to_have_count(0)
    search.fill("PAPERS images")
    expect(page.locator("#history li")).to_have_count(1)
    page.get_by_role("button", name="Delete").click()
    expect(page.locator("#history li")).to_have_count(0)
