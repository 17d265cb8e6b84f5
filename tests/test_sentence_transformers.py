"""The adapters to sentence-transformers: its real absence, and a stand-in where it would stand.

The package brings gigabytes of PyTorch, so a module of the same name takes its place; it has the
signatures of version 6.2 and counts what it is asked.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from rag.errors import EncoderError, ExtraMissing
from rag.library.passages import split_passages
from rag.library.sentence_encoder import SentenceEncoder
from rag.retrieval.cross_encoder import CrossEncoderReranker
from rag.types import Paper

_STAND_IN = """
import numpy as np

class SentenceTransformer:
    loaded = 0
    max_seq_length = 16

    def __init__(self, model_name_or_path, *, device):
        if model_name_or_path == "unknown":
            raise OSError("secret-token: no such model")
        SentenceTransformer.loaded += 1
        self.longest = 0

    def encode_query(self, inputs, *, show_progress_bar):
        return self._encode(inputs)

    def encode_document(self, inputs, *, show_progress_bar):
        return self._encode(inputs)

    def _encode(self, inputs):
        self.longest = max(self.longest, *(len(text.encode()) for text in inputs))
        return np.array([[len(text), text.count("e") + 1, 2.0] for text in inputs], dtype=np.float32)

class CrossEncoder:
    def __init__(self, model_name_or_path, *, device):
        self.labels = 3 if model_name_or_path == "classifier" else 1

    def predict(self, inputs, *, show_progress_bar):
        scores = np.array([[text.count(question)] * self.labels for question, text in inputs], dtype=np.float32)
        return scores if self.labels > 1 else scores[:, 0]
"""


@pytest.fixture
def _stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "sentence_transformers.py").write_text(_STAND_IN)
    monkeypatch.syspath_prepend(tmp_path)
    yield
    sys.modules.pop("sentence_transformers", None)


@pytest.mark.skipif(
    importlib.util.find_spec("sentence_transformers") is not None, reason="the package is installed here"
)
def test_a_missing_package_is_named_with_its_command() -> None:
    command = r"is not installed; install it: pip install 'footnote\[{}\]'"
    with pytest.raises(ExtraMissing, match=command.format("encoders")):
        SentenceEncoder("small").encode_query("drums")
    with pytest.raises(ExtraMissing, match=command.format("rerank")):
        CrossEncoderReranker("small").score("drums", ["drums"])


@pytest.mark.usefixtures("_stand_in")
def test_papers_and_questions_become_unit_vectors_by_one_loaded_model(papers: tuple[Paper, ...]) -> None:
    encoder = SentenceEncoder("small")
    encoded = encoder.encode_paper(papers[0], split_passages(papers[0]))
    question = encoder.encode_query("drums")
    assert (encoder.model, encoder.dimensions) == ("sentence-transformers:small", 3)
    assert (encoded.paper.shape, encoded.passages.shape, question.shape) == ((3,), (3, 3), (3,))
    assert np.allclose(np.linalg.norm([encoded.paper, *encoded.passages, question], axis=1), 1.0)
    assert sys.modules["sentence_transformers"].SentenceTransformer.loaded == 1


@pytest.mark.usefixtures("_stand_in")
def test_texts_are_cut_to_what_the_model_reads(papers: tuple[Paper, ...]) -> None:
    encoder = SentenceEncoder("small")
    encoder.encode_paper(papers[0], split_passages(papers[0]))
    assert 0 < encoder._model.load().longest <= 16 * 3  # noqa: SLF001  # the stand-in counts


@pytest.mark.usefixtures("_stand_in")
def test_a_model_that_cannot_be_loaded_is_one_line() -> None:
    with pytest.raises(
        EncoderError, match=r"'unknown' cannot be loaded \(OSError\); check its name"
    ) as caught:
        SentenceEncoder("unknown").encode_query("drums")
    assert "secret" not in str(caught.value)


@pytest.mark.usefixtures("_stand_in")
def test_a_cross_encoder_scores_each_text() -> None:
    assert CrossEncoderReranker("small").score("drum", ["a drum", "a tree", "drum drum"]) == [1.0, 0.0, 2.0]


@pytest.mark.usefixtures("_stand_in")
def test_a_classifier_is_no_re_ranker() -> None:
    with pytest.raises(EncoderError, match="choose a model for ranking"):
        CrossEncoderReranker("classifier").score("drum", ["a drum", "a tree"])
