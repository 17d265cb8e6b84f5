"""The numbers of an answer's papers, and the words behind them."""

from __future__ import annotations

from rag.answering.writing.footnotes import Footnotes
from rag.types import Evidence, Paper, PaperId, Span

_OWLS = Paper(PaperId("owls"), "Owls", "Owls hear well. They fly.")


def test_the_same_words_are_kept_once_whatever_their_score() -> None:
    footnotes = Footnotes()
    first, again = (Evidence.cut(_OWLS, Span(0, 15), score=score) for score in (0.9, 0.2))
    citations = [footnotes.cite(_OWLS, (one,)) for one in (first, again)]
    [source] = footnotes.sources()
    assert source.evidence == (first,)
    assert [citation.evidence for citation in citations] == [(first,), (first,)]
