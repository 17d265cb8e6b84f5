"""The page's HTML: the header, and a question with its answer as quotes, as prose or as a refusal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from rag.types import (
    Answer,
    Citation,
    Evidence,
    Kind,
    Paper,
    PaperId,
    Question,
    Ranking,
    Sentence,
    Source,
    Span,
    Status,
)
from ui.render import render_header, render_turn, render_welcome
from ui.turns import Turn, complete_turn

_ABSTRACT = "Kelp grows fast. Kelp forests shelter seals. Seals sleep there."
_KELP = Paper(PaperId("kelp"), "Kelp", _ABSTRACT, url="https://example.org/kelp")


@pytest.mark.parametrize(
    ("arguments", "facts"),
    [
        ({"papers": 1200, "encoded": 1200, "writer": "quotes", "is_sample": False}, "1,200 papers · quoting (no model) · index complete"),
        ({"papers": 1, "encoded": 1, "writer": "quotes", "is_sample": False}, "1 paper · quoting (no model) · index complete"),
        ({"papers": 557, "encoded": 96, "writer": "small-one", "is_sample": True}, "sample of 557 papers · small-one · vectors for 96 of 557"),
    ],
)  # fmt: skip
def test_the_header_tells_the_facts(arguments: dict[str, object], facts: str) -> None:
    draw: Callable[..., str] = render_header
    page = BeautifulSoup(draw(**arguments), "html.parser")
    shown = page.select_one("p.facts")
    assert shown is not None
    assert shown.get_text() == facts


def test_the_welcome_tells_the_sample_from_the_users_own_papers() -> None:
    assert "written for Footnote" in render_welcome(is_sample=True, examples=())
    assert "written for Footnote" not in render_welcome(is_sample=False, examples=())


def test_a_footnote_leads_to_its_card_and_carries_its_words() -> None:
    evidence = Evidence.cut(_KELP, Span(0, 16), score=1.0)
    sentence = Sentence("Kelp grows fast.", (Citation(3, _KELP.id, (evidence,)),), supported=True)
    page = BeautifulSoup(
        render_turn(Turn("7", "How fast?", sentences=(sentence,), sources=(Source(3, _KELP, (evidence,)),))),
        "html.parser",
    )
    footnote = page.select_one("a.fn")
    assert footnote is not None
    assert (footnote["href"], footnote["data-quote"]) == ("#paper-7-3", "Kelp grows fast.")
    assert len(page.select("section#paper-7-3")) == 1


def test_two_turns_have_no_id_in_common() -> None:
    source = Source(1, _KELP, ())
    pages = [render_turn(Turn(number, "How fast?", sources=(source,))) for number in ("1", "2")]
    ids = [{str(tag["id"]) for tag in BeautifulSoup(page, "html.parser").select("[id]")} for page in pages]
    assert ids[0]
    assert not ids[0] & ids[1]


def test_quotes_stand_under_the_title_of_their_paper_once() -> None:
    said = [
        Sentence(evidence.quote, (Citation(1, _KELP.id, (evidence,)),), supported=True)
        for evidence in _evidence((0, 16), (45, 63))
    ]
    page = BeautifulSoup(
        render_turn(Turn("1", "Kelp?", sentences=tuple(said), sources=(Source(1, _KELP, ()),))), "html.parser"
    )
    assert [heading.get_text() for heading in page.select("h3.paper")] == ["Kelp"]
    assert len(page.select("blockquote")) == 2


def test_a_models_sentences_run_on_from_the_first_one() -> None:
    evidence = _evidence((0, 16))[0]
    said = Sentence("It grows fast.", (Citation(1, _KELP.id, (evidence,)),), supported=True)
    growing = render_turn(
        Turn("1", "Kelp?", sentences=(said, said), sources=(Source(1, _KELP, (evidence,)),))
    )
    page = BeautifulSoup(growing, "html.parser")
    assert [p.get_text() for p in page.select("div.answer p")] == ["It grows fast.1 It grows fast.1"]
    assert not page.select("blockquote")


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (Status.NOT_IN_LIBRARY, "Not in this library."),
        (Status.NOT_STATED, "The abstracts do not say."),
        (Status.FILTER_EMPTY, "No paper passes the filter."),
    ],
)
def test_a_refusal_says_why_and_offers_the_nearest_papers(status: Status, said: str) -> None:
    question = Question("Who won?", Kind.FACT, "Who won?")
    ranking = Ranking(question, (), searched=1, encoded=1, similarity=None, coverage=0.0)
    answer = Answer(question, status, (), (Source(1, _KELP, ()),), ranking, "quotes", 1)
    page = BeautifulSoup(
        render_turn(Turn("1", "Who won?", "", answer.question, (), answer.sources, (), answer)), "html.parser"
    )
    refusal = page.select_one("div.refusal")
    assert refusal is not None
    assert refusal.get_text().startswith(said)
    assert refusal.select("p")[-1].get_text() == "Nearest papers:"
    assert [link.get_text() for link in refusal.select("a")] == ["Kelp"]


@pytest.mark.parametrize("status", [Status.NOT_IN_LIBRARY, Status.NOT_STATED])
def test_a_refusal_of_an_empty_library_points_at_no_papers(status: Status) -> None:
    question = Question("Who won?", Kind.FACT, "Who won?")
    ranking = Ranking(question, (), searched=0, encoded=0, similarity=None, coverage=0.0)
    drawn = render_turn(complete_turn("1", Answer(question, status, (), (), ranking, "quotes", 0)))
    assert "Nearest" not in drawn


def test_who_asks_nothing_is_told_what_can_be_asked_and_of_no_search() -> None:
    question = Question("Hello!", Kind.TALK, "Hello!")
    ranking = Ranking(question, (), searched=0, encoded=0, similarity=None, coverage=0.0)
    answer = Answer(question, Status.NO_QUESTION, (), (), ranking, "quotes", 0, notices=("Ask of kelp.",))
    page = BeautifulSoup(render_turn(complete_turn("1", answer)), "html.parser")
    assert page.select_one(".refusal").get_text() == "Nothing was asked of the library. Ask of kelp."  # type: ignore[union-attr]  # it is there
    assert not page.select(".how")
    assert [button["data-do"] for button in page.select("button")] == ["retry", "edit"]


def test_the_lead_of_a_quote_stands_outside_of_it_unless_the_title_above_says_it() -> None:
    cited = [Citation(1, _KELP.id, (evidence,)) for evidence in _evidence((0, 16), (45, 63))]
    leads = (_KELP.title, "<method>")
    said = tuple(
        Sentence(c.evidence[0].quote, (c,), supported=True, lead=lead)
        for c, lead in zip(cited, leads, strict=True)
    )
    drawn = render_turn(Turn("1", "Kelp?", sentences=said, sources=(Source(1, _KELP, ()),)))
    first, second = BeautifulSoup(drawn, "html.parser").select("blockquote")
    assert not first.select(".lead")
    assert [lead.get_text() for lead in second.select(".lead")] == ["<method>:"]


def test_a_quote_that_two_papers_share_carries_both_footnotes() -> None:
    evidence = _evidence((0, 16))[0]
    other = replace(_KELP, id=PaperId("other"))
    shared = (Citation(1, _KELP.id, (evidence,)), Citation(2, other.id, (evidence,)))
    said = Sentence(evidence.quote, shared, supported=True)
    sources = (Source(1, _KELP, ()), Source(2, other, ()))
    page = BeautifulSoup(render_turn(Turn("1", "Kelp?", sentences=(said,), sources=sources)), "html.parser")
    assert [mark.get_text() for mark in page.select("blockquote a.fn")] == ["1", "2"]


def _evidence(*spans: tuple[int, int]) -> list[Evidence]:
    return [Evidence.cut(_KELP, Span(*span), score=1.0) for span in spans]
