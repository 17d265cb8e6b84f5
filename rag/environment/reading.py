"""Read all settings, once. A `.env` file in the current folder is read too; the real environment wins."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from dotenv import dotenv_values
from platformdirs import user_data_path

from rag.environment.model_variables import read_judging, read_model, read_writer
from rag.environment.server_variables import read_embeddings, read_page, read_rerank
from rag.environment.values import file_path, whole_number
from rag.environment.variables import VARIABLES
from rag.errors import SettingsError
from rag.settings import RetrievalSettings, Settings


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Parse settings out of an environment mapping.

    Raises:
        SettingsError: a value cannot be used; the message names the variable.
    """
    values = {v.name: environment.get(v.name, "").strip() or v.default for v in VARIABLES}
    return Settings(
        home=_home(values),
        writer=read_writer(values),
        model=read_model(values),
        retrieval=RetrievalSettings(),
        judging=read_judging(values),
        server=read_page(values),
        threads=whole_number(values, "FOOTNOTE_THREADS", low=0, high=256),
        embeddings=read_embeddings(values),
        rerank=read_rerank(values),
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


def _home(values: Mapping[str, str]) -> Path:
    if not values["FOOTNOTE_HOME"]:
        return user_data_path("footnote", appauthor=False)
    return file_path(values["FOOTNOTE_HOME"], "FOOTNOTE_HOME", what="folder")
