"""What a search gives: papers in order, each with the words that speak for it.

Beside them stands what tells how far to trust it: how much of the library was looked at and how, and how
near it comes to the question at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rag.types.papers import Paper, PaperId
from rag.types.questions import Question
from rag.types.spans import Evidence


@dataclass(frozen=True, slots=True)
class RankedPaper:
    """A paper in its place. `score` is the fused z-score of the ranking, higher is better.

    `relevance` is a re-ranker's score, in a unit of its own; None where none looked at the paper. `arms`
    holds what each way of looking gave, higher is better, without those that did not score the paper:
    `words` (BM25, 0 or more), `related` (BM25 of what the thesaurus lends a set question, 0 or more), `paper` and
    `passage` (cosines of the whole paper and its best passage, -1 to 1), `fused` (their sum of weighted z-scores),
    `late` (late interaction, -1 to 1).
    """

    paper: Paper
    rank: int
    score: float
    evidence: tuple[Evidence, ...]
    relevance: float | None = None
    arms: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ranking:
    """Papers in order, best first.

    `searched` counts the papers in scope, `encoded` those of them that have vectors already; the
    others were ranked by their words alone. `similarity` is the highest cosine between the question
    and a paper or passage (-1 to 1; None where no vector was at hand), `coverage` the highest share
    of the question's content words that one paper holds (0 to 1). `searched_for` is the text that was
    searched for: the question, with slips mended and short forms spelled out. `named` are the papers whose
    id or title stands in the question; they come first. `rarity` holds the stems of its content words, from 0 for
    one that all papers hold to 1 for one that none does. `notices` say in a line each what the reader should
    know of the scope, and what could not be done: vectors or a re-ranker out of reach. `index` says how the
    indexes were built: model, dimensions, splitter. `timings_ms` are milliseconds a stage.
    """

    question: Question
    papers: tuple[RankedPaper, ...]
    searched: int
    encoded: int
    similarity: float | None
    coverage: float
    searched_for: str = ""
    named: tuple[PaperId, ...] = ()
    rarity: Mapping[str, float] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    index: Mapping[str, str] = field(default_factory=dict)
    timings_ms: Mapping[str, float] = field(default_factory=dict)

    @property
    def has_vectors(self) -> bool:
        """Tell whether verdicts can be estimated: by words alone, they were wrong three times out of four."""
        return self.similarity is not None and self.encoded == self.searched
