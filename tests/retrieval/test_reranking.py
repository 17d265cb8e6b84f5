"""Re-ranking: the best papers in another order, or, whatever fails, in the order of before and one notice."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.answerer import last_answer
from rag.app import build_answerer, build_retriever
from rag.environment.reading import read_settings
from rag.errors import ModelTimeout
from rag.library.library import Library
from rag.retrieval.rerank_server import RerankServer
from rag.retrieval.reranking import Reranking
from rag.settings import Settings
from rag.types import Kind, Paper, PaperId, Question, RankedPaper, Ranking
from tests.model_server import ModelServer, Reply, answers, refuses, sends, waits

_KEY = "sk-loopback-0123456789"
_QUESTION = Question("images", Kind.LIST, "images")


class _Given:
    """A re-ranker whose scores are known beforehand."""

    name = "given"

    def __init__(self, *scores: float) -> None:
        self._scores = scores

    def score(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        del question
        return self._scores[: len(texts)]


class _Late:
    name = "late"

    def score(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        raise ModelTimeout(f"{len(texts)} texts were too many for {question!r}")


def _ranking(count: int) -> Ranking:
    papers = tuple(
        RankedPaper(Paper(PaperId(f"p{n}"), f"Paper {n}", "It is."), n, 1.0 - n / 10, ())
        for n in range(1, count + 1)
    )
    return Ranking(_QUESTION, papers, searched=count, encoded=count, similarity=0.5, coverage=1.0)


def _ids(ranking: Ranking) -> list[str]:
    return [ranked.paper.id for ranked in ranking.papers]


@given(scores=st.lists(st.sampled_from([0.0, 0.5, 1.0, -3.0]), max_size=8), depth=st.integers(1, 9))
def test_the_head_is_ordered_by_score_then_by_rank_and_the_tail_stays(
    scores: list[float], depth: int
) -> None:
    before = _ranking(len(scores))
    after = Reranking(_Given(*scores), depth).rerank(before)
    head = sorted(before.papers[:depth], key=lambda ranked: (-scores[ranked.rank - 1], ranked.rank))
    assert _ids(after) == [ranked.paper.id for ranked in (*head, *before.papers[depth:])]
    assert [ranked.rank for ranked in after.papers] == [ranked.rank for ranked in before.papers]


def test_a_paper_keeps_its_score_and_gains_the_relevance() -> None:
    first, second, third = Reranking(_Given(0.1, 0.9), 2).rerank(_ranking(3)).papers
    assert [(p.score, p.relevance) for p in (first, second, third)] == [(0.8, 0.9), (0.9, 0.1), (0.7, None)]


def test_a_paper_that_the_question_names_stays_first() -> None:
    before = replace(_ranking(4), named=(PaperId("p1"),))
    assert _ids(Reranking(_Given(0.1, 0.2, 0.3), 3).rerank(before)) == ["p1", "p4", "p3", "p2"]


@pytest.mark.parametrize("scores", [(1.0,), (1.0, float("nan"), 2.0), (1.0, 2.0, float("inf"))])
def test_scores_that_make_no_order_change_nothing(scores: tuple[float, ...]) -> None:
    after = Reranking(_Given(*scores), 3).rerank(_ranking(3))
    assert after.papers == _ranking(3).papers
    assert after.notices == (
        "The re-ranker given did not give each paper a score; the papers stand in the order of the search.",
    )


def test_a_failure_keeps_the_notices_of_before() -> None:
    after = Reranking(_Late(), 3).rerank(_ranking(3))
    assert after.papers == _ranking(3).papers
    assert after.notices[0].startswith("3 texts were too many for 'images'; the papers stand")


def _cohere(body: Mapping[str, Any]) -> object:
    """Prefer what speaks of trees, in the shape of Cohere, Jina and vLLM; best first, not in order."""
    scores = [(n, len(re.findall(r"\btrees?\b", text.lower()))) for n, text in enumerate(body["documents"])]
    best_first = sorted(scores, key=lambda pair: -pair[1])
    return {"id": "1", "results": [{"index": n, "relevance_score": float(s)} for n, s in best_first]}


def _tei(body: Mapping[str, Any]) -> object:
    """The same in the shape of text-embeddings-inference."""
    return [
        {"index": n, "score": len(re.findall(r"\btrees?\b", text.lower()))}
        for n, text in enumerate(body["texts"])
    ]


def _settings(rerank: str, **environment: str) -> Settings:
    return read_settings({"FOOTNOTE_RERANK": rerank, "FOOTNOTE_RERANK_KEY": _KEY, **environment})


def _search(library: Library, settings: Settings, *, limit: int | None = None) -> Ranking:
    return build_retriever(settings, library).search(_QUESTION, limit=limit)


def test_a_rerank_endpoint_orders_the_papers(shelf: Library) -> None:
    with ModelServer(answers(_cohere)) as server:
        url = f"{server.address}/v2/rerank"
        ranking = _search(shelf, _settings(url, FOOTNOTE_RERANK_MODEL="rerank-small"))
        (request,) = server.requests
    assert _ids(ranking)[0] == "bark-and-leaf"
    assert ranking.notices == ()
    assert server.keys == [f"Bearer {_KEY}"]
    assert (request["model"], request["query"], request["top_n"]) == ("rerank-small", "images", 5)
    assert any(text.startswith("Bark and Leaf\nTree species") for text in request["documents"])


def test_a_server_that_takes_texts_is_recognised_once(shelf: Library) -> None:
    with ModelServer(refuses(422), answers(_tei)) as server:
        retriever = build_retriever(_settings(f"{server.address}/rerank"), shelf)
        ranked = [_ids(retriever.search(_QUESTION)) for _ in range(2)]
        assert len(server.requests) == 3
    assert [ids[0] for ids in ranked] == ["bark-and-leaf"] * 2


def test_a_server_that_takes_texts_is_sent_no_more_than_it_takes() -> None:
    texts = ["tree " * (n % 7) for n in range(50)]
    with ModelServer(refuses(422), answers(_tei)) as server:
        endpoint = _settings(server.address).rerank.server
        assert endpoint
        scores = RerankServer(endpoint, model="").score("trees", texts)
        assert [len(request["texts"]) for request in server.requests[1:]] == [32, 18]
    assert scores == [n % 7 for n in range(50)]


def test_papers_below_the_limit_can_rise_above_it(shelf: Library) -> None:
    plain = _ids(_search(shelf, read_settings({})))
    with ModelServer(answers(lambda body: _reversed(body["documents"]))) as server:
        ranking = _search(shelf, _settings(server.url), limit=2)
    assert _ids(ranking) == plain[::-1][:2]


def test_only_the_papers_within_the_depth_are_sent(shelf: Library) -> None:
    plain = _ids(_search(shelf, read_settings({})))
    with ModelServer(answers(lambda body: _reversed(body["documents"]))) as server:
        ranking = _search(shelf, _settings(server.url, FOOTNOTE_RERANK_DEPTH="2"))
    assert _ids(ranking) == [plain[1], plain[0], *plain[2:]]


def _reversed(texts: Sequence[str]) -> object:
    return {"results": [{"index": n, "relevance_score": n} for n in range(len(texts))]}


def _sends_results(*results: object) -> Reply:
    return answers(lambda _body: {"results": list(results)})


def _scored(*indexes: object) -> Reply:
    return _sends_results(*({"index": index, "relevance_score": 0.5} for index in indexes))


_FAILURES: dict[str, tuple[Reply, str]] = {
    "wrong key": (refuses(401, _KEY), "check FOOTNOTE_RERANK_KEY"),
    "quota": (answers(lambda _body: {}, status=429, retry_after="60"), "try again later"),
    "broken": (answers(lambda _body: {}, status=500, retry_after="60"), "HTTP 500"),
    "neither shape": (refuses(422), "HTTP 422"),
    "silence": (waits(), "did not answer"),
    "prose": (sends(b"The second paper fits best."), "no JSON"),
    "another object": (answers(lambda _body: {"scores": [1]}), "cannot be read"),
    "no list": (answers(lambda _body: {"results": {"0": 1}}), "cannot be read"),
    "a number": (answers(lambda _body: 7), "cannot be read"),
    "list of numbers": (_sends_results(1, 2, 3, 4, 5), "cannot be read"),
    "too few": (_scored(0, 1), "not one score for each of 5 texts"),
    "too many": (_scored(0, 1, 2, 3, 4, 5), "not one score for each of 5 texts"),
    "twice": (_scored(0, 1, 2, 3, 3), "not one score for each of 5 texts"),
    "never sent": (_scored(0, 1, 2, 3, 9), "not one score for each of 5 texts"),
    "an index of words": (_scored(0, 1, 2, 3, "four"), "not one score for each of 5 texts"),
    "an index of lists": (_scored(0, 1, 2, 3, [4]), "cannot be read"),
    "scores of words": (
        _sends_results(*({"index": n, "relevance_score": _KEY} for n in range(5))),
        "a score that is no number",
    ),
    "not a number": (
        _sends_results(*({"index": n, "relevance_score": float("nan")} for n in range(5))),
        "did not give each paper a score",
    ),
}


@pytest.mark.parametrize(("reply", "told"), _FAILURES.values(), ids=_FAILURES)
def test_whatever_fails_the_order_of_the_search_stays_and_one_notice_says_so(
    shelf: Library, reply: Reply, told: str
) -> None:
    plain = _search(shelf, read_settings({}))
    timeout = "0.3" if told == "did not answer" else "10"
    with ModelServer(reply) as server:
        ranking = _search(shelf, _settings(server.url, FOOTNOTE_TIMEOUT=timeout))
    assert ranking.papers == plain.papers
    (line,) = ranking.notices
    assert told in line
    assert line.endswith("; the papers stand in the order of the search.")
    assert _KEY not in line


def test_an_answer_carries_the_notice(shelf: Library) -> None:
    with ModelServer(refuses(401)) as server:
        answer = last_answer(build_answerer(_settings(server.url), shelf).answer("images of trees"))
    assert any("the order of the search" in line for line in answer.notices)


def test_a_cross_encoder_without_its_package_names_the_command(shelf: Library) -> None:
    if importlib.util.find_spec("sentence_transformers"):
        pytest.skip("the package is installed here")
    (line,) = _search(shelf, _settings("cross-encoder:a-small-one")).notices
    assert "sentence-transformers is not installed; install it: pip install 'footnote[rerank]'" in line
