"""The direction of imports, and what may not be loaded on the way to `--help`."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import rag.types

_ROOT = Path(__file__).resolve().parents[1]
# Lower rooms know nothing of higher ones.
_LEVELS = {
    "rag.types": 0,
    "rag.errors": 0,
    "rag.numbers": 0,
    "rag.settings": 1,
    "rag.environment": 2,
    "rag.extras": 2,
    "rag.remote": 2,
    "rag.sources": 2,
    "rag.library": 3,
    "rag.retrieval": 4,
    "rag.answering": 5,
    "rag.contracts": 6,
    "rag.set_columns": 6,
    "rag.sample": 6,
    "rag.markdown": 7,
    "rag.exports": 8,
    "rag.app": 9,
    "rag.llama_index": 9,
    "eval": 10,
    "ui": 11,
}
# Inside `rag.types`, each knows only those before it.
_NOUNS = (
    "papers",
    "spans",
    "criteria",
    "questions",
    "rankings",
    "verdicts",
    "comparisons",
    "answers",
    "events",
)


def _room(module: str) -> str | None:
    parts = module.split(".")
    return next((r for r in (".".join(parts[:n]) for n in (2, 1)) if r in _LEVELS), None)


def _imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def _modules() -> list[str]:
    paths = [p for package in ("rag", "ui", "eval") for p in sorted((_ROOT / package).rglob("*.py"))]
    return [".".join(p.relative_to(_ROOT).with_suffix("").parts) for p in paths]


@pytest.mark.parametrize("module", [module for module in _modules() if _room(module)])
def test_imports_point_down(module: str) -> None:
    room = _room(module) or ""
    above = {
        target
        for target in _imports((_ROOT / module.replace(".", "/")).with_suffix(".py"))
        if (other := _room(target)) is not None and _LEVELS[other] > _LEVELS[room]
    }
    assert not above, f"{module} imports from a room above it: {sorted(above)}"


def test_every_room_has_a_level() -> None:
    rooms = {m for m in _modules() if m.startswith("rag.")}
    assert all(_room(m) for m in rooms if m != "rag.__init__"), "a new room needs a level"


def test_the_modules_of_nouns_are_those_that_have_a_place() -> None:
    assert {path.stem for path in (_ROOT / "rag" / "types").glob("*.py")} == {*_NOUNS, "__init__"}


@pytest.mark.parametrize("noun", _NOUNS)
def test_nouns_are_built_of_those_before_them(noun: str) -> None:
    before = tuple(f"rag.types.{name}" for name in _NOUNS[: _NOUNS.index(noun)])
    ours = {m for m in _imports(_ROOT / "rag" / "types" / f"{noun}.py") if m.startswith("rag")}
    assert all(module.startswith(before) for module in ours), sorted(ours)


@pytest.mark.parametrize("noun", _NOUNS)
def test_the_door_of_the_nouns_shows_each_of_them(noun: str) -> None:
    tree = ast.parse((_ROOT / "rag" / "types" / f"{noun}.py").read_text(encoding="utf-8"))
    classes = {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
    assigned = (node.targets[0] for node in tree.body if isinstance(node, ast.Assign))
    assert classes | {name.id for name in assigned if isinstance(name, ast.Name)} <= set(rag.types.__all__)


def test_help_loads_nothing_heavy() -> None:
    heavy = ("llama_index", "chromadb", "gradio", "openai", "onnxruntime", "sqlalchemy", "numpy")
    code = (
        "import sys\n"
        "from ui.cli import app\n"
        "try:\n    app(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print('loaded:', [m for m in {heavy!r} if m in sys.modules])"
    )
    result = subprocess.run(  # noqa: S603  # our own code
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=_ROOT
    )
    assert "loaded: []" in result.stdout


def test_adding_papers_loads_nothing_that_answers(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from ui.cli import app\n"
        "try:\n    app(['add', 'papers.jsonl'])\nexcept SystemExit:\n    pass\n"
        "print('loaded:', [m for m in sys.modules if m.startswith(('rag.answering', 'rag.retrieval', 'llama_index'))])"
    )
    paper = '{"title": "Bark", "abstract": "We tell trees by their bark."}'
    (tmp_path / "papers.jsonl").write_text(paper, encoding="utf-8")
    result = subprocess.run(  # noqa: S603  # our own code
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env={**os.environ, "FOOTNOTE_HOME": str(tmp_path), "PYTHONPATH": str(_ROOT)},
    )
    assert "1 paper: 1 new" in result.stdout
    assert "loaded: []" in result.stdout


def test_types_and_errors_need_the_standard_library_alone() -> None:
    for path in (_ROOT / "rag" / "errors.py", *(_ROOT / "rag" / "types").glob("*.py")):
        outside = {
            module
            for module in _imports(path)
            if module.partition(".")[0] not in sys.stdlib_module_names
            if not module.startswith("rag.types.")
        }
        assert not outside


def test_every_package_that_is_imported_is_asked_for() -> None:
    project = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [
        *project["dependencies"],
        *(one for extra in project["optional-dependencies"].values() for one in extra),
    ]
    named = {re.split(r"[^\w.-]", one)[0].lower().replace("_", "-") for one in asked}
    ours = [(_ROOT / module.replace(".", "/")).with_suffix(".py") for module in _modules()]
    imported = {module.partition(".")[0] for path in ours for module in _imports(path)}
    installed = packages_distributions()
    unasked = {
        package
        for package in imported - {"rag", "ui", "eval"} - sys.stdlib_module_names
        if package in installed  # those of the extras may be missing
        if named.isdisjoint(one.lower().replace("_", "-") for one in installed[package])
    }
    assert not unasked
