"""The writer without a model: verbatim, numbered, in order."""

from __future__ import annotations

import pytest

from rag.answering.footnotes import Footnotes
from rag.answering.quotes import QuotesSettings, write_quotes
from rag.library.library import Library
from rag.retrieval.retriever import Retriever
from rag.settings import RetrievalSettings
from rag.types import Kind, Paper, Question, Ranking, Sentence, Source

_QUESTION = "images and features"


def _ranking(library: Library, kind: Kind) -> Ranking:
    return Retriever(library, RetrievalSettings()).search(Question(_QUESTION, kind, _QUESTION))


def _write(
    library: Library, kind: Kind, settings: QuotesSettings | None = None
) -> list[tuple[Sentence, tuple[Source, ...]]]:
    ranking = _ranking(library, kind)
    return list(write_quotes(ranking.question, ranking, Footnotes(), settings or QuotesSettings()))


@pytest.mark.parametrize("kind", Kind)
def test_every_sentence_stands_in_its_abstract(shelf: Library, papers: tuple[Paper, ...], kind: Kind) -> None:
    abstracts = {paper.id: paper.abstract for paper in papers}
    written = _write(shelf, kind)
    assert written
    for sentence, _ in written:
        (citation,) = sentence.citations
        (evidence,) = citation.evidence
        assert abstracts[citation.paper_id][evidence.start : evidence.end] == sentence.text == evidence.quote


@pytest.mark.parametrize("kind", Kind)
def test_numbers_start_at_one_and_leave_no_gap(shelf: Library, kind: Kind) -> None:
    numbers = [sentence.citations[0].number for sentence, _ in _write(shelf, kind)]
    assert list(dict.fromkeys(numbers)) == list(range(1, len(set(numbers)) + 1))


def test_a_source_comes_with_the_first_sentence_that_cites_it(shelf: Library) -> None:
    written = _write(shelf, Kind.LIST)
    introduced = [source.number for _, sources in written for source in sources]
    cited = [sentence.citations[0].number for sentence, _ in written]
    assert introduced == list(dict.fromkeys(cited))


def test_papers_come_in_the_order_of_the_ranking(shelf: Library) -> None:
    cited = [sentence.citations[0].paper_id for sentence, _ in _write(shelf, Kind.LIST)]
    ranked = [r.paper.id for r in _ranking(shelf, Kind.LIST).papers]
    assert list(dict.fromkeys(cited)) == ranked[: len(set(cited))]


def test_a_list_is_bounded(shelf: Library) -> None:
    written = _write(shelf, Kind.LIST, QuotesSettings(list_least=5, list_most=2))
    assert len({sentence.citations[0].paper_id for sentence, _ in written}) == 2


def test_a_fact_is_answered_by_fewer_papers_than_a_list(shelf: Library) -> None:
    def papers_in(kind: Kind) -> int:
        return len({sentence.citations[0].paper_id for sentence, _ in _write(shelf, kind)})

    assert 1 <= papers_in(Kind.FACT) < papers_in(Kind.LIST)


def test_an_empty_ranking_gives_no_sentence(shelf: Library) -> None:
    ranking = _ranking(shelf, Kind.LIST)
    empty = Ranking(ranking.question, (), searched=0, encoded=0, similarity=None, coverage=0.0)
    assert list(write_quotes(empty.question, empty, Footnotes())) == []
