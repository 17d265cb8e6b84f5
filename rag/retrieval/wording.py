"""The question as it is searched for: slips mended, short forms spelled out, exclusions left out.

Each rule changes the text that is searched for, never the question that is shown and answered. What
a question does not want ("leave out surveys") would otherwise pull exactly that to the top. A word is
taken for a slip when neither the library nor the encoder's vocabulary of common words knows it, and
a word of the library lies one or two typing errors away. Short forms are spelled out as the library's
own abstracts explain them.
"""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from rag.library.abbreviations import mine_abbreviations
from rag.library.encoder import common_words
from rag.library.lexical import STOP_WORDS, content_terms, stems
from rag.library.library import Library
from rag.settings import WordingSettings
from rag.types import Paper

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
_WORD = re.compile(r"[^\W\d_]+")
_SHORT_FORM = re.compile(r"[A-Za-z][\w/-]+")
_SHORTEST_SLIP = 5
_TWO_ERRORS = 8
_MOST_SLIPS = 12  # each costs a search; a page that was pasted whole is left as it is beyond
_MOST_SHORT_FORMS = 32
_LIKE_IT = 20
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


def mend_slips(text: str, library: Library) -> str:
    """Return a question with its typing errors mended, where the library has a word that was meant."""
    slips = _unknown_words(text, library)
    mended = {word: _meant(word, library) for word in slips}
    return _WORD.sub(lambda match: mended.get(match.group()) or match.group(), text)


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


def _unknown_words(text: str, library: Library) -> list[str]:
    """Words that may be slips: long enough, no name such as "ResNeXt", unknown to library and English.

    A word with letters beyond a to z is of another language, or is written with care.
    """
    words = [
        word
        for word in dict.fromkeys(_WORD.findall(text))
        if len(word) >= _SHORTEST_SLIP
        and word.isascii()
        and word[1:].islower()
        and word.lower() not in STOP_WORDS
    ]
    stemmed = {word: held[0] for word in words if (held := stems(word))}
    uncommon = {w: stem for w, stem in stemmed.items() if not {w.lower(), stem} & common_words()}
    unknown = library.lexical.unknown(set(uncommon.values()))
    return [word for word, stem in uncommon.items() if stem in unknown][:_MOST_SLIPS]


def _meant(word: str, library: Library) -> str | None:
    """The library's word that is nearest to an unknown one, with the fewest errors, then most frequent.

    A long word may hold two errors; it is looked for with one first.
    """
    for errors in (1, 2) if len(word) >= _TWO_ERRORS else (1,):
        ids = library.lexical.like(stems(word)[0], errors=errors, depth=_LIKE_IT)
        near: Counter[str] = Counter()
        for paper in library.catalogue.get(ids).values():
            for held, count in _words(paper).get(word[0].lower(), {}).items():
                if OSA.distance(held, word.lower(), score_cutoff=errors) <= errors:
                    near[held] += count
        if near:
            return min(near, key=lambda held: (OSA.distance(held, word.lower()), -near[held], held))
    return None


@functools.lru_cache(1_000)  # the same papers hold the same words again and again; some 10 kB each
def _words(paper: Paper) -> Mapping[str, Mapping[str, int]]:
    """How often each longer word occurs, by its first letter."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for word in _WORD.findall(f"{paper.title} {paper.abstract}".lower()):
        if len(word) >= _SHORTEST_SLIP:
            found[word[0]][word] += 1
    return found
