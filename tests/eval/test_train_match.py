"""Learning the match: the matrix puts what was judged relevant first, and parts share no paper."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from eval.bench.peers.judged import Judged
from eval.train_match import Searched, factors, fit, part_claims

_IDS = ("a", "b", "c")


def _judged(*relevant: str) -> Judged:
    return Judged("claim", "train", is_set=False, relevant=dict.fromkeys(relevant, 1))


def _searched(relevant: str, seed: int) -> Searched:
    """A claim of random direction; its paper stands last, and lies where the claim's mirror image lies."""
    question = np.random.default_rng(seed).normal(size=20).astype(np.float32)
    question /= np.linalg.norm(question)
    papers = np.random.default_rng(seed + 1_000).normal(size=(3, 20)).astype(np.float32)
    papers /= np.linalg.norm(papers, axis=1, keepdims=True)
    papers[_IDS.index(relevant)] = -question
    scores = np.array([1.0, 0.9, 0.8], np.float32)
    grades = np.array([float(one == relevant) for one in _IDS], np.float32)
    return Searched(_judged(relevant), question, _IDS, papers, scores, grades)


def test_a_rule_of_the_claims_is_learned_and_holds_for_others() -> None:
    left, right = factors(fit([_searched("c", seed) for seed in range(200)]))
    unseen = _searched("c", 999)
    assert unseen.ndcg(np.zeros((20, 20), np.float32)) == 0.5
    assert unseen.ndcg(left @ right.T) == 1.0


def test_a_claim_whose_paper_was_not_found_teaches_nothing() -> None:
    claims = [_searched("c", seed) for seed in range(20)]
    lost = replace(claims[0], judged=_judged("z"), grades=np.zeros(3, np.float32))
    assert np.array_equal(fit([*claims, lost]), fit(claims))


def test_the_factors_have_rank_8_and_the_nearest_product() -> None:
    matrix = np.random.default_rng(5).normal(size=(20, 8)).astype(np.float32)
    left, right = factors(matrix @ matrix.T)
    assert left.shape == right.shape == (20, 8)
    assert np.allclose(left @ right.T, matrix @ matrix.T, atol=1e-4)


@given(st.lists(st.sets(st.sampled_from("abcdefgh"), min_size=1), min_size=1))
def test_claims_that_share_a_paper_share_their_part(relevant: list[set[str]]) -> None:
    parts = part_claims([_judged(*sorted(one)) for one in relevant])
    for one, part in zip(relevant, parts, strict=True):
        assert all(its == part for other, its in zip(relevant, parts, strict=True) if one & other)
