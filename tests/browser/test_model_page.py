"""The page with a model behind it: its prose, its failures, and Stop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser.driving import Page, ask, complete, expect, free_port, serve
from tests.model_server import ModelServer, says, waits

_Visit = Callable[..., Page]

_FUSION = "How does Twin Scale Fusion join local and global features?"
_TRUE = "Twin Scale Fusion joins local features with global features of the whole image [1]. "
_ALL_STORED = """async () => {
  const all = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie, location.href];
  for (const { name } of await indexedDB.databases()) {
    const base = await new Promise((done) => { const r = indexedDB.open(name); r.onsuccess = () => done(r.result); });
    for (const store of base.objectStoreNames) {
      const rows = base.transaction(store).objectStore(store).getAll();
      all.push(JSON.stringify(await new Promise((done) => { rows.onsuccess = () => done(rows.result); })));
    }
    base.close();
  }
  return all.join("\\n");
}"""
_FALSE = "It reaches 99.9% recall <img src=x onerror=alert()> [1]. "


@pytest.fixture(scope="module")
def model_port() -> int:
    """Where the model server is, as far as the page knows; a test may start one there."""
    return free_port()


@pytest.fixture(scope="module")
def model_url(library_home: Path, model_port: int) -> Iterator[str]:
    address = f"http://127.0.0.1:{model_port}/v1"
    with serve(library_home, FOOTNOTE_WRITER="llm", FOOTNOTE_MODEL="tiny", OPENAI_BASE_URL=address) as url:
        yield url


def test_sentences_of_a_model_are_shown_with_their_footnotes(
    visit: _Visit, model_url: str, model_port: int
) -> None:
    page = visit(model_url)
    expect(page.locator("#header")).to_contain_text("tiny")
    with ModelServer(says(_TRUE, "It reaches 87.5% recall on street scenes [1]."), port=model_port):
        turn = ask(page, _FUSION)
    expect(turn.locator(".answer")).to_have_text(
        "Twin Scale Fusion joins local features with global features of the whole image.1 "
        "It reaches 87.5% recall on street scenes.1"
    )
    expect(turn.locator("blockquote")).to_have_count(0)
    turn.locator("a.fn").last.click()
    expect(page.locator("#papers .card.current mark").last).to_contain_text("87.5% recall")


def test_a_sentence_that_was_dropped_is_shown_as_text_with_the_reason(
    visit: _Visit, model_url: str, model_port: int
) -> None:
    page = visit(model_url)
    with ModelServer(says(_TRUE, _FALSE), port=model_port):
        turn = ask(page, _FUSION)
    expect(turn.locator(".answer")).not_to_contain_text("99.9%")
    assert turn.locator(".how").inner_text().count("sentence dropped") == 1
    turn.locator(".dropped summary").click()
    expect(turn.locator(".dropped li")).to_contain_text("<img src=x onerror=alert()>")
    expect(turn.locator(".dropped em")).to_contain_text("link or markup that no source has")
    expect(turn.locator("img")).to_have_count(0)


def test_without_the_model_server_quotes_are_shown_and_one_line_says_why(
    visit: _Visit, model_url: str
) -> None:
    turn = ask(visit(model_url), _FUSION)
    expect(turn.locator("blockquote").first).to_contain_text("local features")
    expect(turn.locator(".notice", has_text="cannot be reached")).to_have_count(1)
    expect(turn.locator(".read-as + .notice")).to_contain_text("These are quotes instead")


def test_quotes_can_be_chosen_for_the_session(visit: _Visit, model_url: str) -> None:
    page = visit(model_url)
    page.get_by_role("button", name="Settings").click()
    page.get_by_label("quotes alone").check()
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("button", name="Settings: quoting")).to_be_visible()
    turn = ask(page, _FUSION)
    expect(turn.locator("blockquote").first).to_contain_text("local features")
    expect(turn.locator(".notice", has_text="cannot be reached")).to_have_count(0)
    assert "key" not in page.evaluate("JSON.stringify(localStorage)")


def test_a_key_reaches_the_model_server_and_is_kept_nowhere(
    visit: _Visit, model_url: str, model_port: int, library_home: Path
) -> None:
    key = "sk-typed-in-the-page"
    page = visit(model_url)
    page.get_by_role("button", name="Settings").click()
    page.get_by_label("Key").fill(key)
    page.get_by_label("Papers that an answer may use").fill("2")
    page.get_by_role("button", name="Done").click()
    with ModelServer(says(_TRUE), port=model_port) as model:
        ask(page, _FUSION)
    assert (set(model.keys), len(model.requests)) == ({f"Bearer {key}"}, 1)
    assert str(model.requests).count("<source number=") == 2
    page.wait_for_function("() => location.hash.startsWith('#/c/')")  # the turn is kept
    kept = page.evaluate(_ALL_STORED)
    assert _FUSION in kept
    assert key not in kept
    page.reload()
    assert page.get_by_label("Key").input_value() == ""
    assert not [
        file for file in library_home.rglob("*") if file.is_file() and key.encode() in file.read_bytes()
    ]


def test_stop_keeps_what_was_checked_and_the_next_question_is_answered(
    visit: _Visit, model_url: str, model_port: int
) -> None:
    page = visit(model_url)
    page.locator("#question textarea").fill(_FUSION)
    with ModelServer(waits(_TRUE, "It "), says(_TRUE), port=model_port):
        page.keyboard.press("Enter")
        expect(page.locator("#turns .turn .answer")).to_contain_text("Twin Scale Fusion")
        page.get_by_role("button", name="Stop").click()
        stopped = complete(page, 1)
        expect(stopped.locator(".how")).to_contain_text("Stopped: what stands above was checked")
        turn = ask(page, _FUSION)
    expect(turn.locator(".answer")).to_contain_text("Twin Scale Fusion")
    expect(page.locator("#turns .turn")).to_have_count(2)
    page.reload()
    expect(complete(page, 1).locator(".answer")).to_contain_text("Twin Scale Fusion")
    expect(page.locator("#turns .turn")).to_have_count(2)


def test_a_question_that_was_stopped_before_any_words_can_be_asked_again(
    visit: _Visit, model_url: str, model_port: int
) -> None:
    page = visit(model_url)
    page.locator("#question textarea").fill(_FUSION)
    with ModelServer(waits("Twin "), says(_TRUE), port=model_port):
        page.keyboard.press("Enter")
        expect(page.locator("#turns .turn .stage")).to_contain_text("writing")
        page.get_by_role("button", name="Stop").click()
        expect(page.locator("#turns .turn .stopped")).to_have_text("stopped")
        page.get_by_role("button", name="Retry").click()
        expect(complete(page, 1).locator(".answer")).to_contain_text("Twin Scale Fusion")
    expect(page.locator("#turns .turn")).to_have_count(1)


def test_a_paper_opened_while_the_answer_grows_stays_open(
    visit: _Visit, model_url: str, model_port: int
) -> None:
    page = visit(model_url)
    page.locator("#question textarea").fill(_FUSION)
    with ModelServer(waits(_TRUE, "It "), port=model_port):
        page.keyboard.press("Enter")
        page.locator("#turns .turn a.fn").first.click()
    turn = complete(page, 1)
    expect(page.locator("#papers .card.current")).to_contain_text("Twin Scale Fusion")
    expect(page.locator("#papers .card")).to_have_count(turn.locator(".cards .card").count())
