"""What the Evaluation view asks of its server: a run by name, one question, two side by side, the report."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from fastapi import FastAPI
from fastapi.testclient import TestClient

from rag.environment.reading import read_settings
from rag.library.library import Library
from tests.reference_run import make_run
from ui.chat import Desk
from ui.evaluation_routes import evaluation_routes


@pytest.fixture
def client(own_home: Path) -> Iterator[TestClient]:
    """The routes over a state folder without runs."""
    app = FastAPI()
    with closing(Desk(read_settings({"FOOTNOTE_HOME": str(own_home)}))) as desk:
        app.include_router(evaluation_routes(desk))
        with TestClient(app) as client:
            yield client


@pytest.fixture
def run(shelf: Library, own_home: Path) -> Path:
    return make_run(shelf, own_home / "runs" / "first")


def test_without_a_run_the_list_says_the_command(client: TestClient) -> None:
    drawn = BeautifulSoup(client.post("/page/runs").json()["html"], "html.parser")
    assert "footnote eval run reference" in drawn.get_text()
    assert [code.get_text() for code in drawn.select("code")] == ["runs", "footnote info"]


def test_the_list_shows_figures_with_their_intervals(client: TestClient, run: Path) -> None:
    drawn = BeautifulSoup(client.post("/page/runs").json()["html"], "html.parser")
    assert drawn.select_one(".runs a")["href"] == f"#/evaluation/{run.name}"  # type: ignore[index]  # a run is there
    figures = json.loads((run / "scores.json").read_text())["figures"]
    halves = {figure["half"] for figure in figures}
    shown = next(
        f for f in figures if f["measure"] == "ndcg10" and f["half"] == max(halves - {"tune"}, default="tune")
    )
    assert f"n = {shown['n']}" in str(drawn)


@pytest.mark.usefixtures("run")
@pytest.mark.parametrize("name", ["../library", "..", "first/../first", "none", "<script>"])
def test_what_is_no_run_of_the_folder_is_not_found(client: TestClient, name: str) -> None:
    assert client.post("/page/run", json={"run": name}).status_code == 404
    assert client.post("/page/run/compare", json={"before": "first", "after": name}).status_code == 404
    assert client.get(f"/page/report/{quote(name, safe='')}").status_code == 404


@pytest.mark.usefixtures("run")
def test_a_question_opens_to_its_answer_and_the_words_in_their_abstracts(client: TestClient) -> None:
    html = client.post("/page/run/question", json={"run": "first", "question": "q1"}).json()["html"]
    drawn = BeautifulSoup(html, "html.parser")
    marked = [mark.text for mark in drawn.select(".card .abstract mark")]
    assert marked
    assert all(words in drawn.select_one(".answer").text for words in marked)  # type: ignore[union-attr]  # it is there


def test_words_that_the_abstract_does_not_hold_are_not_marked(client: TestClient, run: Path) -> None:
    papers = [json.loads(line) for line in (run / "papers.jsonl").read_text().splitlines()]
    changed = [{**paper, "abstract": "Other words stand here now."} for paper in papers]
    (run / "papers.jsonl").write_text("".join(json.dumps(paper) + "\n" for paper in changed))
    html = client.post("/page/run/question", json={"run": "first", "question": "q1"}).json()["html"]
    assert "Other words" in html
    assert "<mark>" not in html


@pytest.mark.usefixtures("run")
def test_two_runs_are_compared_and_a_question_with_markup_stays_text(
    client: TestClient, shelf: Library, own_home: Path
) -> None:
    make_run(shelf, own_home / "runs" / "second")
    both = {"before": "first", "after": "second"}
    compared = client.post("/page/run/compare", json=both).raise_for_status().json()["html"]
    assert "B minus A" in compared
    shown = client.post("/page/run", json={"run": "first"}).json()["html"]
    assert "Who &lt;b&gt;counts&lt;/b&gt; beats?" in shown


@pytest.mark.usefixtures("run")
def test_the_whole_report_is_a_stranger_to_the_page(client: TestClient) -> None:
    report = client.get("/page/report/first").raise_for_status()
    assert "Is it any good?" in report.text
    assert report.headers["content-security-policy"].startswith("sandbox")
