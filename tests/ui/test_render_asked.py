"""Above an answer: how its question was read, and notices in the words of the page."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from rag.types import Kind, Notice, Question, Scope
from ui.render import render_turn
from ui.render_asked import render_asked
from ui.turns import Turn


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("filter --since 2030: none is of then.", "filter from 2030: none is of then."),
        (
            "filters together: --since 2025 passes 1, --until 2026-02 passes 2.",
            "filters together: from 2025 passes 1, until 2026-02 passes 2.",
        ),
        (
            "filter --id z --id 'a b' ...: none of 12 papers has such an id; list the ids: footnote papers.",
            "filter the papers picked: none of 12 papers has such an id.",
        ),
    ],
)
def test_filters_are_named_in_words_of_the_page(said: str, shown: str) -> None:
    page = BeautifulSoup(
        render_turn(Turn("1", "Kelp?", notices=(Notice(f"No paper passes the {said}"),))), "html.parser"
    )
    assert [p.get_text() for p in page.select("p.notice")] == [f"No paper passes the {shown}"]


def test_small_talk_has_nothing_to_correct() -> None:
    assert render_asked(Question("Hello!", Kind.TALK, "Hello!")) == ""


@pytest.mark.parametrize(
    ("scope", "told"),
    [
        (Scope(since="2023", until="2023"), "of 2023"),
        (Scope(since="2021", until="2023"), "from 2021 until 2023"),
    ],
)
def test_the_time_that_papers_are_of_is_told_once(scope: Scope, told: str) -> None:
    question = Question("Kelp?", Kind.FACT, "Kelp?", scope=scope)
    summary = BeautifulSoup(render_asked(question), "html.parser").select_one("summary")
    assert summary is not None
    assert summary.get_text().split(" · ")[1] == told


def test_a_long_question_is_told_in_short_and_can_be_corrected_whole() -> None:
    asked = "kelp " * 500
    page = BeautifulSoup(render_asked(Question(asked, Kind.FACT, asked[:-1] + "!")), "html.parser")
    assert len(page.select_one("summary").get_text()) < 310  # type: ignore[union-attr]  # it is there
    assert page.select_one("textarea").get_text() == asked  # type: ignore[union-attr]
