"""How the indexes of a library were built: the manifest in its catalogue, held against what this Footnote would write."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from rag.errors import IndexMismatch, LibraryDamaged
from rag.library.catalogue import Catalogue
from rag.library.encoding import PaperEncoder
from rag.library.encodings import FORMAT
from rag.library.locks import Locks
from rag.library.passages import SPLITTER


def describe_build(encoder: PaperEncoder) -> dict[str, str]:
    """Return the manifest of indexes that are built now; without dimensions as long as the encoder has not told them."""
    known = encoder.dimensions
    dimensions = {} if known is None else {"dimensions": str(known)}
    return {"model": encoder.model, **dimensions, "splitter": SPLITTER, "encodings": str(FORMAT)}


def require_same_build(
    stored: Mapping[str, str], wanted: Mapping[str, str], *, home: Path, indexed: bool
) -> None:
    """Make sure that the library in `home` was built as is wanted; `indexed` tells that it has indexes.

    Raises:
        IndexMismatch: another encoder or splitter was used.
        LibraryDamaged: there are indexes, and nothing is stored of how they were built: their catalogue is lost.
    """
    if indexed and not stored:
        raise LibraryDamaged(
            f"the catalogue of {home} is lost: its indexes are there, but it lists no paper; put your copy of "
            "catalogue.sqlite back, or begin anew: footnote check --rebuild, then footnote add PAGE..."
        )
    # Not before the first vector is it known how long the vectors of a server are.
    expected = {"dimensions": wanted.get("dimensions"), **stored}
    key = next((key for key in wanted if stored and expected.get(key) != wanted[key]), None)
    if key:
        raise IndexMismatch(
            f"the library at {home} was indexed with {key} {stored.get(key)!r}, this Footnote uses "
            f"{wanted[key]!r}; rebuild it: footnote check --rebuild"
        )


def read_manifest(home: Path) -> dict[str, str]:
    """Return how the library in a folder was built, before an encoder is chosen; empty if there is none.

    Raises:
        LibraryBusy: another process is creating it.
        LibraryError: the catalogue cannot be read.
    """
    path = home / "catalogue.sqlite"
    if not path.is_file():
        return {}
    with Locks(home).hold("open"), closing(Catalogue(path)) as catalogue:  # another may be creating it
        return catalogue.manifest()
