"""The Evaluation view's own requests: which runs there are, one of them, one question, two side by side.

Read from FOOTNOTE_HOME/runs alone: a name that a browser sends is a folder's there, or nothing.
"""

from __future__ import annotations

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from eval.comparing import changed_answers, compare_scores
from eval.listing import find_run, list_runs, runs_folder, scored_run
from eval.report import render_comparison_part, render_html, render_question_part, render_run_part
from eval.report.rows import report_rows
from eval.runs import Run
from eval.scoring import HALVES, Scores
from rag.errors import FootnoteError
from ui.cards import text
from ui.chat import Desk
from ui.render_runs import render_runs, source_cards

# The report may run its script, but as a stranger to the page that it was opened from.
_APART = {"Content-Security-Policy": "sandbox allow-scripts allow-popups"}


class Opening(BaseModel):
    """A run by the name of its folder; with `question`, one question of it."""

    run: str = Field(max_length=100)
    question: str = Field(default="", max_length=1_000)


class Pairing(BaseModel):
    """Two runs; differences are `after` minus `before`."""

    before: str = Field(max_length=100)
    after: str = Field(max_length=100)


def evaluation_routes(desk: Desk) -> APIRouter:
    """Return the routes below `/page` that show runs."""
    routes = APIRouter(prefix="/page", include_in_schema=False)
    runs = runs_folder(desk.settings.home)

    def read(name: str) -> tuple[Run, Scores]:
        try:
            return scored_run(find_run(runs, name))
        except FootnoteError as error:
            raise HTTPException(404, str(error)) from error

    @routes.post("/runs")
    def show_list() -> dict[str, str]:
        return {"html": render_runs(list_runs(runs))}

    @routes.post("/run")
    def show(asked: Opening) -> dict[str, str]:
        return {"html": render_run_part(*read(asked.run)), "title": asked.run}

    @routes.post("/run/question")
    def show_question(asked: Opening) -> dict[str, str]:
        run, scores = read(asked.run)
        row = next((r for r in report_rows(run, scores) if r.question.id == asked.question), None)
        if row is None:
            raise HTTPException(404, "This run has no such question.")
        return {"html": render_question_part(row, source_cards(row, run))}

    @routes.post("/run/compare")
    def compare(asked: Pairing) -> dict[str, str]:
        legend = f'<p class="hint">A: {text(asked.before)} · B: {text(asked.after)}</p>'
        html = legend + _compare(read(asked.before), read(asked.after))
        return {"html": html, "title": "What changed?"}

    @routes.get("/report/{name}")
    def report(name: str) -> HTMLResponse:
        return HTMLResponse(render_html(*read(name)), headers=_APART)

    return routes


def _compare(before: tuple[Run, Scores], after: tuple[Run, Scores]) -> str:
    (run_a, scores_a), (run_b, scores_b) = before, after
    differences = [d for half in HALVES for d in compare_scores(scores_a, scores_b, half=half)]
    if not differences:
        raise HTTPException(409, "These runs have no question in common.")
    return render_comparison_part(differences, list(changed_answers(run_a, run_b)))
