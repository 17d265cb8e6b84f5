"""The text of an answer as it grows, sentence by sentence, with the annotations of its numbers. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from rag.contracts import Record, marked
from rag.types import Answer, Citation, Sentence, Source
from ui.refusals import refusal_heading

_WITHDRAWN = "\n\n(What stands above was withdrawn and does not count.)\n\n"


class Composition:
    """The text as it grows, sentence by sentence, with the annotations of its numbers."""

    def __init__(self) -> None:
        self.annotations: list[Record] = []
        self._sources: dict[int, Source] = {}
        self._pieces: list[str] = []
        self._length = 0

    @property
    def whole(self) -> str:
        """All that was sent."""
        return "".join(self._pieces)

    def add(self, sentence: Sentence, sources: Iterable[Source]) -> str:
        """Return the piece that the sentence adds to the text."""
        self._sources |= {source.number: source for source in sources}
        piece = self.say(f"{' ' if self._length else ''}{marked(sentence)}")
        place = self._length - sum(len(f"[{citation.number}]") for citation in sentence.citations)
        for citation in sentence.citations:
            end = place + len(f"[{citation.number}]")
            self.annotations.append(_annotation(citation, self._sources[citation.number], place, end))
            place = end
        return piece

    def say(self, words: str) -> str:
        """Return words as they are, without annotations."""
        self._pieces.append(words)
        self._length += len(words)
        return words

    def withdraw(self) -> str:
        """Return the words that take back what was sent; its annotations are forgotten."""
        self.annotations.clear()
        self._sources.clear()
        return self.say(_WITHDRAWN) if self._length else ""


def compose(answer: Answer) -> tuple[str, list[Record]]:
    """Return the whole text of an answer and its annotations; a refusal says why."""
    text = Composition()
    pieces = [text.add(sentence, answer.sources) for sentence in answer.sentences]
    return "".join(pieces) or refusal_heading(answer.status), text.annotations


def _annotation(citation: Citation, source: Source, start: int, end: int) -> Record:
    return {
        "type": "url_citation",
        "url_citation": {
            "start_index": start,
            "end_index": end,
            "title": source.paper.title,
            "url": source.paper.url or "",
            "paper_id": source.paper.id,
            "quote": " … ".join(evidence.quote for evidence in citation.evidence),
        },
    }
