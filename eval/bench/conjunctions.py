"""Which papers are about two topics? `python -m eval.bench.conjunctions PAGE... [--home FOLDER]`.

Joins judged set questions of one criterion, two of the same half each, by "and"; members are the papers that belong to
both. Where 2 papers or more do, F1 of what is listed, and how often nothing is; where none does, how often nothing is
listed, as it should be. Judged as topics of their own, and as the one notion that a question in parts often is. No more
than `--pairs` pairs of a sort are drawn, with a seed; questions worded far from the abstracts name no topic and are left out.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

import numpy as np

from eval.pages import pages_parser, searched_pages
from eval.reference import PLAIN, SETS, ReferenceQuestion, load_sets
from rag.answering.asking.criteria import read_criteria
from rag.answering.sets.chances import load_regressions
from rag.answering.sets.verdicts import judge
from rag.retrieval.retriever import Retriever
from rag.retrieval.sweeping import Basis, Swept
from rag.sources.entry import title_key
from rag.types import Criteria, Criterion, Kind, Question

_SOME = 2
_TODAY = date(2026, 1, 1)
_ALIKE = 0.6  # of the papers of two questions: they ask for the same


@dataclass(frozen=True, slots=True)
class Topic:
    """A judged question of one criterion, and the keys of the titles that belong."""

    criterion: Criterion
    members: frozenset[str]


@dataclass(frozen=True, slots=True)
class Joined:
    """What was listed for two topics: how many papers, how many belong, and how many of the listed do."""

    listed: int
    members: int
    right: int

    @property
    def f1(self) -> float:
        """F1 of what is listed, 0 to 1; where none belongs, 1 if none is listed."""
        return 2 * self.right / (self.listed + self.members) if self.members else float(not self.listed)


def main() -> None:
    """Draw, sweep, judge, print."""
    parser = pages_parser(__doc__)
    parser.add_argument("--pairs", type=int, default=80)
    arguments = parser.parse_args()
    questions = list(load_sets([PLAIN, SETS]))
    with searched_pages(arguments) as retriever:
        for half in ("tune", "report"):
            topics = list(read_topics([one for one in questions if one.half == half]))
            for name, pairs in zip(("both", "none"), draw(topics, most=arguments.pairs), strict=True):
                swept = [(sweep(retriever, one, other), one.members & other.members) for one, other in pairs]
                for apart in (False, True):
                    _print(f"{half}, {name}, {'topics apart' if apart else 'one notion'}", swept, apart=apart)


def read_topics(questions: Sequence[ReferenceQuestion]) -> Iterator[Topic]:
    """Yield the questions that ask for one thing."""
    for one in questions:
        clauses = read_criteria(one.question, today=_TODAY).clauses
        if len(clauses) == 1 and len(clauses[0]) == 1 and not clauses[0][0].negated:
            members = frozenset(key for key, grade in one.relevant.items() if grade > 0)
            yield Topic(clauses[0][0], members)


def draw(
    topics: Sequence[Topic], *, most: int
) -> tuple[list[tuple[Topic, Topic]], list[tuple[Topic, Topic]]]:
    """Return pairs of topics that have two members or more in common, and pairs that have none."""
    pairs = list(combinations(topics, 2))
    random.Random(1).shuffle(pairs)  # noqa: S311  # a sample
    differing = [
        (a, b) for a, b in pairs if len(a.members & b.members) <= _ALIKE * len(a.members | b.members)
    ]
    some = [(a, b) for a, b in differing if len(a.members & b.members) >= _SOME]
    none = [(a, b) for a, b in differing if not a.members & b.members]
    return some[:most], none[:most]


def sweep(retriever: Retriever, one: Topic, other: Topic) -> tuple[Swept, Criteria]:
    """Sweep the library for two topics at once."""
    criteria = Criteria(clauses=((one.criterion,), (other.criterion,)))
    text = f"which papers are about {one.criterion.text} and {other.criterion.text}?"
    return retriever.sweep(Question(text, Kind.LIST, text, criteria=criteria)), criteria


def _print(name: str, swept: Sequence[tuple[tuple[Swept, Criteria], frozenset[str]]], *, apart: bool) -> None:
    told = [
        _score(found if apart else replace(found, apart=()), criteria, members)
        for (found, criteria), members in swept
    ]
    f1 = float(np.mean([one.f1 for one in told]))
    empty = float(np.mean([not one.listed for one in told]))
    print(
        f"{name}: F1 {f1:.3f}, nothing listed {empty:.3f}, {np.mean([t.listed for t in told]):.1f} listed (n = {len(told)})"
    )


def _score(swept: Swept, criteria: Criteria, members: frozenset[str]) -> Joined:
    judged = judge(swept, criteria, load_regressions(Basis.CROWD))
    listed = {title_key(found.paper.title) for found in judged if found.belongs}
    return Joined(len(listed), len(members), len(listed & members))


if __name__ == "__main__":
    main()
