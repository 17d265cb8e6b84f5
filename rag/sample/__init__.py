"""The bundled library: digests of 557 papers, written for this project, not the authors' abstracts."""

from __future__ import annotations

import hashlib
from importlib.resources import files

NAME = "Footnote's sample: digests of 557 papers"


def read_sample() -> bytes:
    """Return the sample as JSON Lines."""
    return files(__package__).joinpath("papers.jsonl").read_bytes()


def sample_checksum() -> str:
    """Return a checksum that changes with the sample's content."""
    return hashlib.sha256(read_sample()).hexdigest()
