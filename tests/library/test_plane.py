"""Papers in the plane: near when their vectors are near, and the same each time."""

from __future__ import annotations

import numpy as np
import pytest

from rag.library.plane import Matrix, lay_out

_TITLES = [f"Kelp forest growth {n}" for n in range(30)] + [f"Drum track beats {n}" for n in range(30)]


@pytest.fixture
def vectors() -> Matrix:
    """Two groups of 30 in 16 dimensions."""
    chance = np.random.default_rng(7)
    groups = np.repeat(np.eye(16, dtype=np.float32)[:2], 30, axis=0)
    return (groups + 0.05 * chance.standard_normal((60, 16))).astype(np.float32)


def test_places_fill_the_square(vectors: Matrix) -> None:
    places = lay_out(vectors, _TITLES).places
    assert places.shape == (60, 2)
    assert np.abs(places).max(axis=0) == pytest.approx([1, 1])


def test_groups_of_vectors_are_themes_named_by_their_titles(vectors: Matrix) -> None:
    plane = lay_out(vectors, _TITLES)
    assert len(set(plane.themes[:30])) == len(set(plane.themes[30:])) == 1
    assert plane.themes[0] != plane.themes[30]
    assert plane.names[plane.themes[0]] == "forest, growth, kelp"
    assert plane.names[plane.themes[30]] == "beats, drum, track"


def test_near_vectors_have_near_places(vectors: Matrix) -> None:
    places = lay_out(vectors, _TITLES).places
    apart = np.linalg.norm(places[:30].mean(axis=0) - places[30:].mean(axis=0))
    assert apart > 1


def test_the_same_vectors_give_the_same_picture(vectors: Matrix) -> None:
    one, other = lay_out(vectors, _TITLES), lay_out(vectors.copy(), _TITLES)
    assert (one.places == other.places).all()
    assert (one.themes, one.names) == (other.themes, other.names)


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_a_library_of_few_papers_has_a_place_for_each(vectors: Matrix, count: int) -> None:
    plane = lay_out(vectors[:count], _TITLES[:count])
    assert (len(plane.places), len(plane.themes), len(plane.names)) == (count, count, 1)
    assert np.isfinite(plane.places).all()


def test_equal_vectors_do_not_divide_by_nothing() -> None:
    plane = lay_out(np.ones((60, 16), np.float32), _TITLES)
    assert np.isfinite(plane.places).all()
