"""The variables of the model that writes and judges: where it is, what it may take and cost."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from rag.environment.values import file_path, number, web_address, whole_number
from rag.errors import SettingsError
from rag.settings import JudgingSettings, ModelSettings, Prices

# A model on this machine's own cores reads slowly: fewer sources, more patience.
_ON_A_SERVER = {
    "FOOTNOTE_TIMEOUT": "30",
    "FOOTNOTE_CONTEXT": "8192",
    "FOOTNOTE_KIND_SECONDS": "4",
    "FOOTNOTE_REQUESTS": "4",
}
_IN_THIS_PROCESS = {
    "FOOTNOTE_TIMEOUT": "300",
    "FOOTNOTE_CONTEXT": "4096",
    "FOOTNOTE_KIND_SECONDS": "0",
    "FOOTNOTE_REQUESTS": "1",
}
# Papers a request: on a server, so many that the instructions cost little beside them; in this process, so few
# that something is found soon.
_MANY_AT_ONCE, _FEW_AT_ONCE = 10, 3
_LONGEST_PROMPT = 10_000


def read_writer(values: Mapping[str, str]) -> Literal["quotes", "llm"]:
    """Return who writes; `auto` is a model where one is set up.

    Raises:
        SettingsError: there is no such writer.
    """
    choice = values["FOOTNOTE_WRITER"].lower()
    match choice:
        case "auto":
            asked = values["OPENAI_API_KEY"] or values["OPENAI_BASE_URL"] or _model_file(values)
            return "llm" if asked else "quotes"
        case "quotes" | "llm":
            return choice
        case _:
            raise SettingsError(f"FOOTNOTE_WRITER is {choice!r}; set it to auto, quotes or llm")


def read_model(values: Mapping[str, str]) -> ModelSettings:
    """Return how the model that writes is reached.

    Raises:
        SettingsError: a variable of it cannot be used.
    """
    file = _model_file(values)
    given = _by_place(values)
    return ModelSettings(
        name=file.stem if file else values["FOOTNOTE_MODEL"],
        file=file,
        base_url=web_address(values, "OPENAI_BASE_URL", like="http://127.0.0.1:11434/v1"),
        timeout=number(given, "FOOTNOTE_TIMEOUT", low=0.1, high=3_600),
        context=whole_number(given, "FOOTNOTE_CONTEXT", low=1_500, high=10_000_000),
        _key=values["OPENAI_API_KEY"],
        instructions=_instructions(values),
        kind_seconds=number(given, "FOOTNOTE_KIND_SECONDS", low=0, high=3_600),
    )


def _instructions(values: Mapping[str, str]) -> str:
    if not values["FOOTNOTE_PROMPT"]:
        return ""
    path = file_path(values["FOOTNOTE_PROMPT"], "FOOTNOTE_PROMPT", what="file")
    try:
        written = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"FOOTNOTE_PROMPT is {path}, which cannot be read; save it as UTF-8 text"
        ) from error
    if not 0 < len(written) <= _LONGEST_PROMPT:
        raise SettingsError(f"FOOTNOTE_PROMPT is {path}; it must hold 1 to {_LONGEST_PROMPT:,} characters")
    return written


def _by_place(values: Mapping[str, str]) -> dict[str, str]:
    """Return the values whose defaults depend on where the model is."""
    defaults = _IN_THIS_PROCESS if _model_file(values) else _ON_A_SERVER
    return {name: values[name] or default for name, default in defaults.items()}


def _model_file(values: Mapping[str, str]) -> Path | None:
    scheme, _, path = values["FOOTNOTE_MODEL"].partition(":")
    if scheme.lower() != "gguf":
        return None
    if not path:
        raise SettingsError("FOOTNOTE_MODEL names no file; set it to gguf:PATH")
    return file_path(path, "FOOTNOTE_MODEL", what="file")


def read_judging(values: Mapping[str, str]) -> JudgingSettings:
    """Return what judging the papers of a question may take and cost.

    Raises:
        SettingsError: a variable of it cannot be used.
    """
    return JudgingSettings(
        prices=_prices(values),
        budget=number(values, "FOOTNOTE_BUDGET", low=0, high=1_000_000),
        minutes=number(values, "FOOTNOTE_MINUTES", low=0, high=100_000),
        most=whole_number(values, "FOOTNOTE_MOST_JUDGED", low=0, high=1_000_000),
        requests=whole_number(_by_place(values), "FOOTNOTE_REQUESTS", low=1, high=64),
        batch=_FEW_AT_ONCE if _model_file(values) else _MANY_AT_ONCE,
    )


def _prices(values: Mapping[str, str]) -> Prices | None:
    names = ("FOOTNOTE_PRICE_IN", "FOOTNOTE_PRICE_OUT")
    missing = [name for name in names if not values[name]]
    if len(missing) == 1:
        raise SettingsError(f"{missing[0]} is empty, and the other price is not; set both, or none")
    if missing:
        return Prices(0.0, 0.0) if _is_near(values) else None
    prompt, completion = (number(values, name, low=0, high=100_000) for name in names)
    return Prices(prompt, completion)


def _is_near(values: Mapping[str, str]) -> bool:
    """Tell whether the model is a file, or its server is on this machine or in a private network."""
    host = urlsplit(values["OPENAI_BASE_URL"]).hostname or ""
    try:
        return bool(_model_file(values)) or ipaddress.ip_address(host).is_private
    except ValueError:  # a name
        return host == "localhost"
