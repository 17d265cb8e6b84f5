"""What the commands of `footnote eval` are given: a run, questions, a library, a model; and what each names.

The package `eval` is imported where it is used, so that `--help` stays fast.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ui.commands import read_own_settings

if TYPE_CHECKING:
    from eval.reference import ReferenceQuestion
    from rag.answering.model.chat_model import ChatModel
    from rag.app import OpenLibrary
    from rag.settings import Settings

RUN_HELP = "Folder of a run, or its name under FOOTNOTE_HOME/runs."
RunFolder = Annotated[Path, typer.Argument(metavar="RUN", help=RUN_HELP)]
QuestionFile = Annotated[
    str,
    typer.Argument(
        metavar="QUESTIONS",
        help="A question file, a BEIR folder, or `reference`: the questions that come with Footnote.",
    ),
]
LibraryOption = Annotated[
    Path | None,
    typer.Option("--library", help="Folder of a library (a FOOTNOTE_HOME); your own if none is named."),
]
SampleFlag = Annotated[bool, typer.Option("--sample", help="Ask the bundled library.")]
HalfOption = Annotated[
    Literal["report", "tune"] | None, typer.Option("--half", help="Only this half of the questions.")
]
PricesOption = Annotated[
    tuple[float, float] | None,
    typer.Option(
        "--prices", metavar="PROMPT COMPLETION", help="Prices of a million tokens, to tell the cost."
    ),
]


def load(questions: str, *, judged: bool = True) -> tuple[ReferenceQuestion, ...]:
    """Read a question file, a BEIR folder, or the bundled questions under the name `reference`.

    Raises:
        SourceError: it cannot be used; with `judged`, also when a question lacks its judgments.
    """
    from eval.reference import load_questions
    from eval.trec import read_beir

    path = Path(questions)
    if questions == "reference" and not path.exists():
        return load_questions()
    return read_beir(path) if path.is_dir() else load_questions(path, judged=judged)


def configured_model() -> ChatModel:
    """Return the model that the settings name.

    Raises:
        SettingsError: none is configured.
    """
    from rag.app import chat_model
    from rag.errors import SettingsError

    settings = settings_for(None, None)
    if settings.writer != "llm":
        raise SettingsError(
            "no model is configured: set OPENAI_API_KEY or OPENAI_BASE_URL, and FOOTNOTE_MODEL"
        )
    return chat_model(settings.model)


def named_run(folder: Path) -> Path:
    """Return the folder that is meant: the one of the name under FOOTNOTE_HOME/runs, where there is no other."""
    from eval.listing import runs_folder

    kept = runs_folder(read_own_settings().home) / folder
    return kept if not folder.exists() and kept.exists() else folder


def open_named(settings: Settings, *, sample: bool, named: Path | None) -> OpenLibrary:
    """Open the bundled library, the one that is named, or what a question would be asked of."""
    from rag.app import OpenLibrary, open_any, open_library, open_sample
    from rag.errors import LibraryError

    if sample:
        return OpenLibrary(open_sample(settings), is_sample=True)
    if named is None:
        return open_any(settings)
    if not (named / "library").is_dir():
        raise LibraryError(f"{named} holds no library; name a folder that `footnote add` filled")
    return OpenLibrary(open_library(settings), is_sample=False)


def settings_for(library: Path | None, writer: Literal["quotes", "llm"] | None) -> Settings:
    """Read the settings, with the library and the writer that were named in their place."""
    settings = read_own_settings()
    return replace(settings, home=library or settings.home, writer=writer or settings.writer)
