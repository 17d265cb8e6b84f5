"""What the rules found of a question, as votes for the judge of `silence.py`. Pure.

A rule is no verdict: each family of rules has a weight of its own, by how often it was right where it was new.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rag.answering.refusing.details import ANY_FIGURE, DETAILS, Detail
from rag.answering.refusing.measured_answers import MEASURED_ANSWERS
from rag.answering.refusing.named_answers import NAMED_ANSWERS
from rag.answering.refusing.set_and_model_answers import SET_AND_MODEL_ANSWERS
from rag.types import Status


def _sort(detail: Detail) -> str:
    return "score" if detail.scored else "figure" if detail.figure else "detail"


# Of two families that know a name, the first: "time" is measured, whoever asks for it.
_FAMILIES = {
    **{kind.name: "measured" for kind in MEASURED_ANSWERS},
    **{kind.name: "named" for kind in NAMED_ANSWERS},
    **{kind.name: "set or model" for kind in SET_AND_MODEL_ANSWERS},
    **{detail.name: _sort(detail) for detail in DETAILS},
    ANY_FIGURE.name: "any figure",
}
_COUNT = "count"
FAMILIES = (*sorted(set(_FAMILIES.values())), _COUNT)
CHECKS = ("names",)


@dataclass(frozen=True, slots=True)
class RulesTold:
    """What the rules told: the status, the check that found it, how many details are asked for, and those missing."""

    status: Status
    check: str
    asked: int
    missing: tuple[str, ...]

    def votes(self) -> Mapping[str, float]:
        """Return a number for each vote, 0 or 1."""
        families = {_family(name) for name in self.missing}
        return {
            "refused": float(self.status is Status.NOT_STATED),
            "in part": float(self.status is Status.PARTIAL),
            "details asked": float(self.asked > 0),
            "all stated": float(self.asked > 0 and not self.missing),
            "some stated": float(0 < len(self.missing) < self.asked),
            **{f"check: {check}": float(self.check == check) for check in CHECKS},
            **{f"no {family}": float(family in families) for family in FAMILIES},
        }


def _family(missing: str) -> str:
    """Tell the family of rules that a missing detail belongs to; what no table names is counted.

    >>> _family("licence"), _family("number of annotators")
    ('detail', 'count')
    """
    return _FAMILIES.get(missing, _COUNT)
