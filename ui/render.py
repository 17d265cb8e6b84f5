"""From answers to HTML. Pure; every piece of foreign text is escaped here or in `ui.cards`, once.

Abstracts, titles, file names, questions and model output are untrusted. They enter the page as text
only: no markup, no links but http(s) ones that the catalogue holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.exports import cited_by
from rag.numbers import counted
from rag.types import Answer, Sentence, Source, Status
from ui.cards import render_card, text
from ui.footnote_links import footnote_link, render_marks
from ui.keeping import is_quote
from ui.leads import read_lead
from ui.refusals import refusal_heading
from ui.render_asked import in_page_words, render_asked
from ui.render_comparison import compared_evidence, render_comparison
from ui.render_how import render_actions, render_how
from ui.render_sweep import render_rest, render_sweep
from ui.render_table import render_table
from ui.set_rows import row_sources, set_rows
from ui.turns import Turn

_HINTS = {
    Status.NOT_IN_LIBRARY: "Other words, or more papers, may help.",
    Status.FILTER_EMPTY: "Widen the filter and ask again.",
}


def render_turn(turn: Turn, *, record: str = "", said: str = "") -> str:
    """Draw a question, its answer so far, and the cards of the papers that it cites.

    `record` is the answer as it may be kept; of a turn that still grows, what may be kept if it is
    stopped now. `said` is the conversation after it.
    """
    parts = [f'<h2 class="question" dir="auto" tabindex="-1">{text(turn.question)}</h2>']
    parts += [render_asked(turn.read_as)] if turn.read_as else []
    parts += [f'<p class="notice">{text(in_page_words(notice.text))}</p>' for notice in turn.notices]
    if turn.error:
        parts += [f'<p class="refusal" role="alert">{text(turn.error)}</p>', render_actions(None)]
    elif turn.answer and turn.answer.status is Status.NO_QUESTION:
        parts += [_invitation(turn.answer), render_actions(None)]
    elif turn.answer:
        told = {notice.text for notice in turn.notices}
        parts += [_answer(turn) if turn.sentences else _refusal(turn.answer, turn.name)]
        parts += [render_rest(turn), render_how(turn.answer, shown=told), render_actions(turn.answer)]
    else:
        parts.append(_growing(turn))
    parts.append(f'<div class="cards" id="cards-{turn.name}" hidden>{_cards(turn)}</div>')
    kept = f' data-said="{text(said)}" data-{"record" if turn.answer else "draft"}="{text(record)}"'
    return f'<article class="turn" data-turn="{turn.name}"{kept if record else ""}>{"".join(parts)}</article>'


def render_header(*, papers: int, encoded: int, writer: str, is_sample: bool) -> str:
    """Draw the quiet line beside the name: how many papers, who writes, how far the index is."""
    index = "index complete" if encoded == papers else f"vectors for {encoded:,} of {papers:,}"
    who = "quoting (no model)" if writer == "quotes" else writer.removeprefix("llm:")
    asked = f"sample of {counted(papers, 'paper')}" if is_sample else counted(papers, "paper")
    facts = (asked, who, index)
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


def _growing(turn: Turn) -> str:
    """What is there so far. The rows of a set grow below the line that tells how far it is."""
    stage = f'<p class="stage" role="status">{text(turn.stage)} …</p>'
    waiting = f'<div class="when-stopped" hidden>{render_actions(None)}</div>'
    if sweep := render_sweep(turn):
        return f'<div class="sweeping">{stage}{sweep}</div>{_answer(turn)}{waiting}'
    return f"{_answer(turn)}{stage}{waiting}"


def _cards(turn: Turn) -> str:
    """The cited papers, with all words marked that a footnote of the turn shows."""
    prose = turn.answer if turn.answer and turn.answer.writer != "quotes" else None
    sources = {source.number: source for source in (*turn.sources, *row_sources(set_rows(turn)))}
    told = compared_evidence(turn.answer) if turn.answer else {}
    return "".join(
        render_card(
            replace(source, evidence=(*source.evidence, *told.get(source.paper.id, ()))),
            turn=turn.name,
            supports=_supports(prose, source),
        )
        for source in sources.values()
    )


def _supports(answer: Answer | None, source: Source) -> list[tuple[int, str]]:
    """The sentences of a model that cite the source; quotes stand in the abstract as they are."""
    cited = cited_by(answer, source.number) if answer else ()
    return [(place, s.text) for place, s in cited if not is_quote(s)]


def _answer(turn: Turn) -> str:
    """A set and a comparison are tables, below what is said of them; anything else is sentences."""
    if rows := set_rows(turn):
        return f'<div class="answer">{_prose(turn, but_not=_quoted(turn))}{render_table(turn, rows)}</div>'
    if turn.answer and turn.answer.comparison:
        table = turn.answer.comparison
        told = {cell.text for row in table.papers for cell in row.cells} | _quoted(turn)
        drawn = render_comparison(turn.answer, table, turn=turn.name)
        return f'<div class="answer">{_prose(turn, but_not=told)}{drawn}</div>'
    return _sentences(turn)


def _quoted(turn: Turn) -> set[str]:
    return {sentence.text for sentence in turn.sentences if sentence.claims and is_quote(sentence)}


def _prose(turn: Turn, *, but_not: set[str]) -> str:
    """What stands above a table: counts, and a model's sentences that no row repeats."""
    said = [sentence for sentence in turn.sentences if sentence.text not in but_not]
    counts = "".join(f'<p class="count">{text(s.text)}</p>' for s in said if not (s.claims or s.citations))
    written = _run_on(turn, [s for s in said if s.claims or s.citations])
    return f'{counts}<div class="written">{written}</div>' if written else counts


