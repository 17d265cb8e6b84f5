"""Looking through the catalogue a page at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from rag.library.browsing import Browsing
from rag.library.catalogue import Catalogue
from rag.library.library import Library
from rag.types import Paper, PaperId


@pytest.fixture
def catalogue(make_library: Callable[..., Library], papers: tuple[Paper, ...]) -> Catalogue:
    """The five papers; two have dates and a file of their own."""
    dated = [
        replace(papers[0], published="2024-05", sources=("may.txt",), authors=("Ann Größe",)),
        replace(papers[1], published="2023", sources=("may.txt", "june.txt")),
    ]
    return make_library(*dated, *papers[2:], indexed=False).catalogue


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (Browsing(), ["twin-scale-fusion", "patient-mamba", "quiet-prompts", "bark-and-leaf", "slow-drums"]),
        (Browsing(words="fusion"), ["twin-scale-fusion"]),
        (Browsing(words="STATE sequences"), ["patient-mamba"]),
        (Browsing(words="größe"), ["twin-scale-fusion"]),
        (Browsing(words="87.5%"), ["twin-scale-fusion"]),
        (Browsing(words="GRÖSSE grosse"), ["twin-scale-fusion"]),
        (Browsing(words="_"), []),
        (Browsing(words='["'), []),
        (Browsing(words="´"), []),
        (Browsing(year="2024"), ["twin-scale-fusion"]),
        (Browsing(source="may.txt"), ["twin-scale-fusion", "patient-mamba"]),
        (Browsing(source="may.txt", year="2023", words="small"), ["patient-mamba"]),
        (Browsing(words="zebu"), []),
    ],
)
def test_papers_are_found_by_words_year_and_file(
    catalogue: Catalogue, wanted: Browsing, ids: list[str]
) -> None:
    found = catalogue.browse(wanted)
    assert list(found.ids) == ids
    assert found.total == len(ids)


def test_pages_follow_one_another(catalogue: Catalogue) -> None:
    pages = [catalogue.browse(Browsing(), offset=offset, limit=2) for offset in (0, 2, 4, 6)]
    assert [len(page.ids) for page in pages] == [2, 2, 1, 0]
    assert {page.total for page in pages} == {5}
    assert len({paper_id for page in pages for paper_id in page.ids}) == 5


def test_what_there_is_to_choose_from_is_counted(catalogue: Catalogue) -> None:
    found = catalogue.browse(Browsing(words="zebu"))
    assert found.years == (("2024", 1), ("2023", 1))
    assert found.sources == (("june.txt", 1), ("may.txt", 2), ("test", 3))


def test_a_removed_paper_is_not_listed(
    make_library: Callable[..., Library], papers: tuple[Paper, ...]
) -> None:
    library = make_library(*papers, indexed=False)
    library.remove([PaperId("slow-drums")])
    assert "slow-drums" not in library.catalogue.browse(Browsing()).ids


def test_the_file_of_a_removed_paper_is_not_offered(
    make_library: Callable[..., Library], papers: tuple[Paper, ...]
) -> None:
    library = make_library(replace(papers[0], sources=("may.txt",)), *papers[1:], indexed=False)
    library.remove([papers[0].id])
    assert library.catalogue.browse(Browsing()).sources == (("test", 4),)
