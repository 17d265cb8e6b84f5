"""Does a paper say the contrary of what a question takes for granted? Pure.

"Why does the rank grow in training?" grants that it grows. Three signs that an abstract says
otherwise, each where it speaks of the same words: it turns the verb ("is not determined by"), it
points the other way and nowhere the same way ("decreases"), or it uses an opposite word ("robust"
for "sensitive"). Only sentences in which the authors speak of their own findings count: abstracts begin
with what others cannot do. It is a conservative sign that misses most false premises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.answering.checks.cues import (
    AGREEING,
    CONTRARY,
    Sense,
    are_contrary,
    is_bad,
    is_turned,
    negations,
    sense,
)
from rag.answering.checks.polarity import contradiction
from rag.answering.checks.roles import is_swapped
from rag.answering.checks.words import Words, read_words
from rag.answering.refusing.opposites import opposed

_GRANTS = re.compile(
    r"\b(?:why|how(?! (?:many|much|long|large|big|often|far|old|fast)\b)|what makes|what causes|reason|given that|since|how much (?:better|worse|more|less|larger|smaller|faster|slower))\b",
    re.IGNORECASE,
)
_LACK = re.compile(r"\b(?:without|absence|lack(?:s|ing)?|no)\b", re.IGNORECASE)
_DEGREE = re.compile(
    r"\b(?:(?P<more>more|most|higher|highest|greater|larger|stronger|increased|increasing)|(?P<less>less|least|lower|lowest|fewer|smaller|weaker|reduced|decreased|decreasing))"
    r" (?P<of>[a-z]{5,})",
    re.IGNORECASE,
)
_ONLY_A_SHARE = re.compile(r"\bonly (?:about )?[\d.]+ ?% of (?:the )?(?:number of |total )?")
_IS_NOT = re.compile(r"\b(?:is|are|was|were|be) not (?:(\w+ly) )?([a-z]{6,})")
_SAME_LETTERS = 6
_WHY = re.compile(
    r"why (?:do|does|did|is|are|was|were|can|must|should) (?P<claim>[^?,]+)\?\s*$", re.IGNORECASE
)
_TURNS = re.compile(r"\b(?:not|without|never|none|cannot|neither|nor)\b|n't\b", re.IGNORECASE)
_HARDLY = re.compile(r"\b(?:no|hardly|little|few)\b", re.IGNORECASE)
_FINDS = re.compile(
    r"\b(?:we|our|ours|results?|findings?|experiments?|analysis|surprisingly|this (?:paper|work|study|approach|method|metric|rank|measure))\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"\b(?:existing|previous|prior|traditional|conventional|one may)\b", re.IGNORECASE)
# What a question says, and the word of an abstract that denies it.
_OPPOSITES = tuple(
    (re.compile(rf"\b(?:{asked})\b", re.IGNORECASE), re.compile(rf"\b(?:{said})\b", re.IGNORECASE))
    for asked, said in (
        ("sensitive|fragile|brittle", "robust|insensitive|invariant"),
        ("robust|insensitive", "sensitive|fragile|brittle|vulnerable"),
        ("little|few|hardly any", "large amounts?|many|abundant|substantial|substantially|strongly"),
        ("no (?:difference|effect|impact|influence|role)", "(?:significant|strong|large|crucial|big) (?:impact|effect|influence|role|difference)"),
        ("(?:harder|easier|better|worse|more|less|faster|slower)", "no (?:\\w+ )?differences?"),
        ("completely|fully|perfectly", "(?:cannot|not|fail to) (?:\\w+ ){0,3}(?:fully|completely|perfect\\w*)"),
    )
)  # fmt: skip
_PREFIXED = re.compile(
    r"\b(?:un|in|im|non-?)(?!(?:supervised|labell?ed|seen|known|paired|trained|conditional)\b)([a-z]{4,})\b"
)
_REACH = 6
_AROUND = 8
_VERB = 3
_SHARED_TURNED = 4
_SHARED_POINTED = 2
_SHARED_OPPOSITE = 2
_SHARED_EARLY = 3  # abstracts begin with what others could not do
_WINDOW = 80


def contradicting(question: str, spans: Sequence[str]) -> str:
    """Return the sentence that says the contrary of what the question grants, or nothing.

    >>> contradicting("Why does the rank of deep nets grow in training?", ["We find that the rank of deep nets decreases in training."])
    'We find that the rank of deep nets decreases in training.'
    """
    if not _GRANTS.search(question):
        return ""
    swapped = next((span for span in spans if is_swapped(question, span)), "") or next(
        _graded(question, spans), ""
    )
    if swapped or _TURNS.search(question):
        return swapped or _absent(question, spans)
    asked = read_words(question)
    denies = bool(_HARDLY.search(question))
    told = [(span, read_words(span)) for span in spans if not _OTHERS.search(span)]
    found = (
        span
        for span, words in told
        if _FINDS.search(span)
        and (
            (not denies and _turns(asked, words)) or _opposes(question, span) or _negates(asked, span, words)
        )
    )
    if denied := next(_is_not(question, spans), ""):
        return denied
    others = [(n, span) for n, span in enumerate(spans) if not _OTHERS.search(span)]
    late = [span for n, span in others if 2 * n >= len(spans) or _FINDS.search(span)]
    early = [span for _, span in others if span not in late]
    against = next(opposed(question, late), "") or next(opposed(question, early, least=_SHARED_EARLY), "")
    return (
        next(found, "")
        or _gainsaid(question, spans)
        or against
        or ("" if denies else next(_points(asked, told), ""))
    )


def _absent(question: str, spans: Sequence[str]) -> str:
    """A verb that is turned for the same lack that the question speaks of: "without labels", "in the absence of labels"."""
    if not _LACK.search(question):
        return ""
    asked = read_words(question)
    return next((span for span in spans if _LACK.search(span) and _turns(asked, read_words(span))), "")


def _graded(question: str, spans: Sequence[str]) -> Iterator[str]:
    """Yield sentences that give the same property in the other degree: "less vulnerable", "higher vulnerability"."""
    asked = read_words(question)
    spans = [_ONLY_A_SHARE.sub("fewer ", span) for span in spans]
    topic = frozenset(stem for stem in asked.content if stem)
    for match in _DEGREE.finditer(question):
        wanted = "more" if match["less"] else "less"
        for span in spans:
            same = [other for other in _DEGREE.finditer(span) if _alike(other["of"], match["of"])]
            near = [read_words(span[max(0, one.start() - _WINDOW) : one.end() + _WINDOW]).content for one in same if one[wanted]]
            if len(near) == len(same) and any(len(topic.intersection(words)) >= _SHARED_POINTED for words in near):
                yield span


def _alike(one: str, other: str) -> bool:
    return one[:_SAME_LETTERS].lower() == other[:_SAME_LETTERS].lower()


def _is_not(question: str, spans: Sequence[str]) -> Iterator[str]:
    """Yield sentences that deny a property which the question grants: "is not injective"."""
    asked = read_words(question)
    topic = frozenset(stem for stem in asked.content if stem)
    for span in spans:
        for match in _IS_NOT.finditer(span):
            granted = any(_alike(word, match[2]) for word in asked.words)
            verbatim = match[1] in asked.words
            if granted and (verbatim or len(topic.intersection(read_words(span).content)) > _SHARED_POINTED):
                yield span


def _gainsaid(question: str, spans: Sequence[str]) -> str:
    """What a "why" grants, held against the abstract as a claim of an answer is; the sentence nearest to it."""
    match = _WHY.match(question)
    if not match or not contradiction(match["claim"], spans):
        return ""
    topic = frozenset(read_words(match["claim"]).content) - {None}
    return max(spans, key=lambda span: len(topic.intersection(read_words(span).content)))


def _turns(asked: Words, told: Words) -> bool:
    """A negation whose verb, and most of what stands around it, is the question's own."""
    topic = frozenset(stem for stem in asked.content if stem)
    for n in negations(told):
        behind = [stem for stem in told.content[n + 1 : n + 1 + _AROUND] if stem][:_VERB]
        around = told.around(n, _AROUND)
        if len(topic & around) >= _SHARED_TURNED and not topic.isdisjoint(behind):
            return True
    return False


