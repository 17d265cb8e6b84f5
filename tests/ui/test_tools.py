"""The tools for other assistants, asked by the protocol's own client."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult, TextContent

from tests.serving import serve
from ui.passwords import hash_password

_ADA, _BOB = ("ada", "lovely: secret"), ("bob", "other")
_IMAGES = "Which papers use images?"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory, small_home: Path) -> Iterator[str]:
    """A server for two users, who may ask two questions a minute, behind the path /foot."""
    home = tmp_path_factory.mktemp("group")
    shutil.copytree(small_home, home, dirs_exist_ok=True)
    users = " ".join(f"{name}:{hash_password(password)}" for name, password in (_ADA, _BOB))
    with serve(home, FOOTNOTE_AUTH=users, FOOTNOTE_LIMIT="2", FOOTNOTE_ROOT_PATH="/foot") as address:
        yield address


def _call(url: str, user: tuple[str, str], *calls: tuple[str, dict[str, Any]]) -> list[CallToolResult]:
    """Call tools in one session."""

    async def ask() -> list[CallToolResult]:
        async with (
            httpx.AsyncClient(auth=user, timeout=60) as client,
            streamable_http_client(url, http_client=client) as (incoming, outgoing, _),
            ClientSession(incoming, outgoing) as session,
        ):
            await session.initialize()
            tools = (await session.list_tools()).tools
            assert [tool.name for tool in tools] == ["ask", "search", "papers"]
            assert all(tool.description for tool in tools)
            return [await session.call_tool(*call) for call in calls]

    with ThreadPoolExecutor(1) as pool:  # this thread's loop is that of other tests
        return pool.submit(asyncio.run, ask()).result()


def _said(result: CallToolResult) -> str:
    [told] = result.content
    assert isinstance(told, TextContent)
    return told.text


@pytest.mark.parametrize("path", ["/gradio_api/mcp", "/gradio_api/mcp/", "/foot/gradio_api/mcp/"])
def test_the_papers_are_listed_wherever_the_tools_are_reached(url: str, path: str) -> None:
    [listed] = _call(f"{url}{path}", _ADA, ("papers", {"words": "bark"}))
    assert listed.structuredContent is not None
    assert [paper["id"] for paper in listed.structuredContent["papers"]] == ["bark-and-leaf"]


def test_an_answer_is_the_record_of_json_and_a_follow_up_goes_on_from_it(url: str) -> None:
    address = f"{url}/gradio_api/mcp/"
    [first] = _call(address, _ADA, ("ask", {"question": "How many images are there of trees?"}))
    assert first.structuredContent is not None
    said = first.structuredContent["conversation"]
    [second] = _call(
        address, _ADA, ("ask", {"question": "How many species does it name?", "conversation": said})
    )
    assert second.structuredContent is not None
    assert second.structuredContent["scope"]["ids"] == ["bark-and-leaf"]


def test_questions_and_searches_count_against_the_limit_and_what_cannot_be_asked_is_told_in_a_line(
    url: str,
) -> None:
    found, empty, much = _call(
        f"{url}/gradio_api/mcp/",
        _BOB,
        ("search", {"query": _IMAGES, "k": 1}),
        ("ask", {"question": " "}),
        ("ask", {"question": _IMAGES}),
    )
    assert found.structuredContent is not None
    assert [paper["rank"] for paper in found.structuredContent["papers"]] == [1]
    assert (empty.isError, _said(empty).startswith("the question is empty")) == (True, True)
    assert (much.isError, "2 questions a minute" in _said(much)) == (True, True)


def test_nobody_calls_them_without_a_password(url: str) -> None:
    request = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    assert httpx.post(f"{url}/gradio_api/mcp/", json=request).status_code == 401
