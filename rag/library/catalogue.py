"""The catalogue: every paper and the state of each. It is the truth; the indexes are derived.

A paper is written as `pending`, becomes `searchable` when the lexical index holds it, `indexed` when
its vectors are stored, and `removing` while the indexes forget it. Each step can be repeated, so a
process that is killed anywhere resumes from the states alone. SQLAlchemy Core over SQLite.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from functools import partial
from itertools import chain, islice
from pathlib import Path
from sys import intern

from sqlalchemy import Row, bindparam, delete, func, insert, select, update

from rag.errors import PaperNotFound
from rag.library.adding import Added, add_papers
from rag.library.browsing import Browsing, Found, browse
from rag.library.schema import (
    MANIFEST,
    NAMES,
    PAPERS,
    SEARCHED,
    SOURCES,
    State,
    explain_errors,
    open_engine,
    prepare,
    sources_of,
)
from rag.library.scoping import Selection, explain_empty, holds, listed, select_papers
from rag.library.title_keys import TitleKeys
from rag.library.unchanged import Unchanged
from rag.types import WHOLE_LIBRARY, Paper, PaperId, Scope

_PAGE = 500
_REMEMBERED = 2_000  # papers, some 3 kB each; and ids of one state
_SCOPES = 4  # a conversation stays in its scope; 10 MB each with 100,000 papers
_PRESENT = (State.PENDING, *SEARCHED)
# Three questions, because SQLite would read the whole table for one with OR. Keys hold letters and digits,
# which all come before the last code point.
_NAMED = (
    "SELECT id, title_key, state FROM papers WHERE id IN (SELECT value FROM json_each(?)) UNION "
    "SELECT id, title_key, state FROM papers WHERE title_key IN (SELECT value FROM json_each(?)) UNION "
    "SELECT papers.id, title_key, state FROM json_each(?) CROSS JOIN papers "
    "ON title_key >= value AND title_key < value || char(1114111)"
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
        self._engine = open_engine(path)
        mending = "put your copy of it back, or move it away: footnote check then says how to begin anew"
        explain_errors(self._engine, path, store="catalogue", mending=mending)
        with ExitStack() as opened:  # of a catalogue that cannot be used, nothing stays open
            opened.callback(self._engine.dispose)
            prepare(self._engine, path)
            self._unchanged = opened.enter_context(closing(Unchanged(path)))
            self._opened = opened.pop_all()

    def close(self) -> None:
        """Let go of the file."""
        self._opened.close()

    def add(self, papers: Iterable[Paper]) -> Added:
        """Write papers, each found again by its id or the letters and digits of its title.

        A paper that is there keeps its id and gains what it lacked. An abstract that differs
        replaces the stored one, unless it is only its beginning (a page that was cut off).
        """
        total = Added()
        with self._engine.begin() as connection:
            remaining = iter(papers)
            while page := list(islice(remaining, _PAGE)):
                total += add_papers(connection, page)
        return total

    def get(self, ids: Sequence[PaperId]) -> dict[PaperId, Paper]:
        """Return the papers that exist among `ids`, in their order."""
        known = self._unchanged.get("papers", dict[PaperId, Paper])
        found = {paper_id: paper for paper_id in ids if (paper := known.get(paper_id))}
        if len(found) < len(ids):
            found |= self._read([paper_id for paper_id in ids if paper_id not in found])
            if len(known) > _REMEMBERED:
                known.clear()
            known.update(islice(found.items(), _REMEMBERED))
        return {paper_id: found[paper_id] for paper_id in ids if paper_id in found}

    def _read(self, ids: Sequence[PaperId]) -> dict[PaperId, Paper]:
        found: dict[PaperId, Paper] = {}
        with self._engine.connect() as connection:
            for start in range(0, len(ids), _PAGE):
                page = ids[start : start + _PAGE]
                rows = connection.execute(
                    select(PAPERS).where(PAPERS.c.id.in_(page), PAPERS.c.state != State.REMOVING)
                ).all()
                sources = sources_of(connection, [row.id for row in rows])
                found |= {paper.id: paper for paper in (_paper(row, sources) for row in rows)}
        return found

    def list(
        self, *, states: Sequence[State] = (), scope: Scope = WHOLE_LIBRARY, after: PaperId | None = None
    ) -> Iterator[Paper]:
        """Yield papers in the order in which they were added, a page at a time.

        All states but `removing` if none are named. `after` goes on behind a paper.

        Raises:
            PaperNotFound: no paper has the id `after`.
        """
        chosen = tuple(states) or _PRESENT
        position = self._position(after) if after is not None else 0
        while True:
            with self._engine.connect() as connection:
                query = select(PAPERS).where(PAPERS.c.position > position, PAPERS.c.state.in_(chosen))
                query = query.where(holds(connection, scope))
                rows = connection.execute(query.order_by(PAPERS.c.position).limit(_PAGE)).all()
                sources = sources_of(connection, [row.id for row in rows])
            if not rows:
                return
            position = rows[-1].position
            yield from (_paper(row, sources) for row in rows)

    def select(self, scope: Scope) -> Selection:
        """Return which papers a scope holds; the whole library is counted, not listed."""
        if scope == WHOLE_LIBRARY:
            count = self.count()
            return Selection(None, count[State.INDEXED], sum(count[state] for state in SEARCHED))
        known = self._unchanged.get("scopes", dict[Scope, Selection])
        if (selection := known.get(scope)) is None:
            with self._engine.connect() as connection:
                selection = select_papers(connection, scope)
            if len(known) >= _SCOPES:
                known.clear()
            known[scope] = selection
        return selection

    def unencoded(self, *listings: Iterable[PaperId]) -> frozenset[PaperId]:
        """Return those of some papers that have no vectors yet."""
        if not self.count()[State.SEARCHABLE]:
            return frozenset()
        ids = dict.fromkeys(chain.from_iterable(listings))
        waiting = select(PAPERS.c.id).where(PAPERS.c.id.in_(listed(ids)), PAPERS.c.state == State.SEARCHABLE)
        with self._engine.connect() as connection:
            return frozenset(map(PaperId, connection.scalars(waiting)))

    def explain_empty(self, scope: Scope) -> str:
        """Say in one line why a scope holds no paper, and what the library has instead."""
        with self._engine.connect() as connection:
            return explain_empty(connection, scope)

    def find_named(
        self, *, ids: Iterable[str], title_keys: Iterable[str], beginnings: Iterable[str] = ()
    ) -> dict[PaperId, str]:
        """Return the papers that have one of these ids or title keys, each with its title key.

        Also those whose title key begins with one of `beginnings`.
        """
        count = self.count()
        if sum(count[state] for state in SEARCHED) <= _REMEMBERED:
            return self._unchanged.get("names", self._names).find(ids, title_keys, beginnings)
        values = tuple(json.dumps(list(listing)) for listing in (ids, title_keys, beginnings))
        try:
            found = self._unchanged.ask(_NAMED, values)
        except sqlite3.Error:  # asked again where errors are explained
            with self._engine.connect() as connection:
                found = [(*row,) for row in connection.exec_driver_sql(_NAMED, values)]
        return {PaperId(paper_id): key for paper_id, key, state in found if state in SEARCHED}

    def _names(self) -> TitleKeys:
        query = select(PAPERS.c.id, PAPERS.c.title_key).where(PAPERS.c.state.in_(SEARCHED))
        with self._engine.connect() as connection:
            return TitleKeys.of({PaperId(row.id): row.title_key for row in connection.execute(query)})

    def count(self) -> Mapping[State, int]:
        """Return the number of papers in each state."""
        return self._unchanged.get("count", self._count)

    def _count(self) -> Mapping[State, int]:
        with self._engine.connect() as connection:
            rows = connection.execute(select(PAPERS.c.state, func.count()).group_by(PAPERS.c.state))
            counted = {State(state): number for state, number in rows}
        return {state: counted.get(state, 0) for state in State}

    def browse(self, wanted: Browsing, *, offset: int = 0, limit: int = 50) -> Found:
        """Return a page of the papers that fit, and what there is to choose from."""
        with self._engine.connect() as connection:
            return browse(connection, wanted, offset=offset, limit=limit)

    def count_sources(self) -> int:
        """Return the number of files that listed a paper of the library."""
        with self._engine.connect() as connection:
            return connection.scalar(select(func.count(SOURCES.c.source.distinct()))) or 0

    def mark(self, papers: Sequence[Paper], state: State) -> None:
        """Write the state of papers whose abstract is still the one given.

        A paper that was updated or removed in the meantime keeps its state, and its turn comes again.
        """
        rows = [{"of": paper.id, "told": paper.abstract} for paper in papers]
        unchanged = (PAPERS.c.id == bindparam("of")) & (PAPERS.c.abstract == bindparam("told"))
        if rows:
            with self._engine.begin() as connection:
                changed = update(PAPERS).where(unchanged, PAPERS.c.state != State.REMOVING)
                connection.execute(changed.values(state=state), rows)

    def mark_ids(self, ids: Sequence[PaperId], state: State) -> None:
        """Write the state of papers; unknown ids are no error."""
        with self._engine.begin() as connection:
            for start in range(0, len(ids), _PAGE):
                page = ids[start : start + _PAGE]
                connection.execute(update(PAPERS).where(PAPERS.c.id.in_(page)).values(state=state))

    def mark_all(self, state: State) -> None:
        """Write the state of every paper that is not being removed."""
        with self._engine.begin() as connection:
            connection.execute(update(PAPERS).where(PAPERS.c.state != State.REMOVING).values(state=state))

    def forget(self, ids: Sequence[PaperId]) -> None:
        """Delete papers from the catalogue; the indexes must have forgotten them before."""
        with self._engine.begin() as connection:
            for start in range(0, len(ids), _PAGE):
                page = ids[start : start + _PAGE]
                gone = select(PAPERS.c.position).where(PAPERS.c.id.in_(page))
                connection.execute(delete(NAMES).where(NAMES.c.position.in_(gone)))
                connection.execute(delete(PAPERS).where(PAPERS.c.id.in_(page)))
                connection.execute(delete(SOURCES).where(SOURCES.c.paper_id.in_(page)))

    def ids(self, *states: State) -> tuple[PaperId, ...]:
        """Return the ids of all papers in these states, oldest first."""
        if sum(self.count()[state] for state in states) > _REMEMBERED:
            return self._ids(*states)
        return self._unchanged.get(("ids", *states), partial(self._ids, *states))

    def _ids(self, *states: State) -> tuple[PaperId, ...]:
        query = select(PAPERS.c.id).where(PAPERS.c.state.in_(states)).order_by(PAPERS.c.position)
        with self._engine.connect() as connection:
            return tuple(PaperId(value) for value in connection.scalars(query))

    def manifest(self) -> dict[str, str]:
        """Return how the indexes were built; empty for a library without papers."""
        return dict(self._unchanged.get("manifest", self._read_manifest))

    def _read_manifest(self) -> dict[str, str]:
        with self._engine.connect() as connection:
            rows = connection.execute(select(MANIFEST.c.key, MANIFEST.c.value)).all()
        return {key: value for key, value in rows if key != "schema"}

    def write_manifest(self, values: Mapping[str, str]) -> None:
        """Replace the manifest."""
        with self._engine.begin() as connection:
            connection.execute(delete(MANIFEST).where(MANIFEST.c.key != "schema"))
            connection.execute(insert(MANIFEST), [{"key": k, "value": v} for k, v in values.items()])

    def _position(self, paper_id: PaperId) -> int:
        with self._engine.connect() as connection:
            found = connection.scalar(select(PAPERS.c.position).where(PAPERS.c.id == paper_id))
        if found is None:
            raise PaperNotFound(f"no paper has the id {paper_id!r}; list the ids: footnote papers")
        return int(found)


def _paper(row: Row[tuple[object, ...]], sources: Mapping[str, tuple[str, ...]]) -> Paper:
    return Paper(
        id=PaperId(intern(row.id)),
        title=row.title,
        abstract=row.abstract,
        authors=tuple(json.loads(row.authors)),
        published=row.published,
        url=row.url,
        sources=sources.get(row.id, ()),
    )
