"""What stands in front of a quote: what it shows of its paper. Pure."""

from __future__ import annotations

from rag.types import Sentence, Source


def read_lead(sentence: Sentence, source: Source | None) -> str:
    """Return the words in front of a quote; a lead that names the paper is superfluous below its title.

    >>> read_lead(Sentence("It learns.", (), supported=True, lead="method"), None)
    'method'
    """
    names_paper = source is not None and source.paper.title.startswith(sentence.lead.rstrip("…"))
    return "" if names_paper else sentence.lead
