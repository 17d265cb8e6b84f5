"""The rows of a set: what is known of each of its papers, in an answer or while it grows. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.types import (
    Answer,
    Criterion,
    CriterionVerdict,
    Evidence,
    Judgement,
    Kind,
    Paper,
    PaperId,
    Source,
)
from ui.keeping import is_quote
from ui.turns import Turn


@dataclass(frozen=True, slots=True)
class Row:
    """A paper of the set, by its footnote number; `verdict` None while it is not known yet."""

    number: int
    paper: Paper
    verdict: Judgement | None
    quotes: tuple[Evidence, ...]
    criteria: tuple[CriterionVerdict, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a name; without themes there is one group without a name."""

    name: str
    rows: tuple[Row, ...]


def set_rows(turn: Turn) -> tuple[Row, ...]:
    """Return the rows of a turn that answers with a set; none for any other turn."""
    if turn.answer:
        return answer_rows(turn.answer)
    if turn.members:
        return tuple(
            Row(number, m.paper, m.verdict.verdict, m.verdict.evidence, m.verdict.criteria)
            for number, m in enumerate(turn.members, start=1)
        )
    is_list = turn.read_as is not None and turn.read_as.kind is Kind.LIST
    counts = bool(turn.sentences) and not turn.sentences[0].claims
    if not (is_list and counts and all(map(is_quote, turn.sentences))):
        return ()
    # A source comes with the first of its quotes.
    quotes: dict[PaperId, tuple[Evidence, ...]] = {}
    for sentence in turn.sentences:
        for citation in sentence.citations:
            quotes[citation.paper_id] = (*quotes.get(citation.paper_id, ()), *citation.evidence)
    return tuple(Row(s.number, s.paper, None, quotes.get(s.paper.id, ()), ()) for s in turn.sources)


def criteria_of(rows: Sequence[Row]) -> tuple[Criterion, ...]:
    """Return the criteria that the rows were judged by, in the order of the question's."""
    return tuple(dict.fromkeys(one.criterion for row in rows for one in row.criteria))


def criterion_name(criterion: Criterion) -> str:
    """Return what a column for a criterion is called.

    >>> criterion_name(Criterion("labels", negated=True))
    'not labels'
    """
    return f"not {criterion.text}" if criterion.negated else criterion.text


def row_sources(rows: Sequence[Row]) -> tuple[Source, ...]:
    """Return the papers of the rows as sources, with all words that a cell may point at."""
    return tuple(Source(row.number, row.paper, _shown(row), row.verdict) for row in rows)


def group_rows(rows: Sequence[Row], answer: Answer | None) -> tuple[Group, ...]:
    """Return the rows by theme; a paper stands under the first theme that holds it."""
    themes = answer.themes if answer else ()
    if not themes:
        return (Group("", tuple(rows)),)
    under = {paper: theme.name for theme in reversed(themes) for paper in theme.papers}
    names = [*dict.fromkeys(theme.name for theme in themes), ""]
    groups = (Group(name, tuple(r for r in rows if under.get(r.paper.id, "") == name)) for name in names)
    return tuple(Group(group.name or "Other papers", group.rows) for group in groups if group.rows)


def answer_rows(answer: Answer) -> tuple[Row, ...]:
    """Return a row for each judged paper that an answer cites, in the order of its footnotes."""
    told = {verdict.paper_id: verdict.criteria for verdict in answer.verdicts}
    return tuple(
        Row(s.number, s.paper, s.verdict, s.evidence, told.get(s.paper.id, ()))
        for s in answer.sources
        if s.verdict is not None
    )


def _shown(row: Row) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys([*row.quotes, *(e for one in row.criteria for e in one.evidence)]))
