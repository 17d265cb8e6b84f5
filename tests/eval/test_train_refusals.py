"""Teaching the judge of refusals: what the rules first told, and what is learned from it."""

from __future__ import annotations

import json

import numpy as np
import pytest

from eval.reference import QUESTIONS, load_questions
from eval.train_refusals import Asked, fit, record
from rag.answering.refusing.nearness import Nearness
from rag.answering.refusing.votes import FAMILIES, RulesTold
from rag.types import Status

_PAPERS = 40


def _asked() -> list[Asked]:
    """Silent abstracts are far from the question; rules refuse most of them, and some others."""
    chance = np.random.default_rng(3)
    asked = []
    for n in range(4 * _PAPERS):
        silent = n % 2 == 0
        features = {"far": float(silent) + chance.normal(), "noise": chance.normal()}
        refused = chance.random() < (0.7 if silent else 0.1)
        status = Status.NOT_STATED if refused else Status.ANSWERED
        votes = RulesTold(status, "details" if refused else "", 1, ("licence",) * refused).votes()
        near = Nearness(features, chance.normal(size=3), chance.normal(size=3))
        asked.append(Asked(f"batch{n % 5}", f"paper{n % _PAPERS}", silent, near, votes if n % 4 else None))
    return asked


def test_what_is_far_and_what_the_rules_refuse_is_learned_to_be_silent() -> None:
    asked = _asked()
    distance, votes = fit(asked, np.ones(len(asked), np.bool_))
    far, noise = distance.weights[:2]
    assert far > abs(noise)
    assert votes.weights[0] > 0
    assert votes.weights[1 + list(asked[1].votes or {}).index("refused")] > 0


def test_what_is_written_has_every_feature_and_vote_once() -> None:
    asked = _asked()
    written = record(asked)
    assert written["features"].keys() == asked[0].near.features.keys()  # type: ignore[attr-defined]  # read from JSON
    assert written["votes"].keys() == (asked[1].votes or {}).keys()  # type: ignore[attr-defined]
    assert json.loads(json.dumps(written)) == written


def test_rules_are_weighed_by_what_they_first_told_of_known_questions() -> None:
    path = QUESTIONS.with_name("first_told.jsonl")
    told = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    files = (QUESTIONS.with_name(name) for name in ("tuning.jsonl", "fresh.jsonl", "third.jsonl"))
    known = {one.id for file in files for one in load_questions(file)}
    assert {row["id"] for row in told} <= known
    assert len({row["id"] for row in told}) == len(told)


@pytest.mark.parametrize("missing", ["licence", "data set", "number of frogs", "time"])
def test_each_missing_detail_votes_for_one_family(missing: str) -> None:
    votes = RulesTold(Status.NOT_STATED, "details", 1, (missing,)).votes()
    assert sum(votes[f"no {family}"] for family in FAMILIES) == 1
