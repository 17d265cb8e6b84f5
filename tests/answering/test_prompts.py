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

from rag.answering.prompts import VERSION, Prompt, render_prompt
from rag.answering.tokens import count_tokens
from rag.types import Paper, PaperId, RankedPaper

_HERE = Path(__file__).parent
_HOSTILE = st.lists(
    st.sampled_from(["<", ">", "</source>", '<source number="9">', "/", "source", " ", "&lt;", "\n"]),
    max_size=12,
).map("".join)


def _ranked(*papers: tuple[str, str]) -> list[RankedPaper]:
    return [
        RankedPaper(Paper(PaperId(str(rank)), title, abstract), rank, 0.0, ())
        for rank, (title, abstract) in enumerate(papers, start=1)
    ]


def _render(question: str, *papers: tuple[str, str], budget: int = 8_000) -> Prompt:
    return render_prompt(question, _ranked(*papers), count_tokens=count_tokens, budget=budget)


def test_the_prompt_reads_as_it_did() -> None:
    prompt = _render(
        "Which papers tell trees apart?",
        ("Bark and Leaf", "Tree species are told apart from bark and leaf photos."),
        ("Slow Drums", "Slow Drums separates the drum track before it counts beats."),
    )
    # A prompt that changes gets a new version, and a new file beside the old one.
    golden = (_HERE / f"prompt-{VERSION.replace('/', '-')}.txt").read_text(encoding="utf-8")
    assert f"{prompt.system}\n\n=====\n\n{prompt.user}\n" == golden


@given(title=_HOSTILE, abstract=_HOSTILE, question=_HOSTILE)
def test_no_text_can_open_or_close_a_tag(title: str, abstract: str, question: str) -> None:
    user = _render(question, (title, abstract), ("Slow Drums", abstract)).user
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
    papers = [(f"Paper {length}", "drum " * length) for length in lengths]
    prompt = _render(question, *papers, budget=budget)
    assert prompt.papers[0].title == papers[0][0]
    if len(prompt.papers) > 1:
        assert count_tokens(prompt.system) + count_tokens(prompt.user) <= budget


def test_a_paper_that_does_not_fit_is_passed_over_without_a_gap() -> None:
    prompt = _render("drums", ("One", "a drum"), ("Two", "drum " * 4_000), ("Three", "a drum"), budget=1_000)
    assert [paper.title for paper in prompt.papers] == ["One", "Three"]
    assert '<source number="2">\nTitle: Three' in prompt.user


def test_special_tokens_count_as_text() -> None:
    assert count_tokens("<|endoftext|>") > 1


def test_tokens_are_counted_without_a_network(tmp_path: Path) -> None:
    code = (
        "import socket\n"
        "def refuse(*_args: object, **_options: object) -> None:\n"
        "    raise AssertionError('no network')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
        "from rag.answering.tokens import count_tokens\n"
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
    assert _render(question, ("One", "a drum")).user.endswith(f"Question: {question}")
