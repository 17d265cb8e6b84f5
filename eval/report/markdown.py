"""The report as Markdown, for a pull request or a README: figures, endings, times, and the worst questions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from eval.measures import BY_NAME, MEASURES
from eval.metrics.abstention import STATUSES
from eval.opinions import COUNTERPARTS
from eval.reference import ANSWERABLE, Half
from eval.report.page import kind_name, present_halves, share
from eval.report.rows import report_rows
from eval.runs import Run
from eval.scoring import Scores

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#~$!])")
_MOST_LISTED = 20


def render_markdown(run: Run, scores: Scores) -> str:
    """Return the report of a run as Markdown; text of questions and papers is escaped."""
    library, asked = run.manifest["library"], len(run.questions)
    lines = [
        "# Evaluation",
        "",
        f"{asked:,} questions, {library['papers']:,} papers{' (sample)' if library['sample'] else ''}, writer "
        f"`{run.manifest['writer']}`, prompts `{run.manifest['prompts']}`, {run.manifest['started'][:10]}. "
        "Means with 95 % bootstrap intervals.",
    ]
    for half in present_halves(scores):
        lines += [
            "",
            f"## {half.capitalize()} half",
            "",
            *_figures(scores, half),
            "",
            *_endings(scores, half),
        ]
    rows = [[s.stage, str(s.n), f"{s.p50:,.1f}", f"{s.p95:,.1f}"] for s in scores.stages]
    lines += ["", "## Milliseconds a stage", "", *_table(["stage", "n", "p50", "p95"], rows)]
    if scores.opinions:
        lines += ["", "## A model's opinion", "", *_opinions(scores)]
    lines += ["", "## Worst questions", "", *_worst(run, scores)]
    return "\n".join(lines) + "\n"


def escape(text: str) -> str:
    r"""Return text on one line that Markdown shows as it is.

    >>> escape("a|b <i>\n[x]")
    'a\\|b \\<i\\> \\[x\\]'
    """
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _figures(scores: Scores, half: Half) -> list[str]:
    kinds = [kind for kind in ANSWERABLE if any(q.type == kind and q.half == half for q in scores.questions)]
    rows = []
    for measure in MEASURES:
        overall = scores.figure(measure.name, half=half)
        if overall is None:
            continue
        by_type = [scores.figure(measure.name, half=half, kind=kind) for kind in kinds]
        interval = f"{share(overall.mean)} \\[{share(overall.low)}, {share(overall.high)}\\]"
        means = [share(figure.mean) if figure else "" for figure in by_type]
        rows.append([measure.label, str(overall.n), interval, *means])
    return _table(["measure", "n", "all", *(kind_name(kind) for kind in kinds)], rows)


def _endings(scores: Scores, half: Half) -> list[str]:
    rows = [
        [kind_name(kind), *(str(counts[status]) for status in STATUSES)]
        for kind, counts in scores.confusion[half].items()
    ]
    return _table(["type", *(status.replace("_", " ") for status in STATUSES)], rows)


def _opinions(scores: Scores) -> list[str]:
    rows = []
    for f in scores.opinions:
        mean = "–" if f.mean is None else f"{f.mean:.3f} \\[{f.low:.3f}, {f.high:.3f}\\]"
        agreement = "no spread" if f.agreement is None else f"{f.agreement:+.2f}"
        against = BY_NAME[COUNTERPARTS[f.measure]].label
        rows.append([f.measure, f.half, str(f.scored), str(f.unscored), mean, against, agreement])
    return _table(["measure", "half", "scored", "unscored", "mean", "beside", "Spearman"], rows)


def _worst(run: Run, scores: Scores) -> Iterator[str]:
    failed = [row for row in report_rows(run, scores) if row.failed]
    for row in sorted(failed, key=lambda r: (r.value or 0.0, r.question.id))[:_MOST_LISTED]:
        yield f"- `{row.question.id}` {row.label} {share(row.value)}: {escape(row.question.question)}"
        for missed in row.missed[:3]:
            yield f"    - {escape(missed.what)}: {escape(missed.why)}"
    if not failed:
        yield "None is below one half."


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    ruler = ["---", *["---:"] * (len(header) - 1)]
    return ["| " + " | ".join(row) + " |" for row in (header, ruler, *rows)]
