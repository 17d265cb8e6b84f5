"""What a set question asks for that can be looked up in a library: words and names, and terms that stand side by side."""

from __future__ import annotations

from rag.library.library import Library
from rag.library.scoping import Selection
from rag.retrieval.mentioned_words import mentioned, used_name
from rag.retrieval.paper_types import is_type_alone
from rag.retrieval.spelling import mend_slips
from rag.retrieval.topic_terms import plain_terms, spellings, topic_terms
from rag.types import Criteria, Criterion

_MOST_COUNTED = 20_000


def looked_up(criterion: Criterion, library: Library) -> str:
    """Return the words that a criterion wants in a paper; "" where what it asks can only be estimated.

    A name that abstracts explain is short for words that others may write out.
    """
    if words := mentioned(criterion.text):
        return words
    name = used_name(criterion.text)
    return name if name and not library.lexical.explaining(name, depth=1) else ""


def absent_terms(criteria: Criteria, library: Library) -> tuple[str, ...]:
    """Return two or three words that a question wants papers to be about if no paper of the library holds them side by side.

    Of what it joins by "or", those of each; empty where papers hold all that it wants.
    """
    for clause in criteria.clauses:
        missing = [_unheld(one, library) for one in clause if not one.negated]
        if missing and all(missing):
            return tuple(missing)
    return ()


def held_term(criteria: Criteria, scoped: Selection, library: Library) -> tuple[str, int]:
    """Return the term of a question for one alone, of two words or more, and how many papers in scope hold it; or ("", 0)."""
    criterion = (
        criteria.clauses[0][0] if len(criteria.clauses) == 1 and len(criteria.clauses[0]) == 1 else None
    )
    if criterion is None or criterion.negated or _is_told(criterion, library):
        return "", 0
    terms = topic_terms(criterion.text)
    if len(terms) != 1 or " " not in terms[0]:
        return "", 0
    phrases = dict.fromkeys(spellings(terms[0]), 1.0)
    held = library.lexical.search_phrases(phrases, depth=_MOST_COUNTED, within=scoped.within)
    return (terms[0], len(held)) if len(held) < _MOST_COUNTED else ("", 0)


def _unheld(criterion: Criterion, library: Library) -> str:
    if _is_told(criterion, library):
        return ""
    terms = plain_terms(mend_slips(criterion.text, library))
    search = library.lexical.search_phrases
    return next((term for term in terms if not search(dict.fromkeys(spellings(term), 1.0), depth=1)), "")


def _is_told(criterion: Criterion, library: Library) -> bool:
    """Tell whether papers themselves tell that they meet a criterion: it is no topic that words stand for."""
    return is_type_alone(criterion.text) or bool(looked_up(criterion, library))
