"""A text -> its numbers, each with its value and its unit. Pure.

`1.2M`, `1,200,000` and `1.2 million` are one value; `%`, `percent` and `points` one unit, and so are
`x`, `times` and `-fold`. Digits inside a name (`ResNet-50`) belong to the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

# 12,400 · 87.5 · .5, but not the digits of `ResNet-50`, `v2.1` or `GPT4`.
_FIGURE = r"(?<![\w.])(?<![A-Za-z]-)(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|(?<![\w.])\.\d+"
_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = (
    {word: float(value) for value, word in enumerate([*_ONES, *_TEENS], start=1)}
    | {word: 10.0 * value for value, word in enumerate(_TENS, start=2)}
    | {"dozen": 12.0}
)
_SCALES = {"hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "b": 1e9,
           "trillion": 1e12, "t": 1e12}  # fmt: skip
# A letter scales only in its usual case, and not in `4 M/s` or `7B-chat`.
_SCALE = r"(?:\s?-?(?P<scale>(?-i:[kKMBT])(?![\w-]|\s*/)|(?:hundred|thousand|million|billion|trillion)\b))"
# One spelling a unit. Things that cannot be taken for one another count as units too.
_UNITS = {
    "%": r"%|percent(?:age points?)?\b|per cent\b|points?\b|pp\b|pts\b",
    "times": r"[x×](?!\s?\d)(?!\w)|times\b(?!\s?\d)|folds?\b",
    "thirds": r"thirds?\b",
    "ms": r"ms\b|milliseconds?\b",
    "s": r"s\b|secs?\b|seconds?\b",
    "minutes": r"mins?\b|minutes?\b",
    "hours": r"h\b|hrs?\b|hours?\b",
    "days": r"days?\b",
    "weeks": r"weeks?\b",
    "months": r"months?\b",
    "years": r"years?\b",
    "KB": r"KB\b",
    "MB": r"MB\b",
    "GB": r"GB\b",
    "TB": r"TB\b",
    "fps": r"fps\b|frames per second\b",
    "Hz": r"Hz\b",
    "kHz": r"kHz\b",
    "dB": r"dB\b",
    "mm": r"mm\b",
    "cm": r"cm\b",
    "km": r"km\b",
    "tokens": r"tokens?\b",
    "parameters": r"param(?:eter)?s?\b",
    "images": r"images\b|photos\b|pictures\b",
    "videos": r"videos\b|clips\b",
    "languages": r"languages\b",
    "layers": r"layers?\b",
    "GPUs": r"GPUs?\b",
    "epochs": r"epochs?\b",
}
_UNIT = rf"(?:\s?-?(?:{'|'.join(f'(?P<u{n}>{pattern})' for n, pattern in enumerate(_UNITS.values()))}))"
_WORD = rf"\b(?:{'|'.join(_WORDS)})(?:-(?:{'|'.join(_ONES)}))?\b"
_SOME = r"\b(?P<some>hundreds|thousands|millions|billions)\b"
_QUANTITY = re.compile(
    rf"(?:(?P<figure>{_FIGURE})|(?P<word>{_WORD})|{_SOME}){_SCALE}?{_UNIT}?", re.IGNORECASE
)
# The first number of a range shares the unit of the second: `2-5x`, `from 3 to 7 %`.
_RANGE = re.compile(r"\s?(?:-|–|—|to|and|or|/)\s?")
# Multiples that are said without a number.
_MULTIPLES = (
    (re.compile(r"\b(?:twice|doubl(?:es|ed|ing))\b", re.IGNORECASE), 2.0, "times"),
    (re.compile(r"\b(?:thrice|tripl(?:es|ed|ing))\b", re.IGNORECASE), 3.0, "times"),
    (re.compile(r"\b(?:halv(?:e|es|ed|ing)|half)\b", re.IGNORECASE), 0.5, None),  # also `half a point`
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written at `start` to `end`, its value, and its unit in one spelling or None."""

    text: str
    value: float
    unit: str | None
    start: int
    end: int


def read_quantities(text: str) -> tuple[Quantity, ...]:
    """Return the numbers of a text with their units, multiples in words last; `one` is a pronoun.

    >>> [(q.value, q.unit) for q in read_quantities("1.2 million images, 2-5x, .5 and a dozen hours")]
    [(1200000.0, 'images'), (2.0, 'times'), (5.0, 'times'), (0.5, None), (12.0, 'hours')]
    >>> [(q.value, q.unit) for q in read_quantities("half of ResNet-50")]
    [(0.5, None)]
    """
    found: list[Quantity] = []
    for match in _QUANTITY.finditer(text):
        if (match["word"] or "").lower() == "one" and not match["scale"]:
            continue
        unit = next((unit for n, unit in enumerate(_UNITS) if match[f"u{n}"]), None)
        last = found[-1] if found else None
        if last and unit and last.unit is None and _RANGE.fullmatch(text, last.end, match.start()):
            found[-1] = replace(last, unit=unit)
        found.append(Quantity(match[0].strip(), _value(match), unit, *match.span()))
    return (*found, *_multiples(text))


def _value(match: re.Match[str]) -> float:
    if match["some"]:
        return _SCALES[match["some"].lower().removesuffix("s")]
    scale = _SCALES[match["scale"].lower()] if match["scale"] else 1.0
    if match["figure"]:
        return float(match["figure"].replace(",", "")) * scale
    return sum(_WORDS[part] for part in match["word"].lower().split("-")) * scale


def _multiples(text: str) -> Iterator[Quantity]:
    for pattern, value, unit in _MULTIPLES:
        for match in pattern.finditer(text):
            yield Quantity(match[0], value, unit, *match.span())
