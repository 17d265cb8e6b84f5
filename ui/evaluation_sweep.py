"""`footnote eval sweep`: a grid of settings, each combination a run of its own."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.evaluation_options import load, open_named, settings_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from eval.sweep import Cell, Plan
    from rag.app import OpenLibrary
    from rag.settings import Settings


def sweep(
    plan_file: Annotated[Path, typer.Argument(metavar="SWEEP", help="A YAML file; see docs/evaluation.md.")],
    out: Annotated[Path, typer.Option("--out", help="Folder for the runs; a sweep that was begun goes on.")],
) -> None:
    """Run a grid of settings and set quality against cost and time."""
    from eval.sweep import Cell, read_plan
    from rag.errors import FootnoteError
    from ui.figures import print_sweep
    from ui.terminal import notice

    plan = read_plan(plan_file)
    cells: list[Cell] = []
    for number, choice in enumerate(plan.cells, start=1):
        notice(f"{number} of {len(plan.cells)}: {', '.join(f'{k}={v}' for k, v in choice.items())}")
        try:
            cells.append(_run_cell(plan, choice, out))
        except FootnoteError as error:
            notice(str(error))
            cells.append(Cell(choice, {}, None, None, error=str(error)))
    print_sweep(cells)
    if all(cell.error for cell in cells):
        raise typer.Exit(1)


def _run_cell(plan: Plan, choice: Mapping[str, str], out: Path) -> Cell:
    from eval.manifest import describe_run
    from eval.qrels import resolve
    from eval.reference import choose_questions
    from eval.runs import begin_run, read_run_folder
    from eval.scoring import score_run, write_scores
    from eval.sweep import name_of, settings_of, summarise
    from rag.app import build_answerer
    from rag.environment.reading import environment_with_dotenv
    from ui.figures import show_asking
    from ui.terminal import show_progress

    settings = settings_of(choice, environment_with_dotenv(Path.cwd()))
    chosen = choose_questions(load(plan.questions), half=plan.half, limit=plan.limit)
    folder = out / name_of(choice)
    with closing(_cell_library(plan, settings, choice, out)) as opened:
        show_progress(opened.library)
        manifest = {**describe_run(settings, opened, questions=chosen, rounds=1), "choice": dict(choice)}
        qrels = resolve(chosen, opened.library.catalogue.list()).qrels
        begin_run(folder, manifest, questions=chosen, qrels=qrels)
        show_asking(build_answerer(settings, opened.library), chosen, folder=folder, rounds=1)
    run = read_run_folder(folder)
    scores = score_run(run, prices=plan.prices)
    write_scores(folder, run, scores)
    return summarise(choice, scores)


def _cell_library(plan: Plan, settings: Settings, choice: Mapping[str, str], out: Path) -> OpenLibrary:
    """Open the plan's library; one of its own, with the same papers, for a choice of another encoder."""
    from eval.sweep import own_home
    from rag.app import OpenLibrary, open_library

    sample = plan.library == "sample"
    named = None if sample or plan.library is None else Path(plan.library)
    based = replace(settings, home=named or settings.home)
    home = own_home(choice)
    if home is None:
        return open_named(based, sample=sample, named=named)
    apart = replace(settings, home=out / "homes" / home)
    if sample:
        return open_named(apart, sample=True, named=None)
    asked = open_named(settings_for(named, None), sample=False, named=named)
    with closing(asked) as source, closing(open_library(apart)) as library:
        library.add(source.library.catalogue.list())
    return OpenLibrary(open_library(apart), is_sample=source.is_sample)
