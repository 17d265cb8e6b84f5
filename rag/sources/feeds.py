"""Feeds saved as XML: answers of arXiv's API (Atom), and its daily news (RSS or Atom).

Each entry is cut out and parsed by itself, so that a broken one costs itself alone. So no entry can
name an entity, its own or a file's: a document type can only stand before the first entry, and what
stands there is not parsed. API: https://info.arxiv.org/help/api/user-manual.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rag.sources.arxiv_ids import find_arxiv_id
from rag.sources.bibliographic import arxiv_month, read_date
from rag.sources.entry import NOT_UTF8, RawEntry, shorten
from rag.types import Skipped

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_FEED = re.compile(r"<(?:\w+:)?(?:feed|rss|RDF)[\s>]")
_BEGIN = re.compile(r"<(entry|item)[\s>]")
_NAMESPACE = re.compile(r"xmlns(?::([\w.-]+))?\s*=\s*(?:\"([^\"<&]*)\"|'([^'<&]*)')")
_TITLE = re.compile(r"<title[^<>]*>([^<]+)")
_HEAD = 20_000
# What arXiv's news put before an abstract.
_ANNOUNCED = re.compile(r"\s*arXiv:\S+\s+Announce Type:\s*\S+\s+Abstract:\s*")
_AFFILIATION = re.compile(r"\([^()]*\)")
_KNOWN = {"arxiv": "http://arxiv.org/schemas/atom", "dc": "http://purl.org/dc/elements/1.1/"}


def is_feed(text: str) -> bool:
    """Tell whether the text begins as XML whose root is a feed.

    >>> is_feed('<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">'), is_feed("<html><item>")
    (True, False)
    """
    head = text[:_HEAD].lstrip()
    return head.startswith(("<?xml", "<feed", "<rss")) and bool(_FEED.search(head))


def parse_feed(text: str, *, source: str) -> Iterator[RawEntry | Skipped]:
    """Yield the entries of a feed in its order."""
    starts = list(_BEGIN.finditer(text))
    opening = _opening(text[: starts[0].start()] if starts else "")
    ends = [start.start() for start in starts[1:]] + [len(text)]
    line, seen = 1, 0
    for start, end in zip(starts, ends, strict=False):
        line, seen = line + text.count("\n", seen, start.start()), start.start()
        yield _read_entry(text[seen:end], start[1], opening, line=line, source=source)


def _opening(head: str) -> str:
    """Return a tag that declares the prefixes which the feed's own tags declare."""
    declared = {prefix or "": double or single for prefix, double, single in _NAMESPACE.findall(head[:_HEAD])}
    known = {**_KNOWN, **declared}
    names = (f'xmlns{f":{prefix}" if prefix else ""}="{name}"' for prefix, name in known.items() if name)
    return f"<feed {' '.join(names)}>"


def _read_entry(text: str, tag: str, opening: str, *, line: int, source: str) -> RawEntry | Skipped:
    from xml.etree import ElementTree as ET

    whole, closing, _ = text.partition(f"</{tag}>")
    if not closing:
        return Skipped(source, line, f"{_name(text)} is never closed (</{tag}>); save the feed again")
    try:
        root = ET.fromstring(f"{opening}{whole}{closing}</feed>")  # noqa: S314  # no document type: see above
    except UnicodeEncodeError:
        return Skipped(source, line, NOT_UTF8)
    except (ET.ParseError, ValueError) as error:
        reason = shorten(str(error).rpartition(": line")[0])
        return Skipped(source, line, f"{_name(text)} is no XML ({reason}); save the feed again")
    return _from_entry(root[0], line=line, source=source)


def _name(text: str) -> str:
    title = _TITLE.search(text)
    return f"the entry “{shorten(title[1])}”" if title else "an entry"


def _from_entry(entry: Element, *, line: int, source: str) -> RawEntry | Skipped:
    summary = _text(entry, "summary") or _text(entry, "description") or _text(entry, "content")
    address = _text(entry, "id") or _text(entry, "guid")
    if "/api/errors" in address:
        return Skipped(source, line, f"arXiv answered with an error: {shorten(summary)}")
    link = _link(entry) or address
    identifier = find_arxiv_id(link) or find_arxiv_id(address) or ""
    announced = _ANNOUNCED.match(summary)
    return RawEntry(
        line=line,
        title=_text(entry, "title"),
        abstract=summary[announced.end() :] if announced else summary,
        authors=tuple(_authors(entry)),
        # The news give the day of the announcement, which may be that of a later version.
        published=arxiv_month(identifier) if announced else read_date(_text(entry, "published")),
        url="" if identifier else link,
        identifier=identifier,
    )


def _authors(entry: Element) -> Iterator[str]:
    names = [_text(author, "name") for author in entry.findall("{*}author")]
    creators = ", ".join("".join(creator.itertext()) for creator in entry.findall("{*}creator"))
    yield from names if any(names) else _AFFILIATION.sub("", creators).split(",")


def _link(entry: Element) -> str:
    links = entry.findall("{*}link")
    addresses = [
        link.get("href") or link.text or "" for link in links if link.get("rel", "alternate") == "alternate"
    ]
    return next((address.strip() for address in addresses if address.strip()), "")


def _text(entry: Element, name: str) -> str:
    found = entry.find(f"{{*}}{name}")
    return " ".join("".join(found.itertext()).split()) if found is not None else ""
