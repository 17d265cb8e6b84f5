"""Papers side by side: a column each, a row for each aspect; every cell is a footnote. Pure.

Papers are the columns, because there are few of them and their words need the width.
"""

from __future__ import annotations

from rag.types import Answer, Cell, Comparison, Evidence, PaperId, Source
from ui.cards import text
from ui.footnote_links import footnote_link

_SILENT = "the abstract does not say"
_CALLED = {"asked": "what was asked"}  # the row for what goes beyond the usual aspects


def render_comparison(answer: Answer, comparison: Comparison, *, turn: str) -> str:
    """Draw a comparison. A paper of which no cell says anything is no source, and has no footnote."""
    silent = {ranked.paper.id: Source(0, ranked.paper, ()) for ranked in answer.ranking.papers}
    by_id = {**silent, **{source.paper.id: source for source in answer.sources}}
    columns = [(by_id[row.paper_id], row.cells) for row in comparison.papers if row.paper_id in by_id]
    heads = "".join(_head(source, turn=turn) for source, _ in columns)
    rows = "".join(
        f'<tr role="row"><th role="rowheader" scope="row" dir="auto">{text(_CALLED.get(aspect, aspect))}</th>'
        + "".join(_cell(_find(cells, aspect), source=source, turn=turn) for source, cells in columns)
        + "</tr>"
        for aspect in comparison.aspects
    )
    return (
        f'<div class="set compared" data-turn="{turn}"><div class="scroll" role="region" '
        'aria-label="Comparison" tabindex="0"><table role="table" class="comparison"><thead role="rowgroup">'
        f'<tr role="row"><td role="cell"></td>{heads}</tr></thead><tbody role="rowgroup">{rows}</tbody></table></div>'
        '<div class="set-tools" role="group" aria-label="The papers of the table"><span class="picks">'
        '<span class="picked" role="status">Pick papers to ask about or save</span> '
        '<button type="button" data-do="ask-picked" hidden>Ask about them</button>'
        '<button type="button" data-do="unpick" hidden>Clear</button></span></div></div>'
    )


def compared_evidence(answer: Answer) -> dict[PaperId, tuple[Evidence, ...]]:
    """Return the words that the cells of an answer's comparison show, for each paper."""
    rows = answer.comparison.papers if answer.comparison else ()
    return {row.paper_id: tuple(e for cell in row.cells for e in cell.evidence) for row in rows}


def _head(source: Source, *, turn: str) -> str:
    year = f" <small>{text(source.paper.published[:4])}</small>" if source.paper.published else ""
    title = f'<span class="title" dir="auto">{text(source.paper.title)}</span>{year}'
    if not source.number:
        return f'<th role="columnheader" scope="col">{title}</th>'
    mark = footnote_link(
        source.number, turn=turn, evidence=(), shown=str(source.number), name=f"Footnote {source.number}"
    )
    return (
        f'<th role="columnheader" scope="col" data-paper="{text(source.paper.id)}">'
        f'<input type="checkbox" data-pick aria-label="Pick paper {source.number}"> {title}&nbsp;<sup>{mark}</sup></th>'
    )


def _cell(cell: Cell | None, *, source: Source, turn: str) -> str:
    label = f' data-label="{text(source.paper.title)}"'
    if cell is None or not cell.evidence:
        return f'<td role="cell" class="silent"{label}>{_SILENT}</td>'
    mark = footnote_link(
        source.number,
        turn=turn,
        evidence=cell.evidence,
        shown=str(source.number),
        name=f"Footnote {source.number}",
    )
    said = (
        f'<span dir="auto">{text(cell.text)}</span>'
        if cell.text
        else f'<q dir="auto">{text(" … ".join(e.quote for e in cell.evidence))}</q>'
    )
    return f'<td role="cell"{label}>{said}<sup>{mark}</sup></td>'


def _find(cells: tuple[Cell, ...], aspect: str) -> Cell | None:
    return next((cell for cell in cells if cell.aspect == aspect), None)
