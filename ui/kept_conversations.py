"""Conversations of a named user, kept on the server: one SQLite file a user, so that none holds another's.

A turn is kept as the page sends it, with the record of its answer; it is checked when it is drawn again
(`ui.keeping.read_answer`). What is deleted is overwritten, not only forgotten.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rag.errors import FootnoteError

Entry = Mapping[str, Any]

LARGEST_TURN = 10_000_000
MOST_OF_A_USER = 200_000_000
_LONGEST_TITLE = 120
_SCHEMA = """
PRAGMA auto_vacuum = FULL;
CREATE TABLE IF NOT EXISTS conversations (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS turns (
    place INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, entry TEXT NOT NULL, words TEXT NOT NULL,
    conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE
);
CREATE INDEX IF NOT EXISTS turns_of ON turns (conversation);
"""
_LIST = "SELECT id, title, created, updated FROM conversations AS c WHERE 1"
_HOLDS = (
    " AND (instr(folded(title), :{word}) OR EXISTS "
    "(SELECT 1 FROM turns WHERE conversation = c.id AND instr(words, :{word})))"
)


class NotKept(FootnoteError):
    """A turn cannot be kept; the message says why."""


def kept_by(home: Path, user: str) -> Kept:
    """Return what a user has kept; the file's name does not tell who that is."""
    return Kept(home / "conversations" / f"{hashlib.sha256(user.encode()).hexdigest()[:32]}.sqlite")


@dataclass(frozen=True, slots=True)
class Kept:
    """One user's conversations, in the file at `path`. Each call is a transaction of its own."""

    path: Path
    most: int = MOST_OF_A_USER

    def conversations(self, words: str = "") -> list[dict[str, str]]:
        """Return `id`, `title`, `created` and `updated`, newest first; of those that hold every word."""
        wanted = {f"word{n}": word for n, word in enumerate(words.casefold().split())}
        asked = _LIST + "".join(_HOLDS.format(word=name) for name in wanted) + " ORDER BY updated DESC"
        with self._open() as connection:
            return [dict(row) for row in connection.execute(asked, wanted)]

    def conversation(self, name: str) -> dict[str, str] | None:
        """Return one conversation of the list, or None."""
        return next((one for one in self.conversations() if one["id"] == name), None)

    def turns(self, conversation: str) -> list[dict[str, Any]]:
        """Return the turns of a conversation in the order in which they were asked."""
        asked = "SELECT entry FROM turns WHERE conversation = ? ORDER BY place"
        with self._open() as connection:
            return [json.loads(row["entry"]) for row in connection.execute(asked, [conversation])]

    def turn(self, name: str) -> dict[str, Any] | None:
        """Return one turn by its name, or None."""
        with self._open() as connection:
            row = connection.execute("SELECT entry FROM turns WHERE name = ?", [name]).fetchone()
        return json.loads(row["entry"]) if row else None

    def keep(self, entry: Entry, *, replaces: str = "") -> None:
        """Keep a turn as the last of its conversation; `replaces` names the one whose place it takes.

        `entry` has at least `name`, `conversation`, `question` and `text`.

        Raises:
            NotKept: it is too large, or the user has no room left.
        """
        written = json.dumps(entry, ensure_ascii=False)
        if len(written) > LARGEST_TURN:
            raise NotKept("this answer is too large to be kept")
        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        with self._open() as connection:
            (held,) = connection.execute("SELECT coalesce(sum(length(entry)), 0) FROM turns").fetchone()
            if held + len(written) > self.most:
                raise NotKept("your conversations fill the room there is; delete some, and ask again")
            connection.execute("DELETE FROM turns WHERE name IN (?, ?)", [entry["name"], replaces])
            _touch(connection, entry, now)
            connection.execute(
                "INSERT INTO turns (name, conversation, entry, words) VALUES (?, ?, ?, ?)",
                [entry["name"], entry["conversation"], written, _words(entry)],
            )

    def rename(self, conversation: str, title: str) -> None:
        """Give a conversation another title; an empty one changes nothing."""
        shown = title.strip()[:_LONGEST_TITLE]
        with self._open() as connection:
            if shown:
                connection.execute("UPDATE conversations SET title = ? WHERE id = ?", [shown, conversation])

    def remove(self, conversation: str) -> None:
        """Delete a conversation with its turns."""
        with self._open() as connection:
            connection.execute("DELETE FROM conversations WHERE id = ?", [conversation])

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.path, timeout=10.0)) as connection:
            connection.row_factory = sqlite3.Row
            connection.create_function("folded", 1, str.casefold, deterministic=True)
            connection.executescript(_SCHEMA)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA secure_delete = ON")
            with connection:
                yield connection


def _touch(connection: sqlite3.Connection, entry: Entry, now: str) -> None:
    """Begin the conversation, or say that it went on."""
    connection.execute(
        "INSERT INTO conversations VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET updated = excluded.updated",
        [entry["conversation"], str(entry["question"])[:_LONGEST_TITLE], now, now],
    )


def _words(entry: Entry) -> str:
    """What a search looks through."""
    return f"{entry['question']} {entry['text']}".casefold()
