"""The page: a Gradio app with the conversation on the left and the evidence beside it."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Generator, Iterable
from contextlib import aclosing
from importlib.resources import files

import gradio as gr

from rag.answering.asking.conversation import continue_with
from rag.retrieval.query import LONGEST_QUESTION
from ui.chat import Desk
from ui.continuing import write_conversation
from ui.guard import Allowance, user_of
from ui.keeping import keep_answer, stopped_answer
from ui.render import render_panel, render_turn
from ui.render_asked import render_asking
from ui.turns import Turn, is_name

logger = logging.getLogger(__name__)

_SIDE_BY_SIDE = 8
_QUEUE = 64
# Gradio keeps the last turn of each that it remembers, half a megabyte; the page needs none of it.
_SESSIONS = 64
_UNFORESEEN = (
    "Footnote failed at this question; where it was started, the reason is told. Ask it in other words."
)
_WAITS = "waiting for those who asked before"
_SCRIPTS = (
    "page",
    "storage",
    "storage_server",
    "footnotes",
    "asking",
    "morph",
    "conversation",
    "table",
    "actions",
    "history",
    "settings",
    "draft",
    "papers",
    "map_groups",
    "map",
    "evaluation",
    "views",
)
_SHEETS = ("style", "how", "table", "papers", "evaluation")


def build_page(desk: Desk, allowance: Allowance) -> gr.Blocks:
    """Lay out the page and bind its events."""
    page: gr.Blocks
    with gr.Blocks(title="Footnote", fill_width=True, analytics_enabled=False) as page:
        with gr.Row(elem_id="header"):
            _html(_asset("masthead.html"), elem_id="masthead")
            facts = _html(desk.header(), elem_id="facts")
        with gr.Row(elem_id="desk", elem_classes="view view-ask"):
            with gr.Column(elem_id="talk", scale=7):
                welcome = _html(desk.welcome(), elem_id="welcome")
                _html(_asset("conversation.html"), elem_id="conversation")
                with gr.Column(elem_id="asking"):
                    _html(render_asking(), elem_id="asking-how")
                    question = gr.Textbox(
                        placeholder="Ask your papers …",
                        label="Question",
                        show_label=False,
                        lines=1,
                        max_lines=6,
                        max_length=LONGEST_QUESTION,
                        autofocus=True,
                        submit_btn="Ask",
                        elem_id="question",
                    )
            with gr.Column(elem_id="side", scale=5, min_width=320):
                _html(render_panel(), elem_id="evidence")
        with gr.Column(elem_classes="view view-papers"):
            _html(_asset("papers.html"), elem_id="papers-view")
        with gr.Column(elem_classes="view view-map"):
            _html(_asset("map.html"), elem_id="map-view")
        with gr.Column(elem_classes="view view-evaluation"):
            _html(_asset("evaluation.html"), elem_id="evaluation-view")
        _bind_questions(desk, allowance, question=question, facts=facts)
        page.load(
            lambda: (desk.header(), desk.welcome()),
            None,
            [facts, welcome],
            api_visibility="private",
            show_progress="hidden",
        )
    page.queue(max_size=_QUEUE)
    page.state_session_capacity = _SESSIONS
    return page


def head(*, keeps: bool) -> str:
    """Return the page's own style and scripts; `keeps` tells that the server keeps conversations.

    They stand in the head, because Gradio would confine a style sheet given as `css` to its own
    container.
    """
    styles = "".join(f"<style>{_asset(f'{name}.css')}</style>" for name in _SHEETS)
    mark = '<meta name="footnote-keeps" content="server">' if keeps else ""
    return mark + styles + "".join(f"<script>{_asset(f'{name}.js')}</script>" for name in _SCRIPTS)


def theme() -> gr.themes.Base:
    """Return a theme whose fonts are the system's: no other host is asked for them."""
    sans = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Liberation Sans", "sans-serif")
    return gr.themes.Base(font=sans, font_mono=("ui-monospace", "Consolas", "monospace"))


def _bind_questions(desk: Desk, allowance: Allowance, *, question: gr.Textbox, facts: gr.HTML) -> None:
    """Answer what is typed, and what a button asks; the scripts of the page name each turn."""
    feed = _html("", elem_id="feed", visible="hidden")
    name, asked, choice, asking = (gr.Textbox(visible=False) for _ in range(4))
    again = gr.Button("Ask again", elem_id="again", visible="hidden")

    async def answer(
        words: str, named: str, chosen: str, manner: str, request: gr.Request
    ) -> AsyncIterator[tuple[object, ...]]:
        if not words.strip() or not is_name(named):
            yield gr.skip(), gr.skip()
            return
        if not allowance.take(user_of(request.headers, request.client)):
            yield render_turn(Turn(named, words, error=allowance.words)), gr.skip()
            return
        in_turn = desk.takes_turns(chosen)
        waits = in_turn and desk.one_by_one.is_taken
        asked = Turn(named, words, stage=_WAITS) if waits else Turn(named, words)
        yield render_turn(asked), gr.update(value="", submit_btn=False, stop_btn="Stop")
        # Drawn in the thread that answers: beside it, the two would wait for each other.
        drawn = draw_turns(desk.converse(words, named, choice=chosen, asking=manner), asked)
        async with aclosing(desk.one_by_one.follow(drawn, in_turn=in_turn)) as batches:
            async for *_, newest in batches:
                yield newest, gr.skip()

    def rest() -> tuple[object, ...]:
        return gr.update(submit_btn="Ask", stop_btn=False), desk.header()

    runs = [
        start(
            answer,
            inputs,
            [feed, question],
            js=script,
            concurrency_limit=_SIDE_BY_SIDE,
            concurrency_id="answers",
            show_progress="hidden",  # progress is told in the turn itself
            api_visibility="private",
        )
        for start, inputs, script in (
            (
                question.submit,
                [question, name, choice, asking],
                "(question) => Footnote.conversation.begin(question)",
            ),
            (again.click, [asked, name, choice, asking], "() => Footnote.conversation.ticket()"),
        )
    ]
    for run in runs:
        run.then(
            rest,
            None,
            [question, facts],
            js="() => { Footnote.conversation.rest(); return []; }",
            show_progress="hidden",
            api_visibility="private",
        )
    cancelled: list[dict[str, object]] = [*runs]
    question.stop(None, cancels=cancelled, api_visibility="private")  # what was to follow a run, follows


def draw_turns(turns: Iterable[Turn], asked: Turn) -> Generator[str, None, None]:
    """Draw the turns of a question as they come. What nobody foresaw ends in a turn that says so, and in the log.

    The page would wait for its answer for ever.
    """
    try:
        for turn in turns:
            yield _draw(turn)
    except Exception:
        logger.exception("a question was not answered")
        yield render_turn(Turn(asked.name, asked.question, error=_UNFORESEEN))


def _draw(turn: Turn) -> str:
    """Draw a turn with what the browser is to keep of it, also if it is stopped right now."""
    answer = turn.answer or stopped_answer(turn)
    if answer is None:
        return render_turn(turn)
    said = write_conversation(continue_with(turn.said, answer))
    return render_turn(turn, record=keep_answer(answer), said=said)


def _html(value: object, *, elem_id: str, visible: object = True) -> gr.HTML:
    return gr.HTML(value, elem_id=elem_id, visible=visible, padding=False, apply_default_css=False)  # type: ignore[arg-type]  # "hidden" is a value of it


def _asset(name: str) -> str:
    return files("ui").joinpath("assets", name).read_text(encoding="utf-8")
