"""Look through the catalogue a page at a time: by words, year and file, with counts. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, false, func, or_, select

from rag.library.names import fold
from rag.library.schema import NAMES, PAPERS, SOURCES, State
from rag.types import PaperId

_PRESENT = (State.PENDING, State.SEARCHABLE, State.INDEXED)


@dataclass(frozen=True, slots=True)
class Browsing:
    """What to look for: papers that hold every word of `words`, or part of a word, in title, authors or abstract.

    Of titles and names case and accents do not count, of abstracts only the case of a to z. `year` is four digits
    and `source` the whole name of a file; empty ones are no condition.
    """

    words: str = ""
    year: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of papers, in the order in which they were added.

    `total` counts all papers that fit; `years` (newest first) and `sources` (by name) count the whole
    library, so that they can be chosen from.
    """

    ids: tuple[PaperId, ...]
    total: int
    years: tuple[tuple[str, int], ...]
    sources: tuple[tuple[str, int], ...]


def browse(connection: Connection, wanted: Browsing, *, offset: int, limit: int) -> Found:
    """Return the papers from `offset` (0 is the first) that fit, `limit` of them at most."""
    fits = and_(*_conditions(wanted))
    page = select(PAPERS.c.id).where(fits).order_by(PAPERS.c.position).offset(offset).limit(limit)
    year = func.substr(PAPERS.c.published, 1, 4)
    years = select(year, func.count()).where(PAPERS.c.published.is_not(None), PAPERS.c.state.in_(_PRESENT))
    removing = select(PAPERS.c.id).where(PAPERS.c.state == State.REMOVING)
    listed = select(SOURCES.c.source, func.count()).where(SOURCES.c.paper_id.not_in(removing))
    sources = listed.group_by(SOURCES.c.source).order_by(SOURCES.c.source)
    return Found(
        ids=tuple(PaperId(paper_id) for paper_id in connection.scalars(page)),
        total=connection.scalar(select(func.count()).select_from(PAPERS).where(fits)) or 0,
        years=_pairs(connection.execute(years.group_by(year).order_by(year.desc())).all()),
        sources=_pairs(connection.execute(sources).all()),
    )


def _conditions(wanted: Browsing) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [PAPERS.c.state.in_(_PRESENT)]
    for word in wanted.words.split():
        in_abstract = PAPERS.c.abstract.icontains(word, autoescape=True)
        conditions.append(or_(in_abstract, PAPERS.c.position.in_(_named(fold(word)))))
    if wanted.year:
        conditions.append(PAPERS.c.published.startswith(wanted.year, autoescape=True))
    if wanted.source:
        conditions.append(
            PAPERS.c.id.in_(select(SOURCES.c.paper_id).where(SOURCES.c.source == wanted.source))
        )
    return conditions


def _named(word: str) -> Select[tuple[int]]:
    """The places of papers that hold a folded word in title or authors; as JSON, these would hold marks of their own."""
    held = or_(*(func.instr(column, word) > 0 for column in (NAMES.c.title, NAMES.c.authors)))
    return select(NAMES.c.position).where(held if word else false())


def _pairs(rows: Sequence[Row[str, int]]) -> tuple[tuple[str, int], ...]:
    return tuple((row[0], row[1]) for row in rows)
