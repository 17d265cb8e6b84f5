"""The page of someone who has no papers yet: the sample, asked before its vectors are built."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

from tests.browser.driving import Page, complete, expect, serve


def test_the_first_example_is_answered_with_many_footnotes(
    visit: Callable[..., Page], tmp_path: Path
) -> None:
    (tmp_path / "sample").mkdir()
    building = FileLock(tmp_path / "sample" / "vectors.lock")  # as if another process built them
    with building, serve(tmp_path, FOOTNOTE_WRITER="quotes") as url:
        page = visit(url)
        expect(page.locator("#header")).to_contain_text("557 papers")
        expect(page.locator("#header")).to_contain_text("vectors for 0 of 557")
        example = page.locator("#examples button").first
        question = example.inner_text()
        example.click()
        turn = complete(page, 1)
        expect(turn.locator("h2")).to_have_text(question)
        assert turn.locator("a.fn").count() >= 10
        expect(example).to_be_hidden()
