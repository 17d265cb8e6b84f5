"""The word index as it is now: opened anew only when somebody wrote to it, the ids of papers at hand.

tantivy puts a new meta.json in the place of the old one with each commit, so a look at that file (3 µs)
tells whether to open the index anew (40 µs, six times a search). And it keeps a paper's id in
compressed blocks: fetching those of 600 hits takes ten times what finding them takes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from sys import intern

import tantivy

from rag.library.checksums import damaged, explains_damage
from rag.types import PaperId

_MOST = 200_000  # ids, and stems: 200 B each
_Written = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class OpenedWords:
    """The index in the folder `path` at one moment, `papers` many.

    `ids` are those of the papers that searches found, by their address; `rarities` those of stems. What reads
    files that are damaged raises `LibraryDamaged`.
    """

    path: Path
    written: _Written
    searcher: tantivy.Searcher
    papers: int
    ids: dict[int, PaperId] = field(default_factory=dict)
    rarities: dict[str, float] = field(default_factory=dict)

    @explains_damage
    def best(self, query: tantivy.Query, depth: int) -> dict[PaperId, float]:
        """Return the scores of the `depth` best papers, best first."""
        hits = self.searcher.search(query, limit=depth, count=False).hits
        if len(self.ids) > _MOST:
            self.ids.clear()
        known = self.ids.get
        places = [address.segment_ord << 32 | address.doc for _, address in hits]  # an address does not hash
        return {
            known(place) or self._read_id(place, address): score
            for place, (score, address) in zip(places, hits, strict=True)
        }

    @explains_damage
    def listed(self, offset: int, limit: int) -> list[PaperId]:
        """Return the ids of `limit` papers from `offset` on, in no order that means anything."""
        page = self.searcher.search(tantivy.Query.all_query(), limit=limit, offset=offset, count=False)
        return [PaperId(self.searcher.doc(address)["id"][0]) for _, address in page.hits]

    def rarity(self, stems: Iterable[str]) -> dict[str, float]:
        """Return the inverse document frequency of each stem: ln(1 + (N - n + 0.5) / (n + 0.5))."""
        if len(self.rarities) > _MOST:
            self.rarities.clear()
        known = self.rarities.get
        return {stem: known(stem) or self._count(stem) for stem in stems}

    def _count(self, stem: str) -> float:
        n = self.frequency(stem)
        found = self.rarities[intern(stem)] = math.log1p((self.papers - n + 0.5) / (n + 0.5))
        return found

    @explains_damage
    def frequency(self, stem: str) -> int:
        """Return the number of papers that hold a stem in title or abstract."""
        # tantivy counts a removed paper until it merges the segment, but not in the total.
        return min(self.searcher.doc_freq("text", stem), self.papers)

    def _read_id(self, place: int, address: tantivy.DocAddress) -> PaperId:
        found = self.ids[place] = PaperId(intern(self.searcher.doc(address)["id"][0]))
        return found


class WordReader:
    """Gives the index as it is now. Safe to use from several threads."""

    def __init__(self, index: tantivy.Index, path: Path) -> None:
        """`path` is the index's folder."""
        self.path = path
        self._index = index
        self._meta = path / "meta.json"
        self._opened: OpenedWords | None = None

    @explains_damage
    def now(self) -> OpenedWords:
        """Return the index with all that was committed before this call.

        Raises:
            LibraryDamaged: its files cannot be read.
        """
        opened, written = self._opened, self._written()
        if opened is None or opened.written != written:
            self._index.reload()
            searcher = self._index.searcher()
            opened = self._opened = OpenedWords(self.path, written, searcher, searcher.num_docs)
        return opened

    def _written(self) -> _Written:
        try:
            found = self._meta.stat()
        except OSError as error:  # the folder is gone
            raise damaged(self.path, error.strerror) from error
        return found.st_ino, found.st_mtime_ns, found.st_size
