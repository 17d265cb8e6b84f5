"""The catalogue's tables, and how its SQLite file is opened."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from sqlalchemy import (
    URL,
    Column,
    Connection,
    Engine,
    ExceptionContext,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    delete,
    event,
    insert,
    select,
    update,
)
from sqlalchemy.pool import NullPool

from rag.errors import LibraryDamaged, LibraryError, LibraryTooNew, LibraryUnwritable
from rag.library.names import fold_names, in_one_line

SCHEMA = 2
_PAGE = 1_000

metadata = MetaData()
PAPERS = Table(
    "papers",
    metadata,
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
    Index("papers_published", "published", "state", "id"),
    sqlite_autoincrement=True,
)
SOURCES = Table(
    "paper_sources",
    metadata,
    Column("paper_id", String, primary_key=True),
    Column("source", String, primary_key=True),
    Index("paper_sources_source", "source", "paper_id"),
)
# Apart from the abstracts, so that looking through all names reads little: 30 ms for 100,000 papers.
NAMES = Table(
    "paper_names",
    metadata,
    Column("position", Integer, primary_key=True),
    Column("title", String, nullable=False),
    Column("authors", String, nullable=False),
)
MANIFEST = Table(
    "manifest",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", String, nullable=False),
)


class State(StrEnum):
    """How far a paper has come."""

    PENDING = "pending"
    SEARCHABLE = "searchable"
    INDEXED = "indexed"
    REMOVING = "removing"


SEARCHED = (State.SEARCHABLE, State.INDEXED)


def open_engine(path: Path, *, holding: bool = True) -> Engine:
    """Open a SQLite file, so that readers go on while one process writes.

    Connections are kept open between uses, unless `holding` is unset: then nobody has to close anything.
    """
    pool = None if holding else NullPool
    engine = create_engine(
        URL.create("sqlite", database=str(path)), connect_args={"timeout": 30}, poolclass=pool
    )

    @event.listens_for(engine, "connect")
    def _configure(connection: sqlite3.Connection, _record: object) -> None:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
        except sqlite3.Error:  # the file is no database, or is locked
            connection.close()  # SQLAlchemy closes none that fails here
            raise
        connection.create_function(in_one_line.__name__, 2, in_one_line, deterministic=True)

    return engine


def explain_errors(engine: Engine, path: Path, *, store: str, mending: str) -> None:
    """Raise what an error of SQLite means to the user, whichever statement met it.

    A `store` that a lock, the disk or missing rights keep from use is `LibraryUnwritable`; only one whose content
    cannot be read is `LibraryDamaged`, and `mending` says what to do then. What was asked for in bytes that are no
    text, as a command line may hold them, is a `LibraryError`.
    """

    @event.listens_for(engine, "handle_error")
    def _explain(context: ExceptionContext) -> None:
        error = context.original_exception
        if isinstance(error, sqlite3.OperationalError):
            raise LibraryUnwritable(
                f"the {store} at {path} cannot be used ({error}); check the folder's permissions and "
                "free space, or set FOOTNOTE_HOME to another folder"
            ) from error
        if isinstance(error, UnicodeEncodeError):
            raise LibraryError(f"{error.object!a} holds bytes that are not UTF-8; type it again") from error
        if type(error) is sqlite3.DatabaseError:  # its subclasses would be mistakes of ours
            raise LibraryDamaged(f"the {store} at {path} cannot be read ({error}); {mending}") from error


def prepare(engine: Engine, path: Path) -> None:
    """Make the tables of the catalogue at `path` that are missing, and bring an older one up to date.

    Raises:
        LibraryTooNew: a newer Footnote wrote it.
    """
    with engine.begin() as connection:
        metadata.create_all(connection)
        found = connection.scalar(select(MANIFEST.c.value).where(MANIFEST.c.key == "schema"))
        if found is None:
            connection.execute(insert(MANIFEST), {"key": "schema", "value": str(SCHEMA)})
        elif int(found) < SCHEMA:
            _migrate(connection)
    if found is not None and int(found) > SCHEMA:
        raise LibraryTooNew(
            f"the library at {path.parent} was written by a newer Footnote (schema {found}, this "
            f"one reads {SCHEMA}); upgrade Footnote, or set FOOTNOTE_HOME to another folder"
        )


def _migrate(connection: Connection) -> None:
    """Bring a catalogue of schema 1 up to date: indexes, and the folded names of its papers.

    `metadata.create_all` has made the missing tables before, but adds no index to one that was there.
    """
    for index in (*PAPERS.indexes, *SOURCES.indexes):
        index.create(connection, checkfirst=True)
    connection.execute(delete(NAMES))
    papers = connection.execute(select(PAPERS.c.position, PAPERS.c.title, PAPERS.c.authors))
    for page in papers.partitions(_PAGE):
        rows = [{"position": row.position, **fold_names(row.title, json.loads(row.authors))} for row in page]
        connection.execute(insert(NAMES), rows)
    connection.execute(update(MANIFEST).where(MANIFEST.c.key == "schema").values(value=str(SCHEMA)))


def sources_of(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the files that listed each of these papers, in the order of their names."""
    query = select(SOURCES).where(SOURCES.c.paper_id.in_(ids)).order_by(SOURCES.c.source)
    grouped: dict[str, tuple[str, ...]] = {}
    for row in connection.execute(query):
        grouped[row.paper_id] = (*grouped.get(row.paper_id, ()), row.source)
    return grouped
