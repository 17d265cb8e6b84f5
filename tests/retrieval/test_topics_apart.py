"""Which criteria are topics of their own."""

from __future__ import annotations

import pytest

from rag.answering.asking.criteria_line import parse_criteria
from rag.library.lexical import content_terms
from rag.retrieval.topics_apart import topics_apart

_COMMON = {"learn": 0.3}


def _apart(line: str) -> list[str]:
    """The topics of a line in which every word but "learning" is rare."""
    clauses = parse_criteria(line).clauses
    weights = {
        criterion: {stem: _COMMON.get(stem, 3.0) for stem in content_terms(criterion.text)}
        for clause in clauses
        for criterion in clause
    }
    return [" OR ".join(one.text for one in clause) for clause in topics_apart(clauses, weights)]


@pytest.mark.parametrize(
    ("line", "topics"),
    [
        ("owl songs AND drum machines", ["owl songs", "drum machines"]),
        ("federated learning AND continual learning", ["federated learning", "continual learning"]),
        ("(owls OR frogs) AND drums", ["owls OR frogs", "drums"]),
        ("owls AND drums AND without labels", ["owls", "drums"]),
        ("owls AND drums AND NOT songs", ["owls", "drums"]),
    ],
)
def test_criteria_that_share_few_of_their_words_are_topics_of_their_own(line: str, topics: list[str]) -> None:
    assert _apart(line) == topics


@pytest.mark.parametrize(
    "line",
    [
        "combine local features AND combine global features",
        "owls",
        "owls AND without labels",
        "owls AND NOT drums",
        "owls AND drums AND maps",
        "owls at night AND drums at night AND without labels",
        "of AND the",
        "write texts AND collect them",
        "put wide views AND narrow songs together",
    ],
)
def test_parts_of_one_notion_and_single_topics_are_none(line: str) -> None:
    assert _apart(line) == []
