"""What a question asks of a paper: to be in its scope, and to meet its criteria.

The scope is decided by the catalogue: a date, an author, a file fits or does not. Whether a paper meets a
criterion is a judgement on its abstract, and has degrees.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rag.types.papers import PaperId


class Judgement(StrEnum):
    """What a paper does with a criterion."""

    MEETS = "meets"
    PARTLY = "partly"
    NO = "no"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Scope:
    """The papers that a question is about: those that meet every condition. By default all of them.

    `since` and `until` are ISO years, months or days, both inclusive. Of several `sources`, `authors`
    or `titles` one must fit: the words of each, as parts of a file's name, of one author's name or of
    the title, whatever the case and the accents. `ids` None is no condition; an empty tuple is a set
    that holds no paper.
    """

    since: str | None = None
    until: str | None = None
    sources: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    ids: tuple[PaperId, ...] | None = None


WHOLE_LIBRARY = Scope()


@dataclass(frozen=True, slots=True)
class Criterion:
    """One condition of a set question, as a text that can be searched for. `negated`: must not hold."""

    text: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Criteria:
    """What a paper must meet: of every clause, at least one criterion. No clause: every paper fits.

    `scope` holds the dates, authors and title words that the question names. `notices` say in a line each
    what is odd: nothing asked for, only exclusions, a contradiction. `wanted` holds the question's words
    without those that rule something out or stand in the scope; it is empty where there are none, or nothing else is asked.
    """

    clauses: tuple[tuple[Criterion, ...], ...] = ()
    scope: Scope = WHOLE_LIBRARY
    contradictory: bool = False
    notices: tuple[str, ...] = ()
    wanted: str = ""

    @property
    def fields_alone(self) -> bool:
        """Tell whether a date, an author or words of a title are all that is asked: the scope sees to that."""
        return not self.clauses and self.scope != WHOLE_LIBRARY
