"""Papers side by side: a column each, a row for each aspect; every cell is a footnote. Pure.

Papers are the columns, because there are few of them and their words need the width. A row's head sorts the
columns; else the table is worked as a set is (`ui.table_tools`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.types import Answer, Cell, Comparison, Evidence, PaperId, Source, shown_under
from ui.cards import text
from ui.footnote_links import footnote_link
from ui.table_tools import NUMBER, Controls, render_sorting, render_tools

_SILENT = "the abstract does not say"
_ASKED = "what was asked"  # the row for what goes beyond the usual aspects
_LAST = "9"  # sorts what is not said behind what is, which begins with 0
_ORDERED = 80  # letters that are enough to sort by


@dataclass(frozen=True, slots=True)
class _Column:
    """A paper, by its place in the table. The source of one of which no cell says anything has the number 0."""

    place: int
    source: Source
    cells: tuple[Cell, ...]


def render_comparison(answer: Answer, comparison: Comparison, *, turn: str) -> str:
    """Draw a comparison, and what can be done with it. A paper that says nothing has no footnote."""
    columns = _columns(answer, comparison)
    aspects = [(f"a{place}", aspect) for place, aspect in enumerate(comparison.aspects)]
    rows = [_row(key, aspect, columns, turn=turn) for key, aspect in aspects]
    years = [_years(columns)] if any(c.source.paper.published for c in columns) else []
    return (
        f'<div class="set compared" data-turn="{turn}">{_tools(columns, aspects, has_years=bool(years))}'
        '<div class="scroll" role="region" aria-label="Comparison" tabindex="0">'
        f'<table role="table" class="comparison">{_head(columns, aspects, turn=turn)}'
        f'<tbody role="rowgroup">{"".join([*years, *rows])}</tbody></table></div></div>'
    )


def compared_evidence(answer: Answer) -> dict[PaperId, tuple[Evidence, ...]]:
    """Return the words that the cells of an answer's comparison show, for each paper."""
    rows = answer.comparison.papers if answer.comparison else ()
    return {row.paper_id: tuple(e for cell in row.cells for e in cell.evidence) for row in rows}


def _columns(answer: Answer, comparison: Comparison) -> list[_Column]:
    silent = {ranked.paper.id: Source(0, ranked.paper, ()) for ranked in answer.ranking.papers}
    by_id = {**silent, **{source.paper.id: source for source in answer.sources}}
    known = [row for row in comparison.papers if row.paper_id in by_id]
    return [_Column(place, by_id[row.paper_id], row.cells) for place, row in enumerate(known)]


def _tools(columns: Sequence[_Column], aspects: Sequence[tuple[str, str]], *, has_years: bool) -> str:
    controls = Controls(
        label="The papers of the table",
        picks="papers",
        keeps=[("", "all papers"), *((key, f"that say: {_called(name)}") for key, name in aspects)],
        keeps_label="Filter by what is said",
        hides=[*([("year", "Year")] if has_years else []), *((key, _called(name)) for key, name in aspects)],
        hides_called="Rows",
    )
    return render_tools(controls, papers=len(columns))


def _head(columns: Sequence[_Column], aspects: Sequence[tuple[str, str]], *, turn: str) -> str:
    heads = "".join(_paper(column, aspects, turn=turn) for column in columns)
    return (
        '<thead role="rowgroup"><tr role="row" data-column="paper"><th role="rowheader" class="corner">'
        '<input type="checkbox" data-pick-all aria-label="Pick all papers that are shown"> '
        f"{render_sorting('paper', 'Paper')}</th>{heads}</tr></thead>"
    )


def _paper(column: _Column, aspects: Sequence[tuple[str, str]], *, turn: str) -> str:
    source = column.source
    title = f'<span class="title" dir="auto">{text(source.paper.title)}</span>'
    pick, mark = "", ""
    if source.number:
        pick = f'<input type="checkbox" data-pick aria-label="Pick paper {source.number}"> '
        mark = f"&nbsp;<sup>{_footnote(source, (), turn=turn)}</sup>"
    said = " ".join(key for key, aspect in aspects if _says(_find(column.cells, aspect)))
    return (
        f'<th role="columnheader" scope="col" data-paper="{text(source.paper.id)}" data-of="{column.place}" '
        f'data-marks="{said}" data-order="{text(source.paper.title)}">'
        f'<span data-column="{NUMBER}" data-order="{column.place}">{pick}{title}{mark}</span></th>'
    )


def _years(columns: Sequence[_Column]) -> str:
    years = [((c.source.paper.published or "")[:4], c) for c in columns]
    cells = "".join(_cell(text(year) or "–", column=c, order=year) for year, c in years)
    return _line("year", "Year", cells)


def _row(key: str, aspect: str, columns: Sequence[_Column], *, turn: str) -> str:
    return _line(key, _called(aspect), "".join(_said(c, _find(c.cells, aspect), turn=turn) for c in columns))


def _words(column: _Column, cell: Cell) -> str:
    """The words of a cell; those that an earlier one of the paper showed are not drawn again."""
    if cell.text:
        return f'<span dir="auto">{text(cell.text)}</span>'
    if before := shown_under(column.cells, column.cells.index(cell)):
        return f'<span class="silent">as under {text(_called(before))}</span>'
    return f'<q dir="auto">{text(" … ".join(e.quote for e in cell.evidence))}</q>'


def _line(key: str, name: str, cells: str) -> str:
    head = f'<th role="rowheader" scope="row" dir="auto">{render_sorting(key, name)}</th>'
    return f'<tr role="row" data-column="{key}">{head}{cells}</tr>'


def _said(column: _Column, cell: Cell | None, *, turn: str) -> str:
    if cell is None or not cell.evidence:
        return _cell(_SILENT, column=column, order=_LAST, look="silent")
    words = cell.text or " … ".join(e.quote for e in cell.evidence)
    mark = f"<sup>{_footnote(column.source, cell.evidence, turn=turn)}</sup>"
    return _cell(f"{_words(column, cell)}{mark}", column=column, order=f"0 {words[:_ORDERED]}")


def _cell(content: str, *, column: _Column, order: str, look: str = "") -> str:
    classed = f' class="{look}"' if look else ""
    return (
        f'<td role="cell"{classed} data-of="{column.place}" data-order="{text(order)}" '
        f'data-label="{text(column.source.paper.title)}">{content}</td>'
    )


def _footnote(source: Source, evidence: Sequence[Evidence], *, turn: str) -> str:
    number = source.number
    return footnote_link(number, turn=turn, evidence=evidence, shown=str(number), name=f"Footnote {number}")


def _says(cell: Cell | None) -> bool:
    return cell is not None and bool(cell.evidence)


def _find(cells: tuple[Cell, ...], aspect: str) -> Cell | None:
    return next((cell for cell in cells if cell.aspect == aspect), None)


def _called(aspect: str) -> str:
    return _ASKED if aspect == "asked" else aspect
