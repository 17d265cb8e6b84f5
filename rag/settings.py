"""Settings: one small frozen record a stage, read once from the environment.

This is the only module that reads environment variables. `VARIABLES` is the whole list, with the
words that `.env.example` prints for each; a test keeps the two equal. A `.env` file in the current
folder is read too; the real environment wins.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from dotenv import dotenv_values
from platformdirs import user_data_path

from rag.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Variable:
    """An environment variable: its name, its default as text, and one line of help."""

    name: str
    default: str
    help: str


VARIABLES = (
    Variable("FOOTNOTE_HOME", "", "Folder of the library. Empty: the user data folder of the system."),
    Variable("FOOTNOTE_WRITER", "auto", "auto, quotes (no model) or llm. auto: llm if a key or URL is set."),
    Variable("FOOTNOTE_MODEL", "gpt-4o-mini", "Model name as the server knows it."),
    Variable("FOOTNOTE_TIMEOUT", "30", "Seconds to wait for the model server, at each step."),
    Variable("FOOTNOTE_CONTEXT", "8192", "The model's context window in tokens."),
    Variable("FOOTNOTE_HOST", "127.0.0.1", "Address the page is served on. Others can reach 0.0.0.0."),
    Variable("FOOTNOTE_PORT", "7860", "Port the page is served on."),
    Variable("FOOTNOTE_THREADS", "0", "Abstracts that are encoded side by side. 0: one a core."),
    Variable("OPENAI_API_KEY", "", "Key of the model server. Not needed for local servers."),
    Variable("OPENAI_BASE_URL", "", "URL of an OpenAI-compatible server, e.g. http://127.0.0.1:11434/v1"),
)


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """How the model server is reached. `timeout` in seconds, `context` in tokens.

    The key is kept out of the representation, so that it cannot reach a log.
    """

    name: str
    base_url: str | None
    timeout: float
    context: int
    _key: str

    @property
    def key(self) -> str:
        """The key, or a word that satisfies the client where a local server needs none."""
        return self._key or "no-key"

    def __repr__(self) -> str:
        return f"ModelSettings(name={self.name!r}, base_url={self.base_url!r})"


@dataclass(frozen=True, slots=True)
class RetrievalSettings:
    """Weights and depths of the ranking; see `rag.retrieval.fusion` for what they mean.

    The weights are the best of three that were measured; depths are numbers of papers, passages
    and results.
    """

    lexical_weight: float = 0.8
    paper_weight: float = 0.6
    passage_weight: float = 0.6
    lexical_depth: int = 600
    paper_depth: int = 600
    passage_depth: int = 1_500
    limit: int = 50


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """Where the page is served."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of a run. `threads` is the number of abstracts encoded side by side, 0 one a core."""

    home: Path
    writer: Literal["quotes", "llm"]
    model: ModelSettings
    retrieval: RetrievalSettings
    server: ServerSettings
    threads: int


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Parse settings out of an environment mapping.

    Raises:
        SettingsError: a value cannot be used; the message names the variable.
    """
    values = {v.name: environment.get(v.name, "").strip() or v.default for v in VARIABLES}
    return Settings(
        home=_home(values),
        writer=_writer(values),
        model=ModelSettings(
            name=values["FOOTNOTE_MODEL"],
            base_url=_base_url(values),
            timeout=_number(values, "FOOTNOTE_TIMEOUT", low=0.1, high=3_600),
            context=_whole(values, "FOOTNOTE_CONTEXT", low=1_500, high=10_000_000),
            _key=values["OPENAI_API_KEY"],
        ),
        retrieval=RetrievalSettings(),
        server=ServerSettings(
            host=values["FOOTNOTE_HOST"],
            port=_whole(values, "FOOTNOTE_PORT", low=1, high=65_535),
        ),
        threads=_whole(values, "FOOTNOTE_THREADS", low=0, high=256),
    )


def environment_with_dotenv(folder: Path) -> dict[str, str]:
    """Return the process environment over the values of `folder/.env`, without changing either.

    Raises:
        SettingsError: the file is there and cannot be read.
    """
    path = folder / ".env"
    try:
        dotenv = {k: v for k, v in dotenv_values(path).items() if v is not None}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} cannot be read ({error}); save it as UTF-8 text") from error
    return {**dotenv, **os.environ}


def render_env_example() -> str:
    """Return the text of `.env.example`: every variable, its help, and its default.

    >>> "FOOTNOTE_PORT=7860" in render_env_example()
    True
    """
    head = "# Copy to .env and change what you need; every line may be left out.\n"
    return head + "".join(f"\n# {v.help}\n{v.name}={v.default}\n" for v in VARIABLES)


def _home(values: Mapping[str, str]) -> Path:
    if not values["FOOTNOTE_HOME"]:
        return user_data_path("footnote", appauthor=False)
    try:
        return Path(values["FOOTNOTE_HOME"]).expanduser()
    except RuntimeError:
        raise SettingsError(
            f"FOOTNOTE_HOME is {values['FOOTNOTE_HOME']!r}, which names no user; set it to a folder"
        ) from None


def _base_url(values: Mapping[str, str]) -> str | None:
    url = values["OPENAI_BASE_URL"]
    try:
        usable = not url or (urlsplit(url).scheme in ("http", "https") and urlsplit(url).hostname)
    except ValueError:
        usable = False
    if not usable:  # it may hold a password, so it is not shown
        raise SettingsError("OPENAI_BASE_URL is no web address; set it to one like http://127.0.0.1:11434/v1")
    return url or None


def _writer(values: Mapping[str, str]) -> Literal["quotes", "llm"]:
    choice = values["FOOTNOTE_WRITER"].lower()
    match choice:
        case "auto":
            return "llm" if values["OPENAI_API_KEY"] or values["OPENAI_BASE_URL"] else "quotes"
        case "quotes" | "llm":
            return choice
        case _:
            raise SettingsError(f"FOOTNOTE_WRITER is {choice!r}; set it to auto, quotes or llm")


def _number(values: Mapping[str, str], name: str, *, low: float, high: float) -> float:
    try:
        number = float(values[name])
    except ValueError:
        raise SettingsError(f"{name} is {values[name]!r}; set it to a number") from None
    if not low <= number <= high:
        raise SettingsError(f"{name} is {values[name]}; set it to a number from {low:g} to {high:g}")
    return number


def _whole(values: Mapping[str, str], name: str, *, low: int, high: int) -> int:
    number = _number(values, name, low=low, high=high)
    if not number.is_integer():
        raise SettingsError(f"{name} is {values[name]}; set it to a whole number")
    return int(number)
