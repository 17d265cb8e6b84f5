"""One library, one model: the manifest decides, `check --rebuild --embeddings` changes it, words answer meanwhile."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from rag.app import build_retriever, open_library, open_sample
from rag.environment.reading import read_settings
from rag.errors import IndexMismatch, ModelError
from rag.library.library import Library
from rag.settings import Settings
from rag.types import Kind, Paper, PaperId, Question, Ranking
from tests.model_server import ModelServer, Reply, embeds, refuses

_KEY = "sk-loopback-0123456789"
_MODEL = "openai:small"


def _settings(home: Path, *, url: str = "http://127.0.0.1:9/v1", model: str = "") -> Settings:
    return read_settings(
        {
            "FOOTNOTE_HOME": str(home),
            "FOOTNOTE_EMBEDDINGS": model,
            "OPENAI_BASE_URL": url,
            "OPENAI_API_KEY": _KEY,
        }
    )


@contextmanager
def _opened(settings: Settings, *, rebuilding: bool = False) -> Iterator[Library]:
    with closing(open_library(settings, rebuilding=rebuilding)) as library:
        yield library


def _built(settings: Settings, *papers: Paper) -> dict[str, str]:
    with _opened(settings) as library:
        library.add(papers)
        list(library.index())
        return library.catalogue.manifest()


def _search(settings: Settings, library: Library, text: str) -> Ranking:
    return build_retriever(settings, library).search(Question(text, Kind.LIST, text))


def _numbered(count: int) -> list[Paper]:
    return [Paper(PaperId(f"p{n:03}"), f"Paper {n:03}", f"It is about {n}.") for n in range(count)]


def _fails_after(count: int) -> Reply:
    def reply(handler: Any) -> None:
        good = len(handler.server.requests) <= count
        (embeds(24) if good else refuses(401, _KEY))(handler)

    return reply


def test_the_manifest_learns_model_and_dimensions_from_the_first_vectors(
    tmp_path: Path, papers: tuple[Paper, ...]
) -> None:
    with ModelServer(embeds(24)) as server:
        manifest = _built(_settings(tmp_path, url=server.url, model=_MODEL), *papers)
    assert (manifest["model"], manifest["dimensions"]) == (_MODEL, "24")


def test_a_library_is_asked_with_its_own_model_when_none_is_named(
    tmp_path: Path, papers: tuple[Paper, ...]
) -> None:
    with ModelServer(embeds(24)) as server:
        _built(_settings(tmp_path, url=server.url, model=_MODEL), *papers)
        plain = _settings(tmp_path, url=server.url)
        with _opened(plain) as library:
            ranking = _search(plain, library, "photos of leaves")
    assert (ranking.papers[0].paper.id, ranking.notices) == ("bark-and-leaf", ())
    assert ranking.similarity is not None


def test_naming_another_model_than_the_librarys_is_refused_with_the_command(
    tmp_path: Path, papers: tuple[Paper, ...]
) -> None:
    _add_words(tmp_path, *papers)
    with pytest.raises(IndexMismatch, match=f"footnote check --rebuild --embeddings {_MODEL}$"):
        open_library(_settings(tmp_path, model=_MODEL))


def _add_words(home: Path, *papers: Paper) -> None:
    with _opened(_settings(home)) as library:
        library.add(papers)


def test_a_rebuild_takes_the_library_to_another_model_and_back(
    tmp_path: Path, papers: tuple[Paper, ...]
) -> None:
    _add_words(tmp_path, *papers)
    for model, dimensions in ((_MODEL, "24"), ("bundled", "384")):
        with ModelServer(embeds(24)) as server:
            settings = _settings(tmp_path, url=server.url, model=model)
            with _opened(settings, rebuilding=True) as library:
                library.clear_indexes()
                list(library.index())
                assert library.catalogue.manifest()["dimensions"] == dimensions
                assert library.check().sound
                assert _search(settings, library, "photos of leaves").papers[0].paper.id == "bark-and-leaf"


def test_a_model_out_of_reach_costs_no_vectors(tmp_path: Path, papers: tuple[Paper, ...]) -> None:
    with ModelServer(embeds(24)) as server:
        _built(_settings(tmp_path, url=server.url, model=_MODEL), *papers)
    with ModelServer(refuses(404)) as server:
        settings = _settings(tmp_path, url=server.url, model="openai:unknown")
        with _opened(settings, rebuilding=True) as library:
            with pytest.raises(ModelError, match="HTTP 404"):
                library.clear_indexes()
            assert (library.dense.count(), library.catalogue.manifest()["model"]) == (5, _MODEL)


def test_a_failure_while_indexing_keeps_what_is_done_and_the_next_call_goes_on(tmp_path: Path) -> None:
    settings = _settings(tmp_path, model=_MODEL)
    many = _numbered(120)
    _add_to(settings, *many)
    with (
        ModelServer(_fails_after(80)) as server,
        _opened(_settings(tmp_path, url=server.url)) as library,
        pytest.raises(ModelError, match="check OPENAI_API_KEY") as caught,
    ):
        list(library.index())
    assert _KEY not in str(caught.value)
    with ModelServer(embeds(24)) as server, _opened(_settings(tmp_path, url=server.url)) as library:
        list(library.index())
        assert (library.unindexed(), library.dense.count()) == (0, 120)
        assert len(server.requests) < 100


def _add_to(settings: Settings, *papers: Paper) -> None:
    with _opened(settings) as library:
        library.add(papers)


def test_a_server_out_of_reach_leaves_the_question_to_words_and_says_so(
    tmp_path: Path, papers: tuple[Paper, ...]
) -> None:
    with ModelServer(embeds(24)) as server:
        _built(_settings(tmp_path, url=server.url, model=_MODEL), *papers)
    with socket.socket() as taken:  # a port on which nobody listens
        taken.bind(("127.0.0.1", 0))
        settings = _settings(tmp_path, url=f"http://127.0.0.1:{taken.getsockname()[1]}/v1")
        with _opened(settings) as library:
            ranking = _search(settings, library, "bark of tree species")
    assert (ranking.papers[0].paper.id, ranking.similarity) == ("bark-and-leaf", None)
    assert ranking.notices == (
        "The embeddings server 127.0.0.1 cannot be reached; check that it runs; "
        "the papers were ranked by their words alone.",
    )


def test_a_model_that_was_changed_meanwhile_is_noticed(tmp_path: Path, papers: tuple[Paper, ...]) -> None:
    _built(_settings(tmp_path), *papers)
    before = _settings(tmp_path)
    with ModelServer(embeds(24)) as server, _opened(before) as stale:
        with _opened(_settings(tmp_path, url=server.url, model=_MODEL), rebuilding=True) as library:
            library.clear_indexes()
            list(library.index())
        ranking = _search(before, stale, "bark of tree species")
        assert (ranking.papers[0].paper.id, len(ranking.notices)) == ("bark-and-leaf", 1)
        assert "start Footnote again" in ranking.notices[0]
        stale.add([Paper(PaperId("new"), "New", "A new paper.")])
        with pytest.raises(IndexMismatch):
            list(stale.index())


def test_a_server_whose_model_changed_under_its_name_is_noticed(
    tmp_path: Path, papers: tuple[Paper, ...]
) -> None:
    with ModelServer(embeds(24)) as server:
        _built(_settings(tmp_path, url=server.url, model=_MODEL), *papers[:4])
    with ModelServer(embeds(12)) as server:
        settings = _settings(tmp_path, url=server.url)
        with _opened(settings) as library:
            assert "dimensions '24'" in _search(settings, library, "bark of tree species").notices[0]
            library.add(papers)
            with pytest.raises(IndexMismatch, match="dimensions '24'"):
                list(library.index())


def test_the_sample_never_asks_a_server(tmp_path: Path) -> None:
    sample = open_sample(_settings(tmp_path, model=_MODEL))
    assert sample.encoder.model == "all-MiniLM-L6-v2-int8"
    sample.close()
