"""Kept encodings: the same vectors come back for the same text and model, and for nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rag.errors import LibraryDamaged, LibraryUnwritable
from rag.library.encoder import EncodedPaper, Encoder
from rag.library.encodings import Encodings
from rag.library.passages import split_passages
from rag.types import Paper, PaperId, Passage

_Encoded = tuple[Paper, tuple[Passage, ...], EncodedPaper]


@pytest.fixture
def encodings(tmp_path: Path) -> Iterator[Encodings]:
    opened = Encodings(tmp_path / "encodings.sqlite", model="a-model")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def encoded(encoder: Encoder, papers: tuple[Paper, ...]) -> list[_Encoded]:
    split = [(one, split_passages(one)) for one in papers]
    return [(one, passages, encoder.encode_paper(one, passages)) for one, passages in split]


def test_what_was_kept_comes_back_bit_by_bit(encodings: Encodings, encoded: list[_Encoded]) -> None:
    encodings.put(encoded)
    found = encodings.get([one for one, _, _ in encoded])
    assert len(found) == len(encoded)
    for one, passages, vectors in encoded:
        assert np.array_equal(found[one.id].encoded.paper, vectors.paper)
        assert np.array_equal(found[one.id].encoded.passages, vectors.passages)
        assert np.array_equal(found[one.id].encoded.tokens, vectors.tokens)
        assert found[one.id].fits(passages, dimensions=384)


def test_a_paper_without_passages_comes_back(encodings: Encodings, encoder: Encoder) -> None:
    empty = Paper(PaperId("empty"), "Only a title", "")
    encodings.put([(empty, (), encoder.encode_paper(empty, ()))])
    kept = encodings.get([empty])[empty.id]
    assert kept.encoded.passages.shape == (0, 384)
    assert kept.fits((), dimensions=384)


def test_papers_of_the_same_text_share_what_is_kept(encodings: Encodings, encoded: list[_Encoded]) -> None:
    encodings.put(encoded[:1])
    one = encoded[0][0]
    twin = replace(one, id=PaperId("twin"))
    assert encodings.get([one, twin]).keys() == {one.id, "twin"}


def test_lacking_names_the_papers_of_which_nothing_is_kept(
    encodings: Encodings, encoded: list[_Encoded]
) -> None:
    encodings.put(encoded[:3])
    twin = replace(encoded[4][0], id=PaperId("twin"))
    lacking = encodings.lacking([*(one for one, _, _ in encoded), twin])
    assert lacking == {encoded[3][0].id, encoded[4][0].id, "twin"}


def test_what_was_read_before_never_stands_for_another_text(
    encodings: Encodings, encoded: list[_Encoded]
) -> None:
    encodings.put(encoded)
    one, _, vectors = encoded[0]
    assert np.array_equal(encodings.get([one])[one.id].encoded.tokens, vectors.tokens)
    assert encodings.get([replace(one, abstract=f"{one.abstract} And more.")]) == {}


def test_what_was_read_before_does_not_outlive_what_replaced_it(
    encodings: Encodings, encoded: list[_Encoded]
) -> None:
    encodings.put(encoded)
    one, passages, vectors = encoded[0]
    encodings.get([one])
    encodings.put([(one, passages[:1], replace(vectors, passages=vectors.passages[:1]))])
    assert encodings.get([one])[one.id].fits(passages[:1], dimensions=384)


def test_more_papers_than_are_held_in_memory_come_back(encodings: Encodings, encoded: list[_Encoded]) -> None:
    one, passages, vectors = encoded[0]
    papers = [replace(one, id=PaperId(str(n)), title=f"{one.title} {n}") for n in range(1_200)]
    encodings.put((paper, passages, vectors) for paper in papers)
    assert len(encodings.get(papers)) == len(encodings.get(papers)) == 1_200


def test_the_text_decides_and_not_the_id(encodings: Encodings, encoded: list[_Encoded]) -> None:
    encodings.put(encoded[:1])
    one = encoded[0][0]
    assert set(encodings.get([replace(one, id=PaperId("another"), url="https://example.org")])) == {"another"}
    assert encodings.get([replace(one, title=f"{one.title}!")]) == {}
    assert encodings.get([replace(one, abstract=f"{one.abstract}!")]) == {}


def test_another_model_knows_nothing_of_it(encodings: Encodings, encoded: list[_Encoded]) -> None:
    encodings.put(encoded)
    other = Encodings(encodings.path, model="another-model")
    assert other.get([one for one, _, _ in encoded]) == {}
    other.close()


def test_passages_cut_elsewhere_do_not_fit(encodings: Encodings, encoded: list[_Encoded]) -> None:
    encodings.put(encoded)
    one, passages, _ = encoded[0]
    kept = encodings.get([one])[one.id]
    assert not kept.fits(passages[1:], dimensions=384)
    assert not kept.fits((replace(passages[0], end=passages[0].end - 1), *passages[1:]), dimensions=384)


def test_vectors_of_another_length_do_not_fit(encodings: Encodings, encoded: list[_Encoded]) -> None:
    encodings.put(encoded)
    one, passages, _ = encoded[0]
    assert not encodings.get([one])[one.id].fits(passages, dimensions=512)


def test_pruning_leaves_the_papers_that_are_named(encodings: Encodings, encoded: list[_Encoded]) -> None:
    encodings.put(encoded)
    encodings.prune(one for one, _, _ in encoded[:2])
    assert encodings.count() == 2
    assert set(encodings.get([one for one, _, _ in encoded])) == {one.id for one, _, _ in encoded[:2]}


def test_a_file_that_cannot_be_read_is_replaced(tmp_path: Path, encoded: list[_Encoded]) -> None:
    (tmp_path / "encodings.sqlite").write_text("nonsense " * 1_000)
    encodings = Encodings(tmp_path / "encodings.sqlite", model="a-model")
    assert encodings.count() == 0
    encodings.put(encoded)
    assert encodings.count() == len(encoded)
    encodings.close()


def test_a_file_that_cannot_be_opened_is_kept(tmp_path: Path, encoded: list[_Encoded]) -> None:
    path = tmp_path / "encodings.sqlite"
    encodings = Encodings(path, model="a-model")
    encodings.put(encoded)
    encodings.close()
    blocked = path.with_name("encodings.sqlite-wal")
    blocked.mkdir()  # SQLite cannot open the file, as where too many are open
    with pytest.raises(LibraryUnwritable, match=r"the encodings at .* cannot be used"):
        Encodings(path, model="a-model")
    blocked.rmdir()
    opened = Encodings(path, model="a-model")
    assert opened.count() == len(encoded)
    opened.close()


def test_damage_within_the_file_is_told_and_can_be_cleared(
    encodings: Encodings, encoded: list[_Encoded]
) -> None:
    encodings.put(encoded)
    encodings.close()  # writes what stands in the log into the file
    _spoil(encodings.path)
    assert not encodings.readable()
    with pytest.raises(LibraryDamaged, match=r"cannot be read .*; repair them: footnote check"):
        encodings.get([one for one, _, _ in encoded])
    encodings.clear()
    assert encodings.readable()
    assert encodings.count() == 0


def _spoil(path: Path) -> None:
    """Overwrite all but the first two pages, which hold the names of the tables."""
    with path.open("r+b") as file:
        file.seek(2 * 4096)
        file.write(b"\xff" * (path.stat().st_size - 2 * 4096))
