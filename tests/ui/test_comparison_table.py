"""A comparison on the terminal: papers side by side, below each other, or as lines in a pipe."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from rich.console import Console

from rag.types import (
    Answer,
    Cell,
    Citation,
    ComparedPaper,
    Comparison,
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
from ui import terminal
from ui.printed_answers import print_answer
from ui.render_comparison import render_comparison


def _answer(*titles: str) -> Answer:
    papers = [Paper(PaperId(title), title, f"{title} counts owls. [red]It sees well.") for title in titles]
    said = [(Evidence.cut(paper, Span(0, len(paper.title) + 13), score=0.5),) for paper in papers]
    rows = tuple(
        ComparedPaper(
            paper.id,
            (
                Cell("method", words),
                Cell("data", words),
                Cell("result", words, "It counts."),
                Cell("limits", ()),
            ),
        )
        for paper, words in zip(papers, said, strict=True)
    )
    question = Question("how do they differ?", Kind.COMPARE, "how do they differ?")
    numbered = list(enumerate(zip(papers, said, strict=True), start=1))
    return Answer(
        question=question,
        status=Status.ANSWERED,
        sentences=tuple(
            Sentence(words[0].quote, (Citation(n, p.id, words),), supported=True, lead="method, data")
            for n, (p, words) in numbered
        ),
        sources=tuple(Source(n, p, words) for n, (p, words) in numbered),
        ranking=Ranking(question, (), searched=9, encoded=9, similarity=0.5, coverage=0.5),
        writer="quotes",
        judged=9,
        comparison=Comparison(("method", "data", "result", "limits"), rows),
    )  # fmt: skip


def _printed(answer: Answer, monkeypatch: pytest.MonkeyPatch, *, width: int = 80) -> list[str]:
    screen = io.StringIO()
    monkeypatch.setattr(
        terminal, "out", Console(file=screen, width=width, force_terminal=True, no_color=True)
    )
    print_answer(answer)
    return [re.sub(r"\x1b\[[0-9;]*m", "", line).rstrip() for line in screen.getvalue().splitlines()]


def test_two_papers_stand_side_by_side_within_eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = _printed(_answer("NightEar", "OwlEye"), monkeypatch)
    assert any("[1] NightEar" in line and "[2] OwlEye" in line for line in lines)
    assert any(line.split()[:1] == ["method"] and line.count("counts owls") == 2 for line in lines)
    assert sum("as under method" in line for line in lines) == 1
    assert sum(line.count("It counts.") for line in lines) == 2
    assert sum(line.count("the abstract does not") for line in lines) == 2
    assert max(map(len, lines)) <= 80


def test_the_same_words_are_shown_once_however_they_were_weighed(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = _answer("NightEar", "OwlEye")
    assert answer.comparison is not None
    rows = tuple(
        replace(
            row, cells=(row.cells[0], replace(row.cells[1], evidence=_weighed(row.cells[1])), *row.cells[2:])
        )
        for row in answer.comparison.papers
    )
    answer = replace(answer, comparison=replace(answer.comparison, papers=rows))
    lines = _printed(answer, monkeypatch)
    assert sum(line.count("counts owls") for line in lines) == 2
    drawn = render_comparison(answer, replace(answer.comparison or Comparison((), ()), papers=rows), turn="t")
    assert drawn.count("as under method") == drawn.count("<q ") == 2


def _weighed(cell: Cell) -> tuple[Evidence, ...]:
    return tuple(replace(one, score=0.9) for one in cell.evidence)


def test_more_papers_stand_below_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = _printed(_answer("One", "Two", "Three", "Four"), monkeypatch)
    assert {"[1] One", "[2] Two", "[3] Three", "[4] Four"} <= set(lines)


def test_a_pipe_gets_the_quotes_with_their_aspects(capsys: pytest.CaptureFixture[str]) -> None:
    print_answer(_answer("NightEar", "OwlEye"))
    assert "“NightEar counts owls." in capsys.readouterr().out


def test_a_pipe_names_the_aspects_of_the_first_quote_too(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.StringIO()
    monkeypatch.setattr(terminal, "out", Console(file=screen, width=80, force_terminal=False))
    print_answer(_answer("NightEar", "OwlEye"))
    assert screen.getvalue().count("method, data: “") == 2


def test_a_pipe_gets_each_quote_on_one_line_and_what_is_not_said(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.StringIO()
    monkeypatch.setattr(terminal, "out", Console(file=screen, width=20, force_terminal=False))
    print_answer(_answer("NightEar", "OwlEye"))
    lines = screen.getvalue().splitlines()
    assert lines[1] == "    method, data: “NightEar counts owls.”"
    assert lines.count("    limits: the abstract does not say") == 2


@pytest.mark.parametrize("width", [30, 60])
def test_no_word_is_cut_however_narrow_the_screen(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = _printed(_answer("Antidisestablishment" * 3, "Kelp"), monkeypatch, width=width)
    assert not any("…" in line for line in lines)
