"""What a short form stands for, by the abstracts that explain it: found by rule, with their words. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.answering.corpus.lines import Line, quote
from rag.library.abbreviations import mine_abbreviations
from rag.library.passages import split_passages
from rag.types import Evidence, Paper, Span

_MOST_QUOTED = 2
_PLURAL = re.compile(r"(?<![isu])s$")  # an analysis is one
_ASKED = re.compile(
    r"^(?:and )?(?:what (?:does|do|did|is) (?P<short>[A-Z][\w-]{1,11}?)s? (?:stand for|abbreviate|short for|an (?:abbreviation|acronym) (?:of|for))"
    r"|(?:what is )?the (?:meaning|long form) of (?:the (?:abbreviation|acronym|short form) )?(?P<other>[A-Z][\w-]{1,11}?)s?)\b",
)


def asked_short_form(text: str) -> str:
    """Return the short form whose long one is asked for, "" if none is.

    >>> asked_short_form("What does SAE stand for?"), asked_short_form("What does SAE learn?")
    ('SAE', '')
    """
    match = _ASKED.match(text[:1].lower() + text[1:])
    return (match["short"] or match["other"]) if match else ""


def explain_short_form(short: str, papers: Sequence[Paper]) -> Iterator[Line]:
    """Yield each meaning that papers give to a short form, the most frequent first, with words of one or two."""
    explained: dict[str, dict[str, tuple[Paper, Evidence]]] = {}
    for paper in papers:
        for passage in split_passages(paper):
            for found in mine_abbreviations(passage.text):
                if found.short.lower() == short.lower():
                    shown = Evidence.cut(paper, Span(passage.start, passage.end), score=1.0)
                    long = _PLURAL.sub("", found.long)
                    explained.setdefault(long, {}).setdefault(paper.id, (paper, shown))
    for long, by_paper in sorted(explained.items(), key=lambda item: (-len(item[1]), item[0])):
        number = "1 paper explains" if len(by_paper) == 1 else f"{len(by_paper):,} papers explain"
        yield Line(f"“{short}” stands for “{long}”, as {number}:")
        for paper, shown in [*by_paper.values()][:_MOST_QUOTED]:
            yield quote(paper, shown)
