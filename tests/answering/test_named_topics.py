"""What the words of a paper alone say of a short criterion."""

from __future__ import annotations

import pytest

from rag.answering.sets.named_topics import named_bounds
from rag.types import Criterion, Paper, PaperId


def _bounds(
    text: str, *, negated: bool = False, title: str = "On Owls", abstract: str = ""
) -> tuple[float, float]:
    least, most = named_bounds(Criterion(text, negated=negated), [Paper(PaperId("p"), title, abstract)])
    return float(least[0]), float(most[0])


def test_a_title_that_holds_the_topic_says_that_a_paper_is_about_it() -> None:
    assert _bounds("owl songs", title="A Study of Owl Songs") == (0.95, 1.0)


def test_of_what_is_asked_for_silence_says_nothing() -> None:
    assert _bounds("owl songs", abstract="Owl songs, owl songs.") == (0.0, 1.0)
    assert _bounds("owl songs that nobody heard before at night") == (0.0, 1.0)


@pytest.mark.parametrize(
    ("title", "abstract", "bounds"),
    [
        ("Owl Songs", "Nothing else.", (0.95, 1.0)),
        ("Nights", "Owl songs differ. We count owl songs.", (0.6, 1.0)),
        ("Nights", "Others count owl songs.", (0.4, 1.0)),
        ("Nights", "Owls and songs.", (0.0, 0.45)),
    ],
)
def test_what_is_ruled_out_is_told_by_how_often_a_paper_says_it(
    title: str, abstract: str, bounds: tuple[float, float]
) -> None:
    assert _bounds("on owl songs", negated=True, title=title, abstract=abstract) == bounds


def test_what_is_ruled_out_at_length_is_left_to_the_estimates() -> None:
    assert _bounds("papers that only measure how owls sing at night", negated=True) == (0.0, 1.0)
