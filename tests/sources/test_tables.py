"""JSON Lines and CSV: names of fields, quoting, and the right line for every complaint."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.sources.reading import read_source
from rag.types import Paper, PaperId, Reading

_CELL = st.text(st.sampled_from('ab ,;\t"\n.'), min_size=1, max_size=12).map(lambda text: f"x{text}")


def _read(text: str, *, name: str = "owls.csv") -> Reading:
    return read_source(text.encode(), source=name)


def _titles(reading: Reading) -> list[str]:
    return [paper.title for paper in reading.papers]


def _complaints(reading: Reading) -> list[str]:
    return [str(skip) for skip in reading.skipped]


@pytest.mark.parametrize(
    "record",
    [
        {
            "title": "Owls",
            "abstract": "They hunt.",
            "authors": ["Ada Moor", "Ben Heath"],
            "published": "2021-05",
        },
        {
            "Title": "Owls",
            "Summary": "They hunt.",
            "author": "Ada Moor and Ben Heath",
            "publishedAt": "2021-05",
        },
        {
            "name": "Owls",
            "text": "They hunt.",
            "creators": [{"name": "Ada Moor"}, {"name": "Ben Heath"}, None],
        }
        | {"date": "2021-05"},
        {
            "title": "",
            "name": "Owls",
            "description": "They hunt.",
            "authors": "Ada Moor; Ben Heath",
            "year": "2021-05",
        },
    ],
)
def test_fields_may_go_by_other_names(record: dict[str, object]) -> None:
    others = {"arxiv_id": "2101.00001", "link": "https://owl.test", "votes": {"n": 3}}
    assert _read(json.dumps(record | others)).papers == (
        Paper(
            id=PaperId("2101.00001"),
            title="Owls",
            abstract="They hunt.",
            authors=("Ada Moor", "Ben Heath"),
            published="2021-05",
            url="https://owl.test",
            sources=("owls.csv",),
        ),
    )


def test_a_year_and_an_arxiv_id_may_be_numbers() -> None:
    [paper] = _read('{"title": "Owls", "abstract": "They hunt.", "year": 2021, "id": 2101.00010}').papers
    assert (paper.published, paper.id) == ("2021", "2101.00010")


def test_a_broken_line_of_json_costs_that_line_alone() -> None:
    lines = [
        '{"title": "Owls", "abstract": "They hunt."}',
        "",
        '{"title": "Cut", "abstr',
        "[1, 2]",
        "null",
        '{"title": "Empty Nest", "abstract": null}',
        '{"abstract": "They flee."}',
        '{"title": "Half \\ud800", "abstract": "They hide."}',
        '{"title": "Mice", "abstract": "They flee.\\u2028Late."}',
    ]
    reading = _read("\n".join(lines), name="a.jsonl")
    assert _titles(reading) == ["Owls", "Mice"]
    assert _complaints(reading) == [
        "a.jsonl:3: not a JSON object on one line",
        "a.jsonl:4: a JSON object was expected, not list",
        "a.jsonl:5: a JSON object was expected, not NoneType",
        "a.jsonl:6: no abstract for “Empty Nest”",
        "a.jsonl:7: an abstract without a title: “They flee.”",
        "a.jsonl:8: bytes that are not UTF-8; save the file as UTF-8 and add it again",
    ]


def test_json_nested_a_hundred_thousand_deep_costs_its_line_alone() -> None:
    good = '{"title": "Owls", "abstract": "They hunt."}'
    reading = _read("\n".join((good, '{"title": ' + "[" * 100_000, '{"a":' * 100_000, good)), name="a.jsonl")
    assert _titles(reading) == ["Owls", "Owls"]
    assert [skip.line for skip in reading.skipped] == [2, 3]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"], ids=repr)
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=repr)
def test_csv_is_read_with_each_delimiter_and_line_end(delimiter: str, newline: str) -> None:
    rows = ["Title,ABSTRACT,authors", 'Owls,They hunt.,"Ada Moor; Ben Heath"', "Mice,They flee.,Cy Fen"]
    reading = _read(newline.join(row.replace(",", delimiter) for row in rows))
    assert reading.format == "csv"
    assert [(p.title, p.authors) for p in reading.papers] == [
        ("Owls", ("Ada Moor", "Ben Heath")),
        ("Mice", ("Cy Fen",)),
    ]


@given(st.lists(st.tuples(_CELL, _CELL), min_size=1, max_size=5), st.sampled_from(",;\t"))
def test_any_cell_survives_quoting(rows: list[tuple[str, str]], delimiter: str) -> None:
    table = io.StringIO()
    csv.writer(table, delimiter=delimiter).writerows([("title", "abstract"), *rows])
    reading = _read(table.getvalue())
    assert [(p.title, p.abstract) for p in reading.papers] == [
        (" ".join(title.split()), " ".join(abstract.split())) for title, abstract in rows
    ]


def test_lines_are_counted_through_quoted_newlines_and_blank_rows() -> None:
    text = (
        '\n  \ntitle,abstract\nOwls,"They\n\nhunt ""well"", mostly."\n\nEmpty Nest,\nMice,They flee.\n,Lost\n'
    )
    reading = _read(text)
    assert [paper.abstract for paper in reading.papers] == ['They hunt "well", mostly.', "They flee."]
    assert [skip.line for skip in reading.skipped] == [8, 10]


def test_a_row_with_too_many_fields_is_named_and_the_others_stay() -> None:
    reading = _read("title,abstract\nOwls,They hunt, and fly.\nMice,They flee.\n")
    assert _titles(reading) == ["Mice"]
    assert _complaints(reading) == ["owls.csv:2: 3 fields where the header names 2; quote the commas"]


def test_a_row_with_too_few_fields_is_named_and_the_others_stay() -> None:
    reading = _read("title,year,abstract\nOwls,2021\nMice,2021,They flee.\n")
    assert _titles(reading) == ["Mice"]
    assert _complaints(reading) == ["owls.csv:2: no abstract for “Owls”"]


def test_a_quote_that_never_closes_is_named_where_its_row_begins() -> None:
    reading = _read('title,abstract\nOwls,They hunt.\nMice,"They flee.\nVoles,They dig.\n')
    assert _titles(reading) == ["Owls"]
    [complaint] = _complaints(reading)
    assert complaint.startswith("owls.csv:3: the table cannot be read on from here")


def test_a_header_may_be_quoted_and_hold_the_delimiter() -> None:
    reading = _read('"title","votes, all","abstract"\n"Owls","3","They hunt."\n')
    assert [(p.title, p.abstract) for p in reading.papers] == [("Owls", "They hunt.")]


def test_a_table_with_a_header_alone_is_named() -> None:
    assert _complaints(_read("title,abstract\n")) == ["owls.csv: no entries in this csv file"]


@pytest.mark.parametrize("missing", ["NaN", "null", "true", "-Infinity"])
def test_a_value_that_is_no_text_is_missing(missing: str) -> None:
    read = _read(
        f'{{"title": "Owls", "abstract": {missing}}}\n{{"title": {missing}, "abstract": "They hunt."}}'
    )
    assert read.papers == ()
    assert len(read.skipped) == 2
    assert (
        _read(f'{{"title": "Owls", "abstract": {missing}, "text": "They hunt."}}').papers[0].abstract
        == "They hunt."
    )


@pytest.mark.parametrize(
    ("told", "published"),
    [
        ("May 3, 2021", "2021-05-03"),
        ("2021/5/3", "2021-05-03"),
        ("20210503", "2021-05-03"),
        ("2021-05-03T08:00:00Z", "2021-05-03"),
        ("2021-02-31", "2021-02"),
        ("1620000000000", None),  # milliseconds, as pandas writes them
        ("soon", None),
    ],
)
def test_dates_are_read_as_they_are_written(told: str, published: str | None) -> None:
    (paper,) = _read(f'title,abstract,date\nOwls,They hunt.,"{told}"\n').papers
    assert paper.published == published


@pytest.mark.parametrize(
    ("told", "authors"),
    [
        ("Moor, Ada; van Heath, Ben", ("Ada Moor", "Ben van Heath")),
        ("Moor, Ada and Heath, Ben", ("Ada Moor", "Ben Heath")),
        ("Moor, Ada", ("Ada Moor",)),
        ("Ada Moor, Ben Heath", ("Ada Moor", "Ben Heath")),
        ("Ada Moor, Ben Heath and Cy Ray", ("Ada Moor", "Ben Heath", "Cy Ray")),
        ("Ada Moor", ("Ada Moor",)),
    ],
)
def test_names_are_parted_as_they_are_written(told: str, authors: tuple[str, ...]) -> None:
    (paper,) = _read(f'title,abstract,authors\nOwls,They hunt.,"{told}"\n').papers
    assert paper.authors == authors


def test_a_table_of_zotero_is_read() -> None:
    header = '"Key","Publication Year","Author","Title","Publication Title","Abstract Note","Date","Url"'
    row = '"X1","2021","Moor, Ada; Heath, Ben","Owls","Journal of Owls","They hunt.","2021-05","https://owl.test"'
    (paper,) = _read(f"{header}\n{row}\n").papers
    assert (paper.title, paper.abstract, paper.published) == ("Owls", "They hunt.", "2021-05")
    assert (paper.authors, paper.url) == (("Ada Moor", "Ben Heath"), "https://owl.test")
