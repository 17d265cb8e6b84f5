"""Composition root: settings in, working parts out. The only place that chooses between parts.

What answers is imported where it is built: adding papers needs none of it, and starts .3 s sooner.
"""

from __future__ import annotations

import functools
import os
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import IndexMismatch, LibraryDamaged, LibraryTooNew, SourceError
from rag.library import remote_encoder, sentence_encoder
from rag.library.encoder import Encoder
from rag.library.encoding import PaperEncoder
from rag.library.library import Library
from rag.library.locks import Locks
from rag.library.manifest import read_manifest
from rag.library.remote_encoder import RemoteEncoder
from rag.library.sentence_encoder import SentenceEncoder
from rag.sample import SOURCE, read_sample, sample_checksum, search_url
from rag.settings import ModelSettings, RerankSettings, Settings
from rag.sources.reading import read_source
from rag.types import Reading

if TYPE_CHECKING:
    from rag.answering.answerer import Answerer
    from rag.answering.model.chat_model import ChatModel
    from rag.answering.sets.judging import Judge
    from rag.retrieval.reranking import Reranker
    from rag.retrieval.retriever import Retriever

_LARGEST_FILE = 200_000_000


@dataclass(frozen=True, slots=True)
class OpenLibrary:
    """A library that questions can be asked of. `is_sample` tells the bundled one from the user's."""

    library: Library
    is_sample: bool

    def close(self) -> None:
        """Let go of its files."""
        self.library.close()


def open_library(settings: Settings, *, rebuilding: bool = False) -> Library:
    """Open the user's library under `settings.home`, creating it if there is none.

    Its vectors are made by the model that the library was built with, unless the settings name one.

    Raises:
        IndexMismatch: the settings name another model, and `rebuilding` is not set.
    """
    home = settings.home / "library"
    wanted, stored = settings.embeddings.model, read_manifest(home).get("model", "")
    encoder = _encoder(settings, wanted or stored)
    if wanted and stored not in ("", encoder.model) and not rebuilding:
        raise IndexMismatch(
            f"the library at {home} was indexed with model {stored!r}, FOOTNOTE_EMBEDDINGS asks for {wanted!r}; "
            f"leave it empty, or change the library: footnote check --rebuild --embeddings {wanted}"
        )
    return Library(home, encoder=encoder, rebuilding=rebuilding)


def open_sample(settings: Settings) -> Library:
    """Open the bundled library, kept apart from the user's; words are indexed at once if need be.

    Its vectors are the bundled encoder's, whatever the user's library takes: it costs no key.
    """
    home, encoder, checksum = settings.home / "sample", _encoder(settings, ""), sample_checksum()
    with Locks(settings.home).hold(
        "open"
    ):  # half made by another process, it would be taken for an older one
        library = _open_current(home, encoder, checksum)
        if library is None:  # nothing in it is the user's: it is made anew
            shutil.rmtree(home)
            library = Library(home, encoder=encoder)
        if not library.size():
            reading = read_source(read_sample(), source=SOURCE, format_name="jsonl")
            library.add(replace(paper, url=search_url(paper.title)) for paper in reading.papers)
            library.catalogue.write_manifest({**library.catalogue.manifest(), "sample": checksum})
    return library


def _open_current(home: Path, encoder: PaperEncoder, checksum: str) -> Library | None:
    """Open the sample if it is empty yet or has this checksum; None if it is another, or cannot be used."""
    try:
        library = Library(home, encoder=encoder)
    except (IndexMismatch, LibraryDamaged, LibraryTooNew):
        return None
    if not library.size() or library.catalogue.manifest().get("sample") == checksum:
        return library
    library.close()
    return None


def open_any(settings: Settings) -> OpenLibrary:
    """Open the user's library, or the sample as long as the user's holds no paper."""
    library = open_library(settings)
    if library.size():
        return OpenLibrary(library, is_sample=False)
    library.close()
    return OpenLibrary(open_sample(settings), is_sample=True)


