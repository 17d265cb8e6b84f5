"""Proximity of a question's words, and the shape of what a sweep finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rag.library.library import Library
from rag.retrieval.retriever import Retriever
from rag.retrieval.sweeping import FEATURES, proximity
from rag.settings import RetrievalSettings
from rag.types import Kind, Paper, Question

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
