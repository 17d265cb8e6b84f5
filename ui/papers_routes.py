"""The Papers view's own requests: look through the library, add files to it, take papers out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, Field

from rag.errors import FootnoteError, PaperNotFound
from rag.library.browsing import Browsing
from rag.types import PaperId
from ui.chat import Desk
from ui.render_papers import PAGE, render_list, render_report

_LONGEST_NAME = 200


class Looking(BaseModel):
    """Which page of which papers to list; pages count from 0."""

    words: str = Field(default="", max_length=200)
    year: str = Field(default="", max_length=4)
    source: str = Field(default="", max_length=1_000)
    page: int = Field(default=0, ge=0, le=1_000_000)


class Removing(BaseModel):
    """A paper to be taken out."""

    id: str


def papers_routes(desk: Desk) -> APIRouter:
    """Return the routes below `/page` that list and change papers."""
    routes = APIRouter(prefix="/page", include_in_schema=False)

    @routes.post("/papers")
    def look(asked: Looking) -> dict[str, str]:
        wanted = Browsing(asked.words, asked.year, asked.source)
        opened = desk.opened
        catalogue = opened.library.catalogue
        found = catalogue.browse(wanted, offset=asked.page * PAGE, limit=PAGE)
        stored = catalogue.get(found.ids)
        papers = [stored[paper_id] for paper_id in found.ids if paper_id in stored]
        html = render_list(papers, found, wanted, page=asked.page, removable=not opened.is_sample)
        return {"html": html}

    @routes.post("/state")
    def state() -> dict[str, str]:
        return {"index": desk.indexing.state(), "facts": desk.header(), "welcome": desk.welcome()}

    @routes.post("/remove")
    def remove(asked: Removing) -> dict[str, str]:
        try:
            desk.remove(PaperId(asked.id))
        except PaperNotFound as error:
            raise HTTPException(404, "This paper is gone already.") from error
        except FootnoteError as error:
            raise HTTPException(409, str(error)) from error
        return {}

    @routes.post("/add")
    async def add(request: Request, name: Annotated[str, Query(max_length=1_000)]) -> dict[str, str]:
        content = await request.body()
        try:
            reading, added = await run_in_threadpool(desk.add, content, file_name(name))
        except FootnoteError as error:
            raise HTTPException(409, str(error)) from error
        return {"html": render_report(reading, added)}

    return routes


def file_name(name: str) -> str:
    """Return the last part of a name that a browser sent, as text that can be shown.

    >>> file_name("C:/pages/may.txt"), file_name("..")
    ('may.txt', 'upload')
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(char for char in last if char.isprintable())[:_LONGEST_NAME].strip()
    return shown if shown.strip(".") else "upload"
