"""The terminal: how answers look there, and that no foreign text commands it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from rag.answering.answerer import last_answer
from rag.app import build_answerer
from rag.environment.reading import read_settings
from rag.library.library import Library
from rag.types import Answer, Citation, Paper, Sentence, Source, Status
from ui import terminal
from ui.printed_answers import print_answer
from ui.printed_papers import print_ranking


@pytest.fixture
def answer(shelf: Library) -> Answer:
    """An answer in quotes."""
    return last_answer(build_answerer(read_settings({}), shelf).answer("which papers count things?"))


@given(st.text())
def test_plain_text_has_no_control_characters_but_tab_and_line_feed(text: str) -> None:
    shown = terminal.plain(text)
    assert not [char for char in shown if ord(char) < 32 or 127 <= ord(char) < 160 if char not in "\t\n"]
    assert terminal.plain(shown) == shown


def test_quotes_stand_under_their_numbered_papers(answer: Answer, capsys: pytest.CaptureFixture[str]) -> None:
    print_answer(answer)
    shown = capsys.readouterr().out.splitlines()
    heads = [line for line in shown if line.startswith("[")]
    assert heads == [f"[{source.number}] {source.paper.title}" for source in answer.sources]
    assert sum(line.startswith("    ") and "“" in line for line in shown) == len(answer.sentences)


def test_the_prose_of_a_model_carries_its_numbers_and_ends_with_its_papers(
    answer: Answer, capsys: pytest.CaptureFixture[str]
) -> None:
    paper = replace(answer.sources[0].paper, published="2024-05", url="https://example.org/twin")
    citation = Citation(1, paper.id, answer.sources[0].evidence)
    prose = replace(
        answer,
        writer="llm:small-one",
        sentences=(
            Sentence("It fuses two scales.", (citation,), supported=True),
            Sentence("It is [bold]accurate[/bold].", (citation,), supported=True),
        ),
        sources=(Source(1, paper, citation.evidence),),
    )
    print_answer(prose)
    assert capsys.readouterr().out.splitlines() == [
        "It fuses two scales. [1] It is [bold]accurate[/bold]. [1]",
        "",
        f"[1] {paper.title}  2024-05  https://example.org/twin",
        "",
    ]


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (Status.NOT_IN_LIBRARY, "Not in this library."),
        (Status.NOT_STATED, "The abstracts do not say."),
        (Status.FILTER_EMPTY, "No paper passes the filter."),
    ],
)
def test_a_refusal_says_why_and_names_the_nearest_papers(
    answer: Answer, capsys: pytest.CaptureFixture[str], status: Status, said: str
) -> None:
    print_answer(replace(answer, status=status, sentences=()))
    first, _, nearest, *titles = capsys.readouterr().out.splitlines()
    assert (first, nearest) == (said, "Nearest papers:")
    assert [title.strip() for title in titles if title] == [source.paper.title for source in answer.sources]


def test_notices_go_to_stderr_a_line_each(answer: Answer, capsys: pytest.CaptureFixture[str]) -> None:
    long = "The model server did not answer, and that is told here at some length. " * 3
    print_answer(replace(answer, notices=(long, "Short.")))
    shown = capsys.readouterr()
    assert long not in shown.out
    assert shown.err.splitlines()[:2] == [long, "Short."]


def test_foreign_text_cannot_command_the_terminal(answer: Answer, capsys: pytest.CaptureFixture[str]) -> None:
    wicked = "\x1b]0;owned\x07 \x9b2J \x1b[31m"
    paper = replace(answer.sources[0].paper, title=wicked, url=wicked, published=wicked)
    citation = Citation(1, paper.id, ())
    for writer in ("quotes", f"llm:{wicked}"):
        print_answer(
            replace(
                answer,
                writer=writer,
                sentences=(Sentence(wicked, (citation,), supported=True),),
                sources=(Source(1, paper, ()),),
                notices=(wicked,),
            )
        )
    best = answer.ranking.papers[0]
    quote = replace(best.evidence[0], quote=wicked)
    print_ranking(replace(answer.ranking, papers=(replace(best, paper=paper, evidence=(quote,)),)))
    shown = capsys.readouterr()
    assert not set("\x1b\x07\x9b") & set(shown.out + shown.err)


def test_a_pipe_sees_no_progress(
    make_library: Callable[..., Library], papers: tuple[Paper, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    library = make_library(*papers, indexed=False)
    terminal.show_progress(library)
    assert library.unindexed() == 0
    assert capsys.readouterr() == ("", "")


def test_a_terminal_sees_how_many_papers_are_done(
    make_library: Callable[..., Library], papers: tuple[Paper, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = _on_a_terminal(monkeypatch, "err", width=120)
    terminal.show_progress(make_library(*papers, indexed=False))
    assert "5 of 5 papers" in screen.getvalue()
    assert "papers/s, 0:00 left" in screen.getvalue()


def test_a_terminal_sees_no_bar_where_nothing_is_to_be_built(
    shelf: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = _on_a_terminal(monkeypatch, "err", width=120)
    terminal.show_progress(shelf)
    assert screen.getvalue() == ""


def test_a_terminal_wraps_a_title_to_the_right_of_its_number_and_a_pipe_gets_one_line(
    answer: Answer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    best = answer.ranking.papers[0]
    title = "Kelp forests that shelter many seals"
    ranking = replace(
        answer.ranking,
        papers=(replace(best, paper=replace(best.paper, title=title), evidence=(), score=0.5),),
    )
    print_ranking(ranking)
    assert capsys.readouterr().out == f"  1  {title}  {best.paper.id}  0.50\n"
    screen = _on_a_terminal(monkeypatch, "out", width=28)
    print_ranking(ranking)
    assert [line.rstrip() for line in screen.getvalue().splitlines()] == [
        "  1  Kelp forests that",
        "     shelter many seals",
        f"     {best.paper.id}  0.50",
    ]


def test_one_empty_line_parts_headings_quotes_and_what_is_said_of_the_answer(
    answer: Answer, capsys: pytest.CaptureFixture[str]
) -> None:
    heading = Sentence("Two headings.", (), supported=True, claims=False)
    print_answer(replace(answer, sentences=(heading, heading, answer.sentences[0], heading)))
    shown = capsys.readouterr().out
    assert "\n\n\n" not in shown
    assert shown.startswith("Two headings.\n\nTwo headings.\n\n[1] ")
    assert shown.endswith("\n\nTwo headings.\n\n")


def test_a_refusal_says_what_was_looked_for(answer: Answer, capsys: pytest.CaptureFixture[str]) -> None:
    line = "“Twin Scale Fusion” is here, but states no licence."
    print_answer(replace(answer, status=Status.NOT_STATED, sentences=(), missing=line))
    assert capsys.readouterr().out.splitlines()[1] == line


def test_a_quote_that_two_papers_share_names_the_other_and_a_lead_stands_outside_of_it(
    answer: Answer, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = answer.sources[:2]
    cited = (Citation(1, one.paper.id, one.evidence[:1]), Citation(2, other.paper.id, other.evidence[:1]))
    first = Sentence("Both say so.", cited, supported=True)
    second = Sentence("It is fast.", cited[:1], supported=True, lead="method")
    print_answer(replace(answer, sentences=(first, second)))
    assert capsys.readouterr().out.splitlines()[1:4] == [
        "    “Both say so.”",
        f"    alike in [2] {other.paper.title}",
        "    method: “It is fast.”",
    ]


def _on_a_terminal(monkeypatch: pytest.MonkeyPatch, name: str, *, width: int) -> io.StringIO:
    """Have a stream of the terminal be a screen without colours."""
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, color_system=None, highlight=False, width=width)
    monkeypatch.setattr(terminal, name, console)
    return screen
