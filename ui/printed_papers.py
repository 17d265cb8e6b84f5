"""Papers in the terminal: a line each, in the order of a ranking, found so far, or one in full."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from rag.types import Member, Paper, Ranking
from ui import terminal
from ui.terminal import notice, plain, print_indented, print_line


def print_members(members: Iterable[Member]) -> None:
    """Print the papers that were found before a sweep was stopped, each with the words that show it."""
    for number, member in enumerate(members, start=1):
        line = Text(f"[{number}] ", style="cyan")
        line.append(plain(member.paper.title), style="bold")
        line.append(f"  {member.verdict.verdict.value}", style="dim")
        print_line(line)
        for evidence in member.verdict.evidence:
            print_indented(f"“{plain(evidence.quote)}”", by=4)


def print_ranking(ranking: Ranking) -> None:
    """Print search results: rank, title, and the best words of each paper."""
    for ranked in ranking.papers:
        head = Text(f"{ranked.rank:>3}  ", style="dim")
        head.append(plain(ranked.paper.title), style="bold")
        head.append(f"  {ranked.paper.id}  {ranked.score:.2f}", style="dim")
        print_line(head)
        for evidence in ranked.evidence[:1]:
            print_indented(f"“{plain(evidence.quote)}”", by=5)


def print_paper(paper: Paper) -> None:
    """Print one paper of a list: title and id."""
    line = Text(plain(paper.title))
    line.append(f"  {plain(paper.id)}", style="dim")
    print_line(line)


def print_whole_paper(paper: Paper, *, heading: str) -> None:
    """Print a paper in full, under a heading."""
    terminal.out.print()
    notice(heading)
    print_line(Text(plain(paper.title), style="bold"))
    print_line(plain(paper.abstract))
