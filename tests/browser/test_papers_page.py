"""The Papers view: what is in the library, and how papers come and go."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser.driving import Page, ask, expect, serve

_GOOD = "\n".join(
    json.dumps({"title": f"Kelp Forest {n}", "abstract": f"Kelp number {n} grows fast.", "published": "2024"})
    for n in range(60)
)
_HOSTILE = "<img src=x onerror=window.hit=1>.jsonl"


@pytest.fixture(scope="module")
def own_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page whose library is empty yet: it shows the sample."""
    with serve(tmp_path_factory.mktemp("own"), FOOTNOTE_WRITER="quotes") as url:
        yield url


def _file(name: str, content: str | bytes) -> dict[str, object]:
    body = content.encode() if isinstance(content, str) else content
    return {"name": name, "mimeType": "text/plain", "buffer": body}


def test_a_file_that_is_dropped_on_any_view_becomes_the_library_that_is_asked(
    visit: Callable[..., Page], tmp_path: Path
) -> None:
    with serve(tmp_path, FOOTNOTE_WRITER="quotes") as url:
        page = visit(url)
        expect(page.locator("#welcome")).to_contain_text("written for Footnote")
        dropped = page.evaluate_handle(
            """(text) => {
                const held = new DataTransfer();
                held.items.add(new File([text], "kelp.jsonl"));
                return held;
            }""",
            _GOOD,
        )
        for event in ("dragenter", "dragover", "drop"):
            page.dispatch_event("#talk", event, {"dataTransfer": dropped})
        expect(page.locator("#uploads")).to_contain_text("60 added")
        expect(page.locator("#facts")).to_contain_text("60 papers")
        page.locator("nav").get_by_role("link", name="Ask").click()
        expect(page.locator("#welcome")).not_to_contain_text("written for Footnote")
        expect(page.locator("#facts")).to_contain_text("index complete")  # without a reload


def test_papers_come_and_go(visit: Callable[..., Page], own_url: str, tmp_path: Path) -> None:
    page = visit(own_url)
    page.locator("nav").get_by_role("link", name="Papers").click()
    expect(page.locator(".choices .shown")).to_have_text("1 to 50 of 557")
    expect(page.get_by_role("button", name="Remove")).to_have_count(0)  # the sample stays as it is
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(50_000_001)
    two = _GOOD.splitlines()[0] + "\n" + json.dumps({"title": "No abstract"})
    files = [_file("good.jsonl", _GOOD), _file("bad.bin", b"\0\1"), _file(_HOSTILE, two)]
    page.locator("#files").set_input_files(files)  # type: ignore[arg-type]  # typed dicts of playwright
    reports = page.locator("#uploads > li")
    expect(reports.nth(0)).to_contain_text("60 added")
    expect(reports.nth(1).locator("li")).to_contain_text(
        "a binary file"
    )  # what is wrong with it is said at once
    expect(reports.nth(2)).to_contain_text("1 merged into papers that were here, 1 skipped")
    expect(reports.nth(2)).to_contain_text(_HOSTILE)
    page.locator("#files").set_input_files(huge)
    expect(reports.nth(3)).to_contain_text("Larger than 50 MB")
    expect(page.locator(".choices .shown")).to_have_text("1 to 50 of 60")
    expect(page.locator("#facts")).to_contain_text("60 papers")
    assert page.evaluate("typeof window.hit") == "undefined"

    page.get_by_role("button", name="Next").press("Enter")
    expect(page.locator(".choices .shown")).to_have_text("51 to 60 of 60")
    expect(page.get_by_role("button", name="Back")).to_be_focused()  # Next leads no further
    page.locator("#papers-words").fill("forest 42")
    expect(page.locator(".papers-list li")).to_have_count(1)
    page.locator(".papers-list summary").click()
    expect(page.locator(".papers-list .abstract")).to_have_text("Kelp number 42 grows fast.")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Remove: Kelp Forest 42").click()
    expect(page.locator(".choices .shown")).to_have_text("no paper fits")
    page.locator("nav").get_by_role("link", name="Ask").click()
    turn = ask(page, "How fast does kelp number 7 grow?")
    expect(turn.locator("blockquote").first).to_contain_text("grows fast")
