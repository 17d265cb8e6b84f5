"""Learn which kind of answer a question asks for: `python -m eval.train_kinds --beir FOLDER`.

Fits the softmax regressions of `rag.answering.asking.kind_chances`, one over words and letters alone and one beside the
encoder's vector, on the tuning halves of our phrasings and of others' (`eval.bench.intent`). The questions of the
other files' tuning halves join them, as the cues of `rag.answering.asking.kind_cues` read them where these are sure,
for a fifth each: they tell how questions of papers go on behind their first words. So do the claims of `qrels_train.tsv`
in a folder in BEIR's form (SciFact), as facts, every other one without its full stop. Kinds weigh alike, however many
phrasings each has. Writes `rag/answering/asking/kind_weights.npz`, the same weights for the same phrasings.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import rag.answering.asking
from eval.bench.intent import load_others, load_phrasings
from eval.bench.peers.judged import read_beir
from eval.reference import load_questions
from eval.regression import softmax
from rag.answering.asking.intent import read_cues
from rag.answering.asking.kind_chances import BUCKETS, KINDS, WEIGHTS_FILE, bucket_groups
from rag.answering.asking.slips import mend_asking
from rag.library.encoder import Encoder
from rag.types import Kind

Floats = NDArray[np.float32]
_QUESTIONS = Path(__file__).parent / "questions"
_READ = ("fresh", "plain", "reference", "sets", "tuning", "typed")
_DIALOGUES = _QUESTIONS / "dialogues.jsonl"
_SHARE_OF_READ = 0.2
_RIDGE = 0.1
_STEPS = 300
_POWER_STEPS = 20


@dataclass(frozen=True, slots=True)
class Told:
    """A text with its kind, and how much it counts beside others."""

    text: str
    kind: Kind
    counts: float = 1.0


def main() -> None:
    """Encode, fit and write."""
    from rich.progress import track

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--beir", type=Path, metavar="FOLDER", required=True)
    claims = read_beir(parser.parse_args().beir, "qrels_train.tsv").questions
    told = [*phrasings_told(), *claims_told(one.text for one in claims)]
    encoder = Encoder(threads=1)
    vectors = np.array([encoder.encode_query(one.text) for one in track(told, "encoding")], np.float32)
    rarities = measure_rarities([one.text for one in told])
    rows = bucket_rows([one.text for one in told], rarities)
    alone, alone_bias = fit(rows, told)
    beside, beside_bias = fit(np.hstack([rows, vectors]), told)
    path = Path(rag.answering.asking.__path__[0]) / WEIGHTS_FILE
    small = np.float16
    np.savez_compressed(
        path,
        rarities=rarities.astype(small),
        alone_buckets=alone.astype(small),
        alone_bias=alone_bias.astype(small),
        beside_buckets=beside[:BUCKETS].astype(small),
        beside_vector=beside[BUCKETS:].astype(small),
        beside_bias=beside_bias.astype(small),
    )
    print(f"{len(told):,} questions; {path}")


def phrasings_told() -> Iterator[Told]:
    """Yield what is learned from: phrasings whose kind somebody told, then questions whose kind the cues tell surely."""
    known = set()
    for phrasing in (*load_phrasings(), *load_others()):
        known.add(phrasing.text)
        if phrasing.half == "tune":
            yield Told(mend_asking(phrasing.text), phrasing.kind)
    for text in sorted(set(_read_questions()) - known):
        mended = mend_asking(text)
        read = read_cues(mended)
        if not read.doubt:
            yield Told(mended, read.kind, _SHARE_OF_READ)


def claims_told(claims: Iterable[str]) -> Iterator[Told]:
    """Yield claims as facts, every other one without its full stop."""
    for place, claim in enumerate(claims):
        yield Told(claim.rstrip(".") if place % 2 else claim, Kind.FACT, _SHARE_OF_READ)


def _read_questions() -> Iterator[str]:
    for name in _READ:
        questions = load_questions(_QUESTIONS / f"{name}.jsonl", judged=False)
        yield from (one.question for one in questions if one.half == "tune")
    dialogues = map(json.loads, _DIALOGUES.read_text(encoding="utf-8").splitlines())
    yield from (turn["asked"] for one in dialogues if one["half"] == "tune" for turn in one["turns"])


def measure_rarities(texts: Sequence[str]) -> Floats:
    """Return the inverse document frequency of each bucket, smoothed, 1 and more. Shape (8192,)."""
    held = np.zeros(BUCKETS)
    for text in texts:
        held[
            np.unique(
                np.concatenate([places for places, _ in bucket_groups(text, np.ones(BUCKETS, np.float32))])
            )
        ] += 1
    return (np.log((1 + len(texts)) / (1 + held)) + 1).astype(np.float16).astype(np.float32)


def bucket_rows(texts: Sequence[str], rarities: Floats) -> Floats:
    """Return the values of the buckets of each text. Shape (texts, 8192)."""
    rows = np.zeros((len(texts), BUCKETS), np.float32)
    for row, text in zip(rows, texts, strict=True):
        for places, values in bucket_groups(text, rarities):
            row[places] += values
    return rows


def fit(rows: Floats, told: Sequence[Told]) -> tuple[Floats, Floats]:
    """Return the weights of a softmax regression with a ridge, shape (columns, 6), and what any text has, shape (6,).

    Accelerated gradient descent (Nesterov 1983) that begins anew where it overshoots (O'Donoghue and Candès 2015,
    "Adaptive restart for accelerated gradient schemes", section 3.2); the loss is convex.
    """
    kinds = np.array([KINDS.index(one.kind) for one in told])
    wanted = np.eye(len(KINDS), dtype=np.float32)[kinds]
    counts = np.array([one.counts for one in told], np.float32)
    counts *= counts.sum() / (len(KINDS) * (counts @ wanted)[kinds])
    step = 1 / (_steepest(rows, counts) / 2 + _RIDGE)
    weights = ahead = np.zeros((rows.shape[1], len(KINDS)), np.float32)
    bias = bias_ahead = np.zeros(len(KINDS), np.float32)
    pace = 1.0
    for _ in range(_STEPS):
        off = (softmax(rows @ ahead + bias_ahead) - wanted) * counts[:, None]
        descended = ahead - step * (rows.T @ off + _RIDGE * ahead)
        bias_descended = bias_ahead - step * off.sum(axis=0)
        if ((ahead - descended) * (descended - weights)).sum() > 0:
            pace = 1.0
        faster = (1 + math.sqrt(1 + 4 * pace * pace)) / 2
        push = (pace - 1) / faster
        ahead = descended + push * (descended - weights)
        bias_ahead = bias_descended + push * (bias_descended - bias)
        weights, bias, pace = descended, bias_descended, faster
    return weights, bias


def _steepest(rows: Floats, counts: Floats) -> float:
    """Return the largest eigenvalue of the weighted squares of the rows, and of a column of ones, by power iteration."""
    roots = np.sqrt(counts)[:, None]
    weighted = np.hstack([rows * roots, roots])
    direction = np.ones(weighted.shape[1], np.float32)
    for _ in range(_POWER_STEPS):
        direction = weighted.T @ (weighted @ direction)
        length = float(np.linalg.norm(direction))
        direction /= length
    return length


if __name__ == "__main__":
    main()
