"""How deep must papers be judged? `python -m eval.bench.depth [PAGE...] [--home FOLDER] [--questions FILE]`.

A budget that does not hold all papers takes the first ones in the order of `likeliest_first`; `ranking` is the order of
`Retriever.nearest_first`, which is taken as long as vectors are missing. For the judged set questions, or those of
another file: the share of the members (grade 1 or 2) among the nearest papers, mean over questions with a
95 % bootstrap interval; and the depth that holds .99 of them. Depths are fixed on the tuning half.
"""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from eval.metrics import bootstrap_interval
from eval.pages import pages_parser, searched_pages
from eval.reference import QUESTIONS, Half, ReferenceQuestion, load_sets
from rag.answering.asking.understanding import understand
from rag.answering.sets.answering_sets import likeliest_first
from rag.retrieval.retriever import Retriever
from rag.sources.entry import title_key
from rag.types import Kind

_DEPTHS = (50, 100, 150, 200, 250, 300, 400, 500)
_WANTED = 0.99


@dataclass(frozen=True, slots=True)
class Placed:
    """Where the members of a set stand, from 1, in the order in which they would be judged."""

    half: Half
    order: str
    places: tuple[int, ...]

    def recall(self, depth: int) -> float:
        """Return the share of the members among the nearest `depth` papers."""
        return sum(place <= depth for place in self.places) / len(self.places)


def main() -> None:
    """Line the papers up for each question, and print."""
    parser = pages_parser(__doc__)
    parser.add_argument(
        "--questions", type=Path, metavar="FILE", default=QUESTIONS, help="judged set questions"
    )
    arguments = parser.parse_args()
    with searched_pages(arguments) as retriever:
        placed = list(_place(retriever, load_sets([arguments.questions])))
    for half, order in itertools.product(("tune", "report"), ("ranking", "estimates")):
        _print(f"{half}, by {order}", [one for one in placed if (one.half, one.order) == (half, order)])


def _place(retriever: Retriever, questions: Sequence[ReferenceQuestion]) -> Iterator[Placed]:
    for reference in questions:
        question = understand(reference.question, today=date(2026, 1, 1), kind=Kind.LIST)
        members = {key for key, grade in reference.relevant.items() if grade > 0}
        nearest = retriever.nearest_first(question, most=1_000_000)
        likeliest = likeliest_first(question, nearest, retriever)
        for order, papers in (("ranking", nearest), ("estimates", likeliest)):
            keys = [title_key(paper.title) for paper in papers]
            places = tuple(place for place, key in enumerate(keys, start=1) if key in members)
            yield Placed(reference.half, order, places)


def _print(name: str, placed: Sequence[Placed]) -> None:
    print(f"\n{name}: {len(placed)} questions, {sum(len(one.places) for one in placed)} members")
    for depth in _DEPTHS:
        recalls = [one.recall(depth) for one in placed]
        low, high = bootstrap_interval(recalls)
        print(f"  nearest {depth:>4}: {statistics.fmean(recalls):.3f} [{low:.3f}, {high:.3f}]")
    enough = next(d for d in range(1, 1_000_000) if statistics.fmean(o.recall(d) for o in placed) >= _WANTED)
    print(f"  {_WANTED} at {enough}; the last member stands at {max(max(one.places) for one in placed)}")


if __name__ == "__main__":
    main()
