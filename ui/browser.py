"""The page: a Gradio app with the conversation on the left and the evidence beside it."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from importlib.resources import files

import gradio as gr
from anyio.to_thread import run_sync

from rag.retrieval.query import LONGEST_QUESTION
from rag.settings import Settings
from ui.chat import EXAMPLES, Desk
from ui.render import render_panel, render_turn, render_welcome, stop_turn
from ui.terminal import notice

_SIDE_BY_SIDE = 8
_QUEUE = 64


def serve(settings: Settings, *, port: int, open_window: bool) -> None:
    """Serve the page until interrupted."""
    host = settings.server.host
    desk = Desk(settings)
    threading.Thread(target=desk.keep_indexing, name="indexing", daemon=True).start()
    url = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"  # noqa: S104  # compared, not bound
    page = build_page(desk)
    page.queue(max_size=_QUEUE)
    page.launch(
        server_name=host,
        server_port=port,
        inbrowser=open_window,
        quiet=True,
        share=False,
        prevent_thread_lock=True,
        footer_links=[],
        ssr_mode=False,
        theme=_theme(),
        # In the head, because Gradio would confine a style sheet given as `css` to its own container.
        head=f"<style>{_asset('style.css')}</style><script>{_asset('footnotes.js')}</script>",
    )
    notice(f"Footnote is at {url}   (Ctrl-C stops)")
    try:
        threading.Event().wait()
    finally:
        page.close(verbose=False)


def build_page(desk: Desk) -> gr.Blocks:
    """Lay out the page and bind its events."""
    page: gr.Blocks
    with gr.Blocks(title="Footnote", fill_width=True, analytics_enabled=False) as page:
        header = gr.HTML(desk.header, elem_id="header", padding=False, apply_default_css=False)
        turns = gr.State(())
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="talk", scale=7):
                conversation = gr.HTML(
                    render_welcome(is_sample=desk.opened.is_sample),
                    elem_id="conversation",
                    padding=False,
                    apply_default_css=False,
                )
                with gr.Row(elem_id="examples") as examples:
                    buttons = [gr.Button(text, size="sm", variant="secondary") for text in EXAMPLES]
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
                gr.HTML(render_panel(), elem_id="evidence", padding=False, apply_default_css=False)

        async def answer(asked: str, before: tuple[str, ...]) -> AsyncIterator[tuple[object, ...]]:
            if not asked.strip():
                yield gr.skip(), before, gr.skip(), gr.skip()
                return
            running = gr.update(value="", submit_btn=False, stop_btn="Stop")
            growing = desk.converse(asked, len(before) + 1)
            # Stop leaves the thread behind: a silent model server may hold it for long.
            while turn := await run_sync(next, growing, None, abandon_on_cancel=True):
                now = (*before, render_turn(turn))
                yield "".join(now), now, running, gr.update(visible=False)
                running = gr.skip()

        def rest(before: tuple[str, ...]) -> tuple[object, ...]:
            ended = tuple(stop_turn(turn) for turn in before)
            drawn = gr.skip() if ended == before else "".join(ended)
            return drawn, ended, gr.update(submit_btn="Ask", stop_btn=False), desk.header()

        # Progress is told in the turn itself; Gradio's own frames and spinners stay away.
        outputs = [conversation, turns, question, examples]
        asked = question.submit(
            answer,
            [question, turns],
            outputs,
            concurrency_limit=_SIDE_BY_SIDE,
            show_progress="hidden",
            api_name="ask",
        )
        picked = [
            button.click(
                answer,
                [button, turns],
                outputs,
                concurrency_limit=_SIDE_BY_SIDE,
                show_progress="hidden",
                api_visibility="private",
            )
            for button in buttons
        ]
        runs: list[dict[str, object]] = [asked, *picked]
        for run in (asked, *picked):
            run.then(
                rest,
                [turns],
                [conversation, turns, question, header],
                show_progress="hidden",
                api_visibility="private",
            )
        question.stop(None, cancels=runs, api_visibility="private")  # what was to follow a run, follows
    return page


def _theme() -> gr.themes.Base:
    sans = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Liberation Sans", "sans-serif")
    return gr.themes.Base(font=sans, font_mono=("ui-monospace", "Consolas", "monospace"))


def _asset(name: str) -> str:
    return files("ui").joinpath(name).read_text(encoding="utf-8")
