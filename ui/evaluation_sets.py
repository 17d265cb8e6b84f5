"""`footnote eval draft, judge, sweep, export`: a user's own questions, and grids of settings."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.commands import command
from ui.evaluation import app
from ui.evaluation_options import (
    LibraryOption,
    QuestionFile,
    SampleFlag,
    configured_model,
    load,
    open_named,
    settings_for,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from eval.pooling import Judgment
    from eval.reference import ReferenceQuestion
    from eval.sweep import Cell, Plan
    from rag.answering.model.chat_model import ChatModel
    from rag.app import OpenLibrary
    from rag.settings import Settings
    from rag.types import Paper

__all__ = ["app"]  # the sub-application, once all its commands stand in it

_command = command(app)
_GRADES = {"y": 2, "p": 1, "n": 0}
_KEYS = "[y]es [p]artly [n]o [u]ndo [s]kip question [q]uit"

OutFile = Annotated[Path, typer.Option("--out", help="The file to write.")]


@_command
def draft(
    out: OutFile,
    n: Annotated[int, typer.Option("--n", min=1, max=1_000, help="Number of questions.")] = 40,
    library: LibraryOption = None,
    sample: SampleFlag = False,
    with_model: Annotated[
        bool, typer.Option("--model", help="Let the configured model word the facts.")
    ] = False,
) -> None:
    """Propose questions about your library, as a file to edit."""
    from eval.drafting import draft_questions
    from eval.reference import write_questions
    from rag.app import build_retriever
    from ui.terminal import print_line, show_progress

    _require_new(out)
    model = configured_model() if with_model else None
    settings = settings_for(library, "quotes")
    opened = open_named(settings, sample=sample, named=library)
    show_progress(opened.library)
    retriever = build_retriever(settings, opened.library)
    papers = list(opened.library.catalogue.list())
    questions = list(draft_questions(papers, retriever, n=n))
    if model:
        questions = _word_facts(questions, papers, model)
    write_questions(out, questions)
    print_line(f"{out}: {len(questions)} questions; edit them, then: footnote eval run {out} --out runs/mine")


@_command
def judge(
    questions: QuestionFile,
    out: OutFile,
    depth: Annotated[int, typer.Option(min=1, max=500, help="Papers of each ranking to judge.")] = 20,
    library: LibraryOption = None,
    sample: SampleFlag = False,
) -> None:
    """Judge papers for each question: y, n or p(artly). Stops and goes on at any time.

    The judgments so far lie beside the output, in OUT.judgments.jsonl.
    """
    from eval.pooling import build_rankers, merge, pool, read_judgments, unjudged
    from eval.reference import write_questions
    from ui.terminal import notice, print_line, show_progress

    log = out.with_name(f"{out.name}.judgments.jsonl")
    settings = settings_for(library, "quotes")
    opened = open_named(settings, sample=sample, named=library)
    show_progress(opened.library)
    rankers = build_rankers(opened.library, settings.retrieval)
    given, loaded = list(read_judgments(log)), load(questions, judged=False)
    try:
        for question in loaded:
            papers = list(unjudged(question, pool(question, rankers, depth=depth), given))
            if papers and not _judge_question(question, papers, given, log=log):
                break
    finally:
        merged = [merge(question, given) for question in loaded]
        write_questions(out, merged)
    if bare := sum(q.answerable and not any(q.relevant.values()) for q in merged):
        notice(f"{bare:,} questions have no relevant paper yet; they cannot be asked as they are")
    print_line(f"{out}: {len(given):,} judgments over {len({j.question for j in given}):,} questions")


@_command
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


@_command
def export(
    questions: QuestionFile,
    out: Annotated[Path, typer.Option("--out", help="Folder to write.")],
    library: LibraryOption = None,
    sample: SampleFlag = False,
) -> None:
    """Write papers, questions and judgments as a BEIR folder. TREC qrels stand beside them."""
    from eval.runs import resolve
    from eval.trec import write_beir, write_qrels
    from ui.terminal import print_line

    loaded = load(questions)
    opened = open_named(settings_for(library, "quotes"), sample=sample, named=library)
    papers = list(opened.library.catalogue.list())
    qrels = resolve(loaded, papers).qrels
    write_beir(out, papers=papers, questions=loaded, qrels=qrels)
    write_qrels(out / "qrels.txt", qrels)
    print_line(f"{out}: {len(papers):,} papers, {len(loaded):,} questions")


@_command
def verify(
    claims: Annotated[
        Path, typer.Argument(metavar="CLAIMS", help="SciFact's claims_train.jsonl or claims_dev.jsonl.")
    ],
) -> None:
    """Put claims with their abstracts to the checks. Tells how often these are right."""
    from eval.claims import read_claims, render_claims, verify_claims
    from ui.terminal import print_line

    read = read_claims(claims)
    print_line(f"{len(read):,} pairs of claim and abstract")
    for line in render_claims(verify_claims(read)).splitlines():
        print_line(line)


def _word_facts(
    questions: Sequence[ReferenceQuestion], papers: Sequence[Paper], model: ChatModel
) -> list[ReferenceQuestion]:
    from eval.drafting_model import word_by_model
    from rag.sources.entry import title_key
    from ui.judges import steps_shown

    about = {title_key(paper.title): paper for paper in papers}
    return [
        word_by_model(q, about[next(iter(q.relevant))], model) if q.type == "fact" else q
        for q in steps_shown(questions, what="wording")
    ]


def _judge_question(
    question: ReferenceQuestion, papers: Sequence[Paper], given: list[Judgment], *, log: Path
) -> bool:
    """Ask paper by paper; return False when the user wants to stop."""
    from eval.pooling import Judgment, write_judgments
    from ui.printed_papers import print_whole_paper

    place = 0
    while place < len(papers):
        paper = papers[place]
        print_whole_paper(
            paper, heading=f"{question.id}  {question.question}  ({place + 1} of {len(papers)})"
        )
        match typer.prompt(_KEYS, default="", show_default=False).strip().lower()[:1]:
            case "y" | "p" | "n" as key:
                given.append(Judgment(question.id, paper.id, paper.title, _GRADES[key]))
                place += 1
            case "u" if place:
                given.pop()
                place -= 1
            case "s":
                return True
            case "q":
                return False
            case _:
                continue
        write_judgments(log, given)
    return True


def _run_cell(plan: Plan, choice: Mapping[str, str], out: Path) -> Cell:
    from eval.manifest import describe_run
    from eval.reference import choose_questions
    from eval.runs import begin_run, read_run_folder, resolve
    from eval.scoring import score_run, write_scores
    from eval.sweep import name_of, settings_of, summarise
    from rag.app import build_answerer
    from rag.environment.reading import environment_with_dotenv
    from ui.figures import show_asking
    from ui.terminal import show_progress

    settings = settings_of(choice, environment_with_dotenv(Path.cwd()))
    opened = _cell_library(plan, settings, choice, out)
    chosen = choose_questions(load(plan.questions), half=plan.half, limit=plan.limit)
    folder = out / name_of(choice)
    show_progress(opened.library)
    manifest = {**describe_run(settings, opened, questions=chosen, rounds=1), "choice": dict(choice)}
    qrels = resolve(chosen, opened.library.catalogue.list()).qrels
    begin_run(folder, manifest, questions=chosen, qrels=qrels)
    show_asking(build_answerer(settings, opened.library), chosen, folder=folder, rounds=1)
    opened.library.close()
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
    source = open_named(settings_for(named, None), sample=False, named=named)
    library = open_library(apart)
    library.add(source.library.catalogue.list())
    source.library.close()
    return OpenLibrary(library, is_sample=source.is_sample)


def _require_new(path: Path) -> None:
    """A file that may have been edited by hand is never overwritten."""
    if os.path.lexists(path):
        raise typer.BadParameter(f"{path} exists; name another file", param_hint="--out")
