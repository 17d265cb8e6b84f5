"""What a sentence must hold to be shown, and what becomes of its citations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.checks.verification import Fault, check_sentence
from rag.types import Paper, PaperId

_TREES = Paper(
    PaperId("trees"),
    "Bark and Leaf",
    "Tree species are told apart from bark and leaf photos. The data set holds 12,400 images of 85 species. "
    "Experts labelled every image twice.",
)
_DRUMS = Paper(
    PaperId("drums"),
    "Slow Drums",
    "Slow Drums separates the drum track. Errors fall by half on 78 rpm records.",
)
_MIXED = Paper(
    PaperId("mixed"),
    "Drum Tracks",
    "Errors fall by half in 31 recordings of the drum track. Listeners, all of them trained musicians between "
    "twenty and seventy years of age, preferred the new version in 78 cases.",
)


def _is_supported(text: str, *cited: Paper, question: str = "") -> bool:
    return check_sentence(text, cited, question=question).supported


def _bearing(text: str, *cited: Paper, shown: tuple[Paper, ...] = ()) -> list[PaperId]:
    return [paper.id for paper, _ in check_sentence(text, cited, question="", shown=shown).evidence]


def test_the_reason_names_the_number_as_it_was_written() -> None:
    support = check_sentence("The data set holds 12,500 images of 85 species.", [_TREES], question="")
    assert support.reason == "the number 12,500 images does not stand in what it cites"


def test_the_reason_names_the_name() -> None:
    support = check_sentence("Experts of INaturalist labelled every image twice.", [_TREES], question="")
    assert support.reason == "the name INaturalist does not stand in what it cites"


@given(number=st.integers(13, 10**9).filter(lambda number: number not in {85, 12_400}))
def test_no_other_number_passes(number: int) -> None:
    assert not _is_supported(f"The data set holds {number:,} images of tree species.", _TREES)


def test_a_number_of_a_paper_that_is_not_cited_is_refused() -> None:
    assert not _is_supported("Slow Drums separates the drum track on 85 records.", _DRUMS)


def test_a_number_that_is_said_of_another_thing_is_refused() -> None:
    support = check_sentence("Errors fall by half in 78 recordings of the drum track.", [_MIXED], question="")
    assert support.fault is Fault.NUMBER


_RACES = Paper(
    PaperId("races"),
    "HareNet: Quick Trackers",
    "HareNet outperforms the best tortoise trackers on four courses. We find that sprinters are faster than "
    "climbers on flat ground, and our method beats earlier work on mud.",
)


@pytest.mark.parametrize(
    "text",
    [
        "The best tortoise trackers outperform HareNet on four courses.",
        "HareNet is outperformed by the best tortoise trackers on four courses.",
        "On flat ground, climbers are faster than sprinters.",
        "Earlier work beats HareNet on mud.",
    ],
)
def test_a_comparison_that_is_turned_round_is_refused(text: str) -> None:
    assert check_sentence(text, [_RACES], question="").fault is Fault.CONTRARY


@pytest.mark.parametrize(
    "text",
    [
        "HareNet beats the best tortoise trackers on four courses.",
        "The best tortoise trackers are outperformed by HareNet on four courses.",
        "Sprinters are faster than climbers on flat ground.",
        "On mud, HareNet beats earlier work.",
    ],
)
def test_a_comparison_told_in_another_order_is_no_contradiction(text: str) -> None:
    assert _is_supported(text, _RACES)


def test_the_name_of_a_paper_does_not_speak_for_what_is_said_of_it() -> None:
    support = check_sentence("Slow Drums is the best work ever written.", [_DRUMS], question="")
    assert support.fault is Fault.WORDS


def test_several_cited_papers_count_together() -> None:
    assert _is_supported("There are 85 species of tree and 78 rpm drum records.", _TREES, _DRUMS)


def test_without_a_source_nothing_is_supported() -> None:
    support = check_sentence("The data set holds 12,400 images.", [], question="")
    assert (support.supported, support.reason) == (False, "it cites no source that was shown")


def test_words_of_the_question_may_be_repeated() -> None:
    asked = "Which papers help forest rangers in the field?"
    assert _is_supported("Bark and leaf photos help forest rangers in the field.", _TREES, question=asked)


def test_a_sentence_of_nothing_but_the_question_is_refused() -> None:
    asked = "Do rivers flood the northern valleys in spring?"
    assert not _is_supported("Rivers flood the northern valleys in spring.", _TREES, question=asked)


def test_a_name_of_the_question_may_be_repeated() -> None:
    asked = "What does ARBOR hold?"
    assert _is_supported("ARBOR, a data set, holds 12,400 images of 85 species.", _TREES, question=asked)


def test_a_number_of_the_question_needs_a_source() -> None:
    asked = "How do bark and leaf photos reach 99.9% on 85 species?"
    assert not _is_supported("Bark and leaf photos reach 99.9% on 85 species.", _TREES, question=asked)


def test_a_cited_paper_that_does_not_bear_the_sentence_loses_its_number() -> None:
    assert _bearing("Experts labelled each image twice.", _DRUMS, _TREES) == [_TREES.id]


def test_a_wrong_citation_is_mended_by_a_source_that_was_shown() -> None:
    text = "Experts labelled each image twice."
    support = check_sentence(text, [_DRUMS], question="", shown=(_DRUMS, _TREES))
    assert (support.supported, support.added) == (True, frozenset({_TREES.id}))
    assert [paper.id for paper, _ in support.evidence] == [_TREES.id]


def test_a_missing_citation_is_added_and_reported() -> None:
    text = "Experts labelled each image twice."
    support = check_sentence(text, [], question="", shown=(_DRUMS, _TREES))
    assert (support.supported, support.added) == (True, frozenset({_TREES.id}))


def test_no_shown_source_bears_an_invented_sentence() -> None:
    support = check_sentence("Rivers flood the northern valleys.", [], question="", shown=(_DRUMS, _TREES))
    assert (support.supported, support.evidence) == (False, ())


def test_a_right_citation_is_left_alone() -> None:
    support = check_sentence(
        "Experts labelled each image twice.", [_TREES], question="", shown=(_TREES, _DRUMS)
    )
    assert (support.supported, support.added) == (True, frozenset())


def test_a_sentence_without_content_is_refused() -> None:
    assert not _is_supported("It is so.", _TREES)


def test_talk_about_the_answer_needs_no_source() -> None:
    support = check_sentence("Here is what I found:", [], question="")
    assert (support.supported, support.claims, support.evidence) == (True, False, ())


def test_talk_that_carries_a_claim_is_no_talk() -> None:
    support = check_sentence("Here is what I found: bark is edible.", [], question="")
    assert (support.supported, support.claims) == (False, True)


def test_evidence_is_the_passage_that_holds_the_words() -> None:
    ((_, evidence),) = check_sentence("Experts labelled each image twice.", [_TREES], question="").evidence
    assert [e.quote for e in evidence] == ["Experts labelled every image twice."]


@given(text=st.text(alphabet="0123456789.,-x% ٣⁵½", max_size=400))
def test_any_text_of_figures_can_be_checked(text: str) -> None:
    support = check_sentence(f"Experts labelled {text}", [_TREES], question="")
    assert support.supported is (support.fault is Fault.NONE)
