"""Below an answer: how it was found, what was dropped, and what can be done with it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from rag.exports import Format, plain_text
from rag.types import Answer, RankedPaper, Sentence
from ui.cards import text
from ui.render_asked import in_page_words
from ui.turns import describe

_SHOWN = 10
_SECOND = 1000.0
# What each lap of the line measures, as `Answer.timings_ms` names them.
_LAPS = {
    "reading": "reading the question",
    "lexical": "words (BM25)",
    "related": "words of its topics (BM25)",
    "encode": "question to vector",
    "dense": "vectors of papers and passages",
    "refine": "ordering the best anew",
    "evidence": "choosing evidence",
    "write": "writing and checking",
    "total": "in all",
}
# What each arm's score is, as `RankedPaper.arms` names them.
_ARMS = {
    "words": "words (BM25)",
    "related": "words of its topics (BM25)",
    "paper": "whole paper (cosine)",
    "passage": "best passage (cosine)",
    "fused": "these, fused (z-scores)",
    "late": "late interaction (mean cosine)",
}
_INDEX = {"model": "", "dimensions": " dimensions", "splitter": ""}
_EXPORTS = {Format.CSV: "CSV", Format.BIBTEX: "BibTeX", Format.RIS: "RIS", Format.MARKDOWN: "Markdown"}


def render_how(answer: Answer, *, shown: Set[str]) -> str:
    """Say how an answer came about; notices that stand above it already are left out."""
    told = _dropped_told(answer.dropped)
    notices = "".join(
        f'<p class="notice">{text(in_page_words(n))}</p>'
        for n in answer.notices
        if n not in shown and not (told and n.startswith(told))  # what is dropped has a fold of its own
    )
    facts = " · ".join(map(text, _facts(answer)))
    return (
        f'<footer class="how">{notices}{_dropped(answer.dropped)}'
        f'<details class="found"><summary>{facts}</summary>{_found(answer)}</details></footer>'
    )


def render_actions(answer: Answer | None) -> str:
    """Draw what can be done with a turn; without an answer, it can be asked again or edited."""
    again = _button("retry", "Retry") + _button("edit", "Edit question")
    if answer is None:
        return f'<div class="actions" role="group" aria-label="This question">{again}</div>'
    copies = _button("copy", "Copy") + _button("copy-words", "Copy without footnotes")
    saves = "".join(
        f'<button type="button" data-do="export" data-format="{wanted.value}" '
        f'aria-label="Save the sources as {name}">{name}</button>'
        for wanted, name in _EXPORTS.items()
        if answer.sources or wanted is Format.MARKDOWN
    )
    thumbs = "".join(
        f'<button type="button" data-do="feedback" data-verdict="{verdict}" aria-pressed="false">{name}</button>'
        for verdict, name in (("good", "Useful"), ("bad", "Not useful"))
    )
    return (
        f'<div class="actions" role="group" aria-label="This answer">{copies}{_button("link", "Link")}'
        f'<span class="saves"><span class="what">Save:</span>{saves}</span><span>{again}<span class="thumbs">{thumbs}</span></span></div>'
        f'<pre class="as-text" hidden>{text(plain_text(answer, footnotes=True))}</pre>'
        f'<pre class="as-words" hidden>{text(plain_text(answer, footnotes=False))}</pre>'
    )


def _button(action: str, name: str) -> str:
    return f'<button type="button" data-do="{action}">{name}</button>'


def _facts(answer: Answer) -> list[str]:
    facts = [describe(answer.ranking)]
    if checked := len(answer.sentences) + len(answer.dropped):
        facts.append(f"{checked} {'sentence' if checked == 1 else 'sentences'} checked")
    facts += [f"{len(answer.dropped)} dropped"] if answer.dropped else []
    if spent := answer.timings_ms.get("total"):
        facts.append(f"{spent:,.0f} ms in all" if spent < _SECOND else f"{spent / _SECOND:,.1f} s in all")
    return facts


def _dropped(sentences: Sequence[Sentence]) -> str:
    items = "".join(f"<li>“{text(s.text)}” <em>{text(s.reason)}</em></li>" for s in sentences)
    if not items:
        return ""
    return f'<details class="dropped"><summary>{_dropped_told(sentences)}</summary><ul>{items}</ul></details>'


def _dropped_told(sentences: Sequence[Sentence]) -> str:
    if not sentences:
        return ""
    return "1 sentence dropped" if len(sentences) == 1 else f"{len(sentences)} sentences dropped"


def _found(answer: Answer) -> str:
    ranking = answer.ranking
    rows = [
        ("writer", answer.writer),
        *([("prompts", f"version {answer.prompts}")] if answer.prompts else []),
        *([("index", _index(ranking.index))] if ranking.index else []),
        ("papers searched", f"{ranking.searched:,}, {ranking.encoded:,} of them with vectors"),
        ("judged", f"{answer.judged:,} of {ranking.searched:,}"),
        (
            "highest similarity",
            "no vectors" if ranking.similarity is None else f"{ranking.similarity:.3f} (cosine, -1 to 1)",
        ),
        ("word coverage", f"{ranking.coverage:.0%} of the question's content words in one paper"),
        *((_LAPS.get(lap, lap), f"{spent:,.1f} ms") for lap, spent in answer.timings_ms.items()),
    ]
    tokens = (answer.usage.prompt_tokens, answer.usage.completion_tokens)
    if any(count is not None for count in tokens):
        read, written = (f"{count:,}" if count is not None else "unknown" for count in tokens)
        rows.append(("tokens", f"{read} read, {written} written"))
    if answer.usage.cost is not None:
        rows.append(("cost", f"${answer.usage.cost:,.4f}"))
    facts = "".join(
        f'<tr><th scope="row">{text(name)}</th><td>{text(value)}</td></tr>' for name, value in rows
    )
    return f'<table class="laps"><tbody>{facts}</tbody></table>{_ranked(ranking.papers[:_SHOWN])}'


def _index(built: Mapping[str, str]) -> str:
    """How the indexes were built, in the words of the library's manifest."""
    parts = [f"{built[name]}{unit}" for name, unit in _INDEX.items() if name in built]
    return ", ".join(parts)


def _ranked(papers: Sequence[RankedPaper]) -> str:
    """The best papers with what each arm gave them; an arm that saw none of them has no column."""
    arms = [name for name in _ARMS if any(name in ranked.arms for ranked in papers)]
    judged = any(ranked.relevance is not None for ranked in papers)
    heads = ["rank", "paper", *(_ARMS[name] for name in arms), "score (after a closer look)"]
    heads += [*(["re-ranker (its own unit)"] if judged else []), "best evidence (0 to 1)"]
    rows = "".join(f"<tr>{''.join(_cells(ranked, arms, judged=judged))}</tr>" for ranked in papers)
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    return (
        '<div class="wide" tabindex="0"><table class="ranked"><caption>The best papers; higher is better</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _cells(ranked: RankedPaper, arms: Iterable[str], *, judged: bool) -> Iterator[str]:
    yield f"<td>{ranked.rank}</td><td>{text(ranked.paper.title)}</td>"
    numbers = [*(ranked.arms.get(name) for name in arms), ranked.score]
    numbers += [*([ranked.relevance] if judged else []), max((e.score for e in ranked.evidence), default=0.0)]
    yield from ("<td>–</td>" if number is None else f"<td>{number:.2f}</td>" for number in numbers)
