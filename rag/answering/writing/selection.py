"""Which sentences of a paper answer the question that was asked? Pure.

The ranking's evidence says which sentences are near the question. An answer is often another one: the
number, the data sets, the reason. So every sentence of the abstract is weighed anew, by its evidence
and by whether it is of the kind that the question asks for; each one chosen should add something.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rag.answering.comparing.asked_aspect import asked_aspect
from rag.answering.comparing.aspects import DATA, choose_cell
from rag.answering.refusing.details import Detail, asked_details, has_number
from rag.answering.refusing.unstated import answering_spans
from rag.library.lexical import stems
from rag.library.passages import split_passages
from rag.retrieval.evidence import asks_figure
from rag.types import Evidence, Kind, Paper, Passage, Question, RankedPaper, Span

_ASKS_DATA = re.compile(
    r"\b(?:data ?sets?|data|collections?|benchmarks?|corpora|corpus|contests?|tasks?|tested|tried|evaluated|trained|proved|shown)\b",
    re.IGNORECASE,
)
_STATES_DATA = re.compile(
    r"\b(?:data ?sets?|benchmarks?|experiment\w*|evaluat\w+|tested|trained on|corpus|corpora|collect\w*|challenge)\b",
    re.IGNORECASE,
)
_ASKS_REASON = re.compile(
    r"\b(?:why|how (?!many|much|large|big|long|often|fast|accurate|well)|reason|what makes|because|where do)\b",
    re.IGNORECASE,
)
_STATES_REASON = re.compile(
    r"\b(?:because|due to|caus\w+|lead\w* to|result\w* (?:in|from)|by \w+ing|via|thus|therefore|hence|enabl\w+"
    r"|we (?:find|show|observe|argue|propose|introduce|present|identify|demonstrate)|attribut\w+|reveal\w*)\b",
    re.IGNORECASE,
)
_STATES_METHOD = re.compile(
    r"\b(?:propos\w+|introduc\w+|present\w*|by \w+ing|consist\w*|modul\w+|instead|we (?:use|learn|design|develop|train)"
    r"|called|named|dubbed|our (?:method|approach|model))\b",
    re.IGNORECASE,
)
_ASKS_ACCESS = re.compile(
    r"\b(?:code|github|links?|urls?|download\w*|available|released|open[- ]source\w*|licen[cs]e\w*)\b",
    re.IGNORECASE,
)
_STATES_ACCESS = re.compile(
    r"https?://|\b(?:code|implementation|project page|models?)\b.{0,60}\b(?:available|released|open[- ]sourced?)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w-]*[A-Z\d]")


@dataclass(frozen=True, slots=True)
class SelectionWeights:
    """What a sentence gains for being of the kind that is asked for; evidence itself is from 0 to 1.

    `aspect` is for showing the one aspect that is asked for, and more than all else. `access` is what it loses for saying where the code is to a question that does not ask for it.
    """

    detail: float = 0.4
    figure: float = 0.25
    data: float = 0.25
    reason: float = 0.5
    method: float = 0.15
    aspect: float = 1.5
    unseen: float = 0.35
    words: float = 0.3
    news: float = 0.3
    least: float = 0.15
    access: float = 0.6


_DEFAULTS = SelectionWeights()


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence, the words of the question that it holds, and whether anything speaks for it but its place."""

    passage: Passage
    held: frozenset[str]
    score: float
    speaks: bool


def choose_quotes(
    question: Question,
    ranked: RankedPaper,
    rarity: Mapping[str, float],
    *,
    most: int,
    weights: SelectionWeights = _DEFAULTS,
) -> tuple[Evidence, ...]:
    """Return at most `most` sentences of a paper, in the order of the abstract.

    Of a fact, the best one stands first; of an aspect, those that show it.
    """
    details = asked_details(question.text)
    near = {evidence.start: evidence.score for evidence in ranked.evidence}
    floor = weights.unseen * min(near.values(), default=0.0)
    total = sum(rarity.values()) or 1.0
    asked = asked_aspect(question.text)
    shown = (
        {sentence.start: weights.aspect for sentence in asked.shown_by(ranked.paper)}
        if asked
        else _bearing(question, ranked.paper, weights)
    )
    rest: list[_Candidate] = []
    for passage in split_passages(ranked.paper):
        held = frozenset(stems(passage.text)) & rarity.keys()
        bonus = _kind_bonus(question, passage.text, details=details, weights=weights)
        bonus += shown.get(passage.start, 0.0)
        if _ASKS_ACCESS.search(question.text) is None and _STATES_ACCESS.search(passage.text):
            bonus -= weights.access
        speaks = bool(held) or bonus > 0 or passage.start in near
        if passage.ordinal or speaks:  # few abstracts begin with the answer
            score = near.get(passage.start, floor) + weights.words * sum(rarity[s] for s in held) / total
            rest.append(_Candidate(passage, held, score + bonus, speaks))
    if question.kind is Kind.FACT:
        rest = [candidate for candidate in rest if candidate.speaks] or rest
    chosen: list[_Candidate] = []
    while rest and len(chosen) < most:
        have = frozenset[str]().union(*(c.held for c in chosen))
        best = max(rest, key=lambda c: c.score + weights.news * sum(rarity[s] for s in c.held - have) / total)
        if chosen and best.score < weights.least * chosen[0].score:
            break
        chosen.append(best)
        rest.remove(best)
    leading = {c.passage.start for c in chosen if c.passage.start in shown} if asked else set[int]()
    if question.kind is Kind.FACT and not leading:
        leading = {c.passage.start for c in chosen[:1]}
    return tuple(
        Evidence.cut(ranked.paper, Span(c.passage.start, c.passage.end), score=round(min(1.0, c.score), 4))
        for c in sorted(chosen, key=lambda c: (c.passage.start not in leading, c.passage.start))
    )


def _bearing(question: Question, paper: Paper, weights: SelectionWeights) -> Mapping[int, float]:
    """What sentences gain, by where they begin, for holding a candidate for what is asked."""
    if question.kind is not Kind.FACT:
        return {}
    candidates = answering_spans(question.text, paper)
    held = {p.start: weights.detail for p in split_passages(paper) if p.text in candidates}
    if not held and _ASKS_DATA.search(question.text):
        return {shown.start: weights.data for shown in choose_cell(paper, DATA)}
    return held


def _kind_bonus(
    question: Question, text: str, *, details: tuple[Detail, ...], weights: SelectionWeights
) -> float:
    bonus = weights.detail if any(detail.is_stated([text]) for detail in details) else 0.0
    if asks_figure(question.text) and has_number(text):
        bonus += weights.figure
    if _ASKS_DATA.search(question.text) and _STATES_DATA.search(text) and _NAME.search(text):
        bonus += weights.data
    if _ASKS_REASON.search(question.text) and _STATES_REASON.search(text):
        bonus += weights.reason
    if question.kind is Kind.COMPARE and _STATES_METHOD.search(text):
        bonus += weights.method
    return bonus
