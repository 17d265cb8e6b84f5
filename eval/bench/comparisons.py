"""Does a comparison put the right papers side by side? `python -m eval.bench.comparisons PAGE... [--home FOLDER]`.

Questions that name papers by title fragment, by a name of their own or by description
(`eval/questions/comparisons.jsonl`), and the comparisons among the reference questions. A question is right
when exactly its papers are compared. Halves as everywhere: by the SHA-256 of the text, or of the id of a
reference question.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from eval.bench.intent import half_of
from eval.pages import pages_parser, searched_pages
from eval.reference import Half, load_questions
from rag.answering.asking.understanding import understand
from rag.answering.comparing.compared import find_compared
from rag.retrieval.retriever import Retriever
from rag.sources.entry import title_key
from rag.types import Kind

COMPARISONS = Path(__file__).resolve().parents[1] / "questions" / "comparisons.jsonl"
_TODAY = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Comparing:
    """A question, the titles that it compares, the set it is from and its half."""

    text: str
    titles: tuple[str, ...]
    origin: str
    half: Half


def load_comparisons() -> Iterator[Comparing]:
    """Read our own questions, and those of the reference file."""
    for line in COMPARISONS.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        yield Comparing(record["question"], tuple(record["papers"]), "phrasings", half_of(record["question"]))
    for question in load_questions():
        if question.type == "compare":
            yield Comparing(question.question, tuple(question.relevant), "reference", question.half)


def compared_titles(retriever: Retriever, text: str) -> list[str]:
    """Return the titles that are put side by side."""
    question = understand(text, today=_TODAY, kind=Kind.COMPARE)
    compared = find_compared(question, retriever.search(question), retriever)
    return [one.paper.title for one in compared.papers]


def main() -> None:
    """Print the share of right comparisons by set and half; with --wrong the mistakes of a half."""
    parser = pages_parser(__doc__)
    parser.add_argument("--wrong", choices=("tune", "report"), help="print the mistakes of a half")
    arguments = parser.parse_args()
    right: dict[tuple[str, str], list[bool]] = {}
    with searched_pages(arguments) as retriever:
        for one in load_comparisons():
            titles = compared_titles(retriever, one.text)
            same = set(map(title_key, titles)) == set(map(title_key, one.titles))
            right.setdefault((one.origin, one.half), []).append(same)
            if not same and one.half == arguments.wrong:
                print(f"{one.text[:120]}\n    {titles}\n    not {list(one.titles)}")
    for (origin, half), hits in sorted(right.items()):
        print(f"{origin:<10} {half:<7} n {len(hits):>3}  right {sum(hits) / len(hits):.3f}")


if __name__ == "__main__":
    main()
