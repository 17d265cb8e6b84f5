"""Facts worded by a model: used when they can be read, and never with a key the abstract lacks."""

from __future__ import annotations

import json

import pytest

from eval.drafting_model import word_by_model
from eval.reference import ReferenceQuestion, read_question_record
from rag.answering.model.chat_model import ChatModel
from rag.environment.reading import read_settings
from rag.types import Paper
from tests.model_server import ModelServer, Reply, refuses, says

_REPLY = {
    "question": "How many bark images?",
    "answer": "12,400.",
    "keys": ["12,400 images", "oak", "9 elephants"],
}


def _worded(paper: Paper, reply: Reply) -> ReferenceQuestion:
    drafted = read_question_record(
        {
            "id": "d1",
            "question": "What does it do?",
            "type": "fact",
            "relevant": {paper.title: 2},
            "notes": "draft",
        }
    )
    with ModelServer(reply) as server:
        return word_by_model(drafted, paper, ChatModel(read_settings({"OPENAI_BASE_URL": server.url}).model))


def test_a_wording_is_taken_with_the_keys_that_the_abstract_holds(papers: tuple[Paper, ...]) -> None:
    worded = _worded(papers[3], says(f"```json\n{json.dumps(_REPLY)}\n```"))
    assert (worded.question, worded.answer) == ("How many bark images?", "12,400.")
    assert [nugget.keys for nugget in worded.nuggets] == [("12,400 images",), ("oak",)]
    assert worded.relevant == {"barkandleaf": 2}


@pytest.mark.parametrize(
    "reply",
    [says("I would rather not."), says("{}"), says("[1]"), says('{"question": "", "answer": "", "keys": []}'), refuses(401)],
)  # fmt: skip
def test_a_reply_that_cannot_be_used_leaves_the_draft_and_says_so(
    papers: tuple[Paper, ...], reply: Reply
) -> None:
    worded = _worded(papers[3], reply)
    assert worded.question == "What does it do?"
    assert "could not be used" in worded.notes
