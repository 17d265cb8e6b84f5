"""Marker syntax: the text of a model -> sentences with the numbers they cite. Pure.

A model is shown numbered sources and asked to end each sentence in numbers: `... in both [2][5].`
Markers may stand before or after the full stop; `[2, 5]` and `[2-4]` are read too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

import sentencex

_MARKER = re.compile(r"\s*\[\s*(\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*)\s*\]")
_ONLY_MARKERS = re.compile(r"(?:\s*\[[\d\s,;–-]*\]?)*[\s.]*$")
_LEADING_MARKERS = re.compile(r"^(?:\s*\[\s*\d[\d\s,;–-]*\])+\s*\.?")
_BULLET = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)]|#{1,6})\s+")
_EMPHASIS = re.compile(r"\*\*|__|`")
_LONGEST_RANGE = 20


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence as a model wrote it: its words without markers, and the numbers it cited."""

    text: str
    numbers: tuple[int, ...]


class SentenceStream:
    """Cuts a stream of text into whole sentences, each with the markers that follow it."""

    def __init__(self) -> None:
        self._buffer = ""

    def feed(self, text: str) -> list[str]:
        """Take the next piece of the stream and return the sentences that are complete now.

        The last sentence may still grow, and so may its markers, until a line or the stream ends.
        """
        self._buffer += text
        starts = _starts(self._buffer)
        line_end = self._buffer.rfind("\n") + 1
        cut = max(starts[-1] if starts else 0, line_end)
        complete, self._buffer = self._buffer[:cut], self._buffer[cut:]
        return split_sentences(complete)

    def flush(self) -> list[str]:
        """Return what is left when the stream has ended."""
        rest, self._buffer = self._buffer, ""
        return split_sentences(rest)


def split_sentences(text: str) -> list[str]:
    """Split text at line and sentence ends; markers stay with the sentence before them.

    >>> split_sentences("Both are fused. [1] It is fast [2].")
    ['Both are fused. [1]', 'It is fast [2].']
    """
    starts = _starts(text)
    pieces = [text[start:end].strip() for start, end in pairwise([*starts, len(text)])]
    return [piece for piece in pieces if piece]


def _starts(text: str) -> list[int]:
    """Return where the sentences of a text begin."""
    starts: list[int] = []
    offset = 0
    for line in text.split("\n"):
        for boundary in sentencex.get_sentence_boundaries("en", line):
            piece = line[boundary["start_index"] : boundary["end_index"]]
            start = offset + boundary["start_index"]
            markers = _LEADING_MARKERS.match(piece) if boundary["start_index"] else None
            rest = start + (markers.end() if markers else 0)
            continues = boundary["start_index"] > 0 and _ONLY_MARKERS.match(piece)
            if piece.strip() and not continues:
                starts.append(rest)
        offset += len(line) + 1
    return starts


def read_draft(sentence: str) -> Draft:
    """Part a sentence from its markers; list bullets and emphasis are dropped.

    >>> read_draft("- **Both** are fused [2, 5].")
    Draft(text='Both are fused.', numbers=(2, 5))
    """
    numbers = [number for match in _MARKER.finditer(sentence) for number in _numbers(match.group(1))]
    words = _EMPHASIS.sub("", _BULLET.sub("", _MARKER.sub("", sentence)))
    return Draft(" ".join(words.split()), tuple(dict.fromkeys(numbers)))


def _numbers(listed: str) -> list[int]:
    found: list[int] = []
    for part in re.split(r"[,;]", listed):
        first, _, last = (piece.strip() for piece in re.sub(r"\s*[–-]\s*", "-", part).partition("-"))
        low, high = int(first), int(last or first)
        found.extend(range(low, min(high, low + _LONGEST_RANGE) + 1))
    return found
