"""Sets of one sort of paper: `python -m eval.bench.typed_sets PAGE... [--home FOLDER] [--verbose]`.

"Is there a survey of X?", "data sets for X": asked as a reader asks, without a model. Prints F1 of the cited set by
half, and how many papers are listed for the questions that no paper meets: none should be.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from dataclasses import dataclass

from eval.metrics.intervals import bootstrap_interval
from eval.pages import pages_parser, searched_pages
from eval.reference import TYPED, ReferenceQuestion, load_questions
from rag.answering.answerer import Answerer, last_answer
from rag.sources.entry import title_key
from rag.types import Answer, Judgement, Status

_LISTED = frozenset({Judgement.MEETS, Judgement.PARTLY})


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many papers were cited for a question, and how many of its members are among them."""

    question: ReferenceQuestion
    cited: int
    right: int

    @property
    def f1(self) -> float:
        """0 to 1; of a question without members 1 if none is cited."""
        whole = self.cited + len(self.question.relevant)
        return 2 * self.right / whole if whole else 1.0


def main() -> None:
    """Ask, and print."""
    parser = pages_parser(__doc__)
    parser.add_argument("--verbose", action="store_true", help="show each question of the tuning half")
    arguments = parser.parse_args()
    with searched_pages(arguments) as retriever:
        outcomes = list(_ask(Answerer(retriever, judge=None, reader=None)))
    for half in ("tune", "report"):
        of_half = [one for one in outcomes if one.question.half == half]
        print("\n".join(_lines(half, of_half)))
        if arguments.verbose and half == "tune":
            for one in of_half:
                print(
                    f"    {one.cited:3} cited, {one.right} of {len(one.question.relevant)}  {one.question.question}"
                )


def _ask(answerer: Answerer) -> Iterator[Outcome]:
    for question in load_questions(TYPED, judged=False):
        cited = _cited(last_answer(answerer.answer(question.question)))
        yield Outcome(question, len(cited), len(cited & question.relevant.keys()))


def _cited(answer: Answer) -> set[str]:
    """The title keys of the papers that an answer puts forward; a refusal puts forward none."""
    if answer.status not in {Status.ANSWERED, Status.PARTIAL}:
        return set()
    sources = [one for one in answer.sources if not answer.verdicts or one.verdict in _LISTED]
    return {title_key(one.paper.title) for one in sources}


def _lines(half: str, outcomes: list[Outcome]) -> Iterator[str]:
    some = [one.f1 for one in outcomes if one.question.relevant]
    none = [one.cited for one in outcomes if not one.question.relevant]
    low, high = bootstrap_interval(some)
    yield f"{half}: F1 of the cited set {statistics.fmean(some):.3f} [{low:.3f}, {high:.3f}] (n = {len(some)})"
    yield f"  met by no paper: {sum(not cited for cited in none)} of {len(none)} list none; listed {none}"


if __name__ == "__main__":
    main()
