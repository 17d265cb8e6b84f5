"""Papers judged one by one against a set question, and what it takes to have a model do so.

A verdict carries the words that show it. Papers that belong make the set; a long set has themes.
"""

from __future__ import annotations

from dataclasses import dataclass

from rag.types.criteria import Criterion, Judgement
from rag.types.papers import Paper, PaperId
from rag.types.spans import Evidence


@dataclass(frozen=True, slots=True)
class CriterionVerdict:
    """A paper judged against one criterion, with the words that show it.

    Of a negated criterion, `MEETS` says that the paper does have what is ruled out.
    """

    criterion: Criterion
    verdict: Judgement
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A paper judged against a set question, with the words that show it.

    `criteria` holds its verdict on each single criterion, in the order of the question's; empty where
    the question was judged as a whole.
    """

    paper_id: PaperId
    verdict: Judgement
    evidence: tuple[Evidence, ...]
    criteria: tuple[CriterionVerdict, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A paper that belongs to a set, with the verdict that says so."""

    paper: Paper
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Theme:
    """Papers of a long list that have a topic in common, called by words of their own."""

    name: str
    papers: tuple[PaperId, ...]


@dataclass(frozen=True, slots=True)
class Estimate:
    """What it takes to put a set question to a model: `papers` to judge, `cached` ones known already.

    `cost` is in US dollars, None without prices; `seconds` None while no speed was measured.
    """

    papers: int
    cached: int
    requests: int
    prompt_tokens: int
    completion_tokens: int
    cost: float | None = None
    seconds: float | None = None
