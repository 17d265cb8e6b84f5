"""The writer that asks a model: one prompt, a stream of sentences, each checked before it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rag.answering.chat_model import ChatModel
from rag.answering.citations import Draft, SentenceStream, read_draft
from rag.answering.footnotes import Footnotes
from rag.answering.prompts import NOT_IN_SOURCES, Prompt, render_prompt
from rag.answering.tokens import count_tokens
from rag.answering.verification import check_sentence
from rag.types import Question, Ranking, Sentence, Source, Usage

_REPLY_TOKENS = 1_200
_MOST_SOURCES = 30
_LONGEST_REPLY = 40_000


@dataclass(frozen=True, slots=True)
class Written:
    """A checked sentence. `sources` are those it is the first to cite; none if it was refused."""

    sentence: Sentence
    sources: tuple[Source, ...]
    unknown_numbers: tuple[int, ...]


def write_with_model(
    question: Question, ranking: Ranking, model: ChatModel, footnotes: Footnotes
) -> Iterator[Written | Usage]:
    """Yield the model's sentences as they are completed, supported or not, and the tokens spent.

    Raises:
        ModelError: see `ChatModel.stream`.
    """
    prompt = render_prompt(
        question.text,
        ranking.papers[:_MOST_SOURCES],
        count_tokens=count_tokens,
        budget=model.context - _REPLY_TOKENS,
    )
    cut = SentenceStream()
    read = 0
    for piece in model.stream(prompt, most_tokens=_REPLY_TOKENS):
        if isinstance(piece, Usage):
            yield piece
            continue
        read += len(piece)
        for sentence in cut.feed(piece):
            yield from _checked(sentence, prompt, question, footnotes)
        if read > _LONGEST_REPLY:
            break
    for sentence in cut.flush():
        yield from _checked(sentence, prompt, question, footnotes)


def _checked(sentence: str, prompt: Prompt, question: Question, footnotes: Footnotes) -> Iterator[Written]:
    draft = read_draft(sentence)
    if not draft.text or draft.text.rstrip(".") == NOT_IN_SOURCES:
        return
    yield _verify(draft, prompt, question, footnotes)


def _verify(draft: Draft, prompt: Prompt, question: Question, footnotes: Footnotes) -> Written:
    known = [number for number in draft.numbers if 1 <= number <= len(prompt.papers)]
    unknown = tuple(number for number in draft.numbers if number not in known)
    cited = [prompt.papers[number - 1] for number in known]
    support = check_sentence(draft.text, cited, question=question.text)
    if not support.supported:
        return Written(Sentence(draft.text, (), supported=False, reason=support.reason), (), unknown)
    before = len(footnotes.sources())
    citations = tuple(footnotes.cite(paper, evidence) for paper, evidence in support.evidence)
    fresh = footnotes.sources()[before:]
    return Written(Sentence(draft.text, citations, supported=True), fresh, unknown)
