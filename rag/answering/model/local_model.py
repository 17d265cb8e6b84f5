"""A language model inside this process: llama.cpp's own OpenAI-compatible server, on loopback.

Asked for with `FOOTNOTE_MODEL=gguf:PATH`; it needs the extra `local`. The server takes a free port and
a key that only this process knows, and ends with the process.
"""

from __future__ import annotations

import importlib.util
import os
import secrets
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import ExtraMissing, ModelFailed, SettingsError

if TYPE_CHECKING:
    from xllamacpp import Server

_MAGIC = b"GGUF"  # https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
_QUIET = -1


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server listens. The key is kept out of the representation."""

    url: str
    key: str

    def __repr__(self) -> str:
        return f"Address({self.url!r})"


class LocalModel:
    """One model file, loaded when it is first asked and kept until the process ends."""

    def __init__(self, path: Path, *, context: int) -> None:
        """Look at the file, without loading it. `context` is the window in tokens.

        Raises:
            SettingsError: the file cannot be opened or is no model.
            ExtraMissing: the package that runs it is not installed.
        """
        self._path = path
        self._context = context
        self._guard = threading.Lock()
        self._server: Server | None = None
        self._key = secrets.token_urlsafe()
        _require_model(path)
        self._megabytes = path.stat().st_size / 1e6
        if importlib.util.find_spec("xllamacpp") is None:
            raise ExtraMissing(
                "FOOTNOTE_MODEL names a model file, and the package xllamacpp is not installed; install it: "
                "pip install 'footnote[local]'"
            )

    @property
    def announcement(self) -> str | None:
        """What loading will mean, in one line; None once it is loaded."""
        if self._server is not None:
            return None
        return f"Loading the model {self._path.stem} ({self._megabytes:,.0f} MB) ..."

    def start(self) -> Address:
        """Load the model if need be, and return where it listens.

        Loading holds the interpreter: no other thread runs until it is done.

        Raises:
            ModelFailed: llama.cpp cannot load the file.
        """
        with self._guard:
            self._server = self._server or self._load()
            return Address(f"{self._server.listening_address}/v1", self._key)

    def _load(self) -> Server:
        from xllamacpp import CommonParams, Server

        params = CommonParams()
        params.model.path = str(self._path)
        params.n_ctx = self._context
        params.hostnames = ["127.0.0.1"]
        params.port = 0
        params.api_keys = [self._key]
        params.cors_origins = ""  # no page in a browser may ask it
        params.ui = params.endpoint_slots = params.warmup = False
        params.offline = True
        params.verbosity = _QUIET
        # Its threads wait for each other by spinning: on a core that is shared they wait for long.
        params.cpuparams.n_threads = max(1, (os.cpu_count() or 1) - 1)
        params.cpuparams.poll = 0
        try:
            return Server(params)
        except RuntimeError as error:
            raise ModelFailed(
                f"llama.cpp cannot load {self._path}; is it complete, and is there memory for it?"
            ) from error


def _require_model(path: Path) -> None:
    try:
        with path.open("rb") as file:
            magic = file.read(len(_MAGIC))
    except OSError as error:
        raise SettingsError(
            f"FOOTNOTE_MODEL names {path}, which cannot be read ({error.strerror}); check the path"
        ) from error
    if magic != _MAGIC:
        raise SettingsError(f"FOOTNOTE_MODEL names {path}, which is no GGUF file; get one that ends in .gguf")
