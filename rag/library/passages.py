"""Paper -> Passages: one passage a sentence, with exact offsets, never across papers.

sentencex finds the sentence ends ("e.g.", "et al.", "3.5" do not fool it). It would take "(1)" for
the start of a list item and lose the sentence ends inside, so such markers are masked, letter for
letter, while it looks. A sentence longer than the encoder could read at once is cut at white space.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator

import sentencex

from rag.types import Paper, Passage, Span

SPLITTER = "sentencex-en/1"
_LONGEST = 1_200
_LIST_MARKER = re.compile(r"(?<!\S)\(?(?:\d{1,2}|[a-h]|i{1,3}|iv|v|vi{0,3})\)(?=\s)")
_SHORTEST = 25
# "Key.Net" is a name where it stands more than once; a sentence end that lost its space does not come twice.
_DOTTED = re.compile(r"(?<![\w.])[^\W\d_]\w*\.[A-Z]\w*")


def split_passages(paper: Paper) -> tuple[Passage, ...]:
    """Split an abstract into its sentences, in order.

    Offsets count characters: `abstract[p.start:p.end] == p.text`. Passages do not overlap, and
    only white space stands between them. A fragment of less than 25 characters stays with the
    sentence before it. The title tells names with a dot inside.

    >>> from rag.types import PaperId
    >>> paper = Paper(PaperId("a"), "A", "We fuse both, e.g. by sums. It gains 3.5% on average.")
    >>> [p.text for p in split_passages(paper)]
    ['We fuse both, e.g. by sums.', 'It gains 3.5% on average.']
    """
    names = _dotted_names(f"{paper.title} {paper.abstract}")
    spans = [part for span in _sentences(paper.abstract, names) for part in _bounded(span, paper.abstract)]
    return tuple(
        Passage(paper.id, ordinal, span.start, span.end, span.of(paper.abstract))
        for ordinal, span in enumerate(spans)
    )


def _sentences(text: str, names: Collection[str]) -> list[Span]:
    joined: list[Span] = []
    masked = _LIST_MARKER.sub(lambda marker: "A" + "a" * (len(marker.group()) - 1), text)
    for name in names:
        masked = masked.replace(name, name.replace(".", "a"))
    for boundary in sentencex.get_sentence_boundaries("en", masked):
        span = _trimmed(text, boundary["start_index"], boundary["end_index"])
        if span is None:
            continue
        if joined and span.end - span.start < _SHORTEST:
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def _dotted_names(text: str) -> list[str]:
    return [name for name, times in Counter(_DOTTED.findall(text)).items() if times > 1]


def _trimmed(text: str, start: int, end: int) -> Span | None:
    words = text[start:end]
    if not words.strip():
        return None
    left = len(words) - len(words.lstrip())
    return Span(start + left, start + len(words.rstrip()))


def _bounded(span: Span, text: str) -> Iterator[Span]:
    start = span.start
    while span.end - start > _LONGEST:
        space = text.rfind(" ", start, start + _LONGEST)
        cut = space if space > start else start + _LONGEST
        yield Span(start, cut)
        start = cut + 1 if space > start else cut
    if start < span.end:
        yield Span(start, span.end)
