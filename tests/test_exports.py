"""What is exported can be read again by the programs that it is for."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import bibtexparser
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text

from rag.answering.answerer import Answerer, last_answer
from rag.exports import Format, export, plain_text, write_bibtex, write_csv, write_ris
from rag.library.library import Library
from rag.markdown import write_markdown
from rag.retrieval.retriever import Retriever
from rag.settings import RetrievalSettings
from rag.types import (
    Answer,
    Evidence,
    Judgement,
    Kind,
    Paper,
    PaperId,
    Question,
    Ranking,
    Source,
    Span,
    Status,
    Theme,
)

_PAPER = Paper(
    PaperId("2401.00012"),
    "Kelp & Müller: a 100% study_of $x$",
    "Kelp grows fast. It reaches the surface.",
    ("Ann Größe", "Bob And Sons", "Sea, Inc."),
    "2024-05-17",
    "https://example.org/kelp_1",
)
_TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1)


@pytest.fixture
def answer(shelf: Library) -> Answer:
    """An answer in quotes."""
    retriever = Retriever(shelf, RetrievalSettings())
    return last_answer(Answerer(retriever, judge=None, reader=None).answer("Which papers use images?"))


def _entries(text: str) -> list[dict[str, str]]:
    parser = bibtexparser.bparser.BibTexParser(common_strings=True)
    return list(bibtexparser.loads(text, parser).entries)


def test_bibtex_holds_what_is_known_of_a_paper() -> None:
    (entry,) = _entries(write_bibtex([_PAPER]))
    assert entry["ID"] == "groe2024kelp"
    assert (entry["year"], entry["month"], entry["eprint"]) == ("2024", "May", "2401.00012")
    assert entry["url"] == _PAPER.url
    assert LatexNodes2Text().latex_to_text(entry["title"]) == _PAPER.title
    assert [LatexNodes2Text().latex_to_text(name) for name in entry["author"].split(" and ")] == list(
        _PAPER.authors
    )


def test_two_papers_have_two_keys() -> None:
    twin = replace(_PAPER, id=PaperId("2401.00013"))
    assert len({entry["ID"] for entry in _entries(write_bibtex([_PAPER, twin, twin]))}) == 3


@given(title=_TEXT, name=_TEXT)
def test_no_text_ends_its_bibtex_entry(title: str, name: str) -> None:
    written = write_bibtex([replace(_PAPER, title=title, authors=(name,), abstract=title), _PAPER])
    depth, lowest = 0, 1
    for at, char in enumerate(written):
        depth += (char == "{") - (char == "}")
        if char == "}" and written[at - 2 : at] != "\n}":
            lowest = min(lowest, depth)
    assert depth == 0
    assert lowest >= 0
    assert written.count("\n@misc{") == 1


def test_ris_holds_what_is_known_of_a_paper() -> None:
    first, second = rispy.loads(write_ris([_PAPER, replace(_PAPER, authors=(), published=None, url=None)]))
    assert first["title"] == _PAPER.title
    assert first["authors"] == ["Ann Größe", "Bob And Sons", "Sea,, Inc."]  # as EndNote tells no surname
    assert (first["year"], first["date"], first["urls"]) == ("2024", "2024/05/17", [_PAPER.url])
    assert first["abstract"] == second["abstract"] == _PAPER.abstract


@given(_TEXT)
def test_no_text_ends_its_ris_record(title: str) -> None:
    records = rispy.loads(write_ris([replace(_PAPER, title=f"T\r\nER  - \n{title}"), _PAPER]))
    assert len(records) == 2


@given(_TEXT)
def test_csv_gives_each_text_back_and_no_cell_is_a_formula(title: str) -> None:
    paper = replace(_PAPER, title=title)
    source = Source(1, paper, (Evidence.cut(paper, Span(0, 16), score=1.0),))
    (row,) = csv.DictReader(io.StringIO(write_csv([source]), newline=""))
    assert row["title"].removeprefix("'") == title.removeprefix("'")
    assert not row["title"].startswith(("=", "+", "-", "@", "\t", "\r"))
    assert (row["number"], row["quotes"]) == ("1", "Kelp grows fast.")


def test_markdown_holds_each_sentence_and_each_source(answer: Answer) -> None:
    written = write_markdown(answer).replace("\\", "")
    assert written.startswith(f"## {answer.question.asked}\n")
    assert all(sentence.text in written for sentence in answer.sentences)
    assert all(f"{source.number}. {source.paper.title}" in written for source in answer.sources)


def test_markdown_makes_no_link_of_foreign_text(answer: Answer) -> None:
    wicked = "![x](http://elsewhere.invalid/x.png) [y](javascript:z) <b>"
    source = Source(1, replace(_PAPER, title=wicked, url="javascript:z"), ())
    written = write_markdown(replace(answer, sources=(source,)))
    assert not re.search(r"(?<!\\)\]\(", written)
    assert "<b>" not in written.replace("\\<", "")


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("- 1 = 0", r"1. \- 1 = 0"),
        ("2. A sequel", r"1. 2\. A sequel"),
        ("Kelp &lt; trees", r"1. Kelp \&lt; trees"),
    ],
)
def test_markdown_shows_a_title_as_it_is_written(answer: Answer, title: str, written: str) -> None:
    source = Source(1, replace(_PAPER, title=title, url=None, authors=(), published=None), ())
    assert written in write_markdown(replace(answer, sources=(source,))).splitlines()


def test_markdown_of_a_comparison_is_a_table_that_says_what_is_not_said(shelf: Library) -> None:
    answerer = Answerer(Retriever(shelf, RetrievalSettings()), judge=None, reader=None)
    answer = last_answer(answerer.answer("compare Twin Scale Fusion and Patient Mamba"))
    assert answer.comparison
    first, second = answer.sources
    written = write_markdown(answer)
    assert f"|  | {first.paper.title} [1] | {second.paper.title} [2] |" in written
    assert f"| “{first.evidence[0].quote}” |" in written.replace("\\", "")
    assert "| limits | *the abstract does not say* |" in written


def test_a_refusal_is_told_in_markdown_with_the_nearest_papers(answer: Answer) -> None:
    written = write_markdown(replace(answer, sentences=(), status=Status.NOT_IN_LIBRARY))
    assert "*Not in library.*" in written
    assert "Nearest papers:" in written


def test_plain_text_can_go_without_its_footnotes(answer: Answer) -> None:
    assert "[1]" in plain_text(answer, footnotes=True)
    assert "[1]" not in plain_text(answer, footnotes=False)


@pytest.fixture
def judged(shelf: Library) -> Answer:
    """A set, judged by two criteria; the second is ruled out."""
    answerer = Answerer(Retriever(shelf, RetrievalSettings()), judge=None, reader=None)
    answer = last_answer(answerer.answer("Which papers use images, but not drums?"))
    assert answer.verdicts
    return answer


def test_csv_of_a_set_has_the_verdict_on_each_criterion_and_its_words(judged: Answer) -> None:
    told = {verdict.paper_id: verdict for verdict in judged.verdicts}
    rows = list(csv.DictReader(io.StringIO(export(judged, Format.CSV), newline="")))
    assert [row["id"] for row in rows] == [source.paper.id for source in judged.sources]
    for row in rows:
        wanted, ruled_out = told[PaperId(row["id"])].criteria
        assert row["use images"] == wanted.verdict.value
        assert row["words for: use images"] == " … ".join(e.quote for e in wanted.evidence)
        assert (row["ruled out: drums"], row["words for: ruled out: drums"]) == (ruled_out.verdict.value, "")
        assert row["published"] == row["authors"] == ""  # nothing is known of them


def test_reference_managers_read_the_members_of_a_set_and_nothing_else(judged: Answer) -> None:
    titles = [source.paper.title for source in judged.sources]
    assert [record["title"] for record in rispy.loads(export(judged, Format.RIS))] == titles
    entries = _entries(export(judged, Format.BIBTEX))
    assert sorted(entry["title"].strip("{}") for entry in entries) == sorted(titles)
    assert all(set(entry) <= {"ENTRYTYPE", "ID", "title", "abstract"} for entry in entries)


def test_markdown_of_a_set_is_a_table_under_its_themes_with_the_words_below(judged: Answer) -> None:
    first, *others = judged.sources
    written = write_markdown(replace(judged, themes=(Theme("trees | leaves", (first.paper.id,)),)))
    assert judged.sentences[0].text in written
    assert r"### trees \| leaves" in written
    assert "|  | paper | year | verdict | use images | ruled out: drums |" in written
    assert all(f"| {s.number} | {s.paper.title} |  | meets |" in written for s in (first, *others))
    assert all(e.quote in written.replace("\\", "") for s in judged.sources for e in s.evidence)


@given(_TEXT)
def test_no_title_adds_a_cell_to_the_table(title: str) -> None:
    source = Source(1, replace(_PAPER, title=title), (), Judgement.MEETS)
    question = Question("kelp?", Kind.LIST, "kelp?")
    ranking = Ranking(question, (), 1, 1, None, 0.0)
    answer = Answer(question, Status.ANSWERED, (), (source,), ranking, "quotes", 1)
    row = next(line for line in write_markdown(answer).split("\n") if line.startswith("| 1 |"))
    assert len(re.findall(r"(?<!\\)\|", row.replace("\\\\", ""))) == 5


@pytest.mark.parametrize("wanted", Format)
def test_every_format_writes_the_sources(answer: Answer, wanted: Format) -> None:
    written = export(answer, wanted)
    assert all(source.paper.title in written for source in answer.sources)
    assert wanted.suffix in {"csv", "bib", "ris", "md"}
