"""Fill the templates: whole pages, and parts of the page that `footnote chat` serves.

Jinja escapes all text; only our own style, script and drawn plots pass as they are. A whole page carries
everything it needs and may load nothing: its content security policy allows the one script
by its checksum, and no address at all.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Sequence
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from eval.comparing import ChangedAnswer, Difference
from eval.measures import BY_NAME, MEASURES
from eval.metrics.abstention import STATUSES
from eval.opinions import COUNTERPARTS
from eval.reference import ANSWERABLE, TYPES, Half
from eval.report.figures import report_plots
from eval.report.rows import Row, report_rows
from eval.runs import Run
from eval.scoring import HALVES, Scores

# Measure and type of the tiles at the top.
HEADLINES = (
    ("ndcg10", "all"),
    ("recall20", "list"),
    ("cited_f1", "list"),
    ("nugget_recall", "all"),
    ("citation_precision", "all"),
    ("true_spans", "all"),
    ("false_refusal", "all"),
    ("right_refusal", "all"),
)
_KIND_NAMES = {"howwhy": "how/why", "followup": "follow-up"}


def render_html(run: Run, scores: Scores) -> str:
    """Return the report of a run as one HTML page."""
    plots = [
        (plot.heading, plot.caption, Markup(plot.svg))  # noqa: S704  # ElementTree escaped its text
        for plot in report_plots(run, scores, half=present_halves(scores)[0])
    ]
    manifest = json.dumps(run.manifest, indent=1, ensure_ascii=False)
    return _render("report.html", run=run, plots=plots, manifest=manifest, **_shown(run, scores))


def render_run_part(run: Run, scores: Scores) -> str:
    """Return figures and questions of a run as a part of another page, the questions closed and empty."""
    return _fill("run_part.html", **_shown(run, scores))


def render_question_part(row: Row, cards: Iterable[str]) -> str:
    """Return what a question's row opens to. `cards` are the HTML of its papers, already escaped."""
    safe = Markup("").join(Markup(card) for card in cards)  # noqa: S704  # the caller's own HTML
    return _fill("question_part.html", row=row, cards=safe, measures=MEASURES)


def render_comparison_part(differences: Sequence[Difference], changed: Sequence[ChangedAnswer]) -> str:
    """Return the comparison of two runs as a part of another page."""
    halves = [half for half in HALVES if any(d.half == half for d in differences)]
    return _fill("comparison_part.html", halves=halves, differences=differences, changed=changed)


def render_comparison(
    a: Run, b: Run, differences: Sequence[Difference], changed: Sequence[ChangedAnswer]
) -> str:
    """Return the comparison of two runs as one HTML page."""
    halves = [half for half in HALVES if any(d.half == half for d in differences)]
    return _render("comparison.html", a=a, b=b, halves=halves, differences=differences, changed=changed)


def present_halves(scores: Scores) -> list[Half]:
    """Return the halves that the run asked questions of, `report` first."""
    return [half for half in HALVES if any(q.half == half for q in scores.questions)] or ["report"]


def share(value: float | None) -> str:
    """Write a share without its leading zero, as papers do; a dash for None.

    >>> share(0.6688), share(1.0), share(None)
    ('.669', '1.00', '–')
    """
    if value is None:
        return "–"
    return "1.00" if value > 0.9995 else f"{value:.3f}".removeprefix("0")  # noqa: PLR2004  # as it rounds


def kind_name(kind: str) -> str:
    """Return what people call a type of question."""
    return _KIND_NAMES.get(kind, kind)


def _shown(run: Run, scores: Scores) -> dict[str, object]:
    """What the page of a run and its part in another page are filled with."""
    halves = present_halves(scores)
    return {
        "scores": scores,
        "halves": halves,
        "kinds": [kind for kind in ANSWERABLE if any(q.type == kind for q in scores.questions)],
        "types": [kind for kind in TYPES if any(q.type == kind for q in scores.questions)],
        "measures": MEASURES,
        "counterparts": COUNTERPARTS,
        "labels": BY_NAME,
        "statuses": (*STATUSES, "missing", "crashed"),
        "headlines": [
            (BY_NAME[name], kind, figure)
            for name, kind in HEADLINES
            if (figure := scores.figure(name, half=halves[0], kind=kind))
        ],
        "rows": list(report_rows(run, scores)),
    }


def _render(template: str, **values: object) -> str:
    """Fill a whole page, which carries its style and its one script."""
    script, style = _resource("report.js"), _resource("style.css")
    checksum = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return _fill(
        template,
        script=Markup(script),  # noqa: S704  # our own file
        style=Markup(style),  # noqa: S704  # our own file
        policy=f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{checksum}'",
        **values,
    )


def _fill(template: str, **values: object) -> str:
    environment = Environment(
        loader=PackageLoader("eval.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"share": share, "kind": kind_name}
    return environment.get_template(template).render(**values)


def _resource(name: str) -> str:
    return files("eval.report").joinpath("templates", name).read_text(encoding="utf-8")
