"""The catalogue: what adding a paper again does, what is visible, and files that are none."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import LibraryDamaged, LibraryError, LibraryTooNew, LibraryUnwritable
from rag.library.adding import Added
from rag.library.browsing import Browsing
from rag.library.catalogue import Catalogue
from rag.library.schema import SCHEMA, State
from rag.types import Paper, PaperId, Scope

_NO_TEXT = PaperId("m\udcfcller")  # as a command line in Latin-1 has it
_WHOLE = "Rivers carve valleys. We map them from radar. The maps are free."
_RIVERS = Paper(PaperId("2401.00001"), "Rivers From Radar", _WHOLE, sources=("may.html",))


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    opened = Catalogue(tmp_path / "catalogue.sqlite")
    yield opened
    opened.close()


def _numbered(count: int) -> list[Paper]:
    return [Paper(PaperId(f"p{n}"), f"Paper Number {n}", f"It is about {n}.") for n in range(count)]


def test_a_paper_comes_back_as_it_was_added(catalogue: Catalogue) -> None:
    whole = replace(
        _RIVERS,
        authors=("Ada Ångström", "李 Wei"),
        published="2024-05",
        url="https://example.org/rivers",
        sources=("june.html", "may.html"),
    )
    assert catalogue.add([whole]) == Added(new=1)
    assert catalogue.get([whole.id]) == {whole.id: whole}


def test_a_paper_added_twice_is_unchanged(catalogue: Catalogue) -> None:
    catalogue.add([_RIVERS])
    assert catalogue.add([_RIVERS, _RIVERS]) == Added(unchanged=2)


@pytest.mark.parametrize("title", ["RIVERS FROM RADAR", "Rivers from radar.", "Rivers\u2010From   Radar"])
def test_the_same_title_in_other_letters_is_the_same_paper(catalogue: Catalogue, title: str) -> None:
    catalogue.add([_RIVERS])
    listed_elsewhere = replace(_RIVERS, id=PaperId("a-slug"), title=title, sources=("june.html",))
    assert catalogue.add([listed_elsewhere]) == Added(merged=1)
    assert list(catalogue.list()) == [replace(_RIVERS, sources=("june.html", "may.html"))]


def test_a_paper_gains_what_it_lacked_and_loses_nothing(catalogue: Catalogue) -> None:
    catalogue.add([replace(_RIVERS, published="2024-05")])
    richer = replace(_RIVERS, authors=("Ada",), published="1999", url="https://example.org/rivers")
    assert catalogue.add([richer]) == Added(merged=1)
    assert catalogue.get([_RIVERS.id]) == {_RIVERS.id: replace(richer, published="2024-05")}


def test_a_new_abstract_replaces_the_old_one_and_is_pending_again(catalogue: Catalogue) -> None:
    catalogue.add([_RIVERS])
    catalogue.mark_ids([_RIVERS.id], State.INDEXED)
    corrected = replace(_RIVERS, abstract="Rivers carve valleys. We were wrong.", authors=("Ada",))
    assert catalogue.add([corrected]) == Added(updated=1)
    assert list(catalogue.list(states=[State.PENDING])) == [corrected]


def test_a_paper_is_found_by_the_title_it_was_updated_to(catalogue: Catalogue) -> None:
    catalogue.add([_RIVERS])
    renamed = replace(_RIVERS, title="Valleys From Radar", abstract="We map valleys.")
    catalogue.add([renamed])
    assert catalogue.add([replace(renamed, id=PaperId("valleys-from-radar"))]) == Added(unchanged=1)


def test_a_cut_off_abstract_does_not_replace_the_whole_one(catalogue: Catalogue) -> None:
    catalogue.add([_RIVERS])
    assert catalogue.add([replace(_RIVERS, abstract=_WHOLE[:30])]) == Added(unchanged=1)
    assert catalogue.get([_RIVERS.id])[_RIVERS.id].abstract == _WHOLE


def test_the_whole_abstract_replaces_the_cut_off_one(catalogue: Catalogue) -> None:
    catalogue.add([replace(_RIVERS, abstract=_WHOLE[:30])])
    assert catalogue.add([_RIVERS]) == Added(updated=1)
    assert catalogue.get([_RIVERS.id])[_RIVERS.id].abstract == _WHOLE


def test_sources_are_counted_once_each(catalogue: Catalogue) -> None:
    catalogue.add(replace(one, sources=("a.html", "b.html", "a.html")) for one in _numbered(3))
    catalogue.add([replace(_RIVERS, sources=("b.html", "c.html"))])
    assert catalogue.count_sources() == 3


def test_papers_are_listed_in_the_order_of_adding_over_many_pages(catalogue: Catalogue) -> None:
    many = _numbered(1_203)
    catalogue.add(many)
    ids = [one.id for one in many]
    assert [one.id for one in catalogue.list()] == ids
    assert list(catalogue.ids(State.PENDING)) == ids
    assert catalogue.get(ids).keys() == set(ids)


def test_states_can_be_written_for_many_papers_at_once(catalogue: Catalogue) -> None:
    many = _numbered(1_203)
    catalogue.add(many)
    catalogue.mark_ids([one.id for one in many[:1_100]], State.INDEXED)
    catalogue.forget([one.id for one in many[100:]])
    assert catalogue.count() == {
        State.PENDING: 0,
        State.SEARCHABLE: 0,
        State.INDEXED: 100,
        State.REMOVING: 0,
    }


def test_a_paper_that_changed_in_the_meantime_keeps_its_state(catalogue: Catalogue) -> None:
    catalogue.add([_RIVERS])
    catalogue.mark([replace(_RIVERS, abstract="What it said before.")], State.INDEXED)
    assert catalogue.ids(State.PENDING) == (_RIVERS.id,)


_ANY_PAPER = st.builds(
    Paper,
    id=st.sampled_from([PaperId("a"), PaperId("b"), PaperId("c")]),
    title=st.sampled_from(["Rivers", "rivers!", "Lakes"]),
    abstract=st.sampled_from(["Water", "Water flows.", "Water stands."]),
    authors=st.sampled_from([(), ("Ada",)]),
    sources=st.sampled_from([(), ("may.html",), ("may.html", "june.html")]),
)


@settings(deadline=None, max_examples=30)
@given(papers=st.lists(_ANY_PAPER, max_size=6))
def test_papers_added_together_end_up_like_papers_added_one_by_one(papers: list[Paper]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        together, singly = Catalogue(Path(folder, "together")), Catalogue(Path(folder, "singly"))
        counts = sum((singly.add([one]) for one in papers), Added())
        assert together.add(papers) == counts
        assert list(together.list()) == list(singly.list())
        together.close()
        singly.close()


def test_a_removed_paper_is_invisible(catalogue: Catalogue) -> None:
    catalogue.add([_RIVERS])
    catalogue.mark_ids([_RIVERS.id], State.REMOVING)
    catalogue.mark([_RIVERS], State.INDEXED)
    catalogue.mark_all(State.SEARCHABLE)
    assert catalogue.get([_RIVERS.id]) == {}
    assert list(catalogue.list()) == []
    assert catalogue.ids(State.REMOVING) == (_RIVERS.id,)


def test_a_removed_paper_that_is_added_again_is_back(catalogue: Catalogue) -> None:
    catalogue.add([_RIVERS])
    catalogue.mark_ids([_RIVERS.id], State.REMOVING)
    catalogue.add([_RIVERS])
    assert list(catalogue.list(states=[State.PENDING])) == [_RIVERS]


def test_the_manifest_is_replaced_as_a_whole(catalogue: Catalogue) -> None:
    assert catalogue.manifest() == {}
    catalogue.write_manifest({"model": "a", "sample": "1"})
    catalogue.write_manifest({"model": "b"})
    assert catalogue.manifest() == {"model": "b"}


def test_papers_outlive_the_process(tmp_path: Path, catalogue: Catalogue) -> None:
    catalogue.add([_RIVERS])
    catalogue.close()
    again = Catalogue(tmp_path / "catalogue.sqlite")
    assert list(again.list()) == [_RIVERS]
    again.close()


def test_a_catalogue_of_a_newer_footnote_is_left_alone(tmp_path: Path, catalogue: Catalogue) -> None:
    catalogue.close()
    connection = sqlite3.connect(tmp_path / "catalogue.sqlite")
    connection.execute("UPDATE manifest SET value = ? WHERE key = 'schema'", [str(SCHEMA + 1)])
    connection.commit()
    connection.close()
    with pytest.raises(LibraryTooNew, match=r"written by a newer Footnote .* upgrade Footnote"):
        Catalogue(tmp_path / "catalogue.sqlite")


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite"
    path.write_text("Rivers carve valleys. " * 300)
    with pytest.raises(LibraryDamaged, match=r"cannot be read .*; put your copy of it back, or move it away"):
        Catalogue(path)
    assert path.read_text().startswith("Rivers")


def test_a_catalogue_that_cannot_be_created_names_the_setting(tmp_path: Path) -> None:
    with pytest.raises(LibraryUnwritable, match="set FOOTNOTE_HOME"):
        Catalogue(tmp_path / "no such folder" / "catalogue.sqlite")


@pytest.mark.parametrize("ids", [("2101.00001", "2202.00002"), ("cs/0112017", "2202.00002")])
def test_two_arxiv_ids_are_two_papers_whatever_their_titles(tmp_path: Path, ids: tuple[str, str]) -> None:
    catalogue = Catalogue(tmp_path / "catalogue.sqlite")
    first = Paper(PaperId(ids[0]), "Technical Report", "It speaks of rain.")
    second = Paper(PaperId(ids[1]), "Technical Report", "It speaks of snow.")
    assert catalogue.add([first, second]) == Added(new=2)
    assert catalogue.add([first, second]) == Added(unchanged=2)
    catalogue.close()


@pytest.mark.parametrize(
    "ask",
    [
        lambda catalogue: catalogue.get([_NO_TEXT]),
        lambda catalogue: list(catalogue.list(after=_NO_TEXT)),
        lambda catalogue: catalogue.select(Scope(authors=(_NO_TEXT,))),
        lambda catalogue: catalogue.explain_empty(Scope(titles=(_NO_TEXT,))),
        lambda catalogue: catalogue.browse(Browsing(words=_NO_TEXT)),
    ],
    ids=["id", "after", "author", "title", "words"],
)
def test_what_is_asked_for_in_bytes_that_are_no_text_is_one_line(
    catalogue: Catalogue, ask: Callable[[Catalogue], object]
) -> None:
    with pytest.raises(LibraryError, match=r"^'m\\udcfcller' holds bytes that are not UTF-8; type it again$"):
        ask(catalogue)
