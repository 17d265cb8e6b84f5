"""Things that go wrong with an answerer, put around a real one: nothing of it is patched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from eval.asking import Answers
from rag.answering.writing.footnotes import Footnotes
from rag.types import NOTHING_SAID, Answer, AnswerEvent, Citation, Completed, Conversation, Sentence, Status

Fault = Callable[[Answer], Answer]


class Remembering:
    """Answers a question once and gives the same answer again, so that many faults can share it."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._known: dict[tuple[str, Conversation], tuple[AnswerEvent, ...]] = {}

    def answer(self, asked: str, *, conversation: Conversation = NOTHING_SAID) -> Iterator[AnswerEvent]:
        """Yield the events of the first time."""
        key = (asked, conversation)
        if key not in self._known:
            self._known[key] = tuple(self._answers.answer(asked, conversation=conversation))
        yield from self._known[key]


class Faulty:
    """Another's answers, spoiled."""

    def __init__(self, answers: Answers, fault: Fault) -> None:
        self._answers = answers
        self._fault = fault

    def answer(self, asked: str, *, conversation: Conversation = NOTHING_SAID) -> Iterator[AnswerEvent]:
        """Yield the events; the last one holds the spoiled answer."""
        for event in self._answers.answer(asked, conversation=conversation):
            yield Completed(self._fault(event.answer)) if isinstance(event, Completed) else event


class Crashing:
    """Another's answers, except that each third question fails in the middle."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._asked = 0

    def answer(self, asked: str, *, conversation: Conversation = NOTHING_SAID) -> Iterator[AnswerEvent]:
        """Yield the events, or raise."""
        self._asked += 1
        if self._asked % 3 == 0:
            raise ZeroDivisionError("the third question")
        yield from self._answers.answer(asked, conversation=conversation)


def shuffle_evidence(answer: Answer) -> Answer:
    """Give each source the quotes of the next one."""
    evidence = [source.evidence for source in answer.sources]
    turned = [*evidence[1:], *evidence[:1]]
    spoiled = [replace(source, evidence=e) for source, e in zip(answer.sources, turned, strict=True)]
    return replace(answer, sources=tuple(spoiled))


def swap_citations(answer: Answer) -> Answer:
    """Let each sentence cite the source after the one that it should."""
    last = len(answer.sources)

    def swap(citation: Citation) -> Citation:
        number = citation.number % last + 1
        return replace(citation, number=number, paper_id=answer.sources[number - 1].paper.id)

    return replace(
        answer,
        sentences=tuple(replace(s, citations=tuple(map(swap, s.citations))) for s in answer.sentences),
    )


def invent(answer: Answer) -> Answer:
    """Add what a writer may invent, and no verifier took out."""
    if not answer.sentences:
        return answer
    invented = Sentence(
        "It was tried on 9,131 zebras and won every prize.", answer.sentences[0].citations, True
    )
    return replace(answer, sentences=(*answer.sentences, invented))


def refuse(answer: Answer) -> Answer:
    """Refuse, whatever was asked."""
    return replace(answer, status=Status.NOT_IN_LIBRARY, sentences=(), sources=answer.sources[:3])


def never_refuse(answer: Answer) -> Answer:
    """Quote the best paper where there was a refusal."""
    if answer.sentences or not answer.ranking.papers:
        return answer
    footnotes = Footnotes()
    best = answer.ranking.papers[0]
    citation = footnotes.cite(best.paper, best.evidence[:1])
    sentence = Sentence(best.evidence[0].quote, (citation,), supported=True)
    return replace(answer, status=Status.ANSWERED, sentences=(sentence,), sources=footnotes.sources())
