"""Words that turn a claim (`not`, `fails to`) or point it (more, less, better, worse). Pure.

The lists hold words by their stems. They were collected by hand, and pruned on the tuning half of
the papers: a word that points often without meaning it (`high`, `above`, `cut`) is left out.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from enum import StrEnum

from rag.answering.checks.words import Words, stem


class Sense(StrEnum):
    """Which way a word points."""

    MORE = "more"
    LESS = "less"
    BETTER = "better"
    WORSE = "worse"


CONTRARY = {
    Sense.MORE: Sense.LESS,
    Sense.LESS: Sense.MORE,
    Sense.BETTER: Sense.WORSE,
    Sense.WORSE: Sense.BETTER,
}
# What of a source bears out a sense: less error is better, and so is a higher score.
AGREEING = {
    Sense.MORE: frozenset({Sense.MORE, Sense.BETTER}),
    Sense.LESS: frozenset({Sense.LESS, Sense.WORSE}),
    Sense.BETTER: frozenset({Sense.BETTER, Sense.MORE, Sense.LESS}),
    Sense.WORSE: frozenset({Sense.WORSE, Sense.LESS}),
}
_POINTING = {
    Sense.MORE: """
        increase rise raise grow growth higher more larger greater gain boost longer bigger amplify
        additional deeper wider enlarge maximize promote stimulate induce upregulate elevate""",
    Sense.LESS: """
        decrease reduce reduction lower less fewer smaller drop decline fall shrink shorter lessen diminish
        minimize mitigate alleviate suppress compress curb trim lighter lightweight least loss minimal cheaper
        inhibit inhibition attenuate delay deactivate downregulate""",
    Sense.BETTER: """
        improve improvement better outperform surpass exceed superior beat enhance best faster stronger help easier
        strengthen win advantage benefit competitive favorable speedup accelerate facilitate excel protect""",
    Sense.WORSE: """
        worse worsen degrade degradation deteriorate deterioration underperform inferior slower weaker harm
        hurt hinder worst weaken harder lag lose costlier fail impede impair exacerbate ineffective""",
}
# Stems that bear out a negation in other words.
_GROUNDS = """
    not no cannot never without neither nor none hardly rarely seldom barely fail unable lack absence absent
    free instead rather avoid prevent eliminate remove bypass unlike despite independent agnostic limited only
    insufficient ignore neglect overlook unnecessary needless difficult obviate dispense unknown unclear
    unseen missing exclude except beyond skip poor few impossible infeasible solely alone untouched
    unchanged discard far challenging little struggle suffer short minimal negligible unaltered fixed
    invariant irrespective regardless inability unavailable scarce unaffected underexplored understudied
    unresolved elusive contrary weak restrict drop frozen freeze retain mere merely disjoint incapable
    ineffective inefficient unreliable unlikely hinder sidestep circumvent hard suboptimal inferior worse
    lose preserve unexplored unfair false incorrect wrong break reject replace substitute omit separate
    exact keep unsupervised unlabeled untrained uninformative inaccurate incomplete imperfect inconsistent
    irrelevant unrelated nonlinear mismatch"""
# Stems that bear out a `worse` in other words.
_BAD = """
    suffer struggle poor poorly slow weak hard difficulty challenge problem limit limitation drawback
    shortcoming cost costly expensive detriment detrimental damage bias error sensitive vulnerable brittle
    fragile issue gap trade tradeoff drop decline forget collapse bottleneck burden obstacle failure flaw risk
    pessimistic sacrifice compromise expense distort adverse negative impact affect underestimate noise noisy
    overhead inaccurate disadvantage impractical deficient disrupt disruption prohibit defeat break"""
_AUXILIARY_TEXT = (
    "do does did is are was were be been can could will would may might has have had should need"
)
_AUXILIARIES = frozenset(_AUXILIARY_TEXT.split())
_NEGATION_TEXT = "not no cannot never without neither nor none hardly rarely seldom fail fails failed unable"
_NEGATIONS = frozenset(_NEGATION_TEXT.split())
_FAILURES = frozenset({"cannot", "never", "fail", "fails", "failed"})
_NO_NEGATIONS = frozenset({"only", "just", "merely"})  # after `not`
_NO_DENIALS = frozenset({"more", "less", "longer", "fewer", "later"})  # after `no`
_DEGREES = frozenset({"more", "less", "fewer"})
_TURN = 3


def negations(words: Words) -> Iterator[int]:
    """Yield where a verb is turned: `does not`, `cannot`, `fails to`."""
    for n, word in enumerate(words.words):
        after_auxiliary = not _AUXILIARIES.isdisjoint(words.words[max(0, n - 2) : n])
        if word in _FAILURES or word.endswith("n't") or (_is_not(words, n) and after_auxiliary):
            yield n


def denials(words: Words) -> Iterator[int]:
    """Yield where a thing is denied: `without labels`, `no labels`, but not `no more than`."""
    for n, word in enumerate(words.words):
        if word == "without" or (word == "no" and _NO_DENIALS.isdisjoint(words.words[n + 1 : n + 2])):
            yield n


def are_contrary(first: str, second: str) -> bool:
    """Tell whether words of contrary senses can deny each other: a `more` meets a `less`, no `reduce`."""
    return (first in _DEGREES) == (second in _DEGREES)


def is_ground(words: Words, n: int) -> bool:
    """Tell whether a word bears out a negation."""
    word = words.words[n]
    return _is_not(words, n) if word == "not" else words.stems[n] in _ground_stems() or word.endswith("n't")


def is_bad(words: Words, n: int) -> bool:
    """Tell whether a word bears out a `worse`."""
    pointing = sense(words, n) in {Sense.WORSE, Sense.LESS}
    return pointing or words.stems[n] in _bad_stems() or is_ground(words, n)


def is_turned(words: Words, n: int) -> bool:
    """Tell whether a negation stands shortly before a word: `no worse`, `doesn't improve`."""
    before = words.words[max(0, n - _TURN) : n]
    return any(word in _NEGATIONS or word.endswith("n't") for word in before)


def sense(words: Words, n: int) -> Sense | None:
    """Return which way a word points, if any."""
    return _senses().get(words.stems[n])


def _is_not(words: Words, n: int) -> bool:
    """`not only` and its like turn nothing."""
    return words.words[n] == "not" and _NO_NEGATIONS.isdisjoint(words.words[n + 1 : n + 2])


@functools.cache
def _senses() -> dict[str, Sense]:
    return {stem(word): sense for sense, listed in _POINTING.items() for word in listed.split()}


@functools.cache
def _ground_stems() -> frozenset[str]:
    return frozenset(map(stem, _GROUNDS.split()))


@functools.cache
def _bad_stems() -> frozenset[str]:
    return frozenset(map(stem, _BAD.split()))
