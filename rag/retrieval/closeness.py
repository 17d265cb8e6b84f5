"""What the kept vectors tell of a question beside one paper: the raw material of a close look.

Papers keep the vectors of their sentences and of their tokens. Which sentence a token stands in is not
kept; it is told by reading the text once more with the encoder's tokenizer, half a millisecond a paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.library.encoder import EncodedPaper, EncodedQuestion, Encoder
from rag.library.library import Library
from rag.library.passages import split_passages
from rag.retrieval.query_vector import encode_question
from rag.types import Paper, Passage

TITLE = -1


@dataclass(frozen=True, slots=True)
class Closeness:
    """A question and a paper, each with its vectors, and the papers that the ranking put beside that one.

    `text` is what was searched for: the spans of `question` count its characters. `places` tell of each token
    of the paper which passage holds it, `TITLE` for none: shape (its tokens,).
    """

    text: str
    question: EncodedQuestion
    paper: Paper
    passages: tuple[Passage, ...]
    encoded: EncodedPaper
    places: NDArray[np.int32]
    beside: tuple[EncodedPaper, ...] = ()


def look_closely(library: Library, text: str, papers: Sequence[Paper]) -> Closeness | None:
    """Look at the first paper; the others stand beside it.

    None where there is no paper, where its vectors are not built, or where the encoder tells no tokens.
    """
    if not papers or not isinstance(library.encoder, Encoder):
        return None
    question, _ = encode_question(library, text)
    kept = library.encodings.get(papers)
    if question is None or papers[0].id not in kept or not len(question.tokens):
        return None
    encoded, passages = kept[papers[0].id].encoded, split_passages(papers[0])
    places = _places(library.encoder, papers[0], passages)
    if len(places) != len(encoded.tokens) or len(passages) != len(encoded.passages) or not passages:
        return None
    beside = tuple(kept[paper.id].encoded for paper in papers[1:] if paper.id in kept)
    return Closeness(text, question, papers[0], passages, encoded, places, beside)


def _places(encoder: Encoder, paper: Paper, passages: Sequence[Passage]) -> NDArray[np.int32]:
    """Tell of each token that carries a topic in which passage it stands."""
    prefix = f"{paper.title}\n"
    spans = encoder.topic_spans(prefix + paper.abstract) - len(prefix)
    places = np.full(len(spans), TITLE, np.int32)
    for passage in passages:
        places[(spans[:, 0] >= passage.start) & (spans[:, 1] <= passage.end)] = passage.ordinal
    return places
