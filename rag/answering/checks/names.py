"""Does every named thing of a sentence stand in its sources? Pure.

A name is a word that capitals or digits mark: an acronym, CamelCase, letters with digits, or a word
with a capital inside a sentence. It is looked up by its letters and digits alone, so `LLaMA-2`,
`Llama 2` and `Llama2` are one. An acronym may be spelled out by the source.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.library.lexical import STOP_WORDS, stems

# A word with its hyphens and inner marks: `ViT-L/14`, `DALL·E`, `C++`, `Llama-2-7B`.
_TOKEN = re.compile(r"[^\W_](?:[\w.+/&'’·-]*[\w+])?")
_PART = re.compile(r"[^\W_]+")
_PART_OR_STOP = re.compile(r"[^\W_]+|[.,;:!?()]")
_PREFIX = re.compile(r"\b(auto|hyper|multi|super|semi|self|meta)(?=[a-z]{4})", re.IGNORECASE)
_MARKED = re.compile(r"[a-z][A-Z]|[A-Z]{2}|[A-Z]\d|\d[A-Z]|[a-z]\d|^[A-Z]\w*(?:[+]|-\d)")
_CAPITAL = re.compile(r"[A-Z][a-z]+")
_POSSESSIVE = re.compile(r"['’]s?$")
# `quantities` reads these: `3x`, `64k`, `1.2M`, `10ms`; ordinals and `3-layer` name nothing either.
_FIGURE = re.compile(
    r"[\d.,]+(?:x|k|K|M|B|T|st|nd|rd|th|s|ms|fps|h|GB|MB|KB|TB|Hz|kHz|dB|mm|cm|px)?(?:-?fold)?|[\d.]+-[a-z]+"
)
_ENDS = frozenset(".:!?")
_LONGEST_JOIN = 4


@dataclass(frozen=True, slots=True)
class _Known:
    """What sources hold: up to four words in a row joined, all stems, and their initials."""

    joined: frozenset[str]
    stems: frozenset[str]
    initials: str


def read_names(text: str) -> tuple[str, ...]:
    """Return the names of a sentence, in order.

    >>> read_names("Unlike CLIP, the ViT-L model of Meta reads 64k tokens.")
    ('CLIP', 'ViT-L', 'Meta')
    """
    return tuple(dict.fromkeys(_names(text)))


def missing_name(text: str, sources: Sequence[str]) -> str | None:
    """Return the first name of `text` that none of `sources` holds, else None.

    >>> missing_name("SAEs beat CLIP.", ["A sparse autoencoder is better than CLIP."]) is None
    True
    >>> missing_name("It beats GPT-4.", ["It beats GPT-3."])
    'GPT-4'
    """
    names = read_names(text)
    if not names:
        return None
    known = _know(sources)
    return next((name for name in names if not _is_known(name, known)), None)


def _names(text: str) -> Iterator[str]:
    first = True  # a capital at the start of a sentence marks nothing
    for token in _TOKEN.finditer(text):
        word = _POSSESSIVE.sub("", token[0])
        marked = _MARKED.search(word) or (_CAPITAL.search(word) and not first)
        if marked and not _FIGURE.fullmatch(word):
            yield word
        first = text[token.end() : token.end() + 1] in _ENDS


def _is_known(name: str, known: _Known) -> bool:
    """A name is known as a whole, spelled out, or part by part: `GSM-based`, `CNN/Transformer`."""
    parts = _PART.findall(name)
    if _holds("".join(parts), known) or _is_spelled_out(name, known):
        return True
    return len(parts) > 1 and all(
        _holds(part, known) or (part.islower() and part.isalpha()) or _is_spelled_out(part, known)
        for part in parts
    )


def _holds(word: str, known: _Known) -> bool:
    folded = _folded(word)
    forms = {folded, folded.removesuffix("s"), f"{folded}s"}
    return bool(forms & known.joined) or not known.stems.isdisjoint(stems(folded))


def _is_spelled_out(name: str, known: _Known) -> bool:
    """`SSM` for `state space model`: its letters are the initials of words that stand together."""
    letters = name.removesuffix("s")
    return letters.isalpha() and letters.isupper() and len(letters) > 1 and letters.lower() in known.initials


def _know(sources: Sequence[str]) -> _Known:
    parts = [[_folded(part) for part in _PART.findall(source)] for source in sources]
    joined = frozenset(
        "".join(words[n : n + size])
        for words in parts
        for n in range(len(words))
        for size in range(1, _LONGEST_JOIN + 1)
    )
    parted = [_PREFIX.sub(r"\1 ", source) for source in sources]  # `autoencoder` is the AE of SAE
    initials = "\n".join("".join(map(_initial, _PART_OR_STOP.findall(s))) for s in (*sources, *parted))
    return _Known(joined, frozenset(stems(" ".join(sources))), initials)


def _initial(word: str) -> str:
    """The first letter; a stop for what parts two names, and for words without topic."""
    return "." if not word[0].isalnum() or word.lower() in STOP_WORDS else word[0].lower()


def _folded(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", word).lower() if c.isalnum())
