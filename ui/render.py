"""From answers to HTML. Pure; every piece of foreign text is escaped here, once.

Abstracts, titles, file names, questions and model output are untrusted. They enter the page as text
only: no markup, no links but http(s) ones that the catalogue holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from html import escape

from rag.types import Answer, Evidence, Notice, Paper, Ranking, Sentence, Source, Status

_REFUSALS = {
    Status.NOT_IN_LIBRARY: (
        "Not in this library.",
        "No paper here speaks of it. The nearest ones are below; other words, or more papers, may help.",
    ),
    Status.NOT_STATED: (
        "The abstracts do not say.",
        "Papers on the topic are here, but no abstract states this. The nearest ones are below.",
    ),
    Status.FILTER_EMPTY: ("No paper passes the filter.", "Widen the filter and ask again."),
}
_STAGE = re.compile(r'(<p class="stage" role="status">)[^<]*</p>')


@dataclass(frozen=True, slots=True)
class Turn:
    """One question with what is known of its answer so far. `number` tells the turns of a page apart."""

    number: int
    question: str
    stage: str = "reading the question"
    sentences: tuple[Sentence, ...] = ()
    sources: tuple[Source, ...] = ()
    notices: tuple[Notice, ...] = ()
    answer: Answer | None = None
    error: str = ""


def render_turn(turn: Turn) -> str:
    """Draw a question, its answer so far, and the cards of the papers that it cites."""
    parts = [f'<h2 class="question">{_text(turn.question)}</h2>']
    parts += [f'<p class="notice">{_text(notice.text)}</p>' for notice in turn.notices]
    if turn.error:
        parts.append(f'<p class="refusal" role="alert">{_text(turn.error)}</p>')
    elif turn.answer and not turn.sentences:
        parts.append(_refusal(turn.answer, turn.number))
    else:
        parts.append(_sentences(turn))
    if turn.answer is None and not turn.error:
        parts.append(f'<p class="stage" role="status">{_text(turn.stage)} …</p>')
    if turn.answer:
        parts.append(_how(turn.answer, shown={notice.text for notice in turn.notices}))
    cards = "".join(render_card(source, turn=turn.number) for source in turn.sources)
    parts.append(f'<div class="cards" id="cards-{turn.number}" hidden>{cards}</div>')
    return f'<article class="turn" data-turn="{turn.number}">{"".join(parts)}</article>'


def stop_turn(drawn: str) -> str:
    """Return a drawn turn that will not grow any more: one that was cut short says so.

    >>> stop_turn('<article><p class="stage" role="status">searching …</p></article>')
    '<article><p class="stage" role="status">stopped</p></article>'
    """
    return _STAGE.sub(r"\1stopped</p>", drawn)


def render_card(source: Source, *, turn: int) -> str:
    """Draw one paper: title, details, and its abstract with the quoted words marked."""
    paper = source.paper
    return (
        f'<section class="card" id="paper-{turn}-{source.number}" tabindex="-1">'
        f'<h3><span class="number">{source.number}</span> {_text(paper.title)}</h3>'
        f'<p class="details">{_details(paper)}</p>'
        f'<p class="abstract">{mark_quotes(paper.abstract, source.evidence)}</p></section>'
    )


def mark_quotes(abstract: str, evidence: Iterable[Evidence]) -> str:
    """Return the abstract as HTML with the evidence in `<mark>`; overlapping spans are joined.

    >>> from rag.types import PaperId
    >>> mark_quotes("a <b> c", [Evidence(PaperId("p"), 2, 5, "<b>", 1.0)])
    'a <mark>&lt;b&gt;</mark> c'
    """
    pieces: list[str] = []
    at = 0
    for start, end in _joined(evidence):
        pieces += [_text(abstract[at:start]), "<mark>", _text(abstract[start:end]), "</mark>"]
        at = end
    return "".join([*pieces, _text(abstract[at:])])


def render_header(*, papers: int, encoded: int, writer: str, sample: str) -> str:
    """Draw the quiet line under the name: how many papers, who writes, how far the index is."""
    index = "index complete" if encoded == papers else f"vectors for {encoded:,} of {papers:,}"
    who = "quoting (no model)" if writer == "quotes" else writer.removeprefix("llm:")
    facts = [f"{papers:,} papers", who, index, *([sample] if sample else [])]
    return (
        '<header><h1>Footnote</h1><p class="facts">'
        + " · ".join(f"<span>{_text(fact)}</span>" for fact in facts)
        + "</p></header>"
    )


def render_welcome(*, is_sample: bool) -> str:
    """Draw what stands on the page before the first question."""
    whose = (
        "These are digests of 557 papers, written for Footnote, so that there is something to ask. Add your "
        "own pages in the terminal: <code>footnote add page.txt</code>"
        if is_sample
        else "Ask your papers. Every sentence of an answer carries a footnote: the words of an abstract."
    )
    return f'<div class="welcome"><p>{whose}</p></div>'


def render_panel() -> str:
    """Draw the evidence panel before there is any."""
    return (
        '<aside id="papers" aria-label="Cited papers">'
        '<p class="hint">Footnotes open here: the paper, with the quoted words marked.</p></aside>'
    )


def describe(ranking: Ranking) -> str:
    """Say in one line what was searched and how long it took."""
    spent = sum(ranking.timings_ms.values())
    return f"searched {ranking.searched:,} papers in {spent:,.0f} ms"


def _sentences(turn: Turn) -> str:
    """Quotes stand in a block for each paper; a model's sentences run on."""
    quoting = turn.answer.writer == "quotes" if turn.answer else all(map(_is_quote, turn.sentences))
    if quoting and all(len(sentence.citations) == 1 for sentence in turn.sentences):
        return _quotes(turn)
    body = " ".join(f"{_text(s.text)}{_marks(s, turn.number)}" for s in turn.sentences)
    return f'<div class="answer written"><p>{body}</p></div>' if body else '<div class="answer"></div>'


