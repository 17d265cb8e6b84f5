"""Models of an optional package, imported where it is used; if it is missing, that is told with its command."""

from __future__ import annotations

import threading
from typing import Any, Literal

from rag.errors import EncoderError, ExtraMissing


class TransformerModel:
    """A model of sentence-transformers in this process; it is loaded, and fetched if need be, at the first use."""

    def __init__(
        self, name: str, kind: Literal["SentenceTransformer", "CrossEncoder"], *, extra: str
    ) -> None:
        """`name` is that of the model on its hub, or a folder; `kind` is the package's class, `extra` ours."""
        self._name = name
        self._kind = kind
        self._extra = extra
        self._loading = threading.Lock()
        self._loaded: Any = None

    def load(self) -> Any:
        """Return the model; threads that ask at once wait for the one that loads it.

        Raises:
            ExtraMissing: sentence-transformers is not installed.
            EncoderError: the model cannot be loaded.
        """
        with self._loading:
            if self._loaded is None:
                package = _import_sentence_transformers(self._extra)
                try:
                    self._loaded = getattr(package, self._kind)(self._name, device="cpu")
                except Exception as error:  # the hub, the files and PyTorch raise what they like
                    what = "cross-encoder" if self._kind == "CrossEncoder" else "model"
                    raise EncoderError(
                        f"the {what} {self._name!r} cannot be loaded ({type(error).__name__}); check its name, "
                        "and that it can be fetched once"
                    ) from error
            return self._loaded


def _import_sentence_transformers(extra: str) -> Any:  # it is not installed where types are checked
    """Return the package sentence-transformers.

    Raises:
        ExtraMissing: it, or PyTorch below it, is not installed.
    """
    try:
        import sentence_transformers
    except ImportError as error:
        raise ExtraMissing(
            f"the package {(error.name or 'sentence_transformers').replace('_', '-')} is not installed; install it: "
            f"pip install 'footnote[{extra}]'"
        ) from error
    return sentence_transformers
