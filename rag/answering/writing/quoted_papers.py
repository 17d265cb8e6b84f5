"""Which papers answer a question that is no set: those that it calls, the one in front, and what stands beside it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rag.answering.refusing.entities import is_asked_by_title, mentions, named_things, owners, subjects
from rag.library.lexical import content_terms
from rag.types import Kind, Paper, Question, RankedPaper, Ranking

_SEVERAL = re.compile(
    r"\b(?:two|three|both) (?:\w+ )?(?:papers|works|approaches|methods|audits|studies|models)\b|\bversus\b|\bvs\b"
    r"|\bdiffer\w*\b|\beach\b|\bagainst\b",
    re.IGNORECASE,
)
_POLAR = re.compile(
    r"(?:do|does|did|is|are|was|were|can|could|will|would|should|has|have|must)\b", re.IGNORECASE
)
_TELLING_DEPTH = 10
_SAME_LETTERS = 6
_LEAST_TOLD = 2  # words of a question that a title may tell
_SHARED = 0.5


def asked_together(question: Question, ranking: Ranking, *, most: int) -> list[RankedPaper]:
    """Return the papers that a question puts side by side: those that it calls, else the one or two in front."""
    further = ranking.papers[2 * most : _TELLING_DEPTH]
    near = [*ranking.papers[: 2 * most], *(r for r in further if is_asked_by_title(r.paper, question.text))]
    papers = [ranked.paper for ranked in near]
    called = [*subjects(question.text, papers), *owners(question.text, papers)]
    if question.kind is not Kind.COMPARE and not _SEVERAL.search(question.text):
        called = subjects(question.text, papers)
    elif len(called) < 2:  # noqa: PLR2004  # a comparison needs two
        called = [*papers[:2]]
    asked = [ranked for ranked in near if ranked.paper in called][:most]
    telling = _telling(question, ranking) if asked == near[:1] else None
    return [telling] if telling else asked


def beside(
    question: Question, ranking: Ranking, asked: Sequence[RankedPaper], *, most: int, standout: float
) -> list[RankedPaper]:
    """Return the papers that speak nearly as closely as those that are asked for, and of the same; `most` in all.

    The best evidence of each reaches `standout` of theirs.
    """
    least = standout * max(map(_closeness, asked), default=0.0)
    close = [
        ranked
        for ranked in ranking.papers[:most]
        if ranked not in asked
        and _closeness(ranked) >= least
        and _shares(question, ranking, asked, ranked.paper)
    ]
    return close[: most - len(asked)]


def _telling(question: Question, ranking: Ranking) -> RankedPaper | None:
    """The paper near the front whose title alone holds all that a yes-or-no question asks about, where the first does not."""
    words = ranking.rarity.keys()
    if (
        not _POLAR.match(question.text)
        or named_things(question.text)
        or ranking.named
        or len(words) < _LEAST_TOLD
    ):
        return None
    told = (ranked for ranked in ranking.papers[:_TELLING_DEPTH] if _tells(ranked.paper.title, words))
    return next(told, None)


def _tells(title: str, words: Iterable[str]) -> bool:
    """Tell whether a title holds words, or others that begin alike: "classifiers", "classification"."""
    begun = {stem[:_SAME_LETTERS] for stem in content_terms(title)}
    return all(word[:_SAME_LETTERS] in begun for word in words)


def _shares(question: Question, ranking: Ranking, asked: Sequence[RankedPaper], other: Paper) -> bool:
    """Tell whether a paper speaks of what those asked for do: of the names, and of half of the words by weight.

    To a yes-or-no question it may say its part in other words of the question.
    """
    titles = [r.paper.title.partition(":")[0] for r in asked if is_asked_by_title(r.paper, question.text)]
    names = titles or [n for n in named_things(question.text) if any(mentions(r.paper, n) for r in asked)]
    if names and not any(mentions(other, name) for name in names):
        return False
    theirs = frozenset[str]().union(*(_held(ranked.paper, ranking) for ranked in asked))
    mine = _held(other, ranking)
    counted = mine if _POLAR.match(question.text) else mine & theirs
    return _weight(counted, ranking) >= _SHARED * _weight(theirs, ranking)


def _held(paper: Paper, ranking: Ranking) -> frozenset[str]:
    return frozenset(content_terms(f"{paper.title} {paper.abstract}")) & ranking.rarity.keys()


def _weight(words: frozenset[str], ranking: Ranking) -> float:
    return sum(ranking.rarity[word] for word in words)


def _closeness(ranked: RankedPaper) -> float:
    return max((evidence.score for evidence in ranked.evidence), default=0.0)
