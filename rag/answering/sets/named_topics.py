"""How probable words alone make it that a paper has what a criterion names in a few words. Pure.

The regressions weigh a frequent phrase little, so that they doubt what a title says, and find what is ruled out where nobody
speaks of it. Read off the tuning halves of the judged sets, and counted on both halves: all of 13 papers whose title holds the
topic asked for belong in full; of 17 likely papers that speak of what was ruled out 1 belongs, of 12 that do not, but that the
regression takes to have it, 5.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rag.retrieval.mentioned_words import times_said
from rag.retrieval.topic_terms import is_titled, topic_terms
from rag.types import Criterion, Paper

_IN_TITLE = 0.95
# Of what is ruled out: said twice, a paper more probably has it than not; said once, it may be what others do; not said, it
# may have it by another name.
_OFTEN, _ONCE, _AT_MOST = 0.6, 0.4, 0.45
_LEAD = re.compile(r"^(?:on|about|of|in|with|for|by|using|from) ")
Bounds = tuple[NDArray[np.float64], NDArray[np.float64]]


def named_bounds(criterion: Criterion, papers: Sequence[Paper]) -> Bounds:
    """Return the least and the most chance that each paper has what a criterion names, both of shape (papers,).

    0 and 1 where its words do not tell, or the criterion names nothing in a few words.
    """
    terms = topic_terms(_LEAD.sub("", criterion.text))
    if not terms:
        return np.zeros(len(papers)), np.ones(len(papers))
    if not criterion.negated:
        titled = [is_titled(paper, terms) for paper in papers]
        return np.where(titled, _IN_TITLE, 0.0), np.ones(len(papers))
    said = np.array([_ruled_out(paper, terms) for paper in papers])
    return said, np.where(said > 0, 1.0, _AT_MOST)


def _ruled_out(paper: Paper, terms: Sequence[str]) -> float:
    if all(times_said(paper.title, term) for term in terms):
        return _IN_TITLE
    said = min(times_said(paper.title, term) + times_said(paper.abstract, term) for term in terms)
    return _OFTEN if said > 1 else _ONCE if said else 0.0
