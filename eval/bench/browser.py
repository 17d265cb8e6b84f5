"""How the page's server answers one person and twenty: `python -m eval.bench.browser`.

Serves the bundled sample with its vectors built, quoting, and asks over HTTP as the page does: the time
from the question to the first checked sentence and to the end, alone and with twenty at once; whether
each got the answer to their own question; and the server's resident memory over many questions (Linux). In a
real Chromium, where there is one: until the page is first painted, and from Enter to the first sentence.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from eval.bench.painting import measure_painting, why_not
from rag.app import open_sample
from rag.settings import read_settings

_QUESTIONS = (
    "which papers combine local and global features?",
    "Which papers use state space models such as Mamba?",
    "How does temperature act in contrastive learning?",
    "Compare Vision Transformers with convolutional networks",
)
_READY = "Footnote is at "


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: seconds to the first sentence and to the end, and the text that came."""

    question: str
    first: float
    whole: float
    text: str


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("-n", type=int, default=40, help="questions asked one after the other")
    parser.add_argument("--people", type=int, default=20, help="people who ask at once")
    parser.add_argument("--many", type=int, default=500, help="questions over which memory is watched")
    parser.add_argument("--visits", type=int, default=10, help="windows in which the first paint is timed")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        library = open_sample(read_settings({"FOOTNOTE_HOME": home}))
        list(library.index())
        library.close()
        with _serve(Path(home)) as (url, pid), httpx.Client(base_url=url, timeout=300) as client:
            _measure(client, options, pid)
            _paint(url, options.visits)


def _paint(url: str, visits: int) -> None:
    if reason := why_not():
        print(f"in a browser: not measured, {reason}")
        return
    painted = measure_painting(url, _QUESTIONS * 5, visits=visits)
    print(f"first paint, n={visits}: {_spread(painted.paints)}")
    print(
        f"Enter to the first sentence in the page, n={len(painted.sentences)}: {_spread(painted.sentences)}"
    )


def _measure(client: httpx.Client, options: argparse.Namespace, pid: int) -> None:
    expected = {question: _ask(client, question).text for question in _QUESTIONS}  # and warm
    alone = [_ask(client, _QUESTIONS[n % len(_QUESTIONS)]) for n in range(options.n)]
    single = statistics.fmean(asked.whole for asked in alone)  # the crowd asks the same mix
    middle = statistics.median(asked.whole for asked in alone)
    print(
        f"alone, n={len(alone)}: first sentence {_spread([a.first for a in alone])}, whole {_spread([a.whole for a in alone])}"
    )
    with ThreadPoolExecutor(options.people) as people:
        everyone = [_QUESTIONS[n % len(_QUESTIONS)] for n in range(options.people)]
        crowd = list(people.map(lambda question: _ask(client, question), everyone))
    wrong = sum(asked.text != expected[asked.question] for asked in crowd)
    late = _percentile([asked.whole for asked in crowd], 95)
    print(
        f"{len(crowd)} at once: whole {_spread([a.whole for a in crowd])}, p95 is {late / single:.1f} x the "
        f"mean single time ({late / middle:.1f} x its median); {wrong} wrong or lost"
    )
    before = _resident(pid)
    for n in range(options.many):
        _ask(client, _QUESTIONS[n % len(_QUESTIONS)])
    print(f"memory: {before:.0f} MB before {options.many} questions, {_resident(pid):.0f} MB after")


def _ask(client: httpx.Client, question: str) -> Asked:
    began = time.perf_counter()
    first = 0.0
    pieces: list[str] = []
    body = {"stream": True, "messages": [{"role": "user", "content": question}]}
    with client.stream("POST", "/v1/chat/completions", json=body) as response:
        for line in response.raise_for_status().iter_lines():
            if not line.startswith("data: {"):
                continue
            choices = json.loads(line.removeprefix("data: ")).get("choices", [])
            content = choices[0]["delta"].get("content") if choices else ""
            if content:
                first = first or time.perf_counter() - began
                pieces.append(content)
    return Asked(question, first, time.perf_counter() - began, "".join(pieces))


@contextmanager
def _serve(home: Path) -> Iterator[tuple[str, int]]:
    environment = {**os.environ, "FOOTNOTE_HOME": str(home), "FOOTNOTE_WRITER": "quotes"}
    command = [sys.executable, "-m", "ui.cli", "chat", "--no-browser", "--port", "7899"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603  # our own code
        try:
            assert process.stderr is not None  # noqa: S101  # it is a pipe
            ready = next(line for line in process.stderr if line.startswith(_READY))
            yield ready.removeprefix(_READY).split()[0], process.pid
        finally:
            process.terminate()


def _resident(pid: int) -> float:
    """Return the resident memory of a process in MB; nan where there is no /proc."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return float("nan")
    found = re.search(r"VmRSS:\s*(\d+) kB", status)
    return int(found.group(1)) / 1000 if found else float("nan")


def _spread(seconds: Sequence[float]) -> str:
    return f"p50 {_percentile(seconds, 50) * 1000:.0f} ms, p95 {_percentile(seconds, 95) * 1000:.0f} ms"


def _percentile(values: Sequence[float], percent: int) -> float:
    """Return the value that `percent` of the values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -(-percent * len(ordered) // 100) - 1)]


if __name__ == "__main__":
    main()
