"""The five real pages, read a second time by other means: every title with its own abstract."""

from __future__ import annotations

import re
from pathlib import Path
from unicodedata import normalize

import pytest

from rag.sources.cleaning import clean
from rag.sources.reading import read_source
from rag.types import Reading

_ENTRIES = {"000": 83, "001": 254, "002": 50, "003": 70, "004": 213}
# What cleaning takes out or turns into a sign.
_REMAINS = re.compile(
    r"\\(?:em|it|tau|textsc|textbf|space|url|footnote)\b|mathcal|textbf|\{sim\}|x20\d\d|(?<=\d)times|τ"
)
_HEADER = re.compile(r"new|Get trending papers .*|Subscribe|Daily Papers|byAK and .*|\w{3} \d{1,2}")


def _read(pages: Path, number: str) -> tuple[Reading, str]:
    [path] = pages.glob(f"{number}_*.txt")
    return read_source(path.read_bytes(), source=path.name), path.read_text(encoding="utf-8")


def _blocks(text: str) -> list[str]:
    """Every line but the blank ones and the header; the word glued to the first title is cut off."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [line.removeprefix("Subscribe") for line in lines if not _HEADER.fullmatch(line)]


def _letters(text: str) -> str:
    return "".join(char for char in normalize("NFKD", _REMAINS.sub("", text)).lower() if char.isalnum())


@pytest.mark.parametrize("number", sorted(_ENTRIES))
def test_a_saved_page_is_read_whole(pages: Path, number: str) -> None:
    reading, _ = _read(pages, number)
    assert reading.format == "daily-papers"
    assert len(reading.papers) == _ENTRIES[number]
    assert reading.skipped == ()


@pytest.mark.parametrize("number", sorted(_ENTRIES))
def test_titles_pair_with_their_own_abstracts(pages: Path, number: str) -> None:
    reading, text = _read(pages, number)
    blocks = _blocks(text)
    expected = [tuple(map(_letters, pair)) for pair in zip(blocks[::2], blocks[1::2], strict=True)]
    assert [(_letters(paper.title), _letters(paper.abstract)) for paper in reading.papers] == expected


def test_the_same_paper_has_the_same_id_on_every_page(pages: Path) -> None:
    papers = [paper for number in _ENTRIES for paper in _read(pages, number)[0].papers]
    assert len(papers) == 670
    assert len({paper.id for paper in papers}) == 557
    assert len({(paper.id, paper.title, paper.abstract) for paper in papers}) == 557


def test_what_is_stored_needs_no_second_cleaning(pages: Path) -> None:
    texts = {
        t for n in _ENTRIES for paper in _read(pages, n)[0].papers for t in (paper.title, paper.abstract)
    }
    assert {text for text in texts if clean(text) != text} == set()
