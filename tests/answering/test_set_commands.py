"""What is done with a set: exported, dropped, widened, shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.types import NOTHING_SAID, Kind, PaperId
from tests.answering.following import LISTED, ask


def test_with_nothing_to_export_nothing_is_searched_for() -> None:
    question = ask("export these as bibtex", NOTHING_SAID)
    assert (question.kind, question.notices) == (
        Kind.TALK,
        ("Nothing was shown before that could be exported: ask for papers first.",),
    )


def test_what_is_dropped_becomes_an_exclusion() -> None:
    question = ask("drop the surveys")
    assert question.text == "which papers fuse scales, but not surveys"
    assert [c.text for clause in question.criteria.clauses for c in clause if c.negated] == ["surveys"]


@pytest.mark.parametrize("asked", ["sort by year", "export these", "show these"])
def test_what_is_done_with_a_set_asks_nothing_that_one_of_its_papers_was_asked(asked: str) -> None:
    question = ask(asked, replace(LISTED, question="is it fast?", kind=Kind.FACT, about=(PaperId("b"),)))
    assert (question.text, question.kind, question.scope.ids) == ("these papers", Kind.LIST, ("a", "b", "c"))


@pytest.mark.parametrize(
    ("asked", "stands_alone"),
    [
        ("also those with text", "which papers fuse scales or with text"),
        ("and also papers on drums", "which papers fuse scales or drums"),
        ("those that use drums too", "which papers fuse scales or use drums"),
    ],
)
def test_what_is_wanted_too_widens_a_set(asked: str, stands_alone: str) -> None:
    question = ask(asked)
    assert (question.text, question.kind, question.scope.ids) == (stands_alone, Kind.LIST, None)


@pytest.mark.parametrize(
    "asked", ["only those with text", "those with text", "only those that also use text"]
)
def test_without_too_it_narrows_the_set(asked: str) -> None:
    assert ask(asked).scope.ids == ("a", "b", "c")


@pytest.mark.parametrize(
    ("asked", "ids", "flag"),
    [
        ("export the first two", "ab", "--csv"),
        ("save the top 2 as bibtex", "ab", "--bibtex"),
        ("ris for 1 and 3", "ac", "--ris"),
        ("download 3", "c", "--csv"),
    ],
)
def test_some_of_a_set_are_exported(asked: str, ids: str, flag: str) -> None:
    question = ask(asked)
    assert (question.text, question.scope.ids) == (LISTED.question, tuple(ids))
    assert flag in question.notices[-1]


def test_more_papers_than_there_are_are_neither_exported_nor_dropped_unsaid() -> None:
    exported, dropped = ask("export the first 40"), ask("drop the last 40")
    assert (exported.scope.ids, exported.notices[1]) == (
        ("a", "b", "c"),
        "The last answer has 3 papers, not 40.",
    )
    assert (dropped.kind, dropped.notices) == (Kind.TALK, ("The last answer has 3 papers, not 40.",))
