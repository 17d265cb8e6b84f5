"""Does an abstract that counts some things also list them? Pure.

"Which four models?" is left open by "we analysed four families of models", where nothing lists four. Only
three things and more can tell: any "and" joins two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.answering.refusing.foreign_names import names

_NUMBERS = ("three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ASKED = re.compile(
    rf"\b(?:which|what)\s+(?:of the )?(?P<number>{'|'.join(_NUMBERS)})\s+(?P<things>\w+(?: \w+)?)",
    re.IGNORECASE,
)
_ITEM = r"(?:[\w/.+-]+ ){0,5}[\w/.+-]+"
# The list stands behind a colon or in brackets, or runs over sentences of its own.
_OPENED = re.compile(r":\s|\([^)]*,|\b(?:namely|such as|including|i\.e\.)")
_ORDINAL = re.compile(
    r"\b(?:first|firstly|second|secondly|third|thirdly)(?: \w+)?(?:,| is\b| uses\b)", re.IGNORECASE
)


def left_unlisted(question: str, spans: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Yield each number of things that is asked for by "which", and whether the sentences list as many.

    Nothing is yielded where no sentence has that number.

    >>> list(left_unlisted("Which three mosses?", ["We test three mosses.", "All are green, wet and soft."]))
    [('list of the three mosses', False)]
    >>> list(left_unlisted("Which three mosses?", ["We test three mosses (fir, oak and elm)."]))
    [('list of the three mosses', True)]
    """
    for match in _ASKED.finditer(question):
        number = match["number"].lower()
        counting = [span for span in spans if re.search(rf"\b{number}\b", span, re.IGNORECASE)]
        if counting:
            over_many = any(_ORDINAL.search(span) for span in spans)
            least = _NUMBERS.index(number) + 3
            yield (
                f"list of the {number} {match['things']}",
                over_many or any(_lists(span, least) for span in counting),
            )


def _lists(span: str, least: int) -> bool:
    row = re.compile(
        rf"(?:{_ITEM}, ){{{least - 2},}}{_ITEM}(?: \([^)]*\))?,? (?:and|or|&|versus) \w", re.IGNORECASE
    )
    return bool(_OPENED.search(span) or row.search(span) or len({name.text for name in names(span)}) >= least)
