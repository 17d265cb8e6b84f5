"""Footnote inside llama-index: what a node holds, what an engine answers, and the example of the docs."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest

from rag.answering.answerer import last_answer
from rag.app import build_answerer, build_retriever
from rag.contracts import answer_text
from rag.environment.reading import read_settings
from rag.library.library import Library
from rag.llama_index import FootnoteQueryEngine, FootnoteRetriever
from rag.types import Paper
from tests.model_server import ModelServer, says

_EXAMPLE = Path(__file__).resolve().parents[1] / "docs" / "llama-index.md"
_QUESTION = "Which papers combine local and global features?"
_TWIN = "Twin Scale Fusion joins local features with global features [1]."


def _engine(library: Library, **environment: str) -> FootnoteQueryEngine:
    return FootnoteQueryEngine(build_answerer(read_settings(environment), library))


def _retriever(library: Library, *, limit: int) -> FootnoteRetriever:
    return FootnoteRetriever(build_retriever(read_settings({}), library), limit=limit)


def test_a_node_is_a_passage_word_for_word(shelf: Library, papers: tuple[Paper, ...]) -> None:
    abstracts = {paper.id: paper.abstract for paper in papers}
    found = _retriever(shelf, limit=5).retrieve(_QUESTION)
    assert found
    for node in found:
        held = node.metadata
        assert abstracts[held["paper_id"]][held["start"] : held["end"]] == node.text
        assert 0 <= held["passage_score"] <= 1


def test_nodes_come_by_paper_the_best_one_first(shelf: Library) -> None:
    found = _retriever(shelf, limit=2).retrieve(_QUESTION)
    assert found[0].metadata["title"] == "Twin Scale Fusion"
    assert {node.metadata["rank"] for node in found} == {1, 2}
    scores = [node.get_score() for node in found]
    assert scores == sorted(scores, reverse=True)


def test_a_model_reads_the_title_and_the_words_alone(shelf: Library) -> None:
    from llama_index.core.schema import MetadataMode

    first = _retriever(shelf, limit=1).retrieve(_QUESTION)[0]
    shown = first.node.get_content(metadata_mode=MetadataMode.LLM)
    assert shown == f"title: Twin Scale Fusion\n\n{first.text}"


def test_the_engine_answers_as_footnote_does(shelf: Library) -> None:
    answer = last_answer(build_answerer(read_settings({}), shelf).answer(_QUESTION))
    response = _engine(shelf).query(_QUESTION)
    assert str(response) == answer_text(answer)
    assert [node.text for node in response.source_nodes] == [
        evidence.quote for source in answer.sources for evidence in source.evidence
    ]


def test_the_engine_can_be_awaited(shelf: Library) -> None:
    assert str(asyncio.run(_engine(shelf).aquery(_QUESTION))) == str(_engine(shelf).query(_QUESTION))


def test_sentences_of_a_model_are_checked_here_too(shelf: Library) -> None:
    with ModelServer(says(f"{_TWIN} It reaches 99% recall [1].")) as server:
        response = _engine(shelf, OPENAI_BASE_URL=server.url).query(
            "Does Twin Scale Fusion combine local and global features?"
        )
    assert str(response) == _TWIN.replace(" [1].", ". [1]")
    assert (response.metadata or {})["answer"]["dropped"] == 1


def test_what_is_not_in_the_library_is_told_in_words_and_as_a_status(shelf: Library) -> None:
    response = _engine(shelf).query("What is the capital of Portugal?")
    assert str(response) == "Not in library."
    assert (response.metadata or {})["answer"]["status"] == "not_in_library"


def test_the_example_of_the_docs_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", _EXAMPLE.read_text(encoding="utf-8"), re.DOTALL)
    exec(compile(example, str(_EXAMPLE), "exec"), {})  # noqa: S102  # our own code
    printed = capsys.readouterr().out
    assert "\nanswered\n" in printed
    assert "\n[1] " in printed
