"""What is said of a set: counts, and the words of its rows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rag.answering.asking.criteria_line import parse_criteria
from rag.answering.sets.set_answer import SetAnswer
from rag.answering.sets.set_sentences import count_sentence, none_meets
from rag.answering.writing.footnotes import Footnotes
from rag.retrieval.sweeping import FEATURES, Basis, Swept
from rag.types import Criteria, Criterion, Judgement, Listing, Scope
from tests.answering.swept_papers import judge, sweep


def _answer_of(swept: Swept, line: str = "drums", *, searched: int) -> SetAnswer:
    return SetAnswer(judge(swept, line), searched, swept.basis, parse_criteria(line))


def test_no_paper_gives_no_verdict_and_no_sentence() -> None:
    empty = _answer_of(Swept((), np.empty((0, len(FEATURES))), Basis.CROWD), searched=0)
    assert (empty.verdicts, list(empty.write(Footnotes()))) == ((), [])


def test_the_count_is_what_the_rows_show() -> None:
    answer = _answer_of(sweep([3.0, -3.0, 3.0]), searched=3)
    count, *rows = (ready.sentence for ready in answer.write(Footnotes()))
    assert count.text == "2 of the 3 papers seem to meet this."
    assert len({row.citations[0].paper_id for row in rows}) == 2


def test_one_paper_is_counted_in_the_singular() -> None:
    judged = judge(sweep([3.0]))
    assert count_sentence(judged, searched=1) == "The paper seems to meet this."


def test_what_was_not_looked_at_is_said() -> None:
    notice = _answer_of(sweep([3.0, -3.0]), searched=12_430).notices[0]
    assert notice.startswith("Judged 2 of 12,430; the rest ranked below them, by words")


def test_a_question_that_only_rules_something_out_counts_and_lists_nothing() -> None:
    line = "NOT drums that nobody heard before at night"
    answer = _answer_of(sweep([3.0, -4.0, -4.0], line, [3.0, -4.0, -4.0]), line, searched=3)
    [count] = answer.write(Footnotes())
    assert count.sentence.text.startswith("1 of the 3 papers seems to have what is ruled out")
    assert count.sources == ()


@pytest.mark.parametrize(("line", "is_told"), [("without drums", True), ("drums AND NOT songs", False)])
def test_that_estimates_hardly_tell_what_a_paper_lacks_is_said(line: str, *, is_told: bool) -> None:
    answer = _answer_of(sweep([3.0], line), line, searched=1)
    assert any("“without drums”" in notice for notice in answer.notices) is is_told


def test_that_no_paper_meets_it_in_full_is_said_so() -> None:
    judged = judge(sweep([3.0, 3.0]))
    partly = [replace(one, verdict=replace(one.verdict, verdict=Judgement.PARTLY)) for one in judged]
    assert count_sentence(partly, searched=9) == "None of the 9 papers seems to meet this in full, 2 in part."


def test_papers_that_only_need_a_date_are_counted_whole_however_many_are_listed() -> None:
    dated = replace(parse_criteria(""), scope=Scope(since="2020"))
    answer = SetAnswer(judge(sweep([0.0, 0.0]), ""), 5, Basis.CROWD, dated)
    count, *_ = (ready.sentence.text for ready in answer.write(Footnotes()))
    assert count == "5 papers have what was asked; 2 are listed."
    assert answer.notices[0].startswith("Listed 2 of 5:")


def test_of_those_that_meet_it_as_many_are_quoted_as_were_asked_for() -> None:
    whole = _answer_of(sweep([3.0] * 12 + [-3.0] * 20), searched=32)
    cut = replace(whole, listing=Listing(2))
    count, *quotes = cut.write(Footnotes())
    assert count.sentence.text.startswith(f"2 of the {len(whole.rows)} papers that seem to meet this")
    assert [source.paper for ready in quotes for source in ready.sources] == [
        one.paper for one in whole.rows[:2]
    ]
    assert "of the 2 listed" in cut.notices[0]


def test_of_papers_that_only_lack_something_the_count_says_how_many_are_listed() -> None:
    whole = SetAnswer(judge(sweep([3.0] * 20), ""), 20, Basis.CROWD, parse_criteria("NOT drums"))
    count, *_ = (ready.sentence.text for ready in replace(whole, listing=Listing(3)).write(Footnotes()))
    assert count.endswith("which no quote can show; 3 of them are listed.")
    count, *_ = (ready.sentence.text for ready in whole.write(Footnotes()))
    assert count.endswith("which no quote can show.")


def test_where_nothing_was_asked_the_count_speaks_of_no_condition() -> None:
    answer = SetAnswer(judge(sweep([0.0] * 20), ""), 20, Basis.CROWD, parse_criteria(""), listing=Listing(3))
    count, *_ = (ready.sentence.text for ready in answer.write(Footnotes()))
    assert count == "20 papers have what was asked; 3 are listed."


def test_where_papers_are_only_ruled_out_what_was_not_found_is_named() -> None:
    criteria = Criteria(((Criterion("labels", negated=True),),))
    assert none_meets(criteria, searched=1) == (
        "“labels” is not surely found in the paper, and no words show what does without."
    )
