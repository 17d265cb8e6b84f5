"""JSON Lines and CSV: records with named fields, at least a title and an abstract.

Both formats share the names a field may have; a record's other fields are ignored.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence

from rag.sources.bibliographic import given_name_first, join_date, read_date
from rag.sources.entry import RawEntry
from rag.types import Skipped

_TITLE = ("title", "name")
_ABSTRACT = ("abstract", "abstract note", "summary", "text", "description")  # Zotero has notes
_AUTHORS = ("authors", "author", "creators")
_PUBLISHED = ("published", "date", "publishedat", "year")
_URL = ("url", "link", "href")
_IDENTIFIER = ("arxiv_id", "arxiv", "id", "_id", "paper_id")
_LARGEST_FIELD = 10_000_000
_CONTENT = re.compile(r"\S.*")
_EIGHT_DIGITS = re.compile(r"\s*(\d{4})(\d\d)(\d\d)\s*")
_LAST_AND_FIRST = 2


def is_json_lines(text: str) -> bool:
    """Tell whether the first line with content is one JSON object.

    >>> is_json_lines('{"title": "A", "abstract": "B"}')
    True
    """
    return _first_line(text).startswith("{")


def is_csv(text: str) -> bool:
    """Tell whether the first line names a title column and an abstract column.

    >>> is_csv("title;abstract;year"), is_csv("A title, and more")
    (True, False)
    """
    first = _first_line(text)
    names = _header_names(first, _delimiter(first))
    return any(n in names for n in _TITLE) and any(n in names for n in _ABSTRACT)


def parse_json_lines(text: str, *, source: str) -> Iterator[RawEntry | Skipped]:
    """Yield the entries of a JSON Lines file; a broken line costs that line alone."""
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line, parse_float=str)  # an arXiv id written as a number keeps its zeros
        except (ValueError, RecursionError):
            yield Skipped(source, number, "not a JSON object on one line")
            continue
        if isinstance(record, dict):
            yield _from_record({str(k).lower(): v for k, v in record.items()}, line=number)
        else:
            yield Skipped(source, number, f"a JSON object was expected, not {type(record).__name__}")


def parse_csv(text: str, *, source: str) -> Iterator[RawEntry | Skipped]:
    """Yield the entries of a CSV file whose first row names the columns; , ; and tab part them."""
    csv.field_size_limit(_LARGEST_FIELD)
    first = _first_line(text)
    reader = csv.reader(io.StringIO(text), delimiter=_delimiter(first), strict=True)
    names: list[str] = []
    begins = 1
    try:
        for row in reader:
            line, begins = begins, reader.line_num + 1
            if not any(cell.strip() for cell in row):
                continue
            if not names:
                names = [cell.strip().lower() for cell in row]
            elif len(row) > len(names):
                yield Skipped(
                    source, line, f"{len(row)} fields where the header names {len(names)}; quote the commas"
                )
            else:
                yield _from_record(dict(zip(names, row, strict=False)), line=line)
    except csv.Error as error:
        yield Skipped(source, begins, f"the table cannot be read on from here ({error})")


def _from_record(record: Mapping[str, object], *, line: int) -> RawEntry:
    return RawEntry(
        line=line,
        title=_text(record, _TITLE),
        abstract=_text(record, _ABSTRACT),
        authors=_names(record),
        published=_date(_text(record, _PUBLISHED)),
        url=_text(record, _URL),
        identifier=_text(record, _IDENTIFIER),
    )


def _text(record: Mapping[str, object], names: Sequence[str]) -> str:
    values = (record.get(name) for name in names)
    # NaN, which pandas writes for what is missing, is the one number left as a float; true is no text.
    told = (str(v) for v in values if isinstance(v, str | int) and not isinstance(v, bool))
    return next((text for text in told if text.strip()), "")


def _names(record: Mapping[str, object]) -> tuple[str, ...]:
    value = next((record[name] for name in _AUTHORS if record.get(name)), ())
    if isinstance(value, str):
        return tuple(given_name_first(name.strip()) for name in _parted(value))
    if isinstance(value, list | tuple):
        named = (item.get("name", "") if isinstance(item, dict) else item for item in value)
        return tuple(str(name) for name in named if name)
    return ()


def _parted(names: str) -> list[str]:
    """Part the names of one field at semicolons, at "and", or at commas, where these do not part first from last names.

    >>> _parted("Ada Moor, Ben Heath and Cy Ray"), _parted("Moor, Ada and Heath, Ben"), _parted("Moor, Ada")
    (['Ada Moor', ' Ben Heath', 'Cy Ray'], ['Moor, Ada', 'Heath, Ben'], ['Moor, Ada'])
    """
    if ";" in names:
        return names.split(";")
    *others, last = names.split(" and ")
    if "," in last and others:
        return [*others, last]
    parts = names.replace(" and ", ",").split(",")
    is_one = len(parts) == _LAST_AND_FIRST and not others and any(len(part.split()) == 1 for part in parts)
    return [names] if is_one else parts


def _date(told: str) -> str:
    """Return a date as ISO: written out, with slashes, or as eight digits; else as it is."""
    digits = _EIGHT_DIGITS.fullmatch(told)
    return join_date(*digits.groups()) if digits else read_date(told) or told


def _first_line(text: str) -> str:
    """Return the first line with content, from its first letter on."""
    found = _CONTENT.search(text)
    return found.group() if found else ""


def _delimiter(header: str) -> str:
    return max(",;\t", key=header.count)


def _header_names(header: str, delimiter: str) -> list[str]:
    return [cell.strip().strip('"').lower() for cell in header.split(delimiter)]
