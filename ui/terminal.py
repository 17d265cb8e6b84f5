"""The terminal: what may be written to it, its two streams, and the progress of long work, drawn with rich.

Text from papers and models is never read as rich's markup, and loses control characters before it
reaches the screen.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, Task, TextColumn
from rich.table import Table
from rich.text import Text

from rag.library.library import IndexProgress, Library
from rag.numbers import pace


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave it to `quiet_pipe`; rich would end with exit code 1."""
        raise BrokenPipeError


out = _Console(highlight=False)
err = _Console(stderr=True, highlight=False)

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def plain(text: str) -> str:
    """Return text that cannot move the cursor or colour the screen."""
    return _CONTROL.sub("", text)


def notice(text: str) -> None:
    """Print one quiet line to stderr."""
    print_line(Text(plain(text), style="dim"), console=err)


def print_line(text: Text | str, *, console: Console | None = None) -> None:
    """Print one line, to stdout if None; only a terminal may wrap it: in a pipe or a file it stays one line."""
    line = text if isinstance(text, Text) else Text(plain(text))
    console = console or out
    console.print(line, soft_wrap=not console.is_terminal)


def print_hanging(mark: Text, text: Text | str) -> None:
    """Print text behind a mark. A terminal wraps it to the right of the mark; in a pipe or a file it stays one line."""
    line = text if isinstance(text, Text) else Text(plain(text))
    if not (out.is_terminal and mark):
        print_line(mark + line)
        return
    beside = Table.grid()
    beside.add_column(no_wrap=True)
    beside.add_column(overflow="fold")
    beside.add_row(mark, line)
    out.print(beside)


def print_indented(text: Text | str, *, by: int) -> None:
    """Print text that a terminal wraps within its margin; in a pipe or a file it stays one line."""
    print_hanging(Text(" " * by), text)


def show_progress(library: Library) -> None:
    """Build the missing vectors under a progress bar with rate and time left."""
    columns: tuple[ProgressColumn, ...] = (
        SpinnerColumn(),
        TextColumn("building vectors"),
        BarColumn(),
        TextColumn("{task.completed:,.0f} of {task.total:,.0f} papers"),
        _Rate(),
    )
    total = library.unindexed()
    shows = bool(total) and err.is_terminal
    with Progress(*columns, console=err, disable=not shows, transient=True) as bar:
        task = bar.add_task("", total=total, step=None)
        for step in library.index():
            bar.update(task, completed=step.done, total=step.total, step=step)


@contextmanager
def quiet_pipe() -> Iterator[None]:
    """End silently when the reader of a pipe has seen enough."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(0) from None


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        step: IndexProgress | None = task.fields.get("step")
        if step is None or step.seconds_left is None:
            return Text("starting")
        return Text(pace(step.rate, seconds_left=step.seconds_left))
