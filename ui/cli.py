"""`footnote`: parse, call, print, exit code. Results go to stdout, everything else to stderr.

Exit codes: 0 done, 1 an error of ours in one line, 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

import atexit
import gc
import sys
from importlib.metadata import version
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rag.errors import EncoderError, ExtraMissing, LibraryBusy, ModelError, SourceError
from rag.types import Kind, Scope
from ui import finding
from ui.commands import (
    INTERRUPTED,
    JsonFlag,
    command,
    counted,
    print_json,
    read_own_settings,
    tell_sample,
)
from ui.evaluation_sets import app as evaluation
from ui.exporting import BibtexFlag, CsvFlag, MarkdownFlag, RisFlag, chosen_format, print_export
from ui.scope import scoped

if TYPE_CHECKING:
    from rag.library.adding import Added
    from rag.library.library import Library
    from rag.types import Reading

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Ask questions of paper abstracts; every sentence of an answer carries a footnote.",
    epilog="State lives under FOOTNOTE_HOME; `footnote info` shows where that is.",
)
app.add_typer(evaluation, name="eval")
_command = command(app)
_MOST_SKIPPED = 20


def main() -> None:
    """Run the command line; a character that the terminal's encoding lacks is printed as a question mark."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    atexit.register(gc.freeze)  # looking for cycles in all that ends with the process takes .2 s
    app()


def _print_version(wanted: bool) -> None:  # noqa: FBT001  # typer's callback signature
    if wanted:
        print(f"footnote {version('footnote')}")
        raise typer.Exit


