"""What the terminal shows of a language model that judges: progress, its figures, its preferences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from eval.measures import BY_NAME
from eval.opinions import COUNTERPARTS, OpinionFigure
from eval.preferences import Preference
from ui.terminal import err, out, print_line

T = TypeVar("T")


def show_opinions(steps: Iterable[tuple[int, int]]) -> None:
    """Ask for opinions under a progress bar."""
    with _bar("judging") as bar:
        task = bar.add_task("", total=None)
        for done, total in steps:
            bar.update(task, completed=done, total=total)


def print_opinions(figures: Sequence[OpinionFigure]) -> None:
    """Print each measure of the judge, what it could not be read on, and its agreement with the rules."""
    table = Table(title="\nopinion of the model", title_justify="left", box=None, pad_edge=False)
    for name in ("measure", "half", "scored", "unscored", "mean [95 %]", "agreement (Spearman), n"):
        table.add_column(name, justify="left" if name == "measure" else "right")
    for f in figures:
        mean = "" if f.mean is None else f"{f.mean:.3f} [{f.low:.3f}, {f.high:.3f}]"
        against = BY_NAME[COUNTERPARTS[f.measure]].label
        agreement = "no spread" if f.agreement is None else f"{f.agreement:+.2f}"
        counts = (str(f.scored), str(f.unscored))
        table.add_row(f.measure, f.half, *counts, mean, f"{agreement} with {against}, {f.compared}")
    out.print(table)


def show_preferences(preferences: Iterable[Preference], *, total: int) -> None:
    """Ask for preferences under a progress bar, and count them."""
    counts: Counter[str] = Counter()
    with _bar("comparing") as bar:
        task = bar.add_task("", total=total)
        for preference in preferences:
            counts[preference.preferred] += 1
            bar.advance(task)
    print_line(
        f"the model prefers A {counts['A']} times, B {counts['B']} times; {counts['tie']} ties "
        f"(also where the order decided), {counts['unscored']} unscored"
    )


def steps_shown(steps: Sequence[T], *, what: str) -> Iterator[T]:
    """Yield the steps under a progress bar."""
    with _bar(what) as bar:
        yield from bar.track(steps)


def _bar(what: str) -> Progress:
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=err, disable=not err.is_terminal, transient=True)
