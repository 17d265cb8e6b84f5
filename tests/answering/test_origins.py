"""Who wrote a paper and when, told from the catalogue."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.answering.refusing.abstention import find_abstention
from rag.answering.refusing.origins import told_by_catalogue
from rag.types import Kind, Question, RankedPaper, Ranking, Status
from tests.answering.leaf_papers import PAPERS


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Who wrote LeafNet?", "no file names its authors."),
        ("who are the authors of BarkScan?", "by Ada Wood."),
        ("who proposed BarkScan?", "by Ada Wood."),
        ("who is behind the BarkScan paper?", "by Ada Wood."),
        ("when was BarkScan published?", "it is of 2024-02-03."),
        ("in which year did LeafNet come out?", "no file names its date."),
        ("how old is LeafNet?", "no file names its date."),
    ],
)
def test_who_wrote_a_paper_and_when_is_told_from_the_catalogue(text: str, told: str) -> None:
    papers = tuple(
        replace(paper, authors=("Ada Wood",), published="2024-02-03") if paper.id == "barkscan" else paper
        for paper in PAPERS
    )
    named = [paper for paper in papers if paper.title.split(":")[0] in text]
    ranked = tuple(RankedPaper(paper, rank=1, score=1.0, arms={}, evidence=()) for paper in named)
    question = Question(text, Kind.FACT, text)
    ranking = Ranking(question, ranked, searched=3, encoded=3, similarity=0.9, coverage=1.0)
    finding = find_abstention(question, ranking)
    assert finding.status is Status.NOT_STATED
    assert finding.line.endswith(told)


@pytest.mark.parametrize(
    "text",
    [
        "who proposed photographs of leaves?",
        "who labels BarkScan?",
        "when was the bark of BarkScan collected?",
    ],
)
def test_what_no_paper_is_called_by_is_not_asked_of_the_catalogue(text: str) -> None:
    assert not told_by_catalogue(text, PAPERS)


@pytest.mark.parametrize("text", ["who wrote OwlNet?", "When was OwlNet published?"])
def test_of_a_name_that_no_paper_is_called_by_it_is_said_that_none_is(text: str) -> None:
    assert told_by_catalogue(text, PAPERS).startswith(
        "No paper here is called “OwlNet”, and abstracts do not say"
    )
