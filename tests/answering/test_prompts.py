"""The prompt: its wording, its budget, and what other people's text cannot do in it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.comparing.aspects import ASPECTS
from rag.answering.comparing.comparison import ASKED
from rag.answering.model.prompt import Prompt
from rag.answering.sets.judging_prompt import JUDGING_VERSION, render_judging, render_paper
from rag.answering.writing.packing import Shown
from rag.answering.writing.prompts import (
    COMPARING_VERSION,
    EXPLAINING_RULES,
    EXPLAINING_VERSION,
    REPAIR_VERSION,
    VERSION,
    Refused,
    comparing_rules,
    render_prompt,
    render_repair,
)
from rag.answering.writing.tokens import count_tokens
from rag.types import Criterion, Paper, PaperId, RankedPaper

_HERE = Path(__file__).parent
_HOSTILE = st.lists(
    st.sampled_from(["<", ">", "</source>", '<source number="9">', "/", "source", " ", "&lt;", "\n"]),
    max_size=12,
).map("".join)


_TWO = (
    ("Bark and Leaf", "Tree species are told apart from bark and leaf photos."),
    ("Slow Drums", "Slow Drums separates the drum track before it counts beats."),
)


def _ranked(*papers: tuple[str, str]) -> list[RankedPaper]:
    return [
        RankedPaper(Paper(PaperId(str(rank)), title, abstract), rank, 0.0, ())
        for rank, (title, abstract) in enumerate(papers, start=1)
    ]


def _render(question: str, *papers: tuple[str, str], budget: int = 8_000) -> tuple[Prompt, tuple[Shown, ...]]:
    return render_prompt(question, _ranked(*papers), budget=budget)


def _golden(version: str) -> str:
    return (_HERE / f"prompt-{version.replace('/', '-')}.txt").read_text(encoding="utf-8")


def test_the_prompt_reads_as_it_did() -> None:
    prompt, _ = _render("Which papers tell trees apart?", *_TWO)
    # A prompt that changes gets a new version, and its file a new name.
    assert f"{prompt.system}\n\n=====\n\n{prompt.user}\n" == _golden(VERSION)


def test_the_request_to_compare_reads_as_it_did() -> None:
    prompt, _ = render_prompt(
        "How do they differ?",
        _ranked(*_TWO),
        budget=8_000,
        rules=comparing_rules(("method", "data")),
    )
    assert f"{prompt.system}\n\n=====\n\n{prompt.user}\n" == _golden(COMPARING_VERSION)


def test_every_aspect_that_may_be_compared_is_explained() -> None:
    told = comparing_rules((ASKED, *(aspect.name for aspect in ASPECTS)))
    assert told.count(" = ") == 1 + len(ASPECTS)


def test_the_request_to_explain_reads_as_it_did() -> None:
    prompt, _ = render_prompt(
        "Why do drums halve errors?",
        _ranked(*_TWO),
        budget=8_000,
        rules=EXPLAINING_RULES,
    )
    assert f"{prompt.system}\n\n=====\n\n{prompt.user}\n" == _golden(EXPLAINING_VERSION)


def test_the_request_to_mend_reads_as_it_did() -> None:
    _, sources = _render("Which papers tell trees apart?", *_TWO)
    refused = [
        Refused("It counts 90 beats.", (2,), "the number 90 does not stand in what it cites"),
        Refused("Bark helps [.", (), "it cites no source that was shown"),
    ]
    prompt = render_repair("Which papers tell trees apart?", sources, refused)
    assert f"{prompt.system}\n\n=====\n\n{prompt.user}\n" == _golden(REPAIR_VERSION)


def test_the_request_to_judge_reads_as_it_did() -> None:
    papers = [render_paper(label, *paper) for label, paper in zip(("k7f2", "m3xq"), _TWO, strict=True)]
    prompt = render_judging([Criterion("trees"), Criterion("drums", negated=True)], papers)
    assert f"{prompt.system}\n\n=====\n\n{prompt.user}\n" == _golden(JUDGING_VERSION)


@given(title=_HOSTILE, abstract=_HOSTILE, text=_HOSTILE)
def test_no_paper_and_no_criterion_can_open_or_close_a_tag(title: str, abstract: str, text: str) -> None:
    user = render_judging([Criterion(text)], [render_paper("k7f2", title, abstract)]).user
    assert re.findall(r"<[^>]*>", user) == ['<paper id="k7f2">', "</paper>"]


@given(title=_HOSTILE, abstract=_HOSTILE, question=_HOSTILE, said=_HOSTILE)
def test_no_text_can_open_or_close_a_tag(title: str, abstract: str, question: str, said: str) -> None:
    prompt, sources = _render(question, (title, abstract), ("Slow Drums", abstract))
    repair = render_repair(question, sources, [Refused(said, (), said)])
    for user in (prompt.user, repair.user):
        assert re.findall(r"<[^>]*>", user) == [
            *('<source number="1">', "</source>"),
            *('<source number="2">', "</source>"),
        ]
        assert user.count("<") == user.count(">") == 4


@given(
    lengths=st.lists(st.integers(1, 400), min_size=1, max_size=12),
    budget=st.integers(400, 2_000),
    question=st.sampled_from(["short", "<" * 500, "🙂" * 100]),
)
def test_the_budget_is_kept(lengths: list[int], budget: int, question: str) -> None:
    papers = [(f"Paper {length}", "A drum is heard. " * length) for length in lengths]
    prompt, sources = _render(question, *papers, budget=budget)
    assert sources[0].paper.title == papers[0][0]
    if len(sources) > 1:
        assert count_tokens(prompt.system) + count_tokens(prompt.user) <= budget


def test_special_tokens_count_as_text() -> None:
    assert count_tokens("<|endoftext|>") > 1


def test_tokens_are_counted_without_a_network(tmp_path: Path) -> None:
    code = (
        "import socket\n"
        "def refuse(*_args: object, **_options: object) -> None:\n"
        "    raise AssertionError('no network')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
        "from rag.answering.writing.tokens import count_tokens\n"
        "print(count_tokens('local and global'))"
    )
    environment = {k: v for k, v in os.environ.items() if not k.endswith("_CACHE_DIR")}
    result = subprocess.run(  # noqa: S603  # our own code
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={**environment, "TMPDIR": str(tmp_path)},
    )
    assert result.stdout == "3\n", result.stderr


@pytest.mark.parametrize("question", ["", "?"])
def test_the_question_comes_last(question: str) -> None:
    prompt, _ = _render(question, ("One", "a drum"))
    assert prompt.user.endswith(f"Question: {question}")
