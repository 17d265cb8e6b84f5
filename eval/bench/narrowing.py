"""Which papers of a set have something? `python -m eval.bench.narrowing PAGE... [--home FOLDER]`.

Takes the answers to the judged set questions as sets, and asks each other question of the same half of them. Where 2 papers of
the set or more belong, F1 of what is listed, and how often nothing is; where none belongs, how often nothing is
listed, as it should be. No more than `--pairs` pairs of a sort are drawn, with a seed.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from eval.pages import pages_parser, searched_pages
from eval.reference import load_sets
from eval.train_verdicts import TRAINED_ON, SweptQuestion, sweep_questions
from rag.answering.sets.chances import load_regressions
from rag.answering.sets.verdicts import judge
from rag.retrieval.sweeping import Basis
from rag.types import Judgement, PaperId

_SOME = 2
_FEWEST, _MOST = 8, 60  # papers of a set that a reader would narrow down
_LISTED = (Judgement.MEETS, Judgement.PARTLY)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A question asked of a set: how many are listed, how many belong, and how many of the listed do."""

    listed: int
    members: int
    right: int

    @property
    def f1(self) -> float:
        """F1 of what is listed, 0 to 1."""
        return 2 * self.right / (self.listed + self.members)


def main() -> None:
    """Sweep, draw, judge, print."""
    parser = pages_parser(__doc__)
    parser.add_argument("--pairs", type=int, default=600)
    arguments = parser.parse_args()
    with searched_pages(arguments) as retriever:
        for half in ("tune", "report"):
            questions = [one for one in load_sets(TRAINED_ON) if one.half == half]
            swept = list(sweep_questions(retriever, questions))
            for picked in (False, True):
                some, none = narrow(swept, picked=picked, pairs=arguments.pairs)
                f1 = float(np.mean([one.f1 for one in some]))
                empty = float(np.mean([not one.listed for one in some]))
                right = float(np.mean([not one.listed for one in none]))
                asked = "as a set that was picked" if picked else "as any papers"
                print(
                    f"{half}, {asked}: F1 {f1:.3f}, nothing listed {empty:.3f} (n = {len(some)}); "
                    f"no member, nothing listed {right:.3f} (n = {len(none)})"
                )


def narrow(
    questions: Sequence[SweptQuestion], *, picked: bool, pairs: int
) -> tuple[list[Narrowed], list[Narrowed]]:
    """Return what comes of asking questions of each other's answers: where 2 members or more are, and where none is."""
    sets = [frozenset(_listed(one)) for one in questions]
    members = [_members(one) for one in questions]
    drawn = [
        (of, asked)
        for of, held in enumerate(sets)
        for asked in range(len(questions))
        if of != asked and _FEWEST <= len(held) <= _MOST
    ]
    random.Random(1).shuffle(drawn)  # noqa: S311  # a sample
    shared = {(of, asked): len(sets[of] & members[asked]) for of, asked in drawn}
    some = [pair for pair in drawn if _SOME <= shared[pair] < len(sets[pair[0]])]
    none = [pair for pair in drawn if not shared[pair]]
    of_some, of_none = (
        [_ask(questions[asked], sets[of], members[asked], picked=picked) for of, asked in chosen[:pairs]]
        for chosen in (some, none)
    )
    return of_some, of_none


def _ask(
    one: SweptQuestion, held: frozenset[PaperId], members: frozenset[PaperId], *, picked: bool
) -> Narrowed:
    swept = replace(one, swept=replace(one.swept.among(held), picked=picked))
    listed = _listed(swept)
    return Narrowed(len(listed), len(members & held), len(listed & members))


def _listed(one: SweptQuestion) -> set[PaperId]:
    judged = judge(one.swept, one.criteria, load_regressions(Basis.CROWD))
    return {found.paper.id for found in judged if found.verdict.verdict in _LISTED}


def _members(one: SweptQuestion) -> frozenset[PaperId]:
    pairs = zip(one.swept.papers, one.grades, strict=True)
    return frozenset(swept.paper.id for swept, grade in pairs if grade > 0)


if __name__ == "__main__":
    main()
