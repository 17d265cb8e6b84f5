"""More like this: the nearest papers but itself, with what is alike."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.errors import PaperNotFound
from rag.library.library import Library
from rag.retrieval.similar import rank_similar
from rag.settings import RetrievalSettings
from rag.types import Paper, PaperId, Ranking, Scope
from tests.conftest import paper

MakeLibrary = Callable[..., Library]

_FOREST = paper(
    "Forest Camera",
    "Oak and beech look alike in winter. Forest Camera names tree species from photos of their bark. "
    "Every image was labelled by experts.",
)
_DRONE = paper("Drone Beats", "A drone plays the drum. Drone Beats counts the beats of old recordings.")


def _similar(library: Library, name: str, *, scope: Scope | None = None, limit: int = 10) -> Ranking:
    return rank_similar(
        library, PaperId(name), scope=scope or Scope(), settings=RetrievalSettings(), limit=limit
    )


def _ids(ranking: Ranking) -> list[str]:
    return [str(ranked.paper.id) for ranked in ranking.papers]


@pytest.fixture(params=[True, False], ids=["vectors", "words alone"])
def library(request: pytest.FixtureRequest, make_library: MakeLibrary, papers: tuple[Paper, ...]) -> Library:
    """The five papers, and one more on trees and one on drums."""
    return make_library(*papers, _FOREST, _DRONE, indexed=request.param)


def test_the_paper_on_the_same_topic_comes_first_and_never_the_paper_itself(library: Library) -> None:
    for name, nearest in (("bark-and-leaf", "forest-camera"), ("drone-beats", "slow-drums")):
        ranking = _similar(library, name)
        assert _ids(ranking)[0] == nearest
        assert name not in _ids(ranking)
        assert [r.rank for r in ranking.papers] == list(range(1, len(ranking.papers) + 1))


def test_the_evidence_shows_what_is_alike(library: Library) -> None:
    best = _similar(library, "bark-and-leaf").papers[0]
    assert all(best.paper.abstract[e.start : e.end] == e.quote for e in best.evidence)
    assert "names tree species from photos of their bark" in best.evidence[0].quote


def test_it_works_within_a_scope(library: Library) -> None:
    scope = Scope(titles=("drum", "beats", "bark"))
    ranking = _similar(library, "bark-and-leaf", scope=scope)
    assert set(_ids(ranking)) <= {"slow-drums", "drone-beats"}
    empty = _similar(library, "bark-and-leaf", scope=Scope(titles=("nothing",)))
    assert (empty.papers, empty.searched) == ((), 0)
    assert empty.notices[0].startswith("No paper passes the filter --title nothing")


def test_no_more_than_asked_for(library: Library) -> None:
    assert len(_similar(library, "bark-and-leaf", limit=1).papers) == 1


def test_an_unknown_paper_is_an_error_that_names_it(library: Library) -> None:
    with pytest.raises(PaperNotFound, match="no paper has the id 'nobody'; list the ids: footnote papers"):
        _similar(library, "nobody")


def test_a_paper_without_vectors_is_compared_by_words_and_that_is_said(
    make_library: MakeLibrary, papers: tuple[Paper, ...]
) -> None:
    library = make_library(*papers, _DRONE)
    library.add([_FOREST])
    ranking = _similar(library, "forest-camera")
    assert _ids(ranking)[0] == "bark-and-leaf"
    assert ranking.notices[0].startswith("The vectors of this paper are not built yet")
    assert _similar(library, "bark-and-leaf").notices == ()


def test_a_removed_paper_is_like_nothing(library: Library) -> None:
    library.remove([_FOREST.id])
    assert "forest-camera" not in _ids(_similar(library, "bark-and-leaf"))
    with pytest.raises(PaperNotFound):
        _similar(library, "forest-camera")


def test_the_only_paper_has_none_like_it(make_library: MakeLibrary) -> None:
    assert _similar(make_library(_FOREST), "forest-camera").papers == ()
