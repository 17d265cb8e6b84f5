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

from rag.answering.answerer import Answerer
from rag.exports import Format, export, plain_text, write_bibtex, write_csv, write_markdown, write_ris
from rag.library.library import Library
from rag.retrieval.retriever import Retriever
from rag.settings import RetrievalSettings
from rag.types import Answer, Completed, Evidence, Paper, PaperId, Source, Span, Status

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
    *_, last = Answerer(retriever, judge=None).answer("Which papers use images?")
    assert isinstance(last, Completed)
    return last.answer


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
    assert first["authors"] == list(_PAPER.authors)
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


def test_a_refusal_is_told_in_markdown_with_the_nearest_papers(answer: Answer) -> None:
    written = write_markdown(replace(answer, sentences=(), status=Status.NOT_IN_LIBRARY))
    assert "*Not in library.*" in written
    assert "Nearest papers:" in written


def test_plain_text_can_go_without_its_footnotes(answer: Answer) -> None:
    assert "[1]" in plain_text(answer, footnotes=True)
    assert "[1]" not in plain_text(answer, footnotes=False)


@pytest.mark.parametrize("wanted", Format)
def test_every_format_writes_the_sources(answer: Answer, wanted: Format) -> None:
    written = export(answer, wanted)
    assert all(source.paper.title in written for source in answer.sources)
    assert wanted.suffix in {"csv", "bib", "ris", "md"}
