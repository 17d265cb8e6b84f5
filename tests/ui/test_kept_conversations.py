"""Conversations that the server keeps: each user's own, searched, renamed, deleted for good, bounded."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ui.kept_conversations import Kept, NotKept, kept_by


def _entry(
    name: str, *, conversation: str = "c1", question: str = "Which kelp?", text: str = ""
) -> dict[str, Any]:
    return {"name": name, "conversation": conversation, "question": question, "text": text, "record": "{}"}


def _names(kept: Kept, conversation: str = "c1") -> list[str]:
    return [turn["name"] for turn in kept.turns(conversation)]


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return kept_by(tmp_path, "ada")


def test_turns_come_back_as_they_were_kept_and_in_their_order(kept: Kept) -> None:
    for name in ("b", "a"):
        kept.keep({**_entry(name), "more": [name]})
    assert _names(kept) == ["b", "a"]
    assert kept.turn("a") == {**_entry("a"), "more": ["a"]}
    assert [one["title"] for one in kept.conversations()] == ["Which kelp?"]


@pytest.mark.parametrize("other", ["bob", "ADA", "ada ", "", "../ada"])
def test_no_user_sees_what_another_one_kept(tmp_path: Path, kept: Kept, other: str) -> None:
    kept.keep(_entry("a"))
    theirs = kept_by(tmp_path, other)
    assert (theirs.conversations(), theirs.turns("c1"), theirs.turn("a")) == ([], [], None)
    theirs.rename("c1", "mine")
    theirs.remove("c1")
    assert [one["title"] for one in kept.conversations()] == ["Which kelp?"]
    assert theirs.path.parent == tmp_path / "conversations"


def test_a_turn_takes_the_place_of_the_one_that_it_replaces(kept: Kept) -> None:
    kept.keep(_entry("a"))
    kept.keep(_entry("b", question="Which <reed>?"), replaces="a")
    assert (_names(kept), kept.turn("a")) == (["b"], None)
    assert kept.conversations("kelp") != []  # its title
    kept.rename("c1", "Reeds")
    assert kept.conversations("kelp") == []


def test_conversations_are_found_by_words_of_titles_questions_and_answers(kept: Kept) -> None:
    kept.keep(_entry("a", question="Which kelp?", text="It grows in the Öresund."))
    kept.keep(_entry("b", conversation="c2", question="Which reed? 100% _of_ it"))
    assert [one["id"] for one in kept.conversations("KELP öresund")] == ["c1"]
    assert [one["id"] for one in kept.conversations("100% _of_")] == ["c2"]
    assert kept.conversations("kelp reed") == []
    assert [one["id"] for one in kept.conversations()] == ["c2", "c1"]


def test_what_is_deleted_does_not_stay_in_the_file(kept: Kept) -> None:
    kept.keep(_entry("a", text="A secret of the sea." * 500))
    kept.keep(_entry("b", conversation="c2"))
    kept.remove("c1")
    assert [one["id"] for one in kept.conversations()] == ["c2"]
    assert _names(kept) == []
    assert b"secret" not in kept.path.read_bytes()


def test_a_user_whose_room_is_full_is_told_so_and_loses_nothing(kept: Kept) -> None:
    small = replace(kept, most=1_000)
    small.keep(_entry("a"))
    with pytest.raises(NotKept, match="delete some"):
        small.keep(_entry("b", text="x" * 1_000), replaces="a")
    assert _names(small) == ["a"]


def test_a_title_is_bounded_and_never_empty(kept: Kept) -> None:
    kept.keep(_entry("a", question="x" * 500))
    kept.rename("c1", "  ")
    assert kept.conversations()[0]["title"] == "x" * 120
