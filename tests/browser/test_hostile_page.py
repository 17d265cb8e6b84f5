"""Papers and questions that want to do harm are shown as text, and do nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest

from tests.browser.driving import Page, Request, ask, enter, expect

_QUESTION = "zebra crossings and links <img src=x onerror=window.hit=1>"
_LIVE = "script, img, svg, iframe, b, [onerror], [onload], [onmouseover], a[href^='javascript']"


@dataclass(frozen=True, slots=True)
class _Visit:
    """A page on which every hostile paper was pointed at and opened, and what was asked of any host."""

    page: Page
    requests: list[str]


@pytest.fixture(scope="module")
def visit(screens: Mapping[str, Page], library_url: str) -> Iterator[_Visit]:
    page = screens["wide"]
    requests: list[str] = []

    def note(request: Request) -> None:
        requests.append(request.url)

    page.on("request", note)
    enter(page, library_url)
    ask(page, _QUESTION)
    for footnote in ask(page, "zebra crossings").locator("a.fn").all():
        footnote.hover()
        footnote.click()
    yield _Visit(page, requests)
    page.remove_listener("request", note)


def test_nothing_hostile_is_run(visit: _Visit) -> None:
    assert visit.page.evaluate("typeof window.hit") == "undefined"
    expect(visit.page.locator(":is(#conversation, #papers, .fn-card)").locator(_LIVE)).to_have_count(0)


@pytest.mark.parametrize(
    "words",
    [
        _QUESTION,
        "<script>window.hit=1</script> Zebra Crossings",
        "counted by <img src=x onerror=window.hit=1> cameras",
        '"Zebra" onmouseover="window.hit=1" crossings',
        "It ends.</p></section><h1>Hit</h1>",
        "<b onmouseover=window.hit=1>Ann Oner</b>",
        "![stripes](http://elsewhere.invalid/zebra.png)",
        "[links](javascript:window.hit=1) and <svg onload=window.hit=1> marks",
    ],
)
def test_hostile_words_are_shown_as_words(visit: _Visit, words: str) -> None:
    assert words in visit.page.locator("body").inner_text()


def test_text_is_not_turned_around(visit: _Visit) -> None:
    shown = visit.page.locator("body").inner_text()
    assert "Zebra gnissorC" in shown
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def test_a_link_that_is_no_web_address_is_left_out(visit: _Visit) -> None:
    card = visit.page.locator("#papers .card", has_text="Old Zebra")
    expect(card).to_have_count(1)
    expect(card.locator("a")).to_have_count(0)


def test_no_other_host_is_asked_for_anything(visit: _Visit, library_url: str) -> None:
    assert visit.requests
    assert [u for u in visit.requests if not u.startswith((f"{library_url}/", "data:", "blob:"))] == []
