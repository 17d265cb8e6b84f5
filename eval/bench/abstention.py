"""Is refused what should be? `python -m eval.bench.abstention [PAGE...] [--sample] [--questions FILE] [--whole] [--verbose]`.

Asks the reference questions without a model, of the papers of the pages and, with `--sample`, of the
bundled digests. Prints by class how many were refused (`not_in_library`, `not_stated`), how many were
answered in part, and the Wilson interval of the refusals, for both halves: tune on the first alone.
`--questions` asks those of another file, and `--whole` prints a file that is all for tuning as one.
`--verbose` adds each question, of the tuning half where there are halves, that ended otherwise than it
should, with the line that the reader sees.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.proportions import wilson
from eval.reference import QUESTIONS, Half, ReferenceQuestion, load_questions
from rag.answering.asking.intent import read_kind
from rag.answering.refusing.abstention import find_abstention, worth_a_look
from rag.answering.refusing.rules import Finding
from rag.app import build_retriever, open_library, open_sample, read_file
from rag.environment.reading import read_settings
from rag.library.library import Library
from rag.settings import Settings
from rag.types import Question, Status

_HALVES: tuple[Half, ...] = ("tune", "report")
_REFUSED = frozenset({Status.NOT_IN_LIBRARY, Status.NOT_STATED})
_UNANSWERABLE = ("off-topic", "near miss", "false premise")
_ANSWERABLE = ("list", "fact", "compare", "howwhy")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question. `group` is a type of answerable ones, or the class of the others."""

    reference: ReferenceQuestion
    group: str
    finding: Finding

    @property
    def refused(self) -> bool:
        """Tell whether the reader gets no answer at all."""
        return self.finding.status in _REFUSED


def main() -> None:
    """Index, ask, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("pages", nargs="*", type=Path)
    parser.add_argument("--sample", action="store_true", help="ask the bundled digests as well")
    parser.add_argument("--questions", type=Path, help="ask these")
    parser.add_argument(
        "--whole", action="store_true", help="print all questions as one, for a file of tuning questions"
    )
    parser.add_argument("--verbose", action="store_true", help="show the questions that ended wrongly")
    arguments = parser.parse_args()
    questions = load_questions(arguments.questions or QUESTIONS)
    with tempfile.TemporaryDirectory() as home:
        settings = read_settings({"FOOTNOTE_HOME": home})
        for name, library in _libraries(settings, arguments.pages, with_sample=arguments.sample):
            outcomes = _ask_all(settings, library, questions)
            for part, shown in _parts(outcomes, by_half=not arguments.whole):
                _print(f"{name}, {part}", shown)
            if arguments.verbose:
                _print_wrong([one for one in outcomes if arguments.whole or one.reference.half == "tune"])


def _libraries(
    settings: Settings, pages: Sequence[Path], *, with_sample: bool
) -> Iterator[tuple[str, Library]]:
    if pages:
        library = open_library(settings)
        for page in pages:
            library.add(read_file(page).papers)
        yield "abstracts", library
    if with_sample or not pages:
        yield "digests", open_sample(settings)


def _parts(outcomes: Sequence[Outcome], *, by_half: bool) -> Iterator[tuple[str, Sequence[Outcome]]]:
    if not by_half:
        yield "all questions", outcomes
        return
    for half in _HALVES:
        yield f"{half} half", [outcome for outcome in outcomes if outcome.reference.half == half]


def _ask_all(settings: Settings, library: Library, questions: Sequence[ReferenceQuestion]) -> list[Outcome]:
    list(library.index())
    retriever = build_retriever(settings, library)
    outcomes = []
    for reference in questions:
        if reference.type == "followup":  # they stand on earlier turns
            continue
        question = Question(reference.question, read_kind(reference.question), reference.question)
        ranking = retriever.search(question)
        close = retriever.look(ranking, worth_a_look(question, ranking))
        finding = find_abstention(question, ranking, close)
        outcomes.append(Outcome(reference, _group(reference), finding))
    library.close()
    return outcomes


def _group(reference: ReferenceQuestion) -> str:
    """The class of an unanswerable question begins its notes."""
    return reference.notes.partition(":")[0] if reference.type == "unanswerable" else reference.type


def _print(name: str, outcomes: Sequence[Outcome]) -> None:
    print(f"\n{name}\n  {'class':<26}   n   refused   share [95 % Wilson]     in part")
    for group in _UNANSWERABLE:
        _print_row(group, [o for o in outcomes if o.group == group])
    _print_row("near miss or false premise", [o for o in outcomes if o.group in _UNANSWERABLE[1:]])
    for group in _ANSWERABLE:
        _print_row(f"answerable: {group}", [o for o in outcomes if o.group == group])
    _print_row("answerable: all", [o for o in outcomes if o.group in _ANSWERABLE])


def _print_row(name: str, outcomes: Sequence[Outcome]) -> None:
    if not outcomes:
        return
    refused = sum(outcome.refused for outcome in outcomes)
    partial = sum(outcome.finding.status is Status.PARTIAL for outcome in outcomes)
    low, high = wilson(refused, len(outcomes))
    share = f"{refused / len(outcomes):.3f} [{low:.3f}, {high:.3f}]"
    print(f"  {name:<26} {len(outcomes):>3}   {refused:>7}   {share:<22}  {partial:>7}")


def _print_wrong(outcomes: Sequence[Outcome]) -> None:
    print("\nended otherwise than they should")
    for outcome in outcomes:
        if outcome.refused != (outcome.group in _UNANSWERABLE):
            found, reference = outcome.finding, outcome.reference
            print(
                f"  {reference.half:<6} {reference.id:<9} {found.status:<14} {reference.question}\n    {found.line}"
            )


if __name__ == "__main__":
    main()
