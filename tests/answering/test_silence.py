"""The judge of refusals: what a question asks, how near an abstract comes to it, and what the rules' votes weigh."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.asking.intent import read_kind
from rag.answering.refusing.abstention import find_abstention, worth_a_look
from rag.answering.refusing.asked_part import Form, asked_part
from rag.answering.refusing.nearness import Nearness, measure
from rag.answering.refusing.silence import Judge, load_judge
from rag.answering.refusing.topic import topic_evidence
from rag.answering.refusing.votes import RulesTold
from rag.library.encoder import Encoder
from rag.library.library import Library
from rag.retrieval.closeness import TITLE, Closeness
from rag.retrieval.retriever import Retriever
from rag.settings import RetrievalSettings
from rag.types import Kind, Paper, PaperId, Question, Ranking, Scope, Status

_PAPERS = (
    Paper(
        PaperId("reedsong"),
        "ReedSong: Hearing Warblers in Marshes",
        "Marsh birds are heard more often than seen. We present ReedSong, a recurrent network that tells warblers by "
        "their song. It was taught by recordings that volunteers made with cheap microphones during two springs. "
        "ReedSong recognises 94% of the songs, and it keeps doing so when wind is mixed in.",
    ),
    Paper(
        PaperId("pondlens"),
        "PondLens: Finding Frogs by Night",
        "PondLens finds frogs on pictures of ponds at night. It was trained on four graphics cards for three days, "
        "and twelve biologists labelled the pictures.",
    ),
)

_TRIAL = Paper(
    PaperId("oil"),
    "Fish Oil and Broken Hips in Old Women: A Trial",
    "OBJECTIVE To learn whether fish oil keeps old women from breaking a hip. METHODS We gave 640 women in care homes "
    "a spoon of oil or of syrup each day for two years. RESULTS Hips broke as often with oil as with syrup.",
)


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Retriever]:
    library = Library(tmp_path_factory.mktemp("marsh"), encoder=encoder)
    library.add(_PAPERS)
    list(library.index())
    yield Retriever(library, RetrievalSettings())
    library.close()


def _ask(retriever: Retriever, text: str) -> tuple[Question, Ranking, Closeness | None]:
    question = Question(text, read_kind(text), text)
    ranking = retriever.search(question)
    return question, ranking, retriever.look(ranking, worth_a_look(question, ranking))


def _near(retriever: Retriever, text: str) -> Nearness:
    _, ranking, close = _ask(retriever, text)
    assert close is not None
    near = measure(close, ranking, evidence=topic_evidence(ranking))
    assert near is not None
    return near


@pytest.mark.parametrize(
    ("question", "form", "head"),
    [
        ("How many volunteers did record the songs?", Form.HOW_MANY, "volunteers"),
        ("On which graphics card was ReedSong trained?", Form.WHICH, "card"),
        (
            "The network that is used where birds sing: what recordings have taught it?",
            Form.WHAT,
            "recordings",
        ),
        ("When every bird is counted, how much time is lost?", Form.HOW_MUCH, "time"),
        ("How large is the marsh?", Form.HOW_DEGREE, None),
        ("Why does wind not matter?", Form.WHY, None),
        ("Does it work for frogs, which are heard at night?", Form.POLAR, None),
        ("ReedSong: was it tried on frogs?", Form.POLAR, None),
        ("Is it true that frogs sing?", Form.POLAR, None),
        ("song recognition marsh", Form.OTHER, None),
    ],
)
def test_a_question_is_read_for_its_form_and_the_head_of_its_phrase(
    question: str, form: Form, head: str | None
) -> None:
    part = asked_part(question)
    assert (part.form, part.head and part.head.of(question)) == (form, head)


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Is it true that frogs sing?", "frogs sing?"),
        ("Is there evidence that frogs sing?", "frogs sing?"),
        ("Is it a frog that sings?", "Is it a frog that sings?"),
        ("Do frogs sing?", "Do frogs sing?"),
    ],
)
def test_words_that_only_ask_whether_are_no_part_of_what_is_asked(question: str, asked: str) -> None:
    assert asked_part(question).clause.of(question) == asked


@given(st.text(max_size=80))
def test_what_is_asked_lies_in_the_question(question: str) -> None:
    part = asked_part(question)
    spans = [part.clause, *part.phrase, *([part.head] if part.head else [])]
    assert all(span.end <= max(1, len(question)) for span in spans)


def test_each_token_of_a_close_look_stands_in_its_sentence_or_the_title(retriever: Retriever) -> None:
    _, _, close = _ask(retriever, "How was ReedSong taught?")
    assert close is not None
    assert len(close.places) == len(close.encoded.tokens)
    assert set(close.places.tolist()) == {TITLE, *range(len(close.passages))}
    assert (np.diff(close.places) >= 0).all()


def test_an_abstract_that_states_what_is_asked_is_nearer_than_one_that_does_not(retriever: Retriever) -> None:
    judge = load_judge()
    assert judge is not None
    stated = judge.distance(_near(retriever, "What share of the songs does ReedSong recognise?"))
    silent = judge.distance(_near(retriever, "How many megabytes of storage does ReedSong need?"))
    assert stated < silent


def test_a_thing_that_a_paper_beside_states_is_nearer_there(retriever: Retriever) -> None:
    near = _near(retriever, "On how many graphics cards was ReedSong trained?")
    assert near.features["asking: nearer beside"] > 0


def test_the_weights_are_those_of_the_projection_that_the_tokens_have() -> None:
    assert load_judge() is not None, "the projection changed: run python -m eval.train_refusals PAGE..."


def test_all_features_and_votes_are_weighed(retriever: Retriever) -> None:
    judge, near = load_judge(), _near(retriever, "How was ReedSong taught?")
    assert judge is not None
    assert set(judge.features) == set(near.features)
    assert set(judge.votes) == set(RulesTold(Status.ANSWERED, "", 0, ()).votes())


def test_a_vote_against_makes_silence_more_probable() -> None:
    nothing = np.zeros(2)
    near = Nearness({"near": 1.0}, nothing, nothing)
    judge = Judge({"near": (0.0, 1.0, -1.0)}, nothing, nothing, 0.0, {"refused": 2.0}, scale=1.0, base=0.0)
    assert judge.silence(near, {"refused": 1.0}) > judge.silence(near, {"refused": 0.0}) > 0
    assert judge.silence(near, {}) == pytest.approx(1 / (1 + np.e))


@pytest.mark.parametrize(
    "told", [("Which licence has ReedSong?", "no licence"), ("ReedSong GPU hours of training?", "")]
)
def test_what_the_right_paper_leaves_out_is_refused_or_told_as_doubtful(
    retriever: Retriever, told: tuple[str, str]
) -> None:
    text, missing = told
    finding = find_abstention(*_ask(retriever, text))
    assert finding.status in {Status.NOT_STATED, Status.PARTIAL}
    assert missing in finding.line


@pytest.mark.parametrize(
    "text",
    ["What share of the songs does ReedSong recognise?", "On how many graphics cards was PondLens trained?"],
)
def test_what_an_abstract_states_is_answered(retriever: Retriever, text: str) -> None:
    assert find_abstention(*_ask(retriever, text)).status is Status.ANSWERED


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Retriever]:
    library = Library(tmp_path_factory.mktemp("clinic"), encoder=encoder)
    library.add((_TRIAL, *_PAPERS))
    list(library.index())
    yield Retriever(library, RetrievalSettings())
    library.close()


def test_a_yes_or_no_of_what_a_paper_speaks_of_is_never_refused(clinic: Retriever) -> None:
    near = find_abstention(*_ask(clinic, "Is the fish oil trial on broken hips in old women double blind?"))
    assert near.status is Status.PARTIAL
    far = find_abstention(*_ask(clinic, "Were the women of the fish oil trial also weighed?"))
    assert far.status is Status.NOT_STATED


def test_what_a_rule_has_found_is_doubted_before_it_is_refused(clinic: Retriever) -> None:
    asked = _ask(clinic, "For what length of follow-up were the women with fish oil seen?")
    assert find_abstention(*asked).status is Status.PARTIAL


def test_a_name_that_is_missing_is_told_beside_what_comes_near(clinic: Retriever) -> None:
    near = find_abstention(*_ask(clinic, "Does the EPADHA fish oil keep old women from breaking a hip?"))
    assert near.status is Status.PARTIAL
    assert "EPADHA" in near.line
    far = find_abstention(*_ask(clinic, "Does fish oil with EPADHA lower the rate of broken hips in women?"))
    assert far.status is Status.NOT_IN_LIBRARY


def test_papers_that_the_reader_chose_and_sets_are_left_to_the_rules(retriever: Retriever) -> None:
    question, ranking, _ = _ask(retriever, "How was ReedSong taught?")
    chosen = replace(question, scope=Scope(ids=(PaperId("reedsong"),)))
    assert worth_a_look(question, ranking)
    assert worth_a_look(chosen, ranking) == ()
    assert worth_a_look(replace(question, kind=Kind.LIST), ranking) == ()
    assert retriever.look(ranking, ()) is None


def test_of_a_paper_without_vectors_the_rules_decide(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder
) -> None:
    library = Library(tmp_path_factory.mktemp("unbuilt"), encoder=encoder)
    library.add(_PAPERS)
    question, ranking, close = _ask(Retriever(library, RetrievalSettings()), "Which licence has ReedSong?")
    library.close()
    assert close is None
    assert find_abstention(question, ranking, close).line.startswith(
        "“ReedSong: Hearing Warblers in Marshes” is here, but states no licence."
    )
