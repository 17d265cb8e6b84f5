"""Papers in the terminal: in the order of a ranking, found so far, as a list, or one in full."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from rag.types import Member, Paper, Ranking
from ui import terminal
from ui.signs import word
from ui.terminal import notice, plain, print_hanging, print_indented, print_line


def print_members(members: Iterable[Member]) -> None:
    """Print the papers that were found before a sweep was stopped, each with the words that show it."""
    for number, member in enumerate(members, start=1):
        line = Text(plain(member.paper.title), style="bold")
        line.append(f"  {word(member.verdict.verdict)}", style="not bold dim")
        print_hanging(Text(f"[{number}] ", style="cyan"), line)
        for evidence in member.verdict.evidence:
            print_indented(f"“{plain(evidence.quote)}”", by=4)


def print_ranking(ranking: Ranking) -> None:
    """Print search results: rank, title, id, score, and the best words of each paper."""
    for ranked in ranking.papers:
        mark, title = Text(f"{ranked.rank:>3}  ", style="dim"), Text(plain(ranked.paper.title), style="bold")
        _print_entry(mark, title, f"{plain(ranked.paper.id)}  {ranked.score:.2f}")
        for evidence in ranked.evidence[:1]:
            print_indented(f"“{plain(evidence.quote)}”", by=len(mark))


def print_paper(paper: Paper) -> None:
    """Print one paper of a list: title and id."""
    _print_entry(Text(), Text(plain(paper.title)), plain(paper.id))


def _print_entry(mark: Text, title: Text, details: str) -> None:
    """Print a title with its details: below it on a terminal, else behind it, because a paper a line is easy to cut."""
    told = Text(details, style="dim")
    if terminal.out.is_terminal:
        print_hanging(mark, title)
        print_indented(told, by=len(mark) or 4)
    else:
        print_line(Text.assemble(mark, title, "  ", told))


def print_whole_paper(paper: Paper, *, heading: str) -> None:
    """Print a paper in full, under a heading."""
    terminal.out.print()
    notice(heading)
    print_line(Text(plain(paper.title), style="bold"))
    print_line(plain(paper.abstract))
