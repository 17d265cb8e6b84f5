"""Teach the judge of refusals: `python -m eval.train_refusals PAGE... [--home FOLDER]`.

Asks the tuning questions of the papers of the pages: near misses (the abstract is silent) and answerable ones. Fits
how far an abstract is from what is asked, and beside it what the rules' votes are worth, by what they told of the batches
that they were not made on (`eval/questions/first_told.jsonl`). Prints what the judge tells of each batch when it
learned from the others alone, and writes `rag/answering/refusing/silence_weights.json`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import rag.answering.refusing
from eval.pages import pages_parser, searched_pages
from eval.reference import QUESTIONS, ReferenceQuestion, load_questions
from eval.regression import fit_logistic
from rag.answering.asking.intent import read_kind
from rag.answering.refusing.abstention import DOUBTED_FROM, REFUSED_FROM, worth_a_look
from rag.answering.refusing.nearness import Nearness, Numbers, measure
from rag.answering.refusing.silence import WEIGHTS_FILE, projection_print
from rag.answering.refusing.topic import topic_evidence
from rag.answering.refusing.votes import RulesTold
from rag.retrieval.retriever import Retriever
from rag.types import Question, Status

# All of the first two are for tuning; of the others the tuning halves.
_WHOLE = (QUESTIONS.with_name("tuning.jsonl"), QUESTIONS.with_name("fresh.jsonl"))
_HALVES = (QUESTIONS.with_name("refusals.jsonl"), QUESTIONS.with_name("third.jsonl"), QUESTIONS)
_TOLD = QUESTIONS.with_name("first_told.jsonl")
_ANSWERABLE = frozenset({"fact", "howwhy", "compare"})
_FOLDS = 8
_RIDGE = 150.0  # 60, 150 and 400 do not differ beyond noise
_RIDGE_OF_VOTES = 5.0
_LEAST_SPREAD = 1e-6


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its batch, whether its abstract is silent, and the votes that rules cast which did not know it."""

    batch: str
    paper: str
    silent: bool
    near: Nearness
    votes: Mapping[str, float] | None


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights of the columns of an array as they are, unscaled, and what is added to their sum."""

    weights: Numbers
    bias: float

    def __call__(self, rows: Numbers) -> Numbers:
        """Return the log odds of each row."""
        odds: Numbers = rows @ self.weights + self.bias
        return odds


def main() -> None:
    """Ask, fit, print and write."""
    arguments = pages_parser(__doc__).parse_args()
    with searched_pages(arguments) as retriever:
        asked = ask_all(retriever)
    _print_batches(asked)
    path = Path(rag.answering.refusing.__path__[0]) / WEIGHTS_FILE
    path.write_text(json.dumps(record(asked), indent=1) + "\n", encoding="utf-8")
    print(path)


def ask_all(retriever: Retriever) -> list[Asked]:
    """Ask the questions, and measure each beside the paper that it is about."""
    told = _first_told()
    questions = [one for path in _WHOLE for one in load_questions(path)]
    questions += [one for path in _HALVES for one in load_questions(path) if one.half == "tune"]
    asked = (_ask(one, retriever, told) for one in questions if _is_silent(one) or one.type in _ANSWERABLE)
    return [one for one in asked if one is not None]


def record(asked: Sequence[Asked]) -> dict[str, object]:
    """Fit all and return what is written."""
    distance, votes = fit(asked, np.ones(len(asked), np.bool_))
    rows, names = _rows(asked), list(asked[0].near.features)
    voting = [name for one in asked if one.votes for name in one.votes][: len(votes.weights) - 1]
    means, deviations = rows.mean(axis=0), rows.std(axis=0) + _LEAST_SPREAD
    size = len(names)
    weighed = zip(names, means[:size], deviations[:size], (distance.weights * deviations)[:size], strict=True)
    asking, head = np.split(distance.weights[size:], 2)
    return {
        "made": "python -m eval.train_refusals PAGE...",
        "projection": projection_print(),
        "about": "features: mean, deviation, weight of the scaled value",
        "features": {name: [round(float(n), 4) for n in numbers] for name, *numbers in weighed},
        "bias": round(float(distance.bias + distance.weights[:size] @ means[:size]), 4),
        "scale": round(float(votes.weights[0]), 4),
        "base": round(votes.bias, 4),
        "votes": {name: round(float(w), 4) for name, w in zip(voting, votes.weights[1:], strict=True)},
        "asking": [round(float(w), 3) for w in asking],
        "head": [round(float(w), 3) for w in head],
    }


def fit(asked: Sequence[Asked], learned: NDArray[np.bool_]) -> tuple[Linear, Linear]:
    """Fit the distance on those that are `learned`, and upon it the votes, where rules that were new to them voted."""
    rows, silent = _rows(asked), np.array([one.silent for one in asked], float)
    distances = np.zeros(len(asked))
    folds = np.array([_fold(one.paper) for one in asked])
    for fold in range(_FOLDS):  # no distance is told by weights that learned from its own paper
        held_out = folds == fold
        distances[held_out] = _regress(rows[learned & ~held_out], silent[learned & ~held_out], ridge=_RIDGE)(
            rows[held_out]
        )
    voted = learned & np.array([one.votes is not None for one in asked])
    votes = np.array([list(one.votes.values()) for one in asked if one.votes is not None])
    of_voters = voted[np.array([one.votes is not None for one in asked])]
    votes_rows = np.c_[distances[voted], votes[of_voters]]
    return (
        _regress(rows[learned], silent[learned], ridge=_RIDGE),
        _regress(votes_rows, silent[voted], ridge=_RIDGE_OF_VOTES),
    )


def _regress(rows: Numbers, target: Numbers, *, ridge: float) -> Linear:
    """Logistic regression of scaled columns; the weights are of the columns as they are."""
    means, deviations = rows.mean(axis=0), rows.std(axis=0) + _LEAST_SPREAD
    weights, bias = fit_logistic((rows - means) / deviations, target, ridge=ridge)
    unscaled = weights / deviations
    return Linear(unscaled, float(bias - unscaled @ means))


def _ask(
    one: ReferenceQuestion, retriever: Retriever, told: Mapping[str, Mapping[str, float]]
) -> Asked | None:
    question = Question(one.question, read_kind(one.question), one.question)
    ranking = retriever.search(question)
    papers = worth_a_look(question, ranking)
    close = retriever.look(ranking, papers)
    near = close and measure(close, ranking, evidence=topic_evidence(ranking))
    if not near:
        return None
    batch = one.id.partition("-")[0] if "-" in one.id else "reference"
    return Asked(batch, papers[0].id, _is_silent(one), near, told.get(one.id))


def _is_silent(one: ReferenceQuestion) -> bool:
    return one.type == "unanswerable" and one.notes.startswith("near miss")


def _first_told() -> dict[str, Mapping[str, float]]:
    """What the rules told of each question when it was first asked, as votes."""
    told = {}
    for line in _TOLD.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        rules = RulesTold(Status(row["status"]), row["check"], row["asked"], tuple(row["missing"]))
        told[row["id"]] = rules.votes()
    return told


def _rows(asked: Sequence[Asked]) -> Numbers:
    return np.array([[*one.near.features.values(), *one.near.asking, *one.near.head] for one in asked])


def _fold(paper: str) -> int:
    return int(hashlib.sha256(paper.encode()).hexdigest(), 16) % _FOLDS


def _print_batches(asked: Sequence[Asked]) -> None:
    """Print what is told of each batch by weights that learned from the others."""
    print("batch, near misses: refused, doubted, of; answerable: refused, doubted, of")
    whole = np.zeros(6, int)
    for batch in dict.fromkeys(one.batch for one in asked if one.votes is not None):
        distance, votes = fit(asked, np.array([one.batch != batch for one in asked]))
        own = [one for one in asked if one.batch == batch and one.votes is not None]
        odds = votes(np.c_[distance(_rows(own)), [list((one.votes or {}).values()) for one in own]])
        chances, silent = 1 / (1 + np.exp(-odds)), np.array([one.silent for one in own])
        refused, doubted = chances >= REFUSED_FROM, (chances < REFUSED_FROM) & (chances >= DOUBTED_FROM)
        counts = [
            int((part & which).sum()) for which in (silent, ~silent) for part in (refused, doubted, which)
        ]
        whole += counts
        print(f"{batch:<10}", *counts)
    print(f"{'all':<10}", *whole)


if __name__ == "__main__":
    main()
