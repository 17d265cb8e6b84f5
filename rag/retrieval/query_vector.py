"""The question's vector, or the reason why this search has to do without."""

from __future__ import annotations

from rag.errors import EncoderError, ExtraMissing, IndexMismatch, ModelError
from rag.library.encoder import EncodedQuestion
from rag.library.library import Library


def encode_question(library: Library, text: str) -> tuple[EncodedQuestion | None, tuple[str, ...]]:
    """Return the vector and no notice; or None, and one line that says why words rank alone."""
    try:
        return library.encode_question(text), ()
    except (EncoderError, ExtraMissing, IndexMismatch, ModelError) as error:
        reason = f"{str(error)[:1].upper()}{str(error)[1:]}"
        return None, (f"{reason}; the papers were ranked by their words alone.",)
