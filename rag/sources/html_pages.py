"""Saved HTML: which page it is, told without parsing it, and the parser, which takes .1 s to load."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

DAMAGED = "the page's markup is damaged; save the page again"
_HUGGING_FACE = "SVELTE_HYDRATER"  # its pages hold their papers whole, whatever tags they may have besides
_ARXIV = re.compile(
    r"""class=["']?(?:[\w-]+ )*(?:list-title|arxiv-result)\b|name=["']?citation_title\b""", re.IGNORECASE
)


def is_html(text: str) -> bool:
    """Tell whether the text begins as an HTML page does.

    >>> is_html("  <!DOCTYPE html><html>"), is_html("Title: <b>")
    (True, False)
    """
    head = text[:2_000].lstrip().lower()
    return head.startswith(("<!doctype html", "<html", "<head", "<body", "<!--", "<div", "<article", "<main"))


def is_arxiv_html(text: str) -> bool:
    """Tell whether a page has the marks of arXiv's listings and searches, or the tags of a paper's own page.

    >>> is_arxiv_html("<html><div class='list-title mathjax'>"), is_arxiv_html("<html><p>list-title")
    (True, False)
    """
    return is_html(text) and _HUGGING_FACE not in text and bool(_ARXIV.search(text))


def open_page(text: str) -> BeautifulSoup | None:
    """Parse a page; None where the parser refuses the markup."""
    from bs4 import BeautifulSoup
    from bs4.builder import ParserRejectedMarkup  # version 4.12 has it only here

    # Beautiful Soup would take a short text without markup for a file's name or an address.
    try:
        return BeautifulSoup(text if "<" in text else "<html>", "html.parser")
    except ParserRejectedMarkup:
        return None
