"""Do the words of a question stand in a paper? Singular and plural alike; a name as it is written. Pure.

"Papers that mention X" asks for the words themselves: they can be looked up, and nothing need be estimated.
"""

from __future__ import annotations

import re

from rag.library.passages import split_passages
from rag.types import Evidence, Paper, Span

_MENTIONS = re.compile(
    r"(?:(?:that|which) )?(?:mention(?:s|ed|ing)?|name[sd]?|contain(?:s|ing)? the (?:words?|terms?|phrases?)|hold(?:s|ing)? the (?:words?|terms?|phrases?)"
    r"|with the (?:words?|terms?|phrases?)|us(?:e|es|ing) the (?:words?|terms?|phrases?))(?: (?:of|by name|the (?:words?|terms?|phrases?|names?)))?\s+(?P<words>.+)",
    re.IGNORECASE,
)
_QUOTES = " \"'“”‘’"
_LONGEST = 5
_IS_NAME = re.compile(r"[A-Z].*[A-Z]|[a-z][A-Z]")


def mentioned(criterion: str) -> str:
    """Return the words that a criterion wants mentioned; "" if it asks for something else.

    >>> mentioned("mention ImageNet"), mentioned("contain the term “few-shot”"), mentioned("use ImageNet")
    ('ImageNet', 'few-shot', '')
    """
    match = _MENTIONS.fullmatch(criterion.strip())
    words = match["words"].strip(_QUOTES) if match else ""
    return words if len(words.split()) <= _LONGEST else ""


def show_mention(paper: Paper, words: str) -> Evidence | None:
    """Return the first sentence that holds words; the first of all where only the title does."""
    if not mentions_words(paper, words):
        return None
    passages = split_passages(paper)
    return passage_with(paper, words) or (
        Evidence.cut(paper, Span(passages[0].start, passages[0].end), score=1.0) if passages else None
    )


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


def spelled(name: str) -> re.Pattern[str]:
    """Return the pattern of a name as it is written, as a whole word, a plural s allowed.

    >>> bool(spelled("GAN").search("two GANs")), bool(spelled("GAN").search("organ, GANgs"))
    (True, False)
    """
    return re.compile(rf"(?<![\w-]){re.escape(name)}s?(?![\w]|-\d)")


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
