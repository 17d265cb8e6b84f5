"""One conversation in the browser: a question in, the page's pieces out, event by event.

The library is shared by all sessions; a conversation belongs to the one that holds its state.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from dataclasses import replace

from rag.app import OpenLibrary, build_answerer, open_any
from rag.errors import FootnoteError, LibraryBusy
from rag.library.schema import State
from rag.sample import NAME
from rag.settings import Settings
from rag.types import AnswerEvent, Completed, Notice, Resolved, Retrieved, SentenceReady, Waiting, Withdrawn
from ui.render import Turn, describe, render_header

logger = logging.getLogger(__name__)

# Questions that show what can be asked.
EXAMPLES = (
    "which papers combine local and global features?",
    "Which papers use state space models such as Mamba?",
    "How does temperature act in contrastive learning?",
    "Compare Vision Transformers with convolutional networks",
)
_RETRY_SECONDS = 15.0


class Desk:
    """The library that the page asks: the user's, or the sample while that one is empty."""

    def __init__(self, settings: Settings) -> None:
        """Open the library; a damaged one fails here, before the page is served."""
        self._settings = settings
        self._guard = threading.Lock()
        self._opened = open_any(settings)

    @property
    def opened(self) -> OpenLibrary:
        """The library to ask now. It changes from the sample to the user's with the first `add`."""
        with self._guard:
            if self._opened.is_sample:
                self._opened = self._again(self._opened)
            return self._opened

    def header(self) -> str:
        """Draw the header for the library as it stands now."""
        opened = self.opened
        count = opened.library.catalogue.count()
        return render_header(
            papers=opened.library.size(),
            encoded=count[State.INDEXED],
            writer=self._settings.model.name if self._settings.writer == "llm" else "quotes",
            sample=NAME if opened.is_sample else "",
        )

    def converse(self, question: str, number: int) -> Iterator[Turn]:
        """Answer a question; yield the turn as it grows. Errors of ours end in a turn that says so."""
        turn = Turn(number, question)
        yield turn
        try:
            for event in build_answerer(self._settings, self.opened.library).answer(question):
                turn = _advance(turn, event)
                yield turn
        except FootnoteError as error:
            yield replace(turn, error=str(error))

    def keep_indexing(self) -> None:
        """Build missing vectors, now and whenever papers were added; runs until the process ends."""
        while True:
            try:
                for _ in self.opened.library.index():
                    pass
            except LibraryBusy:
                logger.debug("another process builds the vectors")
            except FootnoteError as error:
                logger.warning("vectors were not built", extra={"reason": str(error)})
            except Exception:  # a full disk, say: the page must go on, and the next try may succeed
                logger.exception("vectors were not built")
            time.sleep(_RETRY_SECONDS)

    def _again(self, opened: OpenLibrary) -> OpenLibrary:
        fresh = open_any(self._settings)
        if fresh.is_sample:
            fresh.library.close()
            return opened
        return fresh


def _advance(turn: Turn, event: AnswerEvent) -> Turn:
    match event:
        case Resolved() | Waiting():
            return replace(turn, stage=event.text if isinstance(event, Waiting) else "searching")
        case Retrieved(ranking):
            return replace(turn, stage=f"{describe(ranking)} · writing")
        case Notice():
            return replace(turn, notices=(*turn.notices, event))
        case SentenceReady(sentence, sources):
            return replace(turn, sentences=(*turn.sentences, sentence), sources=(*turn.sources, *sources))
        case Withdrawn():
            return replace(turn, sentences=(), sources=())
        case Completed(answer):
            return replace(turn, sentences=answer.sentences, sources=answer.sources, answer=answer, stage="")
