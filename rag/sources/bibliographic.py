"""What reference files and paper pages each write in their own way: dates, names and links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rag.sources.entry import RawEntry
from rag.types import Skipped

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_NUMBERS = re.compile(r"\s*(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?!\d)")
_MONTH_NAME = re.compile(rf"(?<![a-z])({'|'.join(MONTHS)})[a-z]*", re.IGNORECASE)
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_ARXIV_MONTH = re.compile(r"(\d\d)(\d\d)\.\d{4,5}|[a-z-]+/(\d\d)(\d\d)\d{3}")
_WEB = re.compile(r"https?://[^\s<>\"{}]+")
_ADVICE = "export them from a library that keeps abstracts: Zotero, JabRef, the ACL Anthology, PubMed"
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>{}]+")


def read_date(text: str) -> str:
    """Return a date as ISO, as far as it is told; "" where there is no year.

    >>> [read_date(text) for text in ("2021/05/03/", "May 3, 2021", "2021 May", "c2021a", "in press")]
    ['2021-05-03', '2021-05-03', '2021-05', '2021', '']
    """
    numbers = _NUMBERS.match(text)
    if numbers and numbers[2]:
        return join_date(*numbers.groups(default=""))
    year, month = _YEAR.search(text), _MONTH_NAME.search(text)
    if not year:
        return ""
    day = _DAY.search(text) if month else None
    return join_date(year.group(), month[1] if month else "", day.group() if day else "")


def join_date(year: str, month: str, day: str) -> str:
    """Join the parts as ISO, as far as they make sense; a month is a number or begins as its English name.

    >>> join_date("2021", "May", "3"), join_date("2021", "13", "3"), join_date("2021", "", "3")
    ('2021-05-03', '2021', '2021')
    """
    named = month.strip().lower()[:3]
    number = MONTHS.index(named) + 1 if named in MONTHS else _number(month, most=12)
    if not number:
        return year
    in_month = _number(day, most=31)
    return f"{year}-{number:02}-{in_month:02}" if in_month else f"{year}-{number:02}"


def arxiv_month(arxiv_id: str) -> str:
    """Return the month that the number of an arXiv id begins with, YYMM; "" for another text.

    Scheme: https://info.arxiv.org/help/arxiv_identifier.html

    >>> [arxiv_month(text) for text in ("2101.00001", "hep-ex/0307015", "hep-th/9901001", "owls")]
    ['2021-01', '2003-07', '1999-01', '']
    """
    found = _ARXIV_MONTH.match(arxiv_id)
    if not found:
        return ""
    year, month = filter(None, found.groups())
    return join_date(f"{19 if found[3] and year[0] == '9' else 20}{year}", month, "")


def given_name_first(name: str) -> str:
    """Turn a name that is sorted by the surname round: "Last, First" or "Last, First, Suffix".

    An organisation ends with a comma, or doubles its first one, as EndNote has it.

    >>> [given_name_first(name) for name in ("Moor, Ada", "Moor, Ada, Jr.", "Ada Moor", "Sea,, Inc.", "Bank,")]
    ['Ada Moor', 'Ada Moor Jr.', 'Ada Moor', 'Sea, Inc.', 'Bank']
    """
    if ",," in name:
        return name.replace(",,", ",", 1)
    last, *others = (part.strip() for part in name.split(","))
    return " ".join(part for part in (*others[:1], last, *others[1:]) if part)


def find_link(texts: Iterable[str], *, doi: str) -> str:
    r"""Return the first web address in the texts, else that of the DOI, else "".

    >>> find_link(["file:a.pdf", r"see \url{https://owl.test/a}"], doi=""), find_link([], doi="doi:10.1000/1")
    ('https://owl.test/a', 'https://doi.org/10.1000/1')
    """
    addresses = (found.group() for text in texts if (found := _WEB.search(text)))
    known = _DOI.search(doi)
    return next(addresses, f"https://doi.org/{known.group()}" if known else "")


def tell_lack_of_abstracts(
    entries: Iterable[RawEntry | Skipped], *, source: str
) -> Iterator[RawEntry | Skipped]:
    """Pass the entries on; where none of several has an abstract, say first what to do about it."""
    found = tuple(entries)
    raw = [entry for entry in found if isinstance(entry, RawEntry)]
    if len(raw) > 1 and not any(entry.abstract.strip() for entry in raw):
        yield Skipped(source, None, f"none of its {len(raw):,} entries has an abstract; {_ADVICE}")
    yield from found


def _number(text: str, *, most: int) -> int:
    digits = text.strip()
    value = int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 2 else 0  # noqa: PLR2004
    return value if value <= most else 0
