"""What the encoder made of each text, kept by content, so that no text is encoded twice.

Encoding is nearly all the work of adding a paper, and what comes out depends on the text and the
model alone. So it is kept under a hash of both, apart from the indexes: it outlives the removal of
its paper and every rebuild. One row a paper in SQLite; vectors are little-endian float32, 1.5 kB
each, token vectors int8: about 25 kB a paper.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Column, LargeBinary, MetaData, Table, delete, func, insert, select

from rag.errors import LibraryDamaged, LibraryUnwritable
from rag.library.encoder import EncodedPaper
from rag.library.schema import explain_errors, open_engine
from rag.library.token_vectors import TOKEN_DIMENSIONS
from rag.types import Paper, PaperId, Passage

# Another number makes all that is kept unknown: for an encoder that reads a paper in another way
# (window, pooling, prefix) under the same model name.
FORMAT = 2

_PAGE = 500
_AT_HAND = 1_000
_FLOAT = np.dtype("<f4")
_OFFSET = np.dtype("<i4")
_metadata = MetaData()
_ENCODINGS = Table(
    "encodings",
    _metadata,
    Column("key", LargeBinary, primary_key=True),
    Column("spans", LargeBinary, nullable=False),
    Column("paper", LargeBinary, nullable=False),
    Column("passages", LargeBinary, nullable=False),
    Column("tokens", LargeBinary, nullable=False),
)
_LIVING = Table("living", _metadata, Column("key", LargeBinary, primary_key=True), prefixes=["TEMPORARY"])


@dataclass(frozen=True, slots=True)
class Kept:
    """An encoding, and the offsets of the passages that it was pooled for: shape (passages, 2)."""

    encoded: EncodedPaper
    spans: NDArray[np.int32]

    def fits(self, passages: Sequence[Passage], *, dimensions: int | None) -> bool:
        """Tell whether it was made for these passages, and by a model with vectors of this length.

        Two servers may give different models the same name.
        """
        same_length = dimensions is None or len(self.encoded.paper) == dimensions
        return same_length and np.array_equal(self.spans, _spans(passages))


class Encodings:
    """The kept encodings of one model. One process writes at a time; any may read meanwhile."""

    def __init__(self, path: Path, *, model: str) -> None:
        """`path` is the file, created if there is none; `model` names the encoder.

        A file that holds something else is replaced: everything in it can be encoded again.

        Raises:
            LibraryUnwritable: the file cannot be created or opened; what it holds stays.
        """
        self.path = path
        self._model = model
        self._at_hand: dict[PaperId, tuple[Paper, Kept]] = {}  # what the last searches read
        try:
            self._open()
        except LibraryDamaged:
            self.clear()

    def clear(self) -> None:
        """Forget everything, readable or not."""
        self.close()
        self.path.unlink()
        self._open()

    def readable(self) -> bool:
        """Tell whether each kept encoding can be read back."""
        try:
            with self._engine.connect() as connection:
                return connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() == "ok"
        except LibraryDamaged:
            return False

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def get(self, papers: Sequence[Paper]) -> dict[PaperId, Kept]:
        """Return what is kept of these papers, by id; papers whose text is unknown are missing.

        What searches read again and again stays at hand, and may be gone from the file since.

        Raises:
            LibraryDamaged: the file cannot be read.
        """
        at_hand = self._at_hand
        known = {
            paper.id: entry[1]
            for paper in papers
            if (entry := at_hand.get(paper.id)) and (entry[0] is paper or entry[0] == paper)
        }
        missing = [paper for paper in papers if paper.id not in known]
        if not missing:
            return known
        found = self.read(missing)
        if len(self._at_hand) > _AT_HAND:
            self._at_hand = {}
        self._at_hand.update((paper.id, (paper, found[paper.id])) for paper in missing if paper.id in found)
        return known | found

    def read(self, papers: Sequence[Paper]) -> dict[PaperId, Kept]:
        """Return the same as the file holds it now, whoever wrote to it."""
        keys = {paper.id: self._key(paper) for paper in papers}
        found: dict[bytes, Kept] = {}
        with self._engine.connect() as connection:
            for page in _pages(iter(set(keys.values()))):  # papers of the same text share a key
                rows = connection.execute(select(_ENCODINGS).where(_ENCODINGS.c.key.in_(page)))
                found |= {key: _read(*blobs) for key, *blobs in rows}
        return {paper_id: found[key] for paper_id, key in keys.items() if key in found}

    def put(self, encoded: Iterable[tuple[Paper, Sequence[Passage], EncodedPaper]]) -> None:
        """Keep encodings, each in place of what was kept of its text."""
        rows = [
            {
                "key": self._key(paper),
                "spans": _spans(passages).tobytes(),
                "paper": vectors.paper.astype(_FLOAT).tobytes(),
                "passages": vectors.passages.astype(_FLOAT).tobytes(),
                "tokens": vectors.tokens.tobytes(),
            }
            for paper, passages, vectors in encoded
        ]
        if rows:
            with self._engine.begin() as connection:
                connection.execute(insert(_ENCODINGS).prefix_with("OR REPLACE"), rows)
            self._at_hand = {}

    def lacking(self, papers: Iterable[Paper]) -> set[PaperId]:
        """Return the papers of which nothing is kept: late interaction has no tokens of them."""
        lacking: set[PaperId] = set()
        remaining = iter(papers)
        with self._engine.connect() as connection:
            while page := list(islice(remaining, _PAGE)):
                keys = {paper.id: self._key(paper) for paper in page}
                sought = select(_ENCODINGS.c.key).where(_ENCODINGS.c.key.in_(set(keys.values())))
                known = set(connection.scalars(sought))
                lacking |= {paper_id for paper_id, key in keys.items() if key not in known}
        return lacking

    def count(self) -> int:
        """Return the number of texts that are kept, of all models."""
        with self._engine.connect() as connection:
            return connection.scalar(select(func.count()).select_from(_ENCODINGS)) or 0

    def prune(self, papers: Iterable[Paper]) -> None:
        """Forget all but the encodings of these papers."""
        with self._engine.begin() as connection:
            _LIVING.create(connection)
            for keys in _pages(self._key(paper) for paper in papers):
                connection.execute(insert(_LIVING).prefix_with("OR IGNORE"), [{"key": key} for key in keys])
            connection.execute(delete(_ENCODINGS).where(_ENCODINGS.c.key.not_in(select(_LIVING.c.key))))
            _LIVING.drop(connection)
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM")

    def _open(self) -> None:
        self._engine = open_engine(self.path)
        explain_errors(self._engine, self.path, store="encodings", mending="repair them: footnote check")
        try:
            _metadata.create_all(self._engine, tables=[_ENCODINGS])
        except (LibraryDamaged, LibraryUnwritable):
            self.close()
            raise

    def _key(self, paper: Paper) -> bytes:
        text = "\0".join((str(FORMAT), self._model, paper.title, paper.abstract))
        return hashlib.sha256(text.encode(errors="surrogatepass")).digest()


def _read(spans: bytes, paper: bytes, passages: bytes, tokens: bytes) -> Kept:
    whole = np.frombuffer(paper, _FLOAT)
    parts = np.frombuffer(passages, _FLOAT).reshape(-1, len(whole))
    pieces = np.frombuffer(tokens, np.int8).reshape(-1, TOKEN_DIMENSIONS)
    return Kept(EncodedPaper(whole, parts, pieces), np.frombuffer(spans, _OFFSET).reshape(-1, 2))


def _spans(passages: Sequence[Passage]) -> NDArray[np.int32]:
    return np.array([(one.start, one.end) for one in passages], _OFFSET).reshape(-1, 2)


def _pages(keys: Iterator[bytes]) -> Iterator[list[bytes]]:
    while page := list(islice(keys, _PAGE)):
        yield page
