"""Scope -> the papers that it holds, resolved by the catalogue's indexes.

A date that names a year or a month alone is a period, and passes when all of it lies inside the
scope. A period that reaches beyond, or a paper without a date, might lie inside or outside: such
papers are left out, and counted as undecided.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    and_,
    false,
    func,
    not_,
    or_,
    select,
    text,
    true,
)

from rag.library.dates import first_day, last_day, longer_periods
from rag.library.names import fold
from rag.library.schema import NAMES, PAPERS, SEARCHED, SOURCES, State
from rag.types import WHOLE_LIBRARY, PaperId, Scope

_MOST_NAMED = 5
# Stands behind every character of a date, so that "2024~" comes after all the days of 2024.
_BEHIND = "~"
# Said so that SQLite does not take the index of states, which hardly tells papers apart.
_IS_SEARCHED = PAPERS.c.state.not_in([state for state in State if state not in SEARCHED])
_DATED = PAPERS.c.published.between("0", "9" + _BEHIND)


@dataclass(frozen=True, slots=True)
class Selection:
    """The papers of a scope that can be searched: `searched` of them, `encoded` with vectors already.

    `within` is None for the whole library, whose ids are not listed. `undecided` counts the papers
    that were left out only because their date is missing or says too little.
    """

    within: frozenset[PaperId] | None
    encoded: int
    searched: int
    undecided: int = 0


def select_papers(connection: Connection, scope: Scope) -> Selection:
    """Return the papers of a scope."""
    ids = func.json_group_array(PAPERS.c.id)  # one value: rows would take longer than the search
    encoded = func.count().filter(PAPERS.c.state == State.INDEXED)
    query = select(ids, encoded).where(_IS_SEARCHED)
    within, having_vectors = connection.execute(query.where(holds(connection, scope))).one()
    members = frozenset(map(PaperId, json.loads(within)))
    return Selection(
        within=members,
        encoded=having_vectors,
        searched=len(members),
        undecided=count_undecided(connection, scope),
    )


def holds(connection: Connection, scope: Scope) -> ColumnElement[bool]:
    """Return the condition on the table of papers that a scope stands for."""
    return and_(_published_inside(scope), _otherwise_holds(connection, scope))


def count_papers(connection: Connection, scope: Scope) -> int:
    """Return the number of papers that a scope holds."""
    return _count(connection, holds(connection, scope))


def count_undecided(connection: Connection, scope: Scope) -> int:
    """Return the number of papers that only their date keeps out, being unknown or too coarse to tell."""
    if not (scope.since or scope.until):
        return 0
    # A period that is partly inside holds the first or the last day of the scope.
    ends = [day for day in _ends(scope) if day]
    partly = {period for day in ends for period in longer_periods(day) if not _is_inside(period, scope)}
    undecided = or_(not_(_DATED), PAPERS.c.published.is_(None), PAPERS.c.published.in_(sorted(partly)))
    return _count(connection, and_(undecided, _otherwise_holds(connection, scope)))


def explain_empty(connection: Connection, scope: Scope) -> str:
    """Say in one line why a scope holds no paper, and what the library has instead."""
    singles = [single for single in _singles(scope) if single != WHOLE_LIBRARY]
    for single in singles:
        if not count_papers(connection, single):
            there = _what_there_is(connection, single)
            return f"No paper passes the filter {describe_scope(single)}: {there}."
    parts = (f"{describe_scope(single)} passes {count_papers(connection, single):,}" for single in singles)
    return f"No paper passes the filters together: {', '.join(parts)}."


def describe_scope(scope: Scope) -> str:
    """Name the conditions of a scope as the command line writes them.

    >>> describe_scope(Scope(since="2024", authors=("Ada",)))
    '--since 2024 --author Ada'
    """
    dates = (("--since", scope.since), ("--until", scope.until))
    parts = [f"{option} {value}" for option, value in dates if value]
    named = (("--source", scope.sources), ("--author", scope.authors), ("--title", scope.titles))
    parts += [f"{option} {shlex.quote(value)}" for option, values in named for value in values]
    ids = scope.ids or ()
    parts += ["--id (none)"] if scope.ids == () else []
    parts += [f"--id {shlex.quote(paper_id)}" for paper_id in ids[:_MOST_NAMED]]
    return " ".join(parts) + (" ..." if len(ids) > _MOST_NAMED else "")


def _count(connection: Connection, condition: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(PAPERS).where(_IS_SEARCHED, condition)
    return connection.scalar(query) or 0


def _published_inside(scope: Scope) -> ColumnElement[bool]:
    if not (scope.since or scope.until):
        return true()
    first, last = _ends(scope)
    parts: list[ColumnElement[bool]] = [_DATED]
    if first:
        # As short as it can be said: a paper of "2024" begins with 2024-01-01.
        parts.append(PAPERS.c.published >= first.removesuffix("-01").removesuffix("-01"))
    if last:
        reaching_beyond = [period for period in longer_periods(last) if last_day(period) > last]
        parts += [PAPERS.c.published <= last + _BEHIND, PAPERS.c.published.not_in(reaching_beyond)]
    return and_(*parts)


def _ends(scope: Scope) -> tuple[str, str]:
    """Return the first and the last day of a scope, empty where it is open."""
    return first_day(scope.since) if scope.since else "", last_day(scope.until) if scope.until else ""


def _is_inside(period: str, scope: Scope) -> bool:
    first, last = _ends(scope)
    return first_day(period) >= first and (not last or last_day(period) <= last)


def _otherwise_holds(connection: Connection, scope: Scope) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [true()]
    if scope.sources:
        names = _known_sources(connection, scope.sources)
        by_source = select(SOURCES.c.paper_id).where(SOURCES.c.source.in_(listed(names)))
        parts.append(PAPERS.c.id.in_(by_source))
    for column, values in ((NAMES.c.title, scope.titles), (NAMES.c.authors, scope.authors)):
        if values:
            named = select(NAMES.c.position).where(or_(*(_has_words(column, value) for value in values)))
            parts.append(PAPERS.c.position.in_(named))
    if scope.ids is not None:
        parts.append(PAPERS.c.id.in_(listed(scope.ids)))
    return and_(*parts)


def listed(values: Iterable[str]) -> Select[tuple[str]]:
    """Return values for an IN as one parameter, because SQLite takes 32,766 of them at most."""
    each = func.json_each(json.dumps(list(values))).table_valued("value")
    return select(each.c.value)


def _has_words(column: Column[str], value: str) -> ColumnElement[bool]:
    words = fold(value).split()
    if not words:
        return false()
    parts: list[ColumnElement[bool]] = [func.instr(column, word) > 0 for word in words]
    if column is NAMES.c.authors and len(words) > 1:
        parts.append(func.in_one_line(" ".join(words), column))
    return and_(*parts)


def _known_sources(connection: Connection, wanted: Sequence[str]) -> list[str]:
    known = list_sources(connection)
    return [name for name in known if any(_is_part(value, name) for value in wanted)]


def list_sources(connection: Connection) -> list[str]:
    """Return the names of all files that listed papers; each is one step through the index."""
    return list(
        connection.scalars(
            text(
                "WITH RECURSIVE names(name) AS (SELECT min(source) FROM paper_sources UNION ALL "
                "SELECT (SELECT min(source) FROM paper_sources WHERE source > name) FROM names "
                "WHERE name IS NOT NULL) SELECT name FROM names WHERE name IS NOT NULL"
            )
        )
    )


def _is_part(value: str, name: str) -> bool:
    words = fold(value).split()
    return bool(words) and all(word in fold(name) for word in words)


def _singles(scope: Scope) -> list[Scope]:
    """Return each condition alone; since and until stay together, as one span of time."""
    return [
        replace(WHOLE_LIBRARY, since=scope.since, until=scope.until),
        replace(WHOLE_LIBRARY, sources=scope.sources),
        replace(WHOLE_LIBRARY, authors=scope.authors),
        replace(WHOLE_LIBRARY, titles=scope.titles),
        replace(WHOLE_LIBRARY, ids=scope.ids),
    ]


def _what_there_is(connection: Connection, single: Scope) -> str:
    """Say what the library has of the kind that a condition asks for."""
    if single.since or single.until:
        return _dates_there_are(connection)
    if single.sources:
        known = list_sources(connection)
        more = f" and {len(known) - _MOST_NAMED:,} more" if len(known) > _MOST_NAMED else ""
        return f"its files are {', '.join(known[:_MOST_NAMED])}{more}" if known else "no paper names a file"
    total = _count(connection, true())
    if single.authors:
        with_authors = _count(connection, PAPERS.c.authors != "[]")
        return f"{with_authors:,} of {total:,} papers name their authors, none of them so"
    if single.titles:
        return f"none of {total:,} titles holds these words"
    return f"none of {total:,} papers has such an id; list the ids: footnote papers"


def _dates_there_are(connection: Connection) -> str:
    dated = and_(_IS_SEARCHED, _DATED)
    ends = select(func.min(PAPERS.c.published), func.max(PAPERS.c.published), func.count()).where(dated)
    earliest, latest, count = connection.execute(ends).one()
    total = _count(connection, true())
    if not count:
        return f"none of {total:,} papers has a date"
    return f"{count:,} of {total:,} papers have a date, from {earliest} to {latest}"
