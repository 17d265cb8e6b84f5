"""Sets and comparisons as the page draws them: verdicts by criterion, themes, cells that say nothing."""

from __future__ import annotations

from dataclasses import replace

from bs4 import BeautifulSoup, Tag

from rag.types import Cell, ComparedPaper, RankedPaper
from tests.ui.judged import compared_answer, judged_answer, paper
from ui.keeping import keep_answer, read_answer
from ui.render import render_turn
from ui.turns import complete_turn


def _drawn(name: str) -> BeautifulSoup:
    answer = judged_answer() if name == "set" else compared_answer()
    return BeautifulSoup(render_turn(complete_turn("t", answer)), "html.parser")


def _texts(drawn: BeautifulSoup, selector: str) -> list[str]:
    return [found.get_text(" ", strip=True) for found in drawn.select(selector)]


def _one(drawn: BeautifulSoup, selector: str) -> Tag:
    found = drawn.select_one(selector)
    assert found is not None
    return found


def test_each_criterion_is_a_column_with_a_sign_and_a_word_for_it() -> None:
    drawn = _drawn("set")
    assert _texts(drawn, ".set thead th")[1:] == [
        "#",
        "Paper",
        "Verdict",
        "about kelp",
        "not surveys",
        "Year",
    ]
    signs = [cell.find(True) for cell in drawn.select("td[data-column='c1']")]
    assert [(s.get_text(), str(s["aria-label"])) for s in signs if isinstance(s, Tag)] == [
        ("●", "free of it: not surveys"),
        ("○", "has it: not surveys, footnote 2"),
        ("●", "free of it: not surveys"),
    ]


def test_the_words_of_a_criterion_are_marked_in_the_paper() -> None:
    drawn = _drawn("set")
    quote = _one(drawn, "tr[data-paper='kelp-2'] td[data-column='c1'] a.fn")["data-quote"]
    assert quote == "A survey of <i>seaweeds</i>."
    assert quote in _texts(drawn, "#paper-t-2 mark")


def test_rows_stand_under_their_themes_and_the_others_last() -> None:
    drawn = _drawn("set")
    assert _texts(drawn, "tr.theme th") == ["coasts 2 papers", "Other papers 1 paper"]
    bodies = [
        [str(row["data-paper"]) for row in body.select("tr[data-paper]")] for body in drawn.select("tbody")
    ]
    assert [body for body in bodies if body] == [["kelp-1", "kelp-2"], ["kelp-3"]]


def test_papers_that_were_not_judged_can_be() -> None:
    assert _texts(_drawn("set"), ".rest") == ["Judged the nearest 600 of 12,430 by a model. Judge all"]


def test_a_comparison_has_a_footnote_in_each_cell_or_says_that_nothing_is_said() -> None:
    drawn = _drawn("comparison")
    assert _texts(drawn, ".set thead th .title") == ["Kelp 1", "Kelp 2"]
    assert _texts(drawn, ".set tbody th") == ["Year", "kind", "growth"]
    assert _texts(drawn, ".set tbody td") == [
        "2021",
        "2022",
        "It surveys. 1",
        "A survey of <i>seaweeds</i>. 2",
        "Kelp grows fast. 1",
        "the abstract does not say",
    ]
    assert _texts(drawn, ".written") == []
    assert "A survey of <i>seaweeds</i>." in " ".join(_texts(drawn, "#paper-t-2 mark"))


def test_a_compared_paper_that_says_nothing_has_a_column_without_a_footnote() -> None:
    answer = compared_answer()
    assert answer.comparison
    silent = ComparedPaper(paper(3).id, (Cell("kind", ()), Cell("growth", ())))
    ranking = replace(answer.ranking, papers=(RankedPaper(paper(3), 1, 1.0, ()),))
    three = replace(
        answer,
        ranking=ranking,
        comparison=replace(answer.comparison, papers=(*answer.comparison.papers, silent)),
    )
    kept = read_answer(keep_answer(three))
    drawn = BeautifulSoup(render_turn(complete_turn("t", kept)), "html.parser")
    assert _texts(drawn, ".set thead th") == ["Paper", "Kelp 1 1", "Kelp 2 2", "Kelp 3"]
    assert _texts(drawn, ".set td.silent") == ["the abstract does not say"] * 3
