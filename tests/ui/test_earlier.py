"""What a chat was about is found by what was said in it, by the same user, for as long as it is noted."""

from __future__ import annotations

from rag.types import NOTHING_SAID, Answer, Kind, Paper, PaperId, Question, Ranking, Source, Status
from ui.earlier import Asked, Earlier, Message

_QUESTION = Question("Which kelp?", Kind.FACT, "Which kelp?")
_KELP = Paper(PaperId("kelp"), "Kelp", "It grows.")
_ANSWER = Answer(
    *(
        _QUESTION,
        Status.ANSWERED,
        (),
        (Source(1, _KELP, ()),),
        Ranking(_QUESTION, (), 1, 1, None, 1.0),
        "quotes",
        1,
    )
)


def _next(reply: str, *, user: str = "ada") -> Asked:
    return Asked(user, (Message("user", "Which kelp?"), Message("assistant", reply)), "And where?")


def _noted() -> Earlier:
    earlier = Earlier()
    earlier.note(Asked("ada", (), "Which kelp?"), _ANSWER, text="It grows. [1]")
    return earlier


def test_the_state_after_an_answer_is_found_whatever_the_spacing() -> None:
    found = _noted().recall(_next(" It  grows. [1]\n"))
    assert found is not None
    assert found.about == ("kelp",)


def test_other_words_another_user_and_another_order_are_another_chat() -> None:
    earlier = _noted()
    assert earlier.recall(_next("It grows. [2]")) is None
    assert earlier.recall(_next("It grows. [1]", user="bob")) is None
    swapped = Asked("ada", tuple(reversed(_next("It grows. [1]").before)), "And where?")
    assert earlier.recall(swapped) is None


def test_the_oldest_chats_are_forgotten() -> None:
    earlier = _noted()
    for n in range(1_000):
        earlier.note(Asked("ada", (), f"Question {n}", NOTHING_SAID), _ANSWER, text="It grows.")
    assert earlier.recall(_next("It grows. [1]")) is None
