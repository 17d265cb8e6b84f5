"""What can be done with an answer: kept, opened again, asked anew, copied, saved, found, deleted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import bibtexparser

from tests.browser.driving import Page, ask, complete, expect

_FUSION = "Which papers combine local and global features?"
_MAMBA = "Which papers use state space models?"


def test_after_a_reload_the_conversation_is_there_with_its_evidence(page: Page) -> None:
    ask(page, _FUSION)
    ask(page, _MAMBA)
    before = page.locator("#turns .answer").all_inner_texts()
    page.reload()
    complete(page, 2)
    assert page.locator("#turns .answer").all_inner_texts() == before
    footnote = page.locator("#turns .turn:first-child a.fn").first
    footnote.click()
    assert footnote.get_attribute("data-quote") in page.locator("#papers mark").all_inner_texts()
    turn = ask(page, "How are drum tracks separated?")
    expect(turn.locator(".answer")).to_contain_text("drum track")
    expect(page.locator("#turns .turn")).to_have_count(3)


def test_the_last_question_can_be_asked_again_or_edited(page: Page) -> None:
    ask(page, _FUSION)
    first = ask(page, _MAMBA).get_attribute("data-turn")
    page.get_by_role("button", name="Retry").click()
    expect(page.locator(f'#turns [data-turn="{first}"]')).to_have_count(0)
    complete(page, 2)
    page.get_by_role("button", name="Edit question").click()
    expect(page.locator("#question textarea")).to_have_value(_MAMBA)
    page.locator("#question textarea").fill("How are drum tracks separated?")
    page.keyboard.press("Enter")
    expect(page.locator("#turns h2")).to_have_text([_FUSION, "How are drum tracks separated?"])
    complete(page, 2)
    page.reload()
    expect(page.locator("#turns h2")).to_have_text([_FUSION, "How are drum tracks separated?"])


def test_an_answer_is_copied_with_its_footnotes_or_without(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, _FUSION)
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.locator("#said")).to_have_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "[1]" in copied
    assert "[1] Twin Scale Fusion" in copied
    page.get_by_role("button", name="Copy without footnotes").click()
    page.wait_for_function("async () => !(await navigator.clipboard.readText()).includes('[1]')")


def test_the_sources_are_saved_as_a_file_that_bibtex_reads(page: Page, tmp_path: Path) -> None:
    ask(page, _FUSION)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the sources as BibTeX").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    assert path.suffix == ".bib"
    titles = [entry["title"] for entry in bibtexparser.loads(path.read_text(encoding="utf-8")).entries]
    assert any("Twin Scale Fusion" in title for title in titles)


def test_conversations_are_listed_found_renamed_and_deleted(page: Page) -> None:
    page.evaluate("new Promise((done) => { indexedDB.deleteDatabase('footnote').onsuccess = done; })")
    ask(page, _MAMBA)
    page.get_by_role("button", name="New").click()
    expect(page.locator("#turns .turn")).to_have_count(0)
    ask(page, "How are drum tracks separated?")
    page.get_by_role("button", name="Conversations").click()
    listed = page.locator("#history li")
    search = page.locator("#history input")
    place = search.bounding_box()
    search.fill("drum tracks")
    expect(listed).to_have_count(1)
    assert search.bounding_box() == place
    search.fill("zebu")
    expect(listed).to_have_count(0)
    search.fill("tracks")
    page.once("dialog", lambda dialog: dialog.accept("Old records <b>"))
    listed.get_by_role("button", name="Rename").click()
    expect(listed.locator(".title")).to_have_text("Old records <b>")
    page.once("dialog", lambda dialog: dialog.accept())
    listed.get_by_role("button", name="Delete").click()
    expect(listed).to_have_count(0)
    expect(page.locator("#turns .turn")).to_have_count(0)
    search.fill("state space")
    listed.first.locator(".title").click()
    expect(page.locator("#turns h2").first).to_have_text(_MAMBA)


def test_more_papers_like_one_are_shown_beside_the_text(page: Page) -> None:
    ask(page, _FUSION)
    page.locator("#turns a.fn").first.click()
    page.locator("#papers .card.current").get_by_role("button", name="More like this").click()
    expect(page.locator("#papers .hint")).to_contain_text("Papers like “Twin Scale Fusion”")
    expect(page.locator("#papers .card h3").first).to_be_visible()
    expect(page.locator("#papers .card", has_text="Twin Scale Fusion")).to_have_count(0)


def test_how_an_answer_was_found_can_be_unfolded(page: Page) -> None:
    turn = ask(page, _FUSION)
    turn.locator(".found summary").click()
    expect(turn.locator(".laps")).to_contain_text("words (BM25)")
    expect(turn.locator(".ranked tbody tr").first).to_contain_text("Twin Scale Fusion")


def test_a_notice_stands_above_its_answer_again(visit: Callable[..., Page], herd_url: str) -> None:
    page = visit(herd_url)
    ask(page, "Which papers count zebras?")
    turn = ask(page, "compare the first two")
    said = "Asked of 2 papers of the last answer."
    above = turn.locator("xpath=./p[contains(@class, 'notice')]")
    expect(above).to_have_text([said])
    page.wait_for_url("**/#/c/*")
    page.reload()
    expect(page.locator("#turns .turn")).to_have_count(2)
    expect(above).to_have_text([said])
    expect(turn.locator(".how")).not_to_contain_text(said)