@app.callback()
def _options(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Ask questions of paper abstracts; every sentence of an answer carries a footnote."""


@_command
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
    """Add papers from saved pages; without a path, go on with an interrupted add."""
    from rag.app import open_library
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
            reading = _read_file(path, format_name)
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
    _build_vectors(library)
    if unopened or (paths and not papers):
        raise typer.Exit(1)


_command(finding.search)
_command(finding.similar)


@_command
@scoped
def ask(  # noqa: PLR0913, PLR0917  # a flag for each format
    scope: Scope,
    question: Annotated[str, typer.Argument(help="The question; - reads it from standard input.")],
    as_json: JsonFlag = False,
    as_csv: CsvFlag = False,
    as_bibtex: BibtexFlag = False,
    as_ris: RisFlag = False,
    as_markdown: MarkdownFlag = False,
    kind: Annotated[
        Kind | None, typer.Option(help="What sort of answer is asked for; told from the words if not given.")
    ] = None,
    criteria: Annotated[
        str | None,
        typer.Option(
            help='What a paper must meet, instead of what the question tells: "(images OR video) AND NOT labels".'
        ),
    ] = None,
    goes_on: Annotated[
        bool, typer.Option("--continue", help="Go on from the last answer: of those, the second one, ...")
    ] = False,
    whole: Annotated[
        bool, typer.Option("--whole", help="With a model: judge all papers, whatever FOOTNOTE_BUDGET is.")
    ] = False,
) -> None:
    """Answer a question; every sentence carries its footnotes.

    Example: footnote ask "which papers combine local and global features?"
    Then: footnote ask --continue "of those, which are about point clouds?"
    """
    from rag.answering.asking.conversation import continue_with
    from rag.answering.asking.criteria_line import parse_criteria
    from rag.app import build_answerer, open_any
    from rag.contracts import answer_record
    from rag.types import NOTHING_SAID
    from ui.continuing import keep_conversation, last_conversation
    from ui.sweep import follow_answer
    from ui.terminal import err, notice, print_answer

    wanted = chosen_format(json=as_json, csv=as_csv, bibtex=as_bibtex, ris=as_ris, markdown=as_markdown)
    settings = read_own_settings()
    asked = typer.get_text_stream("stdin", errors="replace").read() if question == "-" else question
    opened = open_any(settings)
    tell_sample(is_sample=opened.is_sample)
    said = last_conversation(settings.home) if goes_on else NOTHING_SAID
    answerer = build_answerer(settings, opened.library)
    given = parse_criteria(criteria) if criteria and criteria.strip() else None
    answer = follow_answer(
        lambda whole: answerer.answer(
            asked, kind=kind, scope=scope, conversation=said, criteria=given, whole=whole
        ),
        whole=whole,
        may_ask=not wanted and sys.stdin.isatty() and err.is_terminal,
        as_text=not wanted,
    )
    if answer is None:
        raise typer.Exit(INTERRUPTED)
    try:
        if wanted == "json":
            print_json(answer_record(answer))
        elif wanted:
            print_export(answer, wanted)
        else:
            print_answer(answer)
    finally:  # whoever has seen enough of it (`| head`, a pager) may go on from it all the same
        keep_conversation(settings.home, continue_with(said, answer))
    if opened.is_sample and err.is_terminal and opened.library.unindexed():
        notice(
            "Building the sample's vectors for better ranking from now on (Ctrl-C stops, nothing is lost)."
        )
        _build_vectors(opened.library)


_command(finding.papers)


@_command
def remove(
    ids: Annotated[list[str], typer.Argument(help="Ids of papers, as `footnote papers` lists them.")],
) -> None:
    """Take papers out of the library."""
    from rag.app import open_library
    from rag.types import PaperId
    from ui.terminal import print_line

    library = open_library(read_own_settings())
    library.remove([PaperId(paper_id) for paper_id in ids])
    _build_vectors(library)
    print_line(f"removed {counted(len(set(ids)), 'paper')}, {library.size():,} left")


@_command
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
        _build_vectors(library)
        print_line(f"rebuilt the indexes of {counted(library.size(), 'paper')}")
        return
    found = library.check()
    _build_vectors(library)
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


@_command
def info(as_json: JsonFlag = False) -> None:
    """Show where the library is and how it stands."""
    from rag.app import open_library
    from rag.library.schema import State
    from ui.terminal import print_line

    settings = read_own_settings()
    library = open_library(settings)
    count = library.catalogue.count()
    rows: dict[str, str | int] = {
        "version": version("footnote"),
        "home": str(settings.home),
        "papers": library.size(),
        "files": library.catalogue.count_sources(),
        "with_vectors": count[State.INDEXED],
        "encoder": library.encoder.model,
        "writer": settings.writer if settings.writer == "quotes" else f"llm:{settings.model.name}",
    }
    if as_json:
        print_json(rows)
        return
    for name, value in rows.items():
        print_line(f"{name.replace('_', ' '):<13} {f'{value:,}' if isinstance(value, int) else value}")


@_command
def chat(
    port: Annotated[int | None, typer.Option(min=1, max=65_535, help="Port; 7860 if none is set.")] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open a browser window.")] = False,
) -> None:
    """Open the chat in the browser."""
    from ui.address import require_free
    from ui.terminal import notice

    settings = read_own_settings()
    chosen = port or settings.server.port
    require_free(settings.server.host, chosen)
    notice("starting the page ...")
    from ui.server import serve

    serve(settings, port=chosen, open_window=not no_browser)


@_command
def password(
    name: Annotated[str, typer.Argument(help="Name of the user.")],
) -> None:
    """Make an entry of FOOTNOTE_AUTH: a user with a hashed password."""
    from ui.guard import hash_password

    if ":" in name or not name.strip() or len(name.split()) > 1:
        raise typer.BadParameter("a name without spaces and colons", param_hint="NAME")
    secret = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    print(f"{name}:{hash_password(secret)}")


def _read_file(path: Path, format_name: str | None) -> Reading:
    from rag.app import read_file

    return read_file(path, format_name=format_name)


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


def _build_vectors(library: Library) -> None:
    from ui.terminal import notice, show_progress

    try:
        show_progress(library)
    except LibraryBusy as error:
        notice(f"{error}; it takes these papers along")
    except (EncoderError, ExtraMissing, ModelError) as error:
        print(f"footnote: {error}; what is done is kept, `footnote add` goes on", file=sys.stderr)
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        left = library.unindexed()
        notice(
            f"Stopped with {counted(left, 'paper')} to go. All papers are searchable by their words; "
            "`footnote add` or `footnote chat` builds the rest."
        )
        raise typer.Exit(INTERRUPTED) from None


def _added(added: Added) -> str:
    parts = (
        (added.new, "new"),
        (added.updated, "updated"),
        (added.merged, "merged"),
        (added.unchanged, "unchanged"),
    )
    return ", ".join(f"{number:,} {what}" for number, what in parts if number) or "nothing new"


if __name__ == "__main__":
    main()
