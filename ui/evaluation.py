"""`footnote eval`: ask reference questions, score the answers, compare, gate, report.

Thin over the package `eval`, which is imported where it is used, so that `--help` stays fast.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ui import evaluation_sets, evaluation_sweep
from ui.commands import command, read_own_settings, to_the_end
from ui.evaluation_options import (
    RUN_HELP,
    HalfOption,
    LibraryOption,
    PricesOption,
    QuestionFile,
    RunFolder,
    SampleFlag,
    configured_model,
    load,
    named_run,
    open_named,
    settings_for,
)

if TYPE_CHECKING:
    from eval.runs import Run
    from eval.scoring import Scores
    from rag.answering.model.chat_model import ChatModel

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Measure answers against reference questions.",
    epilog="Example: footnote eval run reference --sample",
)
_command = command(app)


@_command
def run(
    questions: QuestionFile,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            help="Folder for the run; one that was begun goes on. By default under FOOTNOTE_HOME/runs.",
        ),
    ] = None,
    library: LibraryOption = None,
    sample: SampleFlag = False,
    writer: Annotated[
        Literal["quotes", "llm"] | None, typer.Option(help="Who writes; as configured if not named.")
    ] = None,
    half: HalfOption = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Ask at most so many, drawn from all types.")
    ] = None,
    times: Annotated[
        int, typer.Option(min=1, max=20, help="Ask all so many times, to measure stability.")
    ] = 1,
) -> None:
    """Ask the questions and score the answers. An interrupted run goes on where it stopped."""
    from eval.listing import name_run, runs_folder
    from eval.manifest import describe_run
    from eval.qrels import resolve
    from eval.reference import choose_questions
    from eval.runs import begin_run
    from rag.app import build_answerer
    from ui.figures import show_asking
    from ui.terminal import notice, show_progress

    settings = settings_for(library, writer)
    chosen = choose_questions(load(questions), half=half, limit=limit)
    opened = to_the_end(open_named(settings, sample=sample, named=library))
    show_progress(opened.library)
    resolved = resolve(chosen, opened.library.catalogue.list())
    for question_id, name in resolved.unknown:
        notice(f"{question_id}: the library has no paper {name!r}; it counts as not found")
    manifest = describe_run(settings, opened, questions=chosen, rounds=times)
    folder = out or runs_folder(read_own_settings().home) / name_run(questions, manifest)
    begin_run(folder, manifest, questions=chosen, qrels=resolved.qrels)
    show_asking(build_answerer(settings, opened.library), chosen, folder=folder, rounds=times)
    _score(folder)


@_command
def score(
    folder: RunFolder,
    prices: PricesOption = None,
    judge: Annotated[
        bool, typer.Option("--judge", help="Ask the configured model for its opinion, too.")
    ] = False,
) -> None:
    """Compute all measures of a run from its files alone."""
    model = configured_model() if judge else None
    folder = named_run(folder)
    _score(folder, prices=prices)
    if model:
        _ask_judge(folder, model, prices=prices)


@_command
def compare(
    before: Annotated[Path, typer.Argument(metavar="A", help=RUN_HELP)],
    after: Annotated[Path, typer.Argument(metavar="B", help="The run to hold against it.")],
    html: Annotated[Path | None, typer.Option(help="Write the comparison as an HTML page, too.")] = None,
    show: Annotated[int, typer.Option(min=0, help="Print so many changed answers side by side.")] = 3,
    judge: Annotated[
        bool,
        typer.Option("--judge", help="Ask the configured model which answers it prefers, in both orders."),
    ] = False,
) -> None:
    """Tell what got better and what worse from A to B, by question."""
    from eval.comparing import changed_answers, compare_scores
    from eval.report import render_comparison
    from eval.scoring import HALVES
    from ui.figures import print_changed, print_differences
    from ui.terminal import notice

    model = configured_model() if judge else None
    (run_a, scores_a), (run_b, scores_b) = _read(before), _read(after)
    differences = [d for half in HALVES for d in compare_scores(scores_a, scores_b, half=half)]
    changed = list(changed_answers(run_a, run_b))
    print_differences(differences)
    print_changed(changed[:show], total=len(changed))
    if html:
        html.write_text(render_comparison(run_a, run_b, differences, changed), encoding="utf-8")
        notice(f"wrote {html}")
    if model:
        from eval.preferences import ask_preferences
        from ui.judges import show_preferences

        show_preferences(ask_preferences(changed, model), total=len(changed))


@_command
def baseline(
    folder: RunFolder,
    out: Annotated[Path, typer.Option("--out", help="The baseline file to write.")],
) -> None:
    """Make a run the standard that `gate` holds later ones against."""
    from eval.gate import make_baseline, write_baseline
    from ui.terminal import print_line

    run_read, scores = _read(folder)
    record = make_baseline(run_read, scores)
    write_baseline(out, record)
    print_line(f"{out}: floors of {len(record['floors'])} measures over {len(record['values'])} questions")


@_command
def gate(
    folder: RunFolder,
    baseline_file: Annotated[Path, typer.Option("--baseline", help="A file that `baseline` wrote.")],
) -> None:
    """Exit with 1 when a measure fell. It is below its floor, or worse than the baseline by a paired test."""
    from eval.gate import find_breaches, read_baseline, unlike
    from rag.errors import RunError
    from ui.figures import print_breaches

    standard = read_baseline(baseline_file)
    run_read, scores = _read(folder)
    if why := unlike(run_read, standard):
        raise RunError(f"{folder} cannot be held against {baseline_file}: {why}")
    breaches = list(find_breaches(scores, standard))
    print_breaches(breaches, run_read, measures=len(standard.floors))
    if breaches:
        raise typer.Exit(1)


@_command
def report(
    folder: RunFolder,
    open_page: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
) -> None:
    """Write report.html and report.md into the run's folder."""
    from eval.report import render_html, render_markdown
    from ui.terminal import print_line

    folder = named_run(folder)
    run_read, scores = _read(folder)
    page = folder / "report.html"
    page.write_text(render_html(run_read, scores), encoding="utf-8")
    (folder / "report.md").write_text(render_markdown(run_read, scores), encoding="utf-8")
    print_line(f"wrote {page} and {folder / 'report.md'}")
    if open_page:
        typer.launch(page.resolve().as_uri())


_command(evaluation_sets.draft)
_command(evaluation_sets.judge)
_command(evaluation_sweep.sweep)
_command(evaluation_sets.export)
_command(evaluation_sets.verify)


def _score(folder: Path, *, prices: tuple[float, float] | None = None) -> None:
    from eval.runs import read_run_folder
    from eval.scoring import score_run, write_scores
    from ui.figures import print_scores

    found = read_run_folder(folder)
    scores = score_run(found, prices=prices)
    write_scores(folder, found, scores)
    print_scores(found, scores)


def _ask_judge(folder: Path, model: ChatModel, *, prices: tuple[float, float] | None) -> None:
    from eval.opinions import ask_opinions
    from eval.scoring import write_scores
    from ui.judges import print_opinions, show_opinions

    show_opinions(ask_opinions(_read(folder)[0], model))
    found, scores = _read(folder, prices=prices)
    write_scores(folder, found, scores)
    print_opinions(scores.opinions)


def _read(folder: Path, *, prices: tuple[float, float] | None = None) -> tuple[Run, Scores]:
    from eval.runs import read_run_folder
    from eval.scoring import score_run

    found = read_run_folder(named_run(folder))
    return found, score_run(found, prices=prices)
