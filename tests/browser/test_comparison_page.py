"""A comparison as a table: its columns sorted, filtered and picked, its rows hidden, its footnotes followed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.browser.driving import Locator, Page, ViewportSize, ask, enter, expect
from tests.browser.test_access_page import violations

_Visit = Callable[..., Page]
_ZEBRAS = "Which papers count zebras?"
_COMPARE = "compare the first four"
_BOTH_KEPT = "async () => (await Footnote.storage.turns(location.hash.slice(4))).length === 2"


@pytest.fixture(scope="module")
def answered(screens: Mapping[str, Page], herd_url: str) -> Page:
    """The page with a set and a comparison of its first papers."""
    page = screens["wide"]
    enter(page, herd_url)
    ask(page, _ZEBRAS)
    page.wait_for_url("**/#/c/*")  # it is kept
    ask(page, _COMPARE)
    expect(page.locator("#turns .comparison")).to_be_visible()
    page.wait_for_function(_BOTH_KEPT)  # before the first reload
    return page


@pytest.fixture
def table(answered: Page) -> Locator:
    """The comparison, as it was drawn at first."""
    answered.reload()
    table = answered.locator("#turns .set.compared")
    expect(table.locator("th[data-paper]")).to_have_count(4)
    return table


def _line(table: Locator, column: str) -> list[str]:
    return table.locator(f"tr[data-column='{column}'] > [data-of]:visible").all_inner_texts()


def _way(table: Locator) -> str:
    """The way of counting that the last paper goes, which not all of them go."""
    return (
        table.locator("th[data-paper]:visible .title").last.inner_text().split(",")[0].split()[-1].strip('"')
    )


def _head(table: Locator, name: str) -> Locator:
    return table.get_by_role("rowheader", name=re.compile(f"^{name}"))  # an arrow follows where it sorts


def test_a_row_sorts_the_papers_both_ways_and_back(table: Locator) -> None:
    years, titles = _line(table, "year"), _line(table, "paper")
    assert len(set(years)) > 2
    by_year = dict(zip(titles, years, strict=True))
    head = _head(table, "Year")
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    assert _line(table, "year") == sorted(years)
    assert [by_year[title] for title in _line(table, "paper")] == sorted(years)
    head.get_by_role("button").press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    assert _line(table, "year") == sorted(years, reverse=True)
    head.get_by_role("button").press("Enter")
    expect(table.locator("th[aria-sort]")).to_have_count(0)
    assert _line(table, "paper") == titles


def test_titles_and_aspects_sort_too_and_each_paper_keeps_its_own_words(table: Locator) -> None:
    before = dict(zip(_line(table, "paper"), _line(table, "a0"), strict=True))
    table.get_by_role("button", name="Paper", exact=True).click()
    titles = _line(table, "paper")
    assert titles == sorted(titles, key=str.casefold)
    table.locator("tr[data-column='a0'] > th button").click()
    assert dict(zip(_line(table, "paper"), _line(table, "a0"), strict=True)) == before
    silent = [words == "the abstract does not say" for words in _line(table, "a0")]
    assert silent == sorted(silent)


def test_words_and_what_is_said_filter_the_papers(table: Locator) -> None:
    way = _way(table)
    table.get_by_label("Filter the papers by words").fill(f"{way} COUNT")
    expect(table.locator(".shown")).to_have_text(re.compile("[12] of 4 papers"))
    assert len({len(_line(table, column)) for column in ("paper", "year", "a0")}) == 1
    for head in table.locator("th[data-paper]:visible").all():
        column = table.locator(f"[data-of='{head.get_attribute('data-of')}']").all_inner_texts()
        assert way.lower() in " ".join(column).lower()
    table.get_by_label("Filter the papers by words").fill("")
    said = sum(words != "the abstract does not say" for words in _line(table, "a1"))
    table.get_by_label("Filter by what is said").select_option("a1")
    expect(table.locator("th[data-paper]:visible")).to_have_count(said)
    assert "the abstract does not say" not in _line(table, "a1")


def test_a_row_that_is_hidden_stays_so_while_papers_are_filtered(table: Locator) -> None:
    name = table.locator("tr[data-column='a0'] > th").inner_text()
    table.locator(".columns summary").click()
    table.get_by_role("checkbox", name=name, exact=True).uncheck()
    expect(_head(table, name)).to_be_hidden()
    table.get_by_label("Filter the papers by words").fill("zebras")
    assert _line(table, "a0") == []
    table.get_by_role("checkbox", name=name, exact=True).check()
    assert len(_line(table, "a0")) == len(_line(table, "paper"))


def test_the_papers_that_are_shown_are_picked_at_once_and_saved_alone(table: Locator, tmp_path: Path) -> None:
    table.get_by_label("Filter the papers by words").fill(_way(table))
    table.get_by_label("Pick all papers that are shown").check()
    expect(table.locator(".picked")).to_have_text(f"{len(_line(table, 'paper'))} picked")
    turn = table.locator("xpath=ancestor::article")
    with table.page.expect_download() as download:
        turn.locator("[data-do='export']", has_text="CSV").click()
    path = tmp_path / "saved.csv"
    download.value.save_as(path)
    rows = list(csv.DictReader(io.StringIO(path.read_bytes().decode())))
    shown = table.locator("th[data-paper]:visible sup").all_inner_texts()
    assert 0 < len(shown) < 4
    assert sorted(row["number"] for row in rows) == sorted(shown)


def test_a_footnote_of_a_sorted_table_opens_its_own_paper_with_the_words_marked(table: Locator) -> None:
    _head(table, "Year").get_by_role("button").click()
    place = table.locator("tr[data-column='a0'] > td:not(.silent)").first.get_attribute("data-of")
    cell = table.locator(f"tr[data-column='a0'] > td[data-of='{place}']")
    cell.locator("a.fn").click()
    card = table.page.locator("#papers .card.current")
    expect(card.locator("h3")).to_contain_text(cell.get_attribute("data-label") or "no title")
    marked = " ".join(card.locator("mark").all_inner_texts())
    for quote in (cell.locator("a.fn").get_attribute("data-quote") or "nothing").split(" … "):
        assert quote in marked


@pytest.mark.parametrize("screen", ["wide", "dark", "phone"])
def test_axe_finds_nothing_serious_in_a_comparison(visit: _Visit, herd_url: str, screen: str) -> None:
    page = visit(herd_url, screen)
    ask(page, _ZEBRAS)
    turn = ask(page, _COMPARE)
    turn.locator("tr[data-column='a0'] > th button").click()
    turn.locator("[data-pick]").first.check()
    turn.locator(".columns summary").click()
    assert violations(page, "comparison") == []


def test_at_360_pixels_a_comparison_is_read_aspect_by_aspect(visit: _Visit, herd_url: str) -> None:
    page = visit(herd_url, "phone")
    before = page.viewport_size
    assert before is not None
    page.set_viewport_size(ViewportSize(width=360, height=780))
    ask(page, _ZEBRAS)
    turn = ask(page, _COMPARE)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert turn.locator(".scroll").evaluate("scroll => scroll.scrollWidth <= scroll.clientWidth")
    first, second = (turn.locator("tr[data-column='a0'] > td").nth(n).bounding_box() for n in (0, 1))
    assert first is not None
    assert second is not None
    assert second["y"] >= first["y"] + first["height"]
    turn.locator(".columns summary").click()
    for box in turn.locator(".columns label").all():
        expect(box).to_be_in_viewport(ratio=1)
    page.set_viewport_size(before)
