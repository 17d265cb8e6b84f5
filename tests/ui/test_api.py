"""The interfaces for other programs, over real HTTP: REST, the OpenAI protocol, MCP, and their page."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from openai import OpenAI

from tests.model_server import ModelServer, says
from tests.serving import serve

_DOCS = Path(__file__).resolve().parents[2] / "docs" / "api.md"
_EXAMPLES = re.findall(r"```(bash|python)\n(.*?)```", _DOCS.read_text(encoding="utf-8"), re.DOTALL)
_IMAGES = "Which papers use images?"
_TREES = "How many images does Bark and Leaf hold?"
_SPECIES = "How many species does it name?"
_FUSION = "Which papers combine local and global features?"
_TWIN = "Does Twin Scale Fusion combine local and global features?"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory, small_home: Path) -> Iterator[str]:
    """The address of a server over a copy of the small library."""
    home = tmp_path_factory.mktemp("api")
    shutil.copytree(small_home, home, dirs_exist_ok=True)
    with serve(home, FOOTNOTE_WRITER="quotes") as address:
        yield address


def test_health_tells_the_number_of_papers(url: str) -> None:
    health = httpx.get(f"{url}/healthz").raise_for_status().json()
    assert (health["status"], health["papers"]) == ("ok", 5)


def test_an_answer_cites_words_that_stand_in_the_abstracts(url: str) -> None:
    answer = httpx.post(f"{url}/api/ask", json={"question": _IMAGES}).raise_for_status().json()
    papers = httpx.get(f"{url}/api/papers").raise_for_status().json()["papers"]
    abstracts = {paper["id"]: paper["abstract"] for paper in papers}
    evidence = [(s["id"], e) for s in answer["sources"] for e in s["evidence"]]
    assert evidence
    assert all(abstracts[name][e["start"] : e["end"]] == e["quote"] for name, e in evidence)


def test_a_follow_up_is_about_the_paper_of_the_answer_that_it_brings_along(url: str) -> None:
    first = httpx.post(f"{url}/api/ask", json={"question": _TREES}).raise_for_status().json()
    follow_up = {"question": _SPECIES, "conversation": first["conversation"]}
    second = httpx.post(f"{url}/api/ask", json=follow_up).raise_for_status().json()
    assert second["scope"]["ids"] == ["bark-and-leaf"]
    alone = httpx.post(f"{url}/api/ask", json={"question": _SPECIES}).raise_for_status().json()
    assert alone["scope"]["ids"] is None


@pytest.mark.parametrize("conversation", ["{", "[]", "x" * 600_000])
def test_a_conversation_that_is_none_is_refused(url: str, conversation: str) -> None:
    asked = {"question": _SPECIES, "conversation": conversation}
    assert httpx.post(f"{url}/api/ask", json=asked).status_code == 422


def test_search_ranks_papers(url: str) -> None:
    found = httpx.get(f"{url}/api/search", params={"q": "drum tracks", "k": 2}).raise_for_status().json()
    assert found[0]["id"] == "slow-drums"


def test_papers_are_added_and_removed(url: str) -> None:
    body = b'{"title": "Kelp", "abstract": "Kelp grows fast."}\n{"title": "Bare"}\n'
    added = httpx.post(f"{url}/api/papers", params={"name": "a.jsonl"}, content=body).raise_for_status()
    assert (added.json()["new"], len(added.json()["skipped"])) == (1, 1)
    assert httpx.get(f"{url}/api/papers", params={"words": "kelp"}).json()["total"] == 1
    assert httpx.delete(f"{url}/api/papers/kelp").status_code == 204
    assert httpx.delete(f"{url}/api/papers/kelp").status_code == 404


@pytest.mark.parametrize("question", ["", "  ", "drums " * 4_000])
def test_a_question_that_cannot_be_read_is_refused(url: str, question: str) -> None:
    assert httpx.post(f"{url}/api/ask", json={"question": question}).status_code == 422
    messages = [{"role": "user", "content": question}]
    assert httpx.post(f"{url}/v1/chat/completions", json={"messages": messages}).status_code == 422


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"method": "POST", "url": "/api/ask", "json": {"question": 3}}, "body.question: "),
        ({"method": "POST", "url": "/api/ask", "content": "nope"}, "body"),
        ({"method": "GET", "url": "/api/search", "params": {"q": "drums", "k": 0}}, "query.k: "),
        ({"method": "GET", "url": "/api/search"}, "query.q: Field required"),
        ({"method": "POST", "url": "/v1/chat/completions", "json": {"messages": 3}}, "body.messages: "),
    ],
)
def test_what_is_not_of_the_form_of_a_request_is_refused_in_one_line(
    url: str, sent: dict[str, Any], told: str
) -> None:
    with httpx.Client(base_url=url) as client:
        refused = client.request(**sent)
    assert refused.status_code == 422
    assert refused.json()["detail"].startswith(told)


@pytest.mark.parametrize(
    "path",
    [
        "/api/papers?name=a.txt",
        "/api/ask",
        "/v1/chat/completions",
        "/page/add?name=a.txt",
        "/page/draw",
        "/page/export",
        "/gradio_api/queue/join",
        "/gradio_api/upload",
        "/gradio_api/mcp",
    ],
)
@pytest.mark.parametrize("in_pieces", [True, False])
def test_a_body_that_is_too_large_is_refused_in_one_line(url: str, path: str, *, in_pieces: bool) -> None:
    piece = b"x" * 1_000_000
    body = (piece for _ in range(51)) if in_pieces else piece * 51
    response = httpx.post(f"{url}{path}", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 413
    assert response.json() == {"detail": "Larger than 50 MB, which is the most at once; send it in parts."}


@pytest.mark.parametrize("path", ["upload", "upload/", "component_server", "component_server/"])
def test_no_file_is_left_here_by_way_of_the_page(url: str, path: str) -> None:
    sent = {"files": ("a.txt", b"Kelp grows.")}
    response = httpx.post(f"{url}/gradio_api/{path}", files=sent)
    assert response.status_code == 404
    assert "POST /api/papers" in response.json()["detail"]


def test_the_page_of_the_interface_needs_no_other_host(url: str) -> None:
    page = httpx.get(f"{url}/api/docs").raise_for_status().text
    links = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert links
    assert all(httpx.get(f"{url}{link}").status_code == 200 for link in links)
    paths = httpx.get(f"{url}/api/openapi.json").raise_for_status().json()["paths"]
    assert {"/api/ask", "/api/search", "/api/papers", "/v1/chat/completions", "/healthz"} <= set(paths)
    assert not [path for path in paths if path.startswith("/page")]


def test_citations_are_annotations_at_their_numbers(url: str) -> None:
    client = OpenAI(base_url=f"{url}/v1", api_key="none")
    reply = client.chat.completions.create(
        model="footnote",
        messages=[{"role": "user", "content": "earlier"}, {"role": "user", "content": _IMAGES}],
    )
    message = reply.choices[0].message
    assert message.content
    assert message.annotations
    numbers = [
        message.content[note.url_citation.start_index : note.url_citation.end_index]
        for note in message.annotations
    ]
    assert numbers == re.findall(r"\[\d+\]", message.content)
    assert client.models.list().data[0].id == "footnote"


def test_a_stream_has_the_same_text_and_annotations(url: str) -> None:
    request = {"messages": [{"role": "user", "content": [{"type": "text", "text": _IMAGES}]}]}
    whole = httpx.post(f"{url}/v1/chat/completions", json=request).json()["choices"][0]["message"]
    client = OpenAI(base_url=f"{url}/v1", api_key="none")
    pieces = list(
        client.chat.completions.create(
            model="footnote", messages=[{"role": "user", "content": _IMAGES}], stream=True
        )
    )
    text = "".join(piece.choices[0].delta.content or "" for piece in pieces)
    assert text == whole["content"]
    assert len(pieces) > 3
    last = pieces[-1].choices[0]
    assert last.finish_reason == "stop"
    assert (last.delta.model_extra or {})["annotations"] == whole["annotations"]


@pytest.mark.parametrize("stream", [False, True])
def test_a_chat_goes_on_where_it_was(url: str, stream: bool) -> None:  # noqa: FBT001  # two ways to answer
    client = OpenAI(base_url=f"{url}/v1", api_key="none")
    chat: list[Any] = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": _TREES}]
    if stream:
        pieces = client.chat.completions.create(model="footnote", messages=chat, stream=True)
        reply = "".join(piece.choices[0].delta.content or "" for piece in pieces)
    else:
        whole = client.chat.completions.create(model="footnote", messages=chat)
        reply = whole.choices[0].message.content or ""
    chat += [{"role": "assistant", "content": f"{reply}\n"}, {"role": "user", "content": _SPECIES}]
    assert _scope_of(url, chat) == ["bark-and-leaf"]


def test_a_chat_that_the_server_has_never_seen_is_understood_by_asking_again(url: str) -> None:
    said = [{"role": "user", "content": _TREES}, {"role": "assistant", "content": "Some, elsewhere."}]
    assert _scope_of(url, [*said, {"role": "user", "content": _SPECIES}]) == ["bark-and-leaf"]
    assert _scope_of(url, [{"role": "user", "content": _SPECIES}]) is None


def _scope_of(url: str, chat: list[Any]) -> Any:
    reply = httpx.post(f"{url}/v1/chat/completions", json={"messages": chat}).raise_for_status().json()
    return reply["footnote"]["scope"]["ids"]


def test_a_question_about_something_else_is_refused_in_words(url: str) -> None:
    request = {"messages": [{"role": "user", "content": "Which wine goes with oysters on Saturday?"}]}
    message = httpx.post(f"{url}/v1/chat/completions", json=request).json()["choices"][0]["message"]
    assert (message["content"], message["annotations"]) == ("Not in this library.", [])


def test_a_stream_takes_back_what_was_withdrawn(own_home: Path) -> None:
    wrote = "Twin Scale Fusion joins local features with global features [1]. Hm, is"
    with (
        ModelServer(says(wrote, " it?</think>NOT IN THE SOURCES")) as model,
        serve(own_home, OPENAI_BASE_URL=model.url) as url,
    ):
        client = OpenAI(base_url=f"{url}/v1", api_key="none")
        pieces = list(
            client.chat.completions.create(
                model="footnote", messages=[{"role": "user", "content": _TWIN}], stream=True
            )
        )
    text = "".join(piece.choices[0].delta.content or "" for piece in pieces)
    before, _, after = text.partition("does not count")
    assert "Twin Scale Fusion" in before
    assert "The abstracts do not say." in after
    assert (pieces[-1].choices[0].delta.model_extra or {})["annotations"] == []


@pytest.mark.parametrize(("language", "code"), _EXAMPLES)
def test_the_examples_of_the_manual_run(url: str, tmp_path: Path, language: str, code: str) -> None:
    shell = shutil.which("bash")
    if language == "bash" and (shell is None or shutil.which("curl") is None):
        pytest.skip("there is no curl on this machine")
    runner = [str(shell), "-ec"] if language == "bash" else [sys.executable, "-c"]
    here = code.replace("http://127.0.0.1:7860", url)
    result = subprocess.run(  # noqa: S603  # our own examples
        [*runner, here], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout


def test_twenty_who_ask_at_once_get_the_answers_to_their_own_questions(url: str) -> None:
    asked = [_IMAGES, _TREES, _FUSION, _TWIN] * 5

    def ask(question: str) -> Any:
        return httpx.post(f"{url}/api/ask", json={"question": question}, timeout=60).raise_for_status().json()

    alone = {question: ask(question)["sentences"] for question in asked[:4]}
    with ThreadPoolExecutor(20) as askers:
        answers = list(askers.map(ask, asked))
    assert [answer["question"] for answer in answers] == asked
    assert [answer["sentences"] for answer in answers] == [alone[question] for question in asked]
