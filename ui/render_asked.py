"""Above an answer: how its question was understood, as a form in which a reader can correct it. Pure."""

from __future__ import annotations

import json
import re

from rag.answering.asking.criteria_line import describe
from rag.numbers import counted
from rag.types import Kind, Question
from ui.cards import text

# How the page calls the kinds that can be asked for; "" leaves it to the words.
KINDS = {
    "": "auto",
    Kind.LIST: "list",
    Kind.FACT: "fact",
    Kind.COMPARE: "compare",
    Kind.EXPLAIN: "explain",
    Kind.CORPUS: "library",
}
_READ_AS = {
    Kind.LIST: "a list of papers",
    Kind.FACT: "a fact",
    Kind.COMPARE: "a comparison",
    Kind.EXPLAIN: "an explanation",
    Kind.CORPUS: "the library as a whole",
}
# A page narrows down by dates and by papers that are picked; the library names both as options of the command line.
_DATE = re.compile(r"--(?P<option>since|until) (?P<day>[\d-]+)")
_DATES = {"since": "from", "until": "until"}
_IDS = re.compile(r"--id (?:'[^']*'|[^\s:]+)(?: --id (?:'[^']*'|[^\s:]+))*(?: \.\.\.)?")
_SHOWN_WHOLE = 300  # characters
_LISTING = "; list the ids: footnote papers"


def render_asked(question: Question) -> str:
    """Draw the question as it was read, folded; within, what may be changed and asked again. Small talk has neither."""
    if question.kind is Kind.TALK:
        return ""
    summary = " · ".join(_summary(question))
    if len(summary) > _SHOWN_WHOLE:  # the form within has all of it
        summary = f"{summary[:_SHOWN_WHOLE].rstrip()} …"
    return (
        '<details class="read-as"><summary>'
        f'<span dir="auto">{text(summary)}</span></summary>{_form(question)}</details>'
    )


def _kinds(*, chosen: str = "") -> str:
    """Draw the choice of the kind of answer."""
    options = "".join(
        f'<option value="{value}"{" selected" if value == chosen else ""}>{label}</option>'
        for value, label in KINDS.items()
    )
    return f'<select name="kind">{options}</select>'


def in_page_words(notice: str) -> str:
    """Return a notice with its filters named as the page names them, not as the command line does.

    >>> in_page_words("No paper passes the filter --since 2030 --until 2031: none is of then.")
    'No paper passes the filter from 2030 until 2031: none is of then.'
    """
    if not notice.startswith("No paper passes the filter"):
        return notice
    dated = _DATE.sub(lambda found: f"{_DATES[found['option']]} {found['day']}", notice)
    return _IDS.sub("the papers picked", dated).replace(_LISTING, "")


def render_asking() -> str:
    """Draw the line above the question box: what the next question is asked of, and the kind of answer."""
    return (
        '<div id="asking-line"><span id="asked-of" role="status"></span>'
        f'<label class="kind">Answer with {_kinds()}</label></div>'
    )


def _summary(question: Question) -> list[str]:
    """The words it was read as where they are not the reader's own, the kind, the criteria, the papers."""
    own = question.text.split() == question.asked.split()
    quoted = question.text if question.text.startswith("“") else f"“{question.text}”"
    parts = [f"read as a question for {_READ_AS[question.kind]}" if own else f"read as {quoted}"]
    parts += [] if own else [_READ_AS[question.kind]]
    criteria = describe(question.criteria)
    parts += [criteria] if criteria and question.kind is Kind.LIST else []
    scope = question.scope
    dates = [f"from {scope.since}"] if scope.since else []
    dates += [f"until {scope.until}"] if scope.until else []
    parts += [f"of {scope.since}" if scope.since == scope.until else " ".join(dates)] if dates else []
    if scope.ids is not None:
        parts.append(f"asked of {counted(len(scope.ids), 'paper')}")
    return parts


def _form(question: Question) -> str:
    scope, criteria = question.scope, ""
    if question.kind is Kind.LIST:
        criteria = (
            f'<label>A paper must meet (AND, OR and NOT in capitals) <input name="criteria" dir="auto" maxlength="1000" autocomplete="off" '
            f'value="{text(describe(question.criteria))}" '
            'placeholder="(images OR video) AND NOT labels"></label>'
        )
    papers = ""
    if scope.ids is not None:
        ids = text(json.dumps(list(scope.ids)))
        papers = (
            f'<label class="only"><input type="checkbox" name="only" value="{ids}" checked> '
            f"only the {len(scope.ids):,} papers that were meant</label>"
        )
    return (
        '<form class="asked-form"><label>Question '
        f'<textarea class="standalone" name="question" rows="2" maxlength="10000" dir="auto">{text(question.text)}</textarea>'
        f'</label>{criteria}<p class="fields"><label>Answer with {_kinds(chosen=question.kind)}</label>'
        f"{_date('since', 'Papers from', scope.since)}{_date('until', 'until', scope.until)}</p>{papers}"
        '<p class="fields"><button type="submit">Ask again</button></p></form>'
    )


def _date(name: str, label: str, value: str | None) -> str:
    return (
        f'<label>{label} <input name="{name}" size="10" maxlength="10" autocomplete="off" '
        f'pattern="\\d{{4}}(-\\d{{2}}){{0,2}}" title="2021, 2021-05 or 2021-05-17" value="{text(value or "")}"></label>'
    )
