"""Verdicts without a model: probabilities, where the list is cut, and the words that each row needs."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.reference import load_questions
from eval.train_verdicts import SweptQuestion, fit
from rag.answering.footnotes import Footnotes
from rag.answering.set_answer import SetAnswer
from rag.answering.verdicts import count_sentence, expected_cut, judge, load_regressions
from rag.app import build_answerer, build_retriever
from rag.library.library import Library
from rag.retrieval.sweeping import FEATURES, Swept, SweptPaper
from rag.settings import read_settings
from rag.types import Answer, Completed, Evidence, Judgement, Kind, Paper, PaperId, Question, Scope, Span

_ASKED = "Which papers combine local and global features?"
_CHANCES = st.lists(st.floats(0, 1), min_size=1, max_size=80).map(np.array)


def _paper(number: int, *, abstract: str = "Some words.") -> SweptPaper:
    paper = Paper(PaperId(f"p{number}"), f"Paper {number}", abstract)
    evidence = (Evidence.cut(paper, Span(0, len(abstract)), score=0.5),) if abstract else ()
    return SweptPaper(paper, evidence)


def _swept(strengths: list[float], **options: str) -> Swept:
    """Papers whose every feature lies so many deviations on the side that speaks for them."""
    belongs, _ = load_regressions()
    sides = np.sign(belongs.weights) * np.array(belongs.deviations)
    features = np.array([np.array(belongs.means) + strength * sides for strength in strengths])
    return Swept(tuple(_paper(n, **options) for n in range(len(strengths))), features, 557)


@pytest.fixture
def crowd(make_library: Callable[..., Library], papers: tuple[Paper, ...]) -> Library:
    """The five papers among sixty others."""
    others = [Paper(PaperId(f"o{n}"), f"Drum {n}", f"Drum {n} counts the beats of songs.") for n in range(60)]
    return make_library(*papers, *others)


def _ask(library: Library, asked: str, scope: Scope | None = None) -> Answer:
    answerer = build_answerer(read_settings({}), library)
    *_, last = answerer.answer(asked, kind=Kind.LIST, scope=scope or Scope())
    assert isinstance(last, Completed)
    return last.answer


@given(_CHANCES)
def test_a_list_holds_at_least_one_paper_and_never_more_than_sixty(chances: np.ndarray) -> None:
    assert 1 <= expected_cut(chances) <= min(60, len(chances))


def test_many_likely_papers_make_a_long_list_and_few_a_short_one() -> None:
    assert expected_cut(np.array([0.9] * 30 + [0.06] * 50)) == 30
    assert expected_cut(np.array([0.9] * 3 + [0.06] * 20)) == 3


def test_unlikely_papers_are_not_listed_however_many_there_are() -> None:
    assert not any(one.belongs for one in judge(_swept([-3.0] * 50)))


def test_what_meets_comes_first_and_what_does_not_comes_last() -> None:
    judged = judge(_swept([-3.0, 3.0, -3.0, 3.0]))
    assert [one.paper.id for one in judged][:2] == ["p1", "p3"]
    assert [one.verdict.verdict for one in judged] == [Judgement.MEETS] * 2 + [Judgement.NO] * 2


def test_a_paper_without_words_to_show_is_never_listed() -> None:
    assert not any(one.belongs for one in judge(_swept([3.0, 3.0], abstract="")))


def test_an_unknown_feature_counts_as_its_mean() -> None:
    belongs, _ = load_regressions()
    unknown, mean = np.full((1, len(FEATURES)), np.nan), np.array([belongs.means])
    assert belongs.probabilities(unknown) == pytest.approx(belongs.probabilities(mean))


def test_no_paper_gives_no_verdict_and_no_sentence() -> None:
    empty = SetAnswer(judge(Swept((), np.empty((0, len(FEATURES))), 557)), 0)
    assert (empty.verdicts, list(empty.write(Footnotes()))) == ((), [])


def test_the_count_is_what_the_rows_show() -> None:
    answer = SetAnswer(judge(_swept([3.0, -3.0, 3.0])), 3)
    count, *rows = (sentence for sentence, _ in answer.write(Footnotes()))
    assert count.text == "2 of the 3 papers seem to meet this."
    assert len({row.citations[0].paper_id for row in rows}) == 2


def test_one_paper_is_counted_in_the_singular() -> None:
    judged = judge(_swept([3.0]))
    assert count_sentence(judged, searched=1) == "1 of the 1 paper seems to meet this."


def test_what_was_not_looked_at_is_said() -> None:
    notice = SetAnswer(judge(_swept([3.0, -3.0])), searched=12_430).notice
    assert notice.startswith("Judged 2 of 12,430; the rest ranked below them, by words")


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


def test_among_a_few_papers_none_is_given_a_verdict(shelf: Library) -> None:
    answer = _ask(shelf, _ASKED)
    assert answer.verdicts == ()
    assert answer.sources[0].verdict is None


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
    swept = Swept(tuple(_paper(n) for n in range(40)), features, 40)
    weights = np.abs(fit([SweptQuestion(question, swept, grades)], least_grade=1).weights)
    assert weights.argmax() == 0
