"""The Evaluation view: the runs of a folder as a list, and the papers of one answer as cards. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eval.listing import Listed
from eval.measures import BY_NAME
from eval.report.page import present_halves, share
from eval.report.rows import Row
from eval.runs import Run
from rag.numbers import counted
from rag.types import Evidence, PaperId, Source
from ui.cards import render_card, text

_COLUMNS = ("ndcg10", "cited_f1", "nugget_recall", "citation_precision", "false_refusal", "right_refusal")
_EMPTY = (
    '<p class="hint">No run yet. Ask the reference questions of the bundled papers, or your own:</p>'
    "<pre>footnote eval run reference --sample\nfootnote eval draft --n 40 --out mine.jsonl</pre>"
    '<p class="hint">What it writes under <code>runs</code>, in the state folder that <code>footnote info</code> names, is listed here.</p>'
)


def render_runs(runs: Sequence[Listed]) -> str:
    """Draw the list, newest first, with a box for each run."""
    if not runs:
        return _EMPTY
    heads = "".join(f'<th scope="col">{text(_head(name))}</th>' for name in _COLUMNS)
    return (
        f'<p class="hint">{counted(len(runs), "run")}, with means over the questions that nothing was tuned on, where a run has some, '
        "and their 95 % intervals.</p>"
        '<div class="wide" tabindex="0"><table class="runs"><caption class="sr-only">Runs, newest first</caption>'
        '<thead><tr><th scope="col"><span class="sr-only">Compare</span></th><th scope="col">run</th>'
        f'<th scope="col">questions</th>{heads}</tr></thead><tbody>{"".join(map(_row, runs))}</tbody></table></div>'
        '<p><button type="button" class="quiet-button" data-do="compare-runs" disabled>'
        "Compare the two that are ticked</button></p>"
    )


def source_cards(row: Row, run: Run) -> Iterator[str]:
    """Draw the papers that an answer shows; words that do not stand in the abstract are not marked."""
    for source in (row.record or {}).get("sources", ()):
        paper = run.papers.get(source["id"])
        if paper is None:
            continue
        evidence = tuple(
            Evidence(PaperId(source["id"]), e["start"], e["end"], e["quote"], 1.0)
            for e in source["evidence"]
            if paper.abstract[e["start"] : e["end"]] == e["quote"]
        )
        yield render_card(Source(source["number"], paper, evidence), turn=f"run-{row.question.id}")


def _head(name: str) -> str:
    measure = BY_NAME[name]
    return f"{measure.label} ↓" if measure.lower_is_better else measure.label


def _row(run: Listed) -> str:
    name = text(run.name)
    box = f'<td><input type="checkbox" value="{name}" aria-label="Compare {name}"></td>'
    if run.why:
        return f'<tr><td></td><td>{name}</td><td colspan="{1 + len(_COLUMNS)}">{text(run.why)}</td></tr>'
    papers = f"{counted(run.papers, 'paper')}{' (sample)' if run.sample else ''}"
    told = f"{run.started[:10]} · {run.writer} · {papers}"
    link = f'<a href="#/evaluation/{name}">{name}</a><br><span class="hint">{text(told)}</span>'
    if run.scores is None:
        cells = f'<td colspan="{len(_COLUMNS)}">not scored since the last answer; open it to score it</td>'
    else:
        cells = "".join(_cell(run, name) for name in _COLUMNS)
    return f"<tr>{box}<td>{link}</td><td>{run.questions:,}</td>{cells}</tr>"


def _cell(run: Listed, measure: str) -> str:
    scores = run.scores
    figure = scores.figure(measure, half=present_halves(scores)[0]) if scores else None
    if figure is None:
        return "<td>–</td>"
    interval = f"{share(figure.low)}–{share(figure.high)}"
    return f'<td title="n = {figure.n}">{share(figure.mean)}<br><span class="hint">{interval}</span></td>'
