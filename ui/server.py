"""The page and the interfaces for other programs, as one web application and its server."""

from __future__ import annotations

import threading
import time
import webbrowser

import gradio as gr
import uvicorn
from fastapi import FastAPI

from rag.errors import ServerError
from rag.settings import Settings
from ui.browser import build_page, head, theme
from ui.chat import Desk
from ui.page_routes import page_routes
from ui.terminal import notice

_LARGEST_UPLOAD = 50_000_000
_POLL_SECONDS = 0.05
_ANY_ADDRESS = "0.0.0.0"  # noqa: S104  # compared, not bound


def serve(settings: Settings, *, port: int, open_window: bool) -> None:
    """Serve the page until interrupted.

    Raises:
        ServerError: the server could not start.
    """
    host = settings.server.host
    desk = Desk(settings)
    threading.Thread(target=desk.keep_indexing, name="indexing", daemon=True).start()
    server = uvicorn.Server(uvicorn.Config(build_app(desk), host=host, port=port, log_level="warning"))
    running = threading.Thread(target=server.run, name="server", daemon=True)
    running.start()
    while not server.started:
        if not running.is_alive():
            raise ServerError(f"cannot serve at {host}:{port}; choose another port: footnote chat --port N")
        time.sleep(_POLL_SECONDS)
    url = f"http://{'127.0.0.1' if host == _ANY_ADDRESS else host}:{port}"
    notice(f"Footnote is at {url}   (Ctrl-C stops)")
    if open_window:
        webbrowser.open(url)
    try:
        running.join()
    finally:
        server.should_exit = True
        running.join(timeout=3)


def build_app(desk: Desk) -> FastAPI:
    """Put the routes and the page together; the page stands last, because it takes what is left."""
    app = FastAPI(title="Footnote", docs_url=None, redoc_url=None)
    app.include_router(page_routes(desk))
    gr.mount_gradio_app(
        app,
        build_page(desk),
        path="/",
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        max_file_size=_LARGEST_UPLOAD,
        show_error=True,
        theme=theme(),
        head=head(),
    )
    return app
