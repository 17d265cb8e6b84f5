"""Marker syntax: the text of a model -> sentences with the numbers they cite. Pure.

A model is shown numbered sources and asked to end each sentence in numbers: `... in both [2][5].`
Markers may stand before or after the full stop; `[2, 5]` and `[2-4]` are read too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

import sentencex

# Numbers of sources begin at 1: `[0, 1]` is an interval in the text.
_MARKER = re.compile(r"\s*\[\s*(0|[1-9]\d{0,2}(?:\s*[,;–-]\s*[1-9]\d{0,2})*)\s*\]")
_ONLY_MARKERS = re.compile(r"(?:\s*\[[\d\s,;–-]*\]?)*[\s.]*$")
_LEADING_MARKERS = re.compile(r"^(?:\s*\[\s*\d[\d\s,;–-]*\])+\s*\.?")
_BULLET = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)]|#{1,6})\s+")
_EMPHASIS = re.compile(r"\*\*|__|`")
_TWO_STOPS = re.compile(r"(?<=[^.][.!?])\.$")
_WORD = re.compile(r"\S*\s|\S+")
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"))
_ITEM = re.compile(r"^\s*(\d{1,2})[.)]\s")
# A full stop and a marker, in either order: nothing is missing.
_ENDS = re.compile(r"(?:[.!?][\"”’)]*\s*(?:\[[\d\s,;–-]+\])+|\][.!?])\s*$")
_ADDRESS = re.compile(
    r"!?\[[^\]]*\]\([^)]*\)"  # Markdown's links and images
    r"|</?[a-z][^<>]*>"  # tags
    r"|(?:\b[a-z][a-z0-9+.-]*://|\bwww\.|\b(?:data|javascript|mailto):)\S+",
    re.IGNORECASE,
)
_LONGEST_WAIT = 600
_LONGEST_RANGE = 60


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """A sentence as a model wrote it: its words without markers, and the numbers it cited."""

    text: str
    numbers: tuple[int, ...]


class SentenceStream:
    """Cuts a stream of text into whole sentences, each with the markers that follow it.

    Where a sentence ends is decided after each word, from what stands before it alone: the same text
    gives the same sentences, however the stream was cut into pieces.
    """

    def __init__(self) -> None:
        self._buffer = ""

    def feed(self, text: str) -> list[str]:
        """Take the next piece of the stream and return the sentences that are complete now.

        The last sentence may still grow, and so may its markers, until a line or the stream ends.
        """
        complete: list[str] = []
        for word in _WORD.findall(text):
            self._buffer += word
            if word.endswith("\n"):
                complete += self.flush()
            elif word[-1].isspace() and not self._buffer[-2:].isspace():
                cut = _starts(self._buffer)[-1:]
                if cut and not _is_open(self._buffer[: cut[0]]):
                    complete += _pieces(self._buffer[: cut[0]])
                    self._buffer = self._buffer[cut[0] :]
        return complete

    def flush(self) -> list[str]:
        """Return what is left when the stream, or a line of it, has ended."""
        rest, self._buffer = self._buffer, ""
        return _pieces(rest)


def split_sentences(text: str) -> list[str]:
    """Split text at line and sentence ends; markers stay with the sentence before them.

    >>> split_sentences("Both are fused. [1] It is fast [2].")
    ['Both are fused. [1]', 'It is fast [2].']
    """
    stream = SentenceStream()
    return [*stream.feed(text), *stream.flush()]


def _pieces(line: str) -> list[str]:
    pieces = [line[start:end].strip() for start, end in pairwise([*_starts(line), len(line)])]
    return [piece for piece in pieces if piece]


def _starts(line: str) -> list[int]:
    """Return where the sentences of a line begin; a bullet or the number of an item begins none."""
    starts: list[int] = []
    masked = _BULLET.sub(lambda bullet: " " * len(bullet.group()), line)
    for boundary in sentencex.get_sentence_boundaries("en", masked):
        start = boundary["start_index"]
        piece = line[start : boundary["end_index"]]
        markers = _LEADING_MARKERS.match(piece) if start else None
        if piece.strip() and not (start and _ONLY_MARKERS.match(piece)):
            starts.append(start + (markers.end() if markers else 0))
    return starts


def _is_open(text: str) -> bool:
    """Tell whether a bracket or a quotation still waits for its end, and may yet find it."""
    if len(text) > _LONGEST_WAIT:
        return False
    return text.count('"') % 2 == 1 or any(text.count(a) > text.count(b) for a, b in _PAIRS)


def read_marked(sentence: str) -> MarkedSentence:
    """Part a sentence from its markers; list bullets and emphasis are dropped.

    >>> read_marked("- **Both** are fused [2, 5].")
    MarkedSentence(text='Both are fused.', numbers=(2, 5))
    """
    numbers = [number for match in _MARKER.finditer(sentence) for number in _numbers(match.group(1))]
    words = _EMPHASIS.sub("", _BULLET.sub("", _MARKER.sub("", sentence)))
    text = _TWO_STOPS.sub("", " ".join(words.split()))  # `It is so. [1].` had one on either side
    return MarkedSentence(text, tuple(dict.fromkeys(numbers)))


def read_item(sentence: str) -> int | None:
    """Return the number of the list item that a sentence begins with, if it does.

    >>> read_item("2. It is fast [1].")
    2
    """
    item = _ITEM.match(sentence)
    return int(item.group(1)) if item else None


def is_whole(sentence: str) -> bool:
    """Tell whether a sentence, cut out of a stream that broke, is surely complete.

    >>> is_whole("It is fast [2]."), is_whole("It is fast. [2]"), is_whole("It reaches 87.")
    (True, True, False)
    """
    return bool(_ENDS.search(sentence))


def find_foreign(text: str, shown: str) -> str | None:
    """Return a link, an address or a tag in a sentence that does not stand in what was shown.

    >>> find_foreign("It is fast ![x](http://a.example/?q=1)", "It is fast.")
    '![x](http://a.example/?q=1)'
    """
    return next((found for found in _ADDRESS.findall(text) if found not in shown), None)


def _numbers(listed: str) -> list[int]:
    found: list[int] = []
    for part in re.split(r"[,;]", listed):
        first, _, last = (piece.strip() for piece in re.sub(r"\s*[–-]\s*", "-", part).partition("-"))
        low, high = int(first), int(last or first)
        found.extend(range(low, min(high, low + _LONGEST_RANGE) + 1))
    return found
