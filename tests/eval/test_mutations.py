"""The mutations that the checks are measured by: false, small, and the same for the same seed."""

from __future__ import annotations

import random

import pytest

from eval.mutations import borrow_number, change_name, change_number, change_polarity, change_unit
from eval.verification_cases import generate_cases, nearest_papers
from rag.types import Paper

_SENTENCE = "Twin-7 reaches 87.5% recall on 1,000 scenes and outperforms CLIP."


def _chance(seed: int = 3) -> random.Random:
    return random.Random(seed)  # examples, not secrets


def test_a_number_is_changed_in_its_own_notation() -> None:
    changed = change_number(_SENTENCE, _chance(), avoid=lambda _: False)
    assert changed not in {None, _SENTENCE}
    assert changed is not None
    assert len(changed) == len(_SENTENCE)


def test_a_new_number_that_would_be_true_is_avoided() -> None:
    assert change_number(_SENTENCE, _chance(), avoid=lambda _: True) is None


def test_a_borrowed_number_comes_from_the_same_abstract() -> None:
    changed = borrow_number("It gains 3% on average.", _chance(), source="It gains 3% with 40 labels.")
    assert changed == "It gains 40% on average."


def test_a_unit_is_changed_and_its_number_kept() -> None:
    assert change_unit("It takes 12 hours.", _chance()) == "It takes 12 minutes."


@pytest.mark.parametrize("seed", range(8))
def test_a_name_is_changed_and_nothing_else(seed: int) -> None:
    changed = change_name("It outperforms CLIP on scenes.", _chance(seed), names=["DINO"])
    assert changed == "It outperforms DINO on scenes."


@pytest.mark.parametrize(
    ("true", "false"),
    [
        ("It does not use attention.", "It uses attention."),
        ("It is frozen.", "It is not frozen."),
        ("It cannot fail.", "It can fail."),
        ("It runs without labels.", "It runs with labels."),
        ("It reduces errors.", "It increases errors."),
        ("The model reaches both ends.", "The model does not reach both ends."),
    ],
)
def test_a_claim_is_turned_into_its_contrary(true: str, false: str) -> None:
    assert change_polarity(true, _chance()) == false


@pytest.mark.parametrize("text", ["Trees.", ""])
def test_a_sentence_that_offers_nothing_to_change_is_left_out(text: str) -> None:
    assert change_number(text, _chance(), avoid=lambda _: False) is None
    assert change_unit(text, _chance()) is None
    assert change_name(text, _chance(), names=["CLIP"]) is None
    assert change_polarity(text, _chance()) is None


def test_the_same_seed_gives_the_same_cases(papers: tuple[Paper, ...]) -> None:
    assert list(generate_cases(papers, papers, seed=1)) == list(generate_cases(papers, papers, seed=1))


def test_a_swapped_citation_is_never_the_right_one(papers: tuple[Paper, ...]) -> None:
    swapped = [c for c in generate_cases(papers, papers, seed=1) if c.change.startswith("citation")]
    assert swapped
    assert all(case.cited.id != case.paper.id for case in swapped)


def test_no_paper_is_its_own_neighbour(papers: tuple[Paper, ...]) -> None:
    assert all(number not in near for number, near in enumerate(nearest_papers(papers)))
