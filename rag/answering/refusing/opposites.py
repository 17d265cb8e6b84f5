"""Two ends of a scale: what says the contrary of a word in another word. Pure.

"Why do the features suffer from compression?" is against an abstract that calls them robust to it. Each
axis has two ends; a question at one end meets a sentence at the other, or one that turns the question's own,
where both speak of the same. A sentence that stands at the question's end settles it for the question.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag.answering.checks.cues import is_turned
from rag.answering.checks.words import Words, read_words

_AXES_TEXT = (
    ("suffer suffers hurt hurts harm harms harmed affect affects sensitive fragile brittle vulnerable susceptible", "robust insensitive invariant resilient immune unaffected tolerant"),
    ("keep keeps kept retain retains preserve preserves contain contains present hold holds", "absent lost lose loses missing discard discards discarded destroy destroyed destroys vanish vanishes dropped removed lacking"),
    ("same identical alike agree agrees similar coincide coincides share shared universal aligned align converge converges closer", "different differ differs distinct disagree dissimilar diverge diverges diverging apart disjoint unrelated"),
    ("stay stays remain remains constant unchanged unaffected stable", "deteriorate deteriorates degrade degrades drop drops decline declines fluctuate fluctuates change changes shrink shrinks collapse collapses"),
    ("reliable stable consistent trustworthy", "variable unreliable unstable inconsistent erratic brittle varies"),
    ("enough sufficient suffice suffices adequate", "insufficient inadequate fail fails"),
    ("strong strongest stronger", "weak weakest weaker"),
    ("important essential crucial necessary vital indispensable required needed", "unimportant unnecessary irrelevant negligible redundant needless dispensable superfluous"),
    ("early earlier first", "late later last"),
    ("rare rarely seldom hardly", "often frequently commonly common always mostly"),
    ("easy easier easily", "hard harder difficult challenging"),
    ("independent independently", "dependent depends depend depending"),
    ("efficient cheap inexpensive negligible", "inefficient expensive costly"),
    ("possible feasible", "impossible infeasible"),
    ("balanced uniform evenly equally", "imbalanced unbalanced skewed biased uneven unequal over-represented overrepresented"),
    ("useful helpful beneficial helps benefits", "useless unhelpful harmful detrimental hurts harms"),
    ("frozen fixed", "fine-tuned finetuned trainable updated"),
    ("symmetric", "asymmetric"),
    ("sharp sharper", "flat flatter"),
    ("smooth smoother", "rough rougher jagged"),
    ("public open", "private closed secret"),
    ("increase increases rise rises grow grows", "decrease decreases fall falls shrink shrinks"),
    ("perfectly flawlessly fully completely", "poorly barely partially imperfectly"),
)  # fmt: skip
_AXES = tuple((frozenset(one.split()), frozenset(other.split())) for one, other in _AXES_TEXT)
# "How does it affect the rest?" grants neither end.
_GRANTS_NOTHING = frozenset(["affect", "affects"])
_LEAST = frozenset(["less", "least"])
_REACH = 14
_SHARED = 3


def opposed(
    question: str, spans: Sequence[str], *, others: Sequence[str] = (), least: int = _SHARED
) -> Iterator[str]:
    """Yield the sentences at the other end of what the question says of the same things.

    `others` may settle it for the question, as the spans may, and are not quoted; `least` words must be shared.

    >>> list(opposed("Why do features of scans suffer from compression?", ["Features of scans are robust to compression."]))
    ['Features of scans are robust to compression.']
    """
    asked = read_words(question)
    told = [(span, read_words(span)) for span in spans]
    every = [words for _, words in told] + [read_words(span) for span in others]
    for n, word in enumerate(asked.words):
        if word in _GRANTS_NOTHING:
            continue
        topic = frozenset(stem for stem in asked.content if stem) - {asked.stems[n]}
        for one, other in (ends for axis in _AXES for ends in (axis, axis[::-1]) if word in ends[0]):
            mine, contrary = (other, one) if _is_turned(asked, n) else (one, other)
            against, span = max(
                ((_shared(words, topic, ends=(contrary, mine)), span) for span, words in told),
                default=(0, ""),
            )
            for_it = max((_shared(words, topic, ends=(mine, contrary)) for words in every), default=0)
            if against >= least and against > for_it:
                yield span


def _shared(words: Words, topic: frozenset[str], *, ends: tuple[frozenset[str], frozenset[str]]) -> int:
    """Return how many words of the topic stand around a word at the first end, or one turned at the second."""
    plain, turned = ends
    return max(
        (
            len(topic & words.around(m, _REACH))
            for m, word in enumerate(words.words)
            if (word in plain and not _is_turned(words, m)) or (word in turned and _is_turned(words, m))
        ),
        default=0,
    )


def _is_turned(words: Words, n: int) -> bool:
    return is_turned(words, n) or not _LEAST.isdisjoint(words.words[max(0, n - 1) : n])
