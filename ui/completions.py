"""Footnote as a model: the OpenAI chat-completions protocol, so that other front ends can ask it.

The last user message is the question; what user and assistant said before it is what a follow-up can point
at. The answer's sentences carry their numbers as `[n]`; each number is an annotation of the type
`url_citation`, with the place of the number in the text, the paper's title and address, and (ours)
`paper_id` and `quote`. While streaming, the text comes sentence by sentence and the annotations with the
last piece. What a failing model wrote cannot be taken back from a stream: a line says that it does not count.

Protocol: https://platform.openai.com/docs/api-reference/chat
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import Any, Literal

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel

from rag.answering.answerer import last_answer
from rag.app import build_answerer
from rag.contracts import Record, answer_record
from rag.errors import FootnoteError
from rag.types import (
    Answer,
    AnswerEvent,
    Completed,
    Conversation,
    SentenceReady,
    Withdrawn,
)
from ui.api import http_error
from ui.chat import Desk
from ui.composition import Composition, compose
from ui.earlier import Asked, Earlier, ask_again
from ui.earlier import Message as Said
from ui.guard import user_of
from ui.refusals import refusal_heading

MODEL = "footnote"
Batches = AsyncGenerator[tuple[AnswerEvent, ...], None]


class Part(BaseModel):
    """A piece of a message; only text is read."""

    type: str
    text: str = ""


class Message(BaseModel):
    """A message of the conversation."""

    role: Literal["system", "developer", "user", "assistant", "tool"]
    content: str | list[Part] | None = None

    @property
    def words(self) -> str:
        """The text of the message."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text")
        return self.content or ""


class Completion(BaseModel):
    """A request for an answer; fields that are not named here are ignored."""

    messages: list[Message]
    model: str = MODEL
    stream: bool = False


def completion_routes(desk: Desk) -> APIRouter:
    """Return the routes below `/v1`."""
    routes = APIRouter(prefix="/v1", tags=["OpenAI-compatible"])
    earlier = Earlier()

    @routes.get("/models")
    def models() -> dict[str, Any]:
        """List the one model there is."""
        return {"object": "list", "data": [{"id": MODEL, "object": "model", "owned_by": "footnote"}]}

    @routes.post("/chat/completions", response_model=None)
    async def complete(wanted: Completion, request: Request) -> Response:
        """Answer the last user message, in the light of what was said before it."""
        user = user_of(request.headers, request.client)
        in_turn = desk.takes_turns()
        try:
            asked = await _with_what_was_said(_parted(user, wanted.messages), earlier, desk)
            events = build_answerer(desk.settings, desk.opened.library).answer(
                asked.question, conversation=asked.said
            )
            if wanted.stream:
                batches = desk.one_by_one.follow(events, in_turn=in_turn)
                # A question that cannot be read is refused before anything is sent.
                first = await anext(batches)
                stream = _stream(_joined(first, batches), asked, earlier)
                return StreamingResponse(stream, media_type="text/event-stream")
            answer = last_answer([await desk.one_by_one.last(events, in_turn=in_turn)])
        except FootnoteError as error:
            raise http_error(error) from error
        text, annotations = compose(answer)
        earlier.note(asked, answer, text=text)
        return JSONResponse(_completion(answer, text, annotations))

    return routes


def _parted(user: str, messages: Sequence[Message]) -> Asked:
    """Part the last user message from what user and assistant said before it."""
    last = max((n for n, message in enumerate(messages) if message.role == "user"), default=0)
    before = [m for m in messages[:last] if m.role in {"user", "assistant"} and m.words.strip()]
    question = messages[last].words if last < len(messages) and messages[last].role == "user" else ""
    return Asked(user, tuple(Said(m.role, m.words) for m in before), question)


async def _with_what_was_said(asked: Asked, earlier: Earlier, desk: Desk) -> Asked:
    """Add what the messages before a question led to, as it was noted, or found out by asking them again."""
    if not asked.before:
        return asked
    said = earlier.recall(asked)
    if said is None:
        said = await run_in_threadpool(_said_again, desk, asked)
    return replace(asked, said=said)


def _said_again(desk: Desk, asked: Asked) -> Conversation:
    """Find out what the earlier questions were about by asking them again, without a model."""
    settings = replace(desk.settings, writer="quotes")
    return ask_again(build_answerer(settings, desk.opened.library), asked.before)


def _completion(answer: Answer, text: str, annotations: list[Record]) -> Record:
    message = {"role": "assistant", "content": text, "refusal": None, "annotations": annotations}
    return {
        **_head("chat.completion"),
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": _usage(answer),
        "footnote": answer_record(answer),
    }


async def _stream(batches: Batches, asked: Asked, earlier: Earlier) -> AsyncIterator[str]:
    """Yield server-sent events: the sentences as they are checked, and at last the annotations.

    What came at the same moment is sent at once. What the answer was about is noted before the last piece: a
    follow-up may come at once.
    """
    head = _head("chat.completion.chunk")
    yield _chunk(head, {"role": "assistant", "content": ""})
    text = Composition()
    try:
        async with aclosing(batches):
            async for batch in batches:
                pieces = "".join(_piece(event, text, head) for event in batch)
                if isinstance(batch[-1], Completed):
                    earlier.note(asked, batch[-1].answer, text=text.whole)
                if pieces:
                    yield pieces
    except FootnoteError as error:
        yield f"data: {json.dumps({'error': {'message': str(error), 'type': 'footnote'}})}\n\n"
    yield "data: [DONE]\n\n"


def _piece(event: AnswerEvent, text: Composition, head: Record) -> str:
    match event:
        case SentenceReady(sentence, sources):
            return _chunk(head, {"content": text.add(sentence, sources)})
        case Withdrawn():
            return _chunk(head, {"content": text.withdraw()})
        case Completed(answer):
            refusal = "" if answer.sentences else text.say(refusal_heading(answer.status))
            return _chunk(head, {"content": refusal, "annotations": text.annotations}, finish="stop")
        case _:
            return ""


async def _joined(first: tuple[AnswerEvent, ...], rest: Batches) -> Batches:
    yield first
    async with aclosing(rest):
        async for batch in rest:
            yield batch


def _chunk(head: Record, delta: Record, *, finish: str | None = None) -> str:
    record = {**head, "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}
    return f"data: {json.dumps(record, ensure_ascii=False)}\n\n"


def _head(kind: str) -> Record:
    return {
        "id": f"chatcmpl-{uuid.uuid4().hex}",
        "object": kind,
        "created": int(time.time()),
        "model": MODEL,
    }


def _usage(answer: Answer) -> Record:
    read, written = answer.usage.prompt_tokens or 0, answer.usage.completion_tokens or 0
    return {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}
