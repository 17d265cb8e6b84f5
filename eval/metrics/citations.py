"""Do the footnotes bear out what they stand under? Judged anew from the answer as it was written. Pure.

Citation recall and precision after Gao et al. 2023, "Enabling large language models to generate text with
citations" (ALCE), section 3, with a judge by rule in the place of their entailment model: words that stand
in a cited abstract are supported; other sentences are held against the abstracts by Footnote's verifier.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

# Whether a text is supported by the papers of these ids.
Supports = Callable[[str, Sequence[str]], bool]


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """A sentence of an answer and the ids of the papers that it cites."""

    text: str
    papers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that an answer shows as evidence, with the offsets it gives for them."""

    paper: str
    start: int
    end: int
    text: str


def citation_recall(sentences: Sequence[CitedSentence], supports: Supports) -> float:
    """Share of sentences that all their citations together support, 0 to 1. Needs one sentence at least.

    >>> told = [CitedSentence("a", ("p1",)), CitedSentence("b", ())]
    >>> citation_recall(told, lambda text, papers: "p1" in papers)
    0.5
    """
    return sum(bool(s.papers) and supports(s.text, s.papers) for s in sentences) / len(sentences)


def citation_precision(sentences: Sequence[CitedSentence], supports: Supports) -> float | None:
    """Share of citations that are of use, 0 to 1; None without any citation.

    One is of use when its sentence is supported, and it supports the sentence alone or the others do
    not without it (ALCE).

    >>> told = [CitedSentence("a", ("p1", "p2"))]  # p1 supports it alone; p2 adds nothing
    >>> citation_precision(told, lambda text, papers: "p1" in papers)
    0.5
    """
    useful = [_is_useful(s, paper, supports) for s in sentences for paper in s.papers]
    return sum(useful) / len(useful) if useful else None


def true_spans(quotes: Sequence[Quote], abstracts: Callable[[str], str | None]) -> float | None:
    """Share of quotes with `abstract[start:end] == text`, 0 to 1; None without any quote.

    >>> shown = [Quote("p1", 0, 5, "Local"), Quote("p1", 0, 5, "Globe")]
    >>> true_spans(shown, {"p1": "Local features"}.get)
    0.5
    """
    true = [(abstracts(quote.paper) or "")[quote.start : quote.end] == quote.text for quote in quotes]
    return sum(true) / len(true) if true else None


def _is_useful(sentence: CitedSentence, paper: str, supports: Supports) -> bool:
    others = [other for other in sentence.papers if other != paper]
    if not supports(sentence.text, sentence.papers):
        return False
    return supports(sentence.text, [paper]) or not (others and supports(sentence.text, others))
