"""The process that stores vectors: it stores, passes errors on, and its end is told."""

from __future__ import annotations

import os
import pickle
import resource
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from rag.errors import LibraryDamaged, LibraryError, LibraryUnwritable
from rag.library.dense import DenseIndex
from rag.library.encoder import EncodedPaper, Encoder
from rag.library.passages import split_passages
from rag.library.storing import StoringProcess
from rag.types import Paper, PaperId, Passage

_Encoded = tuple[Paper, tuple[Passage, ...], EncodedPaper]


@pytest.fixture
def encoded(encoder: Encoder, papers: tuple[Paper, ...]) -> list[_Encoded]:
    split = [(one, split_passages(one)) for one in papers]
    return [(one, passages, encoder.encode_paper(one, passages)) for one, passages in split]


def test_what_the_process_stored_is_found_by_an_index_that_was_open(
    tmp_path: Path, encoded: list[_Encoded]
) -> None:
    index = DenseIndex(tmp_path / "vectors")
    index.add(encoded[:1])
    with StoringProcess(tmp_path / "vectors", patience=60) as process:
        process.add(encoded[1:3])
        process.add(encoded[3:])
    assert sorted(index.ids("papers")) == sorted(one.id for one, _, _ in encoded)
    assert next(iter(index.search_papers(encoded[4][2].paper, depth=1))) == encoded[4][0].id


def test_an_error_in_the_process_is_raised_here_and_the_next_batch_goes_on(
    tmp_path: Path, encoded: list[_Encoded]
) -> None:
    (tmp_path / "vectors").mkdir()
    (tmp_path / "vectors" / "chroma.sqlite3").write_text("nonsense")
    with StoringProcess(tmp_path / "vectors", patience=60) as process:
        with pytest.raises(LibraryDamaged, match="footnote check --rebuild"):
            process.add(encoded)
        DenseIndex(tmp_path / "vectors").clear()
        process.add(encoded)
    assert DenseIndex(tmp_path / "vectors").count() == len(encoded)


def test_a_process_that_has_ended_is_told(tmp_path: Path, encoded: list[_Encoded]) -> None:
    with StoringProcess(tmp_path / "vectors", patience=60) as process:
        process.kill()
        with pytest.raises(LibraryError, match=r"has ended; .*nothing is lost, go on: footnote add"):
            process.add(encoded)


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="limits another process; Linux alone can")
def test_what_failed_on_a_full_disk_is_not_waited_for_by_the_next_write(tmp_path: Path) -> None:
    with StoringProcess(tmp_path / "vectors", patience=20) as process:
        process.add(_many("first")[:1])
        _limit_files(process, 500_000)
        with pytest.raises(LibraryUnwritable, match="free space"):
            process.add(_many("second"))
        _limit_files(process, resource.RLIM_INFINITY)
        process.add(_many("third"))
    assert DenseIndex(tmp_path / "vectors").count() >= 41


def _limit_files(process: StoringProcess, size: int) -> None:
    """Let no file of a process grow beyond `size` bytes, as on a disk that is full."""
    resource.prlimit(process.number, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def _many(name: str) -> list[_Encoded]:
    """Forty papers of fourteen sentences: half a megabyte in Chroma and more."""
    vectors = np.eye(15, 384, dtype=np.float32)
    abstract = " ".join(f"Kelp number {n} shelters fish." for n in range(14))
    papers = [Paper(PaperId(f"{name}-{n}"), "Kelp", abstract) for n in range(40)]
    return [(one, split_passages(one), EncodedPaper(vectors[0], vectors[1:])) for one in papers]


def test_a_process_that_does_not_answer_is_ended_and_told(tmp_path: Path, encoded: list[_Encoded]) -> None:
    with StoringProcess(tmp_path / "vectors", patience=0.5) as process:
        os.kill(process.number, signal.SIGSTOP)
        with pytest.raises(LibraryError, match=r"did not answer for .*nothing is lost, go on: footnote add"):
            process.add(encoded)


def test_a_process_that_does_not_end_is_ended(tmp_path: Path) -> None:
    with StoringProcess(tmp_path / "vectors", patience=0.5) as process:
        os.kill(process.number, signal.SIGSTOP)
    with pytest.raises(ProcessLookupError):
        os.kill(process.number, 0)


def test_a_parent_that_ends_in_the_middle_of_a_batch_is_no_error(
    tmp_path: Path, encoded: list[_Encoded]
) -> None:
    cut = pickle.dumps(encoded)[:-1_000]
    serve = "import sys; path, *sys.path = sys.argv[1:]; from rag.library.storing import serve; serve(path)"
    command = [sys.executable, "-c", serve, str(tmp_path / "vectors"), *sys.path]
    child = subprocess.run(command, input=cut, capture_output=True, check=False)  # noqa: S603  # our own code
    assert (child.returncode, child.stderr) == (0, b"")