def _sentences(turn: Turn) -> str:
    """Quotes stand in a block for each paper; a model's sentences run on."""
    quoting = turn.answer.writer == "quotes" if turn.answer else all(map(is_quote, turn.sentences))
    if quoting and all(s.citations or not s.claims for s in turn.sentences):
        return _quotes(turn)
    written = _run_on(turn, turn.sentences)
    return f'<div class="answer written">{written}</div>'


def _run_on(turn: Turn, sentences: Sequence[Sentence]) -> str:
    body = " ".join(f"{_said(s)}{render_marks(s.citations, turn=turn.name)}" for s in sentences)
    return f'<p dir="auto">{body}</p>' if body else ""


def _said(sentence: Sentence) -> str:
    """A sentence that was kept with a remark shows it: dotted, and told to who points at it."""
    if not sentence.reason:
        return text(sentence.text)
    return f'<span class="remarked" title="{text(sentence.reason)}">{text(sentence.text)}</span>'


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
        led = read_lead(sentence, sources.get(number))
        lead = f'<span class="lead">{text(led)}:</span> ' if led else ""
        marks = render_marks(sentence.citations, turn=turn.name)
        blocks.append(f'<blockquote dir="auto">{lead}{text(sentence.text)}{marks}</blockquote>')
        last = number
    return f'<div class="answer quotes">{"".join(blocks)}</div>'


def _heading(source: Source | None) -> str:
    return f'<h3 class="paper" dir="auto">{text(source.paper.title) if source else ""}</h3>'


def _refusal(answer: Answer, turn: str) -> str:
    said = " ".join(filter(None, (answer.missing, _HINTS.get(answer.status))))
    nearest = "".join(
        f"<li>{footnote_link(s.number, turn=turn, evidence=(), shown=s.paper.title, look='plain')}</li>"
        for s in answer.sources
    )
    listed = f"<p>Nearest papers:</p><ul>{nearest}</ul>" if nearest else ""
    return _boxed(refusal_heading(answer.status), said, below=listed)


def _invitation(answer: Answer) -> str:
    """What can be asked, where nothing was: no search is behind it that could be told of."""
    return _boxed(refusal_heading(answer.status), " ".join(answer.notices))


def _boxed(heading: str, said: str, *, below: str = "") -> str:
    return f'<div class="refusal"><p><strong>{text(heading)}</strong> {text(said)}</p>{below}</div>'
