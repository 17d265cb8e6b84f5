"""A set of papers as a table: sorted, filtered, picked, saved; with titles that want to do harm."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import bibtexparser
import pytest

from tests.browser.driving import Locator, Page, ViewportSize, ask, enter, expect
from tests.browser.herd import HOSTILE
from tests.browser.test_access_page import violations

_Visit = Callable[..., Page]
_ZEBRAS = "Which papers are about zebras?"


@pytest.fixture(scope="module")
def answered(screens: Mapping[str, Page], herd_url: str) -> Page:
    """The page with the set; the question is asked once."""
    enter(screens["wide"], herd_url)
    ask(screens["wide"], _ZEBRAS)
    screens["wide"].wait_for_url("**/#/c/*")  # it is kept
    return screens["wide"]


@pytest.fixture
def table(answered: Page) -> Locator:
    """The set, as it was drawn at first."""
    answered.reload()
    table = answered.locator("#turns .set")
    expect(table.locator("tr[data-paper]")).to_have_count(10)
    return table


def _shown(table: Locator, column: str) -> list[str]:
    return table.locator(f"tr[data-paper]:visible [data-column='{column}']").all_inner_texts()


def test_a_column_sorts_the_rows_both_ways_and_says_so(table: Locator) -> None:
    head = table.get_by_role("columnheader", name="Year")
    assert head.get_attribute("aria-sort") is None
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    years = _shown(table, "year")
    assert years == sorted(years)
    assert len(set(years)) > 3
    head.get_by_role("button").press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    assert _shown(table, "year") == sorted(years, reverse=True)
    expect(table.locator("th[aria-sort]")).to_have_count(1)


def test_words_and_verdict_filter_the_rows(table: Locator) -> None:
    table.get_by_label("Filter the rows by words").fill("MICROPHONES part")
    assert [words.split(", Part")[0] for words in _shown(table, "paper")] == ["Zebras and Microphones"] * 2
    expect(table.locator(".shown")).to_have_text("2 of 10 papers")
    table.get_by_label("Filter the rows by words").fill("")
    told = [row.get_attribute("data-marks") for row in table.locator("tr[data-paper]").all()]
    table.get_by_label("Filter by verdict").select_option(told[0])
    expect(table.locator("tr[data-paper]:visible")).to_have_count(told.count(told[0]))


def test_a_column_can_be_hidden(table: Locator) -> None:
    table.locator(".columns summary").click()
    table.get_by_label("quotes").uncheck()
    expect(table.locator("q").first).to_be_hidden()
    table.get_by_label("Year").uncheck()
    expect(table.get_by_role("columnheader", name="Year")).to_be_hidden()


def test_all_rows_are_saved_as_csv(table: Locator, tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(_saved(table, "CSV", tmp_path))))
    assert [row["number"] for row in rows] == _shown(table, "number")
    assert rows[0]["title"] == f"'{HOSTILE}"
    told = [row.get_attribute("data-marks") for row in table.locator("tr[data-paper]").all()]
    assert [row["verdict"] for row in rows] == told


def test_picked_rows_are_saved_alone(table: Locator, tmp_path: Path) -> None:
    table.locator("[data-pick]").nth(1).check()
    table.locator("[data-pick]").nth(3).press("Space")
    expect(table.locator(".picked")).to_have_text("2 picked")
    rows = list(csv.DictReader(io.StringIO(_saved(table, "CSV", tmp_path))))
    assert [row["number"] for row in rows] == ["2", "4"]
    entries = bibtexparser.loads(_saved(table, "BibTeX", tmp_path)).entries
    assert sorted(entry["title"] for entry in entries) == sorted(f"{{{row['title']}}}" for row in rows)
    assert _saved(table, "RIS", tmp_path).count("TY  - ") == 2
    assert "3. " not in _saved(table, "Markdown", tmp_path)
    table.get_by_role("button", name="Clear").click()
    expect(table.locator(".picked")).to_contain_text("Pick rows")


def test_all_rows_that_are_shown_are_picked_at_once(table: Locator) -> None:
    table.get_by_label("Filter the rows by words").fill("drones")
    table.get_by_label("Pick all rows that are shown").check()
    table.get_by_label("Filter the rows by words").fill("")
    expect(table.locator("[data-pick]:checked")).to_have_count(3)


def test_a_title_opens_its_paper_with_the_words_marked(table: Locator) -> None:
    row = table.locator("tr[data-paper]").nth(1)
    row.locator(".title").click()
    card = table.page.locator("#papers .card.current")
    expect(card.locator("h3")).to_contain_text(row.locator(".title").inner_text())
    marked = " ".join(card.locator("mark").all_inner_texts())
    for footnote in row.locator("a.fn").all():
        for quote in (footnote.get_attribute("data-quote") or "nothing").split(" … "):
            assert quote in marked


def test_a_hostile_title_is_shown_as_words(table: Locator) -> None:
    expect(table.locator(".title").first).to_have_text(HOSTILE)
    assert table.page.evaluate("typeof window.hit") == "undefined"
    expect(table.locator("img, [onerror]")).to_have_count(0)


@pytest.mark.parametrize("screen", ["wide", "dark", "phone"])
def test_axe_finds_nothing_serious_in_a_table(visit: _Visit, herd_url: str, screen: str) -> None:
    page = visit(herd_url, screen)
    turn = ask(page, _ZEBRAS)
    turn.locator("[data-pick]").first.check()
    turn.locator(".columns summary").click()
    turn.locator(".read-as summary").click()
    assert violations(page, "table") == []


def test_at_360_pixels_rows_are_cards_and_nothing_sticks_out(visit: _Visit, herd_url: str) -> None:
    page = visit(herd_url, "phone")
    before = page.viewport_size
    page.set_viewport_size(ViewportSize(width=360, height=780))
    turn = ask(page, _ZEBRAS)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert turn.locator(".scroll").evaluate("scroll => scroll.scrollWidth <= scroll.clientWidth")
    row = turn.locator("tr[data-paper]").nth(1)
    expect(row).to_contain_text(re.compile("meets|in part"))
    title, verdict = (
        row.locator(".title").bounding_box(),
        row.locator("[data-column='verdict']").bounding_box(),
    )
    assert title is not None
    assert verdict is not None
    assert title["y"] > verdict["y"]
    turn.locator(".read-as summary").click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    turn.locator(".columns summary").click()
    for box in turn.locator(".columns label").all():
        expect(box).to_be_in_viewport(ratio=1)
    assert before is not None
    page.set_viewport_size(before)


def _saved(table: Locator, name: str, folder: Path) -> str:
    turn = table.locator("xpath=ancestor::article")
    with table.page.expect_download() as download:
        turn.locator("[data-do='export']", has_text=name).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path.read_bytes().decode()
