"""Any bytes at all: decoded, told apart by content, and never an exception."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rag.sources.reading import FORMAT_NAMES, read_source

_CSV = "title,abstract\nÉtude of Owls,They hunt.\n"
_JSON = '{"title": "Étude of Owls", "abstract": "They hunt."}\n'
_HTML = "<!-- saved -->\n<html><article><h3>Étude of Owls</h3><p>They hunt.</p></article></html>"
_TEXT = f"new\nSubscribe\nDaily Papers\nÉtude of Owls\n{'They hunt at night in the far north. ' * 4}\n"
_BIBTEX = "@misc{owls,\n  title = {Étude of Owls},\n  abstract = {They hunt.}\n}\n"
_RIS = "TY  - JOUR\nTI  - Étude of Owls\nAB  - They hunt.\nER  - \n"
_ATOM = (
    '<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
    "<entry><title>Étude of Owls</title><summary>They hunt.</summary></entry></feed>"
)
_ARXIV = (
    '<!DOCTYPE html><html><li class="arxiv-result"><p class="title">Étude of Owls</p>'
    '<p class="abstract"><span class="abstract-full">They hunt.</span></p></li></html>'
)
_PAGES = {
    "arxiv-html": _ARXIV,
    "feed": _ATOM,
    "ris": _RIS,
    "bibtex": _BIBTEX,
    "csv": _CSV,
    "jsonl": _JSON,
    "daily-papers-html": _HTML,
    "daily-papers": _TEXT,
}


@pytest.mark.parametrize("name", FORMAT_NAMES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_format_is_told_by_its_content_in_each_encoding(name: str, encoding: str) -> None:
    # The file's name says nothing; UTF-16 and UTF-8 with a mark are what Windows programs write.
    reading = read_source(_PAGES[name].encode(encoding), source="page.dat")
    assert (reading.format, reading.skipped) == (name, ())
    assert [paper.title for paper in reading.papers] == ["Étude of Owls"]


def test_big_endian_utf16_is_read() -> None:
    assert (
        read_source(b"\xfe\xff" + _CSV.encode("utf-16-be"), source="a.csv").papers[0].title == "Étude of Owls"
    )


def test_zero_bytes_that_strayed_into_a_text_cost_nothing() -> None:
    rows = [b'{"title": "Owls", "abstract": "They hunt."}', b'{"title": "Mi\0ce", "abstract": "They flee."}']
    reading = read_source(b"\n\0\0".join(rows) + b"\0", source="a.jsonl")
    assert ([paper.title for paper in reading.papers], reading.skipped) == (["Owls", "Mice"], ())


def test_a_named_format_goes_before_the_content() -> None:
    # Without its header a page of text is in no known format.
    body = _TEXT.partition("Daily Papers\n")[2].encode()
    assert not read_source(body, source="page.txt").papers
    reading = read_source(body, source="page.txt", format_name="daily-papers")
    assert (reading.format, len(reading.papers)) == ("daily-papers", 1)
    wrong = read_source(_CSV.encode(), source="a.csv", format_name="jsonl")
    assert [str(skip) for skip in wrong.skipped] == [
        "a.csv:1: not a JSON object on one line",
        "a.csv:2: not a JSON object on one line",
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        (b" \r\n\t\n", "the file is empty"),
        (b"\xef\xbb\xbf", "the file is empty"),
        (b"\xff\xfe\n\0", "the file is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a binary file; save the page as text or HTML"),
        (
            b"%PDF-1.7\n%\xe2\xe3\n1 0 obj",
            "a PDF; Footnote reads abstracts: save the paper's own page, or export it from a reference manager",
        ),
        (_CSV.encode("utf-16-le"), "a binary file; save the page as text or HTML"),
        (
            b"Dear owls,\n\nplease be quiet.\n",
            f"no known listing format; name one with --format ({', '.join(FORMAT_NAMES)})",
        ),
        (
            b"[" * 100_000,
            f"no known listing format; name one with --format ({', '.join(FORMAT_NAMES)})",
        ),
    ],
    ids=["empty", "blank", "mark", "utf-16 mark", "png", "pdf", "utf-16 without mark", "letter", "brackets"],
)
def test_a_file_that_holds_no_listing_is_named_as_a_whole(content: bytes, reason: str) -> None:
    reading = read_source(content, source="some.file")
    assert (reading.format, reading.papers) == ("unknown", ())
    assert [str(skip) for skip in reading.skipped] == [f"some.file: {reason}"]


@pytest.mark.parametrize("name", ["csv", "jsonl"])
def test_latin1_bytes_cost_their_entry_alone(name: str) -> None:
    good = _PAGES[name].replace("É", "E").encode()
    bad = _PAGES[name].encode("latin-1").splitlines()[-1]
    reading = read_source(good + bad, source="page")
    assert [paper.title for paper in reading.papers] == ["Etude of Owls"]
    [skip] = reading.skipped
    assert skip.reason == "bytes that are not UTF-8; save the file as UTF-8 and add it again"
    assert skip.line == good.count(b"\n") + 1


def test_a_line_of_five_megabytes_is_read_whole() -> None:
    line = {"notes": "They {hunt} by \\ear. " * 250_000, "title": "Owls", "abstract": "They hunt by ear."}
    reading = read_source(json.dumps(line).encode(), source="a.jsonl")
    assert reading.papers[0].abstract == "They hunt by ear."


@given(st.binary(max_size=200) | st.text().map(str.encode), st.sampled_from([None, *FORMAT_NAMES]))
@example(b"<html><![", None)
@example(b'{"title": "\\ud800", "abstract": "\\u0000"}', None)
@example(b'title;abstract\n"', "csv")
def test_no_bytes_at_all_raise_and_none_are_passed_over_in_silence(content: bytes, name: str | None) -> None:
    reading = read_source(content, source="any", format_name=name)
    assert reading.papers or reading.skipped
    for paper in reading.papers:
        assert paper.id
        assert paper.title.encode()
        assert paper.abstract.encode()


@pytest.mark.parametrize("name", FORMAT_NAMES)
def test_a_page_cut_anywhere_gives_whole_entries_or_a_complaint(name: str) -> None:
    page = _PAGES[name].encode()
    for length in range(1, len(page)):
        reading = read_source(page[:length], source="cut")
        assert reading.papers or reading.skipped
        assert all("Owls" in paper.title for paper in reading.papers)
