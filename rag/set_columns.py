"""What an export says of each paper of a set beside what is stored of it: its verdicts, their words, its theme. Pure.

One criterion alone has no column: the verdict on the paper is the verdict on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rag.types import Answer, Criterion, CriterionVerdict, PaperId


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, and a cell for each paper that has one."""

    heading: str
    cells: Mapping[PaperId, str]


def verdict_columns(answer: Answer) -> tuple[Column, ...]:
    """Return a column of verdicts for each of several criteria.

    Under "ruled out: surveys", `meets` says that the paper is one, `no` that it is not.
    """
    return tuple(
        Column(called(criterion), {paper: one.verdict.value for paper, one in told.items()})
        for criterion, told in _by_criterion(answer)
    )


def quote_columns(answer: Answer) -> tuple[Column, ...]:
    """Return a column of words that show it for each of several criteria; several pieces joined with ` … `."""
    return tuple(
        Column(
            f"words for: {called(criterion)}",
            {paper: " … ".join(e.quote for e in one.evidence) for paper, one in told.items()},
        )
        for criterion, told in _by_criterion(answer)
    )


def theme_column(answer: Answer) -> tuple[Column, ...]:
    """Return the column of themes; none of a list that is not grouped."""
    themes = {paper: theme.name for theme in answer.themes for paper in theme.papers}
    return (Column("theme", themes),) if themes else ()


def called(criterion: Criterion) -> str:
    """Return the heading of a criterion.

    >>> called(Criterion("surveys", negated=True))
    'ruled out: surveys'
    """
    return f"ruled out: {criterion.text}" if criterion.negated else criterion.text


def _by_criterion(answer: Answer) -> Iterator[tuple[Criterion, dict[PaperId, CriterionVerdict]]]:
    criteria = list(dict.fromkeys(c for clause in answer.question.criteria.clauses for c in clause))
    for criterion in criteria if len(criteria) > 1 else ():
        told = {
            verdict.paper_id: one
            for verdict in answer.verdicts
            for one in verdict.criteria
            if one.criterion == criterion
        }
        if told:
            yield criterion, told
