"""What comes from outside, drawn on the page: any text is shown as it stands, and none becomes an element."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

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
    Sentence,
    Source,
    Span,
    Status,
)
from ui.render import render_header, render_turn, render_welcome
from ui.turns import Turn

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
