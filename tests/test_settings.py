"""Settings: what is read from where, and what a value that cannot be used leads to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rag.environment.reading import environment_with_dotenv, read_settings
from rag.environment.variables import VARIABLES, render_env_example
from rag.errors import SettingsError

_ROOT = Path(__file__).resolve().parents[1]
_KEY = "sk-not-a-real-key"


def test_env_example_lists_every_variable() -> None:
    assert (_ROOT / ".env.example").read_text(encoding="utf-8") == render_env_example()


def test_env_example_changes_nothing_when_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FOOTNOTE_HOME")
    (tmp_path / ".env").write_text(render_env_example(), encoding="utf-8")
    assert read_settings(environment_with_dotenv(tmp_path)) == read_settings({})


def test_no_other_module_reads_the_environment() -> None:
    readers = {
        path.relative_to(_ROOT).as_posix()
        for package in ("rag", "ui")
        for path in (_ROOT / package).rglob("*.py")
        if "getenv" in (code := path.read_text(encoding="utf-8")) or "os.environ" in code
    }
    # tokens.py only tells tiktoken where its tables are.
    assert readers == {"rag/environment/reading.py", "rag/answering/writing/tokens.py"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FOOTNOTE_WRITER", "poet"),
        ("FOOTNOTE_TIMEOUT", "soon"),
        ("FOOTNOTE_TIMEOUT", "0"),
        ("FOOTNOTE_TIMEOUT", "nan"),
        ("FOOTNOTE_CONTEXT", "12"),
        ("FOOTNOTE_PORT", "70000"),
        ("FOOTNOTE_PORT", "inf"),
        ("FOOTNOTE_THREADS", "-1"),
        ("FOOTNOTE_HOME", "~nobody-of-that-name/library"),
        ("OPENAI_BASE_URL", "127.0.0.1:11434/v1"),
        ("OPENAI_BASE_URL", "http://[::1"),
        ("OPENAI_BASE_URL", "http://127.0.0.1:port/v1"),
        ("FOOTNOTE_EMBEDDINGS", "text-embedding-3-small"),
        ("FOOTNOTE_EMBEDDINGS", "openai:"),
        ("FOOTNOTE_EMBEDDINGS_URL", "127.0.0.1"),
        ("FOOTNOTE_RERANK", "a-cross-encoder"),
        ("FOOTNOTE_RERANK", "cross-encoder:"),
        ("FOOTNOTE_RERANK_DEPTH", "0"),
        ("OPENAI_API_KEY", "sk-“copied”"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        read_settings({name: value})


def test_a_password_in_the_url_is_not_shown() -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({"OPENAI_BASE_URL": "ftp://me:secret@host/v1"})
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("environment", "writer"),
    [
        ({}, "quotes"),
        ({"OPENAI_API_KEY": _KEY}, "llm"),
        ({"OPENAI_BASE_URL": "http://127.0.0.1:1/v1"}, "llm"),
        ({"OPENAI_API_KEY": _KEY, "FOOTNOTE_WRITER": "quotes"}, "quotes"),
        ({"FOOTNOTE_WRITER": "LLM"}, "llm"),
        ({"OPENAI_API_KEY": "  "}, "quotes"),
    ],
)
def test_the_writer_follows_from_key_and_url(environment: dict[str, str], writer: str) -> None:
    assert read_settings(environment).writer == writer


@pytest.mark.parametrize(
    ("environment", "url", "key"),
    [
        ({}, "https://api.openai.com/v1", ""),
        ({"OPENAI_API_KEY": "a"}, "https://api.openai.com/v1", "a"),
        ({"OPENAI_API_KEY": "a", "OPENAI_BASE_URL": "http://b/v1/"}, "http://b/v1", "a"),
        ({"OPENAI_API_KEY": "a", "FOOTNOTE_EMBEDDINGS_URL": "http://c/v1"}, "http://c/v1", ""),
        ({"FOOTNOTE_EMBEDDINGS_KEY": "c", "FOOTNOTE_EMBEDDINGS_URL": "http://c/v1"}, "http://c/v1", "c"),
        ({"FOOTNOTE_EMBEDDINGS_KEY": "c", "OPENAI_API_KEY": "a"}, "https://api.openai.com/v1", "c"),
    ],
)
def test_a_key_goes_to_the_address_that_it_was_given_for(
    environment: dict[str, str], url: str, key: str
) -> None:
    server = read_settings(environment).embeddings.server
    assert (server.url, server.key) == (url, key)


@pytest.mark.parametrize(
    ("choice", "kind", "name"),
    [
        ("", "none", ""),
        ("llm", "llm", ""),
        ("cross-encoder:a/b", "cross-encoder", "a/b"),
        ("https://a.example/rerank", "server", "m"),
    ],
)
def test_the_re_ranker_follows_from_one_word(choice: str, kind: str, name: str) -> None:
    rerank = read_settings({"FOOTNOTE_RERANK": choice, "FOOTNOTE_RERANK_MODEL": "m"}).rerank
    assert (rerank.kind, rerank.name, rerank.server is not None) == (kind, name, kind == "server")


def test_the_key_is_not_in_the_representation() -> None:
    settings = read_settings(
        {
            "OPENAI_API_KEY": _KEY,
            "OPENAI_BASE_URL": f"http://ada:{_KEY}@127.0.0.1/v1",
            "FOOTNOTE_RERANK": f"http://127.0.0.1/rerank?key={_KEY}",
            "FOOTNOTE_RERANK_KEY": _KEY,
        }
    )
    assert settings.model.key == _KEY
    assert _KEY not in repr(settings) + str(settings) + f"{settings.model}"


def test_home_is_expanded() -> None:
    assert read_settings({"FOOTNOTE_HOME": "~/papers"}).home == Path.home() / "papers"


def test_dotenv_of_the_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("FOOTNOTE_MODEL=from-the-file\n", encoding="utf-8")
    assert read_settings(environment_with_dotenv(tmp_path)).model.name == "from-the-file"


def test_the_real_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("FOOTNOTE_MODEL=from-the-file\nFOOTNOTE_PORT=8000\n", encoding="utf-8")
    monkeypatch.setenv("FOOTNOTE_MODEL", "from-the-shell")
    settings = read_settings(environment_with_dotenv(tmp_path))
    assert (settings.model.name, settings.server.port) == ("from-the-shell", 8000)


def test_reading_dotenv_leaves_the_environment_alone(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("FOOTNOTE_MODEL=from-the-file\n", encoding="utf-8")
    environment_with_dotenv(tmp_path)
    assert "FOOTNOTE_MODEL" not in os.environ


def test_dotenv_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"FOOTNOTE_MODEL=\xff\xfe\n")
    with pytest.raises(SettingsError, match=r"\.env cannot be read"):
        environment_with_dotenv(tmp_path)


def test_names_of_variables_are_unique() -> None:
    assert len({variable.name for variable in VARIABLES}) == len(VARIABLES)


def test_a_model_file_needs_no_key_and_gets_more_time_and_fewer_tokens() -> None:
    settings = read_settings({"FOOTNOTE_MODEL": "gguf:/models/small.Q4.gguf"})
    assert settings.writer == "llm"
    assert settings.model.file == Path("/models/small.Q4.gguf")
    assert (settings.model.name, settings.model.timeout, settings.model.context) == ("small.Q4", 300, 4096)


def test_what_is_set_holds_for_a_model_file_too() -> None:
    given = {"FOOTNOTE_MODEL": "gguf:a.gguf", "FOOTNOTE_TIMEOUT": "5", "FOOTNOTE_CONTEXT": "2000"}
    assert (read_settings(given).model.timeout, read_settings(given).model.context) == (5, 2000)


def test_a_model_file_without_a_path_is_an_error() -> None:
    with pytest.raises(SettingsError, match="set it to gguf:PATH"):
        read_settings({"FOOTNOTE_MODEL": "gguf:"})
