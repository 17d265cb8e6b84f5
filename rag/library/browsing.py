"""Look through the catalogue a page at a time: by words, year and file, with counts. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Row, and_, func, select

from rag.library.schema import PAPERS, SOURCES, State
from rag.types import PaperId

_PRESENT = (State.PENDING, State.SEARCHABLE, State.INDEXED)


@dataclass(frozen=True, slots=True)
class Browsing:
    """What to look for: papers that hold every word of `words` in title, authors or abstract.

    `year` is four digits and `source` the whole name of a file; empty ones are no condition.
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
    sources = select(SOURCES.c.source, func.count()).group_by(SOURCES.c.source).order_by(SOURCES.c.source)
    return Found(
        ids=tuple(PaperId(paper_id) for paper_id in connection.scalars(page)),
        total=connection.scalar(select(func.count()).select_from(PAPERS).where(fits)) or 0,
        years=_pairs(connection.execute(years.group_by(year).order_by(year.desc())).all()),
        sources=_pairs(connection.execute(sources).all()),
    )


def _conditions(wanted: Browsing) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [PAPERS.c.state.in_(_PRESENT)]
    for word in wanted.words.split():
        text = PAPERS.c.title + " " + PAPERS.c.authors + " " + PAPERS.c.abstract
        conditions.append(text.icontains(word, autoescape=True))
    if wanted.year:
        conditions.append(PAPERS.c.published.startswith(wanted.year, autoescape=True))
    if wanted.source:
        conditions.append(
            PAPERS.c.id.in_(select(SOURCES.c.paper_id).where(SOURCES.c.source == wanted.source))
        )
    return conditions


def _pairs(rows: Sequence[Row[str, int]]) -> tuple[tuple[str, int], ...]:
    return tuple((row[0], row[1]) for row in rows)
