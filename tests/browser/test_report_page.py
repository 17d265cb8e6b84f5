"""The evaluation's report in a real browser: its script runs under its own policy, and nothing sticks out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Page

from eval.asking import ask_all
from eval.manifest import describe_run
from eval.reference import read_question_record
from eval.report import render_html
from eval.runs import begin_run, read_run_folder, resolve
from eval.scoring import score_run
from rag.app import OpenLibrary, build_answerer
from rag.library.library import Library
from rag.settings import read_settings

_QUESTIONS = (
    {"id": "q1", "question": "which papers join local features?", "type": "list", "relevant": {"Twin Scale Fusion": 2}},
    {"id": "q2", "question": "Who <b>counts</b> beats?", "type": "fact", "relevant": {"Slow Drums": 2}},
    {"id": "q3", "question": "Which wine goes with oysters?", "type": "unanswerable"},
)  # fmt: skip


@pytest.fixture
def report(shelf: Library, tmp_path: Path) -> str:
    """The address of a report over the five papers."""
    settings = read_settings({"FOOTNOTE_HOME": str(tmp_path), "FOOTNOTE_WRITER": "quotes"})
    questions = [read_question_record(record) for record in _QUESTIONS]
    manifest = describe_run(settings, OpenLibrary(shelf, is_sample=False), questions=questions, rounds=1)
    folder = tmp_path / "run"
    begin_run(folder, manifest, questions=questions, qrels=resolve(questions, shelf.catalogue.list()).qrels)
    list(ask_all(build_answerer(settings, shelf), questions, folder=folder))
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
