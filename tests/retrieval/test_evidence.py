"""Evidence: exact words, the best first, a second piece only for what the first one lacks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rag.library.passages import split_passages
from rag.retrieval.evidence import QuestionWords, choose_evidence, paper_coverage
from rag.types import Paper, PaperId

_ABSTRACT = (
    "Patches are matched by local features. A second branch adds global features of the scene. "
    "The code will be released to everyone."
)
_FRAGMENTS = st.sampled_from(
    [
        "local features",
        "e.g. a test",
        "3.5%",
        "(1) the first",
        "Über",
        "🙂",
        "مرحبا",
        "x" * 700,
        ".",
        "? ",
        "\n",
    ]
)
_ABSTRACTS = st.one_of(st.text(max_size=200), st.lists(_FRAGMENTS, max_size=30).map(" ".join))


def _paper(abstract: str, *, title: str = "Two Branches") -> Paper:
    return Paper(PaperId("a"), title, abstract)


def _words(**weights: float) -> QuestionWords:
    return QuestionWords(weights)


@given(
    abstract=_ABSTRACTS,
    cosines=st.dictionaries(st.integers(0, 40), st.floats(-1, 1)),
    most=st.integers(1, 4),
)
def test_evidence_is_cut_exactly_from_any_abstract(
    abstract: str, cosines: dict[int, float], most: int
) -> None:
    evidence = choose_evidence(_paper(abstract), _words(local=1.0, featur=2.0), cosines, most=most)
    assert bool(abstract.strip()) <= len(evidence) <= most
    assert len({e.start for e in evidence}) == len(evidence)
    assert all(abstract[e.start : e.end] == e.quote and 0 <= e.score <= 1 for e in evidence)


def test_a_second_piece_is_taken_for_the_words_that_the_first_lacks() -> None:
    evidence = choose_evidence(_paper(_ABSTRACT), QuestionWords({"local": 2.0, "global": 1.0}), {}, most=2)
    assert [e.quote.split()[0] for e in evidence] == ["Patches", "A"]


def test_one_piece_is_enough_where_it_says_all() -> None:
    evidence = choose_evidence(_paper(_ABSTRACT), _words(patch=1.0, local=1.0), {}, most=2)
    assert [e.quote.split()[0] for e in evidence] == ["Patches"]


def test_nearness_decides_where_no_word_is_shared() -> None:
    evidence = choose_evidence(_paper(_ABSTRACT), _words(licence=1.0), {0: 0.1, 1: 0.2, 2: 0.7}, most=1)
    assert evidence[0].quote == "The code will be released to everyone."


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    paper = _paper("The common features are described here. A rare gazelle is described here.")
    evidence = choose_evidence(paper, _words(featur=0.5, gazell=4.0), {}, most=1)
    assert "gazelle" in evidence[0].quote


def test_the_title_counts_towards_coverage() -> None:
    paper = _paper("It is described in full here.", title="Gazelle Tracks")
    words = _words(gazell=1.0, track=1.0)
    assert paper_coverage(paper, words) == 1.0


def test_a_question_without_topic_words_covers_nothing() -> None:
    assert paper_coverage(_paper(_ABSTRACT), _words()) == 0.0


def test_a_passage_without_a_vector_is_judged_by_its_words() -> None:
    paper = _paper(_ABSTRACT)
    last = split_passages(paper)[-1]
    evidence = choose_evidence(paper, _words(code=1.0, releas=1.0), {0: 0.3}, most=1)
    assert (evidence[0].start, evidence[0].end) == (last.start, last.end)
