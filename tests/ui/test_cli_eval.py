"""`footnote eval`: from a question file to figures, a comparison, a gate and a page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.model_server import ModelServer, embeds, says
from tests.ui.command_line import footnote

_QUESTIONS: list[dict[str, Any]] = [
    {"id": "q1", "question": "which papers join local and global features?", "type": "list", "relevant": {"Twin Scale Fusion": 2}},
    {"id": "q2", "question": "How many images of trees?", "type": "fact", "relevant": {"bark-and-leaf": 2},
     "nuggets": [{"text": "12,400 images", "keys": ["12400"]}]},
    {"id": "q3", "question": "Which wine goes with oysters?", "type": "unanswerable"},
    {"id": "q4", "question": "Who keeps a small state?", "type": "fact", "relevant": {"Patient Mamba": 2, "Lost Paper": 1}},
]  # fmt: skip


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """A question file over the five papers."""
    path = tmp_path / "mine.jsonl"
    path.write_text("".join(json.dumps(question) + "\n" for question in _QUESTIONS))
    return path


@pytest.fixture
def run(questions: Path, own_home: Path, tmp_path: Path) -> Path:
    """A run of them."""
    folder = tmp_path / "run"
    result = footnote("eval", "run", questions, "--out", folder, home=own_home)
    assert result.exit_code == 0, result.output
    return folder


def test_a_run_prints_figures_and_warns_of_papers_that_are_not_there(
    questions: Path, own_home: Path, tmp_path: Path
) -> None:
    result = footnote("eval", "run", questions, "--library", own_home, "--out", tmp_path / "run")
    assert result.exit_code == 0
    assert "nDCG@10" in result.stdout
    assert "q4: the library has no paper 'Lost Paper'; it counts as not found" in result.stderr
    assert "4 of 4 questions answered" in result.stderr


def test_without_a_folder_the_same_command_goes_on_in_the_same_run(questions: Path, own_home: Path) -> None:
    for _ in range(2):
        assert footnote("eval", "run", questions, home=own_home).exit_code == 0
    [folder] = (own_home / "runs").iterdir()
    assert len((folder / "answers.jsonl").read_text().splitlines()) == len(_QUESTIONS)
    assert footnote("eval", "report", folder.name, home=own_home).exit_code == 0
    assert (folder / "report.html").is_file()


def test_scoring_needs_the_folder_alone(run: Path) -> None:
    (run / "scores.json").unlink()
    result = footnote("eval", "score", run)
    assert result.exit_code == 0
    scores = json.loads((run / "scores.json").read_text())
    assert {score["id"] for score in scores["questions"]} == {"q1", "q2", "q3", "q4"}
    assert scores["version"] == 1


def test_a_run_passes_the_gate_that_it_sets_and_a_worse_one_does_not(run: Path, tmp_path: Path) -> None:
    standard = tmp_path / "baselines" / "mine.json"
    assert footnote("eval", "baseline", run, "--out", standard).exit_code == 0
    passed = footnote("eval", "gate", run, "--baseline", standard)
    assert (passed.exit_code, "hold over 4 questions" in passed.stdout) == (0, True)
    answers = [json.loads(line) for line in (run / "answers.jsonl").read_text().splitlines()]
    refused = [{**a, "status": "not_in_library", "sentences": [], "text": ""} for a in answers]
    (run / "answers.jsonl").write_text("".join(json.dumps(a) + "\n" for a in refused))
    failed = footnote("eval", "gate", run, "--baseline", standard)
    assert failed.exit_code == 1
    assert "gate: false refusals: 1.000 is above its ceiling of" in failed.stdout
    assert "    q1  0.000 -> 1.000  which papers join local" in failed.stdout


def test_runs_are_compared_in_the_terminal_and_as_a_page(run: Path, tmp_path: Path) -> None:
    page = tmp_path / "changes.html"
    result = footnote("eval", "compare", run, run, "--html", page)
    assert result.exit_code == 0
    assert "0 answers changed" in result.stdout
    assert page.read_text().startswith("<!doctype html>")


def test_a_report_is_written_into_the_run(run: Path) -> None:
    assert footnote("eval", "report", run).exit_code == 0
    assert "Is it any good?" in (run / "report.html").read_text()
    assert (run / "report.md").read_text().startswith("# Evaluation")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("score", "nowhere"), "nowhere holds no run (no manifest.json)"),
        (("run", "nowhere.jsonl", "--out", "run"), "nowhere.jsonl cannot be read"),
        (("run", "reference", "--library", "nowhere", "--out", "run"), "nowhere holds no library"),
        (("gate", "nowhere", "--baseline", "none.json"), "none.json is no baseline"),
    ],
)
def test_what_cannot_be_used_is_one_line(arguments: tuple[str, ...], message: str) -> None:
    result = footnote("eval", *arguments)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert result.stderr.startswith(f"footnote: {message}")


def test_a_draft_is_written_once_and_never_over_another_file(own_home: Path, tmp_path: Path) -> None:
    out = tmp_path / "draft.jsonl"
    assert footnote("eval", "draft", "--n", "6", "--out", out, home=own_home).exit_code == 0
    assert len(out.read_text().splitlines()) == 6
    again = footnote("eval", "draft", "--out", out, home=own_home)
    assert (again.exit_code, len(out.read_text().splitlines())) == (2, 6)


def test_judging_can_be_undone_stopped_and_gone_on_with(
    questions: Path, own_home: Path, tmp_path: Path
) -> None:
    out = tmp_path / "judged.jsonl"
    arguments = ("eval", "judge", questions, "--depth", "3", "--out", out)
    first = footnote(*arguments, home=own_home, stdin="y\nu\nn\nx\np\nq\n")
    assert first.exit_code == 0, first.output
    log = tmp_path / "judged.jsonl.judgments.jsonl"
    assert [json.loads(line)["grade"] for line in log.read_text().splitlines()] == [0, 1]
    seen = {json.loads(line)["title"] for line in log.read_text().splitlines()}
    second = footnote(*arguments, home=own_home, stdin="q\n")
    assert not [title for title in seen if f"\n{title}\n" in second.stdout]
    judged = json.loads(out.read_text().splitlines()[0])["relevant"]
    assert judged["Twin Scale Fusion"] == 2
    assert sorted(judged.values()) == [0, 1, 2]


def test_a_sweep_tabulates_each_combination(questions: Path, own_home: Path, tmp_path: Path) -> None:
    plan = tmp_path / "sweep.yaml"
    plan.write_text(f"questions: {questions}\ngrid:\n  retrieval.lexical_weight: [0.0, 0.8]\n")
    result = footnote("eval", "sweep", plan, "--out", tmp_path / "sweep", home=own_home)
    assert result.exit_code == 0, result.output
    assert "0.8" in result.stdout
    assert len(list((tmp_path / "sweep").glob("*/scores.json"))) == 2


def test_a_sweep_over_prompts_gives_each_to_the_model_and_names_it_in_the_manifest(
    questions: Path, own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "terse.txt").write_text("Answer in five words. Where nothing fits: NOT IN THE SOURCES")
    plan = tmp_path / "sweep.yaml"
    plan.write_text(f"questions: {questions}\ngrid:\n  FOOTNOTE_PROMPT: ['', terse.txt]\n")
    monkeypatch.setenv("FOOTNOTE_WRITER", "llm")
    with ModelServer(says("NOT IN THE SOURCES")) as model:
        monkeypatch.setenv("OPENAI_BASE_URL", model.url)
        result = footnote("eval", "sweep", plan, "--out", tmp_path / "sweep", home=own_home)
    assert result.exit_code == 0, result.output
    answers = [str(request["messages"]) for request in model.requests]
    told = ["Answer in five words." in text for text in answers if "How many images of trees?" in text]
    assert told == [False, True]
    prompts = {_manifest(folder)["prompts"].partition("/")[0] for folder in (tmp_path / "sweep").iterdir()}
    assert prompts == {"answer", "own"}


def test_a_sweep_over_encoders_asks_the_same_papers_under_each(
    questions: Path, own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = tmp_path / "sweep.yaml"
    plan.write_text(
        f"questions: {questions}\nlibrary: {own_home}\ngrid:\n  FOOTNOTE_EMBEDDINGS: [bundled, 'openai:tiny']\n"
    )
    with ModelServer(embeds()) as server:
        monkeypatch.setenv("FOOTNOTE_EMBEDDINGS_URL", server.url)
        result = footnote("eval", "sweep", plan, "--out", tmp_path / "sweep", home=tmp_path / "other")
    assert result.exit_code == 0, result.output
    assert server.requests
    libraries = [_manifest(path.parent)["library"] for path in (tmp_path / "sweep").glob("*/scores.json")]
    assert {library["index"]["model"] for library in libraries} == {"all-MiniLM-L6-v2-int8", "openai:tiny"}
    assert {(library["papers"], library["without_vectors"]) for library in libraries} == {(5, 0)}
    assert "openai:tiny" in result.stdout


def _manifest(folder: Path) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text())
    return manifest


def test_questions_are_exported_for_other_tools(questions: Path, own_home: Path, tmp_path: Path) -> None:
    out = tmp_path / "beir"
    assert footnote("eval", "export", questions, "--out", out, home=own_home).exit_code == 0
    assert len((out / "corpus.jsonl").read_text().splitlines()) == 5
    assert (out / "qrels.txt").read_text().startswith("q1 0 twin-scale-fusion 2\n")


@pytest.mark.parametrize("command", [("score", "RUN", "--judge"), ("compare", "RUN", "RUN", "--judge")])
def test_a_judge_without_a_model_is_one_line(run: Path, command: tuple[str, ...]) -> None:
    result = footnote("eval", *(str(run) if word == "RUN" else word for word in command))
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "no model is configured" in result.stderr


def test_claims_are_put_to_the_checks(tmp_path: Path) -> None:
    words = "Oaks grow slowly in wet soil."
    claim = {"id": "1", "question": words, "contexts": [{"doc_id": "7", "sentences": [words]}]}
    path = tmp_path / "claims.jsonl"
    path.write_text(json.dumps({**claim, "evidence": {"7": {"label": "SUPPORT"}}}) + "\n")
    result = footnote("eval", "verify", path)
    assert result.exit_code == 0, result.output
    assert "precision of 'supported'" in result.stdout
