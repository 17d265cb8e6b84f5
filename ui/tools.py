"""The tools of the MCP server, for other assistants: ask, search, papers, with the records of `--json`.

They answer in this process, as the routes of `ui.api` do. Gradio's own MCP server would call the page over HTTP,
without the caller's password and at the address that the first caller names. Each request stands alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any

from fastapi import HTTPException
from fastapi.concurrency import run_in_threadpool
from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.types import Tool
from pydantic import BaseModel, Field
from starlette.types import Receive, Scope, Send

from rag.retrieval.query import LONGEST_QUESTION
from ui.api import answer_question, list_papers, search_papers
from ui.chat import Desk
from ui.continuing import LONGEST_RECORD
from ui.guard import Allowance, user_of

_MOST = 100
_PAGE = 50


class Asking(BaseModel):
    """Answer a question from the library of paper abstracts; each sentence cites exact words."""

    question: str = Field(
        max_length=LONGEST_QUESTION,
        description='A question in plain words, such as "which papers combine local and global features?"',
    )
    conversation: str = Field(
        default="",
        max_length=LONGEST_RECORD,
        description="For a follow-up: the field `conversation` of the last answer, as it is.",
    )


class Searching(BaseModel):
    """Rank the papers of the library for a query, with the words that fit best."""

    query: str = Field(max_length=LONGEST_QUESTION, description="What to look for.")
    k: int = Field(default=10, ge=1, le=_MOST, description="Number of papers.")


class Listing(BaseModel):
    """List papers of the library with their abstracts, 50 at a time, and how many fit."""

    words: str = Field(
        default="", max_length=200, description="Words that a paper must hold in title, authors or abstract."
    )
    offset: int = Field(default=0, ge=0, description="How many papers to leave out before the first.")


_TOOLS: Mapping[str, type[Asking | Searching | Listing]] = {
    "ask": Asking,
    "search": Searching,
    "papers": Listing,
}


class Tools:
    """The MCP server as an ASGI application; it serves while `running` is entered."""

    def __init__(self, desk: Desk, allowance: Allowance) -> None:
        """Questions and searches count against the `allowance` of who asks, as they do elsewhere."""
        self._desk = desk
        self._allowance = allowance
        self._server: Server[Any, Any] = Server("footnote")
        self._server.list_tools()(self._list)  # type: ignore[no-untyped-call]
        self._server.call_tool()(self._call)
        self._sessions = StreamableHTTPSessionManager(self._server, stateless=True)

    def running(self) -> AbstractAsyncContextManager[None]:
        """Serve until it is left; once only."""
        return self._sessions.run()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        await self._sessions.handle_request(scope, receive, send)

    async def _list(self) -> list[Tool]:
        return [
            Tool(name=name, description=asked.__doc__, inputSchema=asked.model_json_schema())
            for name, asked in _TOOLS.items()
        ]

    async def _call(self, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """Answer a call; what is raised here is told to the caller as its one line."""
        if name not in _TOOLS:
            raise ValueError(f"there is no tool {name!r}")
        asked = _TOOLS[name].model_validate(arguments)
        if not isinstance(asked, Listing) and not self._allowance.take(self._caller()):
            raise ValueError(self._allowance.words)
        try:
            return await self._answer(asked)
        except HTTPException as error:
            raise ValueError(error.detail) from error

    async def _answer(self, asked: Asking | Searching | Listing) -> dict[str, Any]:
        match asked:
            case Asking(question=question, conversation=conversation):
                return await answer_question(self._desk, question, conversation=conversation)
            case Searching(query=query, k=k):
                return {"papers": await run_in_threadpool(search_papers, self._desk, query, k=k)}
            case Listing(words=words, offset=offset):
                return await run_in_threadpool(list_papers, self._desk, words, offset=offset, limit=_PAGE)

    def _caller(self) -> str:
        request = self._server.request_context.request
        return user_of(request.headers, request.client) if request else user_of({}, None)
