"""Views that a paper denies, and whether they are quoted."""

from __future__ import annotations

import pytest

from rag.types import Kind
from tests.answering.quoting import make_paper, quote

_VIEW = "One may assume that tall kites always fly higher."


_DENIAL = "However, we show by 40 flights that tall kites fly lower."


_KITES = make_paper(
    "kites", "Kites", f"Kites are old. {_VIEW} {_DENIAL} Nobody flew a kite at night in any of them."
)


@pytest.mark.parametrize("kind", [Kind.FACT, Kind.EXPLAIN])
def test_a_view_gives_its_place_to_the_sentence_that_denies_it(kind: Kind) -> None:
    said = [sentence.text for sentence in quote("Do tall kites always fly higher?", kind, _KITES)]
    assert _DENIAL in said
    assert _VIEW not in said


def test_a_view_stays_before_a_denial_that_says_nothing_without_it() -> None:
    paper = make_paper(
        "kites",
        "Kites",
        f"Kites are old. {_VIEW} However, we challenge this belief. Nobody flew a kite at night in any of them.",
    )
    said = [sentence.text for sentence in quote("Do tall kites always fly higher?", Kind.FACT, paper)]
    assert said[:2] == [_VIEW, "However, we challenge this belief."]


def test_a_view_is_quoted_where_it_is_asked_for() -> None:
    said = quote("What do people commonly assume of tall kites?", Kind.FACT, _KITES)
    assert _VIEW in [sentence.text for sentence in said]
