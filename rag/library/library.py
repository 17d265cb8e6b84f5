"""The one door to what is stored: catalogue, word index, vectors, kept in step.

Processes share a library by its locks. The one that builds vectors takes along whatever others add or
remove in the meantime, because it asks the catalogue again until nothing is left to do.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from rag.errors import IndexMismatch, LibraryDamaged, PaperNotFound
from rag.library.adding import Added
from rag.library.building import VectorBuilder
from rag.library.catalogue import Catalogue
from rag.library.checking import Condition, compare_stores
from rag.library.dense import DenseIndex
from rag.library.encoder import MODEL, EncodedQuestion, Vector
from rag.library.encoding import PaperEncoder
from rag.library.encodings import Encodings
from rag.library.lexical import LexicalIndex
from rag.library.locks import Locks
from rag.library.manifest import describe_build, require_same_build
from rag.library.schema import State
from rag.types import Paper, PaperId

_WORDS_BATCH = 5_000
_SPARE_ENCODINGS = 1_000
_QUESTIONS = 8


@dataclass(frozen=True, slots=True)
class IndexProgress:
    """How far the vectors are: papers done and to do in this run, and the seconds it took."""

    done: int
    total: int
    seconds: float

    @property
    def rate(self) -> float:
        """Papers a second; 0 before the first."""
        return self.done / self.seconds if self.seconds else 0.0

    @property
    def seconds_left(self) -> float | None:
        """Seconds left at this rate; None before the first paper."""
        return (self.total - self.done) / self.rate if self.rate else None


class Library:
    """Papers, searchable by words at once and by meaning as soon as their vectors are built."""

    def __init__(self, home: Path, *, encoder: PaperEncoder, rebuilding: bool = False) -> None:
        """Open the library in the folder `home`, and create it if there is none.

        Raises:
            LibraryUnwritable: the folder cannot be created or written.
            LibraryTooNew: a newer Footnote wrote it.
            IndexMismatch: it was built with another encoder or splitter, and `rebuilding` is not set.
            LibraryDamaged: a store is unreadable or lacks papers that the catalogue has.
        """
        self.home = home
        self.encoder = encoder
        self._locks = Locks(home)
        # A question is searched for and swept for, and so are its criteria; what a server counts is paid once.
        self._encode_question = functools.lru_cache(_QUESTIONS)(encoder.encode_question)
        with ExitStack() as opened:  # of a library that cannot be used, nothing stays open
            with self._locks.hold("open"):  # of several processes, one creates the stores
                self.catalogue = opened.enter_context(closing(Catalogue(home / "catalogue.sqlite")))
                self.lexical = LexicalIndex(home / "words", rebuilding=rebuilding)
                encodings = Encodings(home / "encodings.sqlite", model=encoder.model)
                self.encodings = opened.enter_context(closing(encodings))
            self.dense = opened.enter_context(closing(DenseIndex(home / "vectors")))
            self._ahead = opened.enter_context(ThreadPoolExecutor(1, thread_name_prefix="loading"))
            if not rebuilding:
                self.compare_manifest()
                self._compare_words()
            self._opened = opened.pop_all()

    def close(self) -> None:
        """Let go of the files."""
        self._opened.close()

    def add(self, papers: Iterable[Paper]) -> Added:
        """Write papers and make them searchable by their words; vectors are built by `index`."""
        with self._locks.hold("words"):
            if not self.catalogue.manifest():
                self.catalogue.write_manifest(describe_build(self.encoder))
            added = self.catalogue.add(papers)
            if added.new or added.updated:
                self._ahead.submit(self.encoder.load)  # `index` will ask for it soon
            self._index_words()
        return added

    def remove(self, ids: Sequence[PaperId]) -> None:
        """Take papers out. They are gone from answers at once; `index` clears away their vectors.

        Raises:
            PaperNotFound: an id is not in the library; nothing was removed.
        """
        known = self.catalogue.get(ids)
        missing = [paper_id for paper_id in ids if paper_id not in known]
        if missing:
            raise PaperNotFound(f"no paper has the id {missing[0]!r}; list the ids: footnote papers")
        with self._locks.hold("words"):
            self.catalogue.mark_ids(ids, State.REMOVING)
            self.lexical.remove(ids)

    def index(self) -> Iterator[IndexProgress]:
        """Build the vectors that are missing, and yield now and then how far that is.

        Nothing is lost when the caller stops early: the next call goes on, and no text is encoded twice.
        Yields nothing when there is nothing to do.

        Raises:
            LibraryBusy: another process is building the vectors; it takes these papers along.
            IndexMismatch: the model was changed while this library was open.
            ModelError: the encoder's server failed; what was stored before stays.
        """
        if not self._unfinished():
            return
        with self._locks.hold("vectors"):
            while self._unfinished():
                with self._locks.hold("words"):
                    self._index_words()
                    self._clear_removed()
                self._meet_encoder()
                yield from self._index_vectors()

    def encode_question(self, text: str) -> EncodedQuestion:
        """Encode a question for a search among the stored vectors.

        Raises:
            ModelError: the encoder's server did not give a vector.
            IndexMismatch: the vectors are another model's: it was changed while this library was open.
        """
        question = self._encode_question(text)
        if self.catalogue.manifest().get("model") not in (None, self.encoder.model):
            raise IndexMismatch("the library got another model for its vectors; start Footnote again")
        self.compare_manifest()
        return question

    def bundled_vector(self, text: str) -> Vector | None:
        """Return a question's vector by the bundled encoder, shape (384,); None where the library has another one."""
        return self._encode_question(text).vector if self.encoder.model == MODEL else None

    def unindexed(self) -> int:
        """Return the number of papers whose vectors are not built yet."""
        count = self.catalogue.count()
        return count[State.PENDING] + count[State.SEARCHABLE]

    def size(self) -> int:
        """Return the number of papers."""
        count = self.catalogue.count()
        return sum(count.values()) - count[State.REMOVING]

    def check(self) -> Condition:
        """Compare the indexes with the catalogue; set the states right and drop what is orphaned.

        What was found missing is built by `index` afterwards. Encodings of papers that are gone are
        kept, but when they outnumber the library by a thousand, they are dropped.

        Raises:
            LibraryBusy: another process is writing.
        """
        with self._locks.hold("vectors"), self._locks.hold("words"):
            self._clear_removed()
            if not self.dense.readable():
                self.dense.clear()
            if not self.encodings.readable():
                self.encodings.clear()
            found = compare_stores(
                self.catalogue, lexical=self.lexical, dense=self.dense, encodings=self.encodings
            )
            self.catalogue.mark_ids(sorted(found.vectors_missing), State.SEARCHABLE)
            self.catalogue.mark_ids(sorted(found.words_missing), State.PENDING)
            self.lexical.remove(sorted(found.words_orphaned))
            self.dense.remove(sorted(found.vectors_orphaned))
            self._index_words()
            if self.encodings.count() > 2 * found.papers + _SPARE_ENCODINGS:
                self.encodings.prune(self.catalogue.list())
        return found.counted(pending=self.unindexed())

    def clear_indexes(self) -> None:
        """Forget both indexes, so that `index` builds them anew from the catalogue.

        Raises:
            LibraryBusy: another process is writing.
            ModelError: the encoder's server cannot be used; nothing was forgotten.
        """
        self.encoder.encode_query("")  # a model out of reach must not cost the vectors that are there
        with self._locks.hold("vectors"), self._locks.hold("words"):
            # The states first: who asks meanwhile must not look for what is being cleared.
            self.catalogue.mark_all(State.PENDING)
            self.lexical.clear()
            self.dense.clear()
            self.catalogue.write_manifest(describe_build(self.encoder))
            self._index_words()

    def _unfinished(self) -> bool:
        count = self.catalogue.count()
        return any(count[s] for s in (State.PENDING, State.SEARCHABLE, State.REMOVING))

    def _index_words(self) -> None:
        while papers := list(islice(self.catalogue.list(states=[State.PENDING]), _WORDS_BATCH)):
            self.lexical.add(papers)
            self.catalogue.mark(papers, State.SEARCHABLE)

    def _clear_removed(self) -> None:
        removing = self.catalogue.ids(State.REMOVING)
        if removing:
            self.lexical.remove(removing)
            self.dense.remove(removing)
            self.catalogue.forget(removing)

    def _index_vectors(self) -> Iterator[IndexProgress]:
        began = time.monotonic()
        builder = VectorBuilder(self.catalogue, self.encoder, self.encodings, self.dense)
        before = 0
        while todo := self.catalogue.ids(State.SEARCHABLE):
            for done in builder.build(todo):
                yield IndexProgress(before + done, before + len(todo), time.monotonic() - began)
            before += len(todo)

    def _meet_encoder(self) -> None:
        """Before any encoding, make sure that the encoder answers, and as it did for the stored vectors.

        A model behind a server tells by its first vector how long its vectors are.
        """
        if self.encoder.dimensions is None and self.unindexed():
            self.encoder.encode_query("")
        self.compare_manifest()
        stored = self.catalogue.manifest()
        told = {**stored, **describe_build(self.encoder)}
        if told != stored:
            self.catalogue.write_manifest(told)

    def compare_manifest(self) -> None:
        """Make sure that the indexes were built as this Footnote would build them.

        Raises:
            IndexMismatch: another encoder or splitter was used.
            LibraryDamaged: there are indexes, and nothing says how they were built: their catalogue is lost.
        """
        # First the indexes: with the first papers of all, the manifest is written before them.
        indexed = self.lexical.count() > 0 or self.dense.exists()
        require_same_build(
            self.catalogue.manifest(), describe_build(self.encoder), home=self.home, indexed=indexed
        )

    def is_built_as_asked(self) -> bool:
        """Tell whether the indexes are, or are being, built by this encoder and splitter."""
        try:
            self.compare_manifest()
        except (IndexMismatch, LibraryDamaged):
            return False
        return bool(self.catalogue.manifest())

    def _compare_words(self) -> None:
        count = self.catalogue.count()
        expected = count[State.SEARCHABLE] + count[State.INDEXED]
        if self.lexical.count() >= expected:
            return
        with self._locks.hold("words"):  # another process may have been in the middle of writing
            count = self.catalogue.count()
            found, expected = self.lexical.count(), count[State.SEARCHABLE] + count[State.INDEXED]
        if found < expected:
            raise LibraryDamaged(
                f"the word index of {self.home} holds {found} of {expected} papers; repair it: footnote check"
            )
