"""Build the vectors of papers: take what is kept, encode the rest, keep it, store it.

Encoding is what takes the time, so nothing makes it wait: texts are handed to the encoder ahead of
need, in no batches that end together, and what is encoded is stored elsewhere (`storing`) in large
batches. Encodings are kept before they are stored: whatever stops this, no text is encoded again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass

from rag.library.catalogue import Catalogue
from rag.library.dense import DenseIndex
from rag.library.encoder import EncodedPaper
from rag.library.encoding import PaperEncoder
from rag.library.encodings import Encodings
from rag.library.passages import split_passages
from rag.library.schema import State
from rag.library.storing import StoringProcess
from rag.types import Paper, PaperId, Passage

Encoded = tuple[Paper, tuple[Passage, ...], EncodedPaper]

_PAGE = 128
_KEPT_AT_ONCE = 32
_STORED_AT_ONCE = 128
_LEAST_AT_ONCE = 16
_AHEAD = 16
_BEHIND = 4
# Seconds, many times those of storing a batch: 128 papers take one, and to open the store .1 ms for each that it holds.
_PATIENCE = 60.0
_PATIENCE_A_PAPER = 0.001
# A process of its own takes two seconds to start; a few papers are stored here in less.
_FEW = 100


@dataclass(frozen=True, slots=True)
class VectorBuilder:
    """What it takes to bring papers from `searchable` to `indexed`."""

    catalogue: Catalogue
    encoder: PaperEncoder
    encodings: Encodings
    dense: DenseIndex

    def build(self, ids: Sequence[PaperId]) -> Iterator[int]:
        """Build the vectors of these papers, and yield now and then how many are encoded.

        The last number comes when all are stored. Whoever stops early waits for the texts and the
        write that are under way, and no more.
        """
        done = 0
        batch: list[Encoded] = []
        with self._storing(few=len(ids) <= _FEW) as storing, closing(self._encoded(ids)) as encoded:
            waiting: deque[Future[None]] = deque()
            for one in encoded:
                batch.append(one)
                done += 1
                if len(batch) >= _enough(left=len(ids) - done):
                    waiting.append(storing(batch))
                    batch = []
                while waiting and (len(waiting) > _BEHIND or waiting[0].done()):
                    waiting.popleft().result()
                if done % _KEPT_AT_ONCE == 0:
                    yield done
            waiting.append(storing(batch))
            for stored in waiting:
                stored.result()
        yield len(ids)

    def _encoded(self, ids: Sequence[PaperId]) -> Generator[Encoded]:
        """Yield the encodings of these papers; new ones are kept before they are handed on."""
        fresh: list[Encoded] = []
        try:
            for one in self._side_by_side(ids):
                if isinstance(one, Future):
                    fresh.append(one.result())
                else:
                    yield one
                if len(fresh) == _KEPT_AT_ONCE:
                    page, fresh = fresh, []
                    self.encodings.put(page)
                    yield from page
        finally:
            self.encodings.put(fresh)
        yield from fresh

    def _side_by_side(self, ids: Sequence[PaperId]) -> Iterator[Encoded | Future[Encoded]]:
        """Yield what is kept as it is, and the rest as the encoder takes it up."""
        pool = ThreadPoolExecutor(self.encoder.workers, thread_name_prefix="encoding")
        ahead: deque[Encoded | Future[Encoded]] = deque()
        try:
            for start in range(0, len(ids), _PAGE):
                papers = self.catalogue.get(ids[start : start + _PAGE])
                kept = self.encodings.read(list(papers.values()))
                for paper in papers.values():
                    passages = split_passages(paper)
                    known = kept.get(paper.id)
                    if known and known.fits(passages, dimensions=self.encoder.dimensions):
                        ahead.append((paper, passages, known.encoded))
                    else:
                        ahead.append(pool.submit(self._encode, paper, passages))
                    if len(ahead) > _AHEAD * self.encoder.workers:
                        yield ahead.popleft()
            yield from ahead
        finally:
            pool.shutdown(cancel_futures=True)

    def _encode(self, paper: Paper, passages: tuple[Passage, ...]) -> Encoded:
        return paper, passages, self.encoder.encode_paper(paper, passages)

    @contextmanager
    def _storing(self, *, few: bool) -> Iterator[Callable[[Sequence[Encoded]], Future[None]]]:
        """Store batches in the order in which they come, beside whatever goes on."""
        patience = _PATIENCE + _PATIENCE_A_PAPER * sum(self.catalogue.count().values())
        with nullcontext(self.dense) if few else StoringProcess(self.dense.path, patience=patience) as index:

            def store(batch: Sequence[Encoded]) -> None:
                index.add(batch)
                self.catalogue.mark([paper for paper, _, _ in batch], State.INDEXED)

            thread = ThreadPoolExecutor(1, thread_name_prefix="storing")
            try:
                yield lambda batch: thread.submit(store, batch)
            finally:
                thread.shutdown(cancel_futures=True)


def _enough(*, left: int) -> int:
    """Return how many papers are stored at once: fewer towards the end, when nothing is encoded meanwhile."""
    return min(_STORED_AT_ONCE, max(_LEAST_AT_ONCE, left))
