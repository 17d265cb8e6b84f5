"""How an answer without sentences begins, in the same words wherever it is shown. Pure."""

from __future__ import annotations

from rag.types import Status

_HEADINGS = {
    Status.NOT_IN_LIBRARY: "Not in this library.",
    Status.NOT_STATED: "The abstracts do not say.",
    Status.FILTER_EMPTY: "No paper passes the filter.",
    Status.NO_QUESTION: "Nothing was asked of the library.",
}


def refusal_heading(status: Status) -> str:
    """Say in a sentence why there is no answer.

    >>> refusal_heading(Status.NOT_STATED), refusal_heading(Status.PARTIAL)
    ('The abstracts do not say.', 'No answer.')
    """
    return _HEADINGS.get(status, "No answer.")