def build_answerer(settings: Settings, library: Library) -> Answerer:
    """Build the line from question to answer, with the writer that the settings choose."""
    from rag.answering.answerer import Answerer
    from rag.answering.asking.model_reading import KindReader

    judge = build_judge(settings, library) if settings.writer == "llm" else None
    seconds = settings.model.kind_seconds
    reader = KindReader(judge.model, judge.kept, seconds=seconds) if judge and seconds else None
    return Answerer(build_retriever(settings, library), judge=judge, reader=reader)


def build_judge(settings: Settings, library: Library) -> Judge:
    """Build the judge of set questions; what it says of a library's papers is kept in the library's folder."""
    from rag.answering.sets.judging import Judge
    from rag.answering.sets.kept_verdicts import FILE, KeptVerdicts

    model = chat_model(settings.model)
    return Judge(model, KeptVerdicts(library.home / FILE, model=model.name), settings.judging)


@functools.lru_cache(maxsize=4)
def chat_model(settings: ModelSettings) -> ChatModel:
    """Build the model that the settings name; one for the whole process, because it may be in it.

    Raises:
        SettingsError: the settings name a model file that cannot be used.
        ExtraMissing: they name one, and the package that runs it is not installed.
    """
    from rag.answering.model.chat_model import ChatModel
    from rag.answering.model.local_model import LocalModel

    local = LocalModel(settings.file, context=settings.context) if settings.file else None
    return ChatModel(settings, local=local)


def build_retriever(settings: Settings, library: Library) -> Retriever:
    """Build the search over a library, with the re-ranker that the settings choose."""
    from rag.retrieval.reranking import Reranking
    from rag.retrieval.retriever import Retriever

    reranker = _reranker(settings.rerank, settings.model)
    reranking = Reranking(reranker, settings.rerank.depth) if reranker else None
    return Retriever(library, settings.retrieval, reranking=reranking)


def read_file(path: Path, *, format_name: str | None = None) -> Reading:
    """Read the papers of one file.

    Raises:
        SourceError: the file does not exist, cannot be opened, or is larger than 200 MB.
    """
    try:
        # A device or a pipe does not tell its size, and may have no end.
        with open(path, "rb", opener=_open_at_once) as file:
            content = file.read(_LARGEST_FILE + 1)
    except IsADirectoryError as error:
        raise SourceError(f"{path} is a folder; name the files in it: {path}/*") from error
    except OSError as error:
        raise SourceError(f"{path} cannot be read ({error.strerror}); check the path") from error
    if len(content) > _LARGEST_FILE:
        raise SourceError(f"{path} is too large; {_LARGEST_FILE / 1e6:.0f} MB are the most")
    name = "".join(char if char.isprintable() else "?" for char in path.name)  # it may hold what is no text
    return read_source(content, source=name, format_name=format_name)


def _open_at_once(path: str, flags: int) -> int:
    """Open a file; of a named pipe that nobody writes to, find the end at once instead of waiting for somebody."""
    number = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
    if hasattr(os, "O_NONBLOCK"):
        os.set_blocking(number, True)
    return number


def _encoder(settings: Settings, model: str) -> PaperEncoder:
    """Choose by the model's name; one that is unknown leads to the bundled encoder, which will not fit."""
    if model.startswith(remote_encoder.PREFIX):
        name = model.removeprefix(remote_encoder.PREFIX)
        return RemoteEncoder(name, settings.embeddings.server, workers=settings.threads)
    if model.startswith(sentence_encoder.PREFIX):
        return SentenceEncoder(model.removeprefix(sentence_encoder.PREFIX))
    return Encoder(threads=settings.threads)


@functools.cache  # a loaded model and open connections serve all questions
def _reranker(chosen: RerankSettings, model: ModelSettings) -> Reranker | None:
    from rag.answering.model.grading import ModelJudge
    from rag.retrieval.cross_encoder import CrossEncoderReranker
    from rag.retrieval.rerank_server import RerankServer

    match chosen.kind:
        case "none":
            return None
        case "server":
            return RerankServer(chosen.server, model=chosen.name) if chosen.server else None
        case "cross-encoder":
            return CrossEncoderReranker(chosen.name)
        case "llm":
            return ModelJudge(chat_model(model))
