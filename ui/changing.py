"""The commands that change the library: `add`, `remove`, `check`. Each then builds the missing vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rag.errors import SourceError
from rag.numbers import counted
from ui.commands import build_vectors, read_own_settings, to_the_end
from ui.scope import read_id

if TYPE_CHECKING:
    from rag.library.adding import Added
    from rag.library.library import Library
    from rag.types import Reading

_MOST_SKIPPED = 20


def add(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Saved pages of Daily Papers or arXiv, BibTeX, RIS, feeds, JSON Lines or CSV; or folders of them."
        ),
    ] = None,
    format_name: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="What the files are, if it is not told right: arxiv-html, bibtex, csv, daily-papers, daily-papers-html, feed, jsonl or ris.",
        ),
    ] = None,
) -> None:
    """Add papers from saved pages or reference files. Without a path, go on with an interrupted add."""
    from rag.app import open_library
    from rag.sources.reading import FORMAT_NAMES
    from ui.terminal import notice, print_line

    if format_name is not None and format_name not in FORMAT_NAMES:
        raise typer.BadParameter(f"choose one of {', '.join(FORMAT_NAMES)}", param_hint="--format")
    library = to_the_end(open_library(read_own_settings()))
    if not paths and not library.unindexed():
        raise typer.BadParameter("name at least one file", param_hint="PATHS")
    brought = _add_files(_files(paths or []), library, format_name=format_name)
    if paths:
        print_line(brought.summary)
    for line in brought.skipped[:_MOST_SKIPPED]:
        notice(" ".join(f"skipped {line}".splitlines()))
    if len(brought.skipped) > _MOST_SKIPPED:
        notice(f"... and {len(brought.skipped) - _MOST_SKIPPED:,} more skipped")
    build_vectors(library)
    if brought.unopened or (paths and not brought.papers):
        raise typer.Exit(1)


def remove(
    ids: Annotated[
        list[str], typer.Argument(parser=read_id, help="Ids of papers, as `footnote papers` lists them.")
    ],
) -> None:
    """Take papers out of the library."""
    from rag.app import open_library
    from rag.types import PaperId
    from ui.terminal import print_line

    library = to_the_end(open_library(read_own_settings()))
    library.remove([PaperId(paper_id) for paper_id in ids])
    build_vectors(library)
    print_line(f"removed {counted(len(set(ids)), 'paper')}, {library.size():,} left")


def check(
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Build both indexes anew.")] = False,
    embeddings: Annotated[
        str | None,
        typer.Option(
            help="With --rebuild: another model for the vectors, e.g. openai:text-embedding-3-small, or bundled."
        ),
    ] = None,
) -> None:
    """Compare the indexes with the catalogue, and repair them."""
    from rag.app import open_library
    from ui.terminal import print_line

    if embeddings is not None and not rebuild:
        raise typer.BadParameter("another model needs --rebuild", param_hint="--embeddings")
    settings = read_own_settings() if embeddings is None else read_own_settings().with_embeddings(embeddings)
    library = to_the_end(open_library(settings, rebuilding=True))
    if not rebuild:
        library.compare_manifest()
        _repair(library)
        return
    # Asked twice for the same model, the second call goes on where the first was stopped.
    if embeddings is None or not library.is_built_as_asked():
        library.clear_indexes()
    build_vectors(library)
    print_line(f"rebuilt the indexes of {counted(library.size(), 'paper')}")


def _repair(library: Library) -> None:
    from ui.terminal import print_line

    found = library.check()
    build_vectors(library)
    if found.sound and not found.pending:
        print_line(f"sound: {counted(found.papers, 'paper')}, both indexes hold all of them")
        return
    for number, what in (
        (found.words_missing, "missing from the word index"),
        (found.words_orphaned, "in the word index only"),
        (found.vectors_missing, "without their vectors"),
        (found.vectors_orphaned, "among the vectors only"),
        (found.pending - found.vectors_missing - found.words_missing, "not finished"),
    ):
        if number > 0:
            print_line(f"{counted(number, 'paper')} {what}: repaired")


@dataclass(slots=True)
class _Brought:
    """What some files brought, as it comes: `papers` are ids, `unopened` counts the files that could not be read."""

    files: int
    added: Added
    papers: set[str] = field(default_factory=set)
    skipped: list[str] = field(default_factory=list)
    entries: int = 0
    unopened: int = 0

    def take(self, reading: Reading, added: Added) -> None:
        self.added += added
        self.papers |= {paper.id for paper in reading.papers}
        self.entries += len(reading.papers) + sum(item.line is not None for item in reading.skipped)
        self.skipped += [str(item) for item in reading.skipped]

    @property
    def summary(self) -> str:
        held = f"{counted(self.files, 'file')}, {counted(self.entries, 'entry', 'entries')}"
        return f"{held}, {counted(len(self.papers), 'paper')}: {_added(self.added)}"


def _add_files(files: Sequence[Path], library: Library, *, format_name: str | None) -> _Brought:
    from rag.app import read_file
    from rag.library.adding import Added

    brought = _Brought(len(files), Added())
    for path in files:
        try:
            reading = read_file(path, format_name=format_name)
        except SourceError as error:
            brought.skipped.append(str(error))
            brought.unopened += 1
        else:
            brought.take(reading, library.add(reading.papers))
    return brought


def _files(paths: list[Path]) -> list[Path]:
    """Expand folders to the files in them; hidden ones are left out."""
    found: list[Path] = []
    for path in paths:
        try:
            is_folder = path.is_dir()
            inside = path.iterdir() if is_folder else ()
            found += sorted(p for p in inside if p.is_file() and not p.name.startswith("."))
        except OSError:
            is_folder = False  # reading it as a file will say why it cannot be opened
        if not is_folder:
            found.append(path)
    return found


def _added(added: Added) -> str:
    parts = (
        (added.new, "new"),
        (added.updated, "updated"),
        (added.merged, "merged"),
        (added.unchanged, "unchanged"),
    )
    return ", ".join(f"{number:,} {what}" for number, what in parts if number) or "nothing new"
