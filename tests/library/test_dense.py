"""The stored vectors: cosines, what goes with a paper, and the door for llama-index."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import chromadb
import numpy as np
import pytest
from chromadb.config import Settings
from llama_index.core.vector_stores.types import VectorStoreQuery
from llama_index.vector_stores.chroma import ChromaVectorStore

from rag.errors import LibraryDamaged, LibraryUnwritable
from rag.library import chroma_store
from rag.library.dense import DenseIndex
from rag.library.encoder import EncodedPaper, Encoder
from rag.library.passages import split_passages
from rag.types import Paper, Passage

_Encoded = tuple[Paper, tuple[Passage, ...], EncodedPaper]


@pytest.fixture
def index(tmp_path: Path) -> DenseIndex:
    return DenseIndex(tmp_path / "vectors")


@pytest.fixture
def encoded(encoder: Encoder, papers: tuple[Paper, ...]) -> list[_Encoded]:
    """The five papers, with their passages and vectors."""
    split = [(one, split_passages(one)) for one in papers]
    return [(one, passages, encoder.encode_paper(one, passages)) for one, passages in split]


def test_a_text_is_nearest_to_itself_with_a_cosine_of_one(index: DenseIndex, encoded: list[_Encoded]) -> None:
    index.add(encoded)
    for one, passages, vectors in encoded:
        nearest, cosine = next(iter(index.search_papers(vectors.paper, depth=2).items()))
        assert nearest == one.id
        assert cosine == pytest.approx(1.0, abs=1e-4)
        for passage, vector in zip(passages, vectors.passages, strict=True):
            hit = index.search_passages(vector, depth=3)[0]
            assert (hit.paper_id, hit.ordinal) == (one.id, passage.ordinal)
            assert hit.cosine == pytest.approx(1.0, abs=1e-4)


def test_scores_are_cosines_best_first(index: DenseIndex, encoded: list[_Encoded], encoder: Encoder) -> None:
    index.add(encoded)
    question = encoder.encode_query("bark photos of trees")
    expected = {one.id: float(question @ vectors.paper) for one, _, vectors in encoded}
    found = index.search_papers(question, depth=99)
    assert found == pytest.approx(expected, abs=1e-3)
    assert list(found) == sorted(expected, key=lambda name: -expected[name])


def test_an_empty_index_finds_nothing(index: DenseIndex, encoder: Encoder) -> None:
    question = encoder.encode_query("trees")
    assert index.search_papers(question, depth=3) == {}
    assert index.search_passages(question, depth=3) == []


def test_reading_creates_no_folder(index: DenseIndex, tmp_path: Path) -> None:
    assert (index.count(), list(index.ids("papers")), list(index.ids("passages"))) == (0, [], [])
    index.remove([])
    index.clear()
    assert not (tmp_path / "vectors").exists()


def test_removing_a_paper_removes_its_passages(index: DenseIndex, encoded: list[_Encoded]) -> None:
    index.add(encoded)
    gone = encoded[0][0].id
    index.remove([gone])
    assert gone not in set(index.ids("papers"))
    assert {name.rpartition("#")[0] for name in index.ids("passages")} == {
        one.id for one, _, _ in encoded[1:]
    }


def test_a_paper_stored_again_leaves_nothing_of_the_old_one(
    index: DenseIndex, encoded: list[_Encoded], encoder: Encoder
) -> None:
    index.add(encoded)
    before = encoded[0][0]
    after = Paper(before.id, before.title, "It has one sentence now.")
    passages = split_passages(after)
    index.add([(after, passages, encoder.encode_paper(after, passages))])
    assert [name for name in index.ids("passages") if name.startswith(before.id)] == [f"{before.id}#0"]
    assert index.count() == len(encoded)


def test_storing_nothing_changes_nothing(index: DenseIndex, encoded: list[_Encoded]) -> None:
    index.add(encoded)
    index.add([])
    assert index.count() == len(encoded)


def test_a_paper_may_have_more_passages_than_chroma_takes_at_once(
    index: DenseIndex, papers: tuple[Paper, ...]
) -> None:
    count = 5_600
    passages = tuple(Passage(papers[0].id, n, n, n + 1, "x") for n in range(count))
    vectors = np.ones((count, 2), np.float32)
    index.add([(papers[0], passages, EncodedPaper(vectors[0], vectors))])
    assert len(set(index.ids("passages"))) == count


def test_a_cleared_index_can_be_filled_again(index: DenseIndex, encoded: list[_Encoded]) -> None:
    index.add(encoded)
    index.clear()
    assert index.count() == 0
    index.add(encoded[:2])
    assert index.count() == 2


def test_an_unreadable_folder_is_reported_and_can_be_cleared(tmp_path: Path, encoded: list[_Encoded]) -> None:
    (tmp_path / "vectors").mkdir()
    (tmp_path / "vectors" / "chroma.sqlite3").write_text("nonsense")
    index = DenseIndex(tmp_path / "vectors")
    with pytest.raises(LibraryDamaged, match="footnote check --rebuild"):
        index.count()
    index.clear()
    index.add(encoded)
    assert index.count() == len(encoded)


def test_a_file_in_place_of_the_folder_can_be_cleared(tmp_path: Path, encoded: list[_Encoded]) -> None:
    (tmp_path / "vectors").write_text("nonsense")
    index = DenseIndex(tmp_path / "vectors")
    index.clear()
    index.add(encoded)
    assert index.count() == len(encoded)


def test_what_chroma_does_not_write_is_told(index: DenseIndex, encoded: list[_Encoded]) -> None:
    index.add(encoded[:1])
    one, passages, _ = encoded[1]
    short = EncodedPaper(np.ones(3, np.float32), np.ones((len(passages), 3), np.float32))
    with pytest.raises(
        LibraryUnwritable, match=r"cannot be written .*; nothing is lost, go on: footnote add"
    ):
        index.add([(one, passages, short)])


@pytest.mark.parametrize("collection", ["papers", "passages"])
def test_llama_index_can_open_the_collections_and_read_their_text(
    tmp_path: Path, index: DenseIndex, encoded: list[_Encoded], collection: str
) -> None:
    index.add(encoded)
    one, passages, vectors = encoded[1]
    text, vector = {
        "papers": (one.title, vectors.paper),
        "passages": (passages[0].text, vectors.passages[0]),
    }[collection]
    client = chromadb.PersistentClient(str(tmp_path / "vectors"), Settings(anonymized_telemetry=False))
    store = ChromaVectorStore(chroma_collection=client.get_collection(collection))
    found = store.query(VectorStoreQuery(query_embedding=vector.tolist(), similarity_top_k=1)).nodes or []
    assert [node.get_content() for node in found] == [text]
    assert [node.ref_doc_id for node in found] == [one.id]


def test_chroma_reports_to_nobody(tmp_path: Path, index: DenseIndex, encoded: list[_Encoded]) -> None:
    index.add(encoded)
    # Chroma opens a folder once a process, and refuses settings that differ from the first ones.
    with pytest.raises(ValueError, match="different settings"):
        chromadb.PersistentClient(str(tmp_path / "vectors"), Settings(anonymized_telemetry=True))


def test_a_reader_that_lags_behind_loses_nothing_when_it_writes(
    tmp_path: Path, encoded: list[_Encoded], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chroma_store, "_LONG", 0.0)
    monkeypatch.setattr(chroma_store, "_LAG", 1e6)
    lagging, other = DenseIndex(tmp_path / "vectors", held=0), DenseIndex(tmp_path / "vectors")
    lagging.add(encoded[:1])
    for turn in (1, 3):
        other.add(encoded[turn : turn + 1])
        assert lagging.search_papers(encoded[0][2].paper, depth=1).keys() == {encoded[0][0].id}
        lagging.add(encoded[turn + 1 : turn + 2])
    question = encoded[0][2].paper
    for index in (lagging, other):
        assert index.search_papers(question, depth=9).keys() == {one.id for one, _, _ in encoded}
        assert index.readable()


def test_vectors_that_were_overwritten_are_not_readable(tmp_path: Path, encoded: list[_Encoded]) -> None:
    index = DenseIndex(tmp_path / "vectors")
    index.add(encoded)
    assert index.readable()
    index.close()
    store = sqlite3.connect(tmp_path / "vectors" / "chroma.sqlite3")
    store.execute("UPDATE embeddings_queue SET vector = zeroblob(length(vector)) WHERE seq_id = 2")
    store.commit()
    store.close()
    assert not DenseIndex(tmp_path / "vectors").readable()


def test_what_is_checked_is_what_is_stored_now(
    tmp_path: Path, encoded: list[_Encoded], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chroma_store, "_LONG", 0.0)
    monkeypatch.setattr(chroma_store, "_LAG", 1e6)
    lagging, other = DenseIndex(tmp_path / "vectors", held=0), DenseIndex(tmp_path / "vectors")
    lagging.add(encoded[:1])
    other.add(encoded[1:])
    assert set(lagging.ids("papers")) == {one.id for one, _, _ in encoded}
