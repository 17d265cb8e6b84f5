"""Is this sentence supported by the abstracts that it cites? Pure.

A sentence is shown when the sources that bear it hold most of its words, every number with its unit
and every named thing, and do not say the contrary (`rag.answering.checks`, one module a check). A
source that does not bear it loses its number; one that was shown and bears it is added where the
writer gave none, or the wrong one. The words that carry the sentence become its evidence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rag.answering.checks.names import missing_name
from rag.answering.checks.numbers import missing_number
from rag.answering.checks.polarity import contradiction
from rag.answering.checks.roles import turned_round
from rag.answering.checks.talk import claims_nothing
from rag.answering.checks.wording import Held, hold
from rag.library.lexical import content_terms
from rag.types import Evidence, Paper, PaperId

# Shares of a sentence's content words, fixed on the tuning half of the papers
# (`python -m eval.bench.verification --half tune`): in all its sources, of those that the question
# lacks, and in one passage.
_LEAST_FOUND = 0.4
_LEAST_COVERED = 0.45
_LEAST_PASSAGE = 0.25
# A cited paper is left out when it holds less than this share, or this much less than the best one
# without a word of its own.
_LEAST_SHARE = 0.3
_MOST_BEHIND = 0.15
_LEAST_OWN = 2
# A source that was not cited takes the place of one that was when it holds so much more.
_FAR_AHEAD = 0.3
_TRIED = 3
_LONGEST_NAME = 4
_WORD = re.compile(r"\w+")


class Fault(StrEnum):
    """Which check a sentence failed; `NONE` for a supported one."""

    NONE = ""
    UNCITED = "source"
    WORDS = "words"
    NUMBER = "number"
    NAME = "name"
    CONTRARY = "contrary"


_Found = tuple[Fault, str]
_BORNE: _Found = (Fault.NONE, "")
_NO_SOURCE: _Found = (Fault.UNCITED, "it cites no source that was shown")
_NO_WORDS: _Found = (Fault.WORDS, "its words do not stand in what it cites")


@dataclass(frozen=True, slots=True)
class Support:
    """The verdict on a sentence.

    `evidence` holds the papers that bear it, each with the spans that do; `added` names those of them
    that the writer had not cited. `claims` is False for a sentence that states nothing and needs no
    footnote. `fault` names the check that a sentence failed, `reason` says it in a clause.
    """

    supported: bool
    reason: str
    evidence: tuple[tuple[Paper, tuple[Evidence, ...]], ...]
    added: frozenset[PaperId] = frozenset()
    claims: bool = True
    fault: Fault = Fault.NONE


def check_sentence(
    text: str,
    cited: Sequence[Paper],
    *,
    question: str,
    shown: Sequence[Paper] = (),
) -> Support:
    """Check one sentence against the papers that it cites.

    The question may lend names, and its words count neither for the sentence nor against it; it
    lends no number, because it may rest on a false premise. `shown` are all sources that the writer
    saw: with them, a missing or wrong citation is mended.
    """
    if claims_nothing(text):
        return Support(True, "", (), claims=False)
    held = hold(text, _distinct(cited))
    bearing = _bearing(held)
    fault, reason = _fault(text, bearing, question) if held else _NO_SOURCE
    rivals = _rivals(text, held, shown)
    if not fault and not _is_far_ahead(rivals, held):
        return Support(True, "", tuple((h.paper, h.spans()) for h in bearing))
    better = next((rival for rival in rivals if _fault(text, [rival], question) == _BORNE), None)
    if better:
        return Support(True, "", ((better.paper, better.spans()),), added=frozenset({better.paper.id}))
    if not fault:
        return Support(True, "", tuple((h.paper, h.spans()) for h in bearing))
    return Support(False, reason, (), fault=fault)


def _rivals(text: str, held: Sequence[Held], shown: Sequence[Paper]) -> list[Held]:
    """The sources that were shown and not cited and hold most of the sentence, best first."""
    cited = {h.paper.id for h in held}
    others = [paper for paper in _distinct(shown) if paper.id not in cited]
    return sorted(hold(text, others), key=lambda h: (-h.share, -h.best_share))[:_TRIED]


def _is_far_ahead(rivals: Sequence[Held], held: Sequence[Held]) -> bool:
    return bool(rivals) and rivals[0].share > max(h.share for h in held) + _FAR_AHEAD


def _fault(text: str, bearing: Sequence[Held], question: str) -> _Found:
    """Return what the sources lack or deny, as a clause."""
    if not bearing or not _is_covered(text, bearing, question):
        return _NO_WORDS
    passages = [words for h in bearing for words in (h.paper.title, *(p.text for p, _ in h.passages))]
    if number := missing_number(text, passages):
        return Fault.NUMBER, f"the number {number} does not stand in what it cites"
    if name := missing_name(text, [*passages, question]):
        return Fault.NAME, f"the name {name} does not stand in what it cites"
    contrary = contradiction(text, passages) or turned_round(text, passages, names=_names(bearing))
    if contrary:
        return Fault.CONTRARY, contrary
    return _BORNE


def _names(bearing: Sequence[Held]) -> list[str]:
    """What papers call their own proposals: the words before the colon of a title, if these are few."""
    heads = [title.partition(":")[0] for title in (h.paper.title for h in bearing) if ":" in title]
    return [head for head in heads if len(head.split()) <= _LONGEST_NAME]


def _named(text: str, bearing: Sequence[Held]) -> frozenset[str]:
    """The content stems of titles, or of what stands before their colon, that the sentence calls papers by."""
    said = f" {' '.join(_WORD.findall(text.lower()))} "
    called = (
        name
        for h in bearing
        for name in (h.paper.title, h.paper.title.partition(":")[0])
        if f" {' '.join(_WORD.findall(name.lower()))} " in said
    )
    return frozenset(term for name in called for term in content_terms(name))


def _is_covered(text: str, bearing: Sequence[Held], question: str) -> bool:
    """Tell whether the papers together hold enough of the sentence, and of what it says of them.

    Words that the question lends, or that only call a paper by its title, speak for nothing.
    """
    wanted = bearing[0].wanted
    found = frozenset[str]().union(*(h.stems for h in bearing))
    fresh = wanted - set(content_terms(question)) - _named(text, bearing)
    return (
        len(found) >= _LEAST_FOUND * len(wanted)
        and len(found & fresh) >= _LEAST_COVERED * len(fresh)
        and sum(h.best_share for h in bearing) >= _LEAST_PASSAGE
    )


def _bearing(held: Sequence[Held]) -> list[Held]:
    """The cited papers that bear the sentence, in the order of citing."""
    kept: list[Held] = []
    for paper in sorted(held, key=lambda h: -h.share):
        own = paper.stems.difference(*(h.stems for h in kept))
        near = not kept or paper.share >= kept[0].share - _MOST_BEHIND or len(own) >= _LEAST_OWN
        if paper.share >= _LEAST_SHARE and near:
            kept.append(paper)
    return [paper for paper in held if paper in kept]


def _distinct(papers: Sequence[Paper]) -> list[Paper]:
    return list({paper.id: paper for paper in papers}.values())
