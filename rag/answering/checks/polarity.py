"""Does a sentence say the contrary of its sources? Pure.

The cues of a sentence (`cues.py`) are held against those of its sources at the places that share most
words with it. The rules know no grammar: a turned claim shows by its neighbours, and `lacks`,
`unable` or `obviates` bear out a `not` as well as another `not` does. What a rule does not see passes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.answering.checks.cues import (
    AGREEING,
    CONTRARY,
    Sense,
    are_contrary,
    denials,
    is_bad,
    is_ground,
    is_turned,
    negations,
    sense,
)
from rag.answering.checks.words import Words, places, read_words

# Words on either side of a cue that tell where it belongs, the length of a place in a source, and how
# far outside of it a cue may stand. Fixed on the tuning half of the papers.
_REACH = 5
_PLACE = 10
_SLACK = 2
# Words that a place must share; more where the sentence holds no cue itself, and for a thing denied,
# which a paraphrase often puts in words of its own.
_LEAST_SHARED = 2
_LEAST_SHARED_UNMARKED = 3
_LEAST_SHARED_DENIED = 4
_VERB = 3
# Within so many words stands what a direction is said of: less error is no less accuracy.
_OBJECT = 3


@dataclass(frozen=True, slots=True)
class _Near:
    """A word of a source, near the words of a claim."""

    source: Words
    n: int

    @property
    def word(self) -> str:
        return self.source.words[self.n]

    @property
    def sense(self) -> Sense | None:
        return sense(self.source, self.n)


def contradiction(text: str, passages: Sequence[str]) -> str | None:
    """Say in a clause how `text` says the contrary of `passages`, or None where no rule sees it.

    >>> contradiction("Pruning does not reduce accuracy.", ["Pruning the network reduces accuracy."])
    "it says 'not', and the source says no such thing"
    >>> contradiction("Pruning lowers accuracy.", ["Pruning increases the accuracy."])
    "it says 'lowers' where the source says 'increases'"
    """
    sentence, sources = read_words(text), [read_words(passage) for passage in passages]
    return (
        _first(_negated(sentence, n, sources) for n in negations(sentence))
        or _first(_denied(sentence, n, sources) for n in denials(sentence))
        or _first(_pointed(sentence, n, sources) for n in range(len(sentence.words)))
        or _first(_dropped(sentence, source, sources) for source in sources)
    )


def _negated(sentence: Words, n: int, sources: Sequence[Words]) -> str | None:
    """A turned verb that nothing bears out where the source speaks of the same."""
    near = _near(sentence, n, sources)
    if not near or any(is_ground(other.source, other.n) for other in near):
        return None
    verb = next((word for word in sentence.content[n + 1 : n + 1 + _VERB] if word), None)
    if any(_is_turned_there(other.source, verb) for other in near):
        return None
    return f"it says '{sentence.words[n]}', and the source says no such thing"


def _denied(sentence: Words, n: int, sources: Sequence[Words]) -> str | None:
    """A thing denied, and by no word of a passage that says nearly the same."""
    near = _near(sentence, n, sources, least=_LEAST_SHARED_DENIED)
    passages = {id(other.source): other.source for other in near}.values()
    used = _used(sentence, n)
    grounds = (
        (is_ground(source, m) or source.words[m] == "first")  # `no earlier one` is `the first`
        and _is_own(_Near(source, m), sentence.stems[n], used)
        for source in passages
        for m in range(len(source.words))
    )
    if not near or any(grounds):
        return None
    return f"it says '{sentence.words[n]}', and the source says no such thing"


def _pointed(sentence: Words, n: int, sources: Sequence[Words]) -> str | None:
    """A word that points the other way than the source where it speaks of the same.

    A `worse` needs a ground, too: abstracts seldom speak ill of what they propose.
    """
    mine = sense(sentence, n)
    if mine is None or is_turned(sentence, n):
        return None
    near = _near(sentence, n, sources)
    if any(other.sense in AGREEING[mine] or _is_open(other) for other in near):
        return None
    word = sentence.words[n]
    about = sentence.around(n, _OBJECT)
    opposed = (
        other.word
        for other in near
        if other.sense is CONTRARY[mine] and not about.isdisjoint(other.source.around(other.n, _OBJECT))
    )
    if contrary := next((other for other in opposed if are_contrary(word, other)), None):
        return f"it says '{word}' where the source says '{contrary}'"
    if mine is Sense.WORSE and near and not any(is_bad(other.source, other.n) for other in near):
        return f"it says '{word}', and the source says no such thing"
    return None


def _is_turned_there(source: Words, verb: str | None) -> bool:
    """Tell whether a source turns the same verb elsewhere: `does not retrain`, `without retraining`."""
    return any(
        found == verb and any(is_ground(source, m) for m in range(max(0, n - _VERB), n))
        for n, found in enumerate(source.content)
        if found
    )


def _dropped(sentence: Words, source: Words, sources: Sequence[Words]) -> str | None:
    """A verb that this source turns, or a thing that it does without, and the sentence does not."""
    without = [n for n, word in enumerate(source.words) if word == "without"]
    for n in (*negations(source), *without):
        governed = next((word for word in source.content[n + 1 : n + 1 + _VERB] if word), None)
        for m, found in enumerate(sentence.content):
            if found is None or found != governed or _is_marked(sentence, m):
                continue
            if source.words[n] == "without" and "with" not in sentence.words[max(0, m - _VERB) : m]:
                continue
            least = min(_LEAST_SHARED_UNMARKED, len(sentence.around(m, _REACH)) - 1)
            near = _near(sentence, m, sources, least=max(_LEAST_SHARED, least))
            if _Near(source, n) in near and all(other.source is source for other in near):
                return f"the source says '{source.words[n]}' of this, and the sentence does not"
    return None


def _near(claim: Words, n: int, sources: Sequence[Words], *, least: int = _LEAST_SHARED) -> list[_Near]:
    """The words of the sources around the places that share most with the surroundings of a word.

    Words that other cues of the claim use up are left out: in "does not help without labels", the
    `without` of a source bears out its like and not the `not`.
    """
    wanted = claim.around(n, _REACH)
    found = [(source, place) for source in sources for place in places(source, wanted, length=_PLACE)]
    most = max((place.shared for _, place in found), default=0)
    if most < least:
        return []
    used = _used(claim, n)
    near = dict.fromkeys(
        _Near(source, m)
        for source, place in found
        if place.shared == most
        for m in range(max(0, place.start - _SLACK), min(len(source.words), place.end + _SLACK))
    )
    return [other for other in near if _is_own(other, claim.stems[n], used)]


def _used(claim: Words, n: int) -> Counter[str]:
    return Counter(stem for m, stem in enumerate(claim.stems) if m != n and _is_cue(claim, m))


def _is_own(other: _Near, cue: str, used: Counter[str]) -> bool:
    stem = other.source.stems[other.n]
    return stem == cue or not used[stem]


def _is_marked(words: Words, n: int) -> bool:
    return any(is_ground(words, m) for m in range(max(0, n - _REACH), min(len(words.words), n + _REACH)))


def _is_cue(words: Words, n: int) -> bool:
    return is_ground(words, n) or sense(words, n) is not None


def _is_open(other: _Near) -> bool:
    """A turned word of a source may point either way."""
    return other.sense is not None and is_turned(other.source, other.n)


def _first(reasons: Iterator[str | None]) -> str | None:
    return next((reason for reason in reasons if reason), None)
