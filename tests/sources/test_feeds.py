"""Feeds as arXiv sends them, and XML that means harm."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.sources.reading import read_source
from rag.types import Paper, PaperId, Reading

_OWLS = """
  <entry>
    <id>http://arxiv.org/abs/2101.00001v2</id>
    <updated>2021-05-03T17:46:54Z</updated>
    <published>2021-01-02T17:15:04Z</published>
    <title>Owls &amp; Ears:
  a Study</title>
    <summary>  Owls hunt by $\\alpha$ &lt; 3
ears.
    </summary>
    <author><name>Ada Moor</name><arxiv:affiliation>Owl House</arxiv:affiliation></author>
    <author><name> Ben Heath</name></author>
    <link href="http://arxiv.org/abs/2101.00001v2" rel="alternate" type="text/html"/>
    <link title="pdf" href="http://arxiv.org/pdf/2101.00001v2" rel="related" type="application/pdf"/>
    <arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="cs.CL"/>
  </entry>"""
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n<title>ArXiv Query</title>'
_GOOD = "<entry><title>Mice</title><summary>They flee.</summary></entry>\n"
_NEWS = """<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0">
  <channel><title>cs.CL updates on arXiv.org</title><description>News.</description>
    <item>
      <title>Late Voles</title>
      <link>https://arxiv.org/abs/2101.00002</link>
      <description>arXiv:2101.00002v3 Announce Type: replace
Abstract: Voles dig.</description>
      <guid isPermaLink="false">oai:arXiv.org:2101.00002v3</guid>
      <pubDate>Mon, 10 Jan 2022 00:00:00 -0500</pubDate>
      <dc:creator>Cy Fen (Fen House, Low Land), Ada Moor</dc:creator>
    </item></channel></rss>"""


def _read(text: str) -> Reading:
    reading = read_source(text.encode(), source="feed.xml")
    assert reading.format == "feed"
    return reading


def _titles(reading: Reading) -> list[str]:
    return [paper.title for paper in reading.papers]


def test_an_answer_of_the_api_is_read_whole() -> None:
    [paper] = _read(f"{_HEAD}{_OWLS}</feed>").papers
    assert paper == Paper(
        PaperId("2101.00001"),
        "Owls & Ears: a Study",
        "Owls hunt by α < 3 ears.",
        ("Ada Moor", "Ben Heath"),
        "2021-01-02",
        "https://arxiv.org/abs/2101.00001",
        ("feed.xml",),
    )


def test_the_news_are_read_without_their_announcement_and_its_date() -> None:
    [paper] = _read(_NEWS).papers
    assert (paper.id, paper.title, paper.abstract) == ("2101.00002", "Late Voles", "Voles dig.")
    assert (paper.authors, paper.published) == (("Cy Fen", "Ada Moor"), "2021-01")


def test_an_error_of_the_api_is_told() -> None:
    error = "<entry><id>http://arxiv.org/api/errors#x</id><title>Error</title><summary>incorrect id</summary></entry>"
    assert [str(skip) for skip in _read(f"{_HEAD}{error}</feed>").skipped] == [
        "feed.xml:3: arXiv answered with an error: incorrect id"
    ]


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (
            "<entry><title>Voles</title><summary>They dig.</entry>",
            "the entry “Voles” is no XML (mismatched tag)",
        ),
        ("<entry><title>Voles</title><summary>Mice & voles.", "the entry “Voles” is never closed (</entry>)"),
        ("<entry><title>Voles</title>&me;</entry>", "the entry “Voles” is no XML (undefined entity)"),
        (
            "<entry><!DOCTYPE x><title>Voles</title></entry>",
            "the entry “Voles” is no XML (not well-formed (invalid token))",
        ),
    ],
)
def test_a_broken_entry_costs_itself_alone(broken: str, reason: str) -> None:
    reading = _read(f"{_HEAD}\n{_GOOD}{broken}\n{_GOOD}</feed>")
    assert _titles(reading) == ["Mice", "Mice"]
    assert [str(skip) for skip in reading.skipped] == [f"feed.xml:5: {reason}; save the feed again"]


def test_no_entity_of_a_document_type_is_resolved() -> None:
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 30))
    wicked = f'<!DOCTYPE feed [<!ENTITY l0 "lol">{lol}<!ENTITY file SYSTEM "file:///etc/passwd">]>'
    entries = "".join(
        f"<entry><title>T</title><summary>&{name};</summary></entry>" for name in ("l29", "file")
    )
    head = _HEAD.replace("<feed", f"{wicked}<feed")
    reading = _read(f"{head}{_GOOD}{entries}</feed>")
    assert _titles(reading) == ["Mice"]
    assert all("undefined entity" in skip.reason for skip in reading.skipped)
    assert len(reading.skipped) == 2


def test_bytes_that_are_not_utf8_cost_their_entry_alone() -> None:
    reading = read_source(
        f"{_HEAD}\n{_GOOD}".encode() + _GOOD.replace("Mice", "Mäuse").encode("latin-1"), source="feed.xml"
    )
    assert _titles(reading) == ["Mice"]
    [skip] = reading.skipped
    assert (skip.line, skip.reason[:23]) == (5, "bytes that are not UTF-")


def test_tags_nested_deeper_than_python_recurses_cost_their_entry_at_most() -> None:
    deep = f"<entry><title>{'<b>' * 100_000}{'</b>' * 100_000}</title></entry>\n"
    assert _titles(_read(f"{_HEAD}{_GOOD}{deep}{_GOOD}</feed>")) == ["Mice", "Mice"]


@given(st.data())
def test_a_cut_and_a_stroke_anywhere_cost_no_other_entry(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(_OWLS)))
    end = data.draw(st.integers(start, len(_OWLS)))
    stroke = data.draw(st.text(st.sampled_from("<>&;/![]- \"'aentry"), max_size=6))
    reading = _read(f"{_HEAD}\n{_GOOD}{_OWLS[:start]}{stroke}{_OWLS[end:]}\n{_GOOD}</feed>")
    assert [title for title in _titles(reading) if title == "Mice"] == ["Mice", "Mice"]
