"""A Daily Papers page saved as HTML: the data that the page carries, or else its article cards.

The page holds its own data as JSON in the attribute `data-props` of the element that draws the
list; a browser's "save as" keeps it. Where it is gone or damaged, the cards are read: a heading
that links to `/papers/ID` and the paragraph that follows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup, Tag

from rag.sources.entry import RawEntry
from rag.sources.html_pages import DAMAGED, open_page
from rag.types import Skipped


def parse_daily_papers_html(text: str, *, source: str) -> Iterator[RawEntry | Skipped]:
    """Yield the entries of a page in its order."""
    soup = open_page(text)
    if soup is None:
        yield Skipped(source, None, DAMAGED)
        return
    found = list(_hydration_entries(soup, source=source))
    yield from found
    if not any(isinstance(entry, RawEntry) for entry in found):
        yield from _card_entries(soup)


def _hydration_entries(soup: BeautifulSoup, *, source: str) -> Iterator[RawEntry | Skipped]:
    for element in soup.find_all(attrs={"data-props": True}):
        line = element.sourceline or 1
        try:
            records = list(_paper_records(json.loads(str(element["data-props"]))))
        except (ValueError, RecursionError):
            if element.get("data-target") == "DailyPapers":
                yield Skipped(source, line, "the page's data is cut off or damaged; save the page again")
            continue
        for record in records:
            yield _from_record(record, line=line)


def _paper_records(props: object) -> Iterator[dict[str, Any]]:
    """Find the papers in the page's data: objects of a list that have a title and a summary."""
    if isinstance(props, list):
        for item in props:
            yield from _paper_records(item)
    elif isinstance(props, dict):
        paper = props["paper"] if isinstance(props.get("paper"), dict) else props
        merged = {**props, **paper}
        if isinstance(merged.get("title"), str) and ("summary" in merged or "abstract" in merged):
            yield merged
            return
        for value in props.values():
            if isinstance(value, list | dict):
                yield from _paper_records(value)


def _from_record(record: dict[str, Any], *, line: int) -> RawEntry:
    identifier = str(record.get("id") or "")
    authors = record.get("authors")
    names = [
        str(author.get("name") or "") if isinstance(author, dict) else str(author)
        for author in (authors if isinstance(authors, list) else [])
    ]
    return RawEntry(
        line=line,
        title=str(record["title"]),
        abstract=str(record.get("summary") or record.get("abstract") or ""),
        authors=tuple(names),
        published=str(record.get("publishedAt") or "")[:10],
        url=f"https://huggingface.co/papers/{identifier}" if identifier else "",
        identifier=identifier,
    )


def _card_entries(soup: BeautifulSoup) -> Iterator[RawEntry]:
    for card in soup.find_all("article"):
        link = card.find("a", href=lambda href: href is not None and "/papers/" in href and "#" not in href)
        heading = card.find(["h1", "h2", "h3", "h4"])
        if not isinstance(heading, Tag):
            continue
        paragraphs = [p.get_text(" ", strip=True) for p in card.find_all("p")]
        href = str(link["href"]) if isinstance(link, Tag) else ""
        yield RawEntry(
            line=card.sourceline or 1,
            title=heading.get_text(" ", strip=True),
            abstract=max(paragraphs, key=len, default=""),
            url=f"https://huggingface.co{href}" if href.startswith("/") else href,
            identifier=href.rpartition("/")[2],
        )
