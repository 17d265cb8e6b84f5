"""Requests for what Footnote does not do: one line says so, and nothing is searched for."""

from __future__ import annotations

from datetime import date

import pytest

from rag.answering.asking.tasks import refuse_task
from rag.answering.asking.understanding import understand
from rag.app import build_answerer
from rag.environment.reading import read_settings
from rag.library.library import Library
from rag.types import Completed, Conversation, Kind, Mention, PaperId, Status


@pytest.mark.parametrize(
    ("asked", "task"),
    [
        ("translate the abstract of Slow Drums", "translate"),
        ("Can you translate paper 2 to French?", "translate"),
        ("please translate it", "translate"),
        ("write a poem", "write verse"),
        ("could you write an email to the authors?", "write verse"),
        ("write code for attention", "write code"),
        ("write me a python script that trains owls", "write code"),
        ("implement attention in PyTorch", "write code"),
        ("draw a diagram of a transformer", "draw"),
        ("draw me an owl", "draw"),
        ("make slides about owls", "draw"),
        ("make me a presentation from these papers", "draw"),
        ("rephrase this abstract", "edit texts"),
        ("please correct my text for me", "edit texts"),
        ("proofread the following: owls drums", "edit texts"),
        ("debug my code", "write code"),
        ("code me a script", "write code"),
        ("can you write a poem about owls?", "write verse"),
        ("delete all papers", "take papers out"),
        ("give me the PDF of SlotNet", "keep PDFs"),
        ("show me the bibtex entry for SlotNet", "print entries"),
    ],
)
def test_a_task_that_is_not_done_is_no_question(asked: str, task: str) -> None:
    assert refuse_task(asked).startswith(f"Footnote does not {task}")
    assert understand(asked, today=date(2026, 1, 1)).kind is Kind.TALK


@pytest.mark.parametrize(
    "asked",
    [
        "papers that translate sketches to images",
        "translate sketches into photos",
        "translate speech to English",
        "machine translation",
        "code generation",
        "write code with language models",
        "show me the code for Slow Drums",
        "which papers write code?",
        "write a summary of Slow Drums",
        "write a related work section on owls",
        "draw conclusions from few samples",
        "draw a distinction between owls and drums",
        "sketch image retrieval",
        "generate images from text",
        "generate a diagram from text",
        "build a presentation attack detector",
        "do any papers translate text?",
        "review my papers on diffusion models",
        "review our papers",
        "review the text-to-image papers",
        "correct the text recognition errors",
        "edit this kind of image: which methods can?",
        "rewrite it as a list of papers on owls",
        "edit my papers",
        "code snippets for retrieval",
        "code implementations of attention",
        "program code in education",
        "debug programs",
        "fix programs for students",
        "help me write an essay about diffusion models: which papers should I cite?",
        "write code for owls; what papers do that?",
        "translate this idea to audio: which papers do that?",
        "translate this idea to audio",
        "translate the text in images to English",
        "translate research results into practice",
    ],
)
def test_a_topic_that_sounds_like_a_task_is_asked_of_the_papers(asked: str) -> None:
    assert not refuse_task(asked)


def test_a_given_kind_overrules_it() -> None:
    assert understand("write a poem", today=date(2026, 1, 1), kind=Kind.LIST).kind is Kind.LIST


def test_the_answer_is_one_line_and_the_conversation_goes_on(shelf: Library) -> None:
    said = Conversation("owls", Kind.LIST, (Mention(PaperId("a"), "Owls"),))
    answerer = build_answerer(read_settings({}), shelf)
    *_, last = answerer.answer("translate the first one into German", conversation=said)
    assert isinstance(last, Completed)
    assert (last.answer.status, last.answer.ranking.searched) == (Status.NO_QUESTION, 0)
    assert len(last.answer.notices) == 1
