"""What a page sends along with a question is read within bounds, or refused in a line."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.types import WHOLE_LIBRARY, Conversation, Kind, Mention, PaperId, Scope
from ui.asking import read_asking
from ui.continuing import about, read_conversation, write_conversation
from ui.keeping import RecordError

_ABC = tuple(Mention(PaperId(name), name.upper()) for name in "abc")


def test_nothing_sent_asks_anew() -> None:
    asked = read_asking("")
    assert (asked.said, asked.kind, asked.scope, asked.criteria) == ("", None, WHOLE_LIBRARY, "")


def test_kind_papers_and_dates_are_read() -> None:
    asked = read_asking('{"kind": "fact", "papers": ["a"], "since": "2021", "until": "", "more": 1}')
    assert (asked.kind, asked.scope) == (Kind.FACT, Scope(since="2021", ids=(PaperId("a"),)))


@pytest.mark.parametrize(
    "record",
    [
        *("[]", "null", "{", '{"kind": "poem"}', '{"papers": "a"}', '{"papers": [1]}', '{"said": {}}'),
        json.dumps({"said": "x" * 500_001}),
        json.dumps({"criteria": "x" * 1_001}),
        json.dumps({"papers": ["a"] * 5_001}),
    ],
)
def test_what_is_none_or_too_much_is_refused(record: str) -> None:
    with pytest.raises(RecordError, match="begin a new conversation"):
        read_asking(record)


@pytest.mark.parametrize("date", ["yesterday", "2021-13", "21"])
def test_what_is_no_date_is_refused(date: str) -> None:
    with pytest.raises(RecordError, match="no date"):
        read_asking(json.dumps({"since": date}))


@given(st.text(max_size=60))
def test_a_conversation_is_read_or_refused(record: str) -> None:
    with suppress(RecordError):
        assert isinstance(read_conversation(record), Conversation)


@given(st.lists(st.sampled_from(_ABC)), st.text())
def test_a_conversation_comes_back_as_it_was(papers: list[Mention], question: str) -> None:
    said = Conversation(question.encode(errors="replace").decode(), Kind.LIST, tuple(papers))
    assert read_conversation(write_conversation(said)) == said


def test_picked_papers_become_the_set_and_the_others_are_those_left_out() -> None:
    said = Conversation("which?", Kind.LIST, _ABC)
    assert about(said, (PaperId("c"), PaperId("a"))) == Conversation(
        "which?", Kind.LIST, (_ABC[2], _ABC[0]), wider=_ABC
    )
    assert about(said, (PaperId("b"),)).about == (PaperId("b"),)


@pytest.mark.parametrize("ids", [None, (), (PaperId("unknown"),)])
def test_without_papers_that_were_shown_the_conversation_stays(ids: tuple[PaperId, ...] | None) -> None:
    said = Conversation("which?", Kind.LIST, _ABC)
    assert about(said, ids) == said
