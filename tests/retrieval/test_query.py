"""Questions as they are typed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import QuestionError
from rag.retrieval.query import LONGEST_QUESTION, read_question


@pytest.mark.parametrize("typed", ["", "   ", "\n\t\r", "\u200b\u200e", "\x00\x07", "\ud800"])
def test_nothing_to_read_is_an_error_with_an_example(typed: str) -> None:
    with pytest.raises(QuestionError, match="ask something like"):
        read_question(typed)


def test_the_longest_question_is_read() -> None:
    assert len(read_question("x" * LONGEST_QUESTION)) == 20_000


def test_a_question_of_2000_english_words_is_read() -> None:
    assert len(read_question("rivers carve valleys " * 667).split()) == 2_001


def test_one_character_more_is_refused() -> None:
    with pytest.raises(QuestionError, match="20,001"):
        read_question("x" * (LONGEST_QUESTION + 1))


def test_direction_marks_are_taken_out() -> None:
    assert read_question("which \u202epapers\u202c?") == "which papers?"


def test_letters_of_other_scripts_stay() -> None:
    assert read_question("أي أوراق 🙂 局部?") == "أي أوراق 🙂 局部?"


@given(st.text(min_size=1, max_size=60))
def test_what_was_read_reads_the_same_again(typed: str) -> None:
    try:
        once = read_question(typed)
    except QuestionError:
        return
    assert read_question(once) == once == unicodedata.normalize("NFC", once)
    assert once.isprintable()
