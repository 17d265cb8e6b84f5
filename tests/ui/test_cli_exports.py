"""`footnote ask` prints its sources for other programs."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import bibtexparser
import rispy

from tests.ui.command_line import footnote, records

_QUESTION = "Which papers use images?"


def test_each_format_holds_the_sources_of_the_answer(small_home: Path) -> None:
    (answer,) = records(footnote("ask", _QUESTION, "--json", home=small_home))
    titles = [source["title"] for source in answer["sources"]]
    printed = {
        name: footnote("ask", _QUESTION, f"--{name}", home=small_home).stdout_bytes.decode()
        for name in ("csv", "bibtex", "ris", "markdown")
    }
    assert [row["title"] for row in csv.DictReader(io.StringIO(printed["csv"], newline=""))] == titles
    assert sorted(e["title"].strip("{}") for e in bibtexparser.loads(printed["bibtex"]).entries) == sorted(
        titles
    )
    assert [record["title"] for record in rispy.loads(printed["ris"])] == titles
    assert all(title in printed["markdown"] for title in titles)


def test_papers_of_a_refusal_are_told_from_sources(small_home: Path) -> None:
    refused = footnote(
        "ask", "Does Patient Mamba use zebrafish from Zanzibar at the ZooBank?", "--bibtex", home=small_home
    )
    assert "): these are the nearest papers, no sources" in refused.stderr
    assert "nothing to export" in footnote("ask", "hello", "--csv", home=small_home).stderr


def test_two_formats_at_once_are_wrong_usage(small_home: Path) -> None:
    result = footnote("ask", _QUESTION, "--csv", "--json", home=small_home)
    assert result.exit_code == 2
    assert "choose one format" in result.stderr
