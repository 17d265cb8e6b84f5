"""The writer that asks a model: one prompt, a stream of sentences, each checked before it is shown.

A sentence that the checks refuse is sent back once, with the reason, in one short request after the
first: what was shown already stays where it is, and what could be mended follows it. What fails again
is dropped and counted. See docs/decisions/0009-mended-sentences-come-last.md.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from rag.answering.checks.verification import Support, check_sentence
from rag.answering.model.chat_model import ChatModel
from rag.answering.model.prompt import Prompt
from rag.answering.model.reply import Afresh
from rag.answering.writing.citations import (
    MarkedSentence,
    SentenceStream,
    find_foreign,
    is_whole,
    read_item,
    read_marked,
    split_sentences,
)
from rag.answering.writing.footnotes import Footnotes
from rag.answering.writing.packing import Shown
from rag.answering.writing.prompts import (
    EXPLAINING_RULES,
    NOT_IN_SOURCES,
    Refused,
    comparing_rules,
    render_prompt,
    render_repair,
)
from rag.answering.writing.tokens import usable_window
from rag.errors import ModelError
from rag.library.lexical import content_terms, stems
from rag.types import Kind, Question, RankedPaper, Sentence, Source, Usage

logger = logging.getLogger(__name__)

_MOST_REPLY_TOKENS = 2_000
_REPLY_SHARE = 4
_MOST_SOURCES = 30
_MOST_REPAIRS = 8
_CONTEXT_A_REPAIR = 500  # a small window holds few sentences beside their sources
_REPAIR_TOKENS = 80
_MOST_REPAIR_SOURCES = 8
_NOTHING = frozenset({NOT_IN_SOURCES.casefold(), "none", "not stated", "the source does not state it"})


@dataclass(frozen=True, slots=True)
class Written:
    """A checked sentence. `sources` are those it is the first to cite; none if it was refused."""

    sentence: Sentence
    sources: tuple[Source, ...]
    unknown_numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Failed:
    """The model broke off, for this reason: what it wrote before stands, the rest is missing."""

    reason: str


WriterEvent = Written | Usage | Afresh | Failed


def write_with_model(
    question: Question,
    ranked: Sequence[RankedPaper],
    model: ChatModel,
    footnotes: Footnotes,
    *,
    aspects: Sequence[str] = (),
) -> Iterator[WriterEvent]:
    """Yield the model's sentences as they are completed, the tokens spent, and how it failed if it did.

    Supported sentences come as soon as they are complete. The others come last: mended, or refused.
    After `Afresh`, what was yielded before does not count, and `footnotes` begin anew. With `aspects`,
    the papers are compared in them, and the `lead` of a sentence is the aspect that it shows.
    """
    reply_tokens = min(_MOST_REPLY_TOKENS, model.context // _REPLY_SHARE)
    prompt, sources = render_prompt(
        question.text,
        ranked[:_MOST_SOURCES],
        budget=usable_window(model.context) - reply_tokens,
        rules=_rules(question, aspects),
        instructions=model.instructions,
    )
    writing = _Writing(question, sources, footnotes, tuple(aspects))
    try:
        yield from writing.first_draft(model, prompt, reply_tokens)
        yield from writing.second_draft(model)
    except ModelError as error:
        yield Failed(str(error))
    yield from writing.dropped()


def _rules(question: Question, aspects: Sequence[str]) -> str:
    if aspects:
        return comparing_rules(aspects)
    return EXPLAINING_RULES if question.kind is Kind.EXPLAIN else ""


@dataclass(slots=True)
class _Writing:
    """What is known while one answer is written: the sentences shown, and those refused so far."""

    question: Question
    sources: tuple[Shown, ...]
    footnotes: Footnotes
    aspects: tuple[str, ...] = ()
    shown: set[str] = field(default_factory=set)
    refused: list[Refused] = field(default_factory=list)

    def first_draft(self, model: ChatModel, prompt: Prompt, reply_tokens: int) -> Iterator[WriterEvent]:
        """Yield what the checks let pass, sentence by sentence; keep the rest for a second try."""
        stream = SentenceStream()
        try:
            for piece in model.stream(prompt, most_tokens=reply_tokens):
                if isinstance(piece, Afresh):
                    stream = SentenceStream()
                    self.forget()
                    yield piece
                elif isinstance(piece, Usage):
                    yield piece
                else:
                    yield from self.take(stream.feed(piece))
        except ModelError:
            yield from self.take([sentence for sentence in stream.flush() if is_whole(sentence)])
            raise
        yield from self.take(stream.flush())

    def second_draft(self, model: ChatModel) -> Iterator[Written | Usage]:
        """Send the refused sentences back once; yield those that the checks let pass now."""
        most = min(_MOST_REPAIRS, model.context // _CONTEXT_A_REPAIR)
        asked, left = self.refused[:most], self.refused[most:]
        if not asked:
            return
        sources = _sources_for(asked, self.sources)
        prompt = render_repair(self.question.text, sources, asked)
        said = ""
        try:
            for piece in model.stream(prompt, most_tokens=_REPAIR_TOKENS * len(asked)):
                if isinstance(piece, Usage):
                    yield piece
                else:
                    said = "" if isinstance(piece, Afresh) else said + piece
        except ModelError as error:
            logger.info("refused sentences were not mended", extra={"reason": str(error)})
            return
        waiting = dict(enumerate(asked, start=1))
        yield from self.mend(split_sentences(said), waiting)
        self.refused = [*waiting.values(), *left]

    def dropped(self) -> Iterator[Written]:
        """Yield the sentences that stay refused."""
        for refused in self.refused:
            sentence = Sentence(refused.text, (), supported=False, reason=refused.reason)
            yield Written(sentence, (), self.unknown(refused.numbers))

    def take(self, sentences: list[str]) -> Iterator[Written]:
        """Check sentences of the first draft."""
        for aspect, marked in map(self.read, sentences):
            if not marked.text or marked.text.rstrip(".").casefold() in _NOTHING or marked.text in self.shown:
                continue
            support = self.check(marked)
            refused = Refused(marked.text, marked.numbers, support.reason, aspect)
            if support.supported:
                yield self.write(marked, support, aspect=aspect)
            elif refused not in self.refused:
                self.refused.append(refused)

    def mend(self, sentences: list[str], waiting: dict[int, Refused]) -> Iterator[Written]:
        """Check sentences of the second draft, and strike out those they replace."""
        for sentence in sentences:
            (_, marked), item = self.read(sentence), read_item(sentence) or next(iter(waiting), None)
            if item not in waiting or marked.text in self.shown:
                continue
            support = self.check(marked)
            if support.supported:
                yield self.write(marked, support, aspect=waiting.pop(item).aspect)

    def read(self, sentence: str) -> tuple[str, MarkedSentence]:
        """Part a sentence from its markers, and from the aspect in front of it."""
        marked = read_marked(sentence)
        label, colon, text = marked.text.partition(":")
        if colon and (aspect := label.strip().lower()) in self.aspects:
            return aspect, replace(marked, text=text.strip())
        return "", marked

    def check(self, marked: MarkedSentence) -> Support:
        """Check a sentence against the sources that it cites."""
        shown = [source.paper for source in self.sources]
        cited = [source.paper for source in self.sources if source.number in marked.numbers]
        if find_foreign(marked.text, " ".join(f"{paper.title} {paper.abstract}" for paper in cited)):
            return Support(False, "it holds a link or markup that no source has", ())
        return check_sentence(marked.text, cited, question=self.question.text, shown=shown)

    def write(self, marked: MarkedSentence, support: Support, *, aspect: str) -> Written:
        """Give a supported sentence its footnotes."""
        self.shown.add(marked.text)
        ready = self.footnotes.write(
            marked.text, support.evidence, added=support.added, claims=support.claims, lead=aspect
        )
        return Written(ready.sentence, ready.sources, self.unknown(marked.numbers))

    def unknown(self, numbers: tuple[int, ...]) -> tuple[int, ...]:
        """Return the numbers that no source has."""
        return tuple(number for number in numbers if not 1 <= number <= len(self.sources))

    def forget(self) -> None:
        """Begin anew: what was said was no answer yet."""
        self.footnotes.forget()
        self.shown.clear()
        self.refused.clear()


def _sources_for(refused: list[Refused], sources: tuple[Shown, ...]) -> list[Shown]:
    """The sources that refused sentences cite, and for each the one that holds most of its words."""
    if not sources:
        return []
    held = {source.number: set(stems(f"{source.paper.title} {source.paper.abstract}")) for source in sources}
    wanted: set[int] = set()
    for wrong in refused:
        words = set(content_terms(wrong.text))
        nearest = max(held, key=lambda number: (len(words & held[number]), -number))
        wanted |= {nearest, *wrong.numbers}
    return [source for source in sources if source.number in wanted][:_MOST_REPAIR_SOURCES]
