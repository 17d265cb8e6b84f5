"""The answer to a set question: a count that code computed, then a row for each paper that belongs. Pure.

Every row is a footnote: the words of the abstract that speak for the paper. A paper without such words
gets no row, and what the count says is what the rows show.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rag.answering.footnotes import Footnotes
from rag.answering.verdicts import Judged, count_sentence, how_sure, judge
from rag.retrieval.sweeping import Swept
from rag.types import Sentence, Source, Verdict

# The features are relative to the papers around; they were weighed among 557, and mean little among a few.
_CROWD = 50


@dataclass(frozen=True, slots=True)
class SetAnswer:
    """All papers that were judged, those that belong first; `searched` counts the papers in scope."""

    papers: tuple[Judged, ...]
    searched: int

    @property
    def judged(self) -> int:
        """The number of papers that were judged."""
        return len(self.papers)

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The verdicts on all of them."""
        return tuple(one.verdict for one in self.papers)

    @property
    def notice(self) -> str:
        """How they were judged, in one line."""
        return how_sure(self.papers, searched=self.searched)

    def write(self, footnotes: Footnotes) -> Iterator[tuple[Sentence, tuple[Source, ...]]]:
        """Yield the count, then the rows, each with the source that it cites; nothing if no paper belongs."""
        rows = [one for one in self.papers if one.belongs]
        if not rows:
            return
        yield Sentence(count_sentence(rows, searched=self.searched), (), supported=True, claims=False), ()
        for one in rows:
            for evidence in sorted(one.verdict.evidence, key=lambda e: e.start):
                before = len(footnotes.sources())
                citation = footnotes.cite(one.paper, (evidence,))
                yield Sentence(evidence.quote, (citation,), supported=True), footnotes.sources()[before:]


def answer_set(swept: Swept, *, searched: int) -> SetAnswer | None:
    """Judge the papers of a sweep; `searched` is the number of papers in scope.

    None where too few papers were compared: a probability needs a crowd to stand out from.
    """
    return SetAnswer(judge(swept), searched) if swept.compared >= _CROWD else None
