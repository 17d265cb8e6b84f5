"""A sweep file becomes settings, or one clear error; its table knows what is beaten by nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.sweep import Cell, name_of, own_home, read_plan, settings_of, undominated
from rag.errors import SettingsError

_ENVIRONMENT = {"FOOTNOTE_HOME": "home"}


def _plan(folder: Path, text: str) -> Path:
    path = folder / "sweep.yaml"
    path.write_text(text)
    return path


def test_a_grid_is_every_combination(tmp_path: Path) -> None:
    plan = read_plan(
        _plan(
            tmp_path,
            "half: tune\nprices: [0.15, 0.6]\ngrid:\n  FOOTNOTE_WRITER: [quotes, llm]\n  retrieval.limit: [20, 50]\n",
        )
    )
    assert (plan.half, plan.prices, len(plan.cells)) == ("tune", (0.15, 0.6), 4)
    assert plan.cells[1] == {"FOOTNOTE_WRITER": "quotes", "retrieval.limit": "50"}


def test_a_choice_sets_variables_and_fields() -> None:
    settings = settings_of({"FOOTNOTE_WRITER": "llm", "retrieval.lexical_weight": "0.25"}, _ENVIRONMENT)
    assert (settings.writer, settings.retrieval.lexical_weight) == ("llm", 0.25)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("grid: 3", "must map settings to lists"),
        ("grid: {}", "must map settings to lists"),
        ("grid: [unclosed", "cannot be read"),
        ("grid: {FOOTNOTE_WRITER: quotes}", "needs a list"),
        ("grid: {FOOTNOTE_COLOUR: [red]}", "'FOOTNOTE_COLOUR' is no setting"),
        ("speed: 9\ngrid: {FOOTNOTE_WRITER: [quotes]}", "'speed' is no field"),
        ("half: best\ngrid: {FOOTNOTE_WRITER: [quotes]}", "half must be report or tune"),
        ("half: [tune]\ngrid: {FOOTNOTE_WRITER: [quotes]}", "half must be report or tune"),
        ("limit: many\ngrid: {FOOTNOTE_WRITER: [quotes]}", "limit must be a number"),
        ("limit: -5\ngrid: {FOOTNOTE_WRITER: [quotes]}", "limit must be a number"),
        ("prices: 0.15\ngrid: {FOOTNOTE_WRITER: [quotes]}", "prices must be two numbers"),
        ("prices: [0.15, x]\ngrid: {FOOTNOTE_WRITER: [quotes]}", "prices must be two numbers"),
        ("library: [sample]\ngrid: {FOOTNOTE_WRITER: [quotes]}", "library must be sample or a folder"),
    ],
)
def test_a_file_that_cannot_be_used_is_an_error(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(SettingsError, match=why):
        read_plan(_plan(tmp_path, text))


def test_a_prompt_is_swept_as_a_file(tmp_path: Path) -> None:
    (tmp_path / "terse.txt").write_text("Answer in five words.\n")
    plan = read_plan(_plan(tmp_path, 'grid:\n  FOOTNOTE_PROMPT: ["", terse.txt]\n'))
    told = [settings_of(choice, _ENVIRONMENT).model.instructions for choice in plan.cells]
    assert told == ["", "Answer in five words."]


def test_a_field_of_a_record_within_another_is_set() -> None:
    choice = {"retrieval.many_papers.words": "0.25", "retrieval.wording.mend_slips": "False"}
    retrieval = settings_of(choice, _ENVIRONMENT).retrieval
    assert (retrieval.many_papers.words, retrieval.wording.mend_slips) == (0.25, False)
    assert retrieval.one_paper.words == 0.0


@pytest.mark.parametrize(
    "name", ["kitchen.sink", "retrieval.sink", "retrieval.limit", "retrieval.wording", "retrieval.limit.deep"]
)
def test_a_field_or_value_that_cannot_be_used_is_an_error(name: str) -> None:
    with pytest.raises(SettingsError, match=name):
        settings_of({name: "many"}, _ENVIRONMENT)


def test_another_encoder_gets_a_library_of_its_own() -> None:
    assert own_home({"FOOTNOTE_WRITER": "llm"}) is None
    one, two = (own_home({"FOOTNOTE_EMBEDDINGS": name, "retrieval.limit": "5"}) for name in ("a", "b"))
    assert one != two
    assert one == own_home({"FOOTNOTE_EMBEDDINGS": "a", "retrieval.limit": "9"})


def test_the_undominated_are_beaten_by_nobody_in_quality_time_and_cost() -> None:
    best, cheap, bad, failed = (
        Cell({"n": "best"}, {"ndcg10": 0.8}, 900.0, 2.0),
        Cell({"n": "cheap"}, {"ndcg10": 0.7}, 100.0, None),
        Cell({"n": "bad"}, {"ndcg10": 0.6}, 200.0, None),
        Cell({"n": "failed"}, {}, None, None, error="no server"),
    )
    kept = undominated([best, cheap, bad, failed], "ndcg10")
    assert kept == {name_of(best.choice), name_of(cheap.choice)}
