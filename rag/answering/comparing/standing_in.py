"""May a paper stand for a side that names none, and what is said where none may? Told by the words it holds. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answering.asking.asked_about import described
from rag.answering.refusing.entities import mentions
from rag.library.lexical import content_terms, stems
from rag.library.passages import split_passages
from rag.types import Paper, RankedPaper

# A term of one to three words in small letters; with an article or a verb it describes a paper.
_IS_TERM = re.compile(
    r"(?!(?:the|an?|one|those|that|this|its?|my|his|her|their|papers?|works?)\b)[a-z][a-z-]+(?: [A-Za-z-]+){0,2}"
)
_PAPER = re.compile(
    r"\b(?:one|ones|papers?|works?|stud(?:y|ies)|articles?|authors?|who|that|which|audits?|surveys?|benchmarks?)\b",
    re.IGNORECASE,
)
_DATA_SET = re.compile(r"\bdata sets?\b|\bdatasets\b", re.IGNORECASE)
_QUALIFIED = re.compile(r" (?:when|if|where|while|on|for|in|at|under|with|without)\b.*", re.IGNORECASE)
_HALF = 0.5
_LONGEST_TERM = 5


def names_a_topic(side: str) -> bool:
    """Tell a topic from words for one paper.

    >>> names_a_topic("the oriented nets"), names_a_topic("the paper on nets"), names_a_topic("a net that turns")
    (True, False, False)
    """
    return described(side) == side and not _PAPER.search(side) and len(content_terms(side)) <= _LONGEST_TERM


def share_held(paper: Paper, side: str) -> float:
    """Return the share, 0 to 1, of a side's content words that title and abstract hold."""
    wanted = set(content_terms(_one_word(side)))
    held = set(stems(_one_word(f"{paper.title} {paper.abstract}")))
    return sum(word in held for word in wanted) / len(wanted) if wanted else 0.0


def speaks_of_both(paper: Paper, one: str, other: str) -> bool:
    """Tell whether a paper holds every content word of two topics; what the last is looked at on may be told otherwise.

    >>> from rag.types import PaperId
    >>> paper = Paper(PaperId("p"), "Owls and Bats", "They hear in the dark.")
    >>> speaks_of_both(paper, "owls", "bats in a cave"), speaks_of_both(paper, "owls in trees", "owls in a cave")
    (True, False)
    """
    if not _QUALIFIED.search(one):
        other = _QUALIFIED.sub("", other)
    return share_held(paper, one) == share_held(paper, other) == 1


def on_topic(papers: Sequence[RankedPaper], topic: str) -> list[RankedPaper]:
    """Return the papers that hold more than half of a topic's words; all if none does, as it may be told otherwise."""
    held = [one for one in papers if share_held(one.paper, topic) > _HALF]
    return held or list(papers)


def is_foreign_to(stand_in: Paper, side: str, *, first: Paper, named: Sequence[Paper]) -> bool:
    """Tell whether a paper may not stand for a topic beside papers that are named.

    It may not where it holds half of the words at most, or one of those papers, found `first` for the topic, as many.
    """
    held = share_held(stand_in, side)
    if not named or held == 1 or not names_a_topic(side):
        return False
    return held <= _HALF or (first in named and share_held(first, side) >= held)


def is_absent(side: str, papers: Sequence[Paper]) -> bool:
    """Tell whether none of the papers speaks of a topic: a term in one sentence, a longer one by half of its words."""
    if _IS_TERM.fullmatch(side):
        return not any(_holds(paper, side) for paper in papers)
    return names_a_topic(side) and all(share_held(paper, side) <= _HALF for paper in papers)


def stand_in_line(verb: str, absent: Sequence[str]) -> str:
    """Say that others were compared in the place of sides that are not here."""
    those = "the paper nearest to it was" if len(absent) == 1 else "the papers nearest to them were"
    none = "No paper here" if verb == "is called" else "None of these papers"
    named = " or ".join(f"“{side}”" for side in absent)
    return f"{none} {verb} {named}; {those} compared."


def not_of_topic_line(topic: str) -> str:
    """Say that the papers compared are not on the topic itself."""
    return f"None of these papers speaks of “{topic}”; the papers nearest to it were compared."


def not_by_itself_line(sides: Sequence[str], paper: Paper) -> str:
    """Say that no paper was put beside the one that is here."""
    topics = " or ".join(f"“{side}”" for side in sides)
    return f"No paper here is about {topics} by itself: quoted is what “{paper.title}” says."


def alone_line(topic: str) -> str:
    """Say that there is but one paper to compare."""
    return f"Only one paper here speaks of “{topic}”: there is none to compare it with."


def _one_word(text: str) -> str:
    return _DATA_SET.sub("dataset", text)


def _holds(paper: Paper, term: str) -> bool:
    """Tell whether a sentence, or the title, holds all words of a term."""
    wanted = set(content_terms(term))
    texts = (paper.title, *(passage.text for passage in split_passages(paper)))
    return mentions(paper, term) or any(wanted <= set(content_terms(text)) for text in texts)
