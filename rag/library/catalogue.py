"""The catalogue: every paper and the state of each. It is the truth; the indexes are derived.

A paper is written as `pending`, becomes `searchable` when the lexical index holds it, `indexed` when
its vectors are stored, and `removing` while the indexes forget it. Each step can be repeated, so a
process that is killed anywhere resumes from the states alone. SQLAlchemy Core over SQLite.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Index,
    Integer,
    MetaData,
    Row,
    String,
    Table,
    create_engine,
    delete,
    event,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import DatabaseError, OperationalError

from rag.errors import LibraryDamaged, LibraryTooNew, LibraryUnwritable
from rag.sources.entry import title_key
from rag.types import Paper, PaperId

SCHEMA = 1
_PAGE = 500

_metadata = MetaData()
_papers = Table(
    "papers",
    _metadata,
    Column("position", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("title", String, nullable=False),
    Column("title_key", String, nullable=False),
    Column("abstract", String, nullable=False),
    Column("authors", String, nullable=False),
    Column("published", String),
    Column("url", String),
    Column("state", String, nullable=False),
    Column("added", String, nullable=False),
    Index("papers_title_key", "title_key"),
    Index("papers_state", "state"),
    sqlite_autoincrement=True,
)
_sources = Table(
    "paper_sources",
    _metadata,
    Column("paper_id", String, primary_key=True),
    Column("source", String, primary_key=True),
)
_manifest = Table(
    "manifest",
    _metadata,
    Column("key", String, primary_key=True),
    Column("value", String, nullable=False),
)


class State(StrEnum):
    """How far a paper has come."""

    PENDING = "pending"
    SEARCHABLE = "searchable"
    INDEXED = "indexed"
    REMOVING = "removing"


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


class Catalogue:
    """Papers in the order in which they were added. Reading is safe from several processes."""

    def __init__(self, path: Path) -> None:
        """Open the catalogue at `path`, and create it if there is none.

        Raises:
            LibraryUnwritable: the file cannot be created or opened.
            LibraryDamaged: the file is no catalogue.
            LibraryTooNew: a newer Footnote wrote it.
        """
        self._path = path
        self._engine = _open_engine(path)
        self._prepare()

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def add(self, papers: Iterable[Paper]) -> Added:
        """Write papers, each found again by its id or the letters and digits of its title.

        A paper that is there keeps its id and gains what it lacked. An abstract that differs
        replaces the stored one, unless it is only its beginning (a page that was cut off).
        """
        total = Added()
        with self._engine.begin() as connection:
            for paper in papers:
                total += _add_one(connection, paper)
        return total

    def get(self, ids: Sequence[PaperId]) -> dict[PaperId, Paper]:
        """Return the papers that exist among `ids`."""
        found: dict[PaperId, Paper] = {}
        with self._engine.connect() as connection:
            for start in range(0, len(ids), _PAGE):
                page = ids[start : start + _PAGE]
                rows = connection.execute(
                    select(_papers).where(_papers.c.id.in_(page), _papers.c.state != State.REMOVING)
                ).all()
                sources = _sources_of(connection, [row.id for row in rows])
                found |= {PaperId(row.id): _paper(row, sources) for row in rows}
        return found

    def list(self, *, states: Sequence[State] = ()) -> Iterator[Paper]:
        """Yield papers in the order in which they were added, a page at a time.

        All states but `removing` if none are named.
        """
        chosen = tuple(states) or (State.PENDING, State.SEARCHABLE, State.INDEXED)
        after = 0
        while True:
            with self._engine.connect() as connection:
                query = select(_papers).where(_papers.c.position > after, _papers.c.state.in_(chosen))
                rows = connection.execute(query.order_by(_papers.c.position).limit(_PAGE)).all()
                sources = _sources_of(connection, [row.id for row in rows])
            if not rows:
                return
            after = rows[-1].position
            yield from (_paper(row, sources) for row in rows)

    def count(self) -> Mapping[State, int]:
        """Return the number of papers in each state."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(_papers.c.state, func.count()).group_by(_papers.c.state))
            counted = {State(state): number for state, number in rows}
        return {state: counted.get(state, 0) for state in State}

    def count_sources(self) -> int:
        """Return the number of files that listed a paper of the library."""
        with self._engine.connect() as connection:
            return connection.scalar(select(func.count(_sources.c.source.distinct()))) or 0

    def mark(self, papers: Sequence[Paper], state: State) -> None:
        """Write the state of papers whose abstract is still the one given.

        A paper that was updated or removed in the meantime keeps its state, and its turn comes again.
        """
        with self._engine.begin() as connection:
            for paper in papers:
                unchanged = (_papers.c.id == paper.id) & (_papers.c.abstract == paper.abstract)
                connection.execute(
                    update(_papers).where(unchanged, _papers.c.state != State.REMOVING).values(state=state)
                )

    def mark_ids(self, ids: Sequence[PaperId], state: State) -> None:
        """Write the state of papers; unknown ids are no error."""
        with self._engine.begin() as connection:
            for start in range(0, len(ids), _PAGE):
                page = ids[start : start + _PAGE]
                connection.execute(update(_papers).where(_papers.c.id.in_(page)).values(state=state))

    def mark_all(self, state: State) -> None:
        """Write the state of every paper that is not being removed."""
        with self._engine.begin() as connection:
            connection.execute(update(_papers).where(_papers.c.state != State.REMOVING).values(state=state))

    def forget(self, ids: Sequence[PaperId]) -> None:
        """Delete papers from the catalogue; the indexes must have forgotten them before."""
        with self._engine.begin() as connection:
            for start in range(0, len(ids), _PAGE):
                page = ids[start : start + _PAGE]
                connection.execute(delete(_papers).where(_papers.c.id.in_(page)))
                connection.execute(delete(_sources).where(_sources.c.paper_id.in_(page)))

    def ids(self, *states: State) -> tuple[PaperId, ...]:
        """Return the ids of all papers in these states, oldest first."""
        query = select(_papers.c.id).where(_papers.c.state.in_(states)).order_by(_papers.c.position)
        with self._engine.connect() as connection:
            return tuple(PaperId(value) for value in connection.scalars(query))

    def manifest(self) -> dict[str, str]:
        """Return how the indexes were built; empty for a library without papers."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(_manifest.c.key, _manifest.c.value)).all()
        return {key: value for key, value in rows if key != "schema"}

    def write_manifest(self, values: Mapping[str, str]) -> None:
        """Replace the manifest."""
        with self._engine.begin() as connection:
            connection.execute(delete(_manifest).where(_manifest.c.key != "schema"))
            connection.execute(insert(_manifest), [{"key": k, "value": v} for k, v in values.items()])

    def _prepare(self) -> None:
        try:
            with self._engine.begin() as connection:
                _metadata.create_all(connection)
                found = connection.scalar(select(_manifest.c.value).where(_manifest.c.key == "schema"))
                if found is None:
                    connection.execute(insert(_manifest), {"key": "schema", "value": str(SCHEMA)})
        except OperationalError as error:
            raise LibraryUnwritable(
                f"the catalogue at {self._path} cannot be opened ({error.orig}); check the folder's "
                "permissions, or set FOOTNOTE_HOME to another folder"
            ) from error
        except DatabaseError as error:
            raise LibraryDamaged(
                f"{self._path} is not a catalogue of Footnote ({error.orig}); move it away and add your "
                "pages again"
            ) from error
        if found is not None and int(found) > SCHEMA:
            raise LibraryTooNew(
                f"the library at {self._path.parent} was written by a newer Footnote (schema {found}, this "
                f"one reads {SCHEMA}); upgrade Footnote, or set FOOTNOTE_HOME to another folder"
            )


def _open_engine(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 30})

    @event.listens_for(engine, "connect")
    def _configure(connection: object, _record: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]  # a DB-API connection
        # Readers go on while one process writes.
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.close()

    return engine


def _add_one(connection: Connection, paper: Paper) -> Added:
    stored = _find(connection, paper)
    if stored is None:
        connection.execute(insert(_papers), _row(paper))
        _link_sources(connection, paper.id, paper.sources)
        return Added(new=1)
    new_sources = _link_sources(connection, PaperId(stored.id), paper.sources)
    gained = {
        name: value
        for name, value in (
            ("authors", json.dumps(paper.authors) if paper.authors else None),
            ("published", paper.published),
            ("url", paper.url),
        )
        if value and (not getattr(stored, name) or getattr(stored, name) == "[]")
    }
    if stored.abstract != paper.abstract and not stored.abstract.startswith(paper.abstract):
        values = {
            "abstract": paper.abstract,
            "title": paper.title,
            "title_key": title_key(paper.title),
            "state": State.PENDING,
        }
        connection.execute(update(_papers).where(_papers.c.id == stored.id).values(gained | values))
        return Added(updated=1)
    if stored.state == State.REMOVING:
        gained["state"] = State.PENDING
    if gained:
        connection.execute(update(_papers).where(_papers.c.id == stored.id).values(gained))
    return Added(merged=1) if gained or new_sources else Added(unchanged=1)


def _find(connection: Connection, paper: Paper) -> Row[tuple[object, ...]] | None:
    by_id = connection.execute(select(_papers).where(_papers.c.id == paper.id)).one_or_none()
    if by_id is not None:
        return by_id
    same_title = select(_papers).where(_papers.c.title_key == title_key(paper.title))
    return connection.execute(same_title.order_by(_papers.c.position).limit(1)).one_or_none()


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


def _link_sources(connection: Connection, paper_id: PaperId, sources: Sequence[str]) -> int:
    known = set(connection.scalars(select(_sources.c.source).where(_sources.c.paper_id == paper_id)))
    fresh = [source for source in dict.fromkeys(sources) if source not in known]
    if fresh:
        connection.execute(insert(_sources), [{"paper_id": paper_id, "source": source} for source in fresh])
    return len(fresh)


def _sources_of(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    query = select(_sources).where(_sources.c.paper_id.in_(ids)).order_by(_sources.c.source)
    grouped: dict[str, tuple[str, ...]] = {}
    for row in connection.execute(query):
        grouped[row.paper_id] = (*grouped.get(row.paper_id, ()), row.source)
    return grouped


def _paper(row: Row[tuple[object, ...]], sources: Mapping[str, tuple[str, ...]]) -> Paper:
    return Paper(
        id=PaperId(row.id),
        title=row.title,
        abstract=row.abstract,
        authors=tuple(json.loads(row.authors)),
        published=row.published,
        url=row.url,
        sources=sources.get(row.id, ()),
    )
