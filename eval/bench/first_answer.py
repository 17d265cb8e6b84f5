"""How soon can papers be asked, and what does it cost? `python -m eval.bench.first_answer PAGE...`.

Each round runs, one after the other in fresh processes: `footnote --help`; the encoder alone over all
papers; building the vectors of a library that has its words already; `footnote add` into an empty home;
a first question. `add` is a whole process and is compared with the encoder and its loading; building is
compared with the encoding alone. Ratios are taken within a round, because machines are noisy; on a busy
one, read the processor seconds (all threads, all processes). Of the time that building takes, the threads
of the encoder are inside it for the share that is printed (mean of the threads). `--times 10` repeats the papers under other
titles, to show what grows with them. Memory is that of all processes of `add` together, sampled twenty
times a second (Linux only; elsewhere 0).
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

_QUESTION = "which papers combine local and global features?"
_SAMPLES_A_SECOND = 20


@dataclass(frozen=True, slots=True)
class Round:
    """Figures of one round: seconds, and megabytes of all processes of `add`."""

    help_seconds: float
    loading_seconds: float
    encoding_seconds: float
    encoding_cpu: float
    index_seconds: float
    index_cpu: float
    index_share: float
    add_seconds: float
    words_seconds: float
    ask_seconds: float
    add_megabytes: float


def main() -> None:
    """Run the rounds and print a table of medians with their range."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("pages", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--times", type=int, default=1, help="repeat the papers under other titles")
    parser.add_argument("--part", choices=("encoder", "index", "words"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    match arguments.part:
        case "encoder":
            print(json.dumps(_encode_alone(arguments.pages)))
        case "index":
            print(json.dumps(_build_vectors(arguments.pages)))
        case "words":
            print(json.dumps(_search_by_words(arguments.pages)))
        case _:
            _run_rounds(arguments.pages, rounds=arguments.rounds, times=arguments.times)


def _run_rounds(pages: Sequence[Path], *, rounds: int, times: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        papers = _write_papers(pages, Path(folder) / "papers.jsonl", times=times)
        done = []
        for number in range(1, rounds + 1):
            print(f"round {number} of {rounds} ...", file=sys.stderr, flush=True)
            done.append(_round([Path(folder) / "papers.jsonl"], Path(folder) / f"home-{number}"))
    print(f"{papers:,} papers, {rounds} rounds, {os.cpu_count()} cores: median (lowest to highest)\n")
    rows = (
        ("footnote --help", [r.help_seconds for r in done], "s"),
        ("encoder: loading", [r.loading_seconds for r in done], "s"),
        ("encoder: encoding", [r.encoding_seconds for r in done], "s"),
        ("building vectors", [r.index_seconds for r in done], "s"),
        ("building / encoding", [r.index_seconds / r.encoding_seconds for r in done], "x"),
        ("building, inside the encoder", [100 * r.index_share for r in done], "%"),
        ("encoder: encoding, processor", [r.encoding_cpu for r in done], "s"),
        ("building vectors, processor", [r.index_cpu for r in done], "s"),
        ("building / encoding, processor", [r.index_cpu / r.encoding_cpu for r in done], "x"),
        ("footnote add", [r.add_seconds for r in done], "s"),
        (
            "add / encoder with its loading",
            [r.add_seconds / (r.loading_seconds + r.encoding_seconds) for r in done],
            "x",
        ),
        ("searchable by words, after imports", [r.words_seconds for r in done], "s"),
        ("first footnote ask", [r.ask_seconds for r in done], "s"),
        ("peak memory of add", [r.add_megabytes for r in done], "MB"),
    )
    for name, values, unit in rows:
        middle = statistics.median(values)
        print(f"{name:<36} {middle:>8.2f} {unit:<3} ({min(values):.2f} to {max(values):.2f})")


def _round(files: Sequence[Path], home: Path) -> Round:
    command = [sys.executable, "-m", "ui.cli"]
    names = [str(file) for file in files]
    environment = {**os.environ, "FOOTNOTE_HOME": str(home), "FOOTNOTE_WRITER": "quotes"}
    loading, encoding, encoding_cpu = _json_part("encoder", names)
    index, index_cpu, index_share = _json_part("index", names)
    (words,) = _json_part("words", names)
    seconds, megabytes = _timed([*command, "add", *names], environment)
    return Round(
        help_seconds=_timed([*command, "--help"], environment)[0],
        loading_seconds=loading,
        encoding_seconds=encoding,
        encoding_cpu=encoding_cpu,
        index_seconds=index,
        index_cpu=index_cpu,
        index_share=index_share,
        add_seconds=seconds,
        words_seconds=words,
        ask_seconds=_timed([*command, "ask", _QUESTION], environment)[0],
        add_megabytes=megabytes,
    )


def _timed(command: Sequence[str], environment: dict[str, str]) -> tuple[float, float]:
    """Return wall seconds and peak megabytes of a process and its children."""
    began = time.perf_counter()
    peak = 0.0
    with subprocess.Popen(  # noqa: S603  # our own command
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        while process.poll() is None:
            peak = max(peak, _megabytes(process.pid))
            time.sleep(1 / _SAMPLES_A_SECOND)
    seconds = time.perf_counter() - began
    if process.returncode:
        sys.exit(f"{' '.join(command)} failed with {process.returncode}")
    return seconds, peak


def _megabytes(pid: int) -> float:
    """Return the resident memory of a process and its children now; 0 where it cannot be told."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
        tasks = Path(f"/proc/{pid}/task").glob("*/children")
        children = [child for task in tasks for child in task.read_text(encoding="ascii").split()]
    except OSError:  # it has ended, or this is no Linux
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6 + sum(_megabytes(int(child)) for child in children)


def _json_part(part: str, names: Sequence[str]) -> list[float]:
    result = subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-m", "eval.bench.first_answer", "--part", part, *names],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return [float(seconds) for seconds in json.loads(result.stdout)]


def _write_papers(pages: Sequence[Path], target: Path, *, times: int) -> int:
    """Write the papers of the pages as JSON Lines, `times` over under other titles."""
    from rag.app import read_file

    papers = {paper.id: paper for page in pages for paper in read_file(page).papers}
    with target.open("w", encoding="utf-8") as file:
        for copy in range(times):
            for paper in papers.values():
                named = replace(paper, title=f"{paper.title} ({copy})" if copy else paper.title)
                file.write(json.dumps({"title": named.title, "abstract": named.abstract}) + "\n")
    return len(papers) * times


def _encode_alone(files: Sequence[Path]) -> tuple[float, float, float]:
    """Return the seconds to load, those to encode all papers side by side, and the processor's for these."""
    from rag.app import read_file
    from rag.library.encoder import Encoder
    from rag.library.passages import split_passages

    papers = [paper for file in files for paper in read_file(file).papers]
    split = [(paper, split_passages(paper)) for paper in papers]
    began = time.perf_counter()
    encoder = Encoder(threads=0)
    encoder.load()
    loaded, before = time.perf_counter(), _processor_seconds()
    with ThreadPoolExecutor(encoder.workers) as pool:
        for _ in pool.map(lambda item: encoder.encode_paper(*item), split):
            pass
    return loaded - began, time.perf_counter() - loaded, _processor_seconds() - before


def _build_vectors(files: Sequence[Path]) -> tuple[float, float, float]:
    """Return the seconds that building takes once papers and encoder are in, and the processor's for it.

    The third number is the share of these seconds that a thread of the encoder spends inside it, 0 to 1.
    """
    from rag.app import read_file
    from rag.library.encoder import EncodedPaper, Encoder
    from rag.library.library import Library
    from rag.types import Paper, Passage

    inside: deque[float] = deque()

    class Watched(Encoder):
        def encode_paper(self, paper: Paper, passages: Sequence[Passage]) -> EncodedPaper:
            began = time.perf_counter()
            encoded = super().encode_paper(paper, passages)
            inside.append(time.perf_counter() - began)
            return encoded

    with tempfile.TemporaryDirectory() as home:
        encoder = Watched(threads=0)
        library = Library(Path(home), encoder=encoder)
        for file in files:
            library.add(read_file(file).papers)
        encoder.load()
        began, before = time.perf_counter(), _processor_seconds()
        for _ in library.index():
            pass
        seconds, processor = time.perf_counter() - began, _processor_seconds() - before
        library.close()
    return seconds, processor, sum(inside) / encoder.workers / seconds


def _processor_seconds() -> float:
    """Return the processor time of this process and of those that it started and that have ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def _search_by_words(files: Sequence[Path]) -> tuple[float]:
    """Return the seconds from the end of the imports until all papers are found by their words."""
    from rag.app import build_retriever, open_library, read_file
    from rag.environment.reading import read_settings
    from rag.types import Kind, Question

    with tempfile.TemporaryDirectory() as home:
        settings = read_settings({"FOOTNOTE_HOME": home})
        began = time.perf_counter()
        library = open_library(settings)
        for file in files:
            library.add(read_file(file).papers)
        ranking = build_retriever(settings, library).search(Question(_QUESTION, Kind.LIST, _QUESTION))
        seconds = time.perf_counter() - began
        library.close()
    if not ranking.papers:
        sys.exit("no paper was found by its words")
    return (seconds,)


if __name__ == "__main__":
    main()
