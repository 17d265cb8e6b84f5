"""Sentences of an abstract: offsets are exact for any text, and nothing is lost between them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.library.passages import split_passages
from rag.types import Paper, PaperId, Passage

# What makes sentence ends hard, to be mixed with anything at all.
_PIECES = st.sampled_from(
    [
        *("A word", "We gain 3.5% here. ", "(1) ", " 2) ", "(iv) ", "e.g. ", "et al. "),
        *("?! ", "… ", "“So.” ", "Ünï", "中文。", "😀"),
        *("\n\n", "\r\n", "\u2028", "\x85", "\x1c", "\u0301", " " * 40, "x" * 1_250, "ab " * 500),
    ]
)
_ABSTRACTS = st.lists(_PIECES | st.text(), max_size=12).map("".join)


def _split(abstract: str) -> tuple[Passage, ...]:
    return split_passages(Paper(PaperId("a-paper"), "A Paper", abstract))


def _texts(abstract: str) -> list[str]:
    return [passage.text for passage in _split(abstract)]


@settings(deadline=None)
@given(_ABSTRACTS)
def test_passages_are_the_words_between_their_offsets(abstract: str) -> None:
    passages = _split(abstract)
    assert [p.text for p in passages] == [abstract[p.start : p.end] for p in passages]
    assert [p.ordinal for p in passages] == list(range(len(passages)))
    assert all(p.text.strip() for p in passages)


@settings(deadline=None)
@given(_ABSTRACTS)
def test_passages_follow_each_other_with_only_white_space_between(abstract: str) -> None:
    end = 0
    for passage in _split(abstract):
        assert passage.start >= end
        assert not abstract[end : passage.start].strip()
        end = passage.end
    assert not abstract[end:].strip()


@settings(deadline=None)
@given(_ABSTRACTS)
def test_no_passage_is_longer_than_the_encoder_reads_well(abstract: str) -> None:
    assert all(len(text) <= 1_200 for text in _texts(abstract))


@pytest.mark.parametrize("marker", ["(1)", "2)", "(a)", "(iii)", "v)"])
def test_a_list_marker_hides_no_sentence_end(marker: str) -> None:
    sentences = [
        f"We make two claims: {marker} The loss falls over many epochs.",
        "It does so on every river.",
        f"{marker} The memory stays flat.",
        "Nothing of it is lost at night.",
    ]
    assert _texts(" ".join(sentences)) == sentences


@pytest.mark.parametrize(
    "abbreviation", ["e.g. rivers", "i.e. rivers", "by Moss et al. on rivers", "3.5 rivers"]
)
def test_an_abbreviation_or_number_ends_no_sentence(abbreviation: str) -> None:
    sentence = f"The model maps water, {abbreviation} and small lakes, from far above."
    assert _texts(sentence) == [sentence]


def test_a_name_with_a_dot_inside_ends_no_sentence_where_it_stands_twice() -> None:
    name = "We take Leaf.Net as it is today. Our Leaf.Net model is trained on photographs of trees."
    lost = "We photograph trees in winter.Our model is trained on photographs of trees."
    assert _texts(name) == ["We take Leaf.Net as it is today.", name[33:]]
    assert _texts(lost) == ["We photograph trees in winter.", lost[30:]]


def test_a_title_tells_a_name_with_a_dot_inside() -> None:
    abstract = (
        "We read the veins of leaves by tracing. Our Leaf.Net model is trained on photographs of trees."
    )
    paper = Paper(PaperId("a"), "Leaf.Net: Trees by Leaves", abstract)
    assert [p.text for p in split_passages(paper)][1].startswith("Our Leaf.Net model")


def test_a_fragment_stays_with_the_sentence_before_it() -> None:
    assert _texts("The lamp shines on the empty desk all night. It works.") == [
        "The lamp shines on the empty desk all night. It works."
    ]


def test_a_giant_sentence_is_cut_at_white_space() -> None:
    words = " ".join(f"word{n}" for n in range(2_000))
    texts = _texts(words)
    assert len(texts) > 10
    assert " ".join(texts) == words


def test_a_giant_word_is_cut_where_it_must_be() -> None:
    assert _texts("x" * 3_000) == ["x" * 1_200, "x" * 1_200, "x" * 600]


@pytest.mark.parametrize("abstract", ["", "   ", "\n\t"])
def test_an_abstract_without_words_has_no_passages(abstract: str) -> None:
    assert _texts(abstract) == []
