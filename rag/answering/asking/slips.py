"""Slips in the words that ask: "wich papers", "waht is". Pure.

The library's words mend slips in what is asked about (`rag/retrieval/wording.py`). Words that ask are stop words
there, and a slip in one would be taken for a topic that no abstract knows. A table, because one letter
makes another word of many of them ("where" and "there", "paper" and "pager").
"""

from __future__ import annotations

import re

_SLIPS = {
    "which": "wich whcih whihc wihch whitch whic",
    "what": "waht whta wath",
    "papers": "paprs pappers papeers papres paepers ppaers papars",
    "paper": "papper papre papar",
    "articles": "artcles artikels articels",
    "studies": "studys",
    "difference": "diference diffrence differance",
    "differ": "difer",
    "compare": "comapre compair",
    "between": "betwen bewteen beetween",
    "about": "abuot abotu baout",
    "does": "deos",
    "the": "teh hte",
}
_MEANT = {slip: word for word, slips in _SLIPS.items() for slip in slips.split()}
_SPELLINGS = "|".join(spelling for slip in _MEANT for spelling in (slip, slip.capitalize()))
_WORD = re.compile(rf"(?<![\w-])(?:{_SPELLINGS})(?![\w-])")


def mend_asking(text: str) -> str:
    """Return a question whose asking words are spelled as usual; names in capitals stay as they are.

    >>> mend_asking("Wich papers mend teh slips?"), mend_asking("what is TEH?")
    ('Which papers mend the slips?', 'what is TEH?')
    """
    return _WORD.sub(_respelled, text)


def _respelled(match: re.Match[str]) -> str:
    word = match.group()
    meant = _MEANT[word.lower()]
    return meant if word.islower() else meant.capitalize()
