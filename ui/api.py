"""The REST interface: ask, search, papers, add, with the records of `docs/json.md`.

`/api/docs` shows it; `/healthz` answers as soon as questions can be asked. What these routes return is
promised to other programs as `--json` is.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from rag.answering.answerer import last_answer
from rag.answering.asking.conversation import continue_with
from rag.app import build_answerer, build_retriever
from rag.contracts import answer_record, paper_record, ranked_record
from rag.errors import FootnoteError, LibraryError, PaperNotFound, QuestionError
from rag.library.browsing import Browsing
from rag.retrieval.query import LONGEST_QUESTION, read_question
from rag.types import Conversation, Kind, PaperId, Question
from ui.chat import Desk
from ui.continuing import LONGEST_RECORD, read_conversation, write_conversation
from ui.papers_routes import file_name

_MOST = 200


class Asking(BaseModel):
    """A question. `conversation` is what the last answer's `conversation` was, for a follow-up; empty begins anew."""

    question: str = Field(
        max_length=LONGEST_QUESTION, examples=["which papers combine local and global features?"]
    )
    conversation: str = Field(default="", max_length=LONGEST_RECORD)


class Refusal(BaseModel):
    """Why a request was not served."""

    detail: str = Field(description="One line for people.")


class Health(BaseModel):
    """How the library stands: numbers of papers, and of those that have vectors."""

    status: str
    papers: int
    with_vectors: int


def api_routes(desk: Desk) -> APIRouter:
    """Return the routes."""
    routes = APIRouter(tags=["Footnote"])

    @routes.get("/healthz")
    def health() -> Health:
        """Tell that questions can be asked."""
        library = desk.opened.library
        size = library.size()
        return Health(status="ok", papers=size, with_vectors=size - library.unindexed())

    @routes.post("/api/ask")
    async def ask(asked: Asking) -> dict[str, Any]:
        """Answer a question: the object that `footnote ask --json` prints, and `conversation` to go on with."""
        return await answer_question(desk, asked.question, conversation=asked.conversation)

    @routes.get("/api/search")
    def search(
        q: Annotated[str, Query(max_length=LONGEST_QUESTION, description="What to look for.")],
        k: Annotated[int, Query(ge=1, le=1_000, description="Number of papers.")] = 10,
    ) -> list[dict[str, Any]]:
        """Rank the papers: the objects that `footnote search --json` prints."""
        return search_papers(desk, q, k=k)

    @routes.get("/api/papers")
    def papers(
        words: Annotated[str, Query(max_length=200, description="Words that a paper must hold.")] = "",
        offset: Annotated[int, Query(ge=0)] = 0,
        limit: Annotated[int, Query(ge=1, le=_MOST)] = 50,
    ) -> dict[str, Any]:
        """List papers, oldest first: the objects that `footnote papers --json` prints, and how many fit."""
        return list_papers(desk, words, offset=offset, limit=limit)

    @routes.delete("/api/papers/{paper_id:path}", status_code=204)
    def remove(paper_id: str) -> None:
        """Take a paper out of the library."""
        try:
            desk.remove(PaperId(paper_id))
        except FootnoteError as error:
            raise http_error(error) from error

    @routes.post("/api/papers")
    async def add(
        request: Request, name: Annotated[str, Query(description="The file's name.")]
    ) -> dict[str, Any]:
        """Add the papers of a saved page; the body is the file as it is."""
        content = await request.body()
        try:
            reading, added = await run_in_threadpool(desk.add, content, file_name(name))
        except FootnoteError as error:
            raise http_error(error) from error
        return {
            "format": reading.format,
            "new": added.new,
            "updated": added.updated,
            "merged": added.merged,
            "unchanged": added.unchanged,
            "skipped": [{"line": s.line, "reason": s.reason} for s in reading.skipped],
        }

    return routes


async def answer_question(desk: Desk, question: str, *, conversation: str = "") -> dict[str, Any]:
    """Answer a question as the settings say; return the record, with `conversation` for a follow-up.

    Raises:
        HTTPException: the question, the conversation or the library cannot be used.
    """
    said = _read_said(conversation)
    try:
        events = build_answerer(desk.settings, desk.opened.library).answer(question, conversation=said)
        answer = last_answer([await desk.one_by_one.last(events, in_turn=desk.takes_turns())])
    except FootnoteError as error:
        raise http_error(error) from error
    return {**answer_record(answer), "conversation": write_conversation(continue_with(said, answer))}


def search_papers(desk: Desk, query: str, *, k: int) -> list[dict[str, Any]]:
    """Rank papers for a query, as records."""
    try:
        question = Question(text=read_question(query), kind=Kind.LIST, asked=query)
        ranking = build_retriever(desk.settings, desk.opened.library).search(question, limit=k)
    except FootnoteError as error:
        raise http_error(error) from error
    return [ranked_record(ranked) for ranked in ranking.papers]


def list_papers(desk: Desk, words: str, *, offset: int, limit: int) -> dict[str, Any]:
    """List papers that hold these words, as records."""
    catalogue = desk.opened.library.catalogue
    found = catalogue.browse(Browsing(words), offset=offset, limit=limit)
    stored = catalogue.get(found.ids)
    papers = [paper_record(stored[paper_id]) for paper_id in found.ids if paper_id in stored]
    return {"total": found.total, "papers": papers}


def _read_said(conversation: str) -> Conversation:
    try:
        return read_conversation(conversation)
    except FootnoteError as error:
        raise HTTPException(422, "this is no conversation; send the last answer's, or none") from error


async def refuse_unreadable(_request: Request, error: Exception) -> JSONResponse:
    """Answer a request that is not of the form that its route reads: 422, with one line as `detail` like any refusal."""
    assert isinstance(error, RequestValidationError)  # noqa: S101  # what it is registered for
    first = error.errors()[0]
    place = ".".join(part for part in first["loc"] if isinstance(part, str))
    return JSONResponse({"detail": f"{place}: {first['msg']}"}, 422)


def http_error(error: FootnoteError) -> HTTPException:
    """Return our error as a status, with its line as `detail`."""
    match error:
        case PaperNotFound():
            status = 404
        case QuestionError():
            status = 422
        case LibraryError():
            status = 409
        case _:
            status = 503
    return HTTPException(status, str(error))
