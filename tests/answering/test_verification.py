"""What a sentence must hold to be shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rag.answering.verification import check_sentence, read_numbers
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


def _is_supported(text: str, *cited: Paper, question: str = "") -> bool:
    return check_sentence(text, cited, question=question).supported


def test_a_quote_is_supported() -> None:
    assert _is_supported("The data set holds 12,400 images of 85 species.", _TREES)


def test_a_true_paraphrase_is_supported() -> None:
    assert _is_supported("Bark and leaf photos tell 85 tree species apart.", _TREES)


def test_a_number_may_be_spelled_otherwise() -> None:
    assert _is_supported("Its data set has 12400 images of trees.", _TREES)


def test_an_altered_number_is_refused_by_name() -> None:
    support = check_sentence("The data set holds 12,500 images of 85 species.", [_TREES], question="")
    assert (support.supported, support.reason) == (False, "the number 12500 does not stand in what it cites")


@given(number=st.integers(0, 10**9).filter(lambda number: number not in {85, 12_400}))
def test_no_other_number_passes(number: int) -> None:
    assert not _is_supported(f"The data set holds {number:,} images of tree species.", _TREES)


def test_a_number_of_a_paper_that_is_not_cited_is_refused() -> None:
    assert not _is_supported("Slow Drums separates the drum track on 85 records.", _DRUMS)


def test_several_cited_papers_count_together() -> None:
    assert _is_supported("There are 85 species of tree and 78 rpm drum records.", _TREES, _DRUMS)


def test_without_a_source_nothing_is_supported() -> None:
    support = check_sentence("The data set holds 12,400 images.", [], question="")
    assert (support.supported, support.reason) == (False, "it cites no source that was shown")


def test_words_that_stand_nowhere_are_refused() -> None:
    assert not _is_supported("Bark tells when rivers flood the northern valleys.", _TREES)


def test_words_of_the_question_may_be_repeated() -> None:
    asked = "Which papers help forest rangers in the field?"
    assert _is_supported("Bark and leaf photos help forest rangers in the field.", _TREES, question=asked)


def test_a_number_of_the_question_needs_a_source_too() -> None:
    asked = "How do bark and leaf photos reach 99.9% on 85 species?"
    assert not _is_supported("Bark and leaf photos reach 99.9% on 85 species.", _TREES, question=asked)


def test_a_paper_that_shares_nothing_with_the_sentence_is_not_cited() -> None:
    support = check_sentence("Experts labelled each image twice.", [_DRUMS, _TREES], question="")
    assert [paper.id for paper, _ in support.evidence] == [_TREES.id]


def test_evidence_is_the_passage_that_holds_the_words() -> None:
    support = check_sentence("Experts labelled each image twice.", [_TREES], question="")
    ((_, evidence),) = support.evidence
    assert [e.quote for e in evidence] == ["Experts labelled every image twice."]


@given(text=st.text(max_size=80))
def test_evidence_of_any_sentence_is_exact(text: str) -> None:
    support = check_sentence(text, [_TREES, _DRUMS], question="")
    for paper, evidence in support.evidence:
        assert evidence
        assert all(paper.abstract[e.start : e.end] == e.quote for e in evidence)


@given(text=st.text(alphabet="0123456789.,-x% ٣⁵½", max_size=400))
def test_numbers_of_any_text_can_be_read(text: str) -> None:
    assert all(number for number in read_numbers(text))
