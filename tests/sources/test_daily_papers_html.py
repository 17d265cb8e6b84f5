"""Saved HTML, both ways: the data that the page carries, and its article cards."""

from __future__ import annotations

import html
import json

import pytest

from rag.sources.reading import read_source
from rag.types import Reading

_OWLS = {
    "title": 'Night <Owls> & "Ears"',
    "paper": {
        "id": "2101.00001",
        "title": 'Night <Owls> & "Ears"',
        "summary": "Owls hunt by ear.\nWe follow 40 of them; they're \\emph{quiet}.",
        "authors": [{"name": "Ada Moor", "hidden": False}, {"name": "Ben Heath"}],
        "publishedAt": "2021-01-02T03:04:05.000Z",
    },
}
_CARDS = """
<article><a href="/papers/2101.00001"><img alt=""></a><div>
  <h3><a href="/papers/2101.00001">Night <b>Owls</b></a></h3>
  <p>3 days ago</p><p>Owls hunt by ear &amp; by eye.</p>
  <a href="/papers/2101.00001#community">12</a></div></article>
<article><h3><a href="/papers/field-mice">Field Mice</a></h3><p>Mice hear them late.</p></article>
"""


def _hydrater(props: str, *, target: str = "DailyPapers") -> str:
    return f'<div class="SVELTE_HYDRATER contents" data-target="{target}" data-props="{html.escape(props)}"></div>'


def _read(*parts: str) -> Reading:
    page = "<!DOCTYPE html>\n<html><head><title>Daily Papers</title></head><body>\n" + "\n".join(parts)
    return read_source(f"{page}\n</body></html>".encode(), source="page.html")


def test_the_data_of_the_page_gives_every_field() -> None:
    reading = _read(
        _hydrater('{"user": null}', target="MainHeader"),
        _hydrater(json.dumps({"dailyPapers": [_OWLS], "n": 1})),
    )
    [paper] = reading.papers
    assert (reading.format, reading.skipped) == ("daily-papers-html", ())
    assert (paper.id, paper.url) == ("2101.00001", "https://huggingface.co/papers/2101.00001")
    assert paper.title == 'Night <Owls> & "Ears"'
    assert paper.abstract == "Owls hunt by ear. We follow 40 of them; they're quiet."
    assert (paper.authors, paper.published) == (("Ada Moor", "Ben Heath"), "2021-01-02")


def test_papers_are_found_however_deep_the_data_holds_them() -> None:
    flat = {"id": "2101.00002", "title": "Field Mice", "summary": "Mice hear them late."}
    reading = _read(_hydrater(json.dumps({"query": {"pages": [[{"items": [_OWLS]}], [flat]]}})))
    assert [paper.id for paper in reading.papers] == ["2101.00001", "2101.00002"]


def test_a_paper_of_the_data_without_summary_is_named_and_the_others_stay() -> None:
    empty = {"paper": {"id": "2101.00003", "title": "Empty Nest", "summary": ""}}
    reading = _read(_hydrater(json.dumps({"dailyPapers": [empty, _OWLS]})))
    assert [paper.id for paper in reading.papers] == ["2101.00001"]
    assert [str(skip) for skip in reading.skipped] == ["page.html:3: no abstract for “Empty Nest”"]


def test_cards_are_read_where_the_data_is_gone() -> None:
    reading = _read(_CARDS)
    assert [(p.id, p.title, p.abstract, p.url) for p in reading.papers] == [
        (
            "2101.00001",
            "Night Owls",
            "Owls hunt by ear & by eye.",
            "https://huggingface.co/papers/2101.00001",
        ),
        ("field-mice", "Field Mice", "Mice hear them late.", "https://huggingface.co/papers/field-mice"),
    ]
    assert not reading.skipped


def test_the_data_goes_before_the_cards() -> None:
    [paper] = _read(_CARDS, _hydrater(json.dumps({"dailyPapers": [_OWLS]}))).papers
    assert paper.authors == ("Ada Moor", "Ben Heath")


@pytest.mark.parametrize(
    "props", ['{"dailyPapers": [{"paper": {"ti', "", "[" * 100_000], ids=["cut", "empty", "deep"]
)
def test_damaged_data_is_named_and_the_cards_are_read(props: str) -> None:
    reading = _read(_hydrater(props), _CARDS)
    assert [paper.title for paper in reading.papers] == ["Night Owls", "Field Mice"]
    assert [str(skip) for skip in reading.skipped] == [
        "page.html:3: the page's data is cut off or damaged; save the page again"
    ]


def test_tags_for_scholars_do_not_make_it_a_page_of_arxiv() -> None:
    reading = _read('<meta name="citation_title" content="Owls">', _hydrater(json.dumps([_OWLS])))
    assert (reading.format, len(reading.papers)) == ("daily-papers-html", 1)


def test_damaged_data_of_another_part_of_the_page_does_not_matter() -> None:
    reading = _read(_hydrater("{", target="MainHeader"), _hydrater(json.dumps([_OWLS])))
    assert (len(reading.papers), reading.skipped) == (1, ())


def test_a_card_without_an_abstract_is_named_with_its_line() -> None:
    reading = _read("<article><h3>Empty Nest</h3></article>", _CARDS)
    assert len(reading.papers) == 2
    assert [str(skip) for skip in reading.skipped] == ["page.html:3: no abstract for “Empty Nest”"]


def test_a_card_never_carries_a_script_into_an_address() -> None:
    reading = _read(
        "<article><h3><a href=\"javascript:go('/papers/1')\">Owls</a></h3><p>They hunt.</p></article>"
    )
    assert [(paper.title, paper.url) for paper in reading.papers] == [("Owls", None)]


@pytest.mark.parametrize(
    "page",
    [
        b"<html><body><p>No papers today.</p></body></html>",
        b'<html><div class="SVELTE_HYDRATER" data-target="DailyPapers" data-props="{&quot;dailyPapers&quot;: [',
    ],
    ids=["none", "cut in an attribute"],
)
def test_a_page_without_entries_is_named(page: bytes) -> None:
    reading = read_source(page, source="page.html")
    assert [str(skip) for skip in reading.skipped] == ["page.html: no entries in this daily-papers-html file"]


def test_markup_that_the_parser_refuses_is_named() -> None:
    reading = read_source(b"<html><![owl <article><h3>Owls</h3>", source="page.html")
    assert [str(skip) for skip in reading.skipped] == [
        "page.html: the page's markup is damaged; save the page again"
    ]


def test_tags_nested_deeper_than_python_recurses_are_read() -> None:
    assert len(_read("<div>" * 5_000, _CARDS).papers) == 2
