"""The page for a group: users, limits, other sites, and a proxy's path."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from gradio_client import Client
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from rag.environment.reading import read_settings
from rag.errors import SettingsError
from tests.serving import serve
from tests.ui.command_line import footnote
from ui.address import served_names
from ui.guard import Allowance, Guard, user_of
from ui.passwords import check_password, hash_password

_ADA = ("ada", "lovely: secret")
_BOB = ("bob", "other")
_ASKING = {"question": "Which papers use images?"}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory, small_home: Path) -> Iterator[str]:
    """A server for two users, who may ask three questions a minute, behind the path /foot."""
    home = tmp_path_factory.mktemp("group")
    shutil.copytree(small_home, home, dirs_exist_ok=True)
    users = " ".join(f"{name}:{hash_password(password)}" for name, password in (_ADA, _BOB))
    with serve(home, FOOTNOTE_AUTH=users, FOOTNOTE_LIMIT="3", FOOTNOTE_ROOT_PATH="/foot/") as address:
        yield address


@pytest.mark.parametrize("path", ["/", "/api/docs", "/api/papers", "/page/papers", "/config", "/v1/models"])
@pytest.mark.parametrize(
    "auth",
    [None, ("ada", "wrong"), ("eve", "lovely: secret"), ("", "")],
    ids=["none", "wrong", "eve", "empty"],
)
def test_nothing_is_served_without_a_user_and_a_password(
    url: str, path: str, auth: tuple[str, str] | None
) -> None:
    response = httpx.get(f"{url}{path}", auth=auth)
    assert response.status_code == 401
    assert response.headers["www-authenticate"].startswith("Basic")


def test_whether_it_runs_can_be_asked_without_a_password(url: str) -> None:
    assert httpx.get(f"{url}/healthz").json()["status"] == "ok"


@pytest.mark.parametrize("prefix", ["", "/foot"])
def test_the_page_is_served_behind_a_path_that_the_proxy_cuts_off_or_not(url: str, prefix: str) -> None:
    for path in ("/", "/config", "/api/papers", "/api/docs"):
        assert httpx.get(f"{url}{prefix}{path}", auth=_ADA).status_code == 200
    assert httpx.get(f"{url}{prefix}/config", auth=_ADA).json()["root"].endswith("/foot")
    assert "/foot/api/openapi.json" in httpx.get(f"{url}{prefix}/api/docs", auth=_ADA).text


def test_each_user_has_a_limit_of_their_own(url: str) -> None:
    asked = [httpx.post(f"{url}/api/ask", json=_ASKING, auth=_BOB, timeout=60) for _ in range(4)]
    assert [response.status_code for response in asked] == [200, 200, 200, 429]
    assert "3 questions a minute" in asked[-1].json()["detail"]
    assert httpx.post(f"{url}/api/ask", json=_ASKING, auth=_ADA, timeout=60).status_code == 200


def test_another_sites_page_cannot_change_the_library(url: str) -> None:
    foreign = {"Sec-Fetch-Site": "cross-site", "Content-Type": "text/plain"}
    body = b'{"title": "Kelp", "abstract": "Kelp grows."}'
    for path in ("/api/papers?name=a.jsonl", "/page/add?name=a.jsonl"):
        assert httpx.post(f"{url}{path}", content=body, headers=foreign, auth=_ADA).status_code == 403
    assert httpx.get(f"{url}/api/papers", params={"words": "kelp"}, auth=_ADA).json()["total"] == 0


def test_each_user_finds_their_own_conversations_alone(url: str) -> None:
    turn = {"name": "t1", "conversation": "c1", "question": "Which kelp?", "text": "", "record": "{}"}
    assert httpx.post(f"{url}/page/kept/keep", json={"entry": turn}, auth=_ADA).status_code == 200
    lists = [httpx.post(f"{url}/page/kept/list", json={}, auth=user).json() for user in (_ADA, _BOB)]
    assert [len(one["conversations"]) for one in lists] == [1, 0]
    assert httpx.post(f"{url}/page/kept/turns", json={"id": "c1"}, auth=_BOB).json() == {"turns": []}
    assert httpx.post(f"{url}/page/kept/turns", json={"id": "../c1"}, auth=_ADA).status_code == 422
    assert httpx.post(f"{url}/page/kept/list", json={}).status_code == 401


def test_no_function_of_the_page_is_open(url: str) -> None:
    client = Client(url, httpx_kwargs={"auth": _ADA}, verbose=False, analytics_enabled=False)
    try:
        assert not client.view_api(return_format="dict", print_info=False)["named_endpoints"]
    finally:
        client.close()


def test_no_limit_is_no_limit() -> None:
    allowance = Allowance(0)
    assert all(allowance.take("ada") for _ in range(1_000))


def test_who_asks_is_the_user_or_else_the_address() -> None:
    assert user_of({"authorization": "Basic YWRhOng="}, ("10.0.0.1", 80)) == "ada"
    assert user_of({"authorization": "Bearer x"}, ("10.0.0.1", 80)) == "10.0.0.1"


def test_the_command_makes_an_entry_that_settings_read(tmp_path: Path) -> None:
    made = footnote("password", "ada", home=tmp_path, stdin="secret\nsecret\n")
    users = read_settings({"FOOTNOTE_AUTH": made.stdout.strip()}).server.users
    assert [(name, check_password("secret", hashed)) for name, hashed in users] == [("ada", True)]


@pytest.mark.parametrize(
    ("name", "value"),
    [("FOOTNOTE_AUTH", "ada:secret"), ("FOOTNOTE_AUTH", "ada"), ("FOOTNOTE_ROOT_PATH", "foot")],
)
def test_settings_that_cannot_be_used_are_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        read_settings({name: value})


def test_hashed_passwords_are_not_shown() -> None:
    assert "scrypt" not in repr(read_settings({"FOOTNOTE_AUTH": f"ada:{hash_password('x')}"}))


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "[::1]", "LOCALHOST"])
@pytest.mark.parametrize("port", ["", ":7860"])
def test_a_page_on_this_machine_answers_to_its_own_names(name: str, port: str) -> None:
    assert _status(f"{name}{port}") == 200


@pytest.mark.parametrize(
    "name", ["evil.example", "localhost.evil.example:7860", "127.0.0.1.nip.io", "", "[::2]"]
)
def test_another_name_for_this_machine_is_refused(name: str) -> None:
    assert _status(name) == 421
    assert _status(name, FOOTNOTE_ALLOWED_HOSTS="papers.example") == 421


@pytest.mark.parametrize(
    "environment",
    [
        {"FOOTNOTE_ALLOWED_HOSTS": "papers.example other.example"},
        {"FOOTNOTE_ALLOWED_HOSTS": "Papers.example", "FOOTNOTE_HOST": "0.0.0.0"},  # noqa: S104  # not bound
        {"FOOTNOTE_ROOT_PATH": "/foot"},
        {"FOOTNOTE_HOST": "10.0.0.2"},
        {"FOOTNOTE_AUTH": f"ada:{hash_password('secret')}"},
    ],
    ids=["allowed", "allowed elsewhere", "proxy", "network", "users"],
)
def test_a_proxys_name_a_networks_and_a_users_are_let_through(environment: dict[str, str]) -> None:
    assert _status("papers.example", **environment) in {200, 401}


def _status(host: str, **environment: str) -> int:
    """What a request for this name is answered with."""
    return _client(environment).get("/", headers={"Host": host}).status_code


def _client(environment: Mapping[str, str]) -> TestClient:
    """Ask a page that is guarded as these settings say."""
    app = Starlette()
    app.add_route("/", lambda _request: PlainTextResponse("page"), methods=["GET", "POST"])
    server = read_settings(environment).server
    guard = Guard(app, users=dict(server.users), allowance=Allowance(0), names=served_names(server))
    return TestClient(guard)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://10.0.0.2:3000"},
        {"Origin": "http://evil.example"},
        {"Origin": "http://10.0.0.2:3000"},
        {"Origin": "null"},
    ],
    ids=["site", "another port, told", "origin", "another port", "nobody's"],
)
def test_a_page_of_another_origin_may_read_but_do_nothing(headers: dict[str, str]) -> None:
    client = _client({"FOOTNOTE_HOST": "10.0.0.2"})
    asked = {"Host": "10.0.0.2:7860", **headers}
    assert (client.post("/", headers=asked).status_code, client.get("/", headers=asked).status_code) == (
        403,
        200,
    )


@pytest.mark.parametrize(
    ("environment", "headers"),
    [
        ({}, {"Host": "localhost:7860", "Sec-Fetch-Site": "same-origin", "Origin": "http://localhost:7860"}),
        ({}, {"Host": "localhost:7860", "Sec-Fetch-Site": "none"}),
        ({}, {"Host": "localhost:7860"}),
        ({"FOOTNOTE_HOST": "10.0.0.2"}, {"Host": "10.0.0.2:7860", "Origin": "http://10.0.0.2:7860"}),
        (
            {"FOOTNOTE_ALLOWED_HOSTS": "papers.example"},
            {"Host": "127.0.0.1:7860", "Origin": "http://papers.example"},
        ),
    ],
    ids=["told", "typed in", "no browser", "network", "a proxy that keeps its name to itself"],
)
def test_the_page_itself_and_programs_may_do_what_they_ask(
    environment: dict[str, str], headers: dict[str, str]
) -> None:
    assert _client(environment).post("/", headers=headers).status_code == 200


def test_no_web_socket_opens_where_users_are_asked_for() -> None:
    sent: list[Message] = []

    async def record(message: Message) -> None:
        sent.append(message)

    async def nothing() -> Message:
        return {"type": "websocket.connect"}

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "websocket.accept"})

    guard = Guard(app, users={"ada": hash_password("secret")}, allowance=Allowance(0))
    with ThreadPoolExecutor(1) as pool:  # the loop of this thread is the client's of the other tests
        pool.submit(asyncio.run, guard({"type": "websocket"}, nothing, record)).result()
    assert [message["type"] for message in sent] == ["websocket.close"]