def _is_quote(sentence: Sentence) -> bool:
    """Tell a quote from a model's sentence while the answer grows: it is what it cites, word for word."""
    return [e.quote for citation in sentence.citations for e in citation.evidence] == [sentence.text]


def _quotes(turn: Turn) -> str:
    titles = {source.number: source.paper.title for source in turn.sources}
    blocks: list[str] = []
    last = 0
    for sentence in turn.sentences:
        number = sentence.citations[0].number
        if number != last:
            blocks.append(f'<h3 class="paper">{_text(titles.get(number, ""))}</h3>')
        blocks.append(f"<blockquote>{_text(sentence.text)}{_marks(sentence, turn.number)}</blockquote>")
        last = number
    return f'<div class="answer quotes">{"".join(blocks)}</div>'


def _marks(sentence: Sentence, turn: int) -> str:
    links = [
        f'<a class="fn" href="#paper-{turn}-{citation.number}" '
        f'data-turn="{turn}" data-number="{citation.number}" '
        f'data-quote="{_text(" … ".join(e.quote for e in citation.evidence))}" '
        f'aria-label="Footnote {citation.number}">{citation.number}</a>'
        for citation in sentence.citations
    ]
    return f"<sup>{' '.join(links)}</sup>" if links else ""


def _refusal(answer: Answer, turn: int) -> str:
    head, hint = _REFUSALS.get(answer.status, ("No answer.", ""))
    nearest = "".join(
        f'<li><a class="fn plain" href="#paper-{turn}-{s.number}" data-turn="{turn}" '
        f'data-number="{s.number}" data-quote="">{_text(s.paper.title)}</a></li>'
        for s in answer.sources
    )
    return f'<div class="refusal"><p><strong>{_text(head)}</strong> {_text(hint)}</p><ul>{nearest}</ul></div>'


def _how(answer: Answer, *, shown: Set[str]) -> str:
    """Say below an answer how it came about; notices that stand above it already are left out."""
    facts = [describe(answer.ranking)]
    if checked := len(answer.sentences) + len(answer.dropped):
        facts.append(f"{checked} {'sentence' if checked == 1 else 'sentences'} checked")
    facts += [f"{len(answer.dropped)} dropped"] if answer.dropped else []
    spent = answer.timings_ms.get("total", 0.0)
    facts.append(f"{spent:,.0f} ms in all" if spent < 1000 else f"{spent / 1000:,.1f} s in all")  # noqa: PLR2004
    dropped = "".join(
        f"<li>“{_text(sentence.text)}” <em>{_text(sentence.reason)}</em></li>" for sentence in answer.dropped
    )
    more = f"<details><summary>Dropped sentences</summary><ul>{dropped}</ul></details>" if dropped else ""
    notices = "".join(f'<p class="notice">{_text(text)}</p>' for text in answer.notices if text not in shown)
    return f'<footer class="how">{notices}<p>{" · ".join(map(_text, facts))}</p>{more}</footer>'


def _details(paper: Paper) -> str:
    link = (
        f'<a href="{_text(paper.url)}" target="_blank" rel="noopener noreferrer">open ↗</a>'
        if paper.url and paper.url.startswith(("https://", "http://"))
        else ""
    )
    authors = ", ".join(paper.authors[:4]) + (" and others" if len(paper.authors) > 4 else "")  # noqa: PLR2004
    parts = [_text(part) for part in (authors, paper.published or "", *paper.sources[:2]) if part]
    return " · ".join([*parts, *([link] if link else []), f"<code>{_text(paper.id)}</code>"])


def _joined(evidence: Iterable[Evidence]) -> Sequence[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted((e.start, e.end) for e in evidence):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _text(text: str) -> str:
    return escape(text, quote=True)
