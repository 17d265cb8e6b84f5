"""Proximity of a question's words, and the shape of what a sweep finds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.asking.criteria_line import parse_criteria
from rag.library.encoder import EncodedQuestion, Encoder
from rag.library.library import Library
from rag.retrieval.retriever import Retriever
from rag.retrieval.sweeping import FEATURES, Basis
from rag.retrieval.swept_features import proximity
from rag.settings import RetrievalSettings
from rag.types import Criteria, Criterion, Kind, Paper, PaperId, Question, Scope

_WEIGHTS = {"local": 2.0, "global": 1.0}


@given(st.lists(st.sampled_from(["local", "global", "other"]), max_size=60))
def test_proximity_is_a_share(held: list[str]) -> None:
    assert 0 <= proximity(held, _WEIGHTS) <= 1


def test_words_side_by_side_count_more_than_words_apart() -> None:
    near, far = ["local", "global"], ["local", *["other"] * 9, "global"]
    assert proximity(near, _WEIGHTS) > proximity(far, _WEIGHTS) > proximity(["local"], _WEIGHTS) > 0


def test_words_out_of_reach_of_each_other_count_alone() -> None:
    assert proximity(["local", *["other"] * 20, "global"], _WEIGHTS) == proximity(["local"], _WEIGHTS)


def test_a_sweep_has_a_row_for_each_paper_and_a_column_for_each_feature(
    shelf: Library, papers: tuple[Paper, ...]
) -> None:
    text = "image features"
    swept = Retriever(shelf, RetrievalSettings()).sweep(Question(text, Kind.LIST, text))
    assert {one.paper.id for one in swept.papers} == {paper.id for paper in papers}
    assert swept.features.shape == (len(papers), len(FEATURES))


@pytest.mark.parametrize(
    ("scope", "picked"),
    [
        pytest.param(Scope(), False, id="all papers"),
        pytest.param(Scope(ids=(PaperId("slow-drums"),)), True, id="one picked"),
        pytest.param(
            Scope(ids=tuple(map(PaperId, ("slow-drums", "bark-and-leaf", "loans")))), True, id="some gone"
        ),
        pytest.param(Scope(titles=("drums",)), False, id="a filter"),
    ],
)
def test_papers_that_were_chosen_before_are_told_from_those_that_a_filter_leaves(
    shelf: Library, scope: Scope, *, picked: bool
) -> None:
    swept = Retriever(shelf, RetrievalSettings()).sweep(Question("drums", Kind.LIST, "drums", scope=scope))
    assert swept.picked == picked


def test_most_papers_of_a_library_are_no_choice_among_them(shelf: Library, papers: tuple[Paper, ...]) -> None:
    scope = Scope(ids=tuple(paper.id for paper in papers[:4]))
    asked = Question("drums", Kind.LIST, "drums", scope=scope)
    assert not Retriever(shelf, RetrievalSettings()).sweep(asked).picked


@pytest.mark.parametrize(
    "text", ["which papers combine local and global features?", "waggle dance of honey bees"]
)
def test_how_near_the_best_paper_comes_is_told_to_all_and_never_less_than_far(
    shelf: Library, text: str
) -> None:
    swept = Retriever(shelf, RetrievalSettings()).sweep(Question(text, Kind.LIST, text), basis=Basis.CROWD)
    late = swept.features[:, FEATURES.index("late")]
    assert set(swept.features[:, FEATURES.index("late_of_best")]) == {max(late.max(), 0.7)}


def test_what_is_shared_with_the_first_papers_is_told_beside_others_alone(shelf: Library) -> None:
    text = "image features"
    columns = [FEATURES.index("shared_words"), FEATURES.index("shared_direction")]
    retriever = Retriever(shelf, RetrievalSettings())
    told = {
        basis: ~np.isnan(retriever.sweep(Question(text, Kind.LIST, text), basis=basis).features[:, columns])
        for basis in Basis
    }
    assert told[Basis.CROWD].all()
    assert not told[Basis.ALONE].any()


class _Counting(Encoder):
    """The real encoder, which writes down what it is asked."""

    def __init__(self) -> None:
        super().__init__(threads=2)
        self.asked: list[str] = []

    def encode_question(self, text: str) -> EncodedQuestion:
        self.asked.append(text)
        return super().encode_question(text)


def test_a_search_and_its_sweep_ask_the_encoder_for_each_text_once(
    tmp_path: Path, papers: tuple[Paper, ...]
) -> None:
    encoder = _Counting()
    library = Library(tmp_path / "counted", encoder=encoder)
    library.add(papers)
    list(library.index())
    text = "local and global features"
    criteria = parse_criteria("local features AND global features")
    question = Question(text, Kind.LIST, text, criteria=criteria)
    retriever = Retriever(library, RetrievalSettings())
    retriever.search(question)
    swept = retriever.sweep(question)
    library.close()
    assert sorted(encoder.asked) == sorted([text, "local features", "global features"])
    assert [part.criterion.text for part in swept.parts] == ["local features", "global features"]
    assert all(part.features.shape == swept.features.shape for part in swept.parts)


def test_a_term_too_long_for_one_stem_is_looked_for_in_its_words(shelf: Library) -> None:
    text = f"drum beats of {'rhythmical' * 4} {'percussion' * 5}"  # in one word, more than the index takes
    criteria = Criteria(clauses=((Criterion(f"study {'rhythmical' * 4} {'percussion' * 5}"),),))
    swept = Retriever(shelf, RetrievalSettings()).sweep(Question(text, Kind.LIST, text, criteria=criteria))
    assert swept.absent == (f"{'rhythmical' * 4} {'percussion' * 5}",)
