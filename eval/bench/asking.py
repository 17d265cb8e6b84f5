"""Two ways to ask a served Footnote: as the page's scripts do, and as a program does over the OpenAI protocol.

The page asks over Gradio's queue (`queue/join`, then server-sent events of `queue/data`), where a turn comes drawn,
step by step. No browser is needed, so that twenty askers cost the machine next to nothing.
"""

from __future__ import annotations

import json
import re
import time
import uuid
from dataclasses import dataclass
from typing import Any

import httpx

_BEGINS = "Footnote.conversation.begin"  # the script that the page runs as a question is sent
_QUOTED = re.compile(r'data-quote=\\"(.*?)\\"')
_FOOTNOTE = 'class=\\"fn'


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: seconds to the first sentence and to the end, and what came of it."""

    question: str
    first: float
    whole: float
    text: str


class PageQueue:
    """The queue of the page; what comes of a question are the quotes that its last drawing holds."""

    def __init__(self, client: httpx.Client) -> None:
        """`client` has the page's address as its base."""
        self._client = client
        steps: list[dict[str, Any]] = client.get("/config").raise_for_status().json()["dependencies"]
        self._step = next(step["id"] for step in steps if _BEGINS in str(step.get("js")))

    def ask(self, question: str) -> Asked:
        """Ask in a session of its own; a turn of another session's name counts as nothing that came."""
        began = time.perf_counter()
        name, session = uuid.uuid4().hex, uuid.uuid4().hex
        asking = json.dumps({"said": "", "kind": None, "papers": None})
        body = {"data": [question, name, "{}", asking], "fn_index": self._step, "session_hash": session}
        self._client.post("/gradio_api/queue/join", json=body).raise_for_status()
        first, drawing = 0.0, ""
        watched = {"session_hash": session}
        with self._client.stream("GET", "/gradio_api/queue/data", params=watched) as events:
            for line in events.iter_lines():
                if '"msg":"close_stream"' in line:
                    break
                if _FOOTNOTE in line:
                    first, drawing = first or time.perf_counter() - began, line
        own = f'data-turn=\\"{name}\\"' in drawing
        text = "\n".join(_QUOTED.findall(drawing)) if own else ""
        return Asked(question, first, time.perf_counter() - began, text)


def ask_as_program(client: httpx.Client, question: str) -> Asked:
    """Ask over `/v1/chat/completions`, streamed; what comes of it is its text."""
    began = time.perf_counter()
    first = 0.0
    pieces: list[str] = []
    body = {"stream": True, "messages": [{"role": "user", "content": question}]}
    with client.stream("POST", "/v1/chat/completions", json=body) as response:
        for line in response.raise_for_status().iter_lines():
            if not line.startswith("data: {"):
                continue
            choices = json.loads(line.removeprefix("data: ")).get("choices", [])
            content = choices[0]["delta"].get("content") if choices else ""
            if content:
                first = first or time.perf_counter() - began
                pieces.append(content)
    return Asked(question, first, time.perf_counter() - began, "".join(pieces))
