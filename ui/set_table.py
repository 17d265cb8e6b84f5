"""A set of papers as a table in the terminal: verdicts, the words that show them, year; by theme where it is long.

A question of several criteria has a column for each, called by a letter that the legend explains; behind each
quote stand the letters of what it shows. On a narrow screen the year stands behind the title.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from rag.types import Answer, Criterion, Evidence, Judgement
from ui.set_rows import Row, answer_rows, criteria_of, criterion_name, group_rows
from ui.signs import LEGEND, sign, word
from ui.terminal import plain

_COLOURS = {Judgement.MEETS: "green", Judgement.PARTLY: "yellow"}
_SIGN_COLOURS = {"●": "green", "◐": "yellow", "○": "red", "?": "dim"}
_LETTERS = "abcdefgh"
_NARROW = 72


@dataclass(frozen=True, slots=True)
class _Layout:
    """The criteria that have a column, and whether there is one for years."""

    criteria: tuple[Criterion, ...]
    has_years: bool


def draw_set(answer: Answer, *, width: int) -> Iterator[RenderableType]:
    """Yield the legend and the table, for a screen of so many columns."""
    rows = answer_rows(answer)
    criteria = criteria_of(rows)
    dated = any(row.paper.published for row in rows)
    layout = _Layout(criteria if len(criteria) > 1 else (), dated and width >= _NARROW)
    yield from _legend(layout.criteria)
    table = _table(layout)
    before = [Text()] * (2 + len(layout.criteria))
    for place, group in enumerate(group_rows(rows, answer)):
        if group.name:
            heading = Text.assemble(
                "\n" if place else "", (plain(group.name), "bold cyan"), f"  {len(group.rows)}"
            )
            table.add_row(*before, heading)
        for row in group.rows:
            table.add_row(*_cells(row, layout))
    yield table


def criteria_line(answer: Answer, number: int) -> str:
    """Say in words what a paper does with each of several criteria; nothing where there is one.

    For pipes and screen readers, which signs in columns serve badly.
    """
    told = next((row.criteria for row in answer_rows(answer) if row.number == number), ())
    if len(told) <= 1:
        return ""
    parts = (
        f"{plain(criterion_name(one.criterion))}: {sign(one.verdict, negated=one.criterion.negated)[1]}"
        for one in told
    )
    return "; ".join(parts)


def _legend(criteria: Sequence[Criterion]) -> Iterator[Text]:
    for letter, criterion in zip(_LETTERS, criteria, strict=False):
        yield Text.assemble((f"  {letter}  ", "cyan"), plain(criterion_name(criterion)))
    if criteria:
        yield Text(f"  {LEGEND}", style="dim")


def _table(layout: _Layout) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True, header_style="dim")
    table.add_column("", justify="right", style="cyan", no_wrap=True)
    table.add_column("verdict", no_wrap=True)
    for letter, _ in zip(_LETTERS, layout.criteria, strict=False):
        table.add_column(letter, no_wrap=True)
    table.add_column("paper, and the words that show it", ratio=1, overflow="fold")
    if layout.has_years:
        table.add_column("year", no_wrap=True, style="dim")
    return table


def _cells(row: Row, layout: _Layout) -> Iterator[Text]:
    verdict = row.verdict
    year = plain((row.paper.published or "")[:4])
    yield Text(f"[{row.number}]")
    yield Text(word(verdict) if verdict else "", style=_COLOURS.get(verdict, "") if verdict else "")
    told = {one.criterion: one.verdict for one in row.criteria}
    for criterion in layout.criteria:
        shown, _, _ = sign(told.get(criterion, Judgement.UNCLEAR), negated=criterion.negated)
        yield Text(shown, style=_SIGN_COLOURS[shown])
    title = Text(plain(row.paper.title), style="bold")
    if year and not layout.has_years:
        title.append(f"  {year}", style="not bold dim")
    for evidence in row.quotes:
        title.append(f"\n“{plain(evidence.quote)}”", style="not bold")
        title.append(_shows(evidence, row, layout.criteria), style="not bold cyan")
    yield title
    if layout.has_years:
        yield Text(year)


def _shows(evidence: Evidence, row: Row, criteria: Sequence[Criterion]) -> str:
    """The letters of the criteria that a quote shows."""
    span = (evidence.start, evidence.end)
    shown = {one.criterion for one in row.criteria if span in {(e.start, e.end) for e in one.evidence}}
    letters = [letter for letter, criterion in zip(_LETTERS, criteria, strict=False) if criterion in shown]
    return f" {' '.join(letters)}" if letters else ""
