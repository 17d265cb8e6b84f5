"""Saved HTML, whatever page it is: recognised, and parsed as far as it goes."""

from __future__ import annotations

from bs4 import BeautifulSoup
from bs4.builder import ParserRejectedMarkup  # version 4.12 has it only here

DAMAGED = "the page's markup is damaged; save the page again"


def is_html(text: str) -> bool:
    """Tell whether the text begins as an HTML page does.

    >>> is_html("  <!DOCTYPE html><html>"), is_html("Title: <b>")
    (True, False)
    """
    head = text[:2_000].lstrip().lower()
    return head.startswith(("<!doctype html", "<html", "<head", "<body", "<!--", "<div", "<article", "<main"))


def open_page(text: str) -> BeautifulSoup | None:
    """Parse a page; None where the parser refuses the markup."""
    # Beautiful Soup would take a short text without markup for a file's name or an address.
    try:
        return BeautifulSoup(text if "<" in text else "<html>", "html.parser")
    except ParserRejectedMarkup:
        return None
