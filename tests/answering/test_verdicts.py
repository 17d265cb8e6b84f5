"""Verdicts without a model: probabilities, where the list is cut, and the words that each row needs."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.reference import load_questions
from eval.train_verdicts import SweptQuestion, fit
from rag.answering.answerer import last_answer
from rag.answering.asking.criteria_line import parse_criteria
from rag.answering.sets.chances import load_regressions
from rag.answering.sets.logic import combine
from rag.answering.sets.verdicts import expected_cut
from rag.app import build_answerer, build_retriever
from rag.environment.reading import read_settings
from rag.library.library import Library
from rag.retrieval.sweeping import FEATURES, Basis, Swept
from rag.types import Answer, Judgement, Kind, Paper, PaperId, Question, Scope, Status
from tests.answering.swept_papers import judge, sweep, swept_paper

_ASKED = "Which papers combine local and global features?"


_CHANCES = st.lists(st.floats(0, 1), min_size=1, max_size=80).map(np.array)


@pytest.fixture
def crowd(make_library: Callable[..., Library], papers: tuple[Paper, ...]) -> Library:
    """The five papers among sixty others."""
    others = [Paper(PaperId(f"o{n}"), f"Drum {n}", f"Drum {n} counts the beats of songs.") for n in range(60)]
    return make_library(*papers, *others)


def _ask(library: Library, asked: str, scope: Scope | None = None) -> Answer:
    answerer = build_answerer(read_settings({}), library)
    return last_answer(answerer.answer(asked, kind=Kind.LIST, scope=scope or Scope()))


@given(_CHANCES)
def test_no_paper_below_one_in_twenty_is_listed(chances: np.ndarray) -> None:
    assert 0 <= expected_cut(chances) <= int((chances >= 0.05).sum())


def test_many_likely_papers_make_a_long_list_and_few_a_short_one() -> None:
    assert expected_cut(np.array([0.9] * 30 + [0.06] * 50)) == 30
    assert expected_cut(np.array([0.9] * 3 + [0.06] * 20)) == 3


def test_one_paper_alone_is_listed_when_it_is_more_likely_than_not() -> None:
    assert (expected_cut(np.array([0.4])), expected_cut(np.array([0.6]))) == (0, 1)


def test_a_set_of_all_papers_is_listed_whole() -> None:
    assert sum(one.belongs for one in judge(sweep([3.0] * 200))) == 200


def test_a_paper_that_was_picked_has_one_more_log_odds_than_any_paper() -> None:
    swept = sweep([0.5] * 6)
    any_paper, picked = (judge(one)[0].probability for one in (swept, replace(swept, picked=True)))
    assert math.log(picked / (1 - picked)) - math.log(any_paper / (1 - any_paper)) == pytest.approx(
        1, abs=0.01
    )


def test_unlikely_papers_are_not_listed_however_many_there_are() -> None:
    assert not any(one.belongs for one in judge(sweep([-3.0] * 50)))


def test_what_meets_comes_first_and_what_does_not_comes_last() -> None:
    judged = judge(sweep([-3.0, 3.0, -3.0, 3.0]))
    assert [one.paper.id for one in judged][:2] == ["p1", "p3"]
    assert [one.verdict.verdict for one in judged] == [Judgement.MEETS] * 2 + [Judgement.NO] * 2


def test_a_paper_without_words_to_show_is_never_listed() -> None:
    assert not any(one.belongs for one in judge(sweep([3.0, 3.0], abstract="")))


def test_an_unknown_feature_counts_as_its_mean() -> None:
    belongs = load_regressions(Basis.CROWD).belongs
    unknown, mean = np.full((1, len(FEATURES)), np.nan), np.array([belongs.means])
    assert belongs.probabilities(unknown) == pytest.approx(belongs.probabilities(mean))


def test_every_paper_in_scope_is_judged_and_every_row_has_its_words(crowd: Library) -> None:
    answer = _ask(crowd, _ASKED)
    assert len({verdict.paper_id for verdict in answer.verdicts}) == crowd.size()
    assert answer.judged == answer.ranking.searched == crowd.size()
    assert "twin-scale-fusion" in {source.paper.id for source in answer.sources}
    for source in answer.sources:
        assert source.verdict in {Judgement.MEETS, Judgement.PARTLY}
        assert source.evidence
        assert all(source.paper.abstract[e.start : e.end] == e.quote for e in source.evidence)


def test_the_verdict_on_a_paper_does_not_depend_on_the_scope(crowd: Library) -> None:
    whole = _ask(crowd, _ASKED)
    first = whole.verdicts[0]
    assert _ask(crowd, _ASKED, Scope(ids=(first.paper_id,))).verdicts == (first,)


def test_as_long_as_vectors_are_missing_none_is_given_a_verdict(crowd: Library) -> None:
    crowd.add([Paper(PaperId("new"), "New", "Local and global features, not yet encoded.")])
    assert _ask(crowd, _ASKED).verdicts == ()


def test_a_few_papers_are_judged_each_by_itself(shelf: Library) -> None:
    answer = _ask(shelf, _ASKED)
    assert [source.paper.id for source in answer.sources] == ["twin-scale-fusion"]
    assert len(answer.verdicts) == shelf.size()
    assert any("too few to compare with" in notice for notice in answer.notices)


def test_a_library_of_one_paper_is_judged(
    make_library: Callable[..., Library], papers: tuple[Paper, ...]
) -> None:
    library = make_library(papers[0])
    assert [v.verdict for v in _ask(library, _ASKED).verdicts] == [Judgement.MEETS]
    assert _ask(library, "Which papers read long sequences?").verdicts == ()


def test_a_scope_keeps_the_others_out_and_changes_no_probability(shelf: Library) -> None:
    text = "Which papers combine local and global features?"
    retriever = build_retriever(read_settings({}), shelf)
    whole = retriever.sweep(Question(text, Kind.LIST, text))
    chosen = whole.papers[1].paper.id
    alone = retriever.sweep(Question(text, Kind.LIST, text, scope=Scope(ids=(chosen,))))
    assert [one.paper.id for one in alone.papers] == [chosen]
    np.testing.assert_allclose(alone.features, whole.features[1:2])


def test_training_finds_the_feature_that_tells_members() -> None:
    question = next(one for one in load_questions() if one.type == "list")
    features = np.tile(np.linspace(-1, 1, 40)[:, None], (1, len(FEATURES)))
    features[:, 1:] = np.random.default_rng(7).normal(size=(40, len(FEATURES) - 1))
    grades = (features[:, 0] > 0).astype(float)
    swept = Swept(tuple(swept_paper(n) for n in range(40)), features, Basis.CROWD)
    asked = SweptQuestion(question, swept, parse_criteria("drums"), grades)
    weights = np.abs(fit([asked], least_grade=1).weights)
    assert weights.argmax() == 0


_STRENGTHS = st.lists(st.tuples(*[st.floats(-4, 4)] * 3), min_size=1, max_size=12)


_LINES = st.sampled_from(
    [
        "local AND global",
        "(local OR global)",
        "local AND NOT global",
        "NOT local AND NOT global",
        "local AND NOT local",
    ]
)


@given(_STRENGTHS, _LINES)
def test_the_verdict_on_a_paper_is_what_its_criteria_combine_to(
    strengths: list[tuple[float, float, float]], line: str
) -> None:
    whole, first, second = (list(column) for column in zip(*strengths, strict=True))
    criteria = parse_criteria(line)
    for one in judge(sweep(whole, line, first, second), line):
        told = {part.criterion: part.verdict for part in one.verdict.criteria}
        assert list(told) == [c for clause in criteria.clauses for c in clause]
        expected = combine(criteria, told)
        assert one.verdict.verdict is expected or (
            one.verdict.verdict is Judgement.UNCLEAR and not one.verdict.evidence
        )


@given(_STRENGTHS)
def test_and_lists_the_papers_that_the_question_as_a_whole_lists(
    strengths: list[tuple[float, float, float]],
) -> None:
    whole, first, second = (list(column) for column in zip(*strengths, strict=True))
    line = "local AND global"
    by_parts = {one.paper.id for one in judge(sweep(whole, line, first, second), line) if one.belongs}
    assert by_parts == {one.paper.id for one in judge(sweep(whole)) if one.belongs}


@given(_STRENGTHS)
def test_of_two_topics_a_paper_is_as_probable_as_the_one_that_speaks_less_for_it(
    strengths: list[tuple[float, float, float]],
) -> None:
    whole, first, second = (list(column) for column in zip(*strengths, strict=True))
    line = "drums AND owls"
    apart = replace(sweep(whole, line, first, second), apart=parse_criteria(line).clauses)
    of_first, of_second = ({j.paper.id: j for j in judge(sweep(one))} for one in (first, second))
    for one in judge(apart, line):
        assert one.probability == min(of[one.paper.id].probability for of in (of_first, of_second))


def test_a_paper_on_one_of_two_topics_is_not_listed_however_near_it_comes_to_the_question() -> None:
    line = "drums AND owls"
    swept = replace(sweep([9.0, 9.0], line, [9.0, 9.0], [9.0, -9.0]), apart=parse_criteria(line).clauses)
    both, drums = judge(swept, line)
    assert (both.belongs, drums.belongs) == (True, False)
    assert [told.verdict for told in drums.verdict.criteria] == [Judgement.MEETS, Judgement.NO]


def test_what_is_ruled_out_takes_papers_off_the_list_and_shows_their_words() -> None:
    line = "drums AND NOT songs that nobody heard before at night"
    kept, dropped = judge(sweep([3.0, 3.0], line, [3.0, 3.0], [-4.0, 4.0]), line)
    assert (kept.paper.id, kept.belongs, dropped.verdict.verdict) == ("p0", True, Judgement.NO)
    assert dropped.verdict.criteria[1].verdict is Judgement.MEETS
    assert dropped.verdict.criteria[1].evidence


def test_one_criterion_alone_has_the_verdict_of_the_paper() -> None:
    for one in judge(sweep([3.0, -3.0])):
        [told] = one.verdict.criteria
        assert (told.verdict, told.evidence) == (one.verdict.verdict, one.verdict.evidence)


def test_a_question_that_contradicts_itself_is_met_by_no_paper() -> None:
    line = "drums AND NOT drums"
    assert not any(one.belongs for one in judge(sweep([3.0], line, [3.0], [3.0]), line))


def test_of_few_papers_none_is_quoted_for_what_it_should_not_have(
    make_library: Callable[..., Library], papers: tuple[Paper, ...]
) -> None:
    answer = _ask(make_library(*papers), "Papers that do not use local features.")
    [count] = answer.sentences
    assert "what is ruled out" in count.text
    assert not answer.sources


def test_of_few_papers_none_is_quoted_for_a_question_that_contradicts_itself(
    make_library: Callable[..., Library], papers: tuple[Paper, ...]
) -> None:
    answer = _ask(make_library(*papers), "Papers on local features but not local features.")
    assert (answer.status, answer.sentences) == (Status.NOT_STATED, ())
    assert answer.missing.startswith("No paper can meet")


def test_without_a_criterion_every_paper_is_listed() -> None:
    assert all(one.belongs for one in judge(sweep([-4.0] * 80), ""))


def test_a_type_of_paper_that_is_ruled_out_is_told_by_its_words(
    make_library: Callable[..., Library], papers: tuple[Paper, ...]
) -> None:
    survey = Paper(
        PaperId("s"), "Fusion: A Survey", "This survey covers local and global features of images."
    )
    others = [Paper(PaperId(f"o{n}"), f"Drum {n}", f"Drum {n} counts the beats of songs.") for n in range(60)]
    library = make_library(*papers, survey, *others)
    asked = "Which papers combine local and global features, but no surveys?"
    verdicts = {verdict.paper_id: verdict for verdict in _ask(library, asked).verdicts}
    assert verdicts[survey.id].verdict is Judgement.NO
    assert verdicts[survey.id].criteria[-1].evidence[0].quote.startswith("This survey")
    assert verdicts[PaperId("twin-scale-fusion")].verdict is Judgement.MEETS


def test_a_sort_of_paper_and_a_topic_that_no_paper_has_together_list_none(
    make_library: Callable[..., Library], papers: tuple[Paper, ...]
) -> None:
    survey = Paper(PaperId("s"), "Drums: A Survey", "This survey covers drums and the counting of beats.")
    others = [Paper(PaperId(f"o{n}"), f"Owl {n}", f"Owl {n} sings at night in a forest.") for n in range(60)]
    library = make_library(*papers, survey, *others)
    assert not _ask(library, "Is there a survey of owls?").sentences
    listed = {source.paper.id for source in _ask(library, "any surveys about drums?").sources}
    assert listed == {survey.id}


def test_a_listed_paper_never_meets_a_sort_without_its_topic() -> None:
    line = "surveys AND drums"
    swept = sweep([3.0, 3.0, -4.0], line, [3.0, 3.0, -4.0], [-4.0, 3.0, -4.0])
    shown = np.array([True, True, False])
    parts = (replace(swept.parts[0], shown=shown), swept.parts[1])
    judged = judge(replace(swept, parts=parts), line)
    assert [one.paper.id for one in judged if one.belongs] == ["p1"]


def test_a_title_that_names_a_sort_makes_no_paper_of_that_sort(
    make_library: Callable[..., Library], papers: tuple[Paper, ...]
) -> None:
    small = Paper(PaperId("s"), "Drums on Small Data Sets", "We count beats where few drums are at hand.")
    brought = Paper(PaperId("b"), "BeatBox", "We release BeatBox, a data set of a thousand drums.")
    answer = _ask(make_library(*papers, small, brought), "which papers propose a data set?")
    assert [source.paper.id for source in answer.sources] == [brought.id]


def test_papers_that_mention_words_are_exactly_those_that_hold_them(crowd: Library) -> None:
    answer = _ask(crowd, "which papers mention state space models?")
    assert [source.paper.title for source in answer.sources] == ["Patient Mamba"]
    [words] = [c.evidence[0].quote for s in answer.sentences for c in s.citations]
    assert "State space models" in words
    assert answer.sentences[0].text.endswith(" papers holds “state space models” in title or abstract.")
    assert any(notice.startswith("Looked up in title and abstract") for notice in answer.notices)


def test_papers_that_use_what_bears_a_name_are_counted_as_those_that_hold_it(
    make_library: Callable[..., Library], papers: tuple[Paper, ...]
) -> None:
    named = Paper(PaperId("m"), "Mosses", "We test on MossBank.")
    answer = _ask(make_library(*papers, named), "which papers use MossBank?")
    assert answer.sentences[0].text == "1 of the 6 papers holds “MossBank” in title or abstract."
    assert not any("can be expected" in notice for notice in answer.notices)
