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
from rag.answering.refusing.rules import Case, Finding, nearest_words
from rag.answering.refusing.topic import nothing_on, topic_evidence
from rag.library.encoder import Encoder
from rag.library.library import Library
from rag.retrieval.retriever import Retriever
from rag.settings import RetrievalSettings
from rag.types import Kind, PaperId, Question, Ranking, Scope, Status
from tests.answering.leaf_papers import PAPERS

Find = Callable[..., Finding]


@pytest.fixture(scope="module")
def find(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Find]:
    library = Library(tmp_path_factory.mktemp("trees"), encoder=encoder)
    library.add(PAPERS)
    list(library.index())
    retriever = Retriever(library, RetrievalSettings())

    def ask(text: str, ids: tuple[PaperId, ...] | None = None) -> Finding:
        question = Question(text, read_kind(text), text, scope=Scope(ids=ids))
        return find_abstention(question, retriever.search(question))

    yield ask
    library.close()


def test_the_title_of_a_paper_that_is_meant_grants_nothing(find: Find) -> None:
    asked = "“Hand-drawn outlines of leaves”: is it robust to wet leaves, and how accurate is it?"
    assert find(asked, (PaperId("leafnet"),)) == Finding(Status.ANSWERED)


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
    assert quote in PAPERS[1].abstract
    assert "BarkScan" in quote


@pytest.mark.parametrize("weights", list(permutations((0.1, 0.2, 0.3, 0.7))))
def test_of_sentences_that_hold_the_same_words_the_first_comes_nearest(weights: tuple[float, ...]) -> None:
    others = (
        "which grow beside ponds, lakes, rivers, fields, woods, roads, walls, bridges, barns and old mills"
    )
    sentences = [f"Owls, moss, ferns and reeds {others[: 6 * n]} grow here." for n in range(1, 16)]
    paper = replace(PAPERS[2], abstract=" ".join(sentences))
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


def test_an_abstract_that_says_otherwise_is_quoted_beside_the_answer(find: Find) -> None:
    finding = find("Why does BarkScan reject trees by the texture of their leaves and bark?")
    assert finding.status is Status.ANSWERED
    finding = find("Why is LeafNet so sensitive to photographs of rainy leaves?")
    assert finding.status is Status.PARTIAL
    assert finding.line.endswith(
        "says otherwise: “We find that LeafNet is robust to photographs of wet leaves.”"
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


def test_words_for_any_paper_are_no_topic_of_a_question_about_one() -> None:
    def evidence(kind: Kind, **general: float) -> float:
        text = "What are the main findings of the study on potatoes?"
        rarity = {"potato": 1.0, **general}
        question = Question(text, kind, text)
        held = sum(general.values()) / sum(rarity.values())
        return topic_evidence(
            Ranking(question, (), searched=500, encoded=500, similarity=0.3, coverage=held, rarity=rarity)
        )

    words = {"main": 0.4, "find": 0.2, "studi": 0.2}
    assert evidence(Kind.FACT, **words) == pytest.approx(evidence(Kind.FACT))
    assert evidence(Kind.LIST, **words) > evidence(Kind.FACT, **words)


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
