"""Write papers into the catalogue: what is new, what is the same paper, and what it gains.

A paper is found again by its id, or by the letters and digits of its title. It keeps its id and gains
what it lacked. An abstract that differs replaces the stored one, unless it is only its beginning: a
page that was cut off must not spoil a whole one.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select, update

from rag.library.names import fold_names
from rag.library.schema import NAMES, PAPERS, SOURCES, State, sources_of
from rag.sources.arxiv_ids import find_arxiv_id
from rag.sources.entry import title_key
from rag.types import Paper, PaperId

# Made once: SQLAlchemy takes longer to make and to recognise a statement with values than SQLite to run it.
_NEW_PAPER = insert(PAPERS).returning(PAPERS.c.position)
_NEW_NAMES = insert(NAMES)
_NEW_SOURCE = insert(SOURCES)


@dataclass(frozen=True, slots=True)
class Added:
    """What `add` did: numbers of papers.

    `new` were unknown, `updated` have another abstract than before, `merged` gained a source or a
    missing field, `unchanged` were there already.
    """

    new: int = 0
    updated: int = 0
    merged: int = 0
    unchanged: int = 0

    def __add__(self, other: Added) -> Added:
        return Added(
            self.new + other.new,
            self.updated + other.updated,
            self.merged + other.merged,
            self.unchanged + other.unchanged,
        )


def add_papers(connection: Connection, page: Sequence[Paper]) -> Added:
    """Write some hundreds of papers; the caller's transaction decides whether they stay."""
    known = _Known.find(connection, page)
    total = Added()
    for paper in page:
        total += _add_one(connection, paper, known)
    return total


@dataclass(frozen=True, slots=True)
class _Stored:
    """What the catalogue holds of a paper that is being added."""

    id: PaperId
    position: int
    title_key: str
    abstract: str
    authors: tuple[str, ...]
    published: str | None
    url: str | None
    state: State
    sources: frozenset[str]


class _Known:
    """The stored papers that a page of new ones may be the same as, by id and by title."""

    def __init__(self, stored: Iterable[_Stored]) -> None:
        self._by_id: dict[str, _Stored] = {}
        self._by_title: defaultdict[str, set[str]] = defaultdict(set)
        for item in stored:
            self.put(item)

    @classmethod
    def find(cls, connection: Connection, page: Sequence[Paper]) -> _Known:
        """Look a page of papers up, all at once."""
        ids = [paper.id for paper in page]
        keys = [title_key(paper.title) for paper in page]
        same = PAPERS.c.id.in_(ids) | PAPERS.c.title_key.in_(keys)
        rows = connection.execute(select(PAPERS).where(same)).all()
        sources = sources_of(connection, [row.id for row in rows])
        return cls(
            _Stored(
                PaperId(row.id),
                row.position,
                row.title_key,
                row.abstract,
                tuple(json.loads(row.authors)),
                row.published,
                row.url,
                State(row.state),
                frozenset(sources.get(row.id, ())),
            )
            for row in rows
        )

    def put(self, stored: _Stored) -> None:
        before = self._by_id.get(stored.id, stored)
        self._by_title[before.title_key].discard(stored.id)
        self._by_title[stored.title_key].add(stored.id)
        self._by_id[stored.id] = stored

    def same_as(self, paper: Paper) -> _Stored | None:
        """Return the stored paper with this id, else the oldest with this title.

        Two arXiv ids tell two papers apart, whatever their titles.
        """
        if paper.id in self._by_id:
            return self._by_id[paper.id]
        told_apart = bool(find_arxiv_id(paper.id))
        same_title = [
            self._by_id[known]
            for known in self._by_title[title_key(paper.title)]
            if not (told_apart and find_arxiv_id(known))
        ]
        return min(same_title, key=lambda stored: stored.position, default=None)


def _add_one(connection: Connection, paper: Paper, known: _Known) -> Added:
    stored = known.same_as(paper)
    if stored is None:
        position = connection.execute(_NEW_PAPER, _row(paper)).scalar_one()
        connection.execute(_NEW_NAMES, {"position": position, **fold_names(paper.title, paper.authors)})
        _link_sources(connection, paper.id, frozenset(paper.sources))
        known.put(_stored_as(paper, position=position))
        return Added(new=1)
    new_sources = frozenset(paper.sources) - stored.sources
    _link_sources(connection, stored.id, new_sources)
    values = _changes(stored, paper)
    if values:
        connection.execute(update(PAPERS).where(PAPERS.c.id == stored.id).values(values))
        _rename(connection, stored, paper, values)
    if values or new_sources:
        known.put(_merged(stored, paper, values))
    if "abstract" in values:
        return Added(updated=1)
    return Added(merged=1) if values or new_sources else Added(unchanged=1)


def _changes(stored: _Stored, paper: Paper) -> dict[str, str]:
    """What a paper brings that the stored one lacks, as column values."""
    changes: dict[str, str] = {}
    if paper.authors and not stored.authors:
        changes["authors"] = json.dumps(paper.authors, ensure_ascii=False)
    if paper.published and not stored.published:
        changes["published"] = paper.published
    if paper.url and not stored.url:
        changes["url"] = paper.url
    if stored.abstract != paper.abstract and not stored.abstract.startswith(paper.abstract):
        changes |= {"abstract": paper.abstract, "title": paper.title, "title_key": title_key(paper.title)}
        changes["state"] = State.PENDING
    if stored.state is State.REMOVING:
        changes["state"] = State.PENDING
    return changes


def _rename(connection: Connection, stored: _Stored, paper: Paper, values: Mapping[str, str]) -> None:
    folded = fold_names(paper.title, paper.authors)
    fresh = {column: folded[column] for column in ("title", "authors") if column in values}
    if fresh:
        connection.execute(update(NAMES).where(NAMES.c.position == stored.position).values(fresh))


def _stored_as(paper: Paper, *, position: int) -> _Stored:
    return _Stored(
        paper.id,
        position,
        title_key(paper.title),
        paper.abstract,
        paper.authors,
        paper.published,
        paper.url,
        State.PENDING,
        frozenset(paper.sources),
    )


def _merged(stored: _Stored, paper: Paper, values: Mapping[str, str]) -> _Stored:
    return replace(
        stored,
        title_key=values.get("title_key", stored.title_key),
        abstract=values.get("abstract", stored.abstract),
        authors=stored.authors or paper.authors,
        published=stored.published or paper.published,
        url=stored.url or paper.url,
        state=State(values.get("state", stored.state)),
        sources=stored.sources | frozenset(paper.sources),
    )


def _row(paper: Paper) -> dict[str, str | None]:
    return {
        "id": paper.id,
        "title": paper.title,
        "title_key": title_key(paper.title),
        "abstract": paper.abstract,
        "authors": json.dumps(paper.authors, ensure_ascii=False),
        "published": paper.published,
        "url": paper.url,
        "state": State.PENDING,
        "added": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _link_sources(connection: Connection, paper_id: PaperId, fresh: frozenset[str]) -> None:
    if fresh:
        rows = [{"paper_id": paper_id, "source": source} for source in sorted(fresh)]
        connection.execute(_NEW_SOURCE, rows)
