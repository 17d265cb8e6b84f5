"""Slips in the words that ask: "wich papers", "waht is", "any1". Pure, but for the bundled list of common words.

The library's words mend slips in what is asked about (`rag/retrieval/wording.py`). Words that ask are stop words
there, and a slip in one would be taken for a topic that no abstract knows. A word that is no common one, and one
slip away from a long word that asks, is taken for it. Short words have a table, because one letter makes another word
of many of them ("where" and "there").
"""

from __future__ import annotations

import functools
import re

from rapidfuzz.distance import OSA

from rag.library.encoder import common_words

_LONG_TEXT = """
which papers paper articles article studies publications approaches approach techniques methods surveys survey
datasets dataset benchmarks benchmark authors research references literature difference differences different compare
comparison between explain mention mentioned existing
"""
_LONG = tuple(_LONG_TEXT.split())
_SHORT = {
    "what": "waht whta wath wat",
    "what's": "whats wats",
    "which": "hwich wihc",
    "articles": "artikels artikel",
    "studies": "studys",
    "many": "meny maney",
    "compare": "compair",
    "difference": "diference differance",
    "differ": "difer",
    "about": "abuot abotu baout abt",
    "anyone": "any1",
    "someone": "some1",
    "does": "deos",
    "something": "sth smth",
    "don't": "dont",
    "doesn't": "doesnt",
    "the": "teh hte",
}
_MEANT = {slip: word for word, slips in _SHORT.items() for slip in slips.split()}
# In capitals it is a name, and so is one capital within a sentence.
_WORD = re.compile(r"(?<![\w-])(?:[a-z]{3,14}1?|(?:^|(?<=[.?!:]\s))[A-Z][a-z]{2,13}1?)(?![\w-])")

_WITH = re.compile(r"(?<!\S)w/(o)?(?=\s)")
_HOW_MUCH = re.compile(r"(?<=\bhow )much (?=(?:papers|works|studies|articles|documents)\b)", re.IGNORECASE)


def mend_asking(text: str) -> str:
    """Return a question whose asking words are spelled as usual; names in capitals stay as they are.

    >>> mend_asking("Wich papers mend teh slips?"), mend_asking("what is TEH?")
    ('Which papers mend the slips?', 'what is TEH?')
    >>> mend_asking("whcih pappers keep their capers"), mend_asking("the taught Papert")
    ('which papers keep their capers', 'the taught Papert')
    """
    spelled = _WORD.sub(_respelled, text)
    return _HOW_MUCH.sub("many ", _WITH.sub(lambda match: "without" if match[1] else "with", spelled))


def _respelled(match: re.Match[str]) -> str:
    word = match.group()
    meant = _meant(word.lower())
    return meant if word.islower() else f"{meant[0].upper()}{meant[1:]}"


@functools.lru_cache(4_000)
def _meant(word: str) -> str:
    if meant := _MEANT.get(word):
        return meant
    near = [one for one in _LONG if one[0] == word[0] and OSA.distance(one, word, score_cutoff=1) == 1]
    unknown = near and word not in _LONG and word not in common_words()
    return near[0] if unknown else word
