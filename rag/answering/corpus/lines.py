"""The lines of an answer about the library: a count, or the words of an abstract under what they show. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rag.answering.writing.footnotes import Footnotes, remark
from rag.library.passages import split_passages
from rag.types import Evidence, Paper, SentenceReady, Span

_OWN_WORK = re.compile(r"\b(?:we|our|this (?:paper|work|study|article|survey))\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A count, which states nothing of a paper, or with a paper the words of its abstract."""

    text: str
    paper: Paper | None = None
    evidence: Evidence | None = None


def quote(paper: Paper, evidence: Evidence) -> Line:
    """Return the line of an abstract's own words."""
    return Line(evidence.quote, paper, evidence)


def introduce(paper: Paper) -> Line:
    """Return the first sentence that speaks of the paper's own work, else its first."""
    passages = split_passages(paper)
    chosen = next((passage for passage in passages if _OWN_WORK.search(passage.text)), passages[0])
    return quote(paper, Evidence.cut(paper, Span(chosen.start, chosen.end), score=0.0))


def write_lines(lines: Iterable[Line], footnotes: Footnotes) -> Iterator[SentenceReady]:
    """Yield lines as sentences, each with the source that it is the first to cite."""
    for line in lines:
        if line.paper is None or line.evidence is None:
            yield remark(line.text)
        else:
            yield footnotes.write(line.text, [(line.paper, (line.evidence,))])
