"""What the terminal shows of an evaluation: progress, tables of figures, answers side by side."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from eval.asking import Answers, ask_all
from eval.comparing import ChangedAnswer, Difference
from eval.gate import Breach
from eval.measures import MEASURES
from eval.metrics.abstention import STATUSES
from eval.reference import ANSWERABLE, Half, ReferenceQuestion
from eval.runs import Run
from eval.scoring import HALVES, LACKS, Figure, Scores
from eval.sweep import Cell, name_of, undominated
from ui.terminal import err, notice, out, plain, print_line

_MOST_LISTED = 20
_SURE = 0.05
_ROOM = 140  # characters


def show_asking(
    answers: Answers, questions: Sequence[ReferenceQuestion], *, folder: Path, rounds: int
) -> None:
    """Ask under a progress bar with rate and time left."""
    columns = (
        SpinnerColumn(),
        TextColumn("asking"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=err, disable=not err.is_terminal, transient=True) as bar:
        task = bar.add_task("", total=len(questions) * rounds, rate="")
        for sitting, step in enumerate(ask_all(answers, questions, folder=folder, rounds=rounds), start=1):
            rate = f"{sitting / step.seconds:.1f} questions/s" if step.seconds else ""
            bar.update(task, completed=step.done, total=step.total, rate=rate)
            if step.error:
                notice(f"{step.question} crashed: {step.error}")


def _print(table: Table) -> None:
    """Print a table; in a file or a pipe there is room for all of its columns."""
    (out if out.is_terminal else type(out)(file=out.file, width=_ROOM, highlight=False)).print(table)


def print_scores(run: Run, scores: Scores) -> None:
    """Print the figures of a run by half and type, then what is behind them."""
    for half in HALVES:
        if any(question.half == half for question in scores.questions):
            _print(_figures_table(scores, half))
            _print(_confusion_table(scores, half))
    _print(_stages_table(scores))
    _print_tokens(scores)
    _print_lacking(scores)
    notice(
        f"{run.folder}: {len(run.answers):,} of {len(run.questions):,} questions answered, writer {run.manifest['writer']}"
    )


def print_differences(differences: Sequence[Difference]) -> None:
    """Print the paired differences of two runs, a table a half."""
    for half in HALVES:
        chosen = [difference for difference in differences if difference.half == half]
        if not chosen:
            continue
        table = Table(title=f"{half} half: B minus A", title_justify="left", box=None, pad_edge=False)
        for name in ("measure", "n", "A", "B", "B - A [95 %]", "p", "won", "lost"):
            table.add_column(name, justify="left" if name == "measure" else "right")
        for d in chosen:
            style = "bold" if d.p < _SURE and d.change else "dim" if not d.change else ""
            interval = f"{d.change:+.3f} [{d.low:+.3f}, {d.high:+.3f}]"
            cells = (f"{d.before:.3f}", f"{d.after:.3f}", interval, f"{d.p:.3f}", str(d.wins), str(d.losses))
            table.add_row(d.measure.label, str(len(d.questions)), *cells, style=style)
        _print(table)
        out.print()
        for d in chosen:
            _print_questions(d)


def print_changed(changed: Sequence[ChangedAnswer], *, total: int) -> None:
    """Print answers that changed, A on the left and B on the right."""
    print_line(f"{total:,} answers changed" + (f"; {len(changed)} of them:" if changed else ""))
    for answer in changed:
        table = Table(title=Text(plain(f"{answer.id}  {answer.question}")), title_justify="left", expand=True)
        table.add_column("A", ratio=1)
        table.add_column("B", ratio=1)
        table.add_row(Text(plain(answer.before)), Text(plain(answer.after)))
        _print(table)


def print_breaches(breaches: Sequence[Breach], run: Run, *, measures: int) -> None:
    """Print each measure that got worse, with its difference, interval and the worst questions."""
    if not breaches:
        print_line(f"gate: {measures} measures hold over {len(run.questions):,} questions")
        return
    asked = {question.id: question.question for question in run.questions}
    for breach in breaches:
        d = breach.difference
        print_line(
            f"gate: {breach.measure.label}: {breach.reason}; {d.before:.3f} -> {d.after:.3f}, "
            f"difference {d.change:+.3f} [{d.low:+.3f}, {d.high:+.3f}], n = {len(d.questions)}"
        )
        for q in breach.worst:
            print_line(f"    {q.id}  {q.before:.3f} -> {q.after:.3f}  {asked.get(q.id, '')}")
    print_line(f"gate: {len(breaches)} of {measures} measures got worse")


def print_sweep(cells: Sequence[Cell]) -> None:
    """Print a row for each combination; a star stands where no other is better, quicker and cheaper."""
    names = list(dict.fromkeys(name for cell in cells for name in cell.choice))
    measures = [m for m in MEASURES if any(m.name in cell.means for cell in cells)]
    best = undominated(cells, measures[0].name) if measures else frozenset[str]()
    table = Table(title="all questions: means; * undominated", title_justify="left", box=None, pad_edge=False)
    for name in ("", *(name.rpartition(".")[2] for name in names)):
        table.add_column(name, overflow="fold")
    for name in (*(measure.label for measure in measures), "ms p50", "cost"):
        table.add_column(name, justify="right", overflow="fold")
    for cell in cells:
        means = [share(cell.means[m.name]) if m.name in cell.means else "" for m in measures]
        time = "" if cell.milliseconds is None else f"{cell.milliseconds:,.0f}"
        cost = "" if cell.cost is None else f"{cell.cost:.4f}"
        star = "*" if name_of(cell.choice) in best else "!" if cell.error else ""
        table.add_row(star, *(Text(cell.choice.get(name, "")) for name in names), *means, time, cost)
    _print(table)


def share(value: float) -> str:
    """Write a share without its leading zero, as papers do.

    >>> share(0.6688), share(1.0)
    ('.669', '1.000')
    """
    return f"{value:.3f}".removeprefix("0")


def _figures_table(scores: Scores, half: Half) -> Table:
    table = Table(title=f"{half} half: mean [95 % interval]", title_justify="left", box=None, pad_edge=False)
    kinds = [k for k in ANSWERABLE if any(q.type == k and q.half == half for q in scores.questions)]
    for name in ("measure", "n", "all", *kinds):
        table.add_column(name, justify="left" if name == "measure" else "right", no_wrap=True)
    group = ""
    for measure in MEASURES:
        overall = scores.figure(measure.name, half=half)
        if overall is None:
            continue
        if measure.group != group:
            table.add_row(Text(measure.group, style="dim"))
            group = measure.group
        by_type = [_mean(scores.figure(measure.name, half=half, kind=kind)) for kind in kinds]
        interval = f"{share(overall.mean)} [{share(overall.low)} {share(overall.high)}]"
        table.add_row(f"  {measure.label}", str(overall.n), interval, *by_type)
    return table


def _mean(figure: Figure | None) -> str:
    return share(figure.mean) if figure else ""


def _confusion_table(scores: Scores, half: Half) -> Table:
    table = Table(title=f"\n{half} half: how answers ended", title_justify="left", box=None, pad_edge=False)
    table.add_column("type")
    for status in STATUSES:
        table.add_column(status.replace("_", " "), justify="right")
    for kind, counts in scores.confusion[half].items():
        table.add_row(kind, *(str(counts[status]) for status in STATUSES))
    return table


def _stages_table(scores: Scores) -> Table:
    table = Table(title="\nmilliseconds a stage", title_justify="left", box=None, pad_edge=False)
    table.add_column("stage")
    for name in ("n", "p50", "p95"):
        table.add_column(name, justify="right")
    for stage in scores.stages:
        table.add_row(stage.stage, str(stage.n), f"{stage.p50:,.1f}", f"{stage.p95:,.1f}")
    return table


def _print_tokens(scores: Scores) -> None:
    tokens = scores.tokens
    if tokens.answers:
        cost = "" if tokens.cost is None else f", cost {tokens.cost:.4f}"
        print_line(
            f"\ntokens of {tokens.answers:,} answers: {tokens.prompt:,} in prompts, {tokens.completion:,} written{cost}"
        )


def _print_lacking(scores: Scores) -> None:
    if scores.fallbacks:
        notice(f"{scores.fallbacks:,} answers were written by another writer than the run's (fallbacks)")
    for lack in LACKS:
        if ids := scores.by_status(lack):
            more = f" and {len(ids) - _MOST_LISTED:,} more" if len(ids) > _MOST_LISTED else ""
            notice(f"{len(ids):,} questions {lack}, scored worst: {', '.join(ids[:_MOST_LISTED])}{more}")


def _print_questions(difference: Difference) -> None:
    """Name the questions that won and lost most by a measure."""
    lost = difference.questions[: difference.losses]
    won = [q for q in reversed(difference.questions) if q.change][: difference.wins]
    for name, questions in (("won", won), ("lost", lost)):
        if questions:
            listed = ", ".join(f"{q.id} {q.change:+.2f}" for q in questions[:8])
            notice(f"{difference.measure.label}, {name}: {listed}")
