"""Wording: what is searched for may lose slips and exclusions, never the topic that was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from string import ascii_lowercase, ascii_uppercase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.library.encoder import Encoder
from rag.library.library import Library
from rag.retrieval.spelling import mend_slips
from rag.retrieval.wording import leave_out_unwanted, spell_out, word_search
from rag.settings import WordingSettings
from rag.types import Paper
from tests.conftest import paper

_LEFT_OUT = {
    "Which works rank passages? I do not want picture search.": "Which works rank passages?",
    "methods for unseen classes - please leave out surveys": "methods for unseen classes",
    "Papers on tree bark (excluding oak), with photos": "Papers on tree bark, with photos",
    "Leave out surveys. Which papers count drum beats?": "Which papers count drum beats?",
}
_WANTED = [
    "Which papers do not want labels?",
    "Leave out surveys",
    "excluding attention, please",
    "Why is attention left out of state space models?",
    "",
    "??",
]
_LEFT_ALONE = {
    "English words that the library lacks": "zebra kitchen philosophy",
    "names in capitals or camel case": "SPRASE ResNext AutoEncodder",
    "another language": "Schpärse codices über sparsität",
    "short words": "atuo cod",
    "nothing like it in the library": "xylqwertz foobarbazqux",
    "another first letter": "xparse",
    "words of the library": "autoencoders transcribing",
}
_FRAGMENTS = st.sampled_from(
    ["spasre", "SAE", "SAEs", ", please not ", "leave out ", ". ", "((", ",,", "é", "\x00"]
)


@pytest.fixture(scope="module")
def library(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder, papers: tuple[Paper, ...]
) -> Iterator[Library]:
    """The five papers, and three that explain short forms; words alone."""
    opened = Library(tmp_path_factory.mktemp("worded"), encoder=encoder)
    more = [
        paper("Few Codes", "A sparse autoencoder (SAE) reads the state of a model."),
        paper("More Codes", "Many a sparse autoencoder (SAE) is redundant."),
        paper("Other Codes", "A stacked audio encoder (SAE) hears birds."),
        paper("Rooms", "The space of a room, and the space of a hall. Each space has a door."),
        paper("Halls", "A space without doors is a hall."),
    ]
    opened.add([*papers, *more])
    yield opened
    opened.close()


@pytest.mark.parametrize(("question", "wanted"), _LEFT_OUT.items())
def test_what_is_not_wanted_is_left_out(question: str, wanted: str) -> None:
    assert leave_out_unwanted(question) == wanted


@pytest.mark.parametrize("question", _WANTED)
def test_a_question_that_would_lose_its_topic_stays_whole(question: str) -> None:
    assert leave_out_unwanted(question) == question


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("spase autoencoders", "sparse autoencoders"),
        ("a stack of spase autoencoders", "a stack of sparse autoencoders"),
        ("the spase of a room", "the space of a room"),
        ("spase", "space"),
    ],
)
def test_of_two_words_that_are_as_near_the_one_that_stands_beside_the_same_words_is_meant(
    library: Library, slip: str, meant: str
) -> None:
    assert mend_slips(slip, library) == meant


@pytest.mark.parametrize("mark", [",", "(", " -", " ;"])
def test_a_question_of_ten_thousand_marks_is_read(mark: str) -> None:
    question = f"local features {mark * (19_900 // len(mark))}x global"
    assert leave_out_unwanted(question) == question


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        pytest.param("spasre codes", "sparse codes", id="letters changed places"),
        pytest.param("Transcirbe drumz", "transcribe drums", id="one wrong letter"),
        pytest.param("which autoencodr is reduntant?", "which autoencoder is redundant?", id="two words"),
        pytest.param("autooncodre", "autoencoder", id="two errors in a long word"),
        pytest.param("stacekd", "stacked", id="in what the stemmer cuts off"),
        pytest.param("redundnat", "redundant", id="letters changed places at the end"),
    ],
)
def test_a_slip_is_mended(library: Library, slip: str, meant: str) -> None:
    assert mend_slips(slip, library) == meant


@pytest.mark.parametrize("text", _LEFT_ALONE.values(), ids=_LEFT_ALONE)
def test_what_may_be_meant_is_left_alone(library: Library, text: str) -> None:
    assert mend_slips(text, library) == text


def test_a_short_form_is_spelled_out_as_most_papers_do(library: Library) -> None:
    assert spell_out("What is an SAE for?", library) == "What is an SAE for? (sparse autoencoder)"


@pytest.mark.parametrize("text", ["a sparse autoencoder, or SAE", "What is NMT?", "a sae", ""])
def test_what_is_said_already_or_unknown_is_not_spelled_out(library: Library, text: str) -> None:
    assert spell_out(text, library) == text


def test_the_mended_question_and_the_text_to_search_for_are_told_apart(library: Library) -> None:
    wording = word_search("reduntant SAE - please leave out surveys", library, WordingSettings())
    assert wording.mended == "redundant SAE"
    assert wording.searched == "redundant SAE (sparse autoencoder)"


def test_rules_that_are_off_change_nothing(library: Library) -> None:
    text = "reduntant SAE - please leave out surveys"
    off = WordingSettings(leave_out=False, mend_slips=False, spell_out=False)
    wording = word_search(text, library, off)
    assert (wording.mended, wording.searched) == (text, text)


@settings(max_examples=50)
@given(st.lists(_FRAGMENTS | st.text(max_size=12), max_size=12).map("".join))
def test_any_text_can_be_worded(library: Library, text: str) -> None:
    wording = word_search(text, library, WordingSettings())
    assert wording.searched.startswith(wording.mended)


def test_of_2000_unknown_words_only_the_first_few_are_looked_up(library: Library) -> None:
    words = ["zq" + "".join(letters) for letters in islice(product(ascii_lowercase, repeat=3), 2_000)]
    assert mend_slips("reduntant", library) == "redundant"
    text = f"{' '.join(words)} reduntant"
    assert mend_slips(text, library) == text


def test_of_2000_short_forms_only_the_first_few_are_looked_up(library: Library) -> None:
    words = ["ZQ" + "".join(letters) for letters in islice(product(ascii_uppercase, repeat=3), 2_000)]
    text = f"{' '.join(words)} SAE"
    assert spell_out(text, library) == text
