"""What the page asks of its own server beside questions. No contract: it changes with the page.

A conversation is held by the browser, as the records that came with its answers. It sends them back
to have them drawn or exported; nothing of it stays here.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel, StringConstraints

from rag.errors import FootnoteError
from rag.exports import Format, export
from rag.retrieval.similar import rank_similar
from rag.types import WHOLE_LIBRARY, Answer, Notice, Paper, PaperId
from ui.atlas import Atlas
from ui.cards import render_paper, text
from ui.chat import Desk
from ui.feedback import Judgement, feedback_record, keep_feedback
from ui.keeping import RecordError, among, read_answer
from ui.render import render_turn
from ui.render_asked import in_page_words
from ui.turns import Turn, complete_turn, is_name

_SIMILAR = 8
_LONGEST_TITLE = 60

Name = Annotated[str, StringConstraints(max_length=32)]


class KeptTurn(BaseModel):
    """A turn as the browser kept it; `shown` are the notices that stood above the answer."""

    name: Name
    question: str
    record: str
    shown: set[str] = set()


class Drawing(BaseModel):
    """Turns to be drawn again."""

    turns: list[KeptTurn]


class Exporting(BaseModel):
    """Answers to be written in a format; only Markdown takes more than one. `papers` None writes all of theirs."""

    format: Format
    records: list[str]
    title: str = ""
    papers: set[str] | None = None


class Judging(BaseModel):
    """What a reader says of an answer."""

    name: Name
    record: str
    verdict: Judgement
    reason: Annotated[str, StringConstraints(max_length=500)] = ""


class Naming(BaseModel):
    """A paper."""

    id: str


def conversation_routes(desk: Desk) -> APIRouter:
    """Return the routes below `/page` that draw, export and judge kept answers."""
    routes = APIRouter(prefix="/page", include_in_schema=False)

    @routes.post("/draw")
    def draw(asked: Drawing) -> dict[str, str]:
        return {"html": "".join(render_turn(_turn(kept)) for kept in asked.turns if is_name(kept.name))}

    @routes.post("/export")
    def save(asked: Exporting) -> dict[str, str]:
        wanted = asked.papers
        answers = [_read(record) for record in asked.records]
        answers = [among(a, set(map(PaperId, wanted))) for a in answers] if wanted is not None else answers
        if not answers:
            raise HTTPException(422, "there is nothing to export")
        name = "".join(c if c.isalnum() else "-" for c in asked.title or answers[0].question.asked)
        return {
            "name": f"{name[:_LONGEST_TITLE].strip('-') or 'answer'}.{asked.format.suffix}",
            "type": f"{asked.format.media_type};charset=utf-8",
            "text": "\n".join(export(answer, asked.format) for answer in answers),
        }

    @routes.post("/feedback")
    def judge(asked: Judging) -> dict[str, str]:
        if not is_name(asked.name):
            raise HTTPException(422, "this turn has no name")
        answer = _read(asked.record)
        record = feedback_record(answer, asked.verdict, turn=asked.name, reason=asked.reason)
        try:
            keep_feedback(desk.settings.home / "feedback.jsonl", record)
        except OSError as error:
            raise HTTPException(507, f"This was not noted ({error.strerror}).") from error
        return {}

    return routes


def reading_routes(desk: Desk) -> APIRouter:
    """Return the routes below `/page` that show papers."""
    routes = APIRouter(prefix="/page", include_in_schema=False)
    atlas = Atlas()

    @routes.post("/map")
    def draw_map() -> dict[str, Any]:
        try:
            return atlas.picture(desk.opened.library)
        except FootnoteError as error:
            raise HTTPException(503, str(error)) from error

    @routes.post("/paper")
    def paper(asked: Naming) -> dict[str, str]:
        return {"html": render_paper(_find(desk, asked.id), name="shown-paper")}

    @routes.post("/similar")
    def similar(asked: Naming) -> dict[str, str]:
        return {"html": _similar(desk, _find(desk, asked.id))}

    return routes


def _turn(kept: KeptTurn) -> Turn:
    try:
        answer = read_answer(kept.record)
        above = tuple(Notice(n) for n in answer.notices if in_page_words(n) in kept.shown)
        return complete_turn(kept.name, answer, notices=above)
    except RecordError as error:
        return Turn(kept.name, kept.question, error=str(error))


def _read(record: str) -> Answer:
    try:
        return read_answer(record)
    except RecordError as error:
        raise HTTPException(422, str(error)) from error


def _find(desk: Desk, paper_id: str) -> Paper:
    found = desk.opened.library.catalogue.get([PaperId(paper_id)])
    if not found:
        raise HTTPException(404, "This paper is not in the library any more.")
    return found[PaperId(paper_id)]


def _similar(desk: Desk, paper: Paper) -> str:
    """Draw the papers most like one, with the words that are alike."""
    try:
        ranking = rank_similar(
            *(desk.opened.library, paper.id),
            scope=WHOLE_LIBRARY,
            settings=desk.settings.retrieval,
            limit=_SIMILAR,
        )
    except FootnoteError as error:
        raise HTTPException(503, str(error)) from error
    cards = "".join(
        render_paper(ranked.paper, name=f"similar-{ranked.rank}", evidence=ranked.evidence)
        for ranked in ranking.papers
    )
    return f'<p class="hint">Papers like “{text(paper.title)}”</p>{cards}'
