"""Several processes at one library: locks, additions side by side, and a process that is killed."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock

from rag.errors import LibraryBusy
from rag.library.checking import Condition
from rag.library.encoder import Encoder
from rag.library.library import Library
from rag.library.manifest import read_manifest
from rag.library.passages import split_passages
from rag.types import Paper, PaperId

_ROOT = Path(__file__).resolve().parents[2]
_Make = Callable[..., Library]
_SOUND = Condition(
    papers=150, words_missing=0, words_orphaned=0, vectors_missing=0, vectors_orphaned=0, pending=0
)
_INDEX_INVENTED_PAPERS = """
import sys
from pathlib import Path
from rag.library.encoder import Encoder
from rag.library import building
from rag.library.library import Library
from rag.types import Paper, PaperId

def invent(n):
    sentences = (f"Sentence {n}.{part} tells of river {n} and its {part} bridges." for part in range(4))
    return Paper(PaperId(f"river-{n}"), f"River {n}", " ".join(sentences))

building._STORED_AT_ONCE = 32
library = Library(Path(sys.argv[1]), encoder=Encoder(threads=1))
library.add(map(invent, range(150)))
for progress in library.index():
    print(progress.done, flush=True)
"""


def test_a_process_killed_while_it_builds_vectors_loses_nothing(tmp_path: Path, encoder: Encoder) -> None:
    command = [sys.executable, "-c", _INDEX_INVENTED_PAPERS, str(tmp_path / "library")]
    with subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603  # our own code
        assert process.stdout is not None
        assert process.stdout.readline() == "32\n"
        process.kill()
    assert process.returncode == -signal.SIGKILL
    library = Library(tmp_path / "library", encoder=encoder)
    assert library.size() == 150
    assert library.unindexed() > 0
    list(library.index())
    assert library.check() == _SOUND
    assert sorted(library.dense.ids("papers")) == sorted(f"river-{n}" for n in range(150))
    assert sorted(library.dense.ids("passages")) == sorted(
        f"{paper.id}#{p.ordinal}" for paper in library.catalogue.list() for p in split_passages(paper)
    )
    library.close()


def test_papers_added_side_by_side_to_a_new_library_are_all_there(tmp_path: Path, encoder: Encoder) -> None:
    start = threading.Barrier(4)

    def add(writer: int) -> None:
        start.wait()
        library = Library(tmp_path / "library", encoder=encoder)
        for n in range(5):
            library.add([Paper(PaperId(f"{writer}-{n}"), f"Paper {writer}.{n}", "It says little.")])
        library.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(4)))
    library = Library(tmp_path / "library", encoder=encoder)
    ids = {f"{writer}-{n}" for writer in range(4) for n in range(5)}
    assert {paper.id for paper in library.catalogue.list()} == set(library.lexical.ids()) == ids
    library.close()


def test_writing_waits_for_the_lock_and_then_says_who_holds_it(
    make_library: _Make, papers: tuple[Paper, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    library = make_library(*papers)
    monkeypatch.setattr("rag.library.locks._WAIT_SECONDS", 0.1)
    with FileLock(library.home / "words.lock"):
        for write in (lambda: library.add(papers), lambda: library.remove([papers[0].id]), library.check):
            with pytest.raises(
                LibraryBusy, match=r"another Footnote is writing to .*; wait until it is done"
            ):
                write()
    assert library.check() == replace(_SOUND, papers=5)


def test_reading_needs_no_lock(make_library: _Make, papers: tuple[Paper, ...], encoder: Encoder) -> None:
    home = make_library(*papers).home
    with FileLock(home / "words.lock"), FileLock(home / "vectors.lock"):
        reader = Library(home, encoder=encoder)
        assert list(reader.lexical.search("drum", depth=1)) == ["slow-drums"]
        assert reader.dense.search_papers(encoder.encode_query("drum"), depth=1)
        assert list(reader.index()) == []
        reader.close()


def test_one_process_builds_vectors_at_a_time(make_library: _Make, papers: tuple[Paper, ...]) -> None:
    library = make_library(*papers, indexed=False)
    with FileLock(library.home / "vectors.lock"):
        for build in (lambda: list(library.index()), library.check, library.clear_indexes):
            with pytest.raises(LibraryBusy, match="another Footnote is building the vectors of"):
                build()
    assert [step.done for step in library.index()] == [5]


def test_papers_can_be_added_while_vectors_are_built(make_library: _Make, papers: tuple[Paper, ...]) -> None:
    library = make_library(*papers[:3])
    with FileLock(library.home / "vectors.lock"):
        library.add(papers[3:])
    assert list(library.lexical.search("drum", depth=1)) == ["slow-drums"]


def test_a_run_that_another_thread_ends_lets_go_of_its_lock(
    make_library: _Make, papers: tuple[Paper, ...]
) -> None:
    library = make_library(*papers, indexed=False)
    run = library.index()
    with ThreadPoolExecutor(1) as pool:
        pool.submit(next, run).result()
        run.close()  # type: ignore[attr-defined]  # a generator
        library.add([Paper(PaperId("late"), "Late", "It came late.")])
        assert [step.done for step in library.index()] == [1]


_INDEX_MORE = """
import sys
from pathlib import Path
from rag.library.encoder import Encoder
from rag.library.library import Library
from rag.types import Paper, PaperId

first, last = int(sys.argv[2]), int(sys.argv[3])
library = Library(Path(sys.argv[1]), encoder=Encoder(threads=1))
library.add([Paper(PaperId(f"lake-{n}"), f"Lake {n}", f"Lake {n} is deep. It holds {n} islands.")
             for n in range(first, last)])
list(library.index())
"""


def _index_elsewhere(home: Path, first: int, last: int) -> None:
    command = [sys.executable, "-c", _INDEX_MORE, str(home), str(first), str(last)]
    subprocess.run(command, cwd=_ROOT, check=True)  # noqa: S603  # our own code


def test_vectors_written_by_another_process_are_found_without_reopening(
    tmp_path: Path, encoder: Encoder
) -> None:
    home = tmp_path / "library"
    _index_elsewhere(home, 0, 3)
    library = Library(home, encoder=encoder)
    vector = encoder.encode_query("lake")
    assert len(library.dense.search_papers(vector, depth=100)) == 3
    _index_elsewhere(home, 3, 9)
    assert len(library.dense.search_papers(vector, depth=100)) == 9
    library.close()


def test_writing_by_turns_from_two_processes_loses_no_vector(tmp_path: Path, encoder: Encoder) -> None:
    home = tmp_path / "library"
    library = Library(home, encoder=encoder)
    for turn in range(2):
        library.add([Paper(PaperId(f"hill-{turn}"), f"Hill {turn}", f"Hill {turn} is green. It is low.")])
        list(library.index())
        _index_elsewhere(home, 10 * turn, 10 * turn + 10)
    vector = encoder.encode_query("lakes and hills")
    assert library.dense.readable()
    assert len(library.dense.search_papers(vector, depth=100)) == 22
    assert len(library.dense.search_passages(vector, depth=100)) == len(list(library.dense.ids("passages")))
    library.close()


def test_a_library_that_another_process_is_creating_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.library.locks._WAIT_SECONDS", 0.01)
    (tmp_path / "catalogue.sqlite").touch()  # as the other has it before its first table
    with FileLock(tmp_path / "open.lock"), pytest.raises(LibraryBusy, match="is writing to"):
        read_manifest(tmp_path)
    assert read_manifest(tmp_path) == {}
