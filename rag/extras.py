"""Optional packages, imported where they are used; one that is missing is named with its command."""

from __future__ import annotations

from typing import Any

from rag.errors import ExtraMissing


def import_sentence_transformers(extra: str) -> Any:  # it is not installed where types are checked
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
