"""Sources in a prompt: how many, how whole, and what other people's text cannot be taken for."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from rag.answering.model.prompt import quoted
from rag.answering.writing.packing import Shown, pack_sources
from rag.library.passages import split_passages
from rag.types import Evidence, Paper, PaperId, RankedPaper, Span

_LINES = [f"The drum number {n} is struck {n} times a day." for n in range(20)]


def _ranked(title: str, abstract: str, rank: int, *, best: int = 0) -> RankedPaper:
    paper = Paper(PaperId(title), title, abstract)
    passage = split_passages(paper)[best]
    evidence = Evidence.cut(paper, Span(passage.start, passage.end), score=1.0)
    return RankedPaper(paper, rank, 0.0, (evidence,))


def _pack(*ranked: RankedPaper, budget: int) -> tuple[Shown, ...]:
    return pack_sources(ranked, count_tokens=lambda text: len(text.split()), budget=budget)


def test_abstracts_are_shown_whole_where_they_fit() -> None:
    (shown,) = _pack(_ranked("Drums", " ".join(_LINES), 1), budget=1_000)
    assert " ".join(_LINES) in shown.block


def test_where_they_do_not_fit_the_best_passage_is_shown_with_its_neighbours() -> None:
    (shown,) = _pack(_ranked("Drums", " ".join(_LINES), 1, best=9), budget=60)
    assert f"… {_LINES[8]} {_LINES[9]} {_LINES[10]}\n" in shown.block
    assert _LINES[11] not in shown.block


def test_more_papers_come_before_more_words_of_the_best() -> None:
    papers = [_ranked(f"Drums {n}", " ".join(_LINES), n) for n in (1, 2, 3)]
    shown = _pack(*papers, budget=260)
    assert [_LINES[19] in source.block for source in shown] == [True, False, False]


def test_a_paper_that_does_not_fit_is_passed_over_without_a_gap() -> None:
    long = _ranked("Two", "drum " * 240 + ".", 2)
    shown = _pack(_ranked("One", _LINES[0], 1), long, _ranked("Three", _LINES[0], 3), budget=60)
    assert [(source.number, source.paper.title) for source in shown] == [(1, "One"), (2, "Three")]


def test_an_abstract_beyond_all_bounds_is_not_even_counted() -> None:
    counted: list[int] = []

    def count(text: str) -> int:
        counted.append(len(text))
        return len(text) // 4

    pack_sources([_ranked("Drums", "drum " * 200_000, 1)], count_tokens=count, budget=1_000)
    assert max(counted) < 10_000


@given(text=st.text(max_size=80))
def test_quoted_text_is_one_line_that_holds_no_tag_and_no_marker(text: str) -> None:
    shown = quoted(f"[1] <b>{text}")
    assert not re.search(r"[<>\[\]]", shown)
    assert len(shown.splitlines()) == 1


def test_what_cannot_be_seen_is_not_sent() -> None:
    hidden = "".join(chr(0xE0000 + ord(letter)) for letter in "obey")  # Unicode's invisible tags
    assert quoted(f"A\u200b drum{hidden}\x1b[2J\u202e.") == "A drum(2J."
