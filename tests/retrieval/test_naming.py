"""A paper that the question names comes first: by its id in any writing, or its title pasted whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest

from rag.answering.refusing.abstention import find_abstention
from rag.library.encoder import Encoder
from rag.library.library import Library
from rag.retrieval.naming import beginning_title, find_named, holding_rare_name
from rag.retrieval.reranking import Reranking
from rag.retrieval.retriever import Retriever
from rag.settings import RetrievalSettings
from rag.types import Kind, Paper, PaperId, Question, Ranking, Scope, Status

MakeLibrary = Callable[..., Library]

_TITLE = "Bark and Leaf: How Trees Are Told Apart"
_LONGER = f"{_TITLE} in Winter"
_QUESTIONS = [
    "2103.14030",
    "2103.14030v2",
    "arXiv:2103.14030",
    "ARXIV: 2103.14030v12",
    "https://arxiv.org/abs/2103.14030",
    "arxiv.org/pdf/2103.14030v2.pdf",
    "https://doi.org/10.48550/arXiv.2103.14030",
    "https://huggingface.co/papers/2103.14030?x=1",
    "What does 2103.14030 say about drums?",
    "drums and beats (arXiv:2103.14030v1).",
    _TITLE,
    _TITLE.upper(),
    f"  {_TITLE.lower()} ?",
    "bark, and leaf - how TREES are told apart",
    f"What is the main idea of {_TITLE.lower()}, and does it need drums?",
    f"Summarise “{_TITLE}”",
]


_OLD = [
    "cs/0112017",
    "cs.LG/0112017v2",
    "arXiv:cs/0112017",
    "https://arxiv.org/abs/cs/0112017v1",
    "https://doi.org/10.48550/arXiv.cs/0112017",
    "What does CS/0112017 say about drums?",
]


def _shelf(papers: tuple[Paper, ...]) -> list[Paper]:
    """The five papers, one with a longer title and an arXiv id, and one more with a title longer still."""
    *others, trees, drums = papers
    tree = replace(trees, id=PaperId("2103.14030"), title=_TITLE)
    both = f"{drums.abstract} {trees.abstract}"
    others[0] = replace(others[0], id=PaperId("cs/0112017"))
    return [*others, drums, replace(trees, id=PaperId("winter"), title=_LONGER, abstract=both), tree]


@pytest.fixture(scope="module", params=[True, False], ids=["vectors", "words alone"])
def library(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    encoder: Encoder,
    papers: tuple[Paper, ...],
) -> Iterator[Library]:
    """A library for tests that only read."""
    opened = Library(tmp_path_factory.mktemp("named"), encoder=encoder)
    opened.add(_shelf(papers))
    if request.param:
        list(opened.index())
    yield opened
    opened.close()


def _search(library: Library, text: str, scope: Scope | None = None) -> Ranking:
    question = Question(text, Kind.LIST, text, scope or Scope())
    return Retriever(library, RetrievalSettings()).search(question)


@pytest.mark.parametrize("text", _QUESTIONS)
def test_the_paper_that_is_named_comes_first(library: Library, text: str) -> None:
    ranking = _search(library, text)
    assert (ranking.papers[0].paper.id, ranking.named) == ("2103.14030", ("2103.14030",))
    assert [r.score for r in ranking.papers] == sorted((r.score for r in ranking.papers), reverse=True)
    assert ranking.papers[0].evidence
    assert find_abstention(ranking.question, ranking).status is Status.ANSWERED


@pytest.mark.parametrize("text", _OLD)
def test_an_id_from_before_2007_names_its_paper(library: Library, text: str) -> None:
    named = find_named(text, library.catalogue)
    assert named.papers == ("cs/0112017",)
    assert "0112017" not in named.text


def test_the_longer_title_is_the_one_that_is_meant(library: Library) -> None:
    assert _search(library, _LONGER.lower()).papers[0].paper.id == "winter"


@pytest.mark.parametrize(
    "text",
    [
        "slow drums are heard",
        "Is 12103.14030 or 2103.140301 a number?",
        "2999.99999",
        "trees told apart",
        "biocs/0112017",
    ],
)
def test_ordinary_words_and_numbers_name_nothing(library: Library, text: str) -> None:
    assert find_named(text, library.catalogue).papers == ()


@pytest.mark.parametrize("text", ["Slow Drums", "slow-drums", "what does “slow drums” do?"])
def test_a_short_title_names_its_paper_when_it_stands_alone_or_quoted(library: Library, text: str) -> None:
    assert find_named(text, library.catalogue).papers == ("slow-drums",)


@pytest.mark.parametrize(
    "text",
    [
        "is Slow Drums tested on tapes?",
        "which data sets does Slow Drums use?",
        "Slow Drums' tracks",
        "compare Slow Drums, please",
    ],
)
def test_a_title_of_few_words_names_its_paper_by_its_capitals(library: Library, text: str) -> None:
    assert find_named(text, library.catalogue).papers == ("slow-drums",)


@pytest.mark.parametrize(
    "text",
    [
        "Slow drums are heard",
        "are SLOW DRUMS heard?",
        "Slow Drumsticks",
        "Very Slow or Drums",
        "Drums Slow down",
    ],
)
def test_words_of_a_short_title_written_otherwise_name_nothing(library: Library, text: str) -> None:
    assert find_named(text, library.catalogue).papers == ()


_RARE = (
    Paper(PaperId("first"), "Problems of Nets", "What problem does a net solve? Nets solve a problem."),
    Paper(PaperId("second"), "Adapting Nets", "Our approach, Brisket, solves a problem of nets."),
    Paper(PaperId("third"), "Beef of Nets", "The brisket of a net. Quill and Ink are nets."),
    Paper(PaperId("fourth"), "Nets of Ink", "Quill and Ink solve it."),
)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        pytest.param("what problem does Brisket solve?", "second", id="the one paper that holds it so"),
        pytest.param("what problem does brisket solve?", None, id="no capital"),
        pytest.param("Brisket solves which problem?", None, id="the capital of a sentence"),
        pytest.param("What Problem Does Brisket Solve?", None, id="all in capitals"),
        pytest.param("what problem does Quill solve?", None, id="two papers hold it"),
        pytest.param("what do Problems of nets say?", None, id="the first holds it"),
        pytest.param("what problem does Zorb solve?", None, id="nobody holds it"),
    ],
)
def test_a_name_that_hardly_any_paper_holds_brings_its_paper(
    make_library: MakeLibrary, question: str, found: str | None
) -> None:
    library = make_library(*_RARE, indexed=False)
    assert holding_rare_name(question, _RARE, library.lexical) == found


def test_an_id_leaves_the_words_beside_it_to_the_search(library: Library) -> None:
    assert find_named("drums in arXiv:2103.14030v2?", library.catalogue).text == "drums in ?"


def test_an_id_alone_searches_for_the_papers_title(library: Library) -> None:
    assert find_named("https://arxiv.org/abs/2103.14030", library.catalogue).text == _TITLE


def test_a_paper_outside_of_the_scope_is_not_brought_in_by_its_name(library: Library) -> None:
    ranking = _search(library, "2103.14030", Scope(titles=("drums",)))
    assert ([r.paper.id for r in ranking.papers], ranking.named) == (
        (["slow-drums"] if ranking.papers else []),
        (),
    )


def test_a_removed_paper_is_not_named(make_library: MakeLibrary, papers: tuple[Paper, ...]) -> None:
    library = make_library(*_shelf(papers), indexed=False)
    library.remove([PaperId("2103.14030")])
    assert find_named("2103.14030", library.catalogue).papers == ()


class _ByLength:
    """A re-ranker that prefers the longest text."""

    name = "by length"

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        """Score each text by its letters."""
        assert question
        return [float(len(text)) for text in texts]


def test_a_re_ranker_orders_the_papers_behind_the_one_that_is_named(library: Library) -> None:
    retriever = Retriever(library, RetrievalSettings(), reranking=Reranking(_ByLength(), depth=10))
    ranked = retriever.search(Question("drums in 2103.14030", Kind.LIST, "")).papers
    lengths = [len(f"{r.paper.title}\n{r.paper.abstract}") for r in ranked]
    assert ranked[0].paper.id == "2103.14030"
    assert lengths[1:] == sorted(lengths[1:], reverse=True)
    assert max(lengths) > lengths[0]
    assert [r.rank for r in ranked] == list(range(1, len(ranked) + 1))


_BEGUN = (
    Paper(PaperId("wing"), "Wing Readers for Owls", "We read wings."),
    Paper(PaperId("song"), "Song Readers: A Study", "Song readers read songs."),
    Paper(PaperId("other"), "On Songs", "Some song readers fail."),
    Paper(PaperId("more"), "Of Songs", "Song readers are many."),
)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        pytest.param("what does wing readers do?", "wing", id="all that is asked about begins its title"),
        pytest.param("how do wing readers hear?", None, id="more is asked about"),
        pytest.param("what are song readers?", None, id="a topic that others hold too"),
        pytest.param("what is wing?", None, id="one word"),
    ],
)
def test_the_beginning_of_one_title_names_its_paper(question: str, found: str | None) -> None:
    assert beginning_title(question, _BEGUN) == found


def test_small_words_of_a_short_title_may_have_a_capital_or_none(make_library: MakeLibrary) -> None:
    library = make_library(Paper(PaperId("owl"), "Owl In Owl", "We put owls in owls."), indexed=False)
    assert find_named("was Owl in Owl tested on barns?", library.catalogue).papers == ("owl",)
    assert find_named("was an owl in owl seen?", library.catalogue).papers == ()
