"""Kinds of questions, told from their words."""

from __future__ import annotations

import pytest

from eval.bench.intent import load_phrasings, wrong
from rag.answering.asking.intent import asking_part, read_kind
from rag.types import Kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Which papers combine local and global features?", Kind.LIST),
        ("Find all recent works on speech separation", Kind.LIST),
        ("Are there any studies with more than 10,000 images?", Kind.LIST),
        ("local and global features", Kind.LIST),
        ("How many images does Bark and Leaf hold?", Kind.FACT),
        ("What recall does Twin Scale Fusion reach?", Kind.FACT),
        ("Does Patient Mamba use attention?", Kind.FACT),
        ("What is a state space model?", Kind.FACT),
        ("Small states hurt recall.", Kind.FACT),
        ("CIDEr score of the captioner", Kind.FACT),
        ("Quiet Prompts versus full fine-tuning", Kind.COMPARE),
        ("What is the difference between the two encoders?", Kind.COMPARE),
        ("How does Slow Drums count beats?", Kind.EXPLAIN),
        ("Why are state space models fast?", Kind.EXPLAIN),
        ("How many papers are from 2023?", Kind.CORPUS),
        ("Which data sets are mentioned?", Kind.CORPUS),
        ("Who are the authors?", Kind.CORPUS),
        ("Thank you, that was helpful!", Kind.TALK),
        ("???!!!", Kind.TALK),
        ("WHICH PAPERS USE PROMPTS", Kind.LIST),
        ("أي أوراق؟", Kind.LIST),
    ],
)
def test_examples(question: str, kind: Kind) -> None:
    assert read_kind(question) is kind


@pytest.mark.parametrize(
    ("text", "asking"),
    [
        ("I am new. What is there, e.g. on maps? Thanks.", "What is there, e.g. on maps?"),
        ("Dropout helps.", "Dropout helps."),
    ],
)
def test_of_a_story_the_question_is_read(text: str, asking: str) -> None:
    assert asking_part(text) == asking


def test_the_reported_half_of_the_phrasings_is_read_right() -> None:
    phrasings = load_phrasings()
    reported = [phrasing for phrasing in phrasings if phrasing.half == "report"]
    mistakes = list(wrong(phrasings, "report"))
    assert len(mistakes) <= 0.05 * len(reported), mistakes
