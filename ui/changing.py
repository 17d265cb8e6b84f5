"""The commands that change the library: `add`, `remove`, `check`. Each then builds the missing vectors."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rag.errors import SourceError
from ui.commands import build_vectors, read_own_settings
from ui.numbers import counted

if TYPE_CHECKING:
    from rag.library.adding import Added

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
    """Add papers from saved pages. Without a path, go on with an interrupted add."""
    from rag.app import open_library, read_file
    from rag.library.adding import Added
    from rag.sources.reading import FORMAT_NAMES
    from ui.terminal import notice, print_line

    if format_name is not None and format_name not in FORMAT_NAMES:
        raise typer.BadParameter(f"choose one of {', '.join(FORMAT_NAMES)}", param_hint="--format")
    library = open_library(read_own_settings())
    if not paths and not library.unindexed():
        raise typer.BadParameter("name at least one file", param_hint="PATHS")
    files = _files(paths or [])
    added = Added()
    papers: set[str] = set()
    skipped: list[str] = []
    unopened = entries = 0
    for path in files:
        try:
            reading = read_file(path, format_name=format_name)
        except SourceError as error:
            skipped.append(str(error))
            unopened += 1
            continue
        added += library.add(reading.papers)
        papers |= {paper.id for paper in reading.papers}
        entries += len(reading.papers) + sum(item.line is not None for item in reading.skipped)
        skipped += [str(item) for item in reading.skipped]
    if paths:
        _count = f"{counted(len(files), 'file')}, {counted(entries, 'entry', 'entries')}, "
        print_line(f"{_count}{counted(len(papers), 'paper')}: {_added(added)}")
    for line in skipped[:_MOST_SKIPPED]:
        notice(f"skipped {line}")
    if len(skipped) > _MOST_SKIPPED:
        notice(f"... and {len(skipped) - _MOST_SKIPPED:,} more skipped")
    build_vectors(library)
    if unopened or (paths and not papers):
        raise typer.Exit(1)


def remove(
    ids: Annotated[list[str], typer.Argument(help="Ids of papers, as `footnote papers` lists them.")],
) -> None:
    """Take papers out of the library."""
    from rag.app import open_library
    from rag.types import PaperId
    from ui.terminal import print_line

    library = open_library(read_own_settings())
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
    library = open_library(settings, rebuilding=True)
    if not rebuild:
        library.compare_manifest()
    if rebuild:
        # Asked twice for the same model, the second call goes on where the first was stopped.
        if embeddings is None or not library.is_built_as_asked():
            library.clear_indexes()
        build_vectors(library)
        print_line(f"rebuilt the indexes of {counted(library.size(), 'paper')}")
        return
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
