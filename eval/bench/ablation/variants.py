"""The settings that are compared: parts added one by one, and all parts but one. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from rag.settings import FeatureWeights, RetrievalSettings, WordingSettings

_ALL = "all"
_PARTS = {
    "exclusions left out": "leave_out",
    "slips mended": "mend_slips",
    "short forms spelled out": "spell_out",
    "thesaurus": "related",
    "late interaction": "late",
    "feedback, words": "words",
    "feedback, vector": "vector",
    "neighbours": "neighbours",
    "learned match": "match",
}


@dataclass(frozen=True, slots=True)
class Variant:
    """Settings to search with, and the row of the table that they are compared with."""

    name: str
    settings: RetrievalSettings
    against: str = ""


def variants(full: RetrievalSettings) -> list[Variant]:
    """Return the first ranking alone, the parts added one by one up to `full`, and `full` without each.

    The last row applies the features of set questions to every question.
    """
    nothing = FeatureWeights(late=0.0)
    bare = replace(
        full,
        wording=WordingSettings(leave_out=False, mend_slips=False, spell_out=False),
        one_paper=nothing,
        many_papers=nothing,
    )
    rows = [Variant("first ranking alone", bare)]
    for title, part in _PARTS.items():
        rows.append(Variant(f"+ {title}", _take(rows[-1].settings, part, full), rows[-1].name))
    rows[-1] = replace(rows[-1], name=_ALL)
    rows += [Variant(f"all but {title}", _take(full, part, bare), _ALL) for title, part in _PARTS.items()]
    return [*rows, Variant("all, every question a set", replace(full, one_paper=full.many_papers), _ALL)]


def _take(settings: RetrievalSettings, part: str, source: RetrievalSettings) -> RetrievalSettings:
    """Return `settings` with one part as it is in `source`."""
    records = ("wording",) if part in WordingSettings.__slots__ else ("one_paper", "many_papers")
    changed: dict[str, Any] = {
        record: replace(getattr(settings, record), **{part: getattr(getattr(source, record), part)})
        for record in records
    }
    return replace(settings, **changed)
