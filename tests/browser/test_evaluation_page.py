"""The Evaluation view: from the list to a run, a question and a comparison."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rag.library.library import Library
from tests.browser.driving import Page, expect
from tests.reference_run import make_run

_Visit = Callable[..., Page]


@pytest.fixture
def _runs(library_home: Path, shelf: Library) -> Iterator[None]:
    for name in ("first", "second"):
        make_run(shelf, library_home / "runs" / name, started=f"2026-01-0{len(name)}T00:00:00+00:00")
    yield
    shutil.rmtree(library_home / "runs")


def test_without_a_run_the_view_says_how_to_make_one(page: Page) -> None:
    page.locator("nav a[data-view='evaluation']").click()
    expect(page.locator("#evaluation-shown")).to_contain_text("footnote eval run reference")


@pytest.mark.usefixtures("_runs")
def test_a_question_of_a_run_opens_to_answer_evidence_and_what_was_missed(page: Page) -> None:
    page.locator("nav a[data-view='evaluation']").click()
    page.locator(".runs a", has_text="first").click()
    expect(page.locator("#evaluation-title")).to_have_text("first")
    page.get_by_label("Words of a question").fill("JOIN local")
    expect(page.locator("details.question:visible")).to_have_count(1)
    page.locator("details.question:visible summary").click()
    expect(page.locator(".open .card mark").first).to_be_visible()
    expect(page.locator(".open h3", has_text="missed")).to_be_visible()
    page.get_by_role("link", name="All runs").click()
    expect(page.locator(".runs")).to_be_visible()


@pytest.mark.usefixtures("_runs")
def test_two_runs_that_are_ticked_are_compared(page: Page) -> None:
    page.locator("nav a[data-view='evaluation']").click()
    for name in ("first", "second"):
        page.get_by_label(f"Compare {name}").check()
    page.get_by_role("button", name="Compare the two").click()
    expect(page.locator("#evaluation-title")).to_have_text("What changed?")
    expect(page.locator("#evaluation-shown .hint").first).to_have_text("A: first · B: second")


@pytest.mark.usefixtures("_runs")
@pytest.mark.parametrize("screen", ["wide", "dark", "phone"])
def test_axe_finds_nothing_serious_in_a_run(visit: _Visit, library_url: str, screen: str) -> None:
    pytest.importorskip("axe_playwright_python", reason="axe-core is not installed: pip install '.[test]'")
    from axe_playwright_python.sync_playwright import Axe

    page = visit(library_url, screen)
    page.goto(f"{library_url}/#/evaluation")
    expect(page.locator(".runs")).to_be_visible()
    found = Axe().run(page).response["violations"]
    page.locator(".runs a", has_text="first").click()
    page.locator(".fold summary").click()
    page.locator("details.question summary").first.click()
    expect(page.locator(".open .card").first).to_be_visible()
    found += Axe().run(page).response["violations"]
    serious = [
        f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found if v["impact"] in {"serious", "critical"}
    ]
    assert serious == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
