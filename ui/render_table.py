"""A set of papers as a table: a row each, with its verdict, its criteria, its year, and its words. Pure.

The table stands on its own without scripts; `assets/table.js` sorts, filters, hides and picks by what
stands in its attributes. Roles are written out, because a narrow screen lays rows out as cards, and
browsers then forget that it is a table.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.types import Criterion, CriterionVerdict, Judgement
from ui.cards import text
from ui.footnote_links import footnote_link
from ui.set_rows import Group, Row, criteria_of, group_rows
from ui.turns import Turn

_RANKS = {Judgement.MEETS: 0, Judgement.PARTLY: 1, Judgement.UNCLEAR: 2, Judgement.NO: 3}
_SIGNS = {Judgement.MEETS: "●", Judgement.PARTLY: "◐", Judgement.UNCLEAR: "?", Judgement.NO: "○"}
_WORDS = {
    Judgement.MEETS: "meets",
    Judgement.PARTLY: "in part",
    Judgement.UNCLEAR: "unclear",
    Judgement.NO: "does not",
}
# Of what the question rules out, a full sign says that the paper is free of it.
_TURNED = {Judgement.MEETS: Judgement.NO, Judgement.NO: Judgement.MEETS}
_WORDS_TURNED = {
    Judgement.MEETS: "free of it",
    Judgement.PARTLY: "has it in part",
    Judgement.UNCLEAR: "unclear",
    Judgement.NO: "has it",
}
_LEGEND = "● meets · ◐ in part · ○ does not · ? unclear"


def render_table(turn: Turn, rows: Sequence[Row]) -> str:
    """Draw the rows, and what can be done with them; while the turn grows, the latter keeps still."""
    criteria = criteria_of(rows)
    has_years = any(row.paper.published for row in rows)
    groups = group_rows(rows, turn.answer)
    width = 4 + len(criteria) + has_years
    body = "".join(
        _group(group, turn=turn.name, criteria=criteria, width=width, has_years=has_years) for group in groups
    )
    legend = f'<p class="legend" aria-hidden="true">{_LEGEND}</p>' if criteria else ""
    growing = "" if turn.answer else " growing"
    return (
        f'<div class="set{growing}" data-turn="{turn.name}">'
        f"{_tools(rows, criteria, is_grouped=len(groups) > 1, has_years=has_years)}"
        '<div class="scroll" role="region" aria-label="Papers of this answer" tabindex="0">'
        f'<table role="table" class="papers-set">{_head(criteria, has_years=has_years)}{body}</table></div>'
        f"{legend}</div>"
    )


def sign(verdict: Judgement, *, negated: bool = False) -> tuple[str, str, int]:
    """Return the sign of a verdict, its word, and its place in an order; of a negated criterion, turned.

    >>> sign(Judgement.MEETS)[:2], sign(Judgement.MEETS, negated=True)[:2]
    (('●', 'meets'), ('○', 'has it'))
    """
    shown = _TURNED.get(verdict, verdict) if negated else verdict
    return _SIGNS[shown], (_WORDS_TURNED if negated else _WORDS)[shown], _RANKS[shown]


def _tools(rows: Sequence[Row], criteria: Sequence[Criterion], *, is_grouped: bool, has_years: bool) -> str:
    told = [v for v in Judgement if any(row.verdict is v for row in rows)]
    verdicts = "".join(f'<option value="{v.value}">{_WORDS[v]}</option>' for v in told)
    columns = [(f"c{n}", _called(c)) for n, c in enumerate(criteria)]
    columns += [("verdict", "verdict"), *([("year", "year")] if has_years else []), ("quote", "quotes")]
    boxes = "".join(
        f'<label><input type="checkbox" data-column="{key}" checked> {text(name)}</label>'
        for key, name in columns
    )
    grouped = (
        '<label class="by-theme"><input type="checkbox" data-themes checked> by theme</label>'
        if is_grouped
        else ""
    )
    return (
        '<div class="set-tools" role="group" aria-label="The rows of the table">'
        '<input type="search" data-words placeholder="Filter …" aria-label="Filter the rows by words">'
        f'<select data-verdicts aria-label="Filter by verdict"><option value="">all verdicts</option>{verdicts}</select>'
        f'<details class="columns"><summary>Columns</summary><div role="group" aria-label="Columns to show">{boxes}</div></details>'
        f'{grouped}<span class="shown" role="status">{_counted(len(rows))}</span>'
        '<span class="picks"><span class="picked" role="status">Pick rows to ask about them or save them</span> '
        '<button type="button" data-do="ask-picked" hidden>Ask about them</button>'
        '<button type="button" data-do="unpick" hidden>Clear</button></span></div>'
    )


def _head(criteria: Sequence[Criterion], *, has_years: bool) -> str:
    columns = [("number", "#"), ("paper", "Paper"), ("verdict", "Verdict")]
    columns += [(f"c{n}", _called(c)) for n, c in enumerate(criteria)]
    columns += [("year", "Year")] if has_years else []
    heads = "".join(
        f'<th role="columnheader" scope="col" data-column="{key}"{_ascending(key)}><button type="button" data-do="sort" '
        f"{_spoken(key)}>{text(name)}</button></th>"
        for key, name in columns
    )
    return (
        '<thead role="rowgroup"><tr role="row"><th role="columnheader" class="pick">'
        '<input type="checkbox" data-pick-all aria-label="Pick all rows that are shown"></th>'
        f"{heads}</tr></thead>"
    )


def _ascending(key: str) -> str:
    return ' aria-sort="ascending"' if key == "number" else ""


def _spoken(key: str) -> str:
    return 'aria-label="Number"' if key == "number" else ""


def _group(group: Group, *, turn: str, criteria: Sequence[Criterion], width: int, has_years: bool) -> str:
    head = (
        f'<tr role="row" class="theme"><th role="rowheader" colspan="{width}" scope="rowgroup">'
        f'<span dir="auto">{text(group.name)}</span> <small>{_counted(len(group.rows))}</small></th></tr>'
        if group.name
        else ""
    )
    rows = "".join(_row(row, turn=turn, criteria=criteria, has_years=has_years) for row in group.rows)
    return f'<tbody role="rowgroup">{head}{rows}</tbody>'


def _row(row: Row, *, turn: str, criteria: Sequence[Criterion], has_years: bool) -> str:
    paper = row.paper
    told = {one.criterion: one for one in row.criteria}
    cells = "".join(_criterion(told.get(c), key=f"c{n}", row=row, turn=turn) for n, c in enumerate(criteria))
    year = (paper.published or "")[:4]
    years = _cell("year", text(year), order=year, label="year") if has_years else ""
    quotes = " ".join(_quote(row, n, turn=turn) for n in range(len(row.quotes)))
    return (
        f'<tr role="row" data-paper="{text(paper.id)}" data-verdict="{row.verdict.value if row.verdict else ""}">'
        f'<td role="cell" class="pick"><input type="checkbox" data-pick aria-label="Pick paper {row.number}"></td>'
        f"{_cell('number', str(row.number), order=str(row.number))}"
        f'<th role="rowheader" scope="row" data-column="paper" data-order="{text(paper.title)}">'
        f'<span class="title" dir="auto">{text(paper.title)}</span> '
        f'<q data-column="quote" dir="auto">{quotes}</q></th>'
        f"{_verdict(row)}{cells}{years}</tr>"
    )


def _quote(row: Row, place: int, *, turn: str) -> str:
    evidence = row.quotes[place]
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
    name = f"{word}: {_called(one.criterion)}"
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
    return _cell(key, shown, order=str(rank), label=_called(one.criterion))


def _cell(key: str, content: str, *, order: str, label: str = "") -> str:
    labelled = f' data-label="{text(label)}"' if label else ""
    return f'<td role="cell" data-column="{key}" data-order="{text(order)}"{labelled}>{content}</td>'


def _called(criterion: Criterion) -> str:
    return f"not {criterion.text}" if criterion.negated else criterion.text


def _counted(number: int) -> str:
    return f"{number:,} paper" if number == 1 else f"{number:,} papers"
