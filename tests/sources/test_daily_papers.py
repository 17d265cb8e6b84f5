"""Text pages: both layouts, every header, and one bad entry that costs itself alone."""

from __future__ import annotations

import pytest

from rag.sources.daily_papers import is_daily_papers
from rag.sources.reading import read_source
from rag.types import Reading

_HEADER = (
    "new",
    "Get trending papers in your email inbox!",
    "Subscribe",
    "byAK and the research community",
    "Mar 11",
)
_OWLS = "Owls hunt by ear, and few cameras see them do it. We follow forty owls with microphones for a whole year."
_MICE = (
    "Mice hear owls too late, as wings with soft edges make no sound. We measure the delay on 12 wild mice."
)


def _read(*blocks: str, gap: str = "\n\n", end: str = "\n") -> Reading:
    return read_source((gap.join(blocks) + end).encode(), source="page.txt")


def _titles(reading: Reading) -> list[str]:
    return [paper.title for paper in reading.papers]


@pytest.mark.parametrize("gap", ["\n\n", "\n", "\r\n\r\n", "\n \t\n\n"], ids=repr)
@pytest.mark.parametrize("end", ["", "\n"], ids=repr)
def test_title_and_abstract_stand_in_turn_with_blank_lines_or_without(gap: str, end: str) -> None:
    reading = _read(*_HEADER, "Night Owls", _OWLS, "Field Mice", _MICE, gap=gap, end=end)
    assert [(paper.title, paper.abstract) for paper in reading.papers] == [
        ("Night Owls", _OWLS),
        ("Field Mice", _MICE),
    ]
    assert reading.format == "daily-papers"
    assert not reading.skipped


@pytest.mark.parametrize("gap", ["\n\n", "\n"], ids=repr)
def test_the_first_title_may_be_glued_to_subscribe(gap: str) -> None:
    header = (
        "Get trending papers in your email inbox once a day!",
        "Get trending papers in your email inbox!",
    )
    reading = _read(*header, "SubscribeNight Owls", _OWLS, "Subscribed Mice", _MICE, gap=gap)
    assert _titles(reading) == ["Night Owls", "Subscribed Mice"]


@pytest.mark.parametrize(
    "header",
    [
        ("new", "Get trending papers in your email inbox!", "Subscribe"),
        ("Daily Papers", "by AK and the research community"),
        (
            "Get trending papers in your email inbox once a day!",
            "Subscribe",
            "Trending Papers",
            "Jul 30, 2024",
        ),
    ],
)
def test_headers_are_no_entries(header: tuple[str, ...]) -> None:
    reading = _read(*header, "Night Owls", _OWLS)
    assert _titles(reading) == ["Night Owls"]
    assert not reading.skipped


@pytest.mark.parametrize(
    "text",
    [
        "Night Owls\n\nThey hunt.\n",
        "Subscribe\nto our owl letter\n",
        '{"title": "new"}',
        "new owls\nDaily walks\n",
    ],
)
def test_a_text_without_such_a_header_is_no_page(text: str) -> None:
    assert not is_daily_papers(text)


def test_a_page_with_a_header_alone_is_named() -> None:
    reading = _read(*_HEADER)
    assert [str(skip) for skip in reading.skipped] == ["page.txt: no entries in this daily-papers file"]


def test_a_title_that_is_a_question_or_long_stays_a_title() -> None:
    question = "Do Owls Dream of the Field Mice That They Did Not Catch on a Night Full of Rain and Wind?"
    long = "On " + "Very " * 40 + "Long Nights"
    assert _titles(_read(*_HEADER, question, _OWLS, long, _MICE)) == [question, long]


def test_a_title_without_an_abstract_costs_itself_alone() -> None:
    reading = _read(*_HEADER, "Empty Nest", "Night Owls", _OWLS)
    assert _titles(reading) == ["Night Owls"]
    assert [str(skip) for skip in reading.skipped] == ["page.txt:11: no abstract for “Empty Nest”"]


def test_an_abstract_without_a_title_costs_itself_alone() -> None:
    reading = _read(*_HEADER, "Night Owls", _OWLS, _MICE, "Field Mice", _MICE)
    assert _titles(reading) == ["Night Owls", "Field Mice"]
    [skip] = reading.skipped
    assert str(skip).startswith("page.txt:15: an abstract without a title: “Mice hear owls")


def test_a_page_that_ends_in_mid_sentence_loses_its_last_entry_alone() -> None:
    reading = _read(*_HEADER, "Night Owls", _OWLS, "Field Mice", _MICE * 3 + " We mea", end="")
    assert _titles(reading) == ["Night Owls"]
    assert [str(skip) for skip in reading.skipped] == [
        "page.txt:17: the file ends in mid-sentence: “Field Mice” is cut off"
    ]


@pytest.mark.parametrize(
    "end", [" at https://owl.test/mice", " (see www.owl.test)", " www.owl.test", " “so.”"]
)
def test_a_page_may_end_with_an_address_or_a_quotation(end: str) -> None:
    assert _titles(_read(*_HEADER, "Field Mice", _MICE * 3 + end, end="")) == ["Field Mice"]


@pytest.mark.parametrize("end", ["", "\n"], ids=repr)
def test_a_page_that_ends_after_a_title_is_named(end: str) -> None:
    reading = _read(*_HEADER, "Night Owls", _OWLS, "Field Mice", end=end)
    assert _titles(reading) == ["Night Owls"]
    assert [str(skip) for skip in reading.skipped] == [
        "page.txt:15: no abstract for “Field Mice” (the file ends here)"
    ]


def test_an_entry_in_another_encoding_is_named_and_the_others_stay() -> None:
    text = "\n".join((*_HEADER, "Café Owls", _OWLS, "Field Mice", _MICE)) + "\n"
    reading = read_source(text.encode("latin-1"), source="page.txt")
    assert _titles(reading) == ["Field Mice"]
    assert [str(skip) for skip in reading.skipped] == [
        "page.txt:6: bytes that are not UTF-8; save the file as UTF-8 and add it again"
    ]


def test_a_last_line_of_five_megabytes_without_a_space_is_named() -> None:
    reading = _read(*_HEADER, "Night Owls", _OWLS, "Field Mice", "a" * 5_000_000, end="")
    assert _titles(reading) == ["Night Owls"]
    assert [skip.line for skip in reading.skipped] == [17]


def test_a_named_title_cannot_command_the_terminal() -> None:
    reading = _read(*_HEADER, "\x1b[2JNight \u202eOwls")
    assert [skip.reason for skip in reading.skipped] == [
        "no abstract for “?[2JNight ?Owls” (the file ends here)"
    ]
