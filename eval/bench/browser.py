"""How the page's server answers one person and twenty: `python -m eval.bench.browser`.

Serves the bundled sample with its vectors built, quoting, and asks as the page does (over Gradio's queue) and as
a program does (over `/v1`): the time from the question to the first checked sentence and to the end, alone
and with twenty at once, in rounds of both, because a machine is never idle; the processor time that the server
spends on either (Linux); whether each got the answer to their own question; and the server's resident
memory over many questions. In a real Chromium, where there is one: until the page is first painted, and from
Enter to the first sentence.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import httpx

from eval.bench.asking import Asked, PageQueue, ask_as_program
from eval.bench.painting import measure_painting, why_not
from rag.app import open_sample
from rag.environment.reading import read_settings

_QUESTIONS = (
    "which papers combine local and global features?",
    "Which papers use state space models such as Mamba?",
    "How does temperature act in contrastive learning?",
    "Compare Vision Transformers with convolutional networks",
)
_READY = "Footnote is at "
Ask = Callable[[str], Asked]


@dataclass(frozen=True, slots=True)
class Round:
    """The same questions one after the other and at once, with the server's processor seconds for each (nan unknown)."""

    alone: Sequence[Asked]
    crowd: Sequence[Asked]
    alone_spent: float
    crowd_spent: float

    @property
    def ratio(self) -> float:
        """How many mean single times 95 percent of the crowd waited at most."""
        return _percentile([a.whole for a in self.crowd], 95) / statistics.fmean(a.whole for a in self.alone)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5, help="times that as many ask alone, and at once")
    parser.add_argument("--people", type=int, default=20, help="people who ask at once")
    parser.add_argument("--many", type=int, default=500, help="questions over which memory is watched")
    parser.add_argument("--visits", type=int, default=10, help="windows in which the first paint is timed")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        library = open_sample(read_settings({"FOOTNOTE_HOME": home}))
        list(library.index())
        library.close()
        with _serve(Path(home)) as (url, pid), httpx.Client(base_url=url, timeout=300) as client:
            ways: dict[str, Ask] = {
                "the page": PageQueue(client).ask,
                "a program": partial(ask_as_program, client),
            }
            for name, ask in ways.items():
                _measure(name, ask, options, pid)
            _watch_memory(ways["the page"], options.many, pid)
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


def _measure(name: str, ask: Ask, options: argparse.Namespace, pid: int) -> None:
    expected = {question: ask(question).text for question in _QUESTIONS}
    questions = [
        _QUESTIONS[n % len(_QUESTIONS)] for n in range(options.people)
    ]  # the crowd asks the same mix
    _round(ask, questions, pid)  # warms
    rounds = [_round(ask, questions, pid) for _ in range(options.rounds)]
    alone, crowd = [a for one in rounds for a in one.alone], [a for one in rounds for a in one.crowd]
    wrong = sum(not asked.text or asked.text != expected[asked.question] for asked in crowd)
    print(f"{name}, alone, n={len(alone)}: {_told(alone)}")
    print(f"{name}, {options.people} at once, n={len(crowd)}: {_told(crowd)}; {wrong} wrong or lost")
    ratios = sorted(one.ratio for one in rounds)
    spent = statistics.median(one.crowd_spent / one.alone_spent for one in rounds)
    print(
        f"{name}: p95 at once is {statistics.median(ratios):.1f} x the mean single time of its round (median of "
        f"{len(rounds)}; {ratios[0]:.1f} to {ratios[-1]:.1f}); processor time at once is {spent:.2f} x that alone"
    )


def _round(ask: Ask, questions: Sequence[str], pid: int) -> Round:
    before = _spent(pid)
    alone = [ask(question) for question in questions]
    between = _spent(pid)
    with ThreadPoolExecutor(len(questions)) as people:
        crowd = list(people.map(ask, questions))
    return Round(alone, crowd, between - before, _spent(pid) - between)


def _watch_memory(ask: Ask, many: int, pid: int) -> None:
    before = _resident(pid)
    for n in range(many):
        ask(_QUESTIONS[n % len(_QUESTIONS)])
    print(f"memory: {before:.0f} MB before {many} questions, {_resident(pid):.0f} MB after")


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


def _spent(pid: int) -> float:
    """Return the processor seconds of a process; nan where there is no /proc."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return float("nan")
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")  # proc_pid_stat(5): utime, stime


def _resident(pid: int) -> float:
    """Return the resident memory of a process in MB; nan where there is no /proc."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return float("nan")
    found = re.search(r"VmRSS:\s*(\d+) kB", status)
    return int(found.group(1)) / 1000 if found else float("nan")


def _told(asked: Sequence[Asked]) -> str:
    return f"first sentence {_spread([a.first for a in asked])}, whole {_spread([a.whole for a in asked])}"


def _spread(seconds: Sequence[float]) -> str:
    return f"p50 {_percentile(seconds, 50) * 1000:.0f} ms, p95 {_percentile(seconds, 95) * 1000:.0f} ms"


def _percentile(values: Sequence[float], percent: int) -> float:
    """Return the value that `percent` of the values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -(-percent * len(ordered) // 100) - 1)]


if __name__ == "__main__":
    main()
