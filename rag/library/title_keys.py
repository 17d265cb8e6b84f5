"""The title keys of a small library in memory: which papers does a question name? Pure.

After the encoder has run, asking SQLite for them takes .2 ms, a tenth of the whole search beyond it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rag.types import PaperId


@dataclass(frozen=True, slots=True)
class TitleKeys:
    """The title key of each paper, and the pairs of both in the order of the keys."""

    by_id: Mapping[PaperId, str]
    ordered: tuple[tuple[str, PaperId], ...]

    @classmethod
    def of(cls, by_id: Mapping[PaperId, str]) -> TitleKeys:
        """Put them in order."""
        return cls(by_id, tuple(sorted((key, paper_id) for paper_id, key in by_id.items())))

    def find(
        self, ids: Iterable[str], title_keys: Iterable[str], beginnings: Iterable[str]
    ) -> dict[PaperId, str]:
        """Return the papers that have one of these ids or title keys, or a key that begins so, with their keys.

        >>> keys = TitleKeys.of({PaperId("a"): "localpatches", PaperId("b"): "local"})
        >>> keys.find([], ["local"], ["localp"])
        {'b': 'local', 'a': 'localpatches'}
        """
        found = {PaperId(one): self.by_id[PaperId(one)] for one in ids if one in self.by_id}
        for key in title_keys:
            found |= {paper_id: held for paper_id, held in self._from(key) if held == key}
        for beginning in beginnings:
            found |= dict(self._from(beginning))
        return found

    def _from(self, beginning: str) -> Iterator[tuple[PaperId, str]]:
        for place in range(bisect_left(self.ordered, (beginning,)), len(self.ordered)):
            key, paper_id = self.ordered[place]
            if not key.startswith(beginning):
                return
            yield paper_id, key
