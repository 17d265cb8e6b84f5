"""What the catalogue tells of the papers in scope: how many, of which years, from which files, by whom. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rag.answering.corpus.lines import Line, introduce
from rag.numbers import counted
from rag.types import Paper

_MOST_AUTHORS = 15


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is looked at: `size` papers of the `of` in the library; `undecided` have no date to tell by.

    `pointed` tells papers that were pointed at, one by one, from those that a filter leaves.
    """

    size: int
    of: int
    undecided: int = 0
    pointed: bool = False

    @property
    def those(self) -> str:
        """Name the papers that were counted."""
        if self.size == self.of:
            return f"the {counted(self.of, 'paper')}"
        return f"the {counted(self.size, 'paper')} in scope"


def count_papers(shelf: Shelf, _: Iterable[Paper]) -> Iterator[Line]:
    """Yield how many papers there are, and of how many."""
    yield Line(_size(shelf))


def _size(shelf: Shelf) -> str:
    if shelf.size == shelf.of:
        return f"The library holds {counted(shelf.of, 'paper')}."
    if shelf.pointed and not shelf.undecided:
        are = "This is" if shelf.size == 1 else "These are"
        return f"{are} {counted(shelf.size, 'paper')}, of the {shelf.of:,} in the library."
    return f"{shelf.size:,} of the {counted(shelf.of, 'paper')} {'is' if shelf.size == 1 else 'are'} in scope{_left_out(shelf)}."


def _left_out(shelf: Shelf) -> str:
    return (
        f"; {counted(shelf.undecided, 'paper')} without a date, or with one too coarse, not counted"
        if shelf.undecided
        else ""
    )


def count_years(shelf: Shelf, papers: Iterable[Paper]) -> Iterator[Line]:
    """Yield how many papers each year has, and how many have no date."""
    years = Counter((paper.published or "")[:4] for paper in papers)
    undated = years.pop("", 0)
    if not years:
        yield Line(_undated(shelf))
        return
    if shelf.size == 1:
        yield Line(f"The paper in scope is from {next(iter(years))}.")
        return
    first, last = min(years), max(years)
    span = f"are from {first} to {last}" if first != last else f"are from {first}"
    counts = ", ".join(f"{year}: {years[year]:,}" for year in sorted(years))
    yield Line(f"The papers {span}; papers a year: {counts}.")
    yield Line(
        f"{counted(undated, 'paper')} of {shelf.those} {'has' if undated == 1 else 'have'} no date."
        if undated
        else "All have a date."
    )


def _undated(shelf: Shelf) -> str:
    return "The paper in scope has no date." if shelf.size == 1 else f"None of {shelf.those} has a date."


def show_ends(shelf: Shelf, papers: Iterable[Paper], *, newest: bool, most: int) -> Iterator[Line]:
    """Yield the newest or the oldest papers, at most so many, each with its date and words of its own."""
    kept = list(papers)
    dated = sorted(
        (paper for paper in kept if paper.published), key=lambda p: p.published or "", reverse=newest
    )
    if not dated:
        yield Line(_undated(shelf))
        return
    undated = len(kept) - len(dated)
    without = f" {counted(undated, 'paper')} without a date not looked at." if undated else ""
    yield Line(
        f"The {'newest' if newest else 'oldest'} of {counted(len(dated), 'paper')} with a date.{without}"
    )
    for paper in dated[:most]:
        yield Line(f"{paper.published}:")
        yield introduce(paper)


def count_files(shelf: Shelf, papers: Iterable[Paper]) -> Iterator[Line]:
    """Yield how many papers each file lists, the longest list first."""
    files = Counter(source for paper in papers for source in paper.sources)
    counts = ", ".join(
        f"{name} ({number:,})" for name, number in sorted(files.items(), key=lambda i: (-i[1], i[0]))
    )
    noun = "file" if len(files) == 1 else "files"
    twice = " A paper that several files list is counted in each." if files.total() > shelf.size else ""
    come = "comes" if shelf.size == 1 else "come"
    yield Line(
        f"{shelf.those[:1].upper()}{shelf.those[1:]} {come} from {len(files)} {noun}: {counts}.{twice}"
    )


def count_authors(shelf: Shelf, papers: Iterable[Paper]) -> Iterator[Line]:
    """Yield how many authors are named, and those of most papers."""
    authors = Counter(author for paper in papers for author in dict.fromkeys(paper.authors))
    if not authors:
        yield Line(
            "The paper in scope has no named authors: the file that it comes from names none."
            if shelf.size == 1
            else f"None of {shelf.those} names its authors: the files that they come from do not."
        )
        return
    first = sorted(authors.items(), key=lambda item: (-item[1], item[0]))[:_MOST_AUTHORS]
    counts = ", ".join(f"{name} ({number:,})" for name, number in first)
    are = "is" if len(authors) == 1 else "are"
    yield Line(f"{counted(len(authors), 'author')} {are} named; those of most papers: {counts}.")
