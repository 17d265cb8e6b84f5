"""Kinds of questions, told from their words."""

from __future__ import annotations

import pytest

from rag.answering.intent import read_kind
from rag.types import Kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Which papers combine local and global features?", Kind.LIST),
        ("Find all recent works on speech separation", Kind.LIST),
        ("Are there any studies with more than 10,000 images?", Kind.LIST),
        ("papers about pruning", Kind.LIST),
        ("local and global features", Kind.LIST),
        ("How many images does Bark and Leaf hold?", Kind.FACT),
        ("What recall does Twin Scale Fusion reach?", Kind.FACT),
        ("Does Patient Mamba use attention?", Kind.FACT),
        ("Quiet Prompts versus full fine-tuning", Kind.COMPARE),
        ("What is the difference between the two encoders?", Kind.COMPARE),
        ("How does Slow Drums count beats?", Kind.EXPLAIN),
        ("Why are state space models fast?", Kind.EXPLAIN),
        ("WHICH PAPERS USE PROMPTS", Kind.LIST),
        ("أي أوراق؟", Kind.LIST),
    ],
)
def test_examples(question: str, kind: Kind) -> None:
    assert read_kind(question) is kind
