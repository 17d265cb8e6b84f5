"""One paper set against what is not among those shown: "how does it compare to WrenNet?"."""

from __future__ import annotations

from datetime import date

import pytest

from rag.answering.asking.understanding import understand
from rag.types import WHOLE_LIBRARY, Conversation, Kind, Mention, PaperId, Question

_OWL = Mention(PaperId("owl"), "OwlNet: Hearing Owls at Night")
_MOSS = Mention(PaperId("moss"), "Moss and Ferns from the Air")
_ON_OWLS = Conversation("what is OwlNet?", Kind.FACT, (_OWL,), about=(_OWL.id,))
_ON_MOSS = Conversation("what does the paper on moss do?", Kind.FACT, (_MOSS,), about=(_MOSS.id,))


def _ask(asked: str, said: Conversation) -> Question:
    return understand(asked, today=date(2026, 1, 1), conversation=said)


@pytest.mark.parametrize(
    ("asked", "alone"),
    [
        ("How does it compare to WrenNet?", "How does OwlNet compare to WrenNet?"),
        ("is it faster than WrenNet?", "is OwlNet faster than WrenNet?"),
        ("is it better than Wren.Net?", "is OwlNet better than Wren.Net?"),
        ("versus Wren.Net?", "compare OwlNet with Wren.Net"),
        ("Is that better than the wren paper?", "Is OwlNet better than the wren paper?"),
        ("compare this with WrenNet", "compare OwlNet with WrenNet"),
        ("what's the difference between WrenNet and it?", "what's the difference between WrenNet and OwlNet?"),
        ("are its errors fewer than those of WrenNet?", "are OwlNet’s errors fewer than those of WrenNet?"),
        ("and how does WrenNet compare?", "compare OwlNet with WrenNet"),
        ("versus WrenNet?", "compare OwlNet with WrenNet"),
        ("how does the first one differ from WrenNet?", "how does OwlNet differ from WrenNet?"),
    ],
)  # fmt: skip
def test_a_paper_takes_the_place_of_the_word_that_points_at_it(asked: str, alone: str) -> None:
    question = _ask(asked, _ON_OWLS)
    assert (question.text, question.kind, question.scope) == (alone, Kind.COMPARE, WHOLE_LIBRARY)


def test_a_title_without_a_name_of_its_own_stands_in_quotes() -> None:
    assert _ask("is it better than WrenNet?", _ON_MOSS).text == f"is “{_MOSS.title}” better than WrenNet?"


@pytest.mark.parametrize(
    "asked",
    [
        "how does it compare to previous methods?",
        "is it better than the state of the art?",
        "what data is it compared on?",
        "does it compare calls with each other?",
        "is it more than a toy?",
    ],
)
def test_what_a_paper_itself_tells_is_asked_of_it_alone(asked: str) -> None:
    assert _ask(asked, _ON_OWLS).scope.ids == (_OWL.id,)
