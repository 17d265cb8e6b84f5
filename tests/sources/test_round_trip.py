"""What Footnote exports is read again as it was; what two sources tell of one paper is one paper."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import bibtexparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.exports import write_bibtex, write_ris
from rag.library.catalogue import Catalogue
from rag.sources.bibtex_entries import BibtexEntry, read_entries
from rag.sources.cleaning import clean
from rag.sources.entry import RawEntry, read_entry
from rag.sources.reading import read_source
from rag.types import Paper

_ANY = st.characters(exclude_categories=("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"))
_ODD = st.sampled_from(
    [*"\\{}$%&#_^~\"'`-@,=", " and ", "--", "''", "``", "others", "ER  - ", " ", "α", "“é”"]
)
_TEXT = st.lists(_ANY | _ODD, min_size=1, max_size=12).map("".join).map(clean)
# What needs no second cleaning, as all that a library holds from pages; and has a letter to be known by.
_STORED = _TEXT.filter(lambda text: clean(text) == text and any(char.isalnum() for char in text))
_NAME = _STORED.filter(lambda name: ",," not in name and not name.endswith(","))


@st.composite
def _papers(draw: st.DrawFn) -> Paper:
    """A paper as it is stored: with or without arXiv id, authors, date and link."""
    raw = RawEntry(
        line=1,
        title=draw(_STORED),
        abstract=draw(_STORED),
        authors=tuple(draw(st.lists(_NAME, max_size=3))),
        published=draw(st.sampled_from(["", "2021", "2021-05"]) | st.dates().map(str)),
        url=draw(st.sampled_from(["", "https://owl.test/a_b%20c?d=1&e=~f#g", "http://x.test/"])),
        identifier=draw(st.sampled_from(["", "2101.00001", "9912.12345", "hep-th/9901001"])),
    )
    paper = read_entry(raw, source="page")
    assert isinstance(paper, Paper)
    return paper


@pytest.mark.parametrize("write", [write_bibtex, write_ris])
@given(papers=st.lists(_papers(), min_size=1, max_size=3))
def test_what_is_exported_is_read_again_as_it_was(
    write: Callable[[Sequence[Paper]], str], papers: list[Paper]
) -> None:
    reading = read_source(write(papers).encode(), source="page")
    assert reading.skipped == ()
    assert list(reading.papers) == papers


@given(papers=st.lists(_papers(), min_size=1, max_size=2))
def test_another_parser_of_bibtex_finds_the_same_fields(papers: list[Paper]) -> None:
    written = write_bibtex(papers)
    theirs = bibtexparser.loads(written, bibtexparser.bparser.BibTexParser(common_strings=True)).entries
    ours = [entry.fields for entry in read_entries(written) if isinstance(entry, BibtexEntry)]
    names = ("title", "author", "abstract", "url", "eprint", "year", "day")
    assert [{n: entry[n] for n in names if n in entry} for entry in theirs] == [
        {n: fields[n] for n in names if n in fields} for fields in ours
    ]


_DAILY = {"id": "2101.00001", "title": "Night Owls", "summary": "They hunt by ear."}
_PAGE = f"<html><div data-props='{json.dumps([_DAILY])}'></div></html>"
_FIELDS = "title = {{Night} {Owls}}, abstract = {They hunt by ear.}, author = {Moor, Ada}"


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    opened = Catalogue(tmp_path / "catalogue.sqlite")
    yield opened
    opened.close()


@pytest.mark.parametrize(
    "other",
    [
        f"@misc{{a, {_FIELDS}, eprint = {{2101.00001}}}}",
        f"@misc{{a, {_FIELDS}}}",
        "TY  - GEN\nTI  - Night owls\nAB  - They hunt by ear.\nAU  - Moor, Ada\nM1  - arXiv:2101.00001\nER  - ",
        "TY  - GEN\nTI  - Night owls\nAB  - They hunt by ear.\nAU  - Moor, Ada\nER  - ",
    ],
    ids=["BibTeX, by id", "BibTeX, by title", "RIS, by id", "RIS, by title"],
)
def test_a_paper_of_a_page_and_of_a_reference_file_is_one_and_gains(catalogue: Catalogue, other: str) -> None:
    for name, content in (("page.html", _PAGE), ("refs", other)):
        catalogue.add(read_source(content.encode(), source=name).papers)
    [paper] = catalogue.list()
    assert (paper.id, paper.authors) == ("2101.00001", ("Ada Moor",))
    assert paper.sources == ("page.html", "refs")
