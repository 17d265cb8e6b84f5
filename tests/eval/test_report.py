"""The page escapes what it shows, loads nothing, and opens each question to what was missed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from bs4 import BeautifulSoup

from eval.asking import Answers
from eval.comparing import changed_answers, compare_scores
from eval.reference import ReferenceQuestion
from eval.report import render_comparison, render_html, render_markdown
from eval.runs import Run
from eval.scoring import score_run
from tests.eval.conftest import Asker
from tests.eval.faults import Crashing

_HOSTILE = "</style></script><script>alert(1)</script><img src=x onerror=alert(2)> [x](javascript:alert(3)) |"


@pytest.fixture
def run(ask: Asker, healthy: Answers) -> Run:
    """A run of all the questions."""
    return ask(healthy, "run")


def _page(run: Run) -> BeautifulSoup:
    return BeautifulSoup(render_html(run, score_run(run)), "html.parser")


def _spoil(run: Run) -> Run:
    """Put hostile text wherever text of others stands."""

    def spoil(value: Any) -> Any:
        match value:
            case dict():
                return {
                    key: spoil(inner) if key not in {"id", "status"} else inner
                    for key, inner in value.items()
                }
            case list():
                return [spoil(inner) for inner in value]
            case str():
                return _HOSTILE
            case _:
                return value

    questions = tuple(
        replace(q, question=_HOSTILE, notes=_HOSTILE, answer=_HOSTILE, names=dict.fromkeys(q.names, _HOSTILE))
        for q in run.questions
    )
    answers = {name: spoil(dict(record)) for name, record in run.answers.items()}
    papers = {name: replace(paper, title=_HOSTILE) for name, paper in run.papers.items()}
    return replace(run, questions=questions, rounds=(answers,), papers=papers)


def test_every_question_opens_to_its_answer_and_what_was_missed(run: Run) -> None:
    page = _page(run)
    assert len(page.select("details.question")) == len(run.questions)
    first = page.select("details.question")[0]
    record = run.answers[run.questions[0].id]
    assert record["sentences"][0]["text"] in first.get_text()
    assert record["sources"][0]["evidence"][0]["quote"] in first.get_text()


def test_hostile_text_is_shown_and_does_nothing(run: Run) -> None:
    page = _page(_spoil(run))
    assert len(page.find_all("script")) == 1
    assert not page.find_all("img")
    assert "<img src=x" in page.get_text()
    assert not [tag for tag in page.find_all(True) if any(name.startswith("on") for name in tag.attrs)]
    assert not [a for a in page.find_all("a") if not str(a["href"]).startswith(("http://", "https://"))]


def test_the_page_may_load_nothing(run: Run) -> None:
    html = render_html(run, score_run(run))
    policy = BeautifulSoup(html, "html.parser").select_one("meta[http-equiv]")
    assert policy is not None
    assert str(policy["content"]).startswith("default-src 'none';")
    assert not re.search(r"""(?:src|@import|url\()\s*=?\s*["']?https?:""", html)


def test_crashed_questions_are_named_at_the_top(ask: Asker, healthy: Answers) -> None:
    crashed = ask(Crashing(healthy), "crashed")
    text = _page(crashed).get_text()
    ids = score_run(crashed).by_status("crashed")
    assert f"{len(ids)} questions crashed, scored worst: {', '.join(ids)}" in text


def test_a_missed_paper_is_told_with_its_rank(run: Run) -> None:
    record = dict(run.answers["fact001"])
    unquoted = {**record, "sentences": [], "sources": []}
    spoiled = replace(run, rounds=({**run.answers, "fact001": unquoted},))
    assert re.search(r"The Curious Robot.*: found at rank \d+, but not cited", _page(spoiled).get_text())


def test_markdown_shows_hostile_text_as_it_is(run: Run) -> None:
    spoiled = _spoil(run)
    text = render_markdown(spoiled, score_run(spoiled))
    assert "<script>" not in text.replace("\\<script", "")
    assert "](javascript" not in text.replace("\\]", "")


def test_an_unfinished_run_of_one_question_can_be_reported(
    ask: Asker, healthy: Answers, questions: Sequence[ReferenceQuestion]
) -> None:
    one = ask(healthy, "one", chosen=questions[:1])
    assert "There is none yet." in _page(replace(one, rounds=({},))).get_text()


def test_a_comparison_escapes_both_sides(run: Run) -> None:
    spoiled = _spoil(run)
    differences = compare_scores(score_run(run), score_run(spoiled), half="report")
    html = render_comparison(run, spoiled, differences, list(changed_answers(spoiled, run)))
    page = BeautifulSoup(html, "html.parser")
    assert len(page.find_all("script")) == 1
