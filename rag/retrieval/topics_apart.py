"""Which criteria of a question are topics of their own, and which are parts of one notion. Pure.

"Combine local and global features" is one notion, though it is read as two criteria: what papers on it say is more than
what papers on either say. "Federated learning and neural collapse" asks for two topics, and a paper on one of them is
no member. Parts of one notion have most of their words in common; topics do not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rag.types import Criterion

# By weight. Of the two-topic questions that judged questions of one topic make, all but 2 in 147 lie below; of the judged
# questions that list one notion in parts, all above.
_MOST_SHARED = 0.5
_TWO = 2
# What a paper lacks is a property of what it does, and hardly told from its opposite.
LACK = re.compile(r"\b(?:without|lacking|free of|no|not(?! only)|never)\b", re.IGNORECASE)
# "Who writes texts and who collects them?", "put wide and narrow views together": one half leans on the other.
_LEANS = re.compile(r"\b(?:they|them|their|it|its|together|each other)\b", re.IGNORECASE)

Clause = tuple[Criterion, ...]


def topics_apart(
    clauses: Sequence[Clause], weights: Mapping[Criterion, Mapping[str, float]]
) -> tuple[Clause, ...]:
    """Return the two clauses that are topics of their own, if they are.

    `weights` holds how rare each content word of a criterion is, by its stem. What is ruled out, and what papers lack,
    is no topic; where one half leans on the other, neither is. Three or more describe one notion by examples, mostly
    ("scaling laws, bigger models and more data").
    """
    topics = [clause for clause in clauses if not any(one.negated or LACK.match(one.text) for one in clause)]
    if len(topics) != _TWO or any(_LEANS.search(one.text) for clause in topics for one in clause):
        return ()
    one, other = (_words(clause, weights) for clause in topics)
    return tuple(topics) if _shared(one, other) < _MOST_SHARED else ()


def _words(clause: Clause, weights: Mapping[Criterion, Mapping[str, float]]) -> dict[str, float]:
    return {stem: weight for one in clause for stem, weight in weights[one].items()}


def _shared(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The share, by weight, of the smaller of two sets of words that the other holds: 0 to 1."""
    least = min(sum(one.values()), sum(other.values()))
    return sum(one[stem] for stem in one.keys() & other.keys()) / least if least else 1.0
