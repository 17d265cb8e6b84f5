"""The writer without a model: verbatim, numbered, in order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.answering.writing.footnotes import Footnotes
from rag.answering.writing.quotes import QuotesSettings, write_quotes
from rag.library.library import Library
from rag.retrieval.retriever import Retriever
from rag.settings import RetrievalSettings
from rag.types import Kind, Paper, PaperId, Question, Ranking, SentenceReady
from tests.answering.quoting import BARK, LEAF, quote

_QUESTION = "images and features"


def _ranking(library: Library, kind: Kind) -> Ranking:
    return Retriever(library, RetrievalSettings()).search(Question(_QUESTION, kind, _QUESTION))


def _write(library: Library, kind: Kind, settings: QuotesSettings | None = None) -> list[SentenceReady]:
    ranking = _ranking(library, kind)
    return list(write_quotes(ranking.question, ranking, Footnotes(), settings or QuotesSettings()))


@pytest.mark.parametrize("kind", Kind)
def test_every_sentence_stands_in_its_abstract(shelf: Library, papers: tuple[Paper, ...], kind: Kind) -> None:
    abstracts = {paper.id: paper.abstract for paper in papers}
    written = _write(shelf, kind)
    assert written
    for sentence in (ready.sentence for ready in written):
        (citation,) = sentence.citations
        (evidence,) = citation.evidence
        assert abstracts[citation.paper_id][evidence.start : evidence.end] == sentence.text == evidence.quote


@pytest.mark.parametrize("kind", Kind)
def test_numbers_start_at_one_and_leave_no_gap(shelf: Library, kind: Kind) -> None:
    numbers = [ready.sentence.citations[0].number for ready in _write(shelf, kind)]
    assert list(dict.fromkeys(numbers)) == list(range(1, len(set(numbers)) + 1))


def test_a_source_comes_with_the_first_sentence_that_cites_it(shelf: Library) -> None:
    written = _write(shelf, Kind.LIST)
    introduced = [source.number for ready in written for source in ready.sources]
    cited = [ready.sentence.citations[0].number for ready in written]
    assert introduced == list(dict.fromkeys(cited))


def test_papers_come_in_the_order_of_the_ranking(shelf: Library) -> None:
    cited = [ready.sentence.citations[0].paper_id for ready in _write(shelf, Kind.LIST)]
    ranked = [r.paper.id for r in _ranking(shelf, Kind.LIST).papers]
    assert list(dict.fromkeys(cited)) == ranked[: len(set(cited))]


def test_a_list_is_bounded(shelf: Library) -> None:
    written = _write(shelf, Kind.LIST, QuotesSettings(list_least=5, list_most=2))
    assert len({ready.sentence.citations[0].paper_id for ready in written}) == 2


def test_a_fact_is_answered_by_fewer_papers_than_a_list(shelf: Library) -> None:
    def papers_in(kind: Kind) -> int:
        return len({ready.sentence.citations[0].paper_id for ready in _write(shelf, kind)})

    assert 1 <= papers_in(Kind.FACT) < papers_in(Kind.LIST)


def test_an_empty_ranking_gives_no_sentence(shelf: Library) -> None:
    ranking = _ranking(shelf, Kind.LIST)
    empty = Ranking(ranking.question, (), searched=0, encoded=0, similarity=None, coverage=0.0)
    assert list(write_quotes(empty.question, empty, Footnotes())) == []


@pytest.mark.parametrize(
    ("text", "kind", "holds"),
    [
        ("How accurate is LeafNet?", Kind.FACT, "91.5%"),
        ("On which data sets was LeafNet tried?", Kind.FACT, "LEAF-5"),
        ("Why does BarkScan look at bark?", Kind.EXPLAIN, "because bark"),
    ],
)
def test_the_sentence_of_the_kind_that_is_asked_for_is_quoted(text: str, kind: Kind, holds: str) -> None:
    paper = LEAF if "LeafNet" in text else BARK
    assert any(holds in sentence.text for sentence in quote(text, kind, paper))


def test_a_comparison_quotes_both_papers_that_it_names() -> None:
    quoted = quote("LeafNet versus BarkScan: how do they tell trees?", Kind.COMPARE, LEAF, BARK)
    assert {citation.paper_id for sentence in quoted for citation in sentence.citations} == {
        LEAF.id,
        BARK.id,
    }


def test_what_two_papers_say_alike_is_quoted_once_and_cites_both() -> None:
    quoted = quote("LeafNet versus BarkScan: how hard is winter?", Kind.COMPARE, LEAF, BARK)
    (winter,) = [sentence for sentence in quoted if "winter" in sentence.text]
    assert [citation.number for citation in winter.citations] == [1, 2]
    assert [c.evidence[0].quote for c in winter.citations] == [
        p.abstract[: p.abstract.index(".") + 1] for p in (LEAF, BARK)
    ]


def test_a_quote_that_says_it_is_led_by_the_name_of_its_paper_outside_of_its_text() -> None:
    (score,) = quote("How accurate is it?", Kind.FACT, LEAF, settings=QuotesSettings(fact=1))
    assert (score.text, score.lead) == ("It reaches 91.5% accuracy on Arbor20.", "LeafNet")


def test_a_quote_right_behind_its_neighbour_needs_no_lead() -> None:
    quoted = quote("How accurate is LeafNet with veins?", Kind.EXPLAIN, LEAF)
    places = [s.citations[0].evidence[0] for s in quoted]
    follows = [places[i].start - places[i - 1].end <= 1 for i in range(1, len(places))]
    leads = [s.lead for s in quoted if s.text.startswith("It reaches")]
    assert any(follows)
    assert leads == [""]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("How accurate is LeafNet?", "It reaches 91.5%"),
        ("On which data sets was LeafNet tried?", "Experiments on Arbor20"),
        ("What is LeafNet tested on?", "Experiments on Arbor20"),
        ("What problem does LeafNet solve?", "Trees are hard to tell apart"),
        ("What is the main idea of LeafNet?", "LeafNet reads the veins"),
        ("What results does LeafNet report on Arbor20?", "It reaches 91.5%"),
        ("How many days do the experiments take?", "Experiments on Arbor20"),
    ],
)
def test_the_sentence_that_answers_stands_first_beside_two_others_at_most(text: str, first: str) -> None:
    quoted = quote(text, Kind.FACT, LEAF)
    assert quoted[0].text.startswith(first)
    assert len(quoted) <= 3


_OIL = Paper(
    PaperId("oil"),
    "Fish oil and broken hips in old women",
    "OBJECTIVE To determine whether fish oil keeps old women from breaking a hip. "
    "DESIGN A trial in care homes, with syrup as the control. "
    "RESULTS Hips broke as often in the oil group as in the syrup group. "
    "CONCLUSION Oil is of no use here.",
)


@pytest.mark.parametrize(
    "text",
    [
        "Does fish oil keep old women from breaking a hip?",
        "Fish oil keeps old women from breaking a hip.",
        "What became of the hips of the old women with fish oil?",
    ],
)
def test_what_was_to_be_learned_is_no_answer_where_it_was_found(text: str) -> None:
    first, *_ = quote(text, Kind.FACT, _OIL)
    assert first.text.startswith("RESULTS")


def test_what_was_to_be_learned_answers_who_asks_for_the_aim() -> None:
    first, *_ = quote("What is its aim?", Kind.FACT, _OIL)
    assert first.text.startswith("OBJECTIVE")


def test_a_fact_is_not_filled_up_with_sentences_that_nothing_speaks_for() -> None:
    texts = {sentence.text for sentence in quote("How accurate is LeafNet?", Kind.FACT, LEAF)}
    assert not texts & {"Many people like trees.", "Leaves fall early."}


def test_an_aspect_of_a_paper_is_quoted_from_that_paper_alone() -> None:
    quoted = quote("What is BarkScan?", Kind.FACT, LEAF, BARK)
    assert {citation.paper_id for sentence in quoted for citation in sentence.citations} == {BARK.id}


def test_a_fact_fits_on_a_screen() -> None:
    long = replace(
        LEAF,
        abstract=" ".join(
            f"Trees of kind {n} have {n} leaves " + "and more " * 40 + "there." for n in range(9)
        ),
    )
    quoted = quote("How many leaves have trees?", Kind.FACT, long)
    assert 1 <= sum(len(sentence.text.split()) for sentence in quoted) <= QuotesSettings().screen