def _opposes(question: str, span: str) -> bool:
    topic = frozenset(stem for stem in read_words(question).content if stem)
    for asked, said in _OPPOSITES:
        match = said.search(span)
        if match and asked.search(question):
            near = read_words(f"{span[: match.start()]} {span[match.end() :]}")
            if len(topic.intersection(near.content)) >= _SHARED_OPPOSITE:
                return True
    return False


def _negates(asked: Words, span: str, told: Words) -> bool:
    """An `unbiased` where the question says `biased`."""
    topic = frozenset(stem for stem in asked.content if stem)
    turned = _PREFIXED.findall(span)
    held = frozenset(told.words)
    return any(word in asked.words and word not in held for word in turned) and (
        len(topic.intersection(told.content)) >= _SHARED_OPPOSITE
    )


def _points(asked: Words, told: Sequence[tuple[str, Words]]) -> Iterator[str]:
    """Yield sentences that point the other way; none where another one points the question's way."""
    for n in range(len(asked.words)):
        mine = sense(asked, n)
        if mine is None or is_turned(asked, n):
            continue
        contrary = [
            span for span, words in told if _FINDS.search(span) and _shares(asked, n, words, CONTRARY[mine])
        ]
        if contrary and not any(_agrees(asked, n, words, mine) for _, words in told):
            yield contrary[0]


def _shares(asked: Words, n: int, told: Words, wanted: Sense) -> bool:
    about = asked.around(n, _REACH) - {asked.stems[n]}
    return any(
        sense(told, m) is wanted
        and not is_turned(told, m)
        and are_contrary(asked.words[n], told.words[m])
        and len(about & told.around(m, _REACH)) >= _SHARED_POINTED
        for m in range(len(told.words))
    )


def _agrees(asked: Words, n: int, told: Words, mine: Sense) -> bool:
    """A word that points the question's way; one that answers to another word of the question is not it."""
    about = asked.around(n, _REACH)
    others = frozenset((*asked.stems[:n], *asked.stems[n + 1 :]))
    return any(
        (sense(told, m) in AGREEING[mine] or (mine is Sense.WORSE and is_bad(told, m)))
        and told.stems[m] not in others
        and len(about & told.around(m, _REACH)) >= _SHARED_POINTED
        for m in range(len(told.words))
    )
