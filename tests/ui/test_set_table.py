"""The answer to a set question on both screens: the count, then rows with verdict, words and year."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from rag.types import (
    Answer,
    Citation,
    Completed,
    Criterion,
    CriterionVerdict,
    Evidence,
    Judgement,
    Kind,
    Paper,
    PaperId,
    Question,
    Ranking,
    Sentence,
    Source,
    Span,
    Status,
    Theme,
    Verdict,
)
from ui import terminal
from ui.printed_answers import print_answer
from ui.render import render_turn
from ui.turns import Turn, advance


def _answer(*, published: str | None = "2024-05", title: str = "Twin Scale Fusion") -> Answer:
    paper = Paper(PaperId("twin"), title, "It joins <both> scales of an image.", published=published)
    evidence = (Evidence.cut(paper, Span(0, len(paper.abstract)), score=0.5),)
    question = Question("Which papers join scales?", Kind.LIST, "Which papers join scales?")
    return Answer(
        question=question,
        status=Status.ANSWERED,
        sentences=(
            Sentence("1 of the 557 papers seems to meet this.", (), supported=True, claims=False),
            Sentence(evidence[0].quote, (Citation(1, paper.id, evidence),), supported=True),
        ),
        sources=(Source(1, paper, evidence, Judgement.MEETS),),
        ranking=Ranking(question, (), searched=557, encoded=557, similarity=0.5, coverage=0.5),
        writer="quotes",
        judged=557,
        verdicts=(Verdict(paper.id, Judgement.MEETS, evidence),),
    )


def _by_criterion(answer: Answer) -> Answer:
    """The same paper, judged by two criteria; the second is ruled out."""
    [verdict] = answer.verdicts
    told = (
        CriterionVerdict(Criterion("join scales"), Judgement.PARTLY, verdict.evidence),
        CriterionVerdict(Criterion("sound", negated=True), Judgement.NO, ()),
    )
    return replace(answer, verdicts=(replace(verdict, criteria=told),))


def _printed(answer: Answer, monkeypatch: pytest.MonkeyPatch, *, width: int) -> list[str]:
    screen = Console(file=io.StringIO(), width=width, force_terminal=True, color_system=None, highlight=False)
    monkeypatch.setattr(terminal, "out", screen)
    print_answer(answer)
    assert isinstance(screen.file, io.StringIO)
    return screen.file.getvalue().splitlines()


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_table_has_a_row_for_each_paper_and_fits_the_screen(
    width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = _printed(_answer(), monkeypatch, width=width)
    assert lines[0] == "1 of the 557 papers seems to meet this."
    row = next(line for line in lines if "[1]" in line)
    assert row.split() == [
        "[1]",
        "meets",
        "Twin",
        "Scale",
        "Fusion",
        "2024",
    ]  # behind the title where it is narrow
    assert any("“It joins <both> scales of an image.”" in line for line in lines)
    assert max(map(len, lines)) <= width


@pytest.mark.parametrize("width", [60, 80])
def test_each_of_several_criteria_has_a_column_and_a_line_in_the_legend(
    width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = _printed(_by_criterion(_answer()), monkeypatch, width=width)
    assert [line.split() for line in lines[1:3]] == [["a", "join", "scales"], ["b", "not", "sound"]]
    row = next(line for line in lines if "[1]" in line)
    assert row.split()[:4] == ["[1]", "meets", "◐", "●"]  # what is ruled out and not there is as it should be
    assert any(line.rstrip().endswith("” a") for line in lines)
    assert max(map(len, lines)) <= width


def test_one_criterion_alone_has_no_column(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not any("●" in line for line in _printed(_answer(), monkeypatch, width=80))


def test_a_long_list_stands_under_its_themes(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = _answer()
    lines = _printed(
        replace(answer, themes=(Theme("scales", (answer.sources[0].paper.id,)),)), monkeypatch, width=80
    )
    row = next(at for at, line in enumerate(lines) if "[1]" in line)
    assert lines[row - 1].split() == ["scales", "1"]


def test_a_pipe_gets_the_criteria_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    print_answer(_by_criterion(_answer()))
    shown = capsys.readouterr().out.splitlines()
    assert "    join scales: in part; not sound: free of it" in shown


def test_without_a_date_there_is_no_column_for_years(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not any("year" in line for line in _printed(_answer(published=None), monkeypatch, width=80))


def test_a_pipe_gets_the_count_and_each_title_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    title = "A long title " * 12
    print_answer(_answer(title=title))
    shown = capsys.readouterr().out.splitlines()
    assert shown[0] == "1 of the 557 papers seems to meet this."
    assert f"[1] {title}  meets  2024-05" in shown


def test_the_page_shows_the_count_the_verdict_the_year_and_the_words() -> None:
    answer = _answer()
    drawn = BeautifulSoup(
        render_turn(advance(Turn("t1", answer.question.asked), Completed(answer))), "html.parser"
    )
    assert [count.get_text() for count in drawn.select("p.count")] == [
        "1 of the 557 papers seems to meet this."
    ]
    cells = [cell.get_text(" ", strip=True) for cell in drawn.select("tr[data-paper] > :not(.pick)")]
    assert cells == ["1", "Twin Scale Fusion It joins <both> scales of an image. 1", "● meets", "2024"]


@given(st.text(max_size=40))
def test_a_title_cannot_bring_markup_into_the_page(title: str) -> None:
    answer = _answer(title=f"<b>{title}")
    assert "<b>" not in render_turn(advance(Turn("t1", answer.question.asked), Completed(answer)))


@pytest.mark.parametrize("width", [30, 40, 64])
def test_no_word_of_a_quote_is_cut_however_narrow_the_screen(
    width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = _answer(title="Antidisestablishment" * 4)
    shown = "".join(line.strip() for line in _printed(_by_criterion(answer), monkeypatch, width=width))
    assert answer.sources[0].paper.title in shown.replace(" ", "")
    assert "…" not in shown
