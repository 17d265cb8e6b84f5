"""The made-up corpus has the shape of the pages, comes out the same each time, and is made lazily."""

from __future__ import annotations

import itertools
import math
import re
import statistics
from collections import Counter

import numpy as np
import pytest

from eval.bench.corpus import SyntheticEncoder, generate, topic_of, vocabulary
from rag.library.encoder import Encoder
from rag.library.passages import split_passages
from rag.sources.arxiv_ids import find_arxiv_id
from rag.types import Paper


@pytest.fixture(scope="module")
def corpus() -> list[Paper]:
    return list(generate(400))


def test_a_paper_depends_on_seed_and_ordinal_alone(corpus: list[Paper]) -> None:
    assert list(generate(3, start=200)) == corpus[200:203]
    assert next(generate(1, seed=2)) != corpus[0]


def test_ids_are_arxiv_ids_and_differ_also_beyond_a_million() -> None:
    papers = [*generate(300), *generate(300, start=1_000_000)]
    assert len({paper.id for paper in papers}) == 600
    assert all(find_arxiv_id(paper.id) == paper.id for paper in papers)


def test_papers_are_made_one_at_a_time() -> None:
    endless = generate(10**12)
    assert len(list(itertools.islice(endless, 5))) == 5


def test_abstracts_have_the_length_of_real_ones(corpus: list[Paper]) -> None:
    words = [len(paper.abstract.split()) for paper in corpus]
    passages = [len(split_passages(paper)) for paper in corpus]
    assert 185 < statistics.mean(words) < 210
    assert 40 < statistics.pstdev(words) < 55
    assert 6 <= statistics.median(passages) <= 9


def test_abstracts_have_the_tokens_of_real_ones(corpus: list[Paper], encoder: Encoder) -> None:
    tokenizer = encoder._tokenizer  # noqa: SLF001  # tokens are no part of its interface
    tokens = [len(tokenizer.encode(paper.abstract).ids) for paper in corpus]
    assert 250 < statistics.median(tokens) < 310


def test_word_frequencies_follow_zipf(corpus: list[Paper]) -> None:
    counted = Counter(word for paper in corpus for word in re.findall("[a-z]+", paper.abstract.lower()))
    counts = [count for _, count in counted.most_common(1_000)]
    ranks = range(10, 1_000)
    slope = statistics.linear_regression(
        [math.log(r) for r in ranks], [math.log(counts[r]) for r in ranks]
    ).slope
    assert -1.2 < slope < -0.7
    assert 0.03 < counts[0] / sum(counted.values()) < 0.08
    assert len(vocabulary()) == len(set(vocabulary()))


def test_papers_of_a_topic_share_words(corpus: list[Paper]) -> None:
    def overlap(first: Paper, second: Paper) -> float:
        a, b = ({w for w in p.abstract.lower().split() if len(w) > 4} for p in (first, second))
        return len(a & b) / len(a | b)

    pairs = list(itertools.combinations(corpus, 2))
    same = [overlap(a, b) for a, b in pairs if topic_of(a.id) == topic_of(b.id)]
    other = [overlap(a, b) for a, b in pairs[:2_000] if topic_of(a.id) != topic_of(b.id)]
    assert statistics.mean(same) > 1.3 * statistics.mean(other)


def test_drawn_vectors_are_unit_vectors_near_their_topic(corpus: list[Paper]) -> None:
    encoder = SyntheticEncoder(threads=1)
    encoded = {paper.id: encoder.encode_paper(paper, split_passages(paper)) for paper in corpus}
    whole = np.stack([encoded[paper.id].paper for paper in corpus])
    topics = np.array([topic_of(paper.id) for paper in corpus])
    np.testing.assert_allclose(np.linalg.norm(whole, axis=1), 1, atol=1e-5)
    cosines, same = whole @ whole.T, topics[:, None] == topics[None, :]
    others = ~np.eye(len(corpus), dtype=bool)
    assert cosines[same & others].mean() > cosines[~same].mean() + 0.2


def test_a_drawn_vector_is_the_same_each_time(corpus: list[Paper]) -> None:
    passages = split_passages(corpus[0])
    first, second = (SyntheticEncoder(threads=1).encode_paper(corpus[0], passages) for _ in range(2))
    np.testing.assert_array_equal(first.passages, second.passages)
    assert len(first.passages) == len(passages)
