"""The command: index with each system in turn, then ask all of them question by question."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import eval.bench.peers
from eval.bench.figures import machine
from eval.bench.peers.figures import Measured, costs, quality
from eval.bench.peers.judged import Collection, read_beir, read_pages
from eval.bench.peers.systems import SYSTEMS, Running, System
from eval.bench.peers.tables import render
from eval.reference import QUESTIONS
from rag.types import Paper

_DEPTH = 50
_BASE = "llama-index + Chroma"


def main() -> None:
    """Compare the systems that are installed, on the pages and on a BEIR set if one is given."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.bench.peers",
        description=eval.bench.peers.__doc__,
        formatter_class=argparse.RawTextHelpFormatter,
    )
    parser.add_argument("pages", nargs="*", type=Path, help="saved pages, for the reference questions")
    parser.add_argument(
        "--questions", type=Path, metavar="FILE", default=QUESTIONS, help="ask these of the pages"
    )
    parser.add_argument("--beir", type=Path, metavar="FOLDER", help="corpus.jsonl, queries.jsonl, qrels.tsv")
    parser.add_argument("--rounds", type=int, default=3, help="how often each question is timed")
    parser.add_argument("--json", action="store_true", help="one JSON object a collection")
    arguments = parser.parse_args()
    if not arguments.pages and not arguments.beir:
        parser.error("name the saved pages, or a folder with --beir")
    for system in SYSTEMS:
        if system.missing:
            print(f"{system.title} is left out: {', '.join(system.missing)} not installed", file=sys.stderr)
    systems = [system for system in SYSTEMS if not system.missing]
    collections = [read_pages(arguments.pages, arguments.questions)] if arguments.pages else []
    collections += [read_beir(arguments.beir)] if arguments.beir else []
    for collection in collections:
        measured = run(collection, systems, rounds=arguments.rounds)
        report = {
            "collection": collection.name,
            "papers": len(collection.papers),
            "machine": machine(),
            "quality": [
                row
                for part in sorted({question.part for question in collection.questions})
                for row in quality(measured, collection.questions, part)
            ],
            "costs": costs(measured, _BASE),
        }
        print(json.dumps(report) if arguments.json else render(report), flush=True)


def run(collection: Collection, systems: Sequence[System], *, rounds: int) -> list[Measured]:
    """Index one system after the other, then ask all; the first round warms up and gives the rankings."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        papers = _write(collection.papers, folder / "papers.jsonl")
        running: list[Running] = []
        indexed: list[dict[str, float]] = []
        for system in systems:
            print(f"{system.title}: indexing {len(collection.papers):,} papers", file=sys.stderr, flush=True)
            running.append(stack.enter_context(Running(system, papers=papers, folder=folder / system.module)))
            indexed.append(running[-1].indexed())
        rounds_of_replies = [_ask_all(collection, running, number) for number in range(rounds + 1)]
    return [
        Measured(
            title=system.title,
            versions=system.versions,
            code_lines=system.code_lines,
            index_seconds=indexed[place]["seconds"],
            index_cpu_seconds=indexed[place]["cpu_seconds"],
            rankings=tuple(tuple(replies[place]["ids"]) for replies in rounds_of_replies[0]),
            ms=_times("ms", place, rounds_of_replies),
            cpu_ms=_times("cpu_ms", place, rounds_of_replies),
            peak_mb=rounds_of_replies[-1][-1][place]["peak_mb"],
            resident_mb=rounds_of_replies[-1][-1][place]["resident_mb"],
        )
        for place, system in enumerate(systems)
    ]


def _ask_all(collection: Collection, running: Sequence[Running], number: int) -> list[list[dict[str, Any]]]:
    """Ask each question of each system before the next question; who is first changes by turns."""
    replies = []
    for count, question in enumerate(collection.questions):
        first = count % len(running)
        order = [*range(first, len(running)), *range(first)]
        by_place = {place: running[place].ask(question.text, limit=_DEPTH) for place in order}
        replies.append([by_place[place] for place in range(len(running))])
        if count % 50 == 0:
            total = len(collection.questions)
            print(f"round {number}: question {count + 1} of {total}", file=sys.stderr, flush=True)
    return replies


def _times(name: str, place: int, rounds: Sequence[Sequence[Sequence[dict[str, Any]]]]) -> tuple[float, ...]:
    """Return the times of one system in all rounds but the first, which warms up."""
    return tuple(replies[place][name] for one in rounds[1:] for replies in one)


def _write(papers: Sequence[Paper], target: Path) -> Path:
    with target.open("w", encoding="utf-8") as file:
        for paper in papers:
            record = {"id": paper.id, "title": paper.title, "abstract": paper.abstract}
            file.write(json.dumps(record) + "\n")
    return target


if __name__ == "__main__":
    main()
