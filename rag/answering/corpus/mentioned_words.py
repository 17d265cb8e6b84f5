"""Do the words of a question stand in a paper? Singular and plural alike; a name as it is written. Pure."""

from __future__ import annotations

import re

from rag.answering.corpus.mined_names import spelled
from rag.library.passages import split_passages
from rag.types import Evidence, Paper, Span

_IS_NAME = re.compile(r"[A-Z].*[A-Z]|[a-z][A-Z]")


def passage_with(paper: Paper, words: str) -> Evidence | None:
    """Return the first sentence of an abstract that holds words; None if only the title does, or nothing."""
    for passage in split_passages(paper):
        if _count(passage.text, words):
            return Evidence.cut(paper, Span(passage.start, passage.end), score=1.0)
    return None


def mentions_words(paper: Paper, words: str) -> bool:
    """Tell whether title or abstract hold words."""
    return occurrences(paper, words) > 0


def occurrences(paper: Paper, words: str) -> int:
    """Count how often title and abstract hold words."""
    return _count(paper.title, words) + _count(paper.abstract, words)


def _count(text: str, words: str) -> int:
    """Count how often words stand in a text, in singular or plural; a name counts as it is written."""
    if _IS_NAME.search(words):
        return len(spelled(words).findall(text))
    wanted, held = _singular(words), _singular(text)
    length = len(wanted)
    return sum(held[at : at + length] == wanted for at in range(len(held) - length + 1)) if wanted else 0


def _singular(text: str) -> list[str]:
    """Words in lower case, without a plural s: stems would make "transformation" of a transformer."""
    return [
        re.sub(r"(?<=[^s\W])s$", "", re.sub(r"ies$", "y", word)) for word in re.findall(r"\w+", text.lower())
    ]
