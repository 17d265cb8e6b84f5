"""Sentences with their footnotes: each cited paper has a number, 1 for the first that is cited."""

from __future__ import annotations

from collections.abc import Iterable, Set

from rag.types import Citation, Evidence, Paper, PaperId, Sentence, SentenceReady, Source


class Footnotes:
    """The numbers of one answer. A paper keeps its number; its evidence grows with each use."""

    def __init__(self) -> None:
        self._numbers: dict[PaperId, int] = {}
        self._papers: dict[PaperId, Paper] = {}
        self._evidence: dict[PaperId, tuple[Evidence, ...]] = {}

    def write(
        self,
        text: str,
        said: Iterable[tuple[Paper, Iterable[Evidence]]],
        *,
        added: Set[PaperId] = frozenset(),
        claims: bool = True,
        lead: str = "",
    ) -> SentenceReady:
        """Return a sentence that cites these words, with the sources that it is the first to cite.

        `added` are the papers that the checks found and the writer did not cite.
        """
        before = len(self._numbers)
        citations = tuple(self.cite(paper, words, added=paper.id in added) for paper, words in said)
        sentence = Sentence(text, citations, supported=True, claims=claims, lead=lead)
        return SentenceReady(sentence, self.sources()[before:])

    def quote(self, paper: Paper, evidence: Evidence, *, lead: str = "") -> SentenceReady:
        """Return words of a paper as a sentence."""
        return self.write(evidence.quote, [(paper, (evidence,))], lead=lead)

    def cite(self, paper: Paper, evidence: Iterable[Evidence], *, added: bool = False) -> Citation:
        """Return the citation of these words, numbering the paper if it is new.

        The same words are kept once, whatever score each use gave them. `added` marks a source that the checks found and the writer did not cite.
        """
        number = self._numbers.setdefault(paper.id, len(self._numbers) + 1)
        self._papers[paper.id] = paper
        known = {(one.start, one.end): one for one in self._evidence.get(paper.id, ())}
        words = tuple(known.setdefault((one.start, one.end), one) for one in evidence)
        self._evidence[paper.id] = tuple(known.values())
        return Citation(number, paper.id, words, added)

    def forget(self) -> None:
        """Begin anew with number 1."""
        self._numbers.clear()
        self._papers.clear()
        self._evidence.clear()

    def sources(self) -> tuple[Source, ...]:
        """Return the numbered papers, in the order of their numbers."""
        return tuple(
            Source(number, self._papers[paper_id], self._evidence[paper_id])
            for paper_id, number in self._numbers.items()
        )


def remark(text: str) -> SentenceReady:
    """Return a sentence that states nothing of a paper, and needs no footnote: a count, a heading."""
    return SentenceReady(Sentence(text, (), supported=True, claims=False), ())
