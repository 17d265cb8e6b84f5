"""Follow-ups: what they point at, what becomes of them, and what is remembered of an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.bench.dialogues import load_dialogues, play
from rag.answering.asking.both_wordings import lost_words, search_both
from rag.answering.asking.conversation import remember
from rag.answering.asking.criteria_line import describe
from rag.answering.asking.understanding import understand
from rag.app import build_retriever
from rag.environment.reading import read_settings
from rag.library.library import Library
from rag.types import (
    NOTHING_SAID,
    WHOLE_LIBRARY,
    Conversation,
    Judgement,
    Kind,
    Mention,
    PaperId,
    Question,
    Scope,
)

_SHOWN = tuple(
    Mention(PaperId(name), title)
    for name, title in (("a", "Twin Scale Fusion"), ("b", "Patient Mamba"), ("c", "Slow Drums"))
)
_LISTED = Conversation("which papers fuse scales?", Kind.LIST, _SHOWN)


def _ask(asked: str, conversation: Conversation = _LISTED, *, scope: Scope = WHOLE_LIBRARY) -> Question:
    return understand(asked, today=date(2026, 1, 1), scope=scope, conversation=conversation)


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ("Of those, which use transformers?", "abc"),
        ("the secnd one: how big is its data set?", "b"),
        ("compare the first two", "ab"),
        ("compare all three", "abc"),
        ("the middle one: is it fast?", "b"),
        ("top two please", "ab"),
        ("drop the third one", "ab"),
        ("does the drum paper need labels?", "c"),
        ("How large is Twin Scale Fusion?", "a"),
        ("does it need labels?", "abc"),
        ("2?", "b"),
        ("papers 2-3: what data do they use", "bc"),
    ],
)
def test_a_follow_up_is_asked_of_the_papers_it_means(asked: str, ids: str) -> None:
    assert _ask(asked).scope.ids == tuple(ids)


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ("with code?", "abc"),
        ("do they use audio?", "abc"),
        ("back to the list: which use audio?", "abc"),
        ("which of the 3 use audio?", "abc"),
        ("all but the third", "ab"),
        ("bibtex please", "abc"),
        ("no surveys", "abc"),
    ],
)
def test_what_is_said_in_passing_of_a_set_is_a_question_about_it(asked: str, ids: str) -> None:
    question = _ask(asked)
    assert (question.kind, question.scope.ids) == (Kind.LIST, tuple(ids))


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("how does it work?", "“Patient Mamba”: how does it work?"),
        ("and how long does training take?", "“Patient Mamba”: and how long does training take?"),
        ("limitations?", "“Patient Mamba”: limitations?"),
        ("is code available for that one?", "“Patient Mamba”: is code available for that one?"),
        ("tell me more", "summarise “Patient Mamba”"),
        ("are there other papers like this", "papers like “Patient Mamba”"),
    ],
)
def test_what_every_paper_has_is_asked_of_the_last_one(asked: str, text: str) -> None:
    assert _ask(asked, replace(_LISTED, about=(PaperId("b"),))).text == text


def test_after_a_summary_the_next_paper_is_summarised_too() -> None:
    summarised = replace(_LISTED, question="Patient Mamba", kind=Kind.FACT, about=(PaperId("b"),))
    assert _ask("and the third?", summarised).text == "summarise “Slow Drums”"


def test_those_that_a_narrower_list_left_out_are_found_again() -> None:
    narrowed = replace(_LISTED, papers=_SHOWN[:1], wider=_SHOWN)
    assert _ask("and which have none?", narrowed).scope.ids == tuple("abc")


def test_with_nothing_to_export_nothing_is_searched_for() -> None:
    question = _ask("export these as bibtex", NOTHING_SAID)
    assert (question.kind, question.notices) == (
        Kind.TALK,
        ("Nothing was shown before that could be exported: ask for papers first.",),
    )


@pytest.mark.parametrize("asked", ["which papers use state space models?", "Which surveys are about otters?"])
def test_after_a_pair_a_question_for_papers_is_asked_of_the_whole_library(asked: str) -> None:
    pair = Conversation("compare them", Kind.COMPARE, _SHOWN[:2], about=(PaperId("a"), PaperId("b")))
    question = _ask(asked, pair)
    assert (question.text, question.scope.ids) == (asked, None)
    assert "not of the 2 papers before" in question.notices[0]
    assert _ask("which uses less memory?", pair).scope.ids == ("a", "b")


@pytest.mark.parametrize(
    ("asked", "stands_alone"),
    [
        ("which use transformers?", "which papers use transformers?"),
        ("which of these release code?", "which papers release code?"),
        ("of those, which need labels?", "which papers need labels?"),
    ],
)
def test_of_a_few_papers_too_which_ones_is_a_set_question(asked: str, stands_alone: str) -> None:
    question = _ask(asked)
    assert (question.kind, question.text, question.scope.ids) == (Kind.LIST, stands_alone, tuple("abc"))
    alone = understand(asked, today=date(2026, 1, 1), scope=Scope(ids=(PaperId("a"), PaperId("b"))))
    assert alone.kind is Kind.LIST


@pytest.mark.parametrize(
    ("asked", "sought"),
    [
        ("what data are these tested on?", "what data are they tested on?"),
        ("what do these need?", "what do they need?"),
        ("how were those trained?", "how were they trained?"),
        ("which losses do these use?", "which losses do they use?"),
    ],
)
def test_a_question_about_a_set_keeps_its_grammar(asked: str, sought: str) -> None:
    question = _ask(asked)
    assert (question.kind is Kind.LIST, question.sought) == (False, sought)


@pytest.mark.parametrize("asked", ["which data sets do they use?", "which of them is the newest?"])
def test_what_a_set_has_in_names_and_dates_is_counted(asked: str) -> None:
    question = _ask(asked)
    assert (question.kind, question.text, question.scope.ids) == (Kind.CORPUS, asked, tuple("abc"))


@pytest.mark.parametrize(
    ("asked", "date"), [("the newest one", "newest"), ("and the most recent?", "most recent")]
)
def test_a_date_alone_asks_which_paper_of_the_set_it_is(asked: str, date: str) -> None:
    question = _ask(asked)
    assert (question.kind, question.text) == (Kind.CORPUS, f"which is the {date}?")
    assert question.scope.ids == tuple("abc")


def test_a_question_about_one_paper_names_it_and_searches_for_the_rest() -> None:
    question = _ask("the second one: how big is its data set?")
    assert question.text == "“Patient Mamba”: how big is its data set?"
    assert question.sought == "how big is its data set?"
    assert question.asked == "the second one: how big is its data set?"


def test_a_pronoun_that_may_mean_several_says_so() -> None:
    assert "may be any of 3 papers" in _ask("does it need labels?").notices[0]


def test_of_given_papers_those_are_asked_that_the_words_point_at() -> None:
    given = Scope(ids=(PaperId("b"), PaperId("c")))
    picked = replace(_LISTED, papers=_SHOWN[1:], wider=_SHOWN)
    assert _ask("the second one: how big is its data set?", picked, scope=given).scope.ids == ("c",)
    assert _ask("which papers use transformers?", picked, scope=given).scope.ids == ("b", "c")
    assert _ask("How large is Twin Scale Fusion?", scope=given).scope.ids == ("b", "c")


def test_dates_narrow_the_set_down() -> None:
    question = _ask("only since 2023")
    assert (question.scope, question.text) == (Scope(since="2023", ids=("a", "b", "c")), _LISTED.question)  # type: ignore[arg-type]


def test_what_is_dropped_becomes_an_exclusion() -> None:
    question = _ask("drop the surveys")
    assert question.text == "which papers fuse scales, but not surveys"
    assert [c.text for clause in question.criteria.clauses for c in clause if c.negated] == ["surveys"]


@pytest.mark.parametrize(
    "asked", ["Which papers use hyperbolic space?", "What is dropout and why does it help?"]
)
def test_a_new_topic_leaves_the_set_and_says_so(asked: str) -> None:
    question = _ask(asked)
    assert question.scope == WHOLE_LIBRARY
    assert "not of the 3 papers before" in question.notices[0]


@pytest.mark.parametrize(
    ("asked", "answered", "other"),
    [
        (
            "is there work on owls? if yes, which data sets do they use?",
            "is there work on owls?",
            "which data sets do they use?",
        ),
        ("who studies owls, and how do they count them?", "who studies owls?", "how do they count them?"),
        ("which papers use maps? Which use drums?", "which papers use maps?", "Which use drums?"),
        (
            "how many papers are on owls and which is the newest?",
            "which papers are on owls?",
            "which is the newest?",
        ),
    ],
)
def test_of_two_questions_the_first_is_answered_and_the_other_said(
    asked: str, answered: str, other: str
) -> None:
    question = _ask(asked, NOTHING_SAID)
    assert (question.text, question.kind) == (answered, Kind.LIST)
    assert question.notices == (
        f"Two questions at once: this answers the first. Ask the other one next: “{other}”",
    )


@pytest.mark.parametrize(
    "asked",
    [
        "I study woods. Anything on owls?",
        "how does SlotNet work? is its code public?",
        "Do networks see as we do? Papers that compare them.",
        "which papers use maps and drums?",
    ],
)
def test_one_question_is_left_whole(asked: str) -> None:
    assert _ask(asked, NOTHING_SAID).text == asked


@pytest.mark.parametrize(
    "asked", ["of those, which use transformers?", "drop the surveys", "compare the first two"]
)
def test_with_nothing_before_a_follow_up_is_a_question_of_its_own_and_says_so(asked: str) -> None:
    question = _ask(asked, NOTHING_SAID)
    assert question.scope == WHOLE_LIBRARY
    assert "Nothing was shown before" in question.notices[0]


@pytest.mark.parametrize(
    ("asked", "missing"),
    [
        ("the seventh one: which data sets?", "seventh"),
        ("compare 1 and the 40th", "40th"),
        ("compare 1 and 40", "number 40"),
        ("the 40th and 2: which is faster?", "40th"),
        ("is the twentieth better than the first?", "twentieth"),
        ("drop 30", "number 30"),
        ("keep only number 40", "number 40"),
        ("export the 40th", "40th"),
        ("papers like the fourth", "fourth"),
        ("summarise the seventh one", "seventh"),
        ("compare 7 and 8", "number 7 and no number 8"),
    ],
)
def test_a_number_beyond_the_list_asks_nothing_and_is_said(asked: str, missing: str) -> None:
    question = _ask(asked)
    assert (question.kind, question.notices) == (
        Kind.TALK,
        (f"The last answer has 3 papers: there is no {missing}.",),
    )


def test_a_number_beyond_the_list_is_said_among_picked_papers_too() -> None:
    picked = Scope(ids=(PaperId("a"), PaperId("b")))
    assert "no 40th" in _ask("what does the 40th use?", scope=picked).notices[0]


@pytest.mark.parametrize("asked", ["keep the first 40", "compare the last five", "the top 20"])
def test_of_more_papers_than_there_are_all_are_asked_and_that_is_said(asked: str) -> None:
    question = _ask(asked)
    assert question.scope.ids == tuple("abc")
    assert "The last answer has 3 papers, not" in question.notices[1]


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ("drop 3", "ab"),
        ("what about 2?", "b"),
        ("the 2nd and 3rd", "bc"),
        ("compare 1 and the last", "ac"),
        ("compare the first to the second", "ab"),
        ("which use between 1 and 2 labels?", "abc"),
        ("of the eight papers, which use maps?", "abc"),
    ],
)
def test_numbers_and_ordinals_are_read_together(asked: str, ids: str) -> None:
    assert _ask(asked).scope.ids == tuple(ids)


@pytest.mark.parametrize("asked", ["of those, which are about owls?", "only the ones on owls", "on owls?"])
def test_a_narrowing_that_gave_nothing_is_asked_again(asked: str) -> None:
    listed = replace(_LISTED, listed=_LISTED.question)
    refused = remember(listed, _ask(asked, listed), shown=_SHOWN[:1], answered=False)
    again = _ask(asked, refused)
    assert (describe(again.criteria), again.scope.ids, again.again) == ("owls", tuple("abc"), ())


def test_after_a_narrowing_that_gave_nothing_the_set_can_be_shown() -> None:
    listed = replace(_LISTED, listed=_LISTED.question)
    refused = remember(listed, _ask("which are about owls?", listed), shown=(), answered=False)
    assert (_ask("show them", refused).text, _ask("show them", refused).criteria.clauses) == (
        listed.question,
        (),
    )


def test_a_remark_on_a_set_of_one_paper_is_asked_of_it() -> None:
    alone = replace(_LISTED, papers=_SHOWN[:1], about=(PaperId("a"),))
    assert _ask("with code?", alone).scope.ids == ("a",)


_TALKED_OF = replace(_LISTED, kind=Kind.FACT, about=(PaperId("b"),))


@pytest.mark.parametrize(
    ("asked", "stands_alone"),
    [
        ("Which papers use it for video?", "Which papers use “Patient Mamba” for video?"),
        ("who else uses it?", "who else uses “Patient Mamba”?"),
        (
            "are there papers that improve on this method?",
            "are there papers that improve on “Patient Mamba”?",
        ),
        ("which papers do better than it?", "which papers do better than “Patient Mamba”?"),
        ("is it used in other papers?", "which papers used “Patient Mamba”?"),
    ],
)
def test_who_uses_what_a_paper_proposes_is_asked_of_the_whole_library(asked: str, stands_alone: str) -> None:
    question = _ask(asked, _TALKED_OF)
    assert (question.text, question.kind, question.scope.ids) == (stands_alone, Kind.LIST, None)
    assert any("read as “Patient Mamba”" in notice for notice in question.notices)


@pytest.mark.parametrize(
    ("defined", "asked", "stands_alone"),
    [
        ("What is neural collapse?", "which papers study it?", "which papers study neural collapse?"),
        ("how does late fusion work?", "who else uses it?", "who else uses late fusion?"),
        ("define hubness", "which papers are about it?", "which papers are about hubness?"),
    ],
)
def test_what_was_defined_is_what_papers_are_asked_for(defined: str, asked: str, stands_alone: str) -> None:
    question = _ask(asked, Conversation(defined, Kind.FACT, _SHOWN, about=(PaperId("b"),)))
    assert (question.text, question.scope.ids) == (stands_alone, None)


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("what is it used for?", "“Patient Mamba”: what is it used for?"),
        ("who made it?", "“Patient Mamba”: who wrote it?"),
        ("how many hours of recording were used?", "“Patient Mamba”: how many hours of recording were used?"),
        ("on night images?", "is it fast: on night images?"),
        ("similar papers", "papers like “Patient Mamba”"),
    ],
)
def test_a_question_of_its_own_is_not_the_last_one_again(asked: str, text: str) -> None:
    assert _ask(asked, replace(_TALKED_OF, question="is it fast?", listed="")).text == text


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("which of them build a data set?", "which papers build a data set?"),
        ("any of these build on CLIP?", "which papers build on CLIP?"),
        ("who of them also uses text?", "which papers use text?"),
        ("which one is about drums?", "which papers are about drums?"),
        ("Are they about drums?", "which papers are about drums?"),
        ("do these papers use drums?", "which papers use drums?"),
        ("any with audio?", "papers with audio?"),
    ],
)
def test_which_of_a_set_is_a_set_question_in_plain_words(asked: str, text: str) -> None:
    question = _ask(asked)
    assert (question.text, question.kind, question.scope.ids) == (text, Kind.LIST, tuple("abc"))


@pytest.mark.parametrize(
    ("asked", "criteria"),
    [
        ("and federated?", "fuse scales AND about federated"),
        ("or noisy labels?", "(fuse scales OR about noisy labels)"),
        ("what of initialization?", "fuse scales AND about initialization"),
    ],
)
def test_what_is_added_to_a_set_question_is_a_criterion_of_its_own(asked: str, criteria: str) -> None:
    question = _ask(asked, replace(_LISTED, question="papers that fuse scales for owls"))
    assert describe(question.criteria) == criteria.replace("fuse scales", "fuse scales for owls")


def test_what_is_added_to_a_set_that_was_narrowed_down_is_asked_of_it() -> None:
    question = _ask("and for video?", replace(_LISTED, papers=_SHOWN[:2], wider=_SHOWN))
    assert (question.text, question.scope.ids) == ("papers for video", ("a", "b"))


def test_what_may_be_any_paper_is_named_by_its_pronoun() -> None:
    assert "“it” may be any of 3 papers" in _ask("what taxonomy does it use?").notices[0]


@pytest.mark.parametrize("asked", ["compare those two", "compare them", "how do they differ?"])
def test_two_papers_that_were_asked_about_one_after_the_other_are_compared(asked: str) -> None:
    alone = [Mention(PaperId(name), name) for name in ("SlotNet", "OwlNet")]
    first = remember(NOTHING_SAID, _ask("how large is SlotNet?", NOTHING_SAID), shown=(alone[0],))
    second = remember(first, _ask("how large is OwlNet?", first), shown=(alone[1],))
    question = _ask(asked, second)
    assert (question.kind, question.scope.ids) == (Kind.COMPARE, ("SlotNet", "OwlNet"))


@pytest.mark.parametrize(
    "asked",
    [
        "of those, which use maps?",
        "drop the second",
        "does it need labels?",
        "number nine",
        "only the surveys",
    ],
)
def test_of_an_answer_without_papers_none_can_be_asked(asked: str) -> None:
    question = _ask(asked, Conversation("papers on owls", Kind.LIST))
    assert question.kind is Kind.TALK
    assert "The last answer listed no papers" in question.notices[0]


@pytest.mark.parametrize("asked", ["and the ones that don't?", "which don't?", "and the others?"])
def test_what_a_narrower_list_left_out_is_shown(asked: str) -> None:
    question = _ask(asked, replace(_LISTED, papers=_SHOWN[:1], wider=_SHOWN))
    assert (question.text, question.scope.ids, question.criteria.clauses) == ("these papers", ("b", "c"), ())


def test_which_of_a_set_use_it_is_asked_of_the_set() -> None:
    question = _ask("which of them use it?", _TALKED_OF)
    assert (question.text, question.scope.ids) == ("which papers use “Patient Mamba”?", tuple("abc"))


@pytest.mark.parametrize("asked", ["which data does it use?", "who wrote it?", "which papers doubt it?"])
def test_what_one_paper_is_asked_stays_with_it(asked: str) -> None:
    assert _ask(asked, _TALKED_OF).scope.ids == ("b",)


def test_which_papers_use_one_that_is_named_is_asked_of_the_whole_library() -> None:
    assert _ask("which papers use Twin Scale Fusion?").scope == WHOLE_LIBRARY


def test_of_the_models_of_one_paper_none_is_missing() -> None:
    conversation = Conversation("how does it work?", Kind.FACT, _SHOWN[:1], about=(PaperId("a"),))
    assert _ask("how do the first and the second model differ?", conversation).kind is not Kind.TALK


@pytest.mark.parametrize(
    "asked",
    [
        "papers that work on owls",
        "show me papers that work without labels",
        "which papers claim to be the first to count owls?",
        "Do the papers agree on whether owls sing?",
        "the paper on owls: what data did they use?",
        "compare the first three papers on owls",
    ],
)
def test_a_question_that_stands_alone_misses_nothing_before_it(asked: str) -> None:
    assert not any("Nothing was shown" in notice for notice in _ask(asked, NOTHING_SAID).notices)


@pytest.mark.parametrize("conversation", [_LISTED, NOTHING_SAID])
def test_no_paper_has_the_number_0(conversation: Conversation) -> None:
    assert not _ask("#0", conversation).scope.ids


@pytest.mark.parametrize("asked", ["sort by year", "export these", "show these"])
def test_what_is_done_with_a_set_asks_nothing_that_one_of_its_papers_was_asked(asked: str) -> None:
    question = _ask(asked, replace(_LISTED, question="is it fast?", kind=Kind.FACT, about=(PaperId("b"),)))
    assert (question.text, question.kind, question.scope.ids) == ("these papers", Kind.LIST, ("a", "b", "c"))


@pytest.mark.parametrize(
    ("asked", "stands_alone"),
    [
        ("also those with text", "which papers fuse scales or with text"),
        ("and also papers on drums", "which papers fuse scales or drums"),
        ("those that use drums too", "which papers fuse scales or use drums"),
    ],
)
def test_what_is_wanted_too_widens_a_set(asked: str, stands_alone: str) -> None:
    question = _ask(asked)
    assert (question.text, question.kind, question.scope.ids) == (stands_alone, Kind.LIST, None)


@pytest.mark.parametrize(
    "asked", ["only those with text", "those with text", "only those that also use text"]
)
def test_without_too_it_narrows_the_set(asked: str) -> None:
    assert _ask(asked).scope.ids == ("a", "b", "c")


def test_after_papers_like_it_it_is_still_the_paper_that_they_are_like() -> None:
    asked_of = Conversation("what is Slow Drums?", Kind.FACT, _SHOWN[2:], about=(PaperId("c"),))
    alike = remember(asked_of, _ask("papers like it", asked_of), shown=_SHOWN[:2])
    assert alike.papers == _SHOWN[:2]
    assert _ask("does it need labels?", alike).scope.ids == ("c",)
    assert _ask("which of these need labels?", alike).scope.ids == ("a", "b")


def test_where_all_that_fit_were_listed_there_are_no_more() -> None:
    found = replace(_LISTED, papers=tuple(replace(one, verdict=Judgement.MEETS) for one in _SHOWN))
    question = _ask("show me more", found)
    assert (question.kind, question.notices[0][:20]) == (Kind.TALK, "No more: the 3 paper")
    assert _ask("any more?", replace(found, wider=_SHOWN)).text == _LISTED.question
    assert _ask("any more?").text == _LISTED.question  # the nearest were shown, and none of them fits


@pytest.mark.parametrize("asked", ["neither", "no, none of them", "none of these fits"])
def test_who_wants_none_of_the_papers_is_not_shown_all(asked: str) -> None:
    assert _ask(asked).kind is Kind.TALK
    assert _ask("none of them uses labels?").kind is not Kind.TALK


def test_a_topic_of_the_library_is_known_by_the_paper_that_was_shown_for_it() -> None:
    told = Conversation("what is in my library?", Kind.CORPUS, _SHOWN)
    assert _ask("tell me more about the third topic", told).text == "papers like “Slow Drums”"
    assert _ask("what about theme 2?", told).text == "papers like “Patient Mamba”"
    assert _ask("tell me more about the third topic").text == "tell me more about the third topic"
    assert "3 topics: there is no fifth" in _ask("tell me more about the fifth topic", told).notices[0]


def test_who_goes_back_to_a_topic_asks_for_it_anew() -> None:
    question = _ask("back to the drum solo ones: which use labels?")
    assert (question.text, question.scope.ids) == ("papers on drum solo and that use labels", None)
    assert _ask("back to the list: which use labels?").scope.ids == ("a", "b", "c")


def test_one_paper_is_not_sorted() -> None:
    question = _ask("newest first", Conversation("what is Slow Drums?", Kind.FACT, _SHOWN[2:]))
    assert question.kind is Kind.TALK
    assert "showed one paper" in question.notices[0]


def test_papers_that_are_named_by_id_are_not_looked_for_in_the_conversation() -> None:
    scope = Scope(ids=(PaperId("z"),))
    assert _ask("the second one: how big is it?", scope=scope).scope == scope


def test_a_narrowed_list_becomes_the_set_and_keeps_the_wider_one() -> None:
    narrowed = remember(_LISTED, _ask("of those, which use transformers?"), shown=_SHOWN[1:])
    assert (narrowed.papers, narrowed.wider) == (_SHOWN[1:], _SHOWN)
    assert _ask("and the others?", narrowed).scope.ids == ("a",)


def test_a_question_about_a_member_keeps_the_set() -> None:
    after = remember(_LISTED, _ask("the second one: how big is it?"), shown=_SHOWN[1:2])
    assert (after.papers, after.about) == (_SHOWN, ("b",))
    assert _ask("does it need labels?", after).scope.ids == ("b",)


def test_small_talk_leaves_the_conversation_as_it_was() -> None:
    assert remember(_LISTED, _ask("thanks!"), shown=()) == _LISTED


@given(asked=st.text(min_size=1, max_size=80).filter(lambda text: text.isprintable() and bool(text.strip())))
def test_any_follow_up_points_at_papers_that_were_shown_or_at_none(asked: str) -> None:
    question = _ask(asked)
    assert set(question.scope.ids or ()) <= {mention.id for mention in _SHOWN}
    assert question.text


@pytest.mark.parametrize(
    ("half", "later", "least"),
    [("tune", False, 0.9), ("report", False, 0.9), ("tune", True, 0.9), ("report", True, 0.75)],
)
def test_scripted_dialogues_are_followed(half: str, later: bool, least: float) -> None:  # noqa: FBT001
    played = [list(play(dialogue)) for dialogue in load_dialogues(half, later=later)]
    right = [dialogue[0].dialogue for dialogue in played if all(turn.right for turn in dialogue)]
    assert len(right) >= least * len(played)


@pytest.mark.parametrize(
    ("asked", "searched"),
    [
        ("none of these. What about papers on smell?", "What about papers on smell?"),
        ("forget drums, what is there on otters?", "what is there on otters?"),
    ],
)
def test_who_leaves_the_set_in_words_is_not_asked_of_it(asked: str, searched: str) -> None:
    question = _ask(asked)
    assert (question.text, question.scope) == (searched, WHOLE_LIBRARY)
    assert "not of the 3 papers before" in question.notices[0]


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ("summarise each in a sentence", "abc"),
        ("sort by year", "abc"),
        ("which is the most recent?", "abc"),
        ("which two are about drums?", "abc"),
        ("of all three, who needs labels?", "abc"),
        ("how do 1 and 3 relate?", "ac"),
        ("do these papers cite each other?", "abc"),
        ("Tell me the main result of each.", "abc"),
        ("newest first", "abc"),
        ("which cites statutes?", "abc"),
        ("is any of this open source?", "abc"),
        ("what do the first and the last share?", "ac"),
    ],
)
def test_sets_and_numbers_are_found_in_other_words_too(asked: str, ids: str) -> None:
    assert _ask(asked).scope.ids == tuple(ids)


@pytest.mark.parametrize(
    "asked",
    [
        "How long does it take to learn good word vectors?",
        "Why is it difficult for models to count otters?",
        "What are the two remedies against slow rivers?",
        "Which designers were asked about the trees of views, and where do they work?",
        "How many questions does the survey of otters answer?",
        "which papers use both views, images and depth?",
        "what about WrenNet?",
    ],
)
def test_words_that_stand_for_something_in_the_question_itself_point_at_nothing_before(asked: str) -> None:
    assert _ask(asked).scope == WHOLE_LIBRARY


def test_the_remaining_ones_are_counted() -> None:
    narrowed = replace(_LISTED, papers=_SHOWN[:1], wider=_SHOWN)
    assert _ask("what about the remaining two?", narrowed).scope.ids == ("b", "c")


@pytest.mark.parametrize("asked", ["how accurately?", "compared to what?", "trained on what?"])
def test_a_few_words_go_on_with_the_paper_that_is_talked_of(asked: str) -> None:
    talked_of = replace(_LISTED, about=(PaperId("b"),))
    assert _ask(asked, talked_of).scope.ids == ("b",)


def test_a_reading_that_keeps_every_word_is_searched_for_once() -> None:
    assert not lost_words(_ask("the second one: how big is its data set?"))
    assert lost_words(Question("papers on drums", Kind.LIST, "what about owls?")) == {"owl"}


def test_a_bad_reading_does_not_bury_what_was_asked(shelf: Library) -> None:
    retriever = build_retriever(read_settings({}), shelf)
    misread = Question("which papers are about rhythm and beats?", Kind.FACT, "oak and beech leaf photos")
    ranked = [one.paper.id for one in search_both(misread, retriever).papers]
    assert set(ranked[:2]) == {"slow-drums", "bark-and-leaf"}
    assert [one.rank for one in search_both(misread, retriever).papers] == list(range(1, len(ranked) + 1))


@pytest.mark.parametrize("said", [NOTHING_SAID, _LISTED])
def test_no_paper_has_the_number_nought(said: Conversation) -> None:
    assert not _ask("what does number 0 say of the first forest?", said).scope.ids
