"""How an answer was found, as a table: each arm's score under its unit, what it cost, who wrote with what."""

from __future__ import annotations

from dataclasses import replace

from bs4 import BeautifulSoup, Tag

from rag.types import Answer, Kind, Paper, PaperId, Question, RankedPaper, Ranking, Source, Status, Usage
from ui.render_how import render_actions, render_how

_QUESTION = Question("Kelp?", Kind.FACT, "Kelp?")
_ARMS = {"words": 7.25, "paper": 0.5, "passage": -0.25, "fused": 2.0, "late": 0.75}


def _ranked(name: str, rank: int, **arms: float) -> RankedPaper:
    return RankedPaper(Paper(PaperId(name), name, "It grows."), rank, 1.5, (), arms=arms)


def _answer(*papers: RankedPaper) -> Answer:
    ranking = Ranking(
        *(_QUESTION, papers, 2, 2, 0.5, 1.0), index={"model": "minilm", "dimensions": "384", "sample": "a1"}
    )
    return Answer(_QUESTION, Status.ANSWERED, (), (), ranking, "llm:tiny", 2, prompts="7")


def _draw(answer: Answer) -> Tag:
    return BeautifulSoup(render_how(answer, shown=frozenset()), "html.parser")


def _columns(drawn: Tag) -> list[str]:
    return [cell.get_text() for cell in drawn.select(".ranked th")]


def _rows(drawn: Tag) -> list[list[str]]:
    return [[cell.get_text() for cell in row.select("td")] for row in drawn.select(".ranked tbody tr")]


def test_each_arm_has_a_column_with_its_unit() -> None:
    drawn = _draw(_answer(_ranked("Kelp", 1, **_ARMS), _ranked("Reed", 2, words=1.0, fused=0.5)))
    assert _columns(drawn)[2:5] == ["words (BM25)", "whole paper (cosine)", "best passage (cosine)"]
    assert _rows(drawn)[0] == ["1", "Kelp", "7.25", "0.50", "-0.25", "2.00", "0.75", "1.50", "0.00"]
    assert _rows(drawn)[1][2:7] == ["1.00", "–", "–", "0.50", "–"]


def test_an_arm_that_saw_no_paper_has_no_column() -> None:
    assert len(_columns(_draw(_answer(_ranked("Kelp", 1, words=1.0, fused=0.5))))) == 6


def test_a_re_rankers_score_has_a_column_where_one_looked() -> None:
    judged = replace(_ranked("Kelp", 1, **_ARMS), relevance=3.5)
    assert "re-ranker (its own unit)" in _columns(_draw(_answer(judged)))
    assert _rows(_draw(_answer(judged)))[0][-2] == "3.50"


def test_writer_prompts_index_tokens_and_cost_are_told() -> None:
    answer = replace(_answer(), usage=Usage(1200, 80, 0.0123))
    told = {
        row.select("th")[0].get_text(): row.select("td")[0].get_text()
        for row in _draw(answer).select(".laps tr")
    }
    assert (told["writer"], told["prompts"]) == ("llm:tiny", "version 7")
    assert told["index"] == "minilm, 384 dimensions"
    assert (told["tokens"], told["cost"]) == ("1,200 read, 80 written", "$0.0123")


def test_without_a_model_no_prompts_and_no_cost_are_told() -> None:
    drawn = _draw(replace(_answer(), writer="quotes", prompts="")).get_text()
    assert "prompts" not in drawn
    assert "cost" not in drawn


def test_an_answer_without_sources_is_saved_as_words_alone() -> None:
    def saves(answer: Answer) -> list[str]:
        drawn = BeautifulSoup(render_actions(answer), "html.parser")
        return [part.get_text() for part in drawn.select(".saves > *")]

    answer = _answer()
    assert saves(answer) == ["Save:", "Markdown"]
    cited = replace(answer, sources=(Source(1, _ranked("Kelp", 1).paper, ()),))
    assert saves(cited) == ["Save:", "CSV", "BibTeX", "RIS", "Markdown"]
