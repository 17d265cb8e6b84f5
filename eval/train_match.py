"""Learn how claims match papers: `python -m eval.train_match --beir FOLDER [--home FOLDER]`.

Searches for each claim of `qrels_train.tsv` and fits the matrix of `rag.retrieval.learned_match`, so that the papers
which bear a claim out stand above the others of its hundred best: the cross entropy of a softmax over them (Cao et
al. 2007, "Learning to rank: from pairwise approach to listwise approach", section 4.2), added to the scores that they
have without it, with a ridge. Prints nDCG@10 by cross-validation over five parts, claims on the same papers
in one, and writes `rag/retrieval/match.npy`, fitted on all.
"""

from __future__ import annotations

import argparse
import hashlib
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import rag.retrieval
from eval.bench.peers.judged import Collection, Judged, read_beir
from eval.metrics import bootstrap_interval, ndcg_at_k
from eval.regression import softmax
from rag.app import open_library
from rag.environment.reading import read_settings
from rag.library.library import Library
from rag.retrieval.learned_match import MATCH_FILE
from rag.retrieval.retriever import Retriever
from rag.settings import RetrievalSettings
from rag.types import Kind, Question

Floats = NDArray[np.float32]
_RANK = 8  # 16 and 32 do as well by cross-validation on claims; on questions of another field (Cranfield) they lose
_RIDGE = 1e-4  # 3e-4 gains half as much
_STEP = 4.0
_STEPS = 200
_DEPTH = 100
_PARTS = 5
_FAR_BELOW = -1e3  # the score of places that no paper holds


@dataclass(frozen=True, slots=True)
class Searched:
    """A claim's vector, shape (384,), and its best papers: ids, vectors (n, 384), scores and grades (n,)."""

    judged: Judged
    question: Floats
    ids: tuple[str, ...]
    papers: Floats
    scores: Floats
    grades: Floats

    def ndcg(self, matrix: Floats) -> float:
        """nDCG@10 with the matrix's scores added."""
        scores = self.scores + self.papers @ (self.question @ matrix)
        order = np.argsort(-scores, kind="stable")
        return ndcg_at_k([self.ids[place] for place in order], self.judged.relevant, k=10)


def main() -> None:
    """Search, cross-validate, fit and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--beir", type=Path, metavar="FOLDER", required=True)
    parser.add_argument("--home", type=Path, help="keep the library in this folder for the next run")
    arguments = parser.parse_args()
    collection = read_beir(arguments.beir, "qrels_train.tsv")
    with tempfile.TemporaryDirectory() as folder:
        home = (arguments.home or Path(folder)) / collection.name
        library = open_library(read_settings({"FOOTNOTE_HOME": str(home)}))
        searched = list(search_all(library, collection))
        library.close()
    differences = cross_validate(searched)
    low, high = bootstrap_interval(differences)
    print(f"nDCG@10 {statistics.fmean(differences):+.4f} [{low:+.4f}, {high:+.4f}], n={len(differences)}")
    path = Path(rag.retrieval.__path__[0]) / MATCH_FILE
    np.save(path, np.stack(factors(fit(searched))).astype(np.float16))
    print(path)


def search_all(library: Library, collection: Collection) -> Iterator[Searched]:
    """Search for each claim without what is learned here, and yield its best papers with their vectors."""
    library.add(collection.papers)
    list(library.index())
    settings = RetrievalSettings()
    retriever = Retriever(library, replace(settings, one_paper=replace(settings.one_paper, match=0.0)))
    for judged in collection.questions:
        ranking = retriever.search(Question(judged.text, Kind.FACT, judged.text), limit=_DEPTH)
        kept = library.encodings.get([one.paper for one in ranking.papers])
        best = [one for one in ranking.papers if one.paper.id in kept]
        yield Searched(
            judged,
            library.encode_question(ranking.searched_for).vector,
            tuple(one.paper.id for one in best),
            np.array([kept[one.paper.id].encoded.paper for one in best], np.float32),
            np.array([one.score for one in best], np.float32),
            np.array([judged.relevant.get(one.paper.id, 0) for one in best], np.float32),
        )


def cross_validate(searched: Sequence[Searched]) -> list[float]:
    """Return what the matrix adds to the nDCG@10 of each claim, fitted on the parts that it is not in."""
    parts = part_claims([one.judged for one in searched])
    gained: list[float] = []
    for part in range(_PARTS):
        others = [one for one, its in zip(searched, parts, strict=True) if its != part]
        left, right = factors(fit(others))
        matrix, nothing = left @ right.T, np.zeros((len(left), len(right)), np.float32)
        held_out = (one for one, its in zip(searched, parts, strict=True) if its == part)
        gained += [one.ndcg(matrix) - one.ndcg(nothing) for one in held_out]
    return gained


def part_claims(claims: Sequence[Judged]) -> list[int]:
    """Return the part of each claim, by the SHA-256 of a paper's id; claims that share papers share their part."""
    heads: dict[str, str] = {}

    def head(paper: str) -> str:
        while (above := heads.setdefault(paper, paper)) != paper:
            paper = above
        return paper

    for claim in claims:
        first, *others = claim.relevant
        for other in others:
            heads[head(other)] = head(first)
    named = (head(next(iter(claim.relevant))) for claim in claims)
    return [int(hashlib.sha256(name.encode()).hexdigest(), 16) % _PARTS for name in named]


def fit(searched: Sequence[Searched]) -> Floats:
    """Return W by accelerated gradient descent (Nesterov 1983); the loss is convex. Shape (384, 384)."""
    found = [one for one in searched if one.grades.any()]
    questions = np.array([one.question for one in found])
    papers = np.array([_filled(one.papers, 0.0) for one in found])
    scores = np.array([_filled(one.scores, _FAR_BELOW) for one in found])
    wanted = np.array([_filled(one.grades, 0.0) / one.grades.sum() for one in found])
    matrix = ahead = np.zeros((questions.shape[1], papers.shape[2]), np.float32)
    for step in range(_STEPS):
        added = np.matmul(papers, (questions @ ahead)[:, :, None])[:, :, 0]
        chances = softmax(scores + added)
        pulled = np.matmul((chances - wanted)[:, None, :], papers)[:, 0]
        descended = ahead - _STEP * (questions.T @ pulled / len(found) + 2 * _RIDGE * ahead)
        ahead = descended + step / (step + 3) * (descended - matrix)
        matrix = descended
    return matrix


def factors(matrix: Floats) -> tuple[Floats, Floats]:
    """Return the two factors of the nearest matrix of rank 8, for questions and papers: shape (384, 8) each."""
    left, lengths, right = np.linalg.svd(matrix)
    roots = np.sqrt(lengths[:_RANK])
    return left[:, :_RANK] * roots, right[:_RANK].T * roots


def _filled(rows: Floats, value: float) -> Floats:
    filled = np.full((_DEPTH, *rows.shape[1:]), value, np.float32)
    filled[: len(rows)] = rows
    return filled


if __name__ == "__main__":
    main()
