"""The command: encode once, search with every variant, print a table a collection."""

from __future__ import annotations

import argparse
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import eval.bench.ablation
from eval.bench.ablation.searching import search_all, time_all, token_kilobytes
from eval.bench.ablation.tables import Row, render
from eval.bench.ablation.variants import variants
from eval.bench.figures import machine
from eval.bench.peers.judged import Collection, Judged, read_beir, read_pages
from rag.answering.asking.intent import read_kind
from rag.app import open_library
from rag.environment.reading import read_settings
from rag.settings import RetrievalSettings
from rag.types import Kind, Question

_TIMED = 30
_QRELS = {"report": "qrels.tsv", "tune": "qrels_train.tsv"}


def main() -> None:
    """Measure the variants on each collection that was named, and print its tables."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.bench.ablation",
        description=eval.bench.ablation.__doc__,
        formatter_class=argparse.RawTextHelpFormatter,
    )
    parser.add_argument("pages", nargs="*", type=Path, help="saved pages, for the reference questions")
    parser.add_argument("--beir", type=Path, metavar="FOLDER", help="corpus.jsonl, queries.jsonl, qrels.tsv")
    parser.add_argument("--half", choices=tuple(_QRELS), default="report")
    parser.add_argument("--home", type=Path, help="keep the libraries in this folder for the next run")
    arguments = parser.parse_args()
    if not arguments.pages and not arguments.beir:
        parser.error("name the saved pages, or a folder with --beir")
    collections = [read_pages(arguments.pages)] if arguments.pages else []
    collections += [read_beir(arguments.beir, _QRELS[arguments.half])] if arguments.beir else []
    with ExitStack() as stack:
        home = arguments.home or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for collection in collections:
            _measure(collection, arguments.half, home / collection.name.replace(" ", "-"))


def _measure(collection: Collection, half: str, home: Path) -> None:
    library = open_library(read_settings({"FOOTNOTE_HOME": str(home)}))
    library.add(collection.papers)
    for done in library.index():
        print(f"{collection.name}: {done.done:,} of {done.total:,} encoded", file=sys.stderr, flush=True)
    parts = {half, "test" if half == "report" else "train"}
    judged = [question for question in collection.questions if question.part in parts]
    questions = [Question(one.text, _kind(one), one.text) for one in judged]
    compared = variants(RetrievalSettings())
    rankings = search_all(library, questions, compared)
    spent = time_all(library, questions[:_TIMED], compared)
    rows = [Row(*of) for of in zip(compared, rankings, spent, strict=True)]
    kilobytes = token_kilobytes(library)
    library.close()
    print(f"{collection.name}, {half}: {len(collection.papers):,} papers; {machine()}\n")
    print(render(rows, judged))
    print(f"\nToken vectors take {kilobytes:.1f} kB a paper; the other parts keep nothing of their own.\n")


def _kind(judged: Judged) -> Kind:
    return Kind.FACT if judged.part in {"test", "train"} else read_kind(judged.text)


if __name__ == "__main__":
    main()
