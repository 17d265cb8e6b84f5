"""The thesaurus lends a question words of its topics, and the bundled one keeps to its own form."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.library.lexical import stems
from rag.retrieval.related_words import Entry, Thesaurus, bundled_thesaurus, parse_thesaurus

_MOST = 50
_SONGS = Entry(("bird songs", "telling birds by their calls"), ("spectrogram", "acoustic monitoring"))
_TREES = Entry(("tree species",), ("bark", "leaf shape"))


def _sheets() -> list[str]:
    return sorted(sheet.name for sheet in (files("rag.retrieval") / "thesaurus").iterdir())


def _lines_of(name: str) -> list[str]:
    return (files("rag.retrieval") / "thesaurus" / name).read_text(encoding="utf-8").splitlines()


def _entries_of(name: str) -> list[Entry]:
    return list(parse_thesaurus(_lines_of(name)))


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


def test_a_topic_that_only_mentions_a_word_lends_nothing() -> None:
    entry = Entry(
        ("turning day into night", "translation of pictures"), ("zebra", "season", "style", "cycle", "pairs")
    )
    assert Thesaurus((entry,)).related("zebras", most=_MOST) == {}
    assert Thesaurus((entry,)).related("zebras at night when day turns", most=_MOST)


def test_words_that_only_ask_find_no_topic(thesaurus: Thesaurus) -> None:
    assert thesaurus.related("which studies look at this approach?", most=_MOST) == {}


def test_nearly_every_topic_lends_its_words_to_its_own_name() -> None:
    entries = [entry for name in _sheets() for entry in _entries_of(name)]
    silent = [entry.names[0] for entry in entries if not bundled_thesaurus().related(entry.names[0], most=1)]
    assert len(silent) <= 3


_TOPICAL = st.sampled_from(
    [
        "grokking",
        "sycophancy",
        "splatting",
        "retrieval",
        "of",
        "images",
        "with",
        "local",
        "and",
        "global",
        "features",
        "without",
        "labels",
        "3D",
        "zebras",
    ]
)


@settings(max_examples=50, deadline=None)
@given(text=st.one_of(st.text(max_size=60), st.lists(_TOPICAL, min_size=1, max_size=9).map(" ".join)))
def test_any_text_gets_weighted_stems_heaviest_first(text: str) -> None:
    related = bundled_thesaurus().related(text, most=_MOST)
    assert all(weight > 0 and phrase and all(phrase) for phrase, weight in related.items())
    assert len(related) <= _MOST
    assert list(related.values()) == sorted(related.values(), reverse=True)


@pytest.mark.parametrize("name", _sheets())
def test_each_line_names_a_topic_and_its_words(name: str) -> None:
    assert [line for line in _lines_of(name) if line.count(" = ") != 1] == []
    entries = _entries_of(name)
    assert [one for one in entries if not (2 <= len(one.names) <= 6 and 8 <= len(one.terms) <= 20)] == []
    assert [one for one in entries if not all(stems(part) for part in (*one.names, *one.terms))] == []


def test_no_two_entries_begin_with_the_same_name() -> None:
    names = Counter(entry.names[0].lower() for sheet in _sheets() for entry in _entries_of(sheet))
    assert [name for name, count in names.items() if count > 1] == []
