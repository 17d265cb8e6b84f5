"""One entry: usable or named with its line, with an id that lasts and a link that is safe."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.sources.arxiv_ids import find_arxiv_id
from rag.sources.entry import RawEntry, read_entry, shorten, slug, title_key
from rag.types import Paper, Skipped


def _read(raw: RawEntry) -> Paper:
    entry = read_entry(raw, source="owls.csv")
    assert isinstance(entry, Paper)
    return entry


def test_all_fields_are_cleaned() -> None:
    raw = RawEntry(
        line=3,
        title=" Night  {\\em Owls}\n",
        abstract="They hunt\u202e at night.",
        authors=("Ada\x1b Moor", " "),
        published="2021-05-17T08:00:00Z",
        url="https://owl.test/1",
    )
    assert read_entry(raw, source="owls.csv") == Paper(
        id=slug("Night Owls"),
        title="Night Owls",
        abstract="They hunt at night.",
        authors=("Ada Moor",),
        published="2021-05-17",
        url="https://owl.test/1",
        sources=("owls.csv",),
    )


@pytest.mark.parametrize(
    ("title", "abstract", "reason"),
    [
        ("Owls", " \u200b ", "no abstract for “Owls”"),
        ("", "They hunt.", "an abstract without a title: “They hunt.”"),
        ("\ufeff", "{}", "neither title nor abstract"),
        ("Owls", "caf\udce9", "bytes that are not UTF-8; save the file as UTF-8 and add it again"),
        ("\ud800", "They hunt.", "bytes that are not UTF-8; save the file as UTF-8 and add it again"),
        (
            "Owls",
            "Hoo " * 50_001,
            f"the abstract “{'Hoo ' * 14}Hoo…” has 200,004 characters; 200,000 are the most",
        ),
        ("O" * 5_001, "They hunt.", f"the title “{'O' * 59}…” has 5,001 characters; 5,000 are the most"),
    ],
    ids=[
        "no abstract",
        "no title",
        "nothing",
        "abstract in bytes",
        "title in bytes",
        "long abstract",
        "long title",
    ],
)
def test_an_unusable_entry_is_named_with_file_line_and_reason(title: str, abstract: str, reason: str) -> None:
    entry = read_entry(RawEntry(line=7, title=title, abstract=abstract), source="owls.csv")
    assert entry == Skipped("owls.csv", 7, reason)
    assert str(entry) == f"owls.csv:7: {reason}"


def test_an_author_in_bytes_that_are_not_utf8_is_not_stored() -> None:
    raw = RawEntry(line=1, title="Owls", abstract="They hunt.", authors=("Ren\udce9",))
    assert isinstance(read_entry(raw, source="owls.csv"), Skipped)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " JavaScript:alert(1)//https://owl.test",
        "data:text/html,<b>",
        "https://owl.test/\"onclick='x'",
        "https://owl.test/ two",
        "https://owl.test/\x1b[2J",
        "https://owl.test/\u202egro.live",
        "https://owl.test/\udce9",
        "file:///etc/passwd",
        "//owl.test",
    ],
    ids=ascii,
)
def test_an_address_that_is_not_a_plain_web_address_is_dropped(url: str) -> None:
    assert _read(RawEntry(line=1, title="Owls", abstract="They hunt.", url=url)).url is None


def test_an_arxiv_paper_without_a_safe_address_gets_the_one_of_arxiv() -> None:
    raw = RawEntry(1, "Owls", "They hunt.", url="javascript:alert(1)", identifier="2101.00001v3")
    assert _read(raw).url == "https://arxiv.org/abs/2101.00001"


@pytest.mark.parametrize(
    ("published", "date"),
    [
        ("2021", "2021"),
        ("2021-05", "2021-05"),
        ("2021-05-17 08:00", "2021-05-17"),
        ("2021-13-05", "2021"),
        ("2021-05-32", "2021-05"),
        ("٢٠٢١-٠٥", None),
        ("May 2021", None),
        ("", None),
    ],
)
def test_a_date_is_iso_or_absent(published: str, date: str | None) -> None:
    assert _read(RawEntry(1, "Owls", "They hunt.", published=published)).published == date


@pytest.mark.parametrize(
    "text",
    [
        "2101.00001",
        "2101.00001v12",
        "arXiv:2101.00001v2 [cs.CV]",
        "https://arxiv.org/abs/2101.00001",
        "http://arxiv.org/pdf/2101.00001v1.pdf",
        "https://huggingface.co/papers/2101.00001#community",
        "https://doi.org/10.48550/arXiv.2101.00001",
    ],
)
def test_an_arxiv_id_is_found_without_its_version(text: str) -> None:
    assert find_arxiv_id(text) == "2101.00001"


@pytest.mark.parametrize(
    "text", ["", "10.1000/2101.00001", "2101.000012", "12101.00001", "paper 2101.00001", "7"]
)
def test_other_numbers_are_no_arxiv_id(text: str) -> None:
    assert find_arxiv_id(text) is None


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("cs/0112017", "cs/0112017"),
        ("hep-th/9901001v2", "hep-th/9901001"),
        ("math.GT/0309136", "math/0309136"),
        ("arXiv:cond-mat/0703470v1 [cond-mat.stat-mech]", "cond-mat/0703470"),
        ("http://arxiv.org/pdf/math-ph/0102001v1.pdf", "math-ph/0102001"),
        ("https://arxiv.org/abs/CS/0112017", "cs/0112017"),
        ("https://doi.org/10.48550/arXiv.physics/0203049", "physics/0203049"),
    ],
)
def test_an_arxiv_id_from_before_2007_is_found_in_the_form_that_all_share(text: str, bare: str) -> None:
    assert find_arxiv_id(text) == bare
    assert find_arxiv_id(bare) == bare


@pytest.mark.parametrize(
    "text",
    [
        "cs/011201",
        "cs/01120171",
        "cs/0113017",
        "cs/0812017",
        "owls/0112017",
        "10.1000/cs/0112017",
        "see cs/0112017",
    ],
)
def test_what_only_looks_like_such_an_id_is_none(text: str) -> None:
    assert find_arxiv_id(text) is None


def test_the_id_comes_from_the_identifier_before_the_url_before_the_title() -> None:
    url = "https://arxiv.org/abs/2202.00002v1"
    assert _read(RawEntry(1, "Owls", "They hunt.", url=url, identifier="2101.00001")).id == "2101.00001"
    assert _read(RawEntry(1, "Owls", "They hunt.", url=url, identifier="7")).id == "2202.00002"
    assert _read(RawEntry(1, "Night Owls", "They hunt.")).id == "night-owls"


def test_ids_made_of_titles_do_not_change_between_versions() -> None:
    # A library keeps these ids: another id would store the paper twice.
    assert slug("Owl-Net: 2 Eyes, One View") == "owl-net-2-eyes-one-view"
    assert slug("夜のフクロウ") == "2cf1f579"
    assert slug("α-Owls") == "owls-f17b9831"


@given(st.text(min_size=1).filter(str.strip))
def test_an_id_is_never_empty_and_safe_in_an_address(title: str) -> None:
    identifier = slug(title)
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", identifier)
    assert len(identifier) <= 72 + len("-12345678")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("夜のフクロウ", "昼のフクロウ"),
        ("Совы ночью", "Совы днём"),
        ("कला", "काला"),
        ("β-Owls", "α-Owls"),
        ("???", "!!!"),
        ("owl " * 30 + "a", "owl " * 30 + "b"),
        ("o" * 90, "o" * 91),
    ],
)
def test_different_titles_have_different_ids(one: str, other: str) -> None:
    assert slug(one) != slug(other)


@pytest.mark.parametrize("variant", ["α-owls", "Α-OWLS!", "  α  Owls", "α-O\u0301wls", "α–Owls?"])
def test_case_marks_and_accents_do_not_make_another_paper(variant: str) -> None:
    assert title_key(variant) == title_key("α-Owls")
    assert slug(variant) == slug("α-Owls")


def test_a_shortened_text_cannot_command_a_terminal() -> None:
    assert shorten("a\x1b[2J\n\tb\udce9 \u202ec") == "a?[2J b? ?c"
    assert shorten("owl " * 40) == ("owl " * 15).rstrip() + "…"
