"""Vectors from a server, over real HTTP: what is sent, and which replies are believed."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.environment.reading import read_settings
from rag.errors import ModelError, ModelFailed, ModelRejected
from rag.library.passages import split_passages
from rag.library.remote_encoder import RemoteEncoder, batches
from rag.settings import Settings
from rag.types import Paper, PaperId
from tests.model_server import ModelServer, Reply, answers, embeds, refuses, sends

_KEY = "sk-loopback-0123456789"


def _settings(url: str, **environment: str) -> Settings:
    return read_settings({"OPENAI_BASE_URL": url, "OPENAI_API_KEY": _KEY, **environment})


def _encoder(server: ModelServer) -> RemoteEncoder:
    return RemoteEncoder("small", _settings(server.url).embeddings.server, workers=0)


def test_a_paper_gets_a_unit_vector_for_itself_and_one_a_passage(papers: tuple[Paper, ...]) -> None:
    passages = split_passages(papers[0])
    with ModelServer(embeds(24)) as server:
        encoder = _encoder(server)
        encoded = encoder.encode_paper(papers[0], passages)
        question = encoder.encode_query("patches of images")
    assert encoder.dimensions == 24
    assert (encoded.paper.shape, encoded.passages.shape, question.shape) == ((24,), (3, 24), (24,))
    assert np.allclose(np.linalg.norm([encoded.paper, *encoded.passages, question], axis=1), 1.0)


def test_vectors_follow_the_indexes_not_the_order_of_the_reply(papers: tuple[Paper, ...]) -> None:
    passages = split_passages(papers[0])
    with ModelServer(embeds()) as server:  # it sends them in reverse
        encoder = _encoder(server)
        encoded = encoder.encode_paper(papers[0], passages)
        alone = [encoder.encode_query(passage.text) for passage in passages]
    assert np.allclose(encoded.passages, alone, atol=1e-6)


def test_a_request_holds_the_model_the_texts_and_the_key(papers: tuple[Paper, ...]) -> None:
    passages = split_passages(papers[0])
    with ModelServer(embeds()) as server:
        _encoder(server).encode_paper(papers[0], passages)
        (request,) = server.requests
    assert server.keys == [f"Bearer {_KEY}"]
    whole = f"{papers[0].title}\n{papers[0].abstract}"
    assert request == {"model": "small", "input": [whole, *(passage.text for passage in passages)]}


def test_a_giant_abstract_is_cut_into_requests_that_servers_take() -> None:
    one = Paper(PaperId("a"), "Giant", "The drums of the north are heard. " * 3_000)
    passages = split_passages(one)
    with ModelServer(embeds(most=32)) as server:
        encoded = _encoder(server).encode_paper(one, passages)
    assert encoded.passages.shape == (3_000, 24)
    assert max(len(text) for request in server.requests for text in request["input"]) <= 6_000


def test_a_question_of_any_length_is_one_bounded_text() -> None:
    with ModelServer(embeds()) as server:
        _encoder(server).encode_query("drum " * 2_000)
        assert len(server.requests[0]["input"][0]) <= 6_000


@given(texts=st.lists(st.integers(0, 60_000).map(lambda size: "x" * size), max_size=80))
def test_batches_keep_order_and_bounds(texts: list[str]) -> None:
    cut = list(batches(texts))
    assert [text for batch in cut for text in batch] == texts
    assert all(0 < len(batch) <= 32 for batch in cut)
    assert all(len(batch) == 1 or sum(map(len, batch)) <= 100_000 for batch in cut)


def test_an_own_address_never_gets_the_key_of_another() -> None:
    with ModelServer(embeds()) as server:
        settings = _settings("http://127.0.0.1:9/v1", FOOTNOTE_EMBEDDINGS_URL=server.url)
        RemoteEncoder("small", settings.embeddings.server, workers=0).encode_query("drums")
        assert server.keys == [None]


def _row(index: object = 0, embedding: object = (1.0, 2.0)) -> Mapping[str, object]:
    return {"index": index, "embedding": embedding}


def _sends_rows(*rows: object) -> Reply:
    return answers(lambda _body: {"data": list(rows)})


_FAILURES: dict[str, tuple[Reply, type[ModelError]]] = {
    "wrong key": (refuses(401, _KEY), ModelRejected),
    "prose": (sends(b"hello"), ModelFailed),
    "a list": (answers(lambda _body: [_row()]), ModelFailed),
    "no data": (answers(lambda _body: {"error": "no"}), ModelFailed),
    "data of numbers": (_sends_rows(1), ModelFailed),
    "none": (_sends_rows(), ModelFailed),
    "one too many": (_sends_rows(_row(0), _row(1)), ModelFailed),
    "twice": (_sends_rows(_row(0), _row(0)), ModelFailed),
    "another index": (_sends_rows(_row(1)), ModelFailed),
    "no index": (_sends_rows({"embedding": [1.0]}), ModelFailed),
    "an index that cannot be one": (_sends_rows(_row([0])), ModelFailed),
    "no numbers": (_sends_rows(_row(0, [])), ModelFailed),
    "one number": (_sends_rows(_row(0, 1.0)), ModelFailed),
    "words": (_sends_rows(_row(0, ["a", "b"])), ModelFailed),
    "nothing": (_sends_rows(_row(0, None)), ModelFailed),
    "not a number": (_sends_rows(_row(0, [1.0, float("nan")])), ModelFailed),
    "without end": (_sends_rows(_row(0, [1.0, 1e300])), ModelFailed),
    "all zero": (_sends_rows(_row(0, [0.0, 0.0])), ModelFailed),
    "ragged": (_sends_rows(_row(0, [[1.0], [1.0, 2.0]])), ModelFailed),
}


@pytest.mark.parametrize(("reply", "error"), _FAILURES.values(), ids=_FAILURES)
def test_a_reply_that_is_not_a_vector_a_text_is_an_error_without_the_key(
    reply: Reply, error: type[ModelError]
) -> None:
    with ModelServer(reply) as server, pytest.raises(ModelError) as caught:
        _encoder(server).encode_query("drums")
    assert type(caught.value) is error
    assert _KEY not in str(caught.value)


def test_vectors_of_two_lengths_are_refused() -> None:
    with ModelServer(embeds(24), embeds(12)) as server:
        encoder = _encoder(server)
        encoder.encode_query("drums")
        with pytest.raises(ModelFailed, match="vectors of 12 numbers after some of 24"):
            encoder.encode_query("drums")


def test_a_busy_server_is_asked_again() -> None:
    with ModelServer(refuses(429), refuses(503), embeds()) as server:
        assert _encoder(server).encode_query("drums").shape == (24,)
        assert len(server.requests) == 3
