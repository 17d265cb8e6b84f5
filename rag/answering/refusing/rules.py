"""What the rules find that the right paper leaves out, denies or says otherwise. Pure.

Each check looks for one thing, the surest first: a name of the question that the paper lacks, a thing that it names
only to deny it, details of which it states none, or not all (`unstated.py`), and what it says against what the question grants (`presuppositions.py`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rag.answering.refusing.details import ANY_FIGURE
from rag.answering.refusing.entities import mentions, named_things, owns, subjects
from rag.answering.refusing.origins import told_by_catalogue
from rag.answering.refusing.premises import denied_phrase
from rag.answering.refusing.presuppositions import contradicting
from rag.answering.refusing.topic import UNKNOWN, listed, near_papers, rarity_of
from rag.answering.refusing.unstated import asked_and_missing
from rag.library.lexical import stems
from rag.library.passages import split_passages
from rag.types import Kind, Paper, Question, Ranking, Status

SETS = frozenset({Kind.LIST, Kind.CORPUS})
_SIDES = 2
_TITLES = re.compile(r"“[^”]+”")
_DENIAL = re.compile(r"\b(?:without|no|not|unsupervised|free)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Finding:
    """What the library can do for a question, with one line on what was looked for.

    The line is empty if nothing is missing.
    """

    status: Status
    line: str = ""


ANSWERABLE = Finding(Status.ANSWERED)


@dataclass(frozen=True, slots=True)
class Case:
    """A question with its ranking, the papers that it is about, and the details: how many, and which are missing."""

    question: Question
    ranking: Ranking
    called: Sequence[Paper]
    asked: int
    missing: tuple[str, ...]

    @property
    def here(self) -> str:
        """The words that a line begins with."""
        return f"“{self.called[0].title}” is here"


def read_case(question: Question, ranking: Ranking) -> Case:
    """Read what a question asks, and of which papers."""
    called = subjects(question.text, near_papers(ranking))
    if question.kind is Kind.COMPARE:  # what one side leaves out, the other may state
        called = list(dict.fromkeys([*called, *near_papers(ranking)[:_SIDES]]))
    # Spelling is mended for the search; a word that no paper holds may be spelt as it should all the same.
    texts = dict.fromkeys((ranking.searched_for or question.text, question.text))
    read = (asked_and_missing(text, called, rarity=ranking.rarity) for text in texts)
    asked, missing = max(read, key=lambda told: told[0])
    return Case(question, ranking, called, asked, missing)


def find_by_rules(case: Case) -> tuple[Finding, str]:
    """Return what the first check finds that finds anything, and its name."""
    for name, check in _CHECKS.items():
        finding = check(case)
        if finding is not ANSWERABLE:
            return finding, name
    return ANSWERABLE, ""


def _check_names(case: Case) -> Finding:
    """A name that none of the subjects mentions is not spoken of by them."""
    names = named_things(case.question.text)
    missing = [name for name in names if not any(mentions(paper, name) for paper in case.called)]
    if not missing:
        return ANSWERABLE
    absent = f"mentions {listed(missing, 'or')}."
    is_foreign = any(rarity_of(name, case.ranking) >= UNKNOWN for name in missing)
    if is_foreign and len(missing) == len(names):
        return Finding(Status.NOT_IN_LIBRARY, f"No abstract near the question {absent}")
    if case.question.kind is Kind.COMPARE:
        return Finding(Status.PARTIAL, _beside(case, names, absent))
    return Finding(Status.NOT_STATED, f"{case.here}, but nothing there {absent}")


def _beside(case: Case, names: Sequence[str], absent: str) -> str:
    """Say what a comparison lacks; a paper that only mentions a name is not taken for the one that bears it."""
    if any(owns(paper, name) for paper in case.called for name in names):
        return f"{case.here}, but no other abstract {absent}"
    held = next(((paper, name) for name in names for paper in case.called if mentions(paper, name)), None)
    if not held:
        return f"{case.here}, but no abstract {absent}"
    return f"No paper here is called {listed(list(names), 'or')}: “{held[0].title}” mentions {held[1]}, no abstract {absent}"


def _check_origin(case: Case) -> Finding:
    """No abstract says who wrote it, or when; the catalogue may."""
    told = told_by_catalogue(case.question.text, case.called)
    return Finding(Status.NOT_STATED, told) if told else ANSWERABLE


def _check_denied(case: Case) -> Finding:
    """What the question speaks of must not be named by its subjects only to say that they do without."""
    asked = _TITLES.sub(" ", case.question.text)  # a title that stands for "it" grants nothing
    phrase = denied_phrase(asked, " ".join(f"{p.title}. {p.abstract}" for p in case.called))
    if not phrase:
        return ANSWERABLE
    told = (
        f"says “{phrase.strip()}”."
        if _DENIAL.search(phrase)
        else f"speaks of “{phrase}” only to say that it does without."
    )
    line = f"{case.here}, but {told}"
    return Finding(Status.NOT_STATED, line)


def _check_details(case: Case) -> Finding:
    """What is asked for must stand in a span of the subjects, each detail in one of its own."""
    if not case.missing or (case.question.kind in SETS and case.missing == (ANY_FIGURE.name,)):
        return ANSWERABLE  # keywords that may be of any kind
    line = f"{case.here}, but states {listed([f'no {m}' for m in case.missing], 'and')}."
    if len(case.missing) < case.asked:
        return Finding(Status.PARTIAL, line)
    return Finding(Status.NOT_STATED, line + nearest_words(case))


def _check_granted(case: Case) -> Finding:
    """What the question grants may be denied: told beside the answer, as such a sentence often is the answer."""
    is_why = case.question.text.lower().startswith("why ")
    if (
        case.question.kind is Kind.COMPARE and not is_why
    ):  # of several papers, each says the contrary of another
        return ANSWERABLE
    spans = [passage.text for paper in case.called for passage in split_passages(paper)]
    against = contradicting(case.ranking.searched_for or case.question.text, spans)
    if not against:
        return ANSWERABLE
    return Finding(Status.PARTIAL, f"{case.here}, but says otherwise: “{against}”")


def nearest_words(case: Case) -> str:
    """Quote the sentence that holds most of the question's rarer words, so that a reader can judge the refusal."""
    spans = [passage.text for paper in case.called for passage in split_passages(paper)]
    # An exact sum: a rounded one would depend on the order of a set, and part sentences that hold the same words.
    held = [
        (math.fsum(case.ranking.rarity.get(stem, 0.0) for stem in frozenset(stems(span))), span)
        for span in spans
    ]
    weight, nearest = max(held, key=lambda one: one[0], default=(0.0, ""))
    return f" Nearest: “{nearest}”" if weight else ""


_CHECKS: Mapping[str, Callable[[Case], Finding]] = {
    "names": _check_names,
    "origin": _check_origin,
    "denied": _check_denied,
    "details": _check_details,
    "granted": _check_granted,
}
