"""The words of a question, each with what it weighs in a library."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from rag.library.lexical import LexicalIndex, Phrase, content_terms
from rag.retrieval.evidence import QuestionWords, asks_figure

_MOST_LENT = 30
_NONE_RELATED: Mapping[Phrase, float] = {}


def weigh_words(
    lexical: LexicalIndex, text: str, *, related: Mapping[Phrase, float] = _NONE_RELATED
) -> QuestionWords:
    """Return the content words of a text, weighed by how rare they are; lent are the first 30 single words of `related`."""
    own = dict.fromkeys(content_terms(text))  # in their order: sums depend on it
    single = (phrase[0] for phrase in related if len(phrase) == 1 and phrase[0] not in own)
    lent = [*islice(single, _MOST_LENT)]
    rarity = lexical.rarity([*own, *lent])
    return QuestionWords(
        {stem: rarity[stem] for stem in own},
        wants_number=asks_figure(text),
        lent={stem: related[stem,] * rarity[stem] for stem in lent},
    )
