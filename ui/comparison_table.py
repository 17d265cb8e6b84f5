"""A comparison as a table in the terminal: aspects down, papers across; more than fit stand below each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from rag.types import Answer, Cell, Comparison, PaperId, Source, shown_under
from ui.terminal import plain

_BESIDE = 3


def draw_comparison(answer: Answer, comparison: Comparison) -> Iterator[RenderableType]:
    """Yield one table, or for more than three papers each under its title, after an empty line."""
    sources = {source.paper.id: source for source in answer.sources}
    if len(comparison.papers) <= _BESIDE:
        yield _side_by_side(comparison, sources)
        return
    for row in comparison.papers:
        yield Text()
        yield _title(sources.get(row.paper_id), row.paper_id)
        yield _alone(row.cells)


def _side_by_side(comparison: Comparison, sources: Mapping[PaperId, Source]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True, header_style="", show_lines=False)
    table.add_column("", style="dim", no_wrap=True)
    for row in comparison.papers:
        table.add_column(_title(sources.get(row.paper_id), row.paper_id), ratio=1, overflow="fold")
    for place, aspect in enumerate(comparison.aspects):
        table.add_row(aspect, *(_cell(row.cells, place) for row in comparison.papers), end_section=True)
    return table


def _alone(cells: Sequence[Cell]) -> Table:
    table = Table(box=None, pad_edge=False, expand=True, show_header=False)
    table.add_column("", style="dim", no_wrap=True)
    table.add_column("", ratio=1, overflow="fold")
    for place, cell in enumerate(cells):
        table.add_row(cell.aspect, _cell(cells, place))
    return table


def _title(source: Source | None, paper_id: str) -> Text:
    if source is None:  # nothing of it was quoted
        return Text(plain(paper_id), style="bold")
    return Text(f"[{source.number}] ", style="cyan").append(plain(source.paper.title), style="bold not dim")


def _cell(cells: Sequence[Cell], place: int) -> Text:
    """The words of a cell; words that an earlier one of the paper showed are not printed again."""
    cell = cells[place]
    if not cell.evidence:
        return Text("the abstract does not say", style="dim")
    if cell.text:
        return Text(plain(cell.text))
    if before := shown_under(cells, place):
        return Text(f"as under {before}", style="dim")
    return Text("\n".join(f"“{plain(evidence.quote)}”" for evidence in cell.evidence))
