"""The command: each size in two processes of its own, one that builds and one that asks."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import eval.bench.scale
from eval.bench.figures import machine
from eval.bench.scale.building import Part, Vectors, build, noted, sizes_on_disk
from eval.bench.scale.searching import Asking, search

_SIZES = (1_000, 10_000, 100_000, 1_000_000)


def main() -> None:
    """Build and measure the sizes one after the other."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.bench.scale",
        description=eval.bench.scale.__doc__,
        formatter_class=argparse.RawTextHelpFormatter,
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=_SIZES, help="numbers of papers")
    parser.add_argument("--synthetic-vectors-from", type=int, default=100_000, metavar="PAPERS")
    parser.add_argument("--words-only", action="store_true", help="build no vectors at any size")
    parser.add_argument("--rounds", type=int, default=2, help="how often each question is asked")
    parser.add_argument("--questions", type=int, default=10_000, help="ask only so many")
    parser.add_argument("--home", type=Path, help="keep the libraries here, and go on with them")
    parser.add_argument("--json", action="store_true", help="one JSON object a size")
    parser.add_argument("--part", choices=("build", "search"), help=argparse.SUPPRESS)
    parser.add_argument("--began", type=float, default=time.monotonic(), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        home = (arguments.home or Path(temporary)).absolute()
        parts = [Part(home / str(size), size, _vectors(size, arguments)) for size in arguments.sizes]
        asking = Asking(rounds=arguments.rounds, questions=arguments.questions)
        match arguments.part:
            case "build":
                build(parts[0])
            case "search":
                print(json.dumps(search(parts[0], began=arguments.began, asking=asking)))
            case _:
                _measure(parts, asking, as_json=arguments.json)


def _measure(parts: Sequence[Part], asking: Asking, *, as_json: bool) -> None:
    if not as_json:
        print(machine())
    for part in parts:
        try:
            _run(part, "build", asking)
            figures = json.loads(_run(part, "search", asking))
        except (KeyboardInterrupt, subprocess.CalledProcessError):
            sys.exit(f"stopped at {part.size:,} papers; with --home, the same command goes on from there")
        built = noted(part.home)
        record = {
            "papers": part.size,
            "vectors": part.vectors,
            "machine": machine(),
            **built.rates,
            "build_peak_mb": built.build_peak_mb,
            **sizes_on_disk(part.home),
            **figures,
        }
        print(json.dumps(record) if as_json else _table(record), flush=True)


def _vectors(size: int, arguments: argparse.Namespace) -> Vectors:
    if arguments.words_only:
        return "none"
    return "drawn" if size >= arguments.synthetic_vectors_from else "encoded"


def _run(part: Part, name: str, asking: Asking) -> str:
    """Run one part in a process of its own, which is told when it was started."""
    choice = {
        "encoded": ["--synthetic-vectors-from", str(part.size + 1)],
        "drawn": ["--synthetic-vectors-from", str(part.size)],
        "none": ["--words-only"],
    }[part.vectors]
    command = [sys.executable, "-m", "eval.bench.scale", "--part", name, "--sizes", str(part.size), *choice]
    done = subprocess.run(  # noqa: S603  # our own command
        [
            *(*command, "--home", str(part.home.parent)),
            *("--rounds", str(asking.rounds), "--questions", str(asking.questions)),
            *("--began", str(time.monotonic())),
        ],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout


def _table(record: Mapping[str, Any]) -> str:
    """Return the figures of a size: single ones in a line each, then a table of stages."""
    columns = {name: value for name, value in record.items() if isinstance(value, dict)}
    lines = [f"{name:<24} {value:>10,.1f}" for name, value in record.items() if isinstance(value, float)]
    stages = dict.fromkeys(stage for values in columns.values() for stage in values)
    table = [f"{'':<24} " + "".join(f"{name:>18}" for name in columns)]
    table += [
        f"{stage:<24} " + "".join(f"{values.get(stage, 0.0):>18,.1f}" for values in columns.values())
        for stage in stages
    ]
    return "\n".join(["", f"{record['papers']:,} papers, vectors {record['vectors']}", *lines, *table])


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:  # in a part: what is built so far stays
        sys.exit(130)
