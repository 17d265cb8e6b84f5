"""A footnote as a link: it opens its paper in the panel, and shows its words to who points at it. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from rag.types import Citation, Evidence
from ui.cards import text


def render_marks(citations: Iterable[Citation], *, turn: str) -> str:
    """Draw the numbers behind a sentence."""
    links = [
        footnote_link(
            citation.number,
            turn=turn,
            evidence=citation.evidence,
            shown=str(citation.number),
            name=f"Footnote {citation.number}{', added by the checks' if citation.added else ''}",
            look="added" if citation.added else "",
        )
        for citation in citations
    ]
    return f"<sup>{' '.join(links)}</sup>" if links else ""


def footnote_link(  # noqa: PLR0913  # each stands for itself
    number: int, *, turn: str, evidence: Iterable[Evidence], shown: str, name: str = "", look: str = ""
) -> str:
    """Draw a link to a cited paper of a turn; `shown` is its text, `name` what a screen reader says instead."""
    quote = " … ".join(e.quote for e in evidence)
    label = f' aria-label="{text(name)}"' if name else ""
    return (
        f'<a class="{text(f"fn {look}".strip())}" href="#paper-{turn}-{number}" data-turn="{turn}" '
        f'data-number="{number}" data-quote="{text(quote)}"{label}>{text(shown)}</a>'
    )
