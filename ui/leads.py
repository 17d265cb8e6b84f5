"""What stands in front of a quote: the paper that it speaks of, or what it shows of it. Pure."""

from __future__ import annotations

from rag.types import Sentence, Source


def read_lead(sentence: Sentence, source: Source | None, *, below_title: bool) -> str:
    """Return the words in front of a quote; a lead that names the paper is superfluous right below its title.

    >>> quote = Sentence("It learns.", (), supported=True, lead="method")
    >>> read_lead(quote, None, below_title=True)
    'method'
    """
    names_paper = source is not None and source.paper.title.startswith(sentence.lead.rstrip("…"))
    return "" if below_title and names_paper else sentence.lead
