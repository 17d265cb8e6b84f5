"""The page while its server is away, and when it is back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.browser.driving import Page, ask, complete, expect, free_port, serve

_Visit = Callable[..., Page]
_IMAGES = "Which papers use images?"
_FUSION = "Which papers combine local and global features?"


def test_what_is_on_the_page_stays_while_the_server_is_away_and_it_goes_on_when_it_is_back(
    visit: _Visit, library_home: Path
) -> None:
    port = free_port()
    with serve(library_home, port=port, FOOTNOTE_WRITER="quotes") as url:
        page = visit(url)
        ask(page, _IMAGES)
        page.wait_for_function("() => location.hash.startsWith('#/c/')")
    page.locator("nav a[data-view='papers']").click()
    expect(page.locator("#said")).to_contain_text("The server does not answer")
    page.locator("nav a[data-view='ask']").click()
    page.locator("#question textarea").fill(_FUSION)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Connection to the server was lost")).to_be_visible()
    expect(page.locator("#turns .turn .answer a.fn").first).to_be_visible()
    with serve(library_home, port=port, FOOTNOTE_WRITER="quotes"):
        page.wait_for_function("() => performance.getEntriesByType('navigation')[0].type === 'reload'")
        complete(page, 1)
        expect(page.locator("#question textarea")).to_have_value(_FUSION)
        page.locator("#question textarea").press("Enter")
        expect(complete(page, 2)).to_contain_text("local features")
