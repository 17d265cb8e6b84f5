"""Names in a question: how they are told, and whether a paper holds them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.answering.refusing.entities import mentions, named_things, owns
from tests.answering.leaf_papers import PAPERS


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("What does CoReS reach on CIFAR-100, next to plain CNNs?", ("CoReS", "CIFAR-100")),
        ("CL for MR scans with a T2I model", ()),
        ("a coordinate-MLP or a NeRF-like field", ()),
        ("Do Sf17-expressing cells need the RelQ-class helicase?", ("Sf17", "RelQ")),
        ("Does the tobacco bark beetle virus (TobBBV) spread by wind?", ()),
        ("Is the larger model (TobBBV) faster?", ("TobBBV",)),
    ],
)
def test_names_are_told_by_their_spelling(text: str, names: tuple[str, ...]) -> None:
    assert named_things(text) == names


def test_a_name_is_found_in_another_spelling_and_spelt_out() -> None:
    paper = replace(PAPERS[2], abstract="We train a dense local image pyramid (Mamba-2D).")
    assert mentions(paper, "Mamba2D")
    assert mentions(paper, "DLIP")
    assert owns(paper, "Mamba-2D")
    assert not mentions(paper, "Mamba3D")


@pytest.mark.parametrize(
    ("name", "text", "is_held"),
    [
        ("ALIGN", "Early alignment of neurons, which align.", False),
        ("ALIGN", "Tested with ALIGN and others.", True),
        ("CLIP", "We tune OpenCLIP.", True),
        ("MSCOCO", "Tested on MS-COCO.", True),
        ("MAMBA", "Mamba scans.", True),
        ("VTOL", "downwash of a vtol craft", True),
        ("RANK-RANKL", "RANK meets its ligand RANKL.", True),
        ("RANK-RANKL", "RANK meets its ligand.", False),
        ("MIMIC-IV", "Read from MIMIC-III.", False),
        ("MS-MARCO", "Tested on MARCO.", True),
    ],
)
def test_a_name_in_capitals_is_no_common_word(name: str, text: str, is_held: bool) -> None:  # noqa: FBT001
    assert mentions(replace(PAPERS[2], title="scans", abstract=text), name) is is_held


def test_a_question_in_capitals_throughout_has_no_names() -> None:
    assert named_things("WHAT DOES LEAFNET READ?") == ()
