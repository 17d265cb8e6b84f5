"""What does a filter cost? `python -m eval.bench.filters [--papers 100000] [--home FOLDER]`.

Fills a library with invented papers: words by Zipf's law, five passages each, vectors around invented
topics instead of encoded ones. Then times a search within scopes from ten papers to nearly all, and
compares the nearest papers with an exact search. With `--home` the library is kept and used again.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from rag.app import open_library
from rag.environment.reading import read_settings
from rag.library.encoder import DIMENSIONS, EncodedPaper, Vector
from rag.library.library import Library
from rag.library.nearest import search_papers
from rag.library.schema import State
from rag.retrieval.retriever import Retriever
from rag.retrieval.similar import rank_similar
from rag.settings import Settings
from rag.types import Kind, Paper, PaperId, Passage, Question, Scope

_SEED = 11
_TOPICS = 300
_PASSAGES = 5
_VOCABULARY = 50_000
_BATCH = 1_000
_REPEATS = 7
_SHARES = (0.0001, 0.001, 0.01, 0.02, 0.05, 0.1, 0.3, 0.9)
_DEPTH = 400  # as many as are looked for in a large scope


def main() -> None:
    """Fill the library where it lacks papers, time, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--papers", type=int, default=100_000)
    parser.add_argument("--home", type=Path)
    arguments = parser.parse_args()
    with ExitStack() as stack:
        home = arguments.home or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        settings = read_settings({"FOOTNOTE_HOME": str(home)})
        library = open_library(settings)
        began = time.perf_counter()
        if not library.size():
            _fill(library, arguments.papers)
            print(f"filled with {library.size():,} papers in {time.perf_counter() - began:,.0f} s")
        _print_searches(library, settings)
        library.close()


def _fill(library: Library, count: int) -> None:
    random = np.random.default_rng(_SEED)
    topics = random.normal(size=(_TOPICS, DIMENSIONS)).astype(np.float32)
    for start in range(0, count, _BATCH):
        papers = list(_invent(random, range(start, min(start + _BATCH, count))))
        library.add(papers)
        near = topics[random.integers(0, _TOPICS, len(papers))]
        vectors = _unit(near + random.normal(size=near.shape).astype(np.float32))
        library.dense.add([_encoded(p, v, random) for p, v in zip(papers, vectors, strict=True)])
        library.catalogue.mark_ids([paper.id for paper in papers], State.INDEXED)


def _invent(random: np.random.Generator, numbers: range) -> Iterator[Paper]:
    """Paper n says in its title which scopes hold it: those whose share is above its own draw."""
    for n in numbers:
        words = [f"w{word}" for word in random.zipf(1.3, 160) % _VOCABULARY]
        draw = random.random()
        marks = " ".join(f"within{index}" for index, share in enumerate(_SHARES) if draw < share)
        yield Paper(
            PaperId(f"paper-{n}"),
            f"{' '.join(words[:8])} {marks} {n}",
            " ".join(words[8:]),
            authors=(f"Author {n % 997}", f"Writer {n % 7919}"),
            published=f"{2000 + n % 25}-{1 + n % 12:02}",
            sources=(f"page{n % 200}.html",),
        )


def _encoded(
    paper: Paper, vector: Vector, random: np.random.Generator
) -> tuple[Paper, tuple[Passage, ...], EncodedPaper]:
    passages = tuple(Passage(paper.id, k, k, k + 1, "x") for k in range(_PASSAGES))
    spread = random.normal(size=(_PASSAGES, DIMENSIONS)).astype(np.float32) * 0.05
    return paper, passages, EncodedPaper(vector, _unit(vector + spread))


def _print_searches(library: Library, settings: Settings) -> None:
    retriever = Retriever(library, settings.retrieval)
    print(f"{'scope':<24}{'papers':>9}  p50 ms  worst  scope words dense evidence  recall@{_DEPTH}")
    scopes = {"everything": Scope()}
    scopes |= {f"title, {share:.2%}": Scope(titles=(f"within{n}",)) for n, share in enumerate(_SHARES)}
    scopes |= {"one author": Scope(authors=("author 77",)), "since 2023": Scope(since="2023")}
    scopes |= {"one page, since 2002": Scope(since="2002", sources=("page3.",))}
    sizes = {name: library.catalogue.select(scope).searched for name, scope in scopes.items()}
    for name, size in sizes.items():
        if not size:  # a share that a small library does not have
            continue
        laps = [_search(retriever, scopes[name], n) for n in range(_REPEATS)][1:]
        total = sorted(sum(lap.values()) - lap.get("encode", 0.0) for lap in laps)
        parts = [
            statistics.median(lap.get(part, 0.0) for lap in laps)
            for part in ("scope", "lexical", "dense", "evidence")
        ]
        times = " ".join(f"{part:>6.0f}" for part in parts)
        recall = _recall(library, scopes[name])
        print(
            f"{name:<24}{size:>9,}{statistics.median(total):>8.0f}{total[-1]:>7.0f} {times}  {recall:>8.3f}"
        )
    began = time.perf_counter()
    rank_similar(library, PaperId("paper-5"), scope=Scope(), settings=settings.retrieval, limit=10)
    print(f"papers like one paper: {(time.perf_counter() - began) * 1000:,.0f} ms")


def _search(retriever: Retriever, scope: Scope, number: int) -> dict[str, float]:
    text = f"w{number + 3} w{50 + number} w{400 + number} and w{2000 + number}"
    return dict(retriever.search(Question(text, Kind.LIST, text, scope)).timings_ms)


def _recall(library: Library, scope: Scope) -> float:
    """Share of the truly nearest papers among those found, for the vector of a paper of the library."""
    dense = library.dense
    vector = dense.paper_vectors([PaperId("paper-9")])[PaperId("paper-9")]
    within = library.catalogue.select(scope).within
    ids = sorted(within) if within is not None else list(library.catalogue.ids(State.INDEXED))
    stored = dense.paper_vectors(ids)
    cosines = np.stack(list(stored.values())) @ vector
    names = list(stored)
    truly = {names[n] for n in np.argsort(-cosines)[:_DEPTH]}
    found = search_papers(dense, vector, depth=_DEPTH, within=within, size=library.dense.count())
    return len(truly & found.keys()) / len(truly)


def _unit(vectors: Vector) -> Vector:
    unit: Vector = vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)
    return unit


if __name__ == "__main__":
    main()
