"""Which sentences of a paper answer the question that was asked? Pure.

The ranking's evidence says which sentences are near the question. An answer is often another one: the
number, the data sets, the reason. So every sentence of the abstract is weighed anew, by its evidence
and by whether it is of the kind that the question asks for; each one chosen should add something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rag.answering.comparing.asked_aspect import asked_aspect
from rag.answering.comparing.aspect_cues import CONCLUDES, SET_OUT
from rag.answering.comparing.aspects import DATA, choose_cell, tells_finding
from rag.answering.refusing.asked_part import Form, asked_part
from rag.answering.refusing.details import ANY_FIGURE, asked_details, has_number
from rag.answering.refusing.unstated import answering_spans
from rag.answering.writing.definitions import Term
from rag.answering.writing.denied_views import asks_view, denied_views
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
_CLAIMS = frozenset({Form.POLAR, Form.OTHER})
# What a sentence gains for being of the kind that is asked for; evidence itself is from 0 to 1.
_DETAIL = 0.4
_FIGURE = 0.25
_DATA = 0.25
_REASON = 0.5
_METHOD = 0.15
_ASPECT = 1.5  # the one aspect that is asked for, or the meaning of a term: more than all else
_ACCESS = 0.6  # what it loses for saying where the code is to a question that does not ask for it
_SET_OUT = 0.8  # what it loses for saying only what was to be learned
_FOUND = 0.25  # for saying what came out, where a claim is to be borne out or denied
# What the words of the question weigh beside that, and those that no sentence chosen before has; what a sentence has that
# the ranking did not see, of its weakest evidence; what it must have of the best one's score.
_WORDS = 0.3
_NEWS = 0.3
_UNSEEN = 0.35
_LEAST = 0.15


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence, the words of the question that it holds, and whether anything speaks for it but its place.

    `denied` is the view that it turns against, where its own words do not tell which.
    """

    passage: Passage
    held: frozenset[str]
    score: float
    speaks: bool
    denied: Passage | None = None


@dataclass(frozen=True, slots=True)
class _Sought:
    """Where the sentences begin that show the one aspect asked for, hold a candidate for an answer, or tell of data.

    `defining` has how well sentences say what a term means that is to be explained.
    """

    shown: frozenset[int] = frozenset()
    holding: frozenset[int] = frozenset()
    data: frozenset[int] = frozenset()
    defining: Mapping[int, float] = field(default_factory=dict)

    def leading(self, chosen: Sequence[int]) -> frozenset[int]:
        """Of the sentences that were chosen, those that stand first: what defines best, else what shows the aspect."""
        defining = self.defining.keys() & chosen
        best = max((self.defining[start] for start in defining), default=0.0)
        return frozenset(s for s in defining if self.defining[s] == best) or self.shown.intersection(chosen)


def choose_quotes(
    question: Question,
    ranked: RankedPaper,
    rarity: Mapping[str, float],
    *,
    most: int,
    term: Term | None = None,
) -> tuple[Evidence, ...]:
    """Return at most `most` sentences of a paper, in the order of the abstract.

    Of a fact, the best one stands first; of an aspect, those that show it; of a `term` to explain, its meaning.
    """
    sought = _sought(question, ranked.paper, term)
    weighed = list(_weighed(question, ranked, rarity, sought))
    told = weighed if asks_view(question.text) else _without_denied(weighed, ranked.paper, sought)
    chosen = _chosen(told, rarity, most)
    leading = sought.leading([c.passage.start for c in chosen])
    if question.kind is Kind.FACT and not leading:
        leading = frozenset(c.passage.start for c in chosen[:1])
    return tuple(
        Evidence.cut(ranked.paper, Span(passage.start, passage.end), score=round(min(1.0, c.score), 4))
        for c in sorted(chosen, key=lambda c: (c.passage.start not in leading, c.passage.start))
        for passage in (c.denied, c.passage)
        if passage
    )


