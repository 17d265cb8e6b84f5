"""Ask a library in a fresh process: how long until the first answer, how long for each, what memory?"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from eval.bench.figures import peak_megabytes, resident_megabytes
from eval.bench.scale.building import Part, open_part
from eval.metrics.intervals import percentile
from eval.reference import load_questions
from rag.retrieval.retriever import Retriever
from rag.settings import RetrievalSettings
from rag.types import WHOLE_LIBRARY, Kind, Question, Ranking, Scope

_ANSWERABLE = ("list", "fact", "compare", "howwhy")
_WARM_UP = 10
# Two sevenths of the papers, and the 111 to 133 of one page.
_FILTERS = {"since_2024": Scope(since="2024"), "one_page": Scope(sources=("page-00000.txt",))}

Laps = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Asking:
    """How many of the reference questions are asked, and how often (once within filters)."""

    rounds: int
    questions: int


def search(part: Part, *, began: float, asking: Asking) -> dict[str, object]:
    """Open the library, ask the questions, and return the figures by name.

    `began` is the `time.monotonic()` at which this process was started. Seconds from there, then
    milliseconds a question: in all, beyond the encoder, and by stage; last the same within filters.
    """
    imported = time.monotonic()
    library = open_part(part)
    opened = time.monotonic()
    retriever = Retriever(library, RetrievalSettings())
    questions = _questions(WHOLE_LIBRARY)[: asking.questions]
    first = _lap(retriever.search, questions[0])
    answered = time.monotonic()
    for question in questions[:_WARM_UP]:
        retriever.search(question)
    laps = [_lap(retriever.search, question) for _ in range(asking.rounds) for question in questions]
    resident = resident_megabytes()
    filtered = {
        name: [_lap(retriever.search, question) for question in _questions(scope)[: asking.questions]]
        for name, scope in _FILTERS.items()
    }
    library.close()
    return {
        "start_imports_s": round(imported - began, 2),
        "start_open_s": round(opened - imported, 2),
        "start_first_answer_s": round(answered - began, 2),
        "first_search_ms": first,
        "search_p50_ms": _at(laps, 0.5),
        "search_p95_ms": _at(laps, 0.95),
        **{f"{name}_p50_ms": _at(laps, 0.5) for name, laps in filtered.items()},
        **{f"{name}_p95_ms": _at(laps, 0.95) for name, laps in filtered.items()},
        "search_resident_mb": resident,
        "search_peak_mb": peak_megabytes(),
    }


def _questions(scope: Scope) -> list[Question]:
    asked = [q.question for q in load_questions() if q.type in _ANSWERABLE]
    return [Question(text, Kind.LIST, text, scope) for text in asked]


def _lap(search: Callable[[Question], Ranking], question: Question) -> dict[str, float]:
    """Return milliseconds by stage; `cpu` is the time of all threads, which a busy machine alters little."""
    began, cpu = time.perf_counter(), time.process_time()
    stages = search(question).timings_ms
    total, cpu = (time.perf_counter() - began) * 1000, (time.process_time() - cpu) * 1000
    return {"total": total, "beyond encoder": total - stages.get("encode", 0.0), "cpu": cpu, **stages}


def _at(laps: Sequence[Laps], share: float) -> dict[str, float]:
    """Return the percentile of each stage; a search that skips a stage spends nothing there."""
    return {name: round(percentile([lap.get(name, 0.0) for lap in laps], share), 1) for name in laps[0]}
