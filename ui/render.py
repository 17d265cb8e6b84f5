"""From answers to HTML. Pure; every piece of foreign text is escaped here or in `ui.cards`, once.

Abstracts, titles, file names, questions and model output are untrusted. They enter the page as text
only: no markup, no links but http(s) ones that the catalogue holds.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.exports import cited_by
from rag.types import Answer, Kind, Question, Sentence, Source, Status
from ui.cards import render_card, text
from ui.render_how import render_actions, render_how
from ui.turns import Turn

_REFUSALS = {
    Status.NOT_IN_LIBRARY: (
        "Not in this library.",
        "The nearest papers are below; other words, or more papers, may help.",
    ),
    Status.NOT_STATED: (
        "The abstracts do not say.",
        "Papers on the topic are here; the nearest ones are below.",
    ),
    Status.FILTER_EMPTY: ("No paper passes the filter.", "Widen the filter and ask again."),
    Status.NO_QUESTION: ("Nothing was asked of the library.", ""),
}
_KINDS = {
    Kind.LIST: "a list of papers",
    Kind.FACT: "a fact",
    Kind.COMPARE: "a comparison",
    Kind.EXPLAIN: "an explanation",
    Kind.CORPUS: "the library as a whole",
    Kind.TALK: "small talk",
}


def render_turn(turn: Turn, *, record: str = "") -> str:
    """Draw a question, its answer so far, and the cards of the papers that it cites.

    `record` is the answer as it may be kept; a turn that carries one is complete.
    """
    parts = [f'<h2 class="question" dir="auto">{text(turn.question)}</h2>']
    parts += [_read_as(turn.read_as)] if turn.read_as else []
    parts += [f'<p class="notice">{text(notice.text)}</p>' for notice in turn.notices]
    if turn.error:
        parts.append(f'<p class="refusal" role="alert">{text(turn.error)}</p>')
    elif turn.answer and not turn.sentences:
        parts.append(_refusal(turn.answer, turn.name))
    else:
        parts.append(_sentences(turn))
    if turn.answer is None and not turn.error:
        parts.append(f'<p class="stage" role="status">{text(turn.stage)} …</p>')
    if turn.answer:
        parts.append(render_how(turn.answer, shown={notice.text for notice in turn.notices}))
    parts.append(render_actions(turn.answer) if turn.answer or turn.error else "")
    parts.append(f'<div class="cards" id="cards-{turn.name}" hidden>{_cards(turn)}</div>')
    kept = f' data-record="{text(record)}"' if record else ""
    return f'<article class="turn" data-turn="{turn.name}"{kept}>{"".join(parts)}</article>'


def render_header(*, papers: int, encoded: int, writer: str, sample: str) -> str:
    """Draw the quiet line under the name: how many papers, who writes, how far the index is."""
    index = "index complete" if encoded == papers else f"vectors for {encoded:,} of {papers:,}"
    who = "quoting (no model)" if writer == "quotes" else writer.removeprefix("llm:")
    facts = [f"{papers:,} papers", who, index, *([sample] if sample else [])]
    return '<p class="facts">' + " · ".join(f"<span>{text(fact)}</span>" for fact in facts) + "</p>"


def render_welcome(*, is_sample: bool, examples: Sequence[str]) -> str:
    """Draw what stands on the page before the first question."""
    whose = (
        "These are digests of 557 papers, written for Footnote, so that there is something to ask. "
        'Add your own pages under <a href="#/papers">Papers</a>, or in the terminal: '
        "<code>footnote add page.txt</code>"
        if is_sample
        else "Ask your papers. Every sentence of an answer carries a footnote: the words of an abstract."
    )
    buttons = "".join(f'<button type="button" data-do="ask">{text(example)}</button>' for example in examples)
    return (
        f'<div class="welcome"><p>{whose}</p><div id="examples" role="group" '
        f'aria-label="Questions to begin with">{buttons}</div></div>'
    )


def render_panel() -> str:
    """Draw the evidence panel before there is any."""
    return (
        '<aside id="papers" aria-label="Cited papers" tabindex="0">'
        '<p class="hint">Footnotes open here: the paper, with the quoted words marked.</p></aside>'
    )


def _read_as(question: Question) -> str:
    """Say how the question was understood; what is searched for may be edited and asked again."""
    return (
        '<details class="read-as"><summary>read as a question for '
        f'{_KINDS[question.kind]}</summary><p><span class="standalone" dir="auto">{text(question.text)}</span> '
        '<button type="button" data-do="edit">edit and ask again</button></p></details>'
    )


def _cards(turn: Turn) -> str:
    prose = turn.answer if turn.answer and turn.answer.writer != "quotes" else None
    return "".join(
        render_card(source, turn=turn.name, supports=_supports(prose, source)) for source in turn.sources
    )


def _supports(answer: Answer | None, source: Source) -> list[tuple[int, str]]:
    """The sentences of a model that cite the source; quotes stand in the abstract as they are."""
    return [(place, s.text) for place, s in cited_by(answer, source.number)] if answer else []


def _sentences(turn: Turn) -> str:
    """Quotes stand in a block for each paper; a model's sentences run on."""
    quoting = turn.answer.writer == "quotes" if turn.answer else all(map(_is_quote, turn.sentences))
    if quoting and all(s.citations or not s.claims for s in turn.sentences):
        return _quotes(turn)
    body = " ".join(f"{_said(s)}{_marks(s, turn.name)}" for s in turn.sentences)
    return (
        f'<div class="answer written"><p dir="auto">{body}</p></div>'
        if body
        else '<div class="answer"></div>'
    )


