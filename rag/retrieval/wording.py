"""The question as it is searched for: slips mended, short forms spelled out, exclusions left out.

Each rule changes the text that is searched for, never the question that is shown and answered. What
a question does not want ("leave out surveys") would otherwise pull exactly that to the top. Slips are
mended by `spelling`; short forms are spelled out as the library's own abstracts explain them.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from rag.library.abbreviations import mine_abbreviations
from rag.library.lexical import content_terms
from rag.library.library import Library
from rag.retrieval.spelling import mend_slips
from rag.settings import WordingSettings

_PART = re.compile(r"(?<=[.?!:;])\s+")
_UNWANTED_PART = re.compile(
    r"\bnot (?:what i|so much)\b|^\W*(?:please )?(?:leave out|skip|exclude)\b|\bdo(?: not|n['’]t) (?:want|need)\b",
    re.IGNORECASE,
)
_UNWANTED_TAIL = re.compile(
    r"(?<![\s,;(–-])[\s,;(–-]+(?:and |but )?(?:please )?(?:leave out|leaving out|please not|excluding|not interested in)\b"
    r"[^.;?!)]*\)?",
    re.IGNORECASE,
)
_SHORT_FORM = re.compile(r"[A-Za-z][\w/-]+")
_MOST_SHORT_FORMS = 32
_EXPLAINING = 20
_LEAST_TERMS = 2


@dataclass(frozen=True, slots=True)
class Wording:
    """A question's words with slips mended, and the text to search for, short forms spelled out too."""

    mended: str
    searched: str


def word_search(text: str, library: Library, rules: WordingSettings) -> Wording:
    """Word a question for the search. Its words may differ from the question's; its topic does not."""
    wanted = leave_out_unwanted(text) if rules.leave_out else text
    mended = mend_slips(wanted, library) if rules.mend_slips else wanted
    return Wording(mended, spell_out(mended, library) if rules.spell_out else mended)


def leave_out_unwanted(text: str) -> str:
    """Return a question without the parts that say what it does not ask for.

    >>> leave_out_unwanted("Which works rank passages? I do not want picture search.")
    'Which works rank passages?'
    >>> leave_out_unwanted("methods for unseen classes - please leave out surveys")
    'methods for unseen classes'
    """
    parts = _PART.split(text)
    kept = []
    for part in parts:
        if len(parts) > 1 and _UNWANTED_PART.search(part):
            continue
        trimmed = _UNWANTED_TAIL.sub("", part)
        cut = trimmed != part and len(content_terms(trimmed)) >= _LEAST_TERMS
        kept.append(trimmed if cut else part)
    if kept == parts:
        return text
    wanted = " ".join(kept).strip()
    return wanted if len(content_terms(wanted)) >= _LEAST_TERMS else text


def spell_out(text: str, library: Library) -> str:
    """Return a question with what its short forms stand for, as the library explains them."""
    words = dict.fromkeys(_SHORT_FORM.findall(text))
    shorts = [word for word in words if sum(letter.isupper() for letter in word) > 1]
    meanings = [m for short in shorts[:_MOST_SHORT_FORMS] if (m := _meaning(short, library))]
    new = [meaning for meaning in dict.fromkeys(meanings) if meaning not in text.lower()]
    return f"{text} ({', '.join(new)})" if new else text


def _meaning(short: str, library: Library) -> str | None:
    """The most frequent long form of a short one; ties by the alphabet."""
    papers = library.catalogue.get(library.lexical.explaining(short, depth=_EXPLAINING)).values()
    found = Counter(
        abbreviation.long
        for paper in papers
        for abbreviation in mine_abbreviations(f"{paper.title}. {paper.abstract}")
        if abbreviation.short == short
    )
    return min(found, key=lambda long: (-found[long], long), default=None)
