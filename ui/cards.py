"""One paper as HTML: title, details, and its abstract with the quoted words marked. Pure."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from html import escape

from rag.exports import write_bibtex
from rag.sources.arxiv_ids import find_arxiv_id
from rag.types import Evidence, Paper, Source

_AUTHORS_SHOWN = 4
_WEB = re.compile(r"https?://(?:www\.)?([^/?#]+)")  # its group is the place that a link leads to


def render_card(source: Source, *, turn: str, supports: Sequence[tuple[int, str]] = ()) -> str:
    """Draw a cited paper; `supports` are the sentences that cite it, each with its place in the answer."""
    said = "".join(
        f'<p class="supports">supports sentence {place}: “{text(words)}”</p>' for place, words in supports
    )
    return _card(
        source.paper,
        name=f"paper-{turn}-{source.number}",
        number=str(source.number),
        abstract=mark_quotes(source.paper.abstract, source.evidence),
        said=said,
    )


def render_paper(paper: Paper, *, name: str, evidence: Iterable[Evidence] = ()) -> str:
    """Draw a paper that no footnote cites, `evidence` marked; `name` becomes its id in the page."""
    return _card(paper, name=name, number="", abstract=mark_quotes(paper.abstract, evidence), said="")


def _card(paper: Paper, *, name: str, number: str, abstract: str, said: str) -> str:
    shown = f'<span class="number">{number}</span> ' if number else ""
    return (
        f'<section class="card" id="{text(name)}" tabindex="-1">'
        f"<h3>{shown}<bdi>{text(paper.title)}</bdi></h3>"
        f'<p class="details">{_details(paper)}</p>'
        f'<p class="abstract" dir="auto">{abstract}</p>{said}{_tools(paper)}</section>'
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
        pieces += [text(abstract[at:start]), "<mark>", text(abstract[start:end]), "</mark>"]
        at = end
    return "".join([*pieces, text(abstract[at:])])


def name_authors(paper: Paper, *, most: int) -> str:
    """Name the first authors of a paper in a line, and say if there are others.

    >>> from rag.types import PaperId
    >>> name_authors(Paper(PaperId("p"), "P", "It fits.", authors=("Ann", "Bob", "Cy")), most=2)
    'Ann, Bob and others'
    """
    return ", ".join(paper.authors[:most]) + (" and others" if len(paper.authors) > most else "")


def text(foreign: str) -> str:
    """Return foreign text as HTML that shows it as it stands, in elements and in attributes."""
    return escape(foreign, quote=True)


def _details(paper: Paper) -> str:
    """Who, when, from which files, where to read it. An id that Footnote made of the title would only repeat that."""
    authors = name_authors(paper, most=_AUTHORS_SHOWN)
    parts = [text(part) for part in (authors, paper.published or "", *paper.sources[:2]) if part]
    is_arxiv = find_arxiv_id(paper.id) == paper.id
    return " · ".join([*parts, *_link(paper), *([f"<code>{text(paper.id)}</code>"] if is_arxiv else [])])


def _link(paper: Paper) -> list[str]:
    """The way to the paper itself, if it has an address on the web."""
    address = _WEB.match(paper.url or "")
    if paper.url is None or address is None:
        return []
    return [f'<a href="{text(paper.url)}" target="_blank" rel="noopener noreferrer">{text(address[1])} ↗</a>']


def _tools(paper: Paper) -> str:
    return (
        '<p class="tools">'
        '<button type="button" data-do="bibtex">Copy BibTeX</button>'
        f'<button type="button" data-do="similar" data-id="{text(paper.id)}">More like this</button></p>'
        f'<pre class="bibtex" hidden>{_bibtex(paper)}</pre>'
    )


@functools.lru_cache(1_000)  # the same papers are cited again and again; half of drawing a card, and 1 kB
def _bibtex(paper: Paper) -> str:
    return text(write_bibtex([paper]))


def _joined(evidence: Iterable[Evidence]) -> Sequence[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted((e.start, e.end) for e in evidence):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
