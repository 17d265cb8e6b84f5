"""`footnote`: parse, call, print, exit code. Results go to stdout, everything else to stderr.

Exit codes: 0 done, 1 an error of ours in one line, 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

from ui.start import INTERRUPTED, end_quietly

if __name__ == "__main__":  # `python -m ui.cli`: before the imports that take long
    end_quietly()

import atexit
import codecs
import gc
import sys
from importlib.metadata import version
from io import TextIOWrapper
from typing import Annotated

import typer

from rag.types import Kind, Scope
from ui import changing, finding
from ui.commands import (
    JsonFlag,
    build_vectors,
    command,
    print_json,
    read_own_settings,
    tell_sample,
    to_the_end,
)
from ui.evaluation import app as evaluation
from ui.exporting import BibtexFlag, CsvFlag, MarkdownFlag, RisFlag, chosen_format, print_export
from ui.scope import scoped
from ui.signs import spell_in_ascii

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


def main() -> None:
    """Run the command line; what the terminal's encoding lacks is spelled in ASCII."""
    codecs.register_error("spelled", spell_in_ascii)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="spelled")
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


_command(changing.add)


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
    from ui.printed_answers import print_answer
    from ui.sweep import follow_answer
    from ui.terminal import err, notice

    wanted = chosen_format(json=as_json, csv=as_csv, bibtex=as_bibtex, ris=as_ris, markdown=as_markdown)
    settings = read_own_settings()
    asked = typer.get_text_stream("stdin", errors="replace").read() if question == "-" else question
    opened = to_the_end(open_any(settings))
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
        build_vectors(opened.library)


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
    from ui.chat import Desk
    from ui.server import serve

    serve(to_the_end(Desk(settings)), port=chosen, open_window=not no_browser)


_command(finding.search)
_command(finding.similar)
_command(finding.papers)
_command(changing.remove)
_command(changing.check)


@_command
def info(as_json: JsonFlag = False) -> None:
    """Show where the library is and how it stands."""
    from rag.app import open_library
    from rag.library.schema import State
    from ui.terminal import print_line

    settings = read_own_settings()
    library = to_the_end(open_library(settings))
    count = library.catalogue.count()
    rows: dict[str, str | int] = {
        "version": version("footnote"),
        "home": str(settings.home),
        "papers": library.size(),
        "files": library.catalogue.count_sources(),
        "with_vectors": count[State.INDEXED],
        "encoder": library.encoder.model,
        "writer": settings.writer_name,
    }
    if as_json:
        print_json(rows)
        return
    for name, value in rows.items():
        print_line(f"{name.replace('_', ' '):<13} {f'{value:,}' if isinstance(value, int) else value}")


@_command
def password(
    name: Annotated[str, typer.Argument(help="Name of the user.")],
) -> None:
    """Make an entry of FOOTNOTE_AUTH: a user with a hashed password."""
    from ui.passwords import hash_password

    if ":" in name or not name.strip() or len(name.split()) > 1:
        raise typer.BadParameter("a name without spaces and colons", param_hint="NAME")
    secret = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    print(f"{name}:{hash_password(secret)}")


if __name__ == "__main__":
    main()
