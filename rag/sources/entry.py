"""From the raw fields of one entry to a Paper, or to the reason why it is none.

Every format ends here, so that cleaning, ids and the rules for a usable entry are the same for all.
"""

from __future__ import annotations

import functools
import hashlib
import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass

from rag.sources.arxiv_ids import find_arxiv_id
from rag.sources.cleaning import clean
from rag.types import Paper, PaperId, Skipped

NOT_UTF8 = "bytes that are not UTF-8; save the file as UTF-8 and add it again"
# As far as it can be a date: of "2024-13-01" the year is believed, of milliseconds since 1970 nothing.
_DATE = re.compile(r"\d{4}(?!\d)(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01])(?!\d))?(?!\d))?", re.ASCII)
_UNDECODED = re.compile("[\ud800-\udfff]")
_SLUG_LENGTH = 72
# A second of the encoder's time is some 8,000 characters: what is longer is no abstract, and would hold up all others.
_LONGEST = {"title": 5_000, "abstract": 200_000}


@dataclass(frozen=True, slots=True)
class RawEntry:
    """The fields of one entry as the page gave them; `line` is where it begins, from 1."""

    line: int
    title: str
    abstract: str
    authors: tuple[str, ...] = ()
    published: str = ""
    url: str = ""
    identifier: str = ""


def read_entry(raw: RawEntry, *, source: str) -> Paper | Skipped:
    """Clean one entry and give it an id.

    An entry needs a title of up to 5,000 and an abstract of up to 200,000 characters in readable text;
    anything else becomes `Skipped` with the file and line.
    """
    for name, text in (("title", raw.title), ("abstract", raw.abstract)):
        if len(text) > _LONGEST[name]:
            beginning = shorten(text[:_SLUG_LENGTH])
            reason = f"the {name} “{beginning}” has {len(text):,} characters; {_LONGEST[name]:,} are the most"
            return Skipped(source, raw.line, reason)
    if _UNDECODED.search(" ".join((raw.title, raw.abstract, *raw.authors))):
        return Skipped(source, raw.line, NOT_UTF8)
    title, abstract = clean(raw.title), clean(raw.abstract)
    if not title and not abstract:
        return Skipped(source, raw.line, "neither title nor abstract")
    if not title:
        return Skipped(source, raw.line, f"an abstract without a title: “{shorten(abstract)}”")
    if not abstract:
        return Skipped(source, raw.line, f"no abstract for “{shorten(title)}”")
    arxiv = find_arxiv_id(raw.identifier) or find_arxiv_id(raw.url)
    return Paper(
        id=PaperId(arxiv) if arxiv else slug(title),
        title=title,
        abstract=abstract,
        authors=tuple(name for name in map(clean, raw.authors) if name),
        published=_published(raw.published),
        url=_safe_url(raw.url) or (f"https://arxiv.org/abs/{arxiv}" if arxiv else None),
        sources=(source,),
    )


def sort_entries(
    entries: Iterable[Paper | Skipped],
) -> tuple[tuple[Paper, ...], tuple[Skipped, ...]]:
    """Part the papers from the skipped, each in its order."""
    found = tuple(entries)
    return (
        tuple(entry for entry in found if isinstance(entry, Paper)),
        tuple(entry for entry in found if isinstance(entry, Skipped)),
    )


@functools.lru_cache(maxsize=1_024)  # asked several times for each paper that is added
def title_key(title: str) -> str:
    """Return letters and digits alone, lower case, without accents: what makes two titles the same.

    >>> title_key("V^2L: A  Study") == title_key("v^{2}l - a study")
    True
    """
    folded = unicodedata.normalize("NFKD", title).casefold()
    return "".join(char for char in folded if char.isalnum() or _is_vowel_sign(char))


def slug(title: str) -> PaperId:
    """Return a stable id made of the words of a title.

    A title that is too long, or has no Latin letters, is told apart by a checksum of its key.

    >>> slug("TOPIQ: A Top-down Approach")
    'topiq-a-top-down-approach'
    """
    folded = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = "-".join(re.findall(r"[a-z0-9]+", folded))
    key = title_key(title) or title
    if words.replace("-", "") == key and len(words) <= _SLUG_LENGTH:
        return PaperId(words)
    checksum = hashlib.sha256(key.encode()).hexdigest()[:8]
    head = words[:_SLUG_LENGTH].rpartition("-")[0] if len(words) > _SLUG_LENGTH else words
    return PaperId(f"{head}-{checksum}".strip("-"))


def shorten(text: str, *, width: int = 60) -> str:
    """Return the beginning of a text, for messages: it may be raw, and must not command a terminal."""
    words = " ".join(text.split())
    printable = "".join(char if char.isprintable() else "?" for char in words)
    return printable if len(printable) <= width else printable[: width - 1].rstrip() + "…"


def _published(text: str) -> str | None:
    """Return an ISO date as far as the calendar has it: of 30 February the month."""
    found = _DATE.match(text.strip())
    told = found.group() if found else None
    if told and told[8:] and int(told[8:]) > monthrange(int(told[:4]), int(told[5:7]))[1]:
        return told[:7]
    return told


def _safe_url(url: str) -> str | None:
    """Keep web addresses only: a `javascript:` link must never reach a page."""
    candidate = url.strip()
    return candidate if re.fullmatch(r"https?://[^\s<>\"']+", candidate) and candidate.isprintable() else None


def _is_vowel_sign(char: str) -> bool:
    """Tell a mark that makes another word (Hindi, Thai) from an accent on a Latin letter."""
    return unicodedata.category(char).startswith("M") and not "\u0300" <= char <= "\u036f"
