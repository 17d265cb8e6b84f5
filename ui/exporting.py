"""The flags of `footnote ask` that print its sources for another program, and which of them was given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rag.types import Answer

CsvFlag = Annotated[bool, typer.Option("--csv", help="Print the sources as CSV.")]
BibtexFlag = Annotated[bool, typer.Option("--bibtex", help="Print the sources as BibTeX.")]
RisFlag = Annotated[bool, typer.Option("--ris", help="Print the sources as RIS.")]
MarkdownFlag = Annotated[bool, typer.Option("--markdown", help="Print the answer as Markdown.")]


def chosen_format(**flags: bool) -> str:
    """Return the name of the one flag that is set, or an empty string.

    Raises:
        typer.BadParameter: several are set.
    """
    chosen = [name for name, is_set in flags.items() if is_set]
    if len(chosen) > 1:
        raise typer.BadParameter("choose one format", param_hint=" / ".join(f"--{name}" for name in chosen))
    return "".join(chosen)


def print_export(answer: Answer, wanted: str) -> None:
    """Print an answer in a format of `rag.exports`: UTF-8 with the line ends that the format asks for.

    What the reader should know goes to stderr, above all that papers of a refusal do not answer the question.
    """
    from rag.exports import Format, export
    from ui.terminal import notice

    typer.echo(export(answer, Format(wanted)).encode(errors="replace"), nl=False)
    if not answer.sources:
        notice("No paper is cited: there is nothing to export.")
    elif not answer.sentences:
        notice(f"Not answered ({answer.status.words}): these are the nearest papers, no sources.")
    for text in answer.notices:
        notice(text)
