"""Refusals by their kind: what a library has nothing on, what a paper leaves out, what it denies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from rag.answering.asking.criteria import read_criteria
from rag.answering.asking.intent import read_kind
from rag.answering.refusing.abstention import find_abstention
from rag.answering.refusing.details import ANY_FIGURE, asked_details, has_number
from rag.answering.refusing.entities import mentions, named_things, owns
from rag.answering.refusing.origins import told_by_catalogue
from rag.answering.refusing.premises import denied_phrase
from rag.answering.refusing.rules import Case, Finding, nearest_words
from rag.answering.refusing.topic import nothing_on, topic_evidence
from rag.library.encoder import Encoder
from rag.library.library import Library
from rag.retrieval.retriever import Retriever
from rag.settings import RetrievalSettings
from rag.types import Kind, Paper, PaperId, Question, RankedPaper, Ranking, Scope, Status

Find = Callable[..., Finding]

_PAPERS = (
    Paper(
        PaperId("leafnet"),
        "LeafNet: Telling Trees by their Leaves",
        "We present LeafNet, a network that tells trees by photographs of their leaves. It reaches 91.5% "
        "accuracy on Arbor20 and works without the need for hand-drawn outlines. LeafNet is trained on "
        "12,000 photographs within 3 hours on one GPU. We find that LeafNet is robust to photographs of wet leaves.",
    ),
    Paper(
        PaperId("barkscan"),
        "BarkScan: Trees from Bark Alone",
        "BarkScan recognises trees from the texture of their bark. On Bark50 the FID of its generated bark "
        "is 4.2. The data are released under a Creative Commons licence.",
    ),
    Paper(
        PaperId("drums"),
        "Counting Drum Beats",
        "A recurrent network counts drum beats in noisy recordings of street music.",
    ),
)


@pytest.fixture(scope="module")
def find(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Find]:
    library = Library(tmp_path_factory.mktemp("trees"), encoder=encoder)
    library.add(_PAPERS)
    list(library.index())
    retriever = Retriever(library, RetrievalSettings())

    def ask(text: str, ids: tuple[PaperId, ...] | None = None) -> Finding:
        question = Question(text, read_kind(text), text, scope=Scope(ids=ids))
        return find_abstention(question, retriever.search(question))

    yield ask
    library.close()


@pytest.mark.parametrize(
    "text",
    [
        "How accurate is LeafNet?",
        "How many photographs is LeafNet trained on?",
        "How long was LeafNet trained, and on how many GPUs?",
        "Under which licence is BarkScan released?",
        "What FID does BarkScan reach on Bark50?",
        "Which papers recognise trees?",
        "LeafNet versus BarkScan: what do they look at?",
        "Compare the method for leaves with the one for bark: under which licence are the data released?",
        "Why does LeafNet do without hand-drawn outlines?",
    ],
)
def test_what_an_abstract_states_is_not_refused(find: Find, text: str) -> None:
    assert find(text) == Finding(Status.ANSWERED)


@pytest.mark.parametrize(
    "text",
    [
        "What is LeafNet?",
        "What does LeafNet do?",
        "What is LeafNet tested on?",
        "What problem does LeafNet solve?",
        "What results does LeafNet report?",
    ],
)
def test_an_aspect_that_the_abstract_shows_is_never_doubted(find: Find, text: str) -> None:
    assert find(text) == Finding(Status.ANSWERED)


@pytest.mark.parametrize("text", ["What are the limits of LeafNet?", "Which drawbacks does LeafNet have?"])
def test_limits_that_an_abstract_does_not_name_are_refused(find: Find, text: str) -> None:
    finding = find(text)
    assert finding.status is Status.NOT_STATED
    assert "names no limits" in finding.line


def test_a_request_says_nothing_of_its_topic(find: Find) -> None:
    assert find("Which paper should I read first on drum beats?").status is Status.ANSWERED
    refused = find("Which paper should I read first on sourdough?")
    assert refused == Finding(Status.NOT_IN_LIBRARY, "No abstract here speaks of “sourdough”.")


@pytest.mark.parametrize(
    ("text", "abstract", "phrase"),
    [
        ("On which data is LeafNet tested?", "Without extra data, LeafNet reaches 90% on Arbor20.", ""),
        (
            "Which extra data does LeafNet use?",
            "Without extra data, LeafNet reaches 90%.",
            "extra data",
        ),
    ],
)
def test_a_denial_of_more_denies_no_more_than_that(text: str, abstract: str, phrase: str) -> None:
    assert denied_phrase(text, abstract).strip() == phrase


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Under which licence is LeafNet published?", "states no licence"),
        ("How many GPUs did the training of BarkScan take?", "states no hardware"),
        ("Which batch size and learning rate has LeafNet?", "states no batch size and no learning rate"),
        ("How many annotators labelled the bark of BarkScan?", "states no number of annotators"),
        ("What FID does BarkScan reach on Arbor20?", "nothing there mentions Arbor20"),
        ("Which hand-drawn outlines does LeafNet need?", "only to say that it does without"),
    ],
)
def test_a_detail_that_the_right_paper_lacks_is_named_with_the_paper(
    find: Find, text: str, missing: str
) -> None:
    finding = find(text)
    assert finding.status is Status.NOT_STATED
    assert missing in finding.line
    assert ("LeafNet: Telling" if "LeafNet" in text else "BarkScan: Trees") in finding.line


def test_a_refusal_quotes_the_words_that_come_nearest(find: Find) -> None:
    line = find("How many annotators labelled the bark of BarkScan?").line
    quote = line.partition(" Nearest: “")[2].removesuffix("”")
    assert quote in _PAPERS[1].abstract
    assert "BarkScan" in quote


@pytest.mark.parametrize("weights", list(permutations((0.1, 0.2, 0.3, 0.7))))
def test_of_sentences_that_hold_the_same_words_the_first_comes_nearest(weights: tuple[float, ...]) -> None:
    others = (
        "which grow beside ponds, lakes, rivers, fields, woods, roads, walls, bridges, barns and old mills"
    )
    sentences = [f"Owls, moss, ferns and reeds {others[: 6 * n]} grow here." for n in range(1, 16)]
    paper = replace(_PAPERS[2], abstract=" ".join(sentences))
    rarity = dict(zip(("owl", "moss", "fern", "reed"), weights, strict=True))
    question = Question("owls, moss, ferns, reeds", Kind.FACT, "owls, moss, ferns, reeds")
    ranking = Ranking(question, (), searched=1, encoded=1, similarity=None, coverage=1.0, rarity=rarity)
    assert nearest_words(Case(question, ranking, [paper], 0, ())) == f" Nearest: “{sentences[0]}”"


@pytest.mark.parametrize(
    "text",
    ["Does LeafNet need hand-drawn outlines?", "Is BarkScan slower with wet leaves, or with dry ones?"],
)
def test_what_can_be_answered_with_a_no_is_not_refused(find: Find, text: str) -> None:
    assert find(text) == Finding(Status.ANSWERED)


def test_a_question_of_which_one_half_is_stated_is_answered_in_part(find: Find) -> None:
    finding = find("How accurate is LeafNet, and which licence does it have?")
    assert finding.status is Status.PARTIAL
    assert finding.line.endswith("states no licence.")


def test_of_chosen_papers_less_is_asked_to_be_on_the_topic(find: Find) -> None:
    text = "does it recognise tropical species?"
    assert find(text).status is Status.NOT_IN_LIBRARY
    assert find(text, (PaperId("barkscan"),)).status is Status.ANSWERED


def test_a_comparison_with_something_that_is_not_here_is_answered_in_part(find: Find) -> None:
    finding = find("LeafNet versus RootNet: which trees do they tell by leaves?")
    assert finding.status is Status.PARTIAL
    assert "RootNet" in finding.line


@pytest.mark.parametrize(
    "text", ["Which wine goes with oysters on Sunday?", "What accuracy does TwigFormer reach on Arbor20K?"]
)
def test_what_no_paper_speaks_of_is_not_in_the_library_and_the_line_names_it(find: Find, text: str) -> None:
    finding = find(text)
    assert finding.status is Status.NOT_IN_LIBRARY
    assert any(word in finding.line for word in ("wine", "TwigFormer"))


def test_an_empty_ranking_has_nothing() -> None:
    question = Question("trees", Kind.FACT, "trees")
    ranking = Ranking(question, (), searched=0, encoded=0, similarity=None, coverage=0.0)
    assert find_abstention(question, ranking).status is Status.NOT_IN_LIBRARY


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("What does CoReS reach on CIFAR-100, next to plain CNNs?", ("CoReS", "CIFAR-100")),
        ("CL for MR scans with a T2I model", ()),
        ("a coordinate-MLP or a NeRF-like field", ()),
    ],
)
def test_names_are_told_by_their_spelling(text: str, names: tuple[str, ...]) -> None:
    assert named_things(text) == names


def test_a_name_is_found_in_another_spelling_and_spelt_out() -> None:
    paper = replace(_PAPERS[2], abstract="We train a dense local image pyramid (Mamba-2D).")
    assert mentions(paper, "Mamba2D")
    assert mentions(paper, "DLIP")
    assert owns(paper, "Mamba-2D")
    assert not mentions(paper, "Mamba3D")


@pytest.mark.parametrize(
    ("name", "text", "is_held"),
    [
        ("ALIGN", "Early alignment of neurons, which align.", False),
        ("ALIGN", "Tested with ALIGN and others.", True),
        ("CLIP", "We tune OpenCLIP.", True),
        ("MSCOCO", "Tested on MS-COCO.", True),
        ("MAMBA", "Mamba scans.", True),
        ("MS-MARCO", "Tested on MARCO.", True),
    ],
)
def test_a_name_in_capitals_is_no_common_word(name: str, text: str, is_held: bool) -> None:  # noqa: FBT001
    assert mentions(replace(_PAPERS[2], title="Scans", abstract=text), name) is is_held


def test_a_question_in_capitals_throughout_has_no_names() -> None:
    assert named_things("WHAT DOES LEAFNET READ?") == ()


def test_a_phrase_that_is_also_granted_is_not_denied() -> None:
    abstract = "Others need a joint space. Ours works without a joint space."
    assert denied_phrase("What size has the joint space?", abstract) == ""


@pytest.mark.parametrize(
    ("span", "holds"),
    [
        ("12,000 images", True),
        ("three hours", True),
        ("a 2x gain", True),
        ("CIFAR-10 in 2019", False),
        ("(2) 3D", False),
    ],
)
def test_a_number_counts_or_measures_something(span: str, holds: bool) -> None:  # noqa: FBT001
    assert has_number(span) is holds


def test_any_figure_is_asked_for_only_where_nothing_says_which() -> None:
    assert asked_details("How many kinds?") == (ANY_FIGURE,)
    assert [detail.name for detail in asked_details("How many epochs?")] == ["number of epochs"]


@pytest.mark.parametrize(
    ("question", "abstract"),
    [
        (
            "Which query objects are included?",
            "To avoid leaks, we include only query objects of the test set.",
        ),
        (
            "Which locality-aligned backbones gain?",
            "Backbones with and without locality-aligned backbones differ.",
        ),
        ("How much data did it gather?", "It gathers much and improves over learning with no external data."),
    ],
)
def test_what_stands_beside_a_denial_is_not_denied(question: str, abstract: str) -> None:
    assert denied_phrase(question, abstract) == ""


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Why does LeafNet need colour photos?", "colour photos"),
        ("What leaf outlines does LeafNet use?", "leaf outlines"),
        ("Why does LeafNet need dry leaves?", ""),
        ("How does LeafNet do without colour photos?", ""),
        ("Does LeafNet need colour photos?", ""),
    ],
)
def test_each_thing_of_a_list_that_is_denied_is_denied(text: str, phrase: str) -> None:
    abstract = (
        "It needs none of the following: (i) colour photos, (ii) leaf edge outlines. It reads dry leaves."
    )
    assert denied_phrase(text, abstract) == phrase


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Why does LeafNet need labels?", "without supervision"),
        ("Why does LeafNet need labels of trees?", "without supervision"),
        ("Why does LeafNet need veins?", ""),
    ],
)
def test_why_something_is_needed_grants_that_it_is(text: str, phrase: str) -> None:
    assert denied_phrase(text, "LeafNet learns to read veins without supervision.") == phrase


def test_a_clause_is_denied_in_the_words_of_the_question_whatever_their_order() -> None:
    abstract = "It works without tuning the weights of any foundation model."
    assert (
        denied_phrase("How are the foundation weights tuned?", abstract)
        == "tuning the weights of any foundation"
    )


def test_an_abstract_that_says_otherwise_is_quoted_beside_the_answer(find: Find) -> None:
    finding = find("Why does BarkScan reject trees by the texture of their leaves and bark?")
    assert finding.status is Status.ANSWERED
    finding = find("Why is LeafNet so sensitive to photographs of rainy leaves?")
    assert finding.status is Status.PARTIAL
    assert finding.line.endswith(
        "says otherwise: “We find that LeafNet is robust to photographs of wet leaves.”"
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Who wrote LeafNet?", "no file names its authors."),
        ("who are the authors of BarkScan?", "by Ada Wood."),
        ("who proposed BarkScan?", "by Ada Wood."),
        ("who is behind the BarkScan paper?", "by Ada Wood."),
        ("when was BarkScan published?", "it is of 2024-02-03."),
        ("in which year did LeafNet come out?", "no file names its date."),
        ("how old is LeafNet?", "no file names its date."),
    ],
)
def test_who_wrote_a_paper_and_when_is_told_from_the_catalogue(text: str, told: str) -> None:
    papers = tuple(
        replace(paper, authors=("Ada Wood",), published="2024-02-03") if paper.id == "barkscan" else paper
        for paper in _PAPERS
    )
    named = [paper for paper in papers if paper.title.split(":")[0] in text]
    ranked = tuple(RankedPaper(paper, rank=1, score=1.0, arms={}, evidence=()) for paper in named)
    question = Question(text, Kind.FACT, text)
    ranking = Ranking(question, ranked, searched=3, encoded=3, similarity=0.9, coverage=1.0)
    finding = find_abstention(question, ranking)
    assert finding.status is Status.NOT_STATED
    assert finding.line.endswith(told)


@pytest.mark.parametrize(
    "text",
    [
        "who proposed photographs of leaves?",
        "who labels BarkScan?",
        "when was the bark of BarkScan collected?",
    ],
)
def test_what_no_paper_is_called_by_is_not_asked_of_the_catalogue(text: str) -> None:
    assert not told_by_catalogue(text, _PAPERS)


@pytest.mark.parametrize("text", ["who wrote OwlNet?", "When was OwlNet published?"])
def test_of_a_name_that_no_paper_is_called_by_it_is_said_that_none_is(text: str) -> None:
    assert told_by_catalogue(text, _PAPERS).startswith(
        "No paper here is called “OwlNet”, and abstracts do not say"
    )


def test_a_verb_of_the_asker_that_no_paper_has_is_no_topic() -> None:
    def evidence(text: str, **unknown: float) -> float:
        rarity = {"tree": 0.3, "leav": 0.4, **unknown}
        question = Question(text, Kind.LIST, text)
        coverage = 0.7 / sum(rarity.values())
        return topic_evidence(
            Ranking(question, (), searched=500, encoded=500, similarity=0.3, coverage=coverage, rarity=rarity)
        )

    plain = evidence("which papers are on trees and leaves?")
    assert evidence("which papers join trees and leaves?", join=1.0) == pytest.approx(plain)
    assert evidence("which papers are on trees, leaves and join?", join=1.0) < plain


def test_where_one_alternative_is_here_the_other_need_not_be() -> None:
    def evidence(text: str) -> float:
        rarity = {"tree": 0.3, "drum": 1.0}
        question = Question(text, Kind.LIST, text, criteria=read_criteria(text, today=date(2026, 1, 1)))
        return topic_evidence(
            Ranking(
                question, (), searched=500, encoded=500, similarity=0.3, coverage=0.3 / 1.3, rarity=rarity
            )
        )

    assert evidence("papers on trees or drums") == pytest.approx(0.3 + 0.175 * 0.3 + 0.5)
    assert evidence("papers on trees and drums") < evidence("papers on trees or drums")


def test_a_word_that_asks_for_a_comparison_is_no_topic_that_is_missing() -> None:
    text = "how do owls and wrens differ?"
    ranking = Ranking(
        Question(text, Kind.COMPARE, text),
        (),
        searched=3,
        encoded=3,
        similarity=0.0,
        coverage=0.0,
        rarity={"owl": 1.0, "wren": 1.0, "differ": 1.0},
    )
    assert nothing_on(text, ranking) == "No abstract here speaks of “owls” or “wrens”."


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("compare LeafNet and FernNet", "“LeafNet: Telling Trees by their Leaves” is here, but no other abstract mentions FernNet."),
        ("compare the photographs of leaves in Arbor20 and Grove99", "No paper here is called Arbor20 or Grove99: “LeafNet: Telling Trees by their Leaves” mentions Arbor20, no abstract mentions Grove99."),
    ],
)  # fmt: skip
def test_a_comparison_takes_no_paper_that_mentions_a_name_for_the_one_that_bears_it(
    find: Find, text: str, line: str
) -> None:
    assert find(text) == Finding(Status.PARTIAL, line)
