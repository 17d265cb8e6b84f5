"""When did it refuse, and should it have? Pure.

A refusal is an answer without sentences, by whichever of the statuses that say so. Counting both errors
apart follows Rajpurkar, Jia and Liang 2018, "Know what you don't know" (SQuAD 2.0).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from rag.types import Status

STATUSES = tuple(status.value for status in Status)
REFUSALS = frozenset({Status.NOT_STATED.value, Status.NOT_IN_LIBRARY.value, Status.FILTER_EMPTY.value})


def refused(status: str) -> bool:
    """Tell whether a status is a refusal.

    >>> refused("not_stated"), refused("partial")
    (True, False)
    """
    return status in REFUSALS


def confusion(answers: Iterable[tuple[str, str]]) -> Mapping[str, Mapping[str, int]]:
    """Count the statuses of each type of question, from pairs of type and status.

    >>> confusion([("fact", "answered"), ("fact", "not_stated")])["fact"]["not_stated"]
    1
    """
    counts = Counter(answers)
    return {
        kind: {status: counts[kind, status] for status in STATUSES}
        for kind in dict.fromkeys(kind for kind, _ in counts)
    }
