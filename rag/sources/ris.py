"""RIS as Zotero, EndNote, publishers and Footnote itself write it, and its elder, PubMed's MEDLINE (.nbib).

Both are lines that begin with a tag in four columns and a hyphen; a line without one goes on with the
tag before. A record ends at `ER` or where the next begins, so that a lost line costs no other record.
rispy 0.10 is not used: after a record without its `ER` it loses the next one, and it knows no lines.
MEDLINE's tags: https://www.nlm.nih.gov/bsd/mms/medlineelements.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from rag.sources.arxiv_ids import find_arxiv_id
from rag.sources.bibliographic import find_link, given_name_first, read_date, tell_lack_of_abstracts
from rag.sources.entry import RawEntry, shorten
from rag.types import Skipped

_TAG = re.compile(r"(?=.{4}-)([A-Z][A-Z0-9]{1,3}) *-(?: (.*))?$")
_BEGIN = re.compile(r"^(?:TY  -|PMID- ?\d)", re.MULTILINE)
_BEGINS = ("TY", "PMID")
_DOI_MARK = "[doi]"


@dataclass(frozen=True, slots=True)
class _Record:
    line: int
    values: dict[str, list[list[str]]] = field(default_factory=dict)

    def first(self, *tags: str) -> str:
        return next(iter(self.all(*tags)), "")

    def all(self, *tags: str) -> list[str]:
        return [" ".join(" ".join(lines).split()) for tag in tags for lines in self.values.get(tag, ())]


def is_ris(text: str) -> bool:
    r"""Tell whether some line begins a record.

    >>> is_ris("Provider: Owls\n\nTY  - JOUR\nTI  - Owls\nER  - \n"), is_ris("PMID- 123\n"), is_ris("TY - JOUR")
    (True, True, False)
    """
    return bool(_BEGIN.search(text))


def parse_ris(text: str, *, source: str) -> Iterator[RawEntry | Skipped]:
    """Yield the records of a file in its order."""
    return tell_lack_of_abstracts(_entries(text, source=source), source=source)


def _entries(text: str, *, source: str) -> Iterator[RawEntry | Skipped]:
    for record, ended in _records(text):
        if ended or text.endswith("\n"):
            yield _pubmed_entry(record) if "PMID" in record.values else _ris_entry(record)
        else:
            title = shorten(record.first("TI", "T1"))
            reason = f"the file ends within the record “{title}”; export it again"
            yield Skipped(source, record.line, reason)


def _records(text: str) -> Iterator[tuple[_Record, bool]]:
    """Yield each record, and whether its end is there."""
    record: _Record | None = None
    values: list[list[str]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        found = _TAG.match(line)
        tag = found[1] if found else ""
        if record and tag in (*_BEGINS, "ER"):
            yield record, True
            record = None
        if found and tag != "ER":
            record = record or _Record(number)
            values = record.values.setdefault(tag, [])
            values.append([found[2] or ""])
        elif record and not found:
            values[-1].append(line)
    if record:
        yield record, False


def _ris_entry(record: _Record) -> RawEntry:
    year = read_date(record.first("PY", "Y1"))
    dates = (record.first(tag) for tag in ("DA", "Y1", "PY"))
    told = [read_date(date) or read_date(f"{year[:4]} {date}") for date in dates]
    archive = (text for text in record.all("DO", "UR", "M1", "AN", "T2", "JO") if "arxiv" in text.lower())
    return RawEntry(
        line=record.line,
        title=record.first("TI", "T1"),
        abstract=record.first("AB", "N2"),
        authors=tuple(given_name_first(name) for name in record.all("AU", "A1")),
        published=max(told, key=len),
        url=find_link(record.all("UR", "L2"), doi=record.first("DO")),
        identifier=next(filter(None, map(find_arxiv_id, archive)), ""),
    )


def _pubmed_entry(record: _Record) -> RawEntry:
    number = record.first("PMID")
    doi = next((text for text in record.all("LID", "AID") if _DOI_MARK in text), "")
    page = f"https://pubmed.ncbi.nlm.nih.gov/{number}/" if number.isdigit() else ""
    return RawEntry(
        line=record.line,
        title=record.first("TI"),
        abstract=record.first("AB"),
        authors=tuple(given_name_first(name) for name in record.all("FAU") or record.all("AU")),
        published=read_date(record.first("DP")),
        url=page or find_link([], doi=doi),
    )
