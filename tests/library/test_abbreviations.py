"""Abbreviations are read where a text explains them, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.library.abbreviations import mine_abbreviations

_EXPLAINED = {
    "We train a sparse autoencoder (SAE) on top.": ("SAE", "sparse autoencoder"),
    "many sparse autoencoders (SAEs) were trained": ("SAE", "sparse autoencoders"),
    "with low-rank adaptation (LoRA) of weights": ("LoRA", "low-rank adaptation"),
    "A mixture of experts (MoE) routes tokens": ("MoE", "mixture of experts"),
    "It is fast; reinforcement learning from human feedback (RLHF) is slow": (
        "RLHF",
        "reinforcement learning from human feedback",
    ),
    "Chain-of-thought (CoT) prompts": ("CoT", "chain-of-thought"),
}
_HOSTILE = {
    "brackets": "(" * 100_000,
    "short forms": "word beta (AB) " * 6_000,
    "one long word": "a" * 100_000 + " (AB)",
    "nothing before": "(AB)",
    "other letters": "密度 (密度) ∑ (∑∑) İİ (İİ)",
}
_PIECES = st.sampled_from(["(AB)", "(", ")", " ", "alpha beta", "A", "é", "-", "(A-B/C)", "İ"])


@pytest.mark.parametrize(("text", "expected"), _EXPLAINED.items())
def test_an_explained_short_form_is_read(text: str, expected: tuple[str, str]) -> None:
    assert [(found.short, found.long) for found in mine_abbreviations(text)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("as the table shows (see below)", id="no capitals"),
        pytest.param("the letters do not fit at all (XQZ)", id="letters missing"),
        pytest.param("inside astute wording (SW)", id="the first letter starts no word"),
        pytest.param("sparse. Autoencoders came later. (SAE)", id="a clause ends between"),
        pytest.param("a b (AB)", id="hardly longer than the short form"),
    ],
)
def test_what_explains_nothing_is_passed_over(text: str) -> None:
    assert list(mine_abbreviations(text)) == []


@pytest.mark.parametrize("text", _HOSTILE.values(), ids=_HOSTILE)
def test_hostile_text_is_read_to_its_end(text: str) -> None:
    assert all(found.short.isascii() for found in mine_abbreviations(text))


@given(st.lists(_PIECES | st.text(max_size=10), max_size=30).map("".join))
def test_a_long_form_stands_in_the_text_and_ends_before_the_brackets(text: str) -> None:
    for found in mine_abbreviations(text):
        assert f"({found.short}" in text
        assert " ".join(text.lower().split()).find(found.long) >= 0
