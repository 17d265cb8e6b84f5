"""A set of papers as a table: a row each, with its verdict, its criteria, its year, and its words. Pure.

The table stands on its own without scripts; `assets/table.js` sorts, filters, hides and picks by what
stands in its attributes. Roles are written out, because a narrow screen lays rows out as cards, and
browsers then forget that it is a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.numbers import counted
from rag.types import Criterion, CriterionVerdict, Evidence, Judgement
from ui.cards import text
from ui.footnote_links import footnote_link
from ui.set_rows import Group, Row, criteria_of, criterion_name, group_rows
from ui.signs import LEGEND, sign, word
from ui.table_tools import NUMBER, Controls, render_sorting, render_tools
from ui.turns import Turn


@dataclass(frozen=True, slots=True)
class _Columns:
    """What the rows of a turn have in common. Rows can be picked once the answer is whole."""

    turn: str
    criteria: tuple[Criterion, ...]
    has_years: bool
    can_pick: bool


def render_table(turn: Turn, rows: Sequence[Row]) -> str:
    """Draw the rows, and what can be done with them; in quotes that still grow, the latter keeps its room."""
    columns = _Columns(
        turn.name,
        criteria_of(rows),
        has_years=any(row.paper.published for row in rows),
        can_pick=turn.answer is not None,
    )
    groups = group_rows(rows, turn.answer)
    body = "".join(_group(group, columns) for group in groups)
    legend = f'<p class="legend" aria-hidden="true">{LEGEND}</p>' if columns.criteria else ""
    tools = _tools(rows, columns, is_grouped=len(groups) > 1) if turn.answer or not turn.members else ""
    return (
        f'<div class="set{"" if turn.answer else " growing"}" data-turn="{turn.name}">{tools}'
        '<div class="scroll" role="region" aria-label="Papers of this answer" tabindex="0">'
        f'<table role="table" class="papers-set">{_head(columns)}{body}</table></div>{legend}</div>'
    )


def _tools(rows: Sequence[Row], columns: _Columns, *, is_grouped: bool) -> str:
    told = [v for v in Judgement if any(row.verdict is v for row in rows)]
    grouped = (
        '<label class="by-theme"><input type="checkbox" data-themes checked> by theme</label>'
        if is_grouped
        else ""
    )
    controls = Controls(
        label="The rows of the table",
        picks="rows",
        keeps=[("", "all verdicts"), *((v.value, word(v)) for v in told)],
        keeps_label="Filter by verdict",
        hides=[*_named(columns), ("quote", "Quotes")],
        hides_called="Columns",
        extra=grouped,
    )
    return render_tools(controls, papers=len(rows))


def _named(columns: _Columns) -> list[tuple[str, str]]:
    """The columns that can be hidden, in their order, each with its name."""
    criteria = [(f"c{place}", criterion_name(one)) for place, one in enumerate(columns.criteria)]
    return [("verdict", "Verdict"), *criteria, *([("year", "Year")] if columns.has_years else [])]


def _head(columns: _Columns) -> str:
    named = [(NUMBER, "#"), ("paper", "Paper"), *_named(columns)]
    heads = "".join(
        f'<th role="columnheader" scope="col" data-column="{key}"{_ascending(key)}>{render_sorting(key, name)}</th>'
        for key, name in named
    )
    return (
        '<thead role="rowgroup"><tr role="row"><th role="columnheader" class="pick"><input type="checkbox" data-pick-all'
        f'{_still(columns)} aria-label="Pick all rows that are shown"></th>{heads}</tr></thead>'
    )


def _still(columns: _Columns) -> str:
    return "" if columns.can_pick else " disabled"


def _ascending(key: str) -> str:
    return ' aria-sort="ascending"' if key == NUMBER else ""


def _group(group: Group, columns: _Columns) -> str:
    width = 3 + len(_named(columns))
    head = (
        f'<tr role="row" class="theme"><th role="rowheader" colspan="{width}" scope="rowgroup">'
        f'<span dir="auto">{text(group.name)}</span> <small>{counted(len(group.rows), "paper")}</small></th></tr>'
        if group.name
        else ""
    )
    rows = "".join(_row(row, columns) for row in group.rows)
    return f'<tbody role="rowgroup">{head}{rows}</tbody>'


def _row(row: Row, columns: _Columns) -> str:
    paper, turn = row.paper, columns.turn
    told = {one.criterion: one for one in row.criteria}
    cells = "".join(
        _criterion(told.get(c), key=f"c{place}", row=row, turn=turn)
        for place, c in enumerate(columns.criteria)
    )
    year = (paper.published or "")[:4]
    years = _cell("year", text(year), order=year) if columns.has_years else ""
    quotes = " ".join(_quote(row, evidence, turn=turn) for evidence in row.quotes)
    return (
        f'<tr role="row" data-paper="{text(paper.id)}" data-marks="{row.verdict.value if row.verdict else ""}">'
        f'<td role="cell" class="pick"><input type="checkbox" data-pick{_still(columns)} '
        f'aria-label="Pick paper {row.number}"></td>'
        f"{_cell('number', str(row.number), order=str(row.number))}"
        f'<th role="rowheader" scope="row" data-column="paper" data-order="{text(paper.title)}">'
        f'<span class="title" dir="auto">{text(paper.title)}</span> '
        f'<q data-column="quote" dir="auto">{quotes}</q></th>'
        f"{_verdict(row)}{cells}{years}</tr>"
    )


def _quote(row: Row, evidence: Evidence, *, turn: str) -> str:
    mark = footnote_link(
        row.number, turn=turn, evidence=(evidence,), shown=str(row.number), name=f"Footnote {row.number}"
    )
    return f"{text(evidence.quote)}<sup>{mark}</sup>"


def _verdict(row: Row) -> str:
    if row.verdict is None:
        return _cell("verdict", "…", order="9")
    shape, word, rank = sign(row.verdict)
    return _cell("verdict", f'<span aria-hidden="true">{shape}</span> {word}', order=str(rank))


def _criterion(one: CriterionVerdict | None, *, key: str, row: Row, turn: str) -> str:
    if one is None:
        return _cell(key, "", order="9")
    shape, word, rank = sign(one.verdict, negated=one.criterion.negated)
    name = f"{word}: {criterion_name(one.criterion)}"
    shown = (
        footnote_link(
            row.number,
            turn=turn,
            evidence=one.evidence,
            shown=shape,
            name=f"{name}, footnote {row.number}",
            look="sign",
        )
        if one.evidence
        else f'<span class="sign" role="img" aria-label="{text(name)}">{shape}</span>'
    )
    return _cell(key, shown, order=str(rank), label=criterion_name(one.criterion))


def _cell(key: str, content: str, *, order: str, label: str = "") -> str:
    labelled = f' data-label="{text(label)}"' if label else ""
    return f'<td role="cell" data-column="{key}" data-order="{text(order)}"{labelled}>{content}</td>'
