"""Criteria on one line: written, read back, and put in the place of what a question tells."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.asking.criteria_line import describe, parse_criteria
from rag.answering.asking.understanding import understand
from rag.errors import QuestionError
from rag.types import Criteria, Criterion, Kind

_TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=20),
    st.lists(st.sampled_from(["AND", "OR", "NOT", "(", ")", '"', '""', "local", "x y"]), min_size=1).map(
        " ".join
    ),
)
_CRITERION = st.builds(Criterion, _TEXTS, st.booleans())
_CLAUSES = st.lists(st.lists(_CRITERION, min_size=1, max_size=2).map(tuple), max_size=2, unique=True).map(
    tuple
)


@given(_CLAUSES)
def test_what_is_written_is_read_back(clauses: tuple[tuple[Criterion, ...], ...]) -> None:
    assert parse_criteria(describe(Criteria(clauses))).clauses == clauses


@given(st.lists(st.sampled_from(["a", "b", " ", "(", ")", '"', "AND", "OR", "NOT"])).map(" ".join))
def test_any_line_that_can_be_read_is_written_as_it_is_meant(line: str) -> None:
    try:
        criteria = parse_criteria(line)
    except QuestionError:
        return
    assert parse_criteria(describe(criteria)).clauses == criteria.clauses


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("images AND video OR sound", "side by side"),
        ("(images OR video", "do not match"),
        ("images) AND (video", "do not match"),
        ("((images OR video) OR sound)", "only OR"),
        ("(images AND video) AND sound", "only OR"),
        ("NOT (images OR video)", "in front of a single"),
        ("a AND b AND c AND d AND e", "4 criteria"),
        ("a" * 1_001, "1,001 characters"),
    ],
)
def test_a_line_that_cannot_be_read_says_what_to_write(line: str, said: str) -> None:
    with pytest.raises(QuestionError, match=said):
        parse_criteria(line)


def test_or_alone_needs_no_parentheses() -> None:
    assert parse_criteria("images OR video").clauses == ((Criterion("images"), Criterion("video")),)


def test_a_line_without_words_asks_for_nothing_and_says_so() -> None:
    criteria = parse_criteria(" AND ( ) ")
    assert criteria.clauses == ()
    assert "names nothing" in criteria.notices[0]


def test_a_line_that_contradicts_itself_says_so() -> None:
    assert parse_criteria("labels AND NOT Labels").contradictory


def test_given_criteria_overrule_those_of_the_words_and_keep_their_dates() -> None:
    criteria = parse_criteria("reviews AND NOT text")
    question = understand("surveys since 2021 about point clouds", today=date(2026, 1, 1), criteria=criteria)
    assert (question.criteria.clauses, question.scope.since) == (criteria.clauses, "2021")
    assert question.sought == "reviews"


def test_given_criteria_make_a_set_question_unless_a_kind_is_given() -> None:
    criteria = parse_criteria("images")
    assert understand("why?", today=date(2026, 1, 1), criteria=criteria).kind is Kind.LIST
    fact = understand("why?", today=date(2026, 1, 1), criteria=criteria, kind=Kind.FACT)
    assert (fact.kind, fact.criteria) == (Kind.FACT, Criteria())
