"""The thesaurus lends a question words of its topics, and the bundled one keeps to its own form."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.library.lexical import stems
from rag.retrieval.related_words import Entry, Thesaurus, bundled_thesaurus, parse_thesaurus

_MOST = 50
_SONGS = Entry(("bird songs", "telling birds by their calls"), ("spectrogram", "acoustic monitoring"))
_TREES = Entry(("tree species",), ("bark", "leaf shape"))


@pytest.fixture(scope="module")
def thesaurus() -> Thesaurus:
    return Thesaurus((_SONGS, _TREES))


def test_a_topic_lends_its_words_to_a_question_that_holds_none_of_them(thesaurus: Thesaurus) -> None:
    related = thesaurus.related("who listens to the calls of animals?", most=_MOST)
    assert ("spectrogram",) in related
    assert ("acoust", "monitor") in related
    assert ("bark",) not in related


def test_the_first_term_weighs_more_than_the_second_and_a_phrase_more_than_its_words(
    thesaurus: Thesaurus,
) -> None:
    related = thesaurus.related("birds", most=_MOST)
    assert related["spectrogram",] > related["acoust", "monitor"] > related["monitor",] > 0


def test_a_topic_that_fits_less_lends_less(thesaurus: Thesaurus) -> None:
    related = thesaurus.related("songs of birds in a tree", most=_MOST)
    assert related["spectrogram",] > related["bark",] > 0


def test_a_topic_is_found_by_the_words_of_abstracts_too(thesaurus: Thesaurus) -> None:
    assert ("bird", "song") in thesaurus.related("spectrograms", most=_MOST)


@pytest.mark.parametrize("text", ["", "?", "which papers", "accountancy", "天"])
def test_no_topic_lends_nothing(thesaurus: Thesaurus, text: str) -> None:
    assert thesaurus.related(text, most=_MOST) == {}


@settings(max_examples=50, deadline=None)
@given(text=st.text(max_size=60))
def test_any_text_gets_weighted_stems_heaviest_first(text: str) -> None:
    related = bundled_thesaurus().related(text, most=_MOST)
    assert all(weight > 0 and phrase and all(phrase) for phrase, weight in related.items())
    assert len(related) <= _MOST
    assert list(related.values()) == sorted(related.values(), reverse=True)


def _sheets() -> list[str]:
    return sorted(sheet.name for sheet in (files("rag.retrieval") / "thesaurus").iterdir())


@pytest.mark.parametrize("name", _sheets())
def test_each_line_names_a_topic_and_its_words(name: str) -> None:
    lines = (files("rag.retrieval") / "thesaurus" / name).read_text(encoding="utf-8").splitlines()
    wrong = [line for line in lines if line.count(" = ") != 1]
    assert not wrong
    entries = list(parse_thesaurus(lines))
    assert [
        entry for entry in entries if not (2 <= len(entry.names) <= 6 and 8 <= len(entry.terms) <= 20)
    ] == []
    assert [entry for entry in entries if not all(stems(part) for part in (*entry.names, *entry.terms))] == []


def test_no_two_entries_begin_with_the_same_name() -> None:
    sheets = files("rag.retrieval") / "thesaurus"
    lines = [line for name in _sheets() for line in (sheets / name).read_text(encoding="utf-8").splitlines()]
    names = [entry.names[0].lower() for entry in parse_thesaurus(lines)]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []
