"""Which sentence says what a term means."""

from __future__ import annotations

import pytest

from rag.types import Kind, Paper
from tests.answering.quoting import BARK, LEAF, make_paper, quote

_SILT = make_paper(
    "silt",
    "Measuring Bank Slump in Rivers",
    "We study how rivers move their beds. This paper measures bank slump in twelve rivers with a new probe. "
    "Bank slump (BS) is a process in which wet banks slide into a river at once. Our method finds more of it in spring.",
)


_DREDGE = make_paper(
    "dredge",
    "Dredging after Storms",
    "We present a dredger that works against bank slump and for ships. Bank slump is an important problem. "
    "It runs on little fuel, even where bank slump blocks the way.",
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("What is bank slump?", Kind.FACT),
        ("what's a bank slump", Kind.FACT),
        ("Define bank slump.", Kind.FACT),
        ("What does “bank slump” mean?", Kind.FACT),
        ("What is meant by bank slump in rivers?", Kind.FACT),
        ("explain bank slump to me", Kind.EXPLAIN),
        ("What is BS?", Kind.FACT),
    ],
)
@pytest.mark.parametrize("papers", [(_SILT, _DREDGE), (_DREDGE, _SILT)])
def test_the_sentence_that_defines_a_term_leads(text: str, kind: Kind, papers: tuple[Paper, ...]) -> None:
    assert quote(text, kind, *papers)[0].text.startswith("Bank slump (BS) is a process")


@pytest.mark.parametrize(
    "text",
    ["What is the role of bank slump?", "What is bank slump measured with?", "How is bank slump found?"],
)
def test_what_is_asked_of_a_term_is_not_its_meaning(text: str) -> None:
    assert not quote(text, Kind.FACT, _DREDGE, _SILT)[0].text.startswith("Bank slump (BS) is")


def test_where_no_paper_defines_a_term_one_that_is_about_it_is_quoted() -> None:
    apart = make_paper(
        "apart", "Banks", "The bank of a lake may slump in many ways, and then we slump a bank too."
    )
    about = make_paper("about", "On Bank Slump", "We list what is known of bank slump. It was seen twice.")
    assert "We list what is known" in quote("what is bank slump?", Kind.FACT, apart, about)[0].text


def test_what_a_paper_calls_its_own_is_told_by_what_it_does() -> None:
    (first, *_) = quote("What is LeafNet?", Kind.FACT, LEAF, BARK)
    assert first.text.startswith("LeafNet reads")
