"""How well are papers found? `python -m eval.bench.retrieval [PAGE...] [--half report] [--questions FILE]`.

Ranks the papers for the reference questions, or those of another file: the papers of the pages if some are
given, and the bundled digests. Prints means with 95 % bootstrap intervals, by type, and the paired
difference of the two.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.metrics import bootstrap_interval, ndcg_at_k, recall_at_k
from eval.reference import QUESTIONS, ReferenceQuestion, load_questions
from rag.answering.asking.intent import read_kind
from rag.app import build_retriever, open_library, open_sample, read_file
from rag.environment.reading import read_settings
from rag.library.library import Library
from rag.settings import Settings
from rag.sources.entry import title_key
from rag.types import Question

_ANSWERABLE = ("list", "fact", "compare", "howwhy")
_DEPTH = 50


@dataclass(frozen=True, slots=True)
class Scores:
    """The measures of one question, each from 0 to 1."""

    ndcg10: float
    recall20: float
    recall50: float


def main() -> None:
    """Index, rank, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("pages", nargs="*", type=Path)
    parser.add_argument("--half", choices=("tune", "report"), default="report")
    parser.add_argument("--questions", type=Path, metavar="FILE", default=QUESTIONS, help="ask these")
    arguments = parser.parse_args()
    asked = load_questions(arguments.questions)
    questions = [q for q in asked if q.type in _ANSWERABLE and q.half == arguments.half]
    with tempfile.TemporaryDirectory() as home:
        settings = read_settings({"FOOTNOTE_HOME": home})
        digests = _score(settings, open_sample(settings), questions)
        _print("digests", arguments.half, questions, digests)
        if arguments.pages:
            library = open_library(settings)
            for page in arguments.pages:
                library.add(read_file(page).papers)
            abstracts = _score(settings, library, questions)
            _print("abstracts", arguments.half, questions, abstracts)
            _print_difference(digests, abstracts)


def _score(settings: Settings, library: Library, questions: Sequence[ReferenceQuestion]) -> list[Scores]:
    list(library.index())
    retriever = build_retriever(settings, library)
    scores = []
    for reference in questions:
        question = Question(reference.question, read_kind(reference.question), reference.question)
        found = [title_key(r.paper.title) for r in retriever.search(question, limit=_DEPTH).papers]
        scores.append(
            Scores(
                ndcg_at_k(found, reference.relevant, k=10),
                recall_at_k(found, reference.relevant, k=20),
                recall_at_k(found, reference.relevant, k=50),
            )
        )
    library.close()
    return scores


def _print(name: str, half: str, questions: Sequence[ReferenceQuestion], scores: Sequence[Scores]) -> None:
    print(f"\n{name}, {half} half{'':<11}  n   nDCG@10                R@20                   R@50")
    for kind in (*_ANSWERABLE, "all"):
        chosen = [s for q, s in zip(questions, scores, strict=True) if kind in {q.type, "all"}]
        if chosen:
            columns = "   ".join(_mean([getattr(s, m) for s in chosen]) for m in Scores.__slots__)
            print(f"  {kind:<22} {len(chosen):>3}   {columns}")


def _print_difference(digests: Sequence[Scores], abstracts: Sequence[Scores]) -> None:
    print("\ndigests minus abstracts, paired")
    for measure in Scores.__slots__:
        differences = [
            getattr(d, measure) - getattr(a, measure) for d, a in zip(digests, abstracts, strict=True)
        ]
        print(f"  {measure:<22} {_mean(differences)}")


def _mean(values: Sequence[float]) -> str:
    low, high = bootstrap_interval(values)
    return f"{statistics.fmean(values):.3f} [{low:.3f}, {high:.3f}]"


if __name__ == "__main__":
    main()
