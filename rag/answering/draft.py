"""What one writer has produced of an answer, and what the reader is told of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from rag.answering.comparing.comparison import silence_line
from rag.answering.refusing.rules import Finding
from rag.answering.sets.answering_sets import ModelSet
from rag.answering.sets.judging_prompt import JUDGING_VERSION
from rag.answering.sets.set_answer import SetAnswer
from rag.answering.sets.set_sentences import is_looked_up
from rag.answering.writing.footnotes import Footnotes
from rag.answering.writing.prompts import COMPARING_VERSION, EXPLAINING_VERSION, VERSION, own_version
from rag.answering.writing.quotes import HOW, WRITER
from rag.types import Comparison, Kind, Sentence, Source, Status, Usage


@dataclass(slots=True)
class Draft:
    """What one writer has produced so far; handed on as a whole when it is done."""

    writer: str
    footnotes: Footnotes = field(default_factory=Footnotes)
    sentences: list[Sentence] = field(default_factory=list)
    dropped: list[Sentence] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    usage: Usage = field(default_factory=Usage)
    failure: str = ""
    whole: SetAnswer | ModelSet | None = None
    comparison: Comparison | None = None
    listed: tuple[str, ...] = ()  # of quotes alone: how many of how many, and in which order

    @property
    def status(self) -> Status:
        """How the answer ends, as far as the writer can tell."""
        if isinstance(self.whole, ModelSet):
            return self.whole.status
        if not self.sentences:
            looked_up = self.whole is not None and is_looked_up(self.whole.criteria)
            return Status.NOT_IN_LIBRARY if looked_up else Status.NOT_STATED
        return Status.PARTIAL if self.failure else Status.ANSWERED

    def known_by_now(self, finding: Finding) -> Finding:
        """Return what is missing: verdicts know more than the `finding` by the ranking, and so do sets and comparisons without rows."""
        whole = self.whole
        if isinstance(whole, ModelSet) or (whole and (whole.missing or not self.sentences)):
            return Finding(self.status, whole.missing)
        if self.comparison and not self.sentences:
            return Finding(self.status, silence_line(self.comparison))
        return finding

    def prompts_for(self, kind: Kind, instructions: str) -> str:
        """Return the version of the prompts that a model was given; empty if none wrote. Papers are judged without `instructions`."""
        if self.writer == WRITER:
            return ""
        if isinstance(self.whole, ModelSet):
            return JUDGING_VERSION
        of_kind = EXPLAINING_VERSION if kind is Kind.EXPLAIN else VERSION
        return own_version(COMPARING_VERSION if self.comparison else of_kind, instructions)

    def sources(self) -> tuple[Source, ...]:
        """Return the cited papers; those of a set carry their verdicts."""
        told = {verdict.paper_id: verdict.verdict for verdict in self.whole.verdicts} if self.whole else {}
        return tuple(
            replace(source, verdict=told.get(source.paper.id)) for source in self.footnotes.sources()
        )

    def notices(self, status: Status) -> list[str]:
        """Return what the reader should know of how this was made, in a line each."""
        notices = []
        if self.writer == WRITER and status in {Status.ANSWERED, Status.PARTIAL}:
            notices.append(HOW)
        notices += self.whole.notices if self.whole else ()
        notices += self.listed
        if self.dropped:
            noun = "sentence" if len(self.dropped) == 1 else "sentences"
            notices.append(f"{len(self.dropped)} {noun} dropped: not supported by what was cited.")
        if self.unknown:
            numbers = ", ".join(f"[{number}]" for number in dict.fromkeys(self.unknown))
            notices.append(f"The model cited numbers that no source has: {numbers}.")
        return notices
