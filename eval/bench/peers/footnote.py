"""Footnote, put together as the command line does: see `rag.app` and docs/architecture.md."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from rag.answering.asking.intent import read_kind
from rag.app import build_retriever, open_library
from rag.environment.reading import read_settings
from rag.types import Paper, Question


def index(papers: Sequence[Paper], folder: Path) -> Callable[[str, int], list[str]]:
    """Index the papers, and return the search: a question and a limit -> ids, best first."""
    settings = read_settings({"FOOTNOTE_HOME": str(folder)})
    library = open_library(settings)
    library.add(papers)
    for _ in library.index():
        pass
    retriever = build_retriever(settings, library)

    def search(question: str, limit: int) -> list[str]:
        ranking = retriever.search(Question(question, read_kind(question), question), limit=limit)
        return [ranked.paper.id for ranked in ranking.papers]

    return search
