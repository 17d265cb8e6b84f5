"""The requests by which the page keeps the conversations of a named user on the server.

They are there only where users are asked for; whose conversations are meant is who asks, and nothing in
the request can say otherwise.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from ui.chat import Desk
from ui.guard import user_of
from ui.kept_conversations import Kept, NotKept, kept_by

Name = Annotated[str, StringConstraints(pattern="^[a-z0-9]{1,32}$")]


class Entry(BaseModel):
    """A turn as the page keeps it; fields that the page adds come along."""

    model_config = ConfigDict(extra="allow")
    name: Name
    conversation: Name
    question: str = Field(max_length=20_000)
    text: str = ""


class Keeping(BaseModel):
    """A turn, and the name of the one that it replaces."""

    entry: Entry
    replaces: Name | None = None


class Searching(BaseModel):
    """Words that a conversation must hold."""

    words: str = Field(default="", max_length=500)


class Named(BaseModel):
    """A conversation or a turn; `title` is its new one, where it is renamed."""

    id: Name
    title: str = Field(default="", max_length=1_000)


def kept_routes(desk: Desk) -> APIRouter:
    """Return the routes below `/page/kept`."""
    routes = APIRouter(prefix="/page/kept", include_in_schema=False)

    def kept(request: Request) -> Kept:
        return kept_by(desk.settings.home, user_of(request.headers, request.client))

    @routes.post("/list")
    def show(asked: Searching, request: Request) -> dict[str, Any]:
        return {"conversations": kept(request).conversations(asked.words)}

    @routes.post("/conversation")
    def conversation(asked: Named, request: Request) -> dict[str, Any]:
        return {"conversation": kept(request).conversation(asked.id)}

    @routes.post("/turns")
    def turns(asked: Named, request: Request) -> dict[str, Any]:
        return {"turns": kept(request).turns(asked.id)}

    @routes.post("/turn")
    def turn(asked: Named, request: Request) -> dict[str, Any]:
        return {"turn": kept(request).turn(asked.id)}

    @routes.post("/keep")
    def keep(asked: Keeping, request: Request) -> dict[str, str]:
        try:
            kept(request).keep(asked.entry.model_dump(), replaces=asked.replaces or "")
        except NotKept as error:
            raise HTTPException(507, str(error)) from error
        return {}

    @routes.post("/rename")
    def rename(asked: Named, request: Request) -> dict[str, str]:
        kept(request).rename(asked.id, asked.title)
        return {}

    @routes.post("/remove")
    def remove(asked: Named, request: Request) -> dict[str, str]:
        kept(request).remove(asked.id)
        return {}

    return routes
