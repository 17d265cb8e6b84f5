"""`footnote eval draft, judge, export, verify`: a user's own questions, and those of others."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.commands import to_the_end
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
    from eval.pooling import Judgment
    from eval.reference import ReferenceQuestion
    from rag.answering.model.chat_model import ChatModel
    from rag.types import Paper

_GRADES = {"y": 2, "p": 1, "n": 0}
_KEYS = "[y]es [p]artly [n]o [u]ndo [s]kip question [q]uit"

OutFile = Annotated[Path, typer.Option("--out", help="The file to write.")]


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
    opened = to_the_end(open_named(settings, sample=sample, named=library))
    show_progress(opened.library)
    retriever = build_retriever(settings, opened.library)
    papers = list(opened.library.catalogue.list())
    questions = list(draft_questions(papers, retriever, n=n))
    if model:
        questions = _word_facts(questions, papers, model)
    write_questions(out, questions)
    print_line(f"{out}: {len(questions)} questions; edit them, then: footnote eval run {out} --out runs/mine")


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
    opened = to_the_end(open_named(settings, sample=sample, named=library))
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


def export(
    questions: QuestionFile,
    out: Annotated[Path, typer.Option("--out", help="Folder to write.")],
    library: LibraryOption = None,
    sample: SampleFlag = False,
) -> None:
    """Write papers, questions and judgments as a BEIR folder. TREC qrels stand beside them."""
    from eval.qrels import resolve
    from eval.trec import write_beir, write_qrels
    from ui.terminal import print_line

    loaded = load(questions)
    opened = to_the_end(open_named(settings_for(library, "quotes"), sample=sample, named=library))
    papers = list(opened.library.catalogue.list())
    qrels = resolve(loaded, papers).qrels
    write_beir(out, papers=papers, questions=loaded, qrels=qrels)
    write_qrels(out / "qrels.txt", qrels)
    print_line(f"{out}: {len(papers):,} papers, {len(loaded):,} questions")


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


def _require_new(path: Path) -> None:
    """A file that may have been edited by hand is never overwritten."""
    if os.path.lexists(path):
        raise typer.BadParameter(f"{path} exists; name another file", param_hint="--out")
