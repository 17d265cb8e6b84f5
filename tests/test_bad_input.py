"""Questions and papers that nobody should have to ask or add, over real stores."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from rag.answering.answerer import Answerer, last_answer
from rag.library.encoder import Encoder
from rag.library.library import Library
from rag.retrieval.retriever import Retriever
from rag.retrieval.similar import rank_similar
from rag.settings import RetrievalSettings
from rag.types import Answer, Kind, Paper, Question, Ranking, Scope, Status
from tests.conftest import paper

_OWL = "At night the owls of Bergen hunt mice by ear alone."
_FILLER = [
    f"Station {n} reports wind of {n % 40} knots and a calm sea near the northern pier." for n in range(1_400)
]
_GIANT = paper("Harbour Log", " ".join([*_FILLER[:1_100], _OWL, *_FILLER[1_100:]]))
_EMPTY = paper("Silent Owls", "")
_BLANK = paper("Blank Sheet", " \n ")
_QUESTIONS = {
    "a stop word": "the",
    "stop words": "which of these are the",
    "punctuation": "?!… — (…)",
    "2,000 words": "wind at sea " * 666 + "and owls",
    "another language": "哪些论文研究树种的图像？",
    "a right-to-left language": "أي أوراق تجمع بين السمات؟",
    "syntax": 'title:"image" AND (text:[a TO z] OR -leaf^9) ~*? id:slow-drums',
    "an unknown id": "https://arxiv.org/abs/2999.99999v3",
    "a control sequence": "\x1b[31mowls\x07",
    "halves of characters": "owls \ud800",
}


@pytest.fixture(scope="module")
def library(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder, papers: tuple[Paper, ...]
) -> Iterator[Library]:
    """The five papers, one with an abstract of 100 kB, and two without any; for tests that only read."""
    assert len(_GIANT.abstract) > 100_000
    opened = Library(tmp_path_factory.mktemp("bad"), encoder=encoder)
    opened.add([*papers, _GIANT, _EMPTY, _BLANK])
    list(opened.index())
    yield opened
    opened.close()


def _search(library: Library, text: str) -> Ranking:
    return Retriever(library, RetrievalSettings()).search(Question(text, Kind.LIST, text))


def _answer(library: Library, text: str) -> Answer:
    return last_answer(
        Answerer(Retriever(library, RetrievalSettings()), judge=None, reader=None).answer(text)
    )


@pytest.mark.parametrize("text", _QUESTIONS.values(), ids=_QUESTIONS)
def test_any_question_gets_an_answer_of_exact_quotes_or_none(library: Library, text: str) -> None:
    answer = _answer(library, text)
    abstracts = {source.paper.id: source.paper.abstract for source in answer.sources}
    for sentence in answer.sentences:
        for citation in sentence.citations:
            assert [abstracts[e.paper_id][e.start : e.end] for e in citation.evidence] == [sentence.text]


def test_a_stop_word_names_nothing_that_papers_could_be_about(library: Library) -> None:
    assert _answer(library, _QUESTIONS["a stop word"]).status is Status.NO_QUESTION


@pytest.mark.parametrize("name", ["stop words", "an unknown id"])
def test_a_question_about_nothing_is_not_in_the_library(library: Library, name: str) -> None:
    assert _answer(library, _QUESTIONS[name]).status is Status.NOT_IN_LIBRARY


def test_marks_alone_ask_nothing(library: Library) -> None:
    assert _answer(library, _QUESTIONS["punctuation"]).status is Status.NO_QUESTION


def test_what_stands_at_the_end_of_2000_words_still_counts(library: Library) -> None:
    words = Retriever(library, RetrievalSettings()).words
    weights = words(_QUESTIONS["2,000 words"]).weights
    assert set(weights) == {"wind", "sea", "owl"}


def test_a_paper_without_an_abstract_is_found_by_its_title_and_never_quoted(library: Library) -> None:
    best = _search(library, "silent owls").papers[0]
    assert (best.paper.id, best.evidence) == ("silent-owls", ())
    answer = _answer(library, "Which papers are about silent owls?")
    assert "silent-owls" not in {c.paper_id for s in answer.sentences for c in s.citations}


def test_papers_without_an_abstract_are_sound(library: Library) -> None:
    assert library.unindexed() == 0
    condition = library.check()
    assert condition.sound
    assert condition.pending == 0


def test_one_sentence_in_100_kb_is_found_and_quoted(library: Library) -> None:
    ranking = _search(library, "How do the owls of Bergen hunt mice?")
    (found,) = (ranked for ranked in ranking.papers if ranked.paper.id == "harbour-log")
    assert found.evidence[0].quote == _OWL
    assert found.rank <= 3


def test_a_giant_paper_can_be_compared_with_others(library: Library) -> None:
    settings = RetrievalSettings()
    ranking = rank_similar(library, _GIANT.id, scope=Scope(), settings=settings, limit=10)
    assert {r.paper.id for r in ranking.papers} <= {p.id for p in library.catalogue.list()} - {_GIANT.id}


def test_a_library_of_one_paper_answers_and_refuses(
    make_library: Callable[..., Library], papers: tuple[Paper, ...]
) -> None:
    library = make_library(papers[4])
    asked = ("How are drums separated?", "the", "Which papers bake sourdough bread?")
    assert [_answer(library, text).status for text in asked] == [
        Status.ANSWERED,
        Status.NO_QUESTION,
        Status.NOT_IN_LIBRARY,
    ]