def _said(sentence: Sentence) -> str:
    """A sentence that was kept with a remark shows it: dotted, and told to who points at it."""
    if not sentence.reason:
        return text(sentence.text)
    return f'<span class="remarked" title="{text(sentence.reason)}">{text(sentence.text)}</span>'


def _is_quote(sentence: Sentence) -> bool:
    """Tell a quote from a model's sentence while the answer grows: it is what it cites first, word for word."""
    quoted = [e.quote for citation in sentence.citations[:1] for e in citation.evidence]
    return not sentence.claims or quoted == [sentence.text]


def _quotes(turn: Turn) -> str:
    sources = {source.number: source for source in turn.sources}
    blocks: list[str] = []
    last = 0
    for sentence in turn.sentences:
        if not sentence.citations:
            blocks.append(f'<p class="count">{text(sentence.text)}</p>')
            continue
        number = sentence.citations[0].number
        if number != last:
            blocks.append(_heading(sources.get(number)))
        lead = (
            f'<span class="lead">{text(sentence.lead)}:</span> ' if sentence.lead and number == last else ""
        )
        blocks.append(
            f'<blockquote dir="auto">{lead}{text(sentence.text)}{_marks(sentence, turn.name)}</blockquote>'
        )
        last = number
    return f'<div class="answer quotes">{"".join(blocks)}</div>'


def _heading(source: Source | None) -> str:
    """The title of a paper, with its year and verdict where it was judged."""
    if source is None:
        return '<h3 class="paper"></h3>'
    facts = [source.verdict.value, (source.paper.published or "")[:4]] if source.verdict else []
    told = " · ".join(fact for fact in facts if fact)
    verdict = f' <small class="verdict">{text(told)}</small>' if told else ""
    return f'<h3 class="paper" dir="auto">{text(source.paper.title)}{verdict}</h3>'


def _marks(sentence: Sentence, turn: str) -> str:
    links = [
        f'<a class="fn{" added" if citation.added else ""}" href="#paper-{turn}-{citation.number}" '
        f'data-turn="{turn}" data-number="{citation.number}" '
        f'data-quote="{text(" … ".join(e.quote for e in citation.evidence))}" '
        f'aria-label="Footnote {citation.number}{", added by the checks" if citation.added else ""}">'
        f"{citation.number}</a>"
        for citation in sentence.citations
    ]
    return f"<sup>{' '.join(links)}</sup>" if links else ""


def _refusal(answer: Answer, turn: str) -> str:
    head, hint = _REFUSALS.get(answer.status, ("No answer.", ""))
    nearest = "".join(
        f'<li><a class="fn plain" href="#paper-{turn}-{s.number}" data-turn="{turn}" '
        f'data-number="{s.number}" data-quote="">{text(s.paper.title)}</a></li>'
        for s in answer.sources
    )
    said = f"{answer.missing} {hint}" if answer.missing else hint
    return f'<div class="refusal"><p><strong>{text(head)}</strong> {text(said)}</p><ul>{nearest}</ul></div>'
