"""Does the vector index find what exact search finds? `python -m eval.bench.hnsw FILE... --questions FILE`.

Encodes the papers of the files (kept in --encodings, so that a second run starts at once), stores all
passage vectors in Chroma under several settings and insertion orders, and prints the share of the
exact k nearest passages that are found at k = 10, 50, 600 and 1,500, with the milliseconds of a query
and the seconds of writing. `sorted` puts papers in the order of their first principal component, so
that topics arrive one after another.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from rag.app import read_file
from rag.library.encoder import Encoder, Vector
from rag.library.encodings import Encodings
from rag.library.passages import split_passages
from rag.types import Paper

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection

_DEPTHS = (10, 50, 600, 1_500)
_BATCH = 1_000
_VARIANTS: tuple[Mapping[str, int], ...] = (
    {},
    {"ef_search": 200},
    {"ef_construction": 64, "ef_search": 200},
    {"ef_construction": 200, "ef_search": 200},
    {"ef_construction": 200, "max_neighbors": 32, "ef_search": 200},
)


def main() -> None:
    """Encode, store, search, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--questions", type=Path, required=True, help="JSON Lines with `text` or `question`")
    parser.add_argument("--most", type=int, default=100, help="number of questions")
    parser.add_argument("--encodings", type=Path, help="file to keep encodings in")
    arguments = parser.parse_args()
    encoder = Encoder(threads=0)
    with tempfile.TemporaryDirectory() as folder:
        kept = Encodings(arguments.encodings or Path(folder) / "encodings.sqlite", model=encoder.model)
        papers = {paper.id: paper for file in arguments.files for paper in read_file(file).papers}
        encoded = _encode(encoder, kept, list(papers.values()))
        kept.close()
    questions = _questions(encoder, arguments.questions, arguments.most)
    _compare(encoded, questions)


def _encode(encoder: Encoder, kept: Encodings, papers: Sequence[Paper]) -> list[Vector]:
    """Return the passage vectors of each paper."""
    known = kept.get(papers)
    missing = [(paper, split_passages(paper)) for paper in papers if paper.id not in known]
    with ThreadPoolExecutor(encoder.workers) as pool:
        for start in range(0, len(missing), _BATCH):
            page = missing[start : start + _BATCH]
            vectors = pool.map(lambda one: encoder.encode_paper(*one), page)
            kept.put((*one, encoded) for one, encoded in zip(page, vectors, strict=True))
    found = kept.get(papers)
    return [found[paper.id].encoded.passages for paper in papers]


def _questions(encoder: Encoder, path: Path, most: int) -> Vector:
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()[:most]]
    return np.stack([encoder.encode_query(r.get("question") or r["text"]) for r in records])


def _compare(encoded: Sequence[Vector], questions: Vector) -> None:
    print(f"{len(encoded):,} papers, {sum(map(len, encoded)):,} passages, {len(questions)} questions\n")
    columns = "".join(f"{f'recall@{k}':>13}{'ms':>6}" for k in _DEPTHS)
    print(f"{'setting':<58}{'order':<8}{columns}{'writing':>10}")
    for order, papers in (("given", list(encoded)), ("sorted", _sorted_by_topic(encoded))):
        vectors = np.concatenate(papers)
        exact = np.argsort(-(questions @ vectors.T), axis=1)[:, : max(_DEPTHS)]
        for variant in _VARIANTS:
            name = ", ".join(f"{key} {value}" for key, value in variant.items()) or "Chroma's defaults"
            with tempfile.TemporaryDirectory() as folder:
                collection, seconds = _store(Path(folder), vectors, variant)
                cells = "".join(_cell(collection, questions, exact[:, :k]) for k in _DEPTHS)
            print(f"{name:<58}{order:<8}{cells}{seconds:>9.1f}s", flush=True)


def _sorted_by_topic(encoded: Sequence[Vector]) -> list[Vector]:
    means = np.stack([vectors.mean(axis=0) for vectors in encoded])
    centred = means - means.mean(axis=0)
    first_component = np.linalg.svd(centred, full_matrices=False)[2][0]
    return [encoded[n] for n in np.argsort(centred @ first_component)]


def _store(folder: Path, vectors: Vector, variant: Mapping[str, int]) -> tuple[Collection, float]:
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))
    collection = client.create_collection(
        "passages",
        embedding_function=None,
        configuration={"hnsw": {"space": "cosine", **variant}},  # type: ignore[arg-type]
    )
    began = time.perf_counter()
    for start in range(0, len(vectors), _BATCH):
        page = vectors[start : start + _BATCH]
        collection.add(ids=[str(start + n) for n in range(len(page))], embeddings=page)
    return collection, time.perf_counter() - began


def _cell(collection: Collection, questions: Vector, exact: np.ndarray) -> str:
    """Recall of the exact nearest, and the median milliseconds of a query."""
    depth = exact.shape[1]
    shares, times = [], []
    for question, nearest in zip(questions, exact, strict=True):
        began = time.perf_counter()
        found = collection.query(query_embeddings=[question], n_results=depth, include=[])["ids"][0]
        times.append(1000 * (time.perf_counter() - began))
        shares.append(len({int(name) for name in found} & set(nearest.tolist())) / depth)
    return f"{statistics.fmean(shares):>13.4f}{statistics.median(times):>6.1f}"


if __name__ == "__main__":
    main()
