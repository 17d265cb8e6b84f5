"""The desk at which the page asks: its library, and a question in, a turn that grows out, event by event.

The library is shared by all sessions; a conversation comes with each question, from the session that holds it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Generator
from contextlib import ExitStack, closing
from dataclasses import replace

from rag.answering.asking.criteria_line import parse_criteria
from rag.app import OpenLibrary, build_answerer, build_retriever, open_library, open_sample
from rag.errors import FootnoteError, LibraryUnwritable, SettingsError
from rag.library.adding import Added
from rag.library.remote_encoder import RemoteEncoder
from rag.library.schema import State
from rag.settings import Settings
from rag.sources.reading import read_source
from rag.types import AnswerEvent, Kind, PaperId, Question, Reading, SentenceReady
from ui.asking import read_asking
from ui.choice import choose, read_choice, spends_own
from ui.continuing import about, read_conversation
from ui.examples import EXAMPLES, library_examples
from ui.indexing import Indexing
from ui.one_by_one import OneByOne
from ui.render import render_header, render_welcome
from ui.turns import Turn, advance

logger = logging.getLogger(__name__)

_FIRST = 2  # a set begins with its count


class Desk:
    """The library that the page asks: the user's, or the sample while that one is empty."""

    def __init__(self, settings: Settings) -> None:
        """Open the library; a damaged one fails here, before the page is served."""
        self.settings = settings
        self.one_by_one = OneByOne()
        self._guard = threading.Lock()
        self._held = ExitStack()
        # It stays open: whether it is empty is asked with each request.
        self._own = self._held.enter_context(closing(open_library(settings)))
        self._opened = (
            OpenLibrary(self._own, is_sample=False)
            if self._own.size()
            else self._held.enter_context(closing(OpenLibrary(open_sample(settings), is_sample=True)))
        )
        self.indexing = Indexing(lambda: self.opened.library)

    def close(self) -> None:
        """Let go of all files, those of the sample, too: who began to ask it may go on until then."""
        self._held.close()

    @property
    def opened(self) -> OpenLibrary:
        """The library to ask now. It changes from the sample to the user's with the first `add`."""
        with self._guard:
            if self._opened.is_sample and self._own.size():
                # Who added to it may have chosen another encoder.
                fresh = self._held.enter_context(closing(open_library(self.settings)))
                self._own.close()
                self._own, self._opened = fresh, OpenLibrary(fresh, is_sample=False)
            return self._opened

    def header(self) -> str:
        """Draw the header for the library as it stands now."""
        opened = self.opened
        count = opened.library.catalogue.count()
        return render_header(
            papers=opened.library.size(),
            encoded=count[State.INDEXED],
            writer=self.settings.writer_name,
            is_sample=opened.is_sample,
        )

    def welcome(self) -> str:
        """Draw what stands before the first question, with examples that fit the library."""
        opened = self.opened
        titles = (paper.title for paper in opened.library.catalogue.list())
        examples = EXAMPLES if opened.is_sample else library_examples(titles)
        return render_welcome(is_sample=opened.is_sample, examples=examples)

    def converse(
        self, question: str, name: str, *, choice: str = "", asking: str = ""
    ) -> Generator[Turn, None, None]:
        """Answer a question; yield the turn as it grows. Errors of ours end in a turn that says so.

        `choice` is what the visitor chose for the session, as `read_choice` takes it; `asking` what was
        said before this question and how it is to be answered, as `read_asking` takes it.
        """
        turn = Turn(name, question)
        try:
            chosen = read_choice(choice)
            settings, asked = choose(self.settings, chosen), read_asking(asking)
            if asked.whole and not spends_own(self.settings, chosen):
                raise SettingsError(
                    "this server keeps to its budget for a question; narrow the question down, or enter a key "
                    "of your own in the settings"
                )
            said = about(read_conversation(asked.said), asked.scope.ids)
            turn = replace(turn, said=said, writer=settings.writer_name)
            for event in build_answerer(settings, self.opened.library).answer(
                question,
                kind=asked.kind,
                scope=asked.scope,
                conversation=said,
                criteria=parse_criteria(asked.criteria) if asked.criteria else None,
                whole=asked.whole,
            ):
                turn = advance(turn, event)
                if not _comes_at_once(turn, event):
                    yield turn
        except FootnoteError as error:
            yield replace(turn, error=str(error))

    def takes_turns(self, choice: str = "") -> bool:
        """Tell whether an answer, as the visitor chose it, is this processor's work alone: it waits for no server."""
        try:
            settings = choose(self.settings, read_choice(choice))
        except FootnoteError:  # the answer will say so
            return False
        return (
            settings.writer == "quotes"
            and settings.rerank.kind in {"none", "cross-encoder"}
            and not isinstance(self.opened.library.encoder, RemoteEncoder)
        )

    def add(self, content: bytes, name: str) -> tuple[Reading, Added]:
        """Read a file's papers and add them to the user's library; what was passed over is in the reading.

        Raises:
            LibraryError: the library cannot be written.
        """
        reading = read_source(content, source=name)
        opened = self.opened
        if not opened.is_sample:
            return reading, opened.library.add(reading.papers)
        own = open_library(self.settings)
        try:
            return reading, own.add(reading.papers)
        finally:
            own.close()

    def remove(self, paper_id: PaperId) -> None:
        """Take a paper out of the user's library.

        Raises:
            PaperNotFound: it is not there.
            LibraryUnwritable: this is the sample, which stays as it is.
        """
        opened = self.opened
        if opened.is_sample:
            raise LibraryUnwritable("the sample stays as it is; it goes when you add papers of your own")
        opened.library.remove([paper_id])

    def warm_up(self) -> None:
        """Load what the first question needs, before it is asked; no other server is asked for anything."""
        if not self.takes_turns('{"writer": "quotes"}'):
            return
        try:
            library = self.opened.library
            build_answerer(self.settings, library)
            build_retriever(self.settings, library).search(Question("papers", Kind.LIST, "papers"), limit=1)
        except FootnoteError as error:  # the first question will say so
            logger.debug("nothing was loaded ahead", extra={"reason": str(error)})


def _comes_at_once(turn: Turn, event: AnswerEvent) -> bool:
    """Tell a quote that others follow within the same moment: drawing each would take longer than all of them.

    Of a comparison none is drawn, because they end up in a table; of a judged set all are there already.
    """
    if not isinstance(event, SentenceReady) or not (turn.judging or turn.writer == "quotes"):
        return False
    compares = turn.read_as is not None and turn.read_as.kind is Kind.COMPARE
    return compares or len(turn.sentences) > _FIRST
