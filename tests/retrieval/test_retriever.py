"""The search over small real libraries: three arms, real encoder, real stores."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from rag.errors import LibraryDamaged
from rag.library.lexical import content_terms
from rag.library.library import Library
from rag.retrieval.retriever import Retriever
from rag.settings import RetrievalSettings
from rag.types import Kind, Paper, Question, Ranking
from tests.conftest import paper

MakeLibrary = Callable[..., Library]

_ANSWERS = {
    "Which papers combine local and global features?": "twin-scale-fusion",
    "long sequences without attention": "patient-mamba",
    "How can a frozen backbone be adapted with prompts?": "quiet-prompts",
    "images of tree species": "bark-and-leaf",
    "transcribing drum beats": "slow-drums",
}
_ODD = {
    "emoji": "🙂🌳🖼️",
    "right to left": "أي أوراق تجمع بين السمات؟",
    "sql": "'; DROP TABLE papers; --",
    "html": "<script>alert('images')</script>",
    "query syntax": 'title:"image" AND (text:[a TO z] OR -leaf^9) ~*?',
    "a stop word": "the",
    "punctuation": "?!.,;:()[]{}",
    "long": "images of trees and drums " * 384,
    "one long word": "x" * 10_000,
}


def _search(library: Library, text: str, *, limit: int | None = None) -> Ranking:
    retriever = Retriever(library, RetrievalSettings())
    return retriever.search(Question(text, Kind.LIST, text), limit=limit)


def _ids(ranking: Ranking) -> list[str]:
    return [str(ranked.paper.id) for ranked in ranking.papers]


def _is_exact(ranking: Ranking) -> bool:
    return all(
        ranked.paper.abstract[e.start : e.end] == e.quote
        for ranked in ranking.papers
        for e in ranked.evidence
    )


def test_the_paper_that_answers_comes_first(shelf: Library) -> None:
    assert {question: _ids(_search(shelf, question))[0] for question in _ANSWERS} == _ANSWERS


def test_a_paper_carries_what_each_arm_gave_it(shelf: Library) -> None:
    ranking = _search(shelf, "images of tree species")
    best = ranking.papers[0].arms
    assert list(best) == ["words", "paper", "passage", "fused", "late"]
    assert best["words"] > 0
    assert -1 <= best["late"] <= 1
    assert ranking.similarity == pytest.approx(max(best["paper"], best["passage"]), abs=1e-4)
    assert ranking.index["model"] == shelf.encoder.model


def test_an_arm_that_saw_no_vector_gives_nothing(
    make_library: MakeLibrary, papers: tuple[Paper, ...]
) -> None:
    found = _search(make_library(*papers, indexed=False), "images of tree species").papers[0]
    assert list(found.arms) == ["words", "fused"]


def test_it_comes_first_by_its_words_alone(make_library: MakeLibrary, papers: tuple[Paper, ...]) -> None:
    library = make_library(*papers, indexed=False)
    assert {question: _ids(_search(library, question))[0] for question in _ANSWERS} == _ANSWERS


def test_a_question_in_other_words_finds_its_paper(shelf: Library) -> None:
    assert _ids(_search(shelf, "photographs of plants"))[0] == "bark-and-leaf"


def _night_shift(make_library: MakeLibrary, *, others: int) -> Library:
    calls = paper("Night Shift", "BirdCLEF and Xeno-canto give us vocalizations of bats.")
    loans = [paper(f"Loans {number}", "Banks lend to small firms.") for number in range(others)]
    return make_library(calls, *loans, indexed=False)


def test_a_set_question_finds_a_paper_by_what_abstracts_on_its_topic_say(make_library: MakeLibrary) -> None:
    library, asked = _night_shift(make_library, others=49), "listening to birds and whales"
    found = _search(library, asked).papers
    assert [(str(one.paper.id), list(one.arms)) for one in found] == [("night-shift", ["related", "fused"])]
    assert not Retriever(library, RetrievalSettings()).search(Question(asked, Kind.FACT, asked)).papers


def test_among_few_papers_no_words_are_lent(make_library: MakeLibrary) -> None:
    assert not _search(_night_shift(make_library, others=48), "listening to birds and whales").papers


def test_before_vectors_exist_the_words_rank_alone(
    make_library: MakeLibrary, papers: tuple[Paper, ...]
) -> None:
    ranking = _search(make_library(*papers, indexed=False), "local and global features")
    assert (ranking.searched, ranking.encoded, ranking.similarity) == (5, 0, None)


def test_a_new_paper_can_come_first_before_its_vectors_exist(
    make_library: MakeLibrary, papers: tuple[Paper, ...]
) -> None:
    library = make_library(*papers)
    library.add([paper("Hive Weights", "Bees come home heavy. Hive Weights reads honey stores from scales.")])
    ranking = _search(library, "bees and their honey")
    assert (_ids(ranking)[0], ranking.searched, ranking.encoded) == ("hive-weights", 6, 5)


def test_every_paper_has_exact_evidence(shelf: Library) -> None:
    ranking = _search(shelf, "features of images")
    assert all(ranked.evidence for ranked in ranking.papers)
    assert _is_exact(ranking)


def test_the_evidence_speaks_of_the_question(shelf: Library) -> None:
    best = _search(shelf, "local and global features").papers[0]
    assert best.evidence[0].quote.startswith("Twin Scale Fusion joins local features")


def test_ranks_count_up_as_scores_fall(shelf: Library) -> None:
    ranked = _search(shelf, "image features").papers
    assert [r.rank for r in ranked] == [1, 2, 3, 4, 5]
    assert [r.score for r in ranked] == sorted((r.score for r in ranked), reverse=True)


def test_a_search_can_be_repeated(shelf: Library) -> None:
    assert _search(shelf, "image features").papers == _search(shelf, "image features").papers


def test_the_limit_is_kept(shelf: Library) -> None:
    assert len(_search(shelf, "image features", limit=2).papers) == 2


def test_a_library_of_one_paper(make_library: MakeLibrary, papers: tuple[Paper, ...]) -> None:
    assert _ids(_search(make_library(papers[0]), "drums")) == ["twin-scale-fusion"]


def test_an_empty_library_gives_an_empty_ranking(make_library: MakeLibrary) -> None:
    ranking = _search(make_library(), "drums")
    assert (ranking.papers, ranking.searched, ranking.similarity, ranking.coverage) == ((), 0, None, 0.0)


def test_a_paper_that_only_the_indexes_know_is_left_out(
    make_library: MakeLibrary, papers: tuple[Paper, ...]
) -> None:
    library = make_library(*papers)
    library.catalogue.forget([papers[4].id])
    ranking = _search(library, "drums in old recordings")
    assert "slow-drums" not in _ids(ranking)
    assert [ranked.rank for ranked in ranking.papers] == [1, 2, 3, 4]


def test_a_removed_paper_does_not_speak_for_the_library(
    make_library: MakeLibrary, papers: tuple[Paper, ...]
) -> None:
    library = make_library(*papers)
    before = _search(library, "drums in old recordings").similarity
    library.remove([papers[4].id])
    after = _search(library, "drums in old recordings").similarity
    assert before is not None
    assert after is not None
    assert after < before


@pytest.mark.parametrize("question", _ODD.values(), ids=_ODD)
def test_an_odd_question_gets_an_orderly_ranking(
    shelf: Library, papers: tuple[Paper, ...], question: str
) -> None:
    ranking = _search(shelf, question)
    assert sorted(_ids(ranking)) == sorted(p.id for p in papers)
    assert all(math.isfinite(ranked.score) for ranked in ranking.papers)
    assert _is_exact(ranking)
    assert shelf.size() == 5


def test_words_stand_in_the_order_of_the_question_in_every_process(shelf: Library) -> None:
    asked = "drums trees patches images networks features models species sounds leaves"
    assert list(Retriever(shelf, RetrievalSettings()).words(asked).weights) == content_terms(asked)


def test_rare_words_weigh_more(make_library: MakeLibrary, papers: tuple[Paper, ...]) -> None:
    retriever = Retriever(make_library(*papers, indexed=False), RetrievalSettings())
    weights = retriever.words("images of drums").weights
    assert weights["drum"] > weights["imag"] > 0


def test_missing_vectors_are_an_error_that_names_the_repair(
    make_library: Callable[..., Library], papers: tuple[Paper, ...]
) -> None:
    library = make_library(*papers)
    library.dense.clear()
    with pytest.raises(LibraryDamaged, match="footnote check"):
        Retriever(library, RetrievalSettings()).search(Question("mamba", Kind.FACT, "mamba"))
