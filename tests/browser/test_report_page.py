"""The evaluation's report in a real browser: its script runs under its own policy, and nothing sticks out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Page

from eval.report import render_html
from eval.runs import read_run_folder
from eval.scoring import score_run
from rag.library.library import Library
from tests.reference_run import make_run


@pytest.fixture
def report(shelf: Library, tmp_path: Path) -> str:
    """The address of a report over the five papers."""
    folder = make_run(shelf, tmp_path / "run")
    run = read_run_folder(folder)
    page = folder / "report.html"
    page.write_text(render_html(run, score_run(run)), encoding="utf-8")
    return page.as_uri()


@pytest.mark.parametrize("screen", ["wide", "dark", "phone"])
def test_the_report_fits_its_screen(screens: Mapping[str, Page], report: str, screen: str) -> None:
    page = screens[screen]
    page.goto(report)
    page.locator("details.question").first.locator("summary").click()
    assert page.locator("details.question[open] blockquote").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_questions_are_narrowed_down_by_type_and_words(screens: Mapping[str, Page], report: str) -> None:
    page = screens["wide"]
    page.goto(report)
    shown = page.locator("details.question:visible")
    assert (shown.count(), page.locator("output").inner_text()) == (3, "3 of 3")
    page.get_by_label("Type", exact=True).select_option("fact")
    assert (shown.count(), page.locator("output").inner_text()) == (1, "1 of 3")
    page.get_by_label("Type", exact=True).select_option("")
    page.get_by_label("Words of a question").fill("OYSTERS wine")
    assert shown.locator(".id").all_inner_texts() == ["q3"]


def test_a_question_with_markup_is_shown_as_it_was_asked(screens: Mapping[str, Page], report: str) -> None:
    page = screens["wide"]
    page.goto(report)
    assert page.locator(".asked").nth(1).inner_text() == "Who <b>counts</b> beats?"
