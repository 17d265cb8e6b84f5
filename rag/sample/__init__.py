"""The bundled library: digests of 557 papers, written for this project, not the authors' abstracts."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from urllib.parse import quote_plus

NAME = "Footnote's sample: digests of 557 papers"
SOURCE = "digest written for Footnote"


def read_sample() -> bytes:
    """Return the sample as JSON Lines."""
    return files(__package__).joinpath("papers.jsonl").read_bytes()


def search_url(title: str) -> str:
    """Return a search for the paper itself, since a digest is not its abstract.

    >>> search_url("A & B")
    'https://arxiv.org/search/?searchtype=title&query=A+%26+B'
    """
    return f"https://arxiv.org/search/?searchtype=title&query={quote_plus(title)}"


def sample_checksum() -> str:
    """Return a checksum that changes with the sample's content."""
    return hashlib.sha256(read_sample()).hexdigest()
