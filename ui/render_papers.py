"""The library as a list, and the report of what a file added. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.library.adding import Added
from rag.library.browsing import Browsing, Found
from rag.types import Paper, Reading, Skipped
from ui.cards import name_authors, text

PAGE = 50
_MOST_SKIPPED = 20
_AUTHORS_SHOWN = 3
_OPTION = re.compile(r"; [^;]*--format .*")


def render_list(
    papers: Sequence[Paper], found: Found, wanted: Browsing, *, page: int, removable: bool
) -> str:
    """Draw a page of the list, numbered from 0, with what it may be narrowed to."""
    rows = "".join(_row(paper, removable=removable) for paper in papers)
    first = page * PAGE
    shown = f"{first + 1:,} to {first + len(papers):,} of {found.total:,}" if papers else _nothing(wanted)
    return (
        f'<div class="choices">{_choice("year", "Year", found.years, wanted.year)}'
        f"{_choice('source', 'File', found.sources, wanted.source)}"
        f'<span class="shown" role="status">{shown}</span>{_turning(page, found.total)}</div>'
        f'<ul class="papers-list">{rows}</ul>'
    )


def render_report(reading: Reading, added: Added) -> str:
    """Say what a file brought: added, merged, and what was skipped with the reason."""
    parts = (
        (added.new, "added"),
        (added.updated, "updated"),
        (added.merged, "merged into papers that were here"),
        (added.unchanged, "here already"),
        (len(reading.skipped), "skipped"),
    )
    said = ", ".join(f"{count:,} {what}" for count, what in parts if count) or "nothing in it"
    reasons = "".join(f"<li>{text(_reason(item))}</li>" for item in reading.skipped[:_MOST_SKIPPED])
    more = len(reading.skipped) - _MOST_SKIPPED
    reasons += f"<li>and {more:,} more</li>" if more > 0 else ""
    if not reading.papers and reasons:
        return f"<p>nothing added, {said}:</p><ul>{reasons}</ul>"
    folded = f"<details><summary>What was skipped</summary><ul>{reasons}</ul></details>" if reasons else ""
    return f"<p>{said}</p>{folded}"


def _reason(item: Skipped) -> str:
    """Say why an entry was skipped, below the name of its file, and without an option of the command line."""
    reason = _OPTION.sub("", item.reason)
    return f"line {item.line}: {reason}" if item.line else reason


def _nothing(wanted: Browsing) -> str:
    return "no paper fits" if wanted != Browsing() else "no paper yet"


def _row(paper: Paper, *, removable: bool) -> str:
    authors = name_authors(paper, most=_AUTHORS_SHOWN)
    details = " · ".join(text(part) for part in (authors, paper.published or "", *paper.sources) if part)
    remove = (
        f'<button type="button" class="quiet-button" data-do="remove" data-id="{text(paper.id)}" '
        f'data-title="{text(paper.title)}" aria-label="Remove: {text(paper.title)}">Remove</button>'
        if removable
        else ""
    )
    return (
        f'<li><details data-id="{text(paper.id)}"><summary><span class="title" dir="auto">{text(paper.title)}'
        f'</span></summary></details><p class="details">{details}</p>{remove}</li>'
    )


def _choice(name: str, label: str, values: Sequence[tuple[str, int]], chosen: str) -> str:
    if len(values) < (1 if chosen else 2):
        return ""
    options = "".join(
        f'<option value="{text(value)}"{" selected" if value == chosen else ""}>{text(value)} ({count:,})</option>'
        for value, count in values
    )
    return (
        f'<label>{label} <select data-choice="{name}"><option value="">all</option>{options}</select></label>'
    )


def _turning(page: int, total: int) -> str:
    last = max(0, (total - 1) // PAGE)
    if not last:
        return ""
    back, on = ("" if page > 0 else " disabled"), ("" if page < last else " disabled")
    return (
        f'<span class="turning"><button type="button" class="quiet-button" data-do="turn" data-page="{page - 1}"'
        f"{back}>Back</button><span>{page + 1} / {last + 1}</span>"
        f'<button type="button" class="quiet-button" data-do="turn" data-page="{page + 1}"{on}>Next</button></span>'
    )
