"""Pages of arXiv saved as HTML: the listing of new papers, a search, and a paper's own page.

As arXiv's own templates draw them (github.com/arXiv/arxiv-browse, arXiv/arxiv-search). The listing of
recent papers has no abstracts: one line tells which page to save. A paper's own page is read by the
tags meant for Google Scholar, which many publishers' pages have as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement

from rag.sources.arxiv_ids import find_arxiv_id
from rag.sources.bibliographic import arxiv_month, find_link, given_name_first, read_date
from rag.sources.entry import RawEntry
from rag.sources.html_pages import DAMAGED, open_page
from rag.types import Skipped

# What MathJax drew stands beside the formula itself (version 2), or around a reading of it (3 and later).
_DRAWN = ("descriptor", "MathJax", "MathJax_Preview", "MathJax_Display", "is-size-7")
_HIDDEN_LINK = re.compile(r"\s*this https? URL\s*")
_CATEGORY = re.compile(r"/list/([\w.-]+)/")
_FIRST_SUBMITTED = re.compile(r"v1\s+submitted\s+([^;.]+)")
_SUBMITTED = re.compile(r"Submitted\s+([^;.]+)")


def parse_arxiv_html(text: str, *, source: str) -> Iterator[RawEntry | Skipped]:
    """Yield the entries of a page in its order."""
    soup = open_page(text)
    if soup is None:
        yield Skipped(source, None, DAMAGED)
        return
    listed, results = list(_listed(soup)), list(_results(soup))
    yield from _with_abstracts(listed, source=source, otherwise=_advice(text))
    yield from _with_abstracts(
        results, source=source, otherwise="choose “Show abstracts” there and save the page again"
    )
    if not listed and not results:
        yield from _own_page(soup)


def _with_abstracts(entries: list[RawEntry], *, source: str, otherwise: str) -> Iterator[RawEntry | Skipped]:
    if entries and not any(entry.abstract for entry in entries):
        yield Skipped(
            source, None, f"an arXiv page that lists {len(entries):,} papers without abstracts; {otherwise}"
        )
    else:
        yield from entries


def _advice(text: str) -> str:
    category = _CATEGORY.search(text)
    return f"save arxiv.org/list/{category[1] if category else 'CATEGORY'}/new, a search, or the papers' own pages"


def _listed(soup: BeautifulSoup) -> Iterator[RawEntry]:
    for heading in soup.find_all("div", class_="list-title"):
        body = heading.find_parent("dd")
        if body is None or heading.find("div"):  # damaged: it would hold the entries that follow
            continue
        above = body.find_previous_sibling("dt")
        identifier = _identifier(above)
        yield RawEntry(
            line=heading.sourceline or 1,
            title=_text(heading),
            abstract=_text(body.find("p", class_="mathjax")),
            authors=_linked(body.find("div", class_="list-authors")),
            published=arxiv_month(identifier),
            url=_address(identifier),
            identifier=identifier,
        )


def _results(soup: BeautifulSoup) -> Iterator[RawEntry]:
    for result in soup.find_all("li", class_="arxiv-result"):
        identifier = _identifier(result.find("p", class_="list-title"))
        told = _text(result.find("p", class_="is-size-7"))
        submitted = _FIRST_SUBMITTED.search(told) or _SUBMITTED.search(told)
        yield RawEntry(
            line=result.sourceline or 1,
            title=_text(result.find("p", class_="title")),
            abstract=_text(result.find("span", class_="abstract-full")),
            authors=_linked(result.find("p", class_="authors")),
            published=read_date(submitted[1]) if submitted else arxiv_month(identifier),
            url=_address(identifier),
            identifier=identifier,
        )


def _own_page(soup: BeautifulSoup) -> Iterator[RawEntry]:
    tags = soup.find_all("meta", attrs={"name": re.compile(r"^citation_", re.IGNORECASE)})
    told = [(str(tag["name"]).lower(), str(tag.get("content") or "").strip()) for tag in tags]
    first = {name: content for name, content in reversed(told) if content}
    identifier = first.get("citation_arxiv_id", "")
    if "citation_title" not in first:
        return
    dates = ("citation_date", "citation_publication_date", "citation_online_date")
    yield RawEntry(
        line=tags[0].sourceline or 1,
        title=first["citation_title"],
        abstract=first.get("citation_abstract") or _text(soup.find("blockquote", class_="abstract")),
        authors=tuple(given_name_first(content) for name, content in told if name == "citation_author"),
        published=next(
            (date for date in map(read_date, (first.get(name, "") for name in dates)) if date), ""
        ),
        url=_address(identifier)
        or find_link([first.get("citation_abstract_html_url", "")], doi=first.get("citation_doi", "")),
        identifier=identifier,
    )


def _identifier(element: PageElement | None) -> str:
    """Return the id that the link to a paper's page ends with, of the old form too."""
    links = element.find_all("a", href=True) if isinstance(element, Tag) else []
    paths = (str(link["href"]).partition("/abs/")[2] for link in links)
    path = next((path for path in paths if path), "")
    return find_arxiv_id(path) or path


def _address(identifier: str) -> str:
    return f"https://arxiv.org/abs/{identifier}" if identifier else ""


def _linked(element: PageElement | None) -> tuple[str, ...]:
    links = element.find_all("a") if isinstance(element, Tag) else []
    return tuple(link.get_text(" ", strip=True) for link in links)


def _text(element: PageElement | None) -> str:
    """Return the words of an element, formulas as LaTeX, and addresses where arXiv hides them in links."""
    if not isinstance(element, Tag):
        return ""
    for drawn in element.find_all(class_=_DRAWN):
        drawn.extract()
    for formula in element.find_all(["script", "mjx-container", "a", "br"]):
        formula.replace_with(_readable(formula))
    return " ".join(element.get_text().split())


def _readable(element: Tag) -> str:
    match element.name:
        case "script":
            return f"${element.string}$" if str(element.get("type")).startswith("math/tex") else ""
        case "mjx-container":
            return "".join(math.get_text() for math in element.find_all("math")[:1])
        case "a" if _HIDDEN_LINK.fullmatch(element.get_text()):
            return str(element.get("href") or "")
        case "br":
            return " "
        case _:
            return element.get_text()
