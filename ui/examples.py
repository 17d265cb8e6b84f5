"""Questions to begin with: the sample's own, or some made of what the titles of a library speak of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import islice, pairwise

# Questions that show what can be asked of the sample.
EXAMPLES = (
    "which papers combine local and global features?",
    "Which papers use state space models such as Mamba?",
    "How does temperature act in contrastive learning?",
    "Compare Vision Transformers with convolutional networks",
)
_READ = 2_000
_LEAST = 2
_WORD = re.compile(r"[A-Za-z][A-Za-z-]{2,}")
_EMPTY_TEXT = """
the and for with from via are can how not its our towards toward using based new into without through beyond
all you need over under what when where why does your more less approach method study paper"""
_EMPTY = frozenset(_EMPTY_TEXT.split())


def library_examples(titles: Iterable[str]) -> tuple[str, ...]:
    """Ask for the pairs of words that stand in most titles; one open question if no pair is common.

    >>> library_examples(["Graph neural networks", "Deep graph neural nets", "Neural networks"])[0]
    'Which papers are about graph neural?'
    """
    pairs: Counter[tuple[str, str]] = Counter()
    for title in islice(titles, _READ):
        words = [word.lower() for word in _WORD.findall(title)]
        pairs.update({pair for pair in pairwise(words) if not _EMPTY & set(pair)})
    ordered = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
    common = [" ".join(pair) for pair, count in ordered if count >= _LEAST]
    about = [f"Which papers are about {topic}?" for topic in common[:2]]
    compare = [f"Compare {common[0]} with {common[1]}"] if len(common) > 1 else []
    return (*about, *compare) or ("Which papers report a data set?",)
