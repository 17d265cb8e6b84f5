"""What would be needed to repeat a run: questions, library, settings, prompts, model, versions, seed."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from eval.reference import ReferenceQuestion
from eval.runs import VERSION
from rag.answering.writing.prompts import VERSION as PROMPTS
from rag.answering.writing.prompts import own_version
from rag.app import OpenLibrary
from rag.library.library import Library
from rag.settings import Settings

_PACKAGES = [
    "footnote",
    "chromadb",
    "llama-index-core",
    "numpy",
    "onnxruntime",
    "openai",
    "tantivy",
    "tokenizers",
]
_SEED = 1  # of the bootstrap and the randomisation test
# Where a run takes place, and secrets: neither belongs to how it can be repeated.
_LEFT_OUT = frozenset({"home", "server", "base_url", "url", "key", "threads"})


def describe_run(
    settings: Settings, opened: OpenLibrary, *, questions: Sequence[ReferenceQuestion], rounds: int
) -> dict[str, Any]:
    """Return the manifest of a run that is about to begin. No key and no address of a server is in it."""
    library, instructions = opened.library, settings.model.instructions
    return {
        "version": VERSION,
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
        "questions": {"n": len(questions), "fingerprint": _fingerprint_questions(questions)},
        "library": {
            "papers": library.size(),
            "fingerprint": fingerprint_library(library),
            "sample": opened.is_sample,
            "index": dict(library.catalogue.manifest()),
            "without_vectors": library.unindexed(),
        },
        "writer": settings.writer_name,
        "prompts": own_version(PROMPTS, instructions),
        "settings": _plain(settings),
        "rounds": rounds,
        "seed": _SEED,
        "versions": {"python": platform.python_version(), **_versions()},
        "machine": f"{platform.system()} {platform.machine()}",
    }


def fingerprint_library(library: Library) -> str:
    """Return a checksum that changes with any id, title or abstract of the library."""
    digest = hashlib.sha256()
    for line in sorted(json.dumps([p.id, p.title, p.abstract]) for p in library.catalogue.list()):
        digest.update(line.encode())
    return digest.hexdigest()[:16]


def _fingerprint_questions(questions: Sequence[ReferenceQuestion]) -> str:
    """Return a checksum that changes with any field of the questions, or their order."""
    text = json.dumps([question.record for question in questions], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _plain(record: object) -> Mapping[str, Any]:
    """Return the fields of a settings record, those within records too, as JSON can hold them."""
    assert is_dataclass(record)  # noqa: S101  # settings are dataclasses all the way down
    shown = [
        f.name for f in fields(record) if f.repr and f.name not in _LEFT_OUT and not f.name.startswith("_")
    ]
    return {name: _plain_value(getattr(record, name)) for name in shown}


def _plain_value(value: object) -> object:
    if is_dataclass(value):
        return _plain(value)
    return value.name if isinstance(value, Path) else value


def _versions() -> dict[str, str]:
    found = {}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found
