"""What is listed for a topic that no paper speaks of, and for one that a title names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from rag.answering.answerer import Answerer
from rag.answering.asking.conversation import continue_with
from rag.answering.asking.criteria_line import parse_criteria
from rag.answering.sets.chances import Regression, Regressions, load_regressions
from rag.answering.sets.set_answer import answer_set
from rag.answering.sets.verdicts import judge
from rag.app import build_answerer, build_retriever
from rag.environment.reading import read_settings
from rag.library.library import Library
from rag.retrieval.sweeping import FEATURES, Basis, Swept, SweptPaper
from rag.types import (
    NOTHING_SAID,
    Answer,
    Completed,
    Conversation,
    Criteria,
    Evidence,
    Judgement,
    Kind,
    Mention,
    Paper,
    PaperId,
    Question,
    Span,
    Status,
)

_ASKED = "Which papers use drum cameras?"
_LATE = FEATURES.index("late")


@pytest.fixture
def drums(make_library: Callable[..., Library]) -> Answerer:
    """Sixty papers on counting beats, and three on cameras; none on drum cameras."""
    others = [Paper(PaperId(f"o{n}"), f"Song {n}", f"Song {n} is counted by its beats.") for n in range(60)]
    seen = [
        Paper(PaperId(f"c{n}"), f"Camera {n}", f"Camera {n} sees drums. Its lens is wide.") for n in range(3)
    ]
    return build_answerer(read_settings({}), make_library(*others, *seen))


def _ask(answerer: Answerer, asked: str, said: Conversation = NOTHING_SAID) -> Answer:
    *_, last = answerer.answer(asked, conversation=said)
    assert isinstance(last, Completed)
    return last.answer


def _swept(titles: list[str], *, absent: tuple[str, ...] = ()) -> Swept:
    papers = []
    for number, title in enumerate(titles):
        paper = Paper(PaperId(f"p{number}"), title, "Some words.")
        papers.append(SweptPaper(paper, (Evidence.cut(paper, Span(0, 11), score=0.5),)))
    return Swept(tuple(papers), np.zeros((len(titles), len(FEATURES))), Basis.CROWD, absent=absent)


def _features(strength: float) -> np.ndarray:
    """Features that lie so many deviations on the side that speaks for a paper."""
    belongs = load_regressions(Basis.CROWD).belongs
    features: np.ndarray = np.array(belongs.means) + strength * np.sign(belongs.weights) * belongs.deviations
    return features


def _regressions(*, belongs: float, meets: float) -> Regressions:
    """The same log odds for every paper."""
    unused = (0.0,) * len(FEATURES)
    one = Regression(unused, (1.0,) * len(FEATURES), unused, belongs)
    return Regressions(one, replace(one, bias=meets))


def test_of_a_topic_that_no_paper_speaks_of_the_answer_begins_with_that(drums: Answerer) -> None:
    answer = _ask(drums, _ASKED)
    assert answer.sentences[0].text.startswith("Nothing here speaks of “drum cameras” in these words.")
    assert answer.status is Status.PARTIAL
    assert "“drum cameras”" in answer.missing


def test_what_comes_near_is_quoted_without_a_verdict(drums: Answerer) -> None:
    answer = _ask(drums, _ASKED)
    assert {source.paper.id for source in answer.sources} >= {"c0", "c1", "c2"}
    assert {source.verdict for source in answer.sources} == {None}
    assert (answer.verdicts, answer.judged) == ((), 63)
    assert not any("can be expected to belong" in notice for notice in answer.notices)


def test_of_what_comes_near_as_many_are_quoted_as_were_asked_for(drums: Answerer) -> None:
    answer = _ask(drums, "two papers on drum cameras")
    assert len(answer.sources) == 2
    assert "the 2 nearest are quoted" in answer.sentences[0].text


def test_papers_that_came_near_have_no_verdict_when_they_are_shown_again(drums: Answerer) -> None:
    said = continue_with(NOTHING_SAID, _ask(drums, _ASKED))
    again = _ask(drums, "show these", said)
    assert [source.paper.id for source in again.sources] == [mention.id for mention in said.papers]
    assert {source.verdict for source in again.sources} == {None}


def test_a_topic_that_papers_name_side_by_side_is_judged(
    make_library: Callable[..., Library],
) -> None:
    others = [Paper(PaperId(f"o{n}"), f"Song {n}", f"Song {n} is counted by its beats.") for n in range(60)]
    named = Paper(PaperId("c"), "Cameras", "A drum camera sees drums. Its lens is wide.")
    answer = _ask(build_answerer(read_settings({}), make_library(*others, named)), _ASKED)
    assert answer.sources[0].paper.id == named.id
    assert answer.sources[0].verdict in {Judgement.MEETS, Judgement.PARTLY}


@pytest.mark.parametrize(
    ("strength", "late", "near"), [(4.0, 0.8, False), (4.0, 0.6, True), (0.8, 0.8, True)]
)
def test_a_paper_that_surely_says_it_in_other_words_makes_a_set(
    strength: float, late: float, *, near: bool
) -> None:
    features = _features(strength)
    features[_LATE] = late
    swept = replace(_swept(["One", "Two"], absent=("drum cameras",)), features=np.array([features] * 2))
    assert answer_set(swept, parse_criteria("drum cameras"), searched=2).is_near is near


@pytest.mark.parametrize(
    ("title", "verdict"),
    [
        ("A Drum Camera for Bands", Judgement.MEETS),
        ("Drum-Cameras", Judgement.MEETS),
        ("Cameras for Drums", Judgement.PARTLY),
    ],
)
def test_a_listed_paper_meets_in_full_what_its_title_names(title: str, verdict: Judgement) -> None:
    [one] = judge(_swept([title]), parse_criteria("use drum cameras"), _regressions(belongs=2, meets=-2))
    assert one.verdict.verdict is verdict


def test_a_title_that_names_the_topic_lists_its_paper() -> None:
    weights = _regressions(belongs=-5, meets=-6)
    titled, other = judge(_swept(["Drum Cameras", "Owls"]), parse_criteria("drum cameras"), weights)
    assert (titled.paper.title, titled.verdict.verdict) == ("Drum Cameras", Judgement.MEETS)
    assert other.verdict.verdict is Judgement.NO


def test_a_topic_of_one_word_is_not_told_by_titles() -> None:
    [one] = judge(_swept(["Drums"]), parse_criteria("drums"), _regressions(belongs=2, meets=-2))
    assert one.verdict.verdict is Judgement.PARTLY


@pytest.mark.parametrize(("held", "told"), [(9, True), (2, False), (1, False)])
def test_of_a_broad_topic_it_is_said_how_many_papers_name_it(held: int, *, told: bool) -> None:
    swept = replace(
        _swept(["One", "Two"]), features=np.array([_features(4.0)] * 2), held=("drum machines", held)
    )
    notices = answer_set(swept, parse_criteria("drum machines"), searched=20).notices
    assert (
        any(f"“drum machines” stands in title or abstract of {held} of the 20" in n for n in notices) is told
    )


@pytest.mark.parametrize(
    ("line", "held"),
    [
        ("drum machines", ("drum machines", 3)),
        ("use the drum machine", ("drum machine", 3)),
        ("drum machines AND songs", ("", 0)),
        ("mention drum machines", ("", 0)),
        ("data sets", ("", 0)),
        ("drums", ("", 0)),
    ],
)
def test_the_papers_that_hold_the_one_term_of_a_question_are_counted(
    make_library: Callable[..., Library], line: str, held: tuple[str, int]
) -> None:
    named = [Paper(PaperId(f"n{n}"), f"Song {n}", f"Drum machines play song {n}.") for n in range(3)]
    library = make_library(*named, Paper(PaperId("o"), "Machines", "They drum."))
    question = Question(line, Kind.LIST, line, criteria=parse_criteria(line))
    assert build_retriever(read_settings({}), library).sweep(question).held == held


def test_a_set_that_is_shown_again_says_so_and_keeps_its_verdicts() -> None:
    before = [Mention(PaperId("p1"), "Two", Judgement.PARTLY), Mention(PaperId("p0"), "One", Judgement.MEETS)]
    answer = answer_set(_swept(["One", "Two"]), Criteria(), searched=2, again=before)
    told = [(row.paper.title, row.verdict.verdict) for row in answer.rows]
    assert told == [("Two", Judgement.PARTLY), ("One", Judgement.MEETS)]
    assert answer.notices == ("Shown again, each paper with the verdict that it had.",)
