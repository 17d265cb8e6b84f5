"""Set questions with a model, from the words of the question to the answer: count, rows, and what went wrong."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from rag.answering.asking.conversation import continue_with
from rag.answering.asking.understanding import understand
from rag.answering.sets.answering_sets import likeliest_first
from rag.app import build_answerer, build_retriever
from rag.environment.reading import read_settings
from rag.library.library import Library
from rag.types import (
    NOTHING_SAID,
    Answer,
    AnswerEvent,
    Completed,
    Conversation,
    Estimated,
    Judgement,
    Judging,
    Paper,
    Resolved,
    Retrieved,
    SentenceReady,
    Status,
)
from tests.answering.judge_server import Asked, PerfectJudge, library_of
from tests.model_server import ModelServer, Reply, refuses, says

MakeLibrary = Callable[..., Library]

_QUESTION = "which papers join local features?"
_PLANTED = (3, 11, 17)
_ONE_BY_ONE = {"FOOTNOTE_REQUESTS": "1"}


def _events(
    library: Library,
    server: ModelServer,
    asked: str = _QUESTION,
    environment: Mapping[str, str] | None = None,
    *,
    said: Conversation = NOTHING_SAID,
) -> list[AnswerEvent]:
    given = {"OPENAI_BASE_URL": server.url, "FOOTNOTE_TIMEOUT": "5", **(environment or {})}
    return list(build_answerer(read_settings(given), library).answer(asked, conversation=said))


def _last(events: list[AnswerEvent]) -> Answer:
    assert isinstance(events[-1], Completed)
    return events[-1].answer


@pytest.fixture
def drums(make_library: MakeLibrary) -> Library:
    """Twenty papers without vectors, three of which join local features."""
    return make_library(
        *library_of(20, planted=_PLANTED, text="We join local features with care."), indexed=False
    )


def test_a_set_question_is_judged_paper_by_paper(drums: Library) -> None:
    with ModelServer(PerfectJudge()) as server:
        events = _events(drums, server)
    kinds = [kind for kind, _ in itertools.groupby(map(type, events))]
    assert [k for k in kinds if k.__name__ != "Notice"] == [
        *(Resolved, Retrieved, Estimated, Judging, SentenceReady, Completed)
    ]
    answer = _last(events)
    assert (answer.status, answer.judged, answer.writer) == (Status.ANSWERED, 20, "llm:gpt-4o-mini")
    assert answer.sentences[0].text == "3 of the 20 papers meet this."
    assert {source.paper.id for source in answer.sources} == {f"p{n}" for n in _PLANTED}
    assert {source.verdict for source in answer.sources} == {Judgement.MEETS}
    assert [s.text for s in answer.sentences[1:]] == ["We join local features with care."] * 3
    assert len(answer.verdicts) == 20
    assert (answer.prompts, answer.usage.prompt_tokens, answer.usage.cost) == ("judge/2", 2_000, 0.0)


def test_of_those_that_a_model_finds_as_many_are_shown_as_were_asked_for(drums: Library) -> None:
    with ModelServer(PerfectJudge()) as server:
        answer = _last(_events(drums, server, "find two papers that join local features"))
    assert answer.sentences[0].text == (
        "2 of the 3 papers that meet this, the likeliest first; ask without the number to see all."
    )
    assert (len(answer.sources), len(answer.verdicts)) == (2, 20)


def test_with_vectors_the_likeliest_papers_are_judged_first(shelf: Library) -> None:
    text = "which papers join local features?"
    question = understand(text, today=date(2026, 1, 1))
    retriever = build_retriever(read_settings({}), shelf)
    nearest = retriever.nearest_first(question, most=100)
    likeliest = likeliest_first(question, nearest, retriever)
    assert likeliest[0].id == "twin-scale-fusion"
    assert sorted(paper.id for paper in likeliest) == sorted(paper.id for paper in nearest)
    with ModelServer(PerfectJudge()) as server:
        answer = _last(_events(shelf, server, text))
    assert answer.judged == 5


def test_members_are_told_as_they_are_found(drums: Library) -> None:
    with ModelServer(PerfectJudge()) as server:
        told = [e for e in _events(drums, server) if isinstance(e, Judging)]
    assert [one.judged for one in told] == [0, 10, 20]
    assert {member.paper.id for one in told for member in one.members} == {f"p{n}" for n in _PLANTED}
    assert told[-1].found == sum(len(one.members) for one in told)


def test_asked_again_nothing_is_requested(drums: Library) -> None:
    with ModelServer(PerfectJudge()) as server:
        first = _last(_events(drums, server))
        asked = len(server.requests)
        again = _last(_events(drums, server))
        assert len(server.requests) == asked
    assert (again.sentences, again.verdicts) == (first.sentences, first.verdicts)


def test_a_follow_up_judges_the_set_alone_and_shows_it_again_for_nothing(drums: Library) -> None:
    with ModelServer(PerfectJudge()) as server:
        said = continue_with(NOTHING_SAID, _last(_events(drums, server)))
        asked = len(server.requests)
        narrowed = _last(_events(drums, server, "of those, which are about room 11?", said=said))
        assert len(Asked.of(server.requests[-1]).papers) == 3
        assert len(server.requests) == asked + 1
        shown = _last(_events(drums, server, "drop the first one", said=said))
        assert len(server.requests) == asked + 1
    assert {source.paper.id for source in narrowed.sources} == {"p11"}
    assert narrowed.sentences[0].text == "1 of the 3 papers meets this."
    assert len(shown.sources) == 2


def test_a_set_of_none_says_how_many_were_judged(make_library: MakeLibrary) -> None:
    library = make_library(*library_of(12, planted=()), indexed=False)
    with ModelServer(PerfectJudge()) as server:
        answer = _last(_events(library, server, "which papers count beats in drums?"))
    assert (answer.status, answer.sentences, answer.judged) == (Status.NOT_IN_LIBRARY, (), 12)
    assert answer.missing == "None of the 12 papers that were judged meets this."


def test_of_a_single_paper_it_is_said_that_it_does_not_meet_the_question(make_library: MakeLibrary) -> None:
    library = make_library(*library_of(1, planted=()), indexed=False)
    with ModelServer(PerfectJudge()) as server:
        answer = _last(_events(library, server, "which papers count drums in caves?"))
    assert answer.missing == "The one paper that was judged does not meet this."


def test_a_question_that_only_rules_something_out_says_how_many_have_it(drums: Library) -> None:
    with ModelServer(PerfectJudge()) as server:
        answer = _last(_events(drums, server, "which papers do not join local features?"))
    assert [sentence.text for sentence in answer.sentences] == [
        "3 of 20 papers judged have what is ruled out; the abstracts of the others do not mention it, which no "
        "quote can show."
    ]
    assert (answer.status, answer.judged) == (Status.ANSWERED, 20)


def test_a_judge_to_whom_everything_belongs_is_doubted(make_library: MakeLibrary) -> None:
    library = make_library(*library_of(40, planted=()), indexed=False)

    def meets_all(handler: Any) -> None:
        labels = Asked.of(handler.body).papers
        one = {"criterion": 1, "quote": "It counts beats.", "verdict": "meets"}
        says(json.dumps({"papers": [{"id": label, "verdicts": [one]} for label in labels]}))(handler)

    with ModelServer(meets_all) as server:
        answer = _last(_events(library, server, "which papers count beats in drums?"))
    assert any("nearly every paper" in notice for notice in answer.notices)


@pytest.mark.parametrize(
    ("reply", "reason"), [(refuses(401), "check OPENAI_API_KEY"), (says("Hm."), "no verdict")]
)
def test_where_nothing_was_judged_one_line_says_why_and_estimates_follow(
    drums: Library, reply: Reply, reason: str
) -> None:
    with ModelServer(reply) as server:
        answer = _last(_events(drums, server))
    assert answer.writer == "quotes"
    assert answer.sentences
    assert sum(reason in notice for notice in answer.notices) == 1


def test_a_model_that_is_not_there_is_asked_after_once(drums: Library) -> None:
    with ModelServer(PerfectJudge()) as server:
        pass
    [notice] = [n for n in _last(_events(drums, server)).notices if "is it running" in n]
    assert "is it running? These are estimates" in notice


def test_a_model_that_fails_midway_gives_an_answer_in_part(drums: Library) -> None:
    with ModelServer(PerfectJudge(), refuses(401)) as server:
        answer = _last(_events(drums, server, _QUESTION, _ONE_BY_ONE))
    assert (answer.status, answer.judged, len(answer.verdicts)) == (Status.PARTIAL, 10, 10)
    assert "of the 10 papers that were judged" in answer.sentences[0].text
    assert any("then stopped: " in notice for notice in answer.notices)


def test_a_model_that_fails_before_it_finds_a_paper_leaves_it_to_estimates(drums: Library) -> None:
    with ModelServer(PerfectJudge(), refuses(401)) as server:
        answer = _last(_events(drums, server, "which papers count beats in drums?", _ONE_BY_ONE))
    assert answer.writer == "quotes"
    assert any("Of 10 papers judged none belongs" in notice for notice in answer.notices)


@pytest.mark.parametrize("asked", ["which papers?", "papers on drums but not drums"])
def test_a_model_is_not_asked_what_it_cannot_tell(drums: Library, asked: str) -> None:
    with ModelServer(PerfectJudge()) as server:
        _last(_events(drums, server, asked))
        assert not server.requests


def test_a_budget_judges_the_nearest_and_says_so(drums: Library) -> None:
    priced = {"FOOTNOTE_PRICE_IN": "1", "FOOTNOTE_PRICE_OUT": "1", "FOOTNOTE_BUDGET": "0.0012"}
    with ModelServer(PerfectJudge()) as server:
        events = _events(drums, server, _QUESTION, priced)
        answer = _last(events)
        [estimated] = [e for e in events if isinstance(e, Estimated)]
    assert estimated.whole is not None
    assert answer.judged == estimated.planned.papers < estimated.whole.papers == 20
    assert {source.paper.id for source in answer.sources} == {f"p{n}" for n in _PLANTED}  # the nearest
    assert f"Judged {answer.judged} of 20 by gpt-4o-mini; the rest ranked below them." in answer.notices


def test_a_budget_of_nothing_leaves_it_to_estimates(drums: Library) -> None:
    priced = {"FOOTNOTE_PRICE_IN": "1", "FOOTNOTE_PRICE_OUT": "1", "FOOTNOTE_BUDGET": "0"}
    with ModelServer(PerfectJudge()) as server:
        answer = _last(_events(drums, server, _QUESTION, priced))
        assert not server.requests
    assert answer.writer == "quotes"
    assert any("budget holds not a single paper" in notice for notice in answer.notices)


@pytest.mark.parametrize(
    ("most", "told"),
    [
        ("5", "Judged 5 of 20 by gpt-4o-mini, the most for one question (FOOTNOTE_MOST_JUDGED); the rest"),
        ("0", "No paper was judged: the most that may be judged (FOOTNOTE_MOST_JUDGED) is 0."),
    ],
)
def test_where_the_hard_cap_leaves_papers_out_it_is_named(drums: Library, most: str, told: str) -> None:
    with ModelServer(PerfectJudge()) as server:
        answer = _last(_events(drums, server, _QUESTION, {"FOOTNOTE_MOST_JUDGED": most}))
    assert sum(notice.startswith(told) for notice in answer.notices) == 1


def _meanwhile(change: Callable[[], object]) -> Reply:
    """Change the library while the last request is being answered."""
    judge = PerfectJudge()

    def reply(handler: Any) -> None:
        if len(handler.server.requests) == 2:
            change()
        judge(handler)

    return reply


def _updated(paper: Paper) -> Paper:
    return replace(paper, abstract=f"It was rewritten. {paper.abstract}")


_CHANGES: dict[str, tuple[Callable[[Library, Paper], object], set[str], str]] = {
    "removed": (lambda library, paper: library.remove([paper.id]), {"p3", "p17"}, "changed or left the library"),
    "updated": (lambda library, paper: library.add([_updated(paper)]), {"p3", "p17"}, "changed or left the library"),
    "added": (lambda library, _: library.add(library_of(22, planted=())), {"p3", "p11", "p17"}, "2 more came in"),
}  # fmt: skip


@pytest.mark.parametrize("name", _CHANGES)
def test_a_library_that_changes_meanwhile_is_told_of(drums: Library, name: str) -> None:
    change, left, told = _CHANGES[name]
    paper = library_of(20, planted=_PLANTED, text="We join local features with care.")[11]
    with ModelServer(_meanwhile(lambda: change(drums, paper))) as server:
        answer = _last(_events(drums, server, _QUESTION, _ONE_BY_ONE))
    assert {source.paper.id for source in answer.sources} == left
    assert any(told in notice for notice in answer.notices)
    assert not any("ranked below" in notice for notice in answer.notices)
