"""One paper as HTML: its links lead only where they may, and the quoted words are marked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from rag.types import Evidence, Paper, PaperId, Source, Span
from ui.cards import mark_quotes, render_card

_ABSTRACT = "Kelp grows fast. Kelp forests shelter seals. Seals sleep there."
_KELP = Paper(PaperId("kelp"), "Kelp", _ABSTRACT, url="https://example.org/kelp")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.org",
        "",
    ],
)
def test_only_web_addresses_become_links(url: str) -> None:
    card = BeautifulSoup(render_card(Source(1, replace(_KELP, url=url), ()), turn="1"), "html.parser")
    assert card.find("a") is None


@pytest.mark.parametrize(
    ("url", "named"),
    [("https://www.example.org/kelp?a=b", "example.org ↗"), ("http://arxiv.org/abs/1", "arxiv.org ↗")],
)
def test_a_link_says_where_it_leads(url: str, named: str) -> None:
    card = BeautifulSoup(render_card(Source(1, replace(_KELP, url=url), ()), turn="1"), "html.parser")
    assert [link.get_text() for link in card.select("a")] == [named]


@pytest.mark.parametrize(
    ("paper_id", "shown"),
    [("2103.14030", ["2103.14030"]), ("hep-th/9901001", ["hep-th/9901001"]), ("kelp", [])],
)
def test_a_card_shows_the_id_that_arxiv_gave_and_none_that_repeats_the_title(
    paper_id: str, shown: list[str]
) -> None:
    card = render_card(Source(1, replace(_KELP, id=PaperId(paper_id)), ()), turn="1")
    assert [code.get_text() for code in BeautifulSoup(card, "html.parser").select(".details code")] == shown


def test_a_web_address_opens_in_a_window_that_knows_nothing_of_the_page() -> None:
    link = BeautifulSoup(render_card(Source(1, _KELP, ()), turn="1"), "html.parser").a
    assert link is not None
    assert link["href"] == "https://example.org/kelp"
    assert link["rel"] == ["noopener", "noreferrer"]


def _evidence(*spans: tuple[int, int]) -> list[Evidence]:
    return [Evidence.cut(_KELP, Span(*span), score=1.0) for span in spans]


@pytest.mark.parametrize(
    ("spans", "marked"),
    [
        ([(0, 4)], ["Kelp"]),
        ([(5, 10), (0, 4)], ["Kelp", "grows"]),
        ([(0, 10), (5, 15)], ["Kelp grows fast"]),
        ([(0, 15), (5, 10)], ["Kelp grows fast"]),
        ([(0, 4), (4, 10)], ["Kelp grows"]),
        ([(0, 4), (0, 4)], ["Kelp"]),
        ([(0, len(_ABSTRACT))], [_ABSTRACT]),
        ([], []),
    ],
)
def test_marks_are_the_quoted_words_joined_where_they_meet(
    spans: list[tuple[int, int]], marked: list[str]
) -> None:
    page = BeautifulSoup(mark_quotes(_ABSTRACT, _evidence(*spans)), "html.parser")
    assert [mark.get_text() for mark in page.select("mark")] == marked


def _spans(abstract: str) -> st.SearchStrategy[list[tuple[int, int]]]:
    ends = st.tuples(st.integers(0, len(abstract)), st.integers(0, len(abstract)))
    span = ends.filter(lambda pair: pair[0] != pair[1]).map(lambda pair: (min(pair), max(pair)))
    return st.lists(span, max_size=6)


@given(
    data=st.data(),
    abstract=st.text(
        alphabet=st.one_of(st.sampled_from("<>&\"' a."), st.characters(exclude_categories=("Cc", "Cs"))),
        min_size=1,
    ),
)
def test_marks_cover_what_is_quoted_and_leave_the_abstract_as_it_was(
    data: st.DataObject, abstract: str
) -> None:
    paper = replace(_KELP, abstract=abstract)
    spans = data.draw(_spans(abstract))
    drawn = mark_quotes(abstract, [Evidence.cut(paper, Span(*span), score=1.0) for span in spans])
    covered = {place for start, end in spans for place in range(start, end)}
    pieces = [
        (piece.parent is not None and piece.parent.name == "mark", str(piece))
        for piece in BeautifulSoup(drawn, "html.parser").find_all(string=True)
    ]
    assert "".join(text for _, text in pieces) == abstract
    is_marked = [marked for marked, text in pieces for _ in text]
    assert is_marked == [place in covered for place in range(len(abstract))]
