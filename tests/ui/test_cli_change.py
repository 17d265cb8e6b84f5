"""`footnote remove` and `footnote check`: what is gone, what is repaired, what is built anew."""

from __future__ import annotations

from pathlib import Path

from tests.ui.command_line import change_manifest, footnote, records, words_only


def test_removed_papers_are_gone(own_home: Path) -> None:
    with words_only(own_home):
        removed = footnote("remove", "slow-drums", "bark-and-leaf", home=own_home)
    assert (removed.exit_code, removed.stdout) == (0, "removed 2 papers, 3 left\n")
    assert "slow-drums" not in footnote("papers", home=own_home).stdout
    assert records(footnote("search", "drum", "--json", home=own_home)) == []


def test_an_unknown_id_removes_nothing(own_home: Path) -> None:
    removed = footnote("remove", "slow-drums", "nobody", home=own_home)
    assert (removed.exit_code, removed.stdout) == (1, "")
    assert removed.stderr == "footnote: no paper has the id 'nobody'; list the ids: footnote papers\n"
    assert len(footnote("papers", home=own_home).stdout.splitlines()) == 5


def test_check_finishes_what_is_missing_and_then_finds_it_sound(own_home: Path) -> None:
    (own_home / "library" / "words" / "meta.json").write_text("nonsense")
    assert "repair it: footnote check" in footnote("search", "drum", home=own_home).stderr
    assert footnote("check", home=own_home).stdout.splitlines() == [
        "5 papers missing from the word index: repaired",
    ]
    assert footnote("check", home=own_home).stdout == "sound: 5 papers, both indexes hold all of them\n"


def test_rebuilding_makes_an_index_of_another_kind_usable(own_home: Path) -> None:
    change_manifest(own_home, "splitter", "another")
    assert "footnote check --rebuild" in footnote("search", "drum", home=own_home).stderr
    rebuilt = footnote("check", "--rebuild", home=own_home)
    assert (rebuilt.exit_code, rebuilt.stdout) == (0, "rebuilt the indexes of 5 papers\n")
    assert records(footnote("search", "drum", "-k", "1", "--json", home=own_home))[0]["id"] == "slow-drums"
