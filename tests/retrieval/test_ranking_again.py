"""The whole search over real libraries: what wording and the closer look at the best papers change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from rag.library.encoder import Encoder
from rag.library.library import Library
from rag.retrieval.retriever import Retriever
from rag.settings import FeatureWeights, RetrievalSettings, WordingSettings
from rag.types import Kind, Paper, Question, Ranking
from tests.conftest import paper

MakeLibrary = Callable[..., Library]

_CODES = (
    paper("Few Codes", "A sparse autoencoder (SAE) reads the inner state of a language model."),
    paper("Bird Pumps", "Old pumps are loud. We hear birds in spite of them with two microphones."),
    paper("Survey of Wells", "A survey of pumps, wells and of what is known about them for farmers."),
)
_NO_WORDING = WordingSettings(leave_out=False, mend_slips=False, spell_out=False)
_FIRST_ALONE = RetrievalSettings(
    wording=_NO_WORDING, one_paper=FeatureWeights(late=0.0), many_papers=FeatureWeights(late=0.0)
)


class _Another(Encoder):
    """The bundled encoder under another name."""

    model = "another-model"


@pytest.fixture(scope="module")
def library(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder, papers: tuple[Paper, ...]
) -> Iterator[Library]:
    """Eight papers with their vectors, for tests that only read."""
    opened = Library(tmp_path_factory.mktemp("again"), encoder=encoder)
    opened.add([*papers, *_CODES])
    list(opened.index())
    yield opened
    opened.close()


def _search(
    library: Library, text: str, settings: RetrievalSettings | None = None, kind: Kind = Kind.LIST
) -> Ranking:
    return Retriever(library, settings or RetrievalSettings()).search(Question(text, kind, text))


def _ids(ranking: Ranking) -> Sequence[str]:
    return [str(ranked.paper.id) for ranked in ranking.papers]


def test_an_abbreviation_finds_the_paper_that_spells_it_out(
    make_library: MakeLibrary, papers: tuple[Paper, ...]
) -> None:
    spelled = paper("Inner States", "Features of a model are told apart by a sparse autoencoder of 4k units.")
    ranking = _search(make_library(*papers, *_CODES, spelled), "Which papers use an SAE?")
    assert set(_ids(ranking)[:2]) == {"few-codes", "inner-states"}
    assert ranking.searched_for == "Which papers use an SAE? (sparse autoencoder)"


def test_where_one_paper_is_sought_short_forms_are_not_spelled_out(library: Library) -> None:
    assert _search(library, "What does an SAE read?", kind=Kind.FACT).searched_for == "What does an SAE read?"


def test_a_mistyped_word_finds_its_paper_and_its_evidence(library: Library) -> None:
    ranking = _search(library, "mircophones")
    assert _ids(ranking)[0] == "bird-pumps"
    assert "microphones" in ranking.papers[0].evidence[0].quote
    assert (ranking.searched_for, ranking.question.text) == ("microphones", "mircophones")


def test_what_is_not_wanted_is_not_pulled_up(library: Library) -> None:
    question = "Which papers hear birds beside pumps? Leave out surveys of wells and farmers."
    assert _ids(_search(library, question, _FIRST_ALONE))[0] == "survey-of-wells"
    assert _ids(_search(library, question))[0] == "bird-pumps"


def test_what_was_searched_for_is_the_question_where_nothing_was_changed(library: Library) -> None:
    assert _search(library, "local and global features").searched_for == "local and global features"


@pytest.mark.parametrize("kind", Kind)
def test_papers_without_kept_encodings_are_ranked_all_the_same(
    make_library: MakeLibrary, papers: tuple[Paper, ...], kind: Kind
) -> None:
    library = make_library(*papers)
    library.encodings.prune(papers[:1])
    ranking = _search(library, "drums in old recordings", kind=kind)
    assert sorted(_ids(ranking)) == sorted(one.id for one in papers)
    assert _ids(ranking)[0] == "slow-drums"


def test_late_interaction_orders_the_papers_of_a_fact_anew(library: Library) -> None:
    late = replace(_FIRST_ALONE, one_paper=FeatureWeights(late=5.0))
    question = "which method hears one sound beside another?"
    first = {r.paper.id: r.score for r in _search(library, question, _FIRST_ALONE, Kind.FACT).papers}
    again = {r.paper.id: r.score for r in _search(library, question, late, Kind.FACT).papers}
    assert first.keys() == again.keys()
    assert first != again


def test_the_learned_match_orders_the_papers_of_a_fact_anew(library: Library) -> None:
    learned = replace(_FIRST_ALONE, one_paper=FeatureWeights(late=0.0, match=1.0))
    first, again = (
        {r.paper.id: r.score for r in _search(library, "two microphones", settings, Kind.FACT).papers}
        for settings in (_FIRST_ALONE, learned)
    )
    assert first.keys() == again.keys()
    assert first != again


def test_the_learned_match_says_nothing_of_another_encoders_vectors(
    tmp_path: Path, papers: tuple[Paper, ...]
) -> None:
    another = Library(tmp_path / "another", encoder=_Another(threads=1))
    another.add(papers)
    list(another.index())
    learned = replace(_FIRST_ALONE, one_paper=FeatureWeights(late=0.0, match=1.0))
    first, again = (
        _search(another, "two microphones", settings, Kind.FACT).papers
        for settings in (_FIRST_ALONE, learned)
    )
    another.close()
    assert first == again


@pytest.mark.parametrize("part", ["words", "vector", "neighbours"])
def test_the_features_of_set_questions_leave_a_fact_alone(library: Library, part: str) -> None:
    only = replace(_FIRST_ALONE, many_papers=FeatureWeights(**{"late": 0.0, part: 2.0}))
    question = "features of images"
    fact, first = (_search(library, question, s, Kind.FACT).papers for s in (only, _FIRST_ALONE))
    assert fact == first
    assert _search(library, question, only, Kind.LIST).papers != first


def test_papers_beyond_the_refined_ones_follow_behind(library: Library) -> None:
    settings = RetrievalSettings(refined=3)
    ranking = _search(library, "features of images", settings)
    assert len(ranking.papers) == 8
    assert set(_ids(ranking)[:3]) == set(_ids(_search(library, "features of images", _FIRST_ALONE))[:3])
    assert [r.score for r in ranking.papers] == sorted((r.score for r in ranking.papers), reverse=True)


def test_a_scope_holds_for_feedback_too(library: Library) -> None:
    retriever = Retriever(library, RetrievalSettings())
    text = "features of images"
    scope = replace(Question(text, Kind.LIST, text).scope, titles=("pumps",))
    assert _ids(retriever.search(Question(text, Kind.LIST, text, scope))) == ["bird-pumps"]
