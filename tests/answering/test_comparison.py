"""Comparisons: the sides of a question, the papers on them, and what each cell shows."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.answerer import last_answer
from rag.answering.comparing.aspects import ASPECTS, DATA, METHOD, RESULT, choose_cell
from rag.answering.comparing.calling import titled
from rag.answering.comparing.comparison import ASKED, NOTHING_NAMED, read_aspects
from rag.answering.comparing.sides import compared_topic, number_asked, read_sides
from rag.app import build_answerer
from rag.contracts import answer_record
from rag.environment.reading import read_settings
from rag.library.library import Library
from rag.types import Answer, Kind, Paper, PaperId, Scope, Status
from tests.model_server import ModelServer, says

_MOSS = Paper(
    PaperId("moss"),
    "MossNet: Reading Moss from the Air",
    "Maps of moss are needed by foresters. However, existing methods fail in the shade of trees. We propose MossNet, "
    "which combines two cameras with a small network. Specifically, the network learns from pairs of pictures. "
    "Experiments on the ShadeBank and GroveBank data sets show that MossNet outperforms others by 4.5 points. "
    "A limitation of our method is that it needs dry weather.",
)
_OWL = Paper(
    PaperId("owl"),
    "OwlEar: Hearing Owls at Night",
    "Owls are hard to count. In this paper we introduce OwlEar, a detector of calls that is based on two microphones. "
    "It finds 93% of the calls in 1,200 hours of recordings.",
)


def _answer(
    library: Library, asked: str, *, scope: Scope | None = None, environment: dict[str, str] | None = None
) -> Answer:
    answerer = build_answerer(read_settings(environment or {}), library)
    return last_answer(answerer.answer(asked, kind=Kind.COMPARE, scope=scope or Scope()))


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("How do MossNet and OwlEar differ?", ("MossNet", "OwlEar")),
        ("MossNet vs OwlEar: which data?", ("MossNet", "OwlEar")),
        ("compare MossNet, OwlEar and FernEye on data and results", ("MossNet", "OwlEar", "FernEye")),
        ("what is the difference between the paper on moss and the one on owls?", ("the paper on moss", "the one on owls")),
        ("how does MossNet differ from OwlEar?", ("MossNet", "OwlEar")),
        ("MossNet is better than OwlEar.", ("MossNet", "OwlEar")),
        ("compare learning with labels to the learning without", ("learning with labels", "the learning without")),
        ("compare the paper on moss and the one on old owls on data and results", ("the paper on moss", "the one on old owls")),
        ("How does MossNet compare to OwlEar?", ("MossNet", "OwlEar")),
        ("how does MossNet compare in speed with OwlEar?", ("MossNet", "OwlEar")),
        ("how does MossNet differ from OwlEar and FernEye on data?", ("MossNet", "OwlEar", "FernEye")),
        ("how is “Owls and Moss, to Trees” different from OwlEar?", ("Owls and Moss, to Trees", "OwlEar")),
        ("compare the first three", ()),
        ("compare approaches to counting owls", ()),
        ("compare different methods for old moss on data and results", ()),
        ("what is the difference between methods to find owls with two ears?", ()),
        ("compare work on owls with work on moss", ("work on owls", "work on moss")),
        ("compare approaches to moss and owls", ("approaches to moss", "owls")),
        ("what is moss?", ()),
    ],
)  # fmt: skip
def test_the_sides_are_told_apart(question: str, sides: tuple[str, ...]) -> None:
    assert read_sides(question) == sides


def test_two_works_that_are_described_take_along_what_they_share() -> None:
    one, other = read_sides("There are two papers on moss: one looks from the air, the other digs.")
    assert one == "There are two papers on moss: one looks from the air"
    assert other.endswith("the other digs")


@pytest.mark.parametrize(
    ("question", "topic", "number"),
    [
        ("compare approaches to counting owls", "counting owls", 0),
        ("Compare the first three papers on moss, on data and results.", "moss", 3),
        ("what are the differences between ten methods for moss maps?", "moss maps", 10),
        ("compare the methods with four cameras", "four cameras", 0),
        ("compare MossNet and OwlEar", "", 0),
        ("how do these differ?", "", 0),
    ],
)
def test_papers_of_one_topic_are_no_sides(question: str, topic: str, number: int) -> None:
    assert (compared_topic(question), number_asked(question)) == (topic, number)


@pytest.mark.parametrize(
    ("question", "names", "beyond"),
    [
        ("How do MossNet and OwlEar differ?", [aspect.name for aspect in ASPECTS], False),
        ("compare MossNet and OwlEar on data and results", ["data", "result"], False),
        ("How do MossNet and OwlEar each cope with rain?", [aspect.name for aspect in ASPECTS], True),
    ],
)
def test_the_aspects_are_those_that_are_asked_for(question: str, names: list[str], *, beyond: bool) -> None:
    aspects, more = read_aspects(question, ("MossNet", "OwlEar"))
    assert ([aspect.name for aspect in aspects], more) == (names, beyond)


@pytest.mark.parametrize(
    "question",
    [
        "compare 3 approaches to moss",
        "What's the difference between works on moss?",
        "how do methods for moss differ on results?",
    ],
)
def test_a_topic_alone_is_no_aspect(question: str) -> None:
    _, beyond = read_aspects(question, ())
    assert not beyond


def test_each_aspect_is_shown_by_its_own_words() -> None:
    cells = {aspect.name: " ".join(e.quote for e in choose_cell(_MOSS, aspect)) for aspect in ASPECTS}
    assert "fail in the shade" in cells["problem"]
    assert "We propose MossNet" in cells["method"]
    assert "ShadeBank" in cells["data"]
    assert "4.5 points" in cells["result"]
    assert "dry weather" in cells["limits"]


@pytest.mark.parametrize(
    ("abstract", "shown"),
    [
        (
            "Owls are hard to count. We propose OwlNet, a net for owls. First, we cut the night into hours. Second, each hour "
            "is heard by two ears. Last, the counts are joined. Experiments show that it counts better.",
            ["We propose", "First", "Second", "Last"],
        ),
        (
            "Owls are hard to count. We use a net in two steps: (1) Cut the night into hours. (2) Hear each hour with two "
            "ears. It is quick.",
            ["We use", "(2)"],
        ),
        (
            "Owls are hard to count. We propose OwlNet, a net for owls. First, we find that owls sleep. Second, we find that "
            "they eat.",
            ["We propose"],
        ),
        (
            "Owls are hard to count. We propose OwlNet, a net for owls. OwlNet achieves a gain in speed with two modules: an "
            "ear and an eye. It is quick.",
            ["We propose", "OwlNet achieves"],
        ),
    ],
)
def test_a_method_that_is_gone_through_part_by_part_is_shown_with_its_parts(
    abstract: str, shown: list[str]
) -> None:
    told = [evidence.quote for evidence in choose_cell(Paper(PaperId("o"), "Owls", abstract), METHOD)]
    assert len(told) == len(shown)
    assert all(quote.startswith(words) for quote, words in zip(told, shown, strict=True)), told


def test_what_an_abstract_leaves_out_is_not_said() -> None:
    assert choose_cell(_OWL, ASPECTS[-1]) == ()


@pytest.mark.parametrize(
    ("sentence", "shows"),
    [
        ("Extensive experiments verify the superiority of FernEye.", {"result"}),
        ("The promise of FernEye is demonstrated with users.", {"result"}),
        ("FernEye counts ferns with higher precision and with far fewer photographs.", {"result"}),
        ("FernEye works in new woods, showing that its eye is robust.", {"result"}),
        ("Experiments validate FernEye in three tasks: counting, naming and finding.", {"data", "result"}),
        ("First it learns from the Arbor Leaves dataset.", {"data"}),
        ("It uses Deep Fern Attention (DFA) to identify FernLeaf edges across all positions within a leaf.", set()),
        ("Lastly, we demonstrate a new analysis of fern leaves.", set()),
    ],
)  # fmt: skip
def test_what_was_tried_and_what_came_out_are_told_in_many_words(sentence: str, shows: set[str]) -> None:
    paper = Paper(
        PaperId("p"),
        "FernEye",
        f"Ferns are green. We propose FernEye, an eye. {sentence} Ferns have grown in the shade of tall old trees for ages.",
    )
    cells = {aspect.name: "".join(e.quote for e in choose_cell(paper, aspect)) for aspect in (DATA, RESULT)}
    assert {name for name, quotes in cells.items() if sentence in quotes} == shows


@given(st.text(max_size=300))
def test_a_cell_holds_the_exact_words(abstract: str) -> None:
    paper = Paper(PaperId("p"), "P", f"We show. {abstract}")
    for aspect in ASPECTS:
        for evidence in choose_cell(paper, aspect):
            assert paper.abstract[evidence.start : evidence.end] == evidence.quote


def test_named_papers_stand_side_by_side_and_every_cell_is_a_footnote(
    make_library: Callable[..., Library], papers: tuple[Paper, ...]
) -> None:
    answer = _answer(make_library(_MOSS, _OWL, *papers), "How do OwlEar and MossNet differ?")
    assert answer.comparison is not None
    assert [row.paper_id for row in answer.comparison.papers] == ["owl", "moss"]
    quoted = {e for s in answer.sentences for citation in s.citations for e in citation.evidence}
    cells = [cell for row in answer.comparison.papers for cell in row.cells]
    assert {e.start for cell in cells for e in cell.evidence} == {e.start for e in quoted}
    assert [source.paper.id for source in answer.sources] == ["owl", "moss"]
    assert answer_record(answer)["comparison"]["aspects"] == [aspect.name for aspect in ASPECTS]


def test_a_name_that_no_paper_bears_is_told(
    make_library: Callable[..., Library], papers: tuple[Paper, ...]
) -> None:
    library = make_library(_MOSS, _OWL, *papers)
    absent = "No paper here is called “Slow Cameras”; the paper nearest to it was compared."
    assert absent in _answer(library, "compare OwlEar and Slow Cameras").notices
    here = _answer(library, "compare OwlEar and MossNet").notices
    assert not any("is called" in notice for notice in here)


def test_terms_that_no_compared_paper_holds_are_told(shelf: Library) -> None:
    answer = _answer(shelf, "Is late rhythm better than early features?")
    absent = "None of these papers speaks of “late rhythm” or “early features”; the papers nearest to them were compared."
    assert absent in answer.notices
    held = _answer(shelf, "Are local features better than drum tracks?")
    assert not any("None of these" in notice for notice in held.notices)


@pytest.mark.parametrize(
    ("first", "second", "wins"),
    [
        pytest.param("Owl Coding in Barns", "We study moss.", 0, id="a title that holds it"),
        pytest.param(
            "Moss Coding", "Owl coding is old, and owl coding helps owl coding.", None, id="no title"
        ),
        pytest.param("A Use of Owl Coding", "We apply owl coding.", 1, id="the one that bears it"),
    ],
)
def test_a_term_takes_the_paper_whose_title_holds_it(first: str, second: str, wins: int | None) -> None:
    papers = [
        Paper(PaperId("0"), first, "We look at barns."),
        Paper(PaperId("1"), "On Owl Coding" if wins == 1 else "Mice", f"{second} We call it Owl Coding."),
    ]
    assert titled("owl coding", papers) == (papers if wins is None else [papers[wins]])


def test_no_paper_stands_in_for_a_name_that_none_mentions(
    make_library: Callable[..., Library], papers: tuple[Paper, ...]
) -> None:
    answer = _answer(make_library(_MOSS, _OWL, *papers), "compare OwlEar and PineNet7")
    assert answer.status is Status.PARTIAL
    assert {source.paper.id for source in answer.sources} == {"owl"}
    assert any("PineNet7" in notice for notice in answer.notices)


@pytest.mark.parametrize("topic", ["shade of old trees", "early protein folds"])
def test_beside_a_paper_that_is_named_none_stands_for_a_topic_that_it_has_nothing_to_do_with(
    make_library: Callable[..., Library], papers: tuple[Paper, ...], topic: str
) -> None:
    answer = _answer(make_library(_MOSS, _OWL, *papers), f"how does MossNet differ from {topic}?")
    assert (answer.comparison, {source.paper.id for source in answer.sources}) == (None, {"moss"})
    assert any(f"No paper here is about “{topic}” by itself" in notice for notice in answer.notices)


@pytest.mark.parametrize("other", ["FernEye", "fern counting"])
def test_a_paper_that_speaks_of_the_other_side_is_quoted_alone(
    make_library: Callable[..., Library], papers: tuple[Paper, ...], other: str
) -> None:
    moss = replace(
        _MOSS, abstract=f"{_MOSS.abstract} It is twice as fast as FernEye and better at fern counting."
    )
    near = Paper(PaperId("near"), "Ferns", "Fern counting with FernEye is slow.")
    answer = _answer(make_library(moss, _OWL, near, *papers), f"how does MossNet compare with {other}?")
    assert (answer.comparison, {source.paper.id for source in answer.sources}) == (None, {"moss"})


def test_a_paper_on_a_name_does_not_bear_it(
    make_library: Callable[..., Library], papers: tuple[Paper, ...]
) -> None:
    moss = replace(_MOSS, abstract=f"{_MOSS.abstract} It is twice as fast as FernEye.")
    near = Paper(PaperId("near"), "Seeing through FernEye", "We look at ferns.")
    answer = _answer(make_library(moss, _OWL, near, *papers), "MossNet vs FernEye")
    assert {source.paper.id for source in answer.sources} == {"moss"}


@pytest.mark.parametrize(
    "before", ["previous work", "the state of the art", "other methods", "earlier networks"]
)
def test_what_there_was_before_is_no_paper(
    make_library: Callable[..., Library], papers: tuple[Paper, ...], before: str
) -> None:
    answer = _answer(make_library(_MOSS, _OWL, *papers), f"how does MossNet compare in points with {before}?")
    assert (answer.comparison, {source.paper.id for source in answer.sources}) == (None, {"moss"})
    assert any("outperforms others" in sentence.text for sentence in answer.sentences)


@pytest.mark.parametrize(
    "question", ["Are owls better than bats?", "Are OWLs worse than bats on small data sets?"]
)
def test_the_paper_that_speaks_of_both_topics_is_quoted_before_papers_on_each(
    make_library: Callable[..., Library], papers: tuple[Paper, ...], question: str
) -> None:
    both = Paper(
        PaperId("both"), "Owls and Bats", "We find that owls (OWLs) hear better than bats on small datasets."
    )
    answer = _answer(make_library(_MOSS, _OWL, both, *papers), question)
    assert answer.comparison is None
    assert answer.sentences[0].citations[0].paper_id == "both"


def test_as_many_papers_are_compared_as_are_asked_for(make_library: Callable[..., Library]) -> None:
    titles = ("Ferns at Dawn", "Ferns by Night", "Ferns under Snow", "Ferns in Glass")
    library = make_library(
        *(
            Paper(PaperId(title), title, f"We propose a way to count ferns. {title} are hard.")
            for title in titles
        )
    )
    three = _answer(library, "compare the first three papers on ferns").comparison
    assert three is not None
    assert len(three.papers) == 3


def test_a_topic_of_one_paper_is_compared_with_nothing(
    make_library: Callable[..., Library], papers: tuple[Paper, ...]
) -> None:
    answer = _answer(make_library(_MOSS, _OWL, *papers), "compare approaches to hearing owls")
    assert answer.comparison is None
    assert {source.paper.id for source in answer.sources} == {"owl"}
    assert any("Only one paper here speaks of “hearing owls”" in notice for notice in answer.notices)


def test_a_paper_that_is_described_takes_its_side(
    make_library: Callable[..., Library], papers: tuple[Paper, ...]
) -> None:
    library = make_library(_MOSS, _OWL, *papers)
    answer = _answer(library, "compare the work on old drum recordings with the one on hearing birds")
    assert answer.comparison is not None
    assert [row.paper_id for row in answer.comparison.papers] == ["slow-drums", "owl"]


def test_the_papers_of_a_set_are_compared_in_its_order(shelf: Library, papers: tuple[Paper, ...]) -> None:
    ids = (papers[3].id, papers[0].id, papers[4].id)
    answer = _answer(shelf, "how do they treat images?", scope=Scope(ids=ids))
    assert answer.comparison is not None
    assert tuple(row.paper_id for row in answer.comparison.papers) == ids
    assert answer.comparison.aspects[0] == ASKED


def test_a_model_fills_the_cells_with_checked_sentences_and_quotes_stand_for_the_others(
    make_library: Callable[..., Library], papers: tuple[Paper, ...]
) -> None:
    written = (
        "OwlEar hears calls at night, while MossNet combines two cameras [1][2].\n"
        "Method : OwlEar is a detector of calls based on two microphones [1].\n"
        "result: OwlEar finds 99% of the calls [1].\n"
        "Method: MossNet combines two cameras with a small network [2].\n"
    )
    with ModelServer(says(written), says("1. NONE")) as server:
        settings = {"OPENAI_BASE_URL": server.url, "FOOTNOTE_MODEL": "m", "FOOTNOTE_WRITER": "llm"}
        answer = _answer(
            make_library(_OWL, _MOSS, *papers), "How do OwlEar and MossNet differ?", environment=settings
        )
    assert answer.comparison is not None
    cells = {(row.paper_id, cell.aspect): cell for row in answer.comparison.papers for cell in row.cells}
    assert cells[_OWL.id, "method"].text == "OwlEar is a detector of calls based on two microphones."
    assert cells[_MOSS.id, "method"].text.startswith("MossNet combines")
    assert cells[_OWL.id, "result"].text == ""
    assert cells[_OWL.id, "result"].evidence[0].quote.startswith("It finds 93%")
    assert [sentence.text for sentence in answer.dropped] == ["OwlEar finds 99% of the calls."]
    assert [s.text for s in answer.sentences if not s.lead] == [
        "OwlEar hears calls at night, while MossNet combines two cameras."
    ]
    system = server.requests[0]["messages"][0]["content"]
    assert re.findall(r"^  (\w+) = ", system, re.MULTILINE) == [
        "problem",
        "method",
        "data",
        "result",
        "limits",
    ]


def test_a_comparison_of_nothing_says_what_to_name(shelf: Library) -> None:
    answer = _answer(shelf, "compare the first two")
    assert (answer.status, answer.sentences, answer.notices[-1]) == (Status.NO_QUESTION, (), NOTHING_NAMED)


def test_one_paper_alone_is_not_compared(shelf: Library, papers: tuple[Paper, ...]) -> None:
    assert _answer(shelf, "how do they differ?", scope=Scope(ids=(papers[0].id,))).comparison is None


def test_where_no_abstract_says_what_is_compared_one_line_says_so(shelf: Library) -> None:
    answer = _answer(shelf, "compare Twin Scale Fusion and Patient Mamba on limits")
    assert (answer.status, answer.missing) == (Status.NOT_STATED, "Neither of the 2 abstracts says: limits.")
    assert [source.paper.title for source in answer.sources] == ["Twin Scale Fusion", "Patient Mamba"]
