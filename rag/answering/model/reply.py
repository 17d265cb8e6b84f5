"""Bytes of a chat completion -> the text of the reply, piece by piece. Nothing here knows a client.

The protocol as servers really speak it: a stream of `data:` lines, or one JSON object from a server
that ignores `stream`; thoughts in fields of their own, which are left out, or between `<think>` tags
in the text; an end that is told by a finish reason, by `[DONE]`, or by nothing at all.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from rag.types import Usage

_TAG = re.compile(r"<(/?)(?:think|thinking|thought|reasoning)>", re.IGNORECASE)
# Its rest may stand behind the thought: "<th<think></think>ink>".
_CUT_TAG = re.compile(r"(?:</?[a-z]*)+$", re.IGNORECASE)
_LONGEST_LINE = 1_000_000
_LONGEST_BODY = 20_000_000


@dataclass(frozen=True, slots=True)
class Afresh:
    """What was said so far turned out to be a thought: the answer begins now."""


@dataclass(frozen=True, slots=True)
class Finish:
    """How a reply ended: complete, cut at its limit of tokens, withheld, declined, or without a word."""

    reason: Literal["stop", "length", "filtered", "declined", "empty"]


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to wait for the next event of a stream, and for all of it."""

    step: float
    total: float


Piece = str | Usage | Afresh | Finish

_REASONS: dict[str, Literal["length", "filtered"]] = {
    "length": "length",
    "max_tokens": "length",
    "content_filter": "filtered",
}


class ServerReported(Exception):
    """The server sent an error where an event of the reply was due."""


def read_reply(
    parts: Iterable[bytes], *, content_type: str, patience: Patience, longest: int
) -> Iterator[Piece]:
    """Yield the text of a reply without its thoughts; the last piece says how it ended.

    `longest` is the number of characters after which a server that keeps no limit is cut short.

    Raises:
        ServerReported: see there.
        TimeoutError: an event, or the whole, took longer than `patience` allows.
        EOFError: the bytes ended before the reply did.
        ValueError: what was sent is not the protocol; also a line or a body beyond all bounds.
        AttributeError, TypeError: a part of a record has another shape than the protocol's.
    """
    lines = _lines(parts, patience)
    records = _whole(lines) if "application/json" in content_type else _events(lines)
    spoken = 0
    for piece in _without_thoughts(_told(records)):
        if isinstance(piece, Finish) and not spoken and piece.reason in {"stop", "length"}:
            yield Finish("empty")
            return
        yield piece
        if isinstance(piece, Afresh):
            spoken = 0
        elif isinstance(piece, str):
            spoken += len(piece.strip())
        if spoken > longest:
            yield Finish("length")
            return


@dataclass(slots=True)
class WholeReply:
    """A reply that is read as a whole, as far as it has come; what turned out to be a thought is no part of it.

    `usage` is what the server told last: some tell a running count with each piece.
    """

    text: str = ""
    usage: Usage = field(default_factory=Usage)

    def take(self, pieces: Iterable[str | Usage | Afresh]) -> None:
        """Take the pieces of a stream; what breaks it off is raised, and what came before stays.

        >>> reply = WholeReply()
        >>> reply.take(["Hm.", Afresh(), "It is ", Usage(9, 2), "so.", Usage(9, 4)])
        >>> reply.text, reply.usage.completion_tokens
        ('It is so.', 4)
        """
        for piece in pieces:
            match piece:
                case Afresh():
                    self.text = ""
                case Usage():
                    self.usage = piece
                case _:
                    self.text += piece


class ThoughtFilter:
    """Leaves out what stands between `<think>` tags, however the text was cut into pieces.

    A closing tag that none opened ends a thought too: some chat templates put the opening one into
    the prompt. What came before it is called back with `Afresh`.
    """

    def __init__(self) -> None:
        self._held = ""
        self._inside = False

    def feed(self, text: str) -> Iterator[str | Afresh]:
        """Take the next piece and yield what is certainly no thought."""
        self._held += text
        while match := _TAG.search(self._held):
            before, closes = _CUT_TAG.sub("", self._held[: match.start()]), bool(match.group(1))
            if not self._inside and (closes or before):
                yield Afresh() if closes else before
            self._inside = not closes
            self._held = self._held[match.end() :]
        # A tag may be on its way.
        opened = _CUT_TAG.search(self._held)
        yield from self._take(opened.start() if opened else len(self._held))

    def flush(self) -> Iterator[str]:
        """Yield what was held back when the stream has ended."""
        yield from self._take(len(self._held))

    def _take(self, end: int) -> Iterator[str]:
        ready, self._held = self._held[:end], self._held[end:]
        if ready and not self._inside:
            yield ready


def _without_thoughts(pieces: Iterable[Piece]) -> Iterator[Piece]:
    thoughts = ThoughtFilter()
    for piece in pieces:
        if isinstance(piece, str):
            yield from thoughts.feed(piece)
        else:
            yield from thoughts.flush() if isinstance(piece, Finish) else ()
            yield piece


def _told(records: Iterable[dict[str, Any] | None]) -> Iterator[Piece]:
    """Yield what the records say; the end comes last, because the tokens are told after it."""
    finish: Finish | None = None
    for record in records:
        if record is None:
            finish = finish or Finish("stop")
            break
        for piece in _pieces(record):
            if isinstance(piece, Finish):
                finish = finish or piece
            else:
                yield piece
    if finish is None:
        raise EOFError("the reply has no end")
    yield finish


def _lines(parts: Iterable[bytes], patience: Patience) -> Iterator[bytes]:
    """Cut bytes into lines. The clock stands still while the reader is busy with a line."""
    buffer = b""
    read = 0
    waited, since = 0.0, time.monotonic()
    event = since
    for part in parts:
        now = time.monotonic()
        waited += now - since
        if now - event > patience.step or waited > patience.total:
            raise TimeoutError
        read += len(part)
        *lines, buffer = (buffer + part).split(b"\n")
        if len(buffer) > _LONGEST_LINE or read > _LONGEST_BODY:
            raise ValueError("a reply beyond all bounds")
        for line in lines:
            yield line.rstrip(b"\r")
        since = time.monotonic()
        if any(line.startswith(b"data:") for line in lines):
            event = since
    yield buffer


def _events(lines: Iterable[bytes]) -> Iterator[dict[str, Any] | None]:
    """Yield the record of each `data:` line, and None for `[DONE]`."""
    for line in lines:
        if not line.startswith(b"data:"):
            continue
        text = line[len(b"data:") :].decode().strip()
        if text == "[DONE]":
            yield None
        elif text:
            yield _record(text)


def _whole(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    yield _record(b"\n".join(lines).decode())


def _record(text: str) -> dict[str, Any]:
    record = json.loads(text)
    if not isinstance(record, dict):
        raise ValueError("a record is an object")  # noqa: TRY004  # it is the sender's value
    return record


def _pieces(record: dict[str, Any]) -> Iterator[Piece]:
    """Yield what one record says: text, tokens, the end."""
    if record.get("error"):
        raise ServerReported
    usage = record.get("usage")
    if usage:
        yield Usage(usage.get("prompt_tokens"), usage.get("completion_tokens"))
    for choice in (record.get("choices") or ())[:1]:
        said = choice.get("delta") or choice.get("message") or {}
        content = said.get("content")
        if content is not None and not isinstance(content, str):
            raise ValueError("a reply is text")
        if content:
            yield content
        if said.get("refusal"):
            yield Finish("declined")
        if choice.get("finish_reason"):
            yield Finish(_REASONS.get(choice["finish_reason"], "stop"))
