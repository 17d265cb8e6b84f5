"""What a model said of each paper and criterion, kept by content, so that nothing is asked twice.

A verdict depends on the text of the paper, the criterion, the prompt and the model alone. So it is kept under
a hash of these: it outlives the paper's removal, serves whatever question asks for the same criterion again,
and its offsets always fit. Beside it stand how fast each model judged, and which kinds of answer it took questions
to ask for. One SQLite file in the library's folder; what cannot be read or written there costs requests, never an
answer.
"""

from __future__ import annotations

import hashlib
import json
import logging
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar

from sqlalchemy import (
    Column,
    Connection,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    insert,
    select,
)
from sqlalchemy.exc import DatabaseError, SQLAlchemyError

from rag.answering.asking.kind_prompt import KIND_VERSION
from rag.answering.sets.estimating import Pace
from rag.answering.sets.judging_prompt import JUDGING_VERSION
from rag.library.schema import open_engine
from rag.types import Criterion, CriterionVerdict, Evidence, Judgement, Kind, Paper, PaperId, Span

logger = logging.getLogger(__name__)

FILE = "verdicts.sqlite"
_PAGE = 500
_metadata = MetaData()
_VERDICTS = Table(
    "verdicts",
    _metadata,
    Column("key", LargeBinary, primary_key=True),
    Column("verdict", String, nullable=False),
    Column("spans", String, nullable=False),
)
_PACES = Table(
    "paces",
    _metadata,
    Column("model", String, primary_key=True),
    Column("verdicts", Integer, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("tokens", Integer, nullable=False),
)
_KINDS = Table(
    "kinds",
    _metadata,
    Column("key", LargeBinary, primary_key=True),
    Column("kind", String, nullable=False),
)
T = TypeVar("T")


class KeptVerdicts:
    """The kept verdicts of one model; it can be shared by threads and processes."""

    def __init__(self, path: Path, *, model: str) -> None:
        """`path` is the file, created if there is none; one that is no database is replaced."""
        self._model = model
        self._engine = open_engine(path, holding=False)  # one for each question asked
        try:
            _metadata.create_all(self._engine)
        except DatabaseError as error:
            if type(error.orig) is sqlite3.DatabaseError:  # its subclasses speak of locks, disks and rights
                path.unlink()
            self._use(_metadata.create_all)

    def get(self, papers: Iterable[Paper], criterion: Criterion) -> dict[PaperId, CriterionVerdict]:
        """Return what is kept of these papers under a criterion, by id."""
        return self._use(lambda connection: self._read(connection, papers, criterion)) or {}

    def put(self, judged: Sequence[tuple[Paper, CriterionVerdict]]) -> None:
        """Keep verdicts, each in place of what was kept of the same."""
        rows = [
            {
                "key": self._key(paper, one.criterion),
                "verdict": one.verdict.value,
                "spans": json.dumps([(evidence.start, evidence.end) for evidence in one.evidence]),
            }
            for paper, one in judged
        ]
        if rows:
            self._use(
                lambda connection: connection.execute(insert(_VERDICTS).prefix_with("OR REPLACE"), rows)
            )

    def pace(self) -> Pace | None:
        """Return how fast the model was in its last sweep, if there was one."""
        sought = select(_PACES.c.verdicts, _PACES.c.seconds, _PACES.c.tokens)
        row = self._use(lambda c: c.execute(sought.where(_PACES.c.model == self._model)).first())
        return Pace(*row) if row else None

    def put_pace(self, pace: Pace) -> None:
        """Keep how fast the model was."""
        row = {
            "model": self._model,
            "verdicts": pace.verdicts,
            "seconds": pace.seconds,
            "tokens": pace.completion_tokens,
        }
        self._use(lambda connection: connection.execute(insert(_PACES).prefix_with("OR REPLACE"), row))

    def kind(self, question: str) -> Kind | None:
        """Return the kind of answer that the model took a question to ask for, if it was asked."""
        sought = select(_KINDS.c.kind).where(_KINDS.c.key == self._key_of(KIND_VERSION, question))
        found = self._use(lambda connection: connection.execute(sought).scalar())
        return Kind(found) if found else None

    def put_kind(self, question: str, kind: Kind) -> None:
        """Keep what kind of answer a question asks for."""
        row = {"key": self._key_of(KIND_VERSION, question), "kind": kind.value}
        self._use(lambda connection: connection.execute(insert(_KINDS).prefix_with("OR REPLACE"), row))

    def _read(
        self, connection: Connection, papers: Iterable[Paper], criterion: Criterion
    ) -> dict[PaperId, CriterionVerdict]:
        found: dict[PaperId, CriterionVerdict] = {}
        for page in _pages(papers):
            keys = {self._key(paper, criterion): paper for paper in page}
            rows = connection.execute(select(_VERDICTS).where(_VERDICTS.c.key.in_(keys)))
            known = {row.key: (Judgement(row.verdict), json.loads(row.spans)) for row in rows}
            for paper in page:
                if kept := known.get(self._key(paper, criterion)):
                    verdict, spans = kept
                    evidence = tuple(Evidence.cut(paper, Span(*span), score=1.0) for span in spans)
                    found[paper.id] = CriterionVerdict(criterion, verdict, evidence)
        return found

    def _key(self, paper: Paper, criterion: Criterion) -> bytes:
        """What is ruled out is asked like what is wanted, so it is kept alike."""
        asked = " ".join(criterion.text.casefold().split())
        return self._key_of(JUDGING_VERSION, asked, paper.title, paper.abstract)

    def _key_of(self, version: str, *texts: str) -> bytes:
        text = "\0".join((version, self._model, *texts))
        return hashlib.sha256(text.encode(errors="surrogatepass")).digest()

    def _use(self, ask: Callable[[Connection], T]) -> T | None:
        try:
            with self._engine.begin() as connection:
                return ask(connection)
        except SQLAlchemyError as error:
            logger.warning("kept verdicts cannot be used", extra={"reason": type(error).__name__})
            return None


def _pages(papers: Iterable[Paper]) -> Iterator[list[Paper]]:
    remaining = iter(papers)
    while page := list(islice(remaining, _PAGE)):
        yield page
