"""The runs that lie in one folder, newest first: what each asked, and the figures that were written beside it.

`footnote eval run` puts runs under FOOTNOTE_HOME/runs unless it is told otherwise, so that the page finds
them. A run is called by the name of its folder.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from eval.runs import PASSING, Run, answers_name, read_run_folder
from eval.scoring import Scores, score_run
from rag.errors import RunError

_SCORES = TypeAdapter(Scores)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_KEPT = 64


@dataclass(frozen=True, slots=True)
class Listed:
    """A run as a list shows it. `scores` is None while none were written since the last answer.

    `why` says in a line why the run cannot be read; empty if it can.
    """

    name: str
    started: str = ""
    writer: str = ""
    questions: int = 0
    papers: int = 0
    sample: bool = False
    scores: Scores | None = None
    why: str = ""


def runs_folder(home: Path) -> Path:
    """Return where the runs of a state folder lie."""
    return home / "runs"


def name_run(questions: str, manifest: Mapping[str, Any]) -> str:
    """Return the name of a run that is told no folder: the same for what would be asked in the same way.

    So an interrupted run goes on when its command is given again, and another setting makes another run.

    >>> name_run("papers/my own.jsonl", {"writer": "quotes"})
    'my-own-quotes-a9cd0791'
    """
    lasting = {name: value for name, value in manifest.items() if name not in PASSING}
    checksum = hashlib.sha256(json.dumps(lasting, sort_keys=True, default=str).encode()).hexdigest()[:8]
    words = f"{Path(questions).stem}-{manifest['writer']}"
    return f"{re.sub(r'[^A-Za-z0-9]+', '-', words).strip('-')[:80] or 'run'}-{checksum}"


def find_run(folder: Path, name: str) -> Path:
    """Return the folder of a run by its name.

    Raises:
        RunError: there is none of this name.
    """
    if _NAME.fullmatch(name) and (folder / name / "manifest.json").is_file():
        return folder / name
    raise RunError(f"there is no run {name!r}; it may have been moved or deleted")


def list_runs(folder: Path) -> tuple[Listed, ...]:
    """Return the runs of a folder, newest first; what is no run is passed over."""
    if not folder.is_dir():
        return ()
    found = [path for path in folder.iterdir() if _NAME.fullmatch(path.name)]
    listed = [_listed(path) for path in found if (path / "manifest.json").is_file()]
    return tuple(sorted(listed, key=lambda run: (run.started, run.name), reverse=True))


def scored_run(folder: Path) -> tuple[Run, Scores]:
    """Return a run and its scores: those that were written, or computed anew if answers came since.

    Raises:
        RunError: see `read_run_folder`.
    """
    return _scored(folder, _stamp(folder))


@lru_cache(maxsize=4)
def _scored(folder: Path, _stamp: tuple[int, int]) -> tuple[Run, Scores]:
    run = read_run_folder(folder)
    return run, _written(folder) or score_run(run)


def _listed(folder: Path) -> Listed:
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        return Listed(
            name=folder.name,
            started=str(manifest["started"]),
            writer=str(manifest["writer"]),
            questions=int(manifest["questions"]["n"]),
            papers=int(manifest["library"]["papers"]),
            sample=bool(manifest["library"]["sample"]),
            scores=_written(folder),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        return Listed(folder.name, why=f"its manifest cannot be read ({type(error).__name__})")


def _written(folder: Path) -> Scores | None:
    """Return the scores that were written after the last answer, if any."""
    answers, scores = _stamp(folder)
    return _read_scores(folder / "scores.json", scores) if scores >= max(answers, 1) else None


@lru_cache(maxsize=_KEPT)
def _read_scores(path: Path, _changed: int) -> Scores | None:
    try:
        return _SCORES.validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None


def _stamp(folder: Path) -> tuple[int, int]:
    """When the answers and the scores were last written, in nanoseconds; 0 for never."""
    return _changed(folder / answers_name(1)), _changed(folder / "scores.json")


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
