"""The page and the interfaces for other programs, as one web application and its server."""

from __future__ import annotations

import threading
import time
import webbrowser
from importlib.metadata import version
from importlib.util import find_spec
from typing import TYPE_CHECKING

import gradio as gr
import uvicorn
from fastapi import FastAPI, HTTPException
from fastapi.exceptions import RequestValidationError
from fastapi_offline import FastAPIOffline
from starlette.routing import Route

from rag.errors import ServerError
from ui.address import is_loopback, served_names
from ui.api import Refusal, api_routes, refuse_unreadable
from ui.bodies import Bodies
from ui.browser import build_page, head, theme
from ui.chat import Desk
from ui.completions import completion_routes
from ui.evaluation_routes import evaluation_routes
from ui.guard import Allowance, Guard
from ui.kept_routes import kept_routes
from ui.page_routes import conversation_routes, reading_routes
from ui.papers_routes import papers_routes
from ui.terminal import notice

if TYPE_CHECKING:
    from ui.tools import Tools

_LARGEST_BODY = 50_000_000
_CONNECTIONS = 500
_POLL_SECONDS = 0.05
# Gradio's own ways to leave files on this disk, for components that the page does not have.
_CLOSED = ("/gradio_api/upload", "/gradio_api/process_recording", "/gradio_api/component_server")
_TOOLS_AT = ("/gradio_api/mcp", "/gradio_api/mcp/")
_ANY_ADDRESS = "0.0.0.0"  # noqa: S104  # compared, not bound


def serve(desk: Desk, *, port: int, open_window: bool) -> None:
    """Serve the page until interrupted.

    Raises:
        ServerError: the server could not start.
    """
    host = desk.settings.server.host
    threading.Thread(target=desk.indexing.run, name="indexing", daemon=True).start()
    config = uvicorn.Config(
        build_app(desk), host=host, port=port, log_level="warning", ws="none", limit_concurrency=_CONNECTIONS
    )
    server = uvicorn.Server(config)
    running = threading.Thread(target=server.run, name="server", daemon=True)
    running.start()
    while not server.started:
        if not running.is_alive():
            raise ServerError(f"cannot serve at {host}:{port}; choose another port: footnote chat --port N")
        time.sleep(_POLL_SECONDS)
    url = f"http://{'127.0.0.1' if host == _ANY_ADDRESS else host}:{port}"
    threading.Thread(target=desk.warm_up, name="warming", daemon=True).start()
    notice(f"Footnote is at {url}   (Ctrl-C stops)")
    if not desk.settings.server.users and not is_loopback(host):
        notice(
            "Everybody who reaches this address may ask, add and remove: set FOOTNOTE_AUTH to change that."
        )
    if open_window:
        webbrowser.open(url)
    try:
        running.join()
    finally:
        server.should_exit = True
        running.join(timeout=3)


def build_app(desk: Desk) -> FastAPI:
    """Put the routes and the page together; the page stands last, because it takes what is left."""
    server = desk.settings.server
    allowance = Allowance(server.limit)
    tools = _tools(desk, allowance)
    app = FastAPIOffline(
        lifespan=(lambda _: tools.running()) if tools else None,
        title="Footnote",
        version=version("footnote"),
        summary="Ask questions of paper abstracts; every sentence of an answer carries a footnote.",
        docs_url="/api/docs",
        redoc_url=None,
        openapi_url="/api/openapi.json",
        static_url="/api/docs-assets",
        root_path=server.root_path,
        exception_handlers={RequestValidationError: refuse_unreadable},
        responses={422: {"model": Refusal}},
    )
    names = served_names(server)
    app.add_middleware(Bodies, largest=_LARGEST_BODY)
    app.add_middleware(Guard, users=dict(server.users), allowance=allowance, names=names)
    app.include_router(api_routes(desk))
    app.include_router(completion_routes(desk))
    app.include_router(conversation_routes(desk))
    app.include_router(reading_routes(desk))
    app.include_router(papers_routes(desk))
    app.include_router(evaluation_routes(desk))
    if server.users:
        app.include_router(kept_routes(desk))
    if tools:
        app.router.routes += [Route(path, tools) for path in _TOOLS_AT]
    for path in (closed + ending for closed in _CLOSED for ending in ("", "/")):
        app.add_api_route(path, _refuse_file, methods=["POST"], include_in_schema=False)
    gr.mount_gradio_app(
        app,
        build_page(desk, allowance),
        path="/",
        root_path=server.root_path,
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        max_file_size=_LARGEST_BODY,
        show_error=True,
        mcp_server=False,  # ours: `ui.tools`
        theme=theme(),
        head=head(keeps=bool(server.users)),
    )
    return app


def _refuse_file() -> None:
    raise HTTPException(404, "No file is taken here; papers are added with POST /api/papers.")


def _tools(desk: Desk, allowance: Allowance) -> Tools | None:
    """Return the tools for other assistants, where the optional package is there that they need."""
    if find_spec("mcp") is None:
        return None
    from ui.tools import Tools

    return Tools(desk, allowance)
