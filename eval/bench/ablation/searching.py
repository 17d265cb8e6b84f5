"""What each variant finds in a library, and what it costs."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice

from eval.bench.ablation.variants import Variant
from rag.library.library import Library
from rag.retrieval.naming import find_named
from rag.retrieval.retriever import Retriever
from rag.retrieval.wording import word_search
from rag.types import Kind, Question

_DEPTH = 50
_SAMPLE = 500


def search_all(
    library: Library, questions: Sequence[Question], compared: Sequence[Variant]
) -> list[list[list[str]]]:
    """Return the ids that each variant finds for each question; equal searches are made once."""
    settings = [variant.settings for variant in compared]
    found: list[list[list[str]]] = [[] for _ in settings]
    for count, question in enumerate(questions):
        text = find_named(question.text, library.catalogue).text
        of_many = question.kind in {Kind.LIST, Kind.CORPUS}
        alike: dict[object, list[str]] = {}
        for ranked, one in zip(found, settings, strict=True):
            weights = one.many_papers if of_many else one.one_paper
            applied = word_search(text, library, one.wording), weights
            if applied not in alike:
                ranking = Retriever(library, one).search(question, limit=_DEPTH)
                alike[applied] = [best.paper.id for best in ranking.papers]
            ranked.append(alike[applied])
        if count % 50 == 0:
            print(f"question {count + 1} of {len(questions)}", file=sys.stderr, flush=True)
    return found


def time_all(
    library: Library, questions: Sequence[Question], compared: Sequence[Variant]
) -> list[list[float]]:
    """Return the CPU milliseconds beyond the encoder, warm, of each variant for each question.

    All variants answer a question before the next one; who is first changes by turns.
    """
    retrievers = [Retriever(library, variant.settings) for variant in compared]
    spent: list[list[float]] = [[] for _ in retrievers]
    for count, question in enumerate(questions):
        for retriever in retrievers:  # warms up, the encoding of the question too
            retriever.search(question)
        encoder = _cpu_ms(partial(library.encode_question, question.text))
        for place in sorted(range(len(spent)), key=lambda place: (place - count) % len(spent)):
            whole = _cpu_ms(partial(retrievers[place].search, question, limit=_DEPTH))
            spent[place].append(whole - encoder)
    return spent


def _cpu_ms(work: Callable[[], object]) -> float:
    """CPU time of all threads: other work on the machine alters it less than the clock."""
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def token_kilobytes(library: Library) -> float:
    """Mean size of what late interaction keeps of a paper, over the first papers."""
    kept = library.encodings.get(list(islice(library.catalogue.list(), _SAMPLE))).values()
    return statistics.fmean(one.encoded.tokens.nbytes for one in kept) / 1024
