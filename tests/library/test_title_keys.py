"""Title keys in memory: they name what the catalogue's own search names, and follow what is written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.library import catalogue as catalogues
from rag.library.catalogue import Catalogue
from rag.library.schema import State
from rag.library.title_keys import TitleKeys
from rag.types import Paper, PaperId

_KEYS = st.text("ab", max_size=4)


@given(
    keys=st.dictionaries(st.sampled_from("uvwxyz").map(PaperId), _KEYS),
    ids=st.sets(st.sampled_from("uvwq")),
    title_keys=st.sets(_KEYS),
    beginnings=st.sets(_KEYS),
)
def test_papers_are_found_by_id_by_key_and_by_how_the_key_begins(
    keys: dict[PaperId, str], ids: set[str], title_keys: set[str], beginnings: set[str]
) -> None:
    expected = {
        paper_id: key
        for paper_id, key in keys.items()
        if paper_id in ids or key in title_keys or any(key.startswith(one) for one in beginnings)
    }
    assert TitleKeys.of(keys).find(ids, title_keys, beginnings) == expected


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    """Three papers that can be searched."""
    opened = Catalogue(tmp_path / "catalogue.sqlite")
    papers = [
        Paper(PaperId(one), title, "")
        for one, title in [("a", "Owls"), ("b", "Owls at Night"), ("c", "Bats")]
    ]
    opened.add(papers)
    opened.mark(papers, State.SEARCHABLE)
    yield opened
    opened.close()


@pytest.mark.parametrize("most", [0, 2_000], ids=["asking SQLite", "in memory"])
def test_small_and_large_libraries_name_the_same(
    catalogue: Catalogue, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogues, "_REMEMBERED", most)
    found = catalogue.find_named(ids=["c", "z"], title_keys=["owls"], beginnings=["owlsat"])
    assert found == {"a": "owls", "b": "owlsatnight", "c": "bats"}


def test_what_another_process_removes_is_no_longer_named(catalogue: Catalogue, tmp_path: Path) -> None:
    assert catalogue.find_named(ids=["a"], title_keys=[])
    other = Catalogue(tmp_path / "catalogue.sqlite")
    other.mark_ids([PaperId("a")], State.REMOVING)
    other.close()
    assert not catalogue.find_named(ids=["a"], title_keys=["owls"])
