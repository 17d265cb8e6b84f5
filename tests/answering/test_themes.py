"""A long list by topic: every paper in one theme, named by words that its titles share."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.sets.themes import group_themes
from rag.types import Paper, PaperId

_TITLES = (
    "Counting Kelp",
    "Kelp Forests",
    "Slow Drums",
    "Tuning Drums",
    "Point Cloud Maps",
    "Point Cloud Scans",
)


def _papers(titles: list[str]) -> list[Paper]:
    return [Paper(PaperId(f"p{n}"), title, "Words.") for n, title in enumerate(titles)]


def _vectors(topics: list[int]) -> np.ndarray:
    """A direction of its own for each topic, and a little noise."""
    noise = np.random.default_rng(1).normal(scale=0.01, size=(len(topics), 8))
    return (np.eye(8)[topics] + noise).astype(np.float32)


def test_alike_papers_stand_under_the_words_that_their_titles_share() -> None:
    titles = [*_TITLES[:2]] * 4 + [*_TITLES[2:4]] * 3 + [*_TITLES[4:]] * 3
    themes = group_themes(_papers(titles), _vectors([0] * 8 + [1] * 6 + [2] * 6), asked="which papers?")
    assert [len(theme.papers) for theme in themes] in ([8, 12], [12, 8])
    assert any("point cloud" in theme.name or "drums" in theme.name for theme in themes)
    assert any("kelp" in theme.name for theme in themes)


def test_the_words_of_the_question_name_no_theme() -> None:
    titles = ["Counting Kelp Leaves"] * 7 + ["Counting Kelp Roots"] * 7
    themes = group_themes(_papers(titles), _vectors([0] * 7 + [1] * 7), asked="papers on counting kelp")
    assert [theme.name for theme in themes] == ["leaves", "roots"]


@pytest.mark.parametrize("length", [0, 1, 12])
def test_a_short_list_has_no_themes(length: int) -> None:
    assert group_themes(_papers(["Kelp"] * length), np.ones((length, 8), np.float32), asked="kelp") == ()


@given(st.lists(st.tuples(st.sampled_from(_TITLES), st.integers(0, 7)), min_size=13, max_size=60))
def test_every_paper_stands_in_exactly_one_theme_and_always_in_the_same(drawn: list[tuple[str, int]]) -> None:
    papers = _papers([title for title, _ in drawn])
    vectors = _vectors([topic for _, topic in drawn])
    themes = group_themes(papers, vectors, asked="kelp")
    assert sorted(paper for theme in themes for paper in theme.papers) == sorted(paper.id for paper in papers)
    assert all(theme.name and theme.papers for theme in themes)
    assert len({theme.name for theme in themes}) == len(themes)
    assert group_themes(papers, vectors, asked="kelp") == themes
