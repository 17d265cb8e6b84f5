"""The vectors that a page's library lacks, built behind the page for as long as it is served."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator

from rag.errors import FootnoteError, LibraryBusy
from rag.library.library import IndexProgress, Library
from rag.numbers import pace

logger = logging.getLogger(__name__)

_RETRY_SECONDS = 5.0


class Indexing:
    """Builds the vectors of the library that is asked, and tells how far they are."""

    def __init__(self, library: Callable[[], Library]) -> None:
        """`library` returns the one to ask now: another one, once the first papers of one's own are added."""
        self._library = library
        self._progress: IndexProgress | None = None

    def state(self) -> str:
        """Say how far the vectors are, with the rate and the time left while they are being built."""
        library = self._library()
        left, size = library.unindexed(), library.size()
        if not left:
            return "index complete"
        said = f"searchable by words; vectors for {size - left:,} of {size:,}"
        progress = self._progress
        if progress is None or progress.seconds_left is None:
            return said
        return f"{said}, {pace(progress.rate, seconds_left=left / progress.rate)}"

    def run(self) -> None:
        """Build missing vectors, now and whenever papers were added; runs until the process ends."""
        while True:
            try:
                for progress in self.build():
                    self._progress = progress
            except LibraryBusy:
                logger.debug("another process builds the vectors")
            except FootnoteError as error:
                logger.warning("vectors were not built", extra={"reason": str(error)})
            except Exception:  # a full disk, say: the page must go on, and the next try may succeed
                logger.exception("vectors were not built")
            self._progress = None
            time.sleep(_RETRY_SECONDS)

    def build(self) -> Iterator[IndexProgress]:
        """Build the vectors that are missing; those of the sample no longer than it is the library that is asked."""
        library = self._library()
        for progress in library.index():
            yield progress
            if self._library() is not library:
                return
