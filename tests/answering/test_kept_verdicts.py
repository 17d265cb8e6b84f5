"""What is kept of verdicts fits the text that was judged, and is never worth an error."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rag.answering.sets.estimating import Pace
from rag.answering.sets.kept_verdicts import KeptVerdicts
from rag.types import Criterion, CriterionVerdict, Evidence, Judgement, Kind, Paper, PaperId, Span

_PAPER = Paper(PaperId("p"), "Slow Drums", "Slow Drums counts beats.")
_DRUMS = Criterion("about  Drums")
_VERDICT = CriterionVerdict(_DRUMS, Judgement.MEETS, (Evidence.cut(_PAPER, Span(0, 10), score=1.0),))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the verdicts are kept."""
    return tmp_path / "verdicts.sqlite"


@pytest.fixture
def kept(path: Path) -> KeptVerdicts:
    """One verdict of the model `m`."""
    opened = KeptVerdicts(path, model="m")
    opened.put([(_PAPER, _VERDICT)])
    return opened


def test_a_verdict_is_found_again_with_its_words(kept: KeptVerdicts) -> None:
    assert kept.get([_PAPER], _DRUMS) == {"p": _VERDICT}


def test_what_is_ruled_out_was_asked_like_what_is_wanted(kept: KeptVerdicts) -> None:
    other = Criterion("About drums", negated=True)
    assert kept.get([_PAPER], other)[_PAPER.id] == replace(_VERDICT, criterion=other)


@pytest.mark.parametrize(
    "paper", [replace(_PAPER, abstract="Slow Drums counts."), replace(_PAPER, title="Drums")]
)
def test_another_text_is_another_paper(kept: KeptVerdicts, paper: Paper) -> None:
    assert kept.get([paper], _DRUMS) == {}


def test_the_same_text_under_another_id_is_known(kept: KeptVerdicts) -> None:
    twin = replace(_PAPER, id=PaperId("twin"))
    assert kept.get([twin], _DRUMS)[twin.id].evidence[0].paper_id == "twin"


def test_models_and_criteria_are_kept_apart(kept: KeptVerdicts, path: Path) -> None:
    other = KeptVerdicts(path, model="other")
    assert other.get([_PAPER], _DRUMS) == kept.get([_PAPER], Criterion("about trees")) == {}


def test_the_pace_is_that_of_the_last_sweep(kept: KeptVerdicts) -> None:
    assert kept.pace() is None
    kept.put_pace(Pace(10, 5.0, 300))
    kept.put_pace(Pace(20, 5.0, 300))
    assert kept.pace() == Pace(20, 5.0, 300)


def test_a_file_that_is_no_database_is_replaced(path: Path) -> None:
    path.write_bytes(b"no database " * 100)
    opened = KeptVerdicts(path, model="m")
    opened.put([(_PAPER, _VERDICT)])
    assert opened.get([_PAPER], _DRUMS)


def test_a_file_that_cannot_be_written_costs_requests_but_no_error(tmp_path: Path) -> None:
    opened = KeptVerdicts(tmp_path / "missing" / "verdicts.sqlite", model="m")
    opened.put([(_PAPER, _VERDICT)])
    assert (opened.get([_PAPER], _DRUMS), opened.pace()) == ({}, None)


def test_the_kind_of_a_question_is_kept_for_the_model_that_told_it(kept: KeptVerdicts, path: Path) -> None:
    kept.put_kind("is it any good?", Kind.FACT)
    kept.put_kind("is it any good?", Kind.LIST)
    assert kept.kind("is it any good?") is Kind.LIST
    assert kept.kind("is it good?") is None
    assert KeptVerdicts(path, model="other").kind("is it any good?") is None
