"""Evidence: exact words, the best first, a second piece only for what the first one lacks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.library.lexical import stems
from rag.library.passages import split_passages
from rag.retrieval.evidence import QuestionWords, show
from rag.types import Evidence, Paper, PaperId

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


def _shown(paper: Paper, words: QuestionWords, cosines: list[float], *, most: int) -> tuple[Evidence, ...]:
    return show([paper], words, {paper.id: cosines}, most=most).evidence[0]


@given(
    abstract=_ABSTRACTS,
    cosines=st.lists(st.floats(-1, 1), max_size=40),
    most=st.integers(1, 4),
)
def test_evidence_is_cut_exactly_from_any_abstract(abstract: str, cosines: list[float], most: int) -> None:
    evidence = _shown(_paper(abstract), _words(local=1.0, featur=2.0), cosines, most=most)
    assert bool(abstract.strip()) <= len(evidence) <= most
    assert len({e.start for e in evidence}) == len(evidence)
    assert all(abstract[e.start : e.end] == e.quote and 0 <= e.score <= 1 for e in evidence)


def test_a_second_piece_is_taken_for_the_words_that_the_first_lacks() -> None:
    evidence = _shown(_paper(_ABSTRACT), QuestionWords({"local": 2.0, "global": 1.0}), [], most=2)
    assert [e.quote.split()[0] for e in evidence] == ["Patches", "A"]


def test_of_passages_that_hold_the_same_words_the_one_with_lent_words_is_taken() -> None:
    paper = _paper("We sort drums by ear. We sort drums in spectrograms of old records.")
    words = {"sort": 1.0, "drum": 2.0}
    first = [
        _shown(paper, one, [], most=1)[0]
        for one in (QuestionWords(words), QuestionWords(words, lent={"spectrogram": 1.0}))
    ]
    assert [evidence.start for evidence in first] == [0, 22]
    assert first[0].score == first[1].score


def test_lent_words_do_not_count_as_the_question_s_own() -> None:
    paper = _paper("We sort drums by ear. We draw spectrograms.")
    plain, lent = (
        show([paper], QuestionWords({"drum": 1.0}, lent=lent), {}, most=2)
        for lent in ({}, {"spectrogram": 1.0})
    )
    assert (plain.coverage, plain.best_coverage) == (lent.coverage, lent.best_coverage)


def test_one_piece_is_enough_where_it_says_all() -> None:
    evidence = _shown(_paper(_ABSTRACT), _words(patch=1.0, local=1.0), [], most=2)
    assert [e.quote.split()[0] for e in evidence] == ["Patches"]


def test_nearness_decides_where_no_word_is_shared() -> None:
    evidence = _shown(_paper(_ABSTRACT), _words(licence=1.0), [0.1, 0.2, 0.7], most=1)
    assert evidence[0].quote == "The code will be released to everyone."


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    paper = _paper("The common features are described here. A rare gazelle is described here.")
    evidence = _shown(paper, _words(featur=0.5, gazell=4.0), [], most=1)
    assert "gazelle" in evidence[0].quote


def test_the_title_counts_towards_coverage() -> None:
    paper = _paper("It is described in full here.", title="Gazelle Tracks")
    words = _words(gazell=1.0, track=1.0)
    assert show([paper], words, {}, most=1).coverage.tolist() == [1.0]


def test_a_question_without_topic_words_covers_nothing() -> None:
    assert show([_paper(_ABSTRACT)], _words(), {}, most=1).coverage.tolist() == [0.0]


def test_a_passage_without_a_vector_is_judged_by_its_words() -> None:
    paper = _paper(_ABSTRACT)
    last = split_passages(paper)[-1]
    evidence = _shown(paper, _words(code=1.0, releas=1.0), [0.3], most=1)
    assert (evidence[0].start, evidence[0].end) == (last.start, last.end)


@given(abstracts=st.lists(_ABSTRACTS, max_size=5), cosines=st.lists(st.floats(-1, 1), max_size=40))
def test_what_a_paper_shows_does_not_depend_on_the_papers_beside_it(
    abstracts: list[str], cosines: list[float]
) -> None:
    papers = [Paper(PaperId(f"p{n}"), "Local Test", abstract) for n, abstract in enumerate(abstracts)]
    words = QuestionWords({"local": 1.0, "featur": 2.0, "test": 0.3}, wants_number=True)
    near = {paper.id: cosines for paper in papers[::2]}
    together = show(papers, words, near, most=4)
    alone = [show([paper], words, near, most=4) for paper in papers]
    assert together.evidence == tuple(one.evidence[0] for one in alone)
    assert together.coverage.tolist() == [float(one.coverage[0]) for one in alone]
    assert together.best_coverage.tolist() == [float(one.best_coverage[0]) for one in alone]


@given(abstract=_ABSTRACTS)
def test_coverage_counts_the_words_of_title_and_abstract(abstract: str) -> None:
    paper, weights = _paper(abstract, title="A Local Title"), {"local": 1.0, "featur": 2.0, "test": 0.5}
    shown = show([paper], QuestionWords(weights), {}, most=1)
    held = {stem for stem in weights if stem in stems(f"{paper.title} {abstract}")}
    passages = [sum(weights[s] for s in weights if s in stems(p.text)) for p in split_passages(paper)]
    assert shown.coverage.tolist() == pytest.approx([sum(weights[stem] for stem in held) / 3.5])
    assert shown.best_coverage.tolist() == pytest.approx([max(passages, default=0.0) / 3.5])
