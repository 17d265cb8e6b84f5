"""A set that a model judges, paper by paper: its progress, stop, and leave to judge the rest."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.answering.judge_server import PerfectJudge
from tests.browser.driving import Locator, Page, ask, complete, expect, free_port, serve
from tests.model_server import ModelServer, Reply, waits

_Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def model_port() -> int:
    """Where the model server is; a test starts one there."""
    return free_port()


@pytest.fixture(scope="module")
def judged_url(herd_home: Path, tmp_path_factory: pytest.TempPathFactory, model_port: int) -> Iterator[str]:
    """The page over the sixty papers, with a model, and a budget for about half of them."""
    home = Path(shutil.copytree(herd_home, tmp_path_factory.mktemp("judged") / "home"))
    with serve(
        home,
        FOOTNOTE_WRITER="llm",
        FOOTNOTE_MODEL="tiny",
        FOOTNOTE_PRICE_IN="10",
        FOOTNOTE_PRICE_OUT="10",
        FOOTNOTE_BUDGET="0.06",
        FOOTNOTE_REQUESTS="1",
        OPENAI_BASE_URL=f"http://127.0.0.1:{model_port}/v1",
    ) as url:
        yield url


def _rows(turn: Locator) -> list[str]:
    return turn.locator("tr[data-paper] .title").all_inner_texts()


def test_a_sweep_tells_how_far_it_is_and_stop_keeps_what_was_found(
    visit: _Visit, judged_url: str, model_port: int, tmp_path: Path
) -> None:
    page = visit(judged_url)
    replies: list[Reply] = [PerfectJudge(), PerfectJudge(), waits()]
    with ModelServer(*replies, port=model_port) as model:
        page.locator("#question textarea").fill("Which papers count otters?")
        page.keyboard.press("Enter")
        expect(page.locator(".sweep .so-far")).to_contain_text("judged 20 of")
        expect(page.locator(".sweep progress")).to_have_attribute("value", "20")
        found = _rows(page.locator("#turns .turn"))
        assert found
        assert all("Otters" in title for title in found)
        page.get_by_role("button", name="Stop").click()
        turn = complete(page, 1)
        asked = len(model.requests)
    expect(turn.locator(".count")).to_have_text(re.compile(rf"^{len(found)} found in the 20 of \d+ papers"))
    expect(page.locator("#heard")).to_have_text(turn.locator(".count").inner_text())
    assert _rows(turn) == found
    assert asked == len(replies)
    page.reload()
    assert _rows(complete(page, 1)) == found
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the sources as CSV").click()
    download.value.save_as(tmp_path / "found.csv")
    saved = csv.DictReader(io.StringIO((tmp_path / "found.csv").read_bytes().decode()))
    assert [row["title"] for row in saved] == found


def test_what_the_budget_left_out_is_judged_on_demand(
    visit: _Visit, judged_url: str, model_port: int
) -> None:
    page = visit(judged_url)
    with ModelServer(PerfectJudge(), port=model_port):
        turn = ask(page, "Which papers count storks?")
        rest = turn.locator(".rest")
        expect(rest).to_have_text(
            re.compile(r"Judged the nearest \d+ of 60 by a model\. Judge all: about \$0\.\d\d")
        )
        rest.get_by_role("button").click()
        expect(rest).to_have_count(0)
        turn = complete(page, 1)
    expect(turn.locator(".count")).to_have_text("10 of the 60 papers meet this.")
    expect(turn.get_by_role("columnheader", name="count storks")).to_be_visible()
    page.reload()
    expect(complete(page, 1).locator(".rest")).to_have_count(0)
