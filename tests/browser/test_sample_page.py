"""The page of someone who has no papers yet: the sample, asked while its vectors are still built."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.browser.driving import Page, complete, expect, serve


def test_the_first_example_is_answered_with_many_footnotes(
    visit: Callable[..., Page], tmp_path: Path
) -> None:
    with serve(tmp_path, FOOTNOTE_WRITER="quotes", FOOTNOTE_THREADS="1") as url:
        page = visit(url)
        expect(page.locator("#header")).to_contain_text("557 papers")
        example = page.locator("#examples button").first
        question = example.inner_text()
        example.click()
        turn = complete(page, 1)
        expect(turn.locator("h2")).to_have_text(question)
        assert turn.locator("a.fn").count() >= 10
        expect(page.locator("#examples button")).to_have_count(0)
