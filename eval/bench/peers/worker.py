"""One system in a process of its own: JSON Lines in, JSON Lines out.

In: questions. Out: what indexing took, imports included, then for each question ids,
milliseconds by the clock and of all threads, and memory. What a library prints goes to the other stream.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
from pathlib import Path

from eval.bench.figures import peak_megabytes, resident_megabytes
from rag.types import Paper, PaperId


def main(name: str, papers_file: str, folder: str) -> None:
    """Index the papers with the system `name`, then answer until the input ends."""
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    papers = [
        Paper(PaperId(record["id"]), record["title"], record["abstract"])
        for record in map(json.loads, Path(papers_file).read_text(encoding="utf-8").splitlines())
    ]
    began, cpu = time.perf_counter(), time.process_time()
    system = importlib.import_module(f"eval.bench.peers.{name}")
    search = system.index(papers, Path(folder))
    took = {"seconds": time.perf_counter() - began, "cpu_seconds": time.process_time() - cpu}
    print(json.dumps(took), file=replies, flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        began, cpu = time.perf_counter(), time.process_time()
        ids = search(asked["question"], asked["limit"])
        ms, cpu_ms = (time.perf_counter() - began) * 1000, (time.process_time() - cpu) * 1000
        costs = {"ms": ms, "cpu_ms": cpu_ms, "peak_mb": peak_megabytes(), "resident_mb": resident_megabytes()}
        print(json.dumps({"ids": ids[: asked["limit"]], **costs}), file=replies, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
