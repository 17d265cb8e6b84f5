"""What is written anew survives a disk that fills up, and a kill in the middle."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

import pytest

from eval.pooling import Judgment, read_judgments, write_judgments
from eval.runs import add_answer, finish_run, read_answers
from eval.whole_files import write_whole

_GIVEN = (Judgment("q1", "slow-drums", "Slow Drums", 1), Judgment("q1", "quiet-prompts", "Quiet Prompts", 0))


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let each file that is written from here on end after three bytes."""

    def torn(path: Path, content: bytes | str, *_: object, **__: object) -> int:
        with path.open("wb") as file:
            file.write((content if isinstance(content, bytes) else content.encode())[:3])
        raise OSError(errno.ENOSPC, "No space left on device")

    def fill() -> None:
        monkeypatch.setattr(Path, "write_text", torn)
        monkeypatch.setattr(Path, "write_bytes", torn)

    return fill


def test_judgments_are_not_lost_with_the_one_that_could_not_be_written(
    tmp_path: Path, full_disk: Callable[[], None]
) -> None:
    write_judgments(tmp_path / "log", _GIVEN)
    full_disk()
    with pytest.raises(OSError, match="No space left"):
        write_judgments(tmp_path / "log", (*_GIVEN, *_GIVEN))
    assert read_judgments(tmp_path / "log") == _GIVEN
    assert [path.name for path in tmp_path.iterdir()] == ["log"]


def test_a_run_keeps_its_manifest_when_its_time_cannot_be_noted(
    tmp_path: Path, full_disk: Callable[[], None]
) -> None:
    (tmp_path / "manifest.json").write_text('{"version": 1, "seconds": 2.0}')
    full_disk()
    with pytest.raises(OSError, match="No space left"):
        finish_run(tmp_path, seconds=3.0)
    assert (tmp_path / "manifest.json").read_text() == '{"version": 1, "seconds": 2.0}'


def test_a_torn_line_is_cut_off_and_no_other_is_written_again(
    tmp_path: Path, full_disk: Callable[[], None]
) -> None:
    add_answer(tmp_path, {"id": "q1"}, round_number=1, papers=())
    whole = (tmp_path / "answers.jsonl").read_bytes()
    (tmp_path / "answers.jsonl").write_bytes(whole + b'{"id": "q2"')
    full_disk()
    assert read_answers(tmp_path / "answers.jsonl", mend=True).keys() == {"q1"}
    assert (tmp_path / "answers.jsonl").read_bytes() == whole


def test_a_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "file")
    write_whole(tmp_path / "link", "owls")
    assert ((tmp_path / "file").read_text(), (tmp_path / "link").is_symlink()) == ("owls", True)