def _sought(question: Question, paper: Paper, term: Term | None) -> _Sought:
    asked = asked_aspect(question.text)
    defining = term.grades(paper) if term else {}
    # What a paper does with another's thing is not what that thing is.
    if asked and (not term or term.is_borne_by(paper)):
        return _Sought(frozenset(sentence.start for sentence in asked.shown_by(paper)), defining=defining)
    if term:
        return _Sought(defining=defining)
    if question.kind is not Kind.FACT:
        return _Sought()
    candidates = answering_spans(question.text, paper)
    holding = frozenset(passage.start for passage in split_passages(paper) if passage.text in candidates)
    tells_data = _ASKS_DATA.search(question.text) and not holding
    return _Sought(
        holding=holding,
        data=frozenset(sentence.start for sentence in choose_cell(paper, DATA))
        if tells_data
        else frozenset(),
    )


def _weighed(
    question: Question,
    ranked: RankedPaper,
    rarity: Mapping[str, float],
    sought: _Sought,
) -> Iterator[_Candidate]:
    """Yield the sentences that may answer; few abstracts begin with the answer."""
    near = {evidence.start: evidence.score for evidence in ranked.evidence}
    floor = _UNSEEN * min(near.values(), default=0.0)
    total = sum(rarity.values()) or 1.0
    for passage in split_passages(ranked.paper):
        held = frozenset(stems(passage.text)) & rarity.keys()
        bonus = _kind_bonus(question, passage, sought)
        speaks = bool(held) or bonus > 0 or passage.start in near
        if passage.ordinal or speaks:
            score = near.get(passage.start, floor) + _WORDS * sum(rarity[s] for s in held) / total
            yield _Candidate(passage, held, score + bonus, speaks or question.kind is not Kind.FACT)


def _without_denied(weighed: Sequence[_Candidate], paper: Paper, sought: _Sought) -> list[_Candidate]:
    """Put in the place of a view the sentence that denies it; the view stays before one that has none of the question's words."""
    left = {candidate.passage.start: candidate for candidate in weighed}
    for view, denial in denied_views(split_passages(paper)).items():
        if view in left and denial in left and view not in {*sought.shown, *sought.defining}:
            told, mine = left.pop(view), left[denial]
            left[denial] = _Candidate(
                mine.passage,
                mine.held | told.held,
                max(mine.score, told.score),
                mine.speaks or told.speaks,
                denied=None if mine.held else told.passage,
            )
    return list(left.values())


def _chosen(rest: list[_Candidate], rarity: Mapping[str, float], most: int) -> list[_Candidate]:
    """Choose one after another what adds most; of a fact, nothing that nothing speaks for."""
    total = sum(rarity.values()) or 1.0
    rest = [candidate for candidate in rest if candidate.speaks] or rest
    chosen: list[_Candidate] = []
    while rest and len(chosen) < most:
        have = frozenset[str]().union(*(c.held for c in chosen))
        best = max(rest, key=lambda c: c.score + _NEWS * sum(rarity[s] for s in c.held - have) / total)
        if chosen and best.score < _LEAST * chosen[0].score:
            break
        chosen.append(best)
        rest.remove(best)
    return chosen


def _kind_bonus(question: Question, passage: Passage, sought: _Sought) -> float:
    text, start = passage.text, passage.start
    may_count = not sought.holding or start in sought.holding  # any other number counts something else
    stated = any(
        detail.is_stated([text])
        for detail in asked_details(question.text)
        if may_count or detail is not ANY_FIGURE
    )
    bonus = _DETAIL * (stated or start in sought.holding)
    bonus += _ASPECT * max(start in sought.shown, sought.defining.get(start, 0.0))
    if asks_figure(question.text) and has_number(text) and may_count:
        bonus += _FIGURE
    if _ASKS_DATA.search(question.text) and _STATES_DATA.search(text) and _NAME.search(text):
        bonus += _DATA
    if start in sought.data:
        bonus += _DATA
    if _ASKS_REASON.search(question.text) and _STATES_REASON.search(text):
        bonus += _REASON
    if question.kind is Kind.COMPARE and _STATES_METHOD.search(text):
        bonus += _METHOD
    if _STATES_ACCESS.search(text) and not _ASKS_ACCESS.search(question.text):
        bonus -= _ACCESS
    is_found = tells_finding(text) or bool(CONCLUDES.search(text))
    if SET_OUT.search(text) and not is_found and start not in sought.shown:
        bonus -= _SET_OUT
    elif is_found and question.kind is Kind.FACT and asked_part(question.text).form in _CLAIMS:
        bonus += _FOUND
    return bonus
