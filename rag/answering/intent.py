"""Which kind of answer a question asks for, told from its words. Pure.

Rules, in order; the first that fits decides. They lean towards a list, because a list of quotes
also answers most other questions, while one quote does not answer a set question.
"""

from __future__ import annotations

import re

from rag.retrieval.evidence import asks_figure
from rag.types import Kind

_RULES = (
    (Kind.LIST, r"\b(which|what|any|some|all|list|find|show|give me|name|are there|is there|search)\b"
                r"(\W+\w+){0,4}?\W+(papers?|works?|stud(?:y|ies)|methods|approaches|articles|models|authors)\b"),
    (Kind.LIST, r"^(papers?|works|studies|methods|approaches)\b|\bpapers?\s+(that|which|on|about|with|using)\b"),
    (Kind.COMPARE, r"\b(compare[ds]?|comparison|versus|vs\.?|differ(?:s|ence|ences)?|better than|as opposed to)\b"),
    (Kind.EXPLAIN, r"^(how (?!many|much|large|big|long|often|fast|old|accurate|well)|why|explain)"
                   r"|\b(why (do|does|is|are|did)|reason for)\b"),
    (Kind.FACT, r"\?$|^(what|which|who|when|where|how|is|are|does|do|did|can|has|have)\b"),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _RULES)


def read_kind(question: str) -> Kind:
    """Return the kind of a question; keywords without a question ask for a list, or for a figure.

    >>> read_kind("which papers combine local and global features?").value
    'list'
    >>> read_kind("How many images does the data set hold?").value
    'fact'
    """
    fallback = Kind.FACT if asks_figure(question) else Kind.LIST
    return next((kind for kind, pattern in _COMPILED if pattern.search(question)), fallback)
