"""A set question in the terminal: what it will take, a bar while papers are judged, what a stop leaves."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

import typer
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

from rag.numbers import duration
from rag.types import Answer, AnswerEvent, Completed, Estimate, Estimated, Judging, Member, Waiting
from ui.printed_papers import print_members
from ui.terminal import err, notice

Events = Generator[AnswerEvent, None, None]


def follow_answer(
    ask: Callable[[bool], Events], *, whole: bool, may_ask: bool, as_text: bool
) -> Answer | None:
    """Return the answer at the end of the events; None if the reader stopped while papers were judged.

    `ask` begins the events, with or without leave to judge the whole. Where the budget does not hold all papers
    and `may_ask` allows it, the reader is asked for that leave. After a stop, what was found is printed
    if the answer would be text.

    Raises:
        KeyboardInterrupt: the reader stopped before papers were judged.
    """
    sweep = _Sweep()
    try:
        with closing(ask(whole)) as events, _bar() as bar:
            for event in events:
                match event:
                    case Completed(answer):
                        return answer
                    case Estimated() if event.whole and may_ask and _agrees(event):
                        break
                    case Estimated():
                        _tell_estimate(event.planned)
                    case Judging():
                        sweep.take(event, bar)
                    case Waiting(text):
                        notice(text)
            else:
                raise AssertionError("the last event of an answer is Completed")
    except (KeyboardInterrupt, typer.Abort):
        if sweep.last is None:
            raise KeyboardInterrupt from None
        print_members(sweep.members if as_text else ())
        notice(
            f"Stopped with {sweep.last.judged:,} of {sweep.last.of:,} papers judged, {sweep.last.found:,} found; "
            "these verdicts are kept, and asked again it goes on from there."
        )
        return None
    return follow_answer(ask, whole=True, may_ask=False, as_text=as_text)


def _tell_estimate(planned: Estimate) -> None:
    """Say on a terminal what judging will take, if anything has to be asked."""
    if planned.requests and err.is_terminal:
        notice(f"Judging {planned.papers:,} papers: {_describe_estimate(planned)}")


def _describe_estimate(estimate: Estimate) -> str:
    """Return what it takes, in a few words.

    >>> _describe_estimate(Estimate(557, 0, 56, 206_000, 28_000, cost=0.0477, seconds=140.0))
    '56 requests, 234,000 tokens, about $0.05, about 2 min'
    """
    tokens = estimate.prompt_tokens + estimate.completion_tokens
    parts = [f"{estimate.requests:,} requests", f"{tokens:,} tokens"]
    if estimate.cost:
        parts.append(f"about ${estimate.cost:,.2f}" if estimate.cost >= 0.01 else "less than $0.01")  # noqa: PLR2004  # a cent
    if estimate.cost is None:
        parts.append("cost unknown (set FOOTNOTE_PRICE_IN and FOOTNOTE_PRICE_OUT)")
    if estimate.seconds is not None:
        parts.append(f"about {duration(estimate.seconds)}")
    return ", ".join(parts)


@dataclass(slots=True)
class _Sweep:
    """What was shown of a sweep so far."""

    members: list[Member] = field(default_factory=list)
    last: Judging | None = None

    def take(self, event: Judging, bar: Progress) -> None:
        self.members.extend(event.members)
        self.last = event
        task = bar.task_ids[0] if bar.task_ids else bar.add_task("", total=event.of, found=0, left="")
        if event.judged < event.of:
            bar.start()
        left = "" if event.seconds_left is None else f"{duration(event.seconds_left)} left"
        bar.update(task, completed=event.judged, total=event.of, found=event.found, left=left)


@contextmanager
def _bar() -> Iterator[Progress]:
    """A bar that begins when something is judged, and is gone when it ends."""
    columns = (
        SpinnerColumn(),
        TextColumn("judging"),
        BarColumn(),
        TextColumn("{task.completed:,.0f} of {task.total:,.0f} papers, {task.fields[found]:,} found"),
        TextColumn("{task.fields[left]}"),
    )
    bar = Progress(*columns, console=err, disable=not err.is_terminal, transient=True)
    try:
        yield bar
    finally:
        bar.stop()


def _agrees(event: Estimated) -> bool:
    whole, planned = event.whole, event.planned
    if whole is None:
        return False
    held = (
        f"the budget of ${event.budget:g} and the minutes set hold"
        if event.budget is not None
        else "your settings allow"
    )
    notice(
        f"Judging all {whole.papers:,} papers takes {_describe_estimate(whole)}; {held} the nearest {planned.papers:,}."
    )
    return typer.confirm("Judge all of them?", default=False, err=True)
