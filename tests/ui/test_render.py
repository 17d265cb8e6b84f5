"""The page's HTML: foreign text stays text, quotes are marked, links lead only where they may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from rag.library.adding import Added
from rag.sources.reading import read_source
from rag.types import (
    Answer,
    Citation,
    Evidence,
    Kind,
    Notice,
    Paper,
    PaperId,
    Question,
    Ranking,
    Scope,
    Sentence,
    Source,
    Span,
    Status,
)
from ui.cards import mark_quotes, render_card
from ui.render import render_header, render_turn, render_welcome
from ui.render_asked import render_asked
from ui.render_papers import render_report
from ui.turns import Turn, complete_turn

_ABSTRACT = "Kelp grows fast. Kelp forests shelter seals. Seals sleep there."
_KELP = Paper(PaperId("kelp"), "Kelp", _ABSTRACT, url="https://example.org/kelp")
_HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</p></section></article><iframe src=javascript:alert(1)>",
    "<!-- &lt;b&gt; &amp;quot; -->",
    "]]><svg/onload=alert(1)>",
)


def _draw(foreign: str) -> str:
    """Draw everything that can be drawn, with this text in the place of all that comes from outside."""
    paper = Paper(
        PaperId(foreign), foreign, foreign, (foreign,) * 5, foreign, f"https://example.org/{foreign}"
    )
    evidence = Evidence.cut(paper, Span(0, len(foreign)), score=1.0)
    source = Source(1, paper, (evidence,))
    sentence = Sentence(foreign, (Citation(1, paper.id, (evidence,)),), supported=True)
    dropped = Sentence(foreign, (), supported=False, reason=foreign)
    question = Question(foreign, Kind.LIST, foreign)
    ranking = Ranking(
        question, (), searched=1, encoded=1, similarity=None, coverage=0.0, index={"model": foreign}
    )
    answer = Answer(
        *(question, Status.ANSWERED, (sentence,), (source,), ranking, "quotes", 1),
        dropped=(dropped,),
        notices=(foreign,),
        prompts=foreign,
    )
    quoted = Turn("1", foreign, "", question, (sentence,), (source,), (), answer)
    refused = replace(answer, status=Status.NOT_IN_LIBRARY, sentences=())
    turns = (
        quoted,
        replace(quoted, answer=replace(answer, writer=f"llm:{foreign}")),
        Turn(
            "2", foreign, stage=foreign, sentences=(sentence,), sources=(source,), notices=(Notice(foreign),)
        ),
        Turn("3", foreign, "", question, (), (source,), (), refused),
        Turn("4", foreign, error=foreign),
    )
    header = render_header(papers=1, encoded=0, writer=foreign, is_sample=True)
    return "".join([header, render_welcome(is_sample=False, examples=(foreign,)), *map(render_turn, turns)])


def _skeleton(page: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(tag.name, tuple(tag.attrs)) for tag in BeautifulSoup(page, "html.parser").find_all()]


@pytest.mark.parametrize("foreign", _HOSTILE)
def test_hostile_text_draws_the_same_elements_as_harmless_text(foreign: str) -> None:
    assert _skeleton(_draw(foreign)) == _skeleton(_draw("harmless"))


@given(st.text(min_size=1))
def test_any_text_draws_the_same_elements_as_harmless_text(foreign: str) -> None:
    assert _skeleton(_draw(foreign)) == _skeleton(_draw("harmless"))


@pytest.mark.parametrize("foreign", _HOSTILE)
def test_hostile_text_is_shown_as_it_stands(foreign: str) -> None:
    page = BeautifulSoup(_draw(foreign), "html.parser")
    for chosen in (
        "h2.question",
        "blockquote",
        "mark",
        "p[role=alert]",
        "details em",
        "p.notice",
        "h3.paper",
    ):
        shown = page.select_one(chosen)
        assert shown is not None
        assert foreign in shown.get_text()
    assert {link["data-quote"] for link in page.select("a.fn:not(.plain)")} == {foreign}


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


def test_a_web_address_opens_in_a_window_that_knows_nothing_of_the_page() -> None:
    link = BeautifulSoup(render_card(Source(1, _KELP, ()), turn="1"), "html.parser").a
    assert link is not None
    assert link["href"] == "https://example.org/kelp"
    assert link["rel"] == ["noopener", "noreferrer"]


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
    assert [link.get_text() for link in refusal.select("a")] == ["Kelp"]


@pytest.mark.parametrize("status", [Status.NOT_IN_LIBRARY, Status.NOT_STATED])
def test_a_refusal_of_an_empty_library_points_at_no_papers(status: Status) -> None:
    question = Question("Who won?", Kind.FACT, "Who won?")
    ranking = Ranking(question, (), searched=0, encoded=0, similarity=None, coverage=0.0)
    drawn = render_turn(complete_turn("1", Answer(question, status, (), (), ranking, "quotes", 0)))
    assert "below" not in drawn


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("filter --since 2030: none is of then.", "filter from 2030: none is of then."),
        (
            "filters together: --since 2025 passes 1, --until 2026-02 passes 2.",
            "filters together: from 2025 passes 1, until 2026-02 passes 2.",
        ),
        (
            "filter --id z --id 'a b' ...: none of 12 papers has such an id; list the ids: footnote papers.",
            "filter the papers picked: none of 12 papers has such an id.",
        ),
    ],
)
def test_filters_are_named_in_words_of_the_page(said: str, shown: str) -> None:
    page = BeautifulSoup(
        render_turn(Turn("1", "Kelp?", notices=(Notice(f"No paper passes the {said}"),))), "html.parser"
    )
    assert [p.get_text() for p in page.select("p.notice")] == [f"No paper passes the {shown}"]


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


def test_small_talk_has_nothing_to_correct() -> None:
    assert render_asked(Question("Hello!", Kind.TALK, "Hello!")) == ""


@pytest.mark.parametrize(
    ("scope", "told"),
    [
        (Scope(since="2023", until="2023"), "of 2023"),
        (Scope(since="2021", until="2023"), "from 2021 until 2023"),
    ],
)
def test_the_time_that_papers_are_of_is_told_once(scope: Scope, told: str) -> None:
    question = Question("Kelp?", Kind.FACT, "Kelp?", scope=scope)
    summary = BeautifulSoup(render_asked(question), "html.parser").select_one("summary")
    assert summary is not None
    assert summary.get_text().split(" · ")[1] == told


def test_a_long_question_is_told_in_short_and_can_be_corrected_whole() -> None:
    asked = "kelp " * 500
    page = BeautifulSoup(render_asked(Question(asked, Kind.FACT, asked[:-1] + "!")), "html.parser")
    assert len(page.select_one("summary").get_text()) < 310  # type: ignore[union-attr]  # it is there
    assert page.select_one("textarea").get_text() == asked  # type: ignore[union-attr]


def test_a_file_that_cannot_be_read_is_told_why_at_once_and_without_options_of_the_command_line() -> None:
    reading = read_source(b"kelp, kelp", source="kelp.txt")
    drawn = BeautifulSoup(render_report(reading, Added()), "html.parser")
    assert [item.get_text() for item in drawn.select("ul > li")] == ["no known listing format"]
    assert not drawn.select("details")
