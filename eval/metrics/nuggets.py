"""Does an answer hold the facts it should? Keys are looked for in its normalised words. Pure.

Nugget recall as in TREC's question answering tracks (Voorhees 2003, "Evaluating answers to definition
questions"), with string matching in the place of an assessor. It knows no paraphrase that its keys do
not name, so it is a lower bound, and it does not notice a fact that is denied.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_TOKEN = re.compile(r"\d+(?:\.\d+)?|\.\d+|[^\W\d_]+|%|\*")
_SEPARATOR = re.compile(r"(?<=\d)[,\u202f\u00a0'](?=\d{3}(?!\d))")
_PER_CENT = re.compile(r"\bper ?cent\b")
_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_NUMBERS = {word: n for n, word in enumerate(_ONES)} | {word: 10 * n for n, word in enumerate(_TENS, start=2)}
_POWERS = {"hundred": 100, "thousand": 1_000}


def nugget_recall(answer: str, nuggets: Sequence[Sequence[str]]) -> float:
    """Share of the nuggets that the answer holds, 0 to 1; each nugget is its keys. Needs one at least.

    >>> nugget_recall("It saw 1,200 oaks in three towns.", [["1200", "oak*"], ["four towns|4 cities"]])
    0.5
    """
    return sum(holds(answer, keys) for keys in nuggets) / len(nuggets)


def holds(answer: str, keys: Sequence[str]) -> bool:
    """Tell whether all keys occur. A key is alternatives split by `|`; a trailing `*` makes a prefix.

    Letters are compared in lower case, whole words by whole words; number words, thousands separators
    and "percent" are brought to one spelling first.

    >>> holds("Trained on ImageNet-1K, 3 percent better", ["imagenet*", "3%|three points"])
    True
    >>> holds("It is of no note", ["not"])
    False
    """
    words = normalise(answer)
    return all(any(_occurs(normalise(option), words) for option in key.split("|")) for key in keys)


def normalise(text: str) -> list[str]:
    """Return the words, figures and percent signs of a text in one spelling.

    >>> normalise("Twenty-seven of 1,200 U.S. states: 3 per cent")
    ['27', 'of', '1200', 'u', 's', 'states', '3', '%']
    >>> normalise("two thousand, 6.9 million, a* 64k")
    ['2000', '6.9', 'million', 'a', '*', '64', 'k']
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    joined = _PER_CENT.sub("%", _SEPARATOR.sub("", folded))
    words: list[str] = []
    before = ""
    for token in _TOKEN.findall(joined):
        value = _value(token)
        if before in _NUMBERS and token in _POWERS:  # two hundred
            words[-1] = str(int(words[-1]) * _POWERS[token])
        elif before in _TENS and token in _ONES[1:10]:  # twenty-seven
            words[-1] = str(int(words[-1]) + _NUMBERS[token])
        else:
            words.append(token if value is None else f"{value:.12g}")
        before = token
    return words


def _value(token: str) -> float | None:
    if token in _NUMBERS:
        return _NUMBERS[token]
    return float(token) if token[:1].isdigit() or token[:1] == "." else None


def _occurs(key: list[str], words: list[str]) -> bool:
    """Tell whether the key's words stand in a row; a last word `*` makes the one before it a prefix."""
    is_prefix = key[-1:] == ["*"]
    wanted = list(key[:-1]) if is_prefix else list(key)
    if not wanted:
        return False
    for start in range(len(words) - len(wanted) + 1):
        found = words[start : start + len(wanted)]
        last = found[-1:] == wanted[-1:] or (is_prefix and found[-1].startswith(wanted[-1]))
        if last and found[:-1] == wanted[:-1]:
            return True
    return False
