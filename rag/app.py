"""Composition root: settings in, working parts out. The only place that chooses between parts."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from rag.answering.answerer import Answerer
from rag.answering.chat_model import ChatModel
from rag.errors import IndexMismatch, LibraryDamaged, LibraryTooNew, SourceError
from rag.library.encoder import Encoder
from rag.library.library import Library
from rag.retrieval.retriever import Retriever
from rag.sample import SOURCE, read_sample, sample_checksum, search_url
from rag.settings import Settings
from rag.sources.reading import read_source
from rag.types import Reading

_LARGEST_FILE = 200_000_000


@dataclass(frozen=True, slots=True)
class OpenLibrary:
    """A library that questions can be asked of. `is_sample` tells the bundled one from the user's."""

    library: Library
    is_sample: bool


def open_library(settings: Settings, *, rebuilding: bool = False) -> Library:
    """Open the user's library under `settings.home`, creating it if there is none."""
    return Library(settings.home / "library", encoder=_encoder(settings), rebuilding=rebuilding)


def open_sample(settings: Settings) -> Library:
    """Open the bundled library, kept apart from the user's; words are indexed at once if need be."""
    home, encoder, checksum = settings.home / "sample", _encoder(settings), sample_checksum()
    try:
        library = Library(home, encoder=encoder)
        current = not library.size() or library.catalogue.manifest().get("sample") == checksum
        if not current:
            library.close()
    except (IndexMismatch, LibraryDamaged, LibraryTooNew):
        current = False
    if not current:  # nothing in it is the user's: it is made anew
        shutil.rmtree(home)
        library = Library(home, encoder=encoder)
    if not library.size():
        reading = read_source(read_sample(), source=SOURCE, format_name="jsonl")
        library.add(replace(paper, url=search_url(paper.title)) for paper in reading.papers)
        library.catalogue.write_manifest({**library.catalogue.manifest(), "sample": checksum})
    return library


def open_any(settings: Settings) -> OpenLibrary:
    """Open the user's library, or the sample as long as the user's holds no paper."""
    library = open_library(settings)
    if library.size():
        return OpenLibrary(library, is_sample=False)
    library.close()
    return OpenLibrary(open_sample(settings), is_sample=True)


def build_answerer(settings: Settings, library: Library) -> Answerer:
    """Build the line from question to answer, with the writer that the settings choose."""
    model = ChatModel(settings.model) if settings.writer == "llm" else None
    return Answerer(build_retriever(settings, library), model=model)


def build_retriever(settings: Settings, library: Library) -> Retriever:
    """Build the search over a library."""
    return Retriever(library, settings.retrieval)


def read_file(path: Path, *, format_name: str | None = None) -> Reading:
    """Read the papers of one file.

    Raises:
        SourceError: the file does not exist, cannot be opened, or is larger than 200 MB.
    """
    try:
        size = path.stat().st_size
        if size > _LARGEST_FILE:
            raise SourceError(f"{path} has {size / 1e6:,.0f} MB; {_LARGEST_FILE / 1e6:.0f} MB are the most")
        content = path.read_bytes()
    except IsADirectoryError as error:
        raise SourceError(f"{path} is a folder; name the files in it: {path}/*") from error
    except OSError as error:
        raise SourceError(f"{path} cannot be read ({error.strerror}); check the path") from error
    name = path.name.encode(errors="replace").decode()  # it may hold bytes that are no text
    return read_source(content, source=name, format_name=format_name)


def _encoder(settings: Settings) -> Encoder:
    return Encoder(threads=settings.threads)
