"""What a visitor chose for the session: who writes, with which model, at which server, by which key, how deep.

The page holds the choice in memory and sends it with each question; nothing of it is stored here. An
address, or a model file, may be named only where nobody but this machine reaches the page: a server for a group must
not be made to call addresses of its visitors' choice, nor to open files.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from pydantic import BaseModel, Field, ValidationError

from rag.environment.reading import read_settings
from rag.errors import SettingsError
from rag.settings import Settings
from ui.address import is_personal


class Choice(BaseModel):
    """The fields of the settings dialog; empty ones keep what the server was started with.

    `depth` is the number of best papers that an answer may use, `budget` in US dollars what a model may
    cost to judge the papers of one question.
    """

    writer: Literal["", "quotes", "llm"] = ""
    model: str = Field(default="", max_length=200)
    endpoint: str = Field(default="", max_length=1_000)
    key: str = Field(default="", max_length=1_000, repr=False)
    depth: int | None = Field(default=None, ge=1, le=200)
    budget: float | None = Field(default=None, ge=0, le=1_000_000)


def read_choice(record: str) -> Choice:
    """Read what the page sent.

    Raises:
        SettingsError: it is no choice.
    """
    try:
        return Choice.model_validate_json(record or "{}")
    except ValidationError:  # its text would show the key
        raise SettingsError("the settings of the page cannot be read; reload it") from None


def choose(settings: Settings, choice: Choice) -> Settings:
    """Return the settings with the choice applied.

    Raises:
        SettingsError: the address or the file is none, or may not be named here.
    """
    if not is_personal(settings.server):
        _require_no_place(choice)
    settings = _limited(settings, choice)
    writer = choice.writer or settings.writer
    if not (choice.model or choice.endpoint or choice.key):
        return replace(settings, writer=writer)
    known = settings.model
    values = {
        "FOOTNOTE_MODEL": choice.model or known.name,
        "OPENAI_BASE_URL": choice.endpoint or known.base_url or "",
        # A key goes only where its owner sent it: another address gets none of ours.
        "OPENAI_API_KEY": choice.key or ("" if choice.endpoint else known.key),
    }
    try:
        named = read_settings(values)
    except SettingsError as error:  # in the page's words: nobody set a variable
        raise SettingsError(str(error).replace("OPENAI_BASE_URL", "the endpoint in the settings")) from None
    model = replace(
        named.model,
        timeout=known.timeout,
        context=known.context,
        instructions=known.instructions,
        kind_seconds=named.model.kind_seconds if named.model.file else known.kind_seconds,
    )
    # The prices that are known are those of the model that the server was started with.
    prices = named.judging.prices if choice.model or choice.endpoint else settings.judging.prices
    return replace(settings, writer=writer, model=model, judging=replace(settings.judging, prices=prices))


def spends_own(settings: Settings, choice: Choice) -> bool:
    """Tell whether what a model costs is the visitor's own money: their key, or the page of one person."""
    return bool(choice.key) or is_personal(settings.server)


def _require_no_place(choice: Choice) -> None:
    """Refuse an address and a file: neither network nor disk of a server for a group are its visitors' to look at."""
    if choice.endpoint:
        raise SettingsError("an endpoint can be named only on the machine itself; leave the field empty")
    if choice.model.strip().lower().startswith("gguf:"):
        raise SettingsError(
            "a model file can be named only on the machine itself; name a model of the server"
        )


def _limited(settings: Settings, choice: Choice) -> Settings:
    """Apply depth and budget. More of somebody else's money than they allow can nobody choose to spend."""
    if choice.depth:
        settings = replace(settings, retrieval=replace(settings.retrieval, limit=choice.depth))
    if choice.budget is None:
        return settings
    budget = choice.budget if spends_own(settings, choice) else min(choice.budget, settings.judging.budget)
    return replace(settings, judging=replace(settings.judging, budget=budget))
