"""Papers of a set by their date."""

from __future__ import annotations

import pytest

from rag.types import WHOLE_LIBRARY, Kind, Scope
from tests.answering.following import LISTED, ask


@pytest.mark.parametrize(
    ("asked", "date"),
    [
        ("the newest one", "newest"),
        ("and the most recent?", "most recent"),
        ("which is the oldest one?", "oldest"),
    ],
)
def test_a_date_alone_asks_which_paper_of_the_set_it_is(asked: str, date: str) -> None:
    question = ask(asked)
    assert (question.kind, question.text) == (Kind.CORPUS, f"which is the {date}?")
    assert question.scope.ids == tuple("abc")


def test_dates_narrow_the_set_down() -> None:
    question = ask("only since 2023")
    assert (question.scope, question.text) == (Scope(since="2023", ids=("a", "b", "c")), LISTED.question)  # type: ignore[arg-type]


def test_who_drops_an_open_time_keeps_what_lies_beyond_it() -> None:
    assert ask("not those before 2023").scope.since == "2023"
    assert ask("drop those since 2023").scope.until == "2022"


@pytest.mark.parametrize("asked", ["drop those from 2022", "without the ones from 2020 to 2022"])
def test_papers_of_a_time_in_between_are_not_all_that_is_shown_when_they_are_dropped(asked: str) -> None:
    question = ask(asked)
    assert (question.text, question.kind, question.scope) == (asked, Kind.TALK, WHOLE_LIBRARY)
    assert "cannot be left out" in question.notices[0]
