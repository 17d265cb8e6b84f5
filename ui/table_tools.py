"""What a reader can do with a table of papers: filter, hide, pick; the head of a column or row sorts. Pure.

A set and a comparison share it, and the script that works it, `assets/table.js`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.numbers import counted
from ui.cards import text

_SHOWN_WHOLE = 40  # characters
NUMBER = "number"  # what papers are sorted by at first, and whenever nothing else tells them apart


@dataclass(frozen=True, slots=True)
class Controls:
    """What differs between tables. `picks` calls what is picked; `keeps` are (mark, words), for all and for some.

    `hides` are (key, name) of what can be hidden, `extra` is HTML that stands behind it.
    """

    label: str
    picks: str
    keeps: Sequence[tuple[str, str]]
    keeps_label: str
    hides: Sequence[tuple[str, str]]
    hides_called: str
    extra: str = ""


def render_tools(controls: Controls, *, papers: int) -> str:
    """Draw the line above a table of so many papers."""
    options = "".join(f'<option value="{mark}">{text(words)}</option>' for mark, words in controls.keeps)
    boxes = "".join(
        f'<label><input type="checkbox" data-column="{key}" checked> {text(name)}</label>'
        for key, name in controls.hides
    )
    called, picks = controls.hides_called, controls.picks
    return (
        f'<div class="set-tools" role="group" aria-label="{controls.label}">'
        f'<input type="search" data-words placeholder="Filter …" aria-label="Filter the {picks} by words">'
        f'<select data-keeps aria-label="{controls.keeps_label}">{options}</select>'
        f'<details class="columns"><summary>{called}</summary><div role="group" aria-label="{called} to show">{boxes}'
        f'</div></details>{controls.extra}<span class="shown" role="status">{counted(papers, "paper")}</span>'
        f'<span class="picks"><span class="picked" role="status">Pick {picks} to ask about or save</span> '
        '<button type="button" data-do="ask-picked" hidden>Ask about them</button>'
        '<button type="button" data-do="unpick" hidden>Clear</button></span></div>'
    )


def render_sorting(key: str, name: str) -> str:
    """Draw the button that sorts the papers by a column, or by a row where papers are columns."""
    spoken = ' aria-label="Number"' if key == NUMBER else ""
    whole = f' title="{text(name)}"' if len(name) > _SHOWN_WHOLE else ""  # the page cuts it off
    return f'<button type="button" data-do="sort"{spoken}{whole}>{text(name)}</button>'
