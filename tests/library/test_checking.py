"""`Library.check`: what the stores lack or have without need is found, counted and mended."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace

import pytest
from chromadb.api.shared_system_client import SharedSystemClient

from rag.library.checking import Condition
from rag.library.library import Library
from rag.library.passages import split_passages
from rag.types import Paper, PaperId

_Make = Callable[..., Library]
_SOUND = Condition(
    papers=5, words_missing=0, words_orphaned=0, vectors_missing=0, vectors_orphaned=0, pending=0
)
_STRANGER = Paper(PaperId("stranger"), "A Stranger", "Nobody added this paper.")


def _passage_ids(*papers: Paper) -> set[str]:
    return {f"{one.id}#{passage.ordinal}" for one in papers for passage in split_passages(one)}


def test_check_forgets_the_encodings_of_papers_long_gone(
    make_library: _Make, papers: tuple[Paper, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    library = make_library(*papers)
    library.remove([one.id for one in papers[1:]])
    list(library.index())
    library.check()
    assert library.encodings.count() == 5
    monkeypatch.setattr("rag.library.library._SPARE_ENCODINGS", 1)
    library.check()
    assert library.encodings.count() == 1


def test_check_finds_papers_whose_encodings_are_gone(make_library: _Make, papers: tuple[Paper, ...]) -> None:
    library = make_library(*papers)
    library.encodings.prune(papers[:2])
    assert library.check() == replace(_SOUND, vectors_missing=3, pending=3)
    list(library.index())
    assert library.check() == _SOUND


def test_check_finds_and_drops_what_is_orphaned(make_library: _Make, papers: tuple[Paper, ...]) -> None:
    library = make_library(*papers)
    passages = split_passages(_STRANGER)
    library.lexical.add([_STRANGER])
    library.dense.add([(_STRANGER, passages, library.encoder.encode_paper(_STRANGER, passages))])
    assert library.check() == replace(_SOUND, words_orphaned=1, vectors_orphaned=1)
    assert library.check() == _SOUND
    assert library.lexical.search("nobody", depth=1) == {}


def test_check_finds_what_is_missing_and_indexing_restores_it(
    make_library: _Make, papers: tuple[Paper, ...]
) -> None:
    library = make_library(*papers)
    library.lexical.remove([papers[0].id])
    library.dense.remove([papers[0].id, papers[1].id])
    assert library.check() == replace(_SOUND, words_missing=1, vectors_missing=2, pending=2)
    list(library.index())
    assert library.check() == _SOUND
    assert set(library.dense.ids("passages")) == _passage_ids(*papers)


def test_deleted_vectors_are_found_missing_and_built_again(
    make_library: _Make, papers: tuple[Paper, ...]
) -> None:
    home = make_library(*papers).home
    shutil.rmtree(home / "vectors")
    SharedSystemClient.clear_system_cache()  # as in a new process
    mended = make_library(indexed=False)
    assert mended.check() == replace(_SOUND, vectors_missing=5, pending=5)
    list(mended.index())
    assert mended.check() == _SOUND
    assert set(mended.dense.ids("passages")) == _passage_ids(*papers)
