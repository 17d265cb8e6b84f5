"""The word index: stems and rarity decide, and nothing a user types is an operator."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.errors import LibraryDamaged, LibraryUnwritable
from rag.library.lexical import STOP_WORDS, LexicalIndex, content_terms, stems
from rag.types import Paper, PaperId

_BRIDGES = Paper(PaperId("bridges"), "Bridges in Wind", "Steel cables sway and are damped by springs.")
_OWLS = Paper(PaperId("owls"), "Owls at Night", "They hunt mice by ear and fly without a sound.")
_NOISE = Paper(PaperId("noise"), "City Noise", "Microphones count cars. An owl was heard once.")
_SYNTAX = (
    "AND",
    "OR",
    "NOT",
    "+",
    "-",
    "*",
    "~",
    "^",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    '"',
    "'",
    ":",
    "\\",
    "/",
)
_OPERATORS = st.sampled_from([*_SYNTAX, "text:", "id:owls", "owl", "TO", "IN", "?", "&&", "||", "\x00", " "])


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    built = LexicalIndex(tmp_path / "words")
    built.add([_BRIDGES, _OWLS, _NOISE])
    return built


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.lists(_OPERATORS | st.text(), max_size=20).map("".join))
def test_any_text_can_be_searched(index: LexicalIndex, text: str) -> None:
    scores = index.search(text, depth=10)
    assert all(score > 0 for score in scores.values())


@pytest.mark.parametrize(
    "question",
    [
        "owl AND zebra",
        "NOT owl",
        "-owl",
        "+zebra owl",
        '"owl zebra"',
        "title:owl",
        "text:owl",
        "(owl",
        "owl~2",
        "owl^9",
        "owl)",
        "{owl TO owl}",
        "owl\\",
    ],
)
def test_query_syntax_is_read_as_words(index: LexicalIndex, question: str) -> None:
    assert index.search(question, depth=10) == index.search("owl", depth=10)


@pytest.mark.parametrize("question", ["id:bridges", "ow*", "o?l", "/ow.*/", "awl~1", "*"])
def test_no_field_or_pattern_reaches_beyond_the_words(index: LexicalIndex, question: str) -> None:
    assert "owls" not in index.search(question, depth=10)


@pytest.mark.parametrize("question", ["hunting mouse-like owls", "DAMPING a cable", "dämped spring"])
def test_words_match_by_their_stems(index: LexicalIndex, question: str) -> None:
    assert index.search(question, depth=1)


def test_a_word_of_the_title_counts_more_than_one_of_the_abstract(tmp_path: Path) -> None:
    index = LexicalIndex(tmp_path / "words")
    in_title = Paper(PaperId("title"), "Harbour Walls", "Stones hold back the sea.")
    in_abstract = Paper(PaperId("abstract"), "Stones Hold", "Harbour walls back the sea.")
    index.add([in_abstract, in_title])
    assert list(index.search("harbour", depth=2)) == ["title", "abstract"]


def test_a_rare_word_weighs_more_than_a_common_one(index: LexicalIndex) -> None:
    index.add(replace(_NOISE, id=PaperId(f"noise-{n}")) for n in range(5))
    assert next(iter(index.search("cars or cables", depth=10))) == "bridges"
    weights = index.rarity(["zebra", "cabl", "car"])
    assert weights["zebra"] > weights["cabl"] > weights["car"] > 0


def test_rarity_stays_positive_when_papers_were_removed(index: LexicalIndex) -> None:
    index.remove([_OWLS.id, _NOISE.id])
    assert index.rarity(["owl"])["owl"] > 0


@pytest.mark.parametrize("question", ["", "  ", "?!", "which of the papers", " ".join(sorted(STOP_WORDS))])
def test_a_question_without_content_words_finds_nothing(index: LexicalIndex, question: str) -> None:
    assert content_terms(question) == []
    assert index.search(question, depth=10) == {}


def test_stop_words_are_left_out_of_questions_but_not_of_texts() -> None:
    assert content_terms("How do owls fly without the moon?") == ["owl", "fli", "without", "moon"]
    assert stems("not the owls") == ["not", "the", "owl"]


def test_the_best_come_first_and_no_more_than_asked_for(index: LexicalIndex) -> None:
    scores = index.search("an owl that was heard by microphones", depth=10)
    assert list(scores) == ["noise", "owls"]
    assert list(scores.values()) == sorted(scores.values(), reverse=True)
    assert list(index.search("an owl that was heard by microphones", depth=1)) == ["noise"]


def test_an_update_replaces_what_was_there(index: LexicalIndex) -> None:
    index.add([replace(_OWLS, title="Bats at Night", abstract="They hunt moths.")])
    assert index.search("mice", depth=10) == {}
    assert list(index.search("bats and moths", depth=10)) == ["owls"]
    assert index.count() == 3


def test_a_removed_paper_is_not_found(index: LexicalIndex) -> None:
    index.remove([_OWLS.id, PaperId("never-there")])
    assert "owls" not in index.search("owl mice", depth=10)
    assert set(index.ids()) == {"bridges", "noise"}


def test_an_id_is_a_whole_not_words(index: LexicalIndex) -> None:
    odd = replace(_BRIDGES, id=PaperId("The Bridges, Part 2"))
    index.add([odd])
    index.remove([PaperId("bridges")])
    assert odd.id in set(index.ids())


def test_all_ids_are_listed_beyond_one_page(index: LexicalIndex) -> None:
    index.add(replace(_OWLS, id=PaperId(f"owls-{n}")) for n in range(2_100))
    ids = list(index.ids())
    assert len(ids) == len(set(ids)) == index.count() == 2_103


def test_a_cleared_index_is_empty(index: LexicalIndex) -> None:
    index.clear()
    assert (index.count(), list(index.ids()), index.search("owl", depth=10)) == (0, [], {})


def test_a_second_reader_sees_what_was_written_after_it_opened(tmp_path: Path, index: LexicalIndex) -> None:
    reader = LexicalIndex(tmp_path / "words")
    index.add([Paper(PaperId("kites"), "Kites", "String and paper.")])
    assert list(reader.search("kite", depth=10)) == ["kites"]


def test_an_unreadable_index_is_reported_and_replaced_only_when_rebuilding(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "meta.json").write_text("nonsense")
    with pytest.raises(LibraryDamaged, match="repair it: footnote check"):
        LexicalIndex(tmp_path / "words")
    assert LexicalIndex(tmp_path / "words", rebuilding=True).count() == 0


def _crowd(index: LexicalIndex, count: int) -> list[PaperId]:
    """Many papers on owls, each longer than the one before, so that BM25 puts them in order."""
    papers = [replace(_OWLS, id=PaperId(f"o{n}"), abstract="owl " + "sky " * (n + 5)) for n in range(count)]
    index.add(papers)
    return [paper.id for paper in papers]


@pytest.mark.parametrize("size", [1, 5, 40, 390], ids=lambda size: f"{size} of 400")
def test_a_search_within_a_set_finds_what_a_search_of_everything_would_keep(
    index: LexicalIndex, size: int
) -> None:
    crowd = _crowd(index, 400)
    within = frozenset(crowd[-size:])  # the ones that a search of everything puts last
    everything = index.search("owls in the sky", depth=1_000)
    found = index.search("owls in the sky", depth=10, within=within)
    expected = {name: score for name, score in everything.items() if name in within}
    assert found == pytest.approx(dict(list(expected.items())[:10]))
    assert list(found) == list(expected)[:10]


def test_nothing_is_found_within_an_empty_set(index: LexicalIndex) -> None:
    assert index.search("owls", depth=10, within=frozenset()) == {}


def test_telling_terms_are_frequent_here_and_rare_elsewhere(index: LexicalIndex) -> None:
    index.add([replace(_OWLS, id=PaperId("more"), abstract="Owl after owl hunts. An owl, unmatched, hunts.")])
    terms = index.telling_terms("Owls: an owl hunts at night. Zebra, unmatched.", most=3)
    assert list(terms) == ["owl", "hunt", "night"]
    assert list(terms.values()) == sorted(terms.values(), reverse=True)


def test_an_index_that_cannot_be_written_is_told_with_what_to_do(
    tmp_path: Path, papers: tuple[Paper, ...]
) -> None:
    index = LexicalIndex(tmp_path / "words")
    shutil.rmtree(tmp_path / "words")
    with pytest.raises(
        LibraryUnwritable, match=r"cannot be written .*; nothing is lost, go on: footnote add"
    ):
        index.add(papers)
