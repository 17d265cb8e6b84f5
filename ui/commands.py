"""What all commands share: our errors become one line and an exit code, and a closed pipe is no error."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import ExitStack, closing
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ParamSpec, Protocol, TypeVar

import typer

from rag.errors import EncoderError, ExtraMissing, FootnoteError, LibraryBusy, ModelError
from rag.numbers import counted
from ui.start import INTERRUPTED, STOPPED

if TYPE_CHECKING:
    from rag.contracts import Record
    from rag.library.library import Library
    from rag.settings import Settings


class _Closable(Protocol):
    def close(self) -> None: ...


P = ParamSpec("P")
_C = TypeVar("_C", bound=_Closable)
_opened = ExitStack()  # by the one command that this process runs

JsonFlag = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]


def command(app: typer.Typer) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Register a function as a command of `app`, under its name.

    An error of ours, and one of the file system, ends it with one line and exit code 1, an interrupt with 130.
    """

    def register(function: Callable[P, None]) -> Callable[P, None]:
        @wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> None:
            from ui.terminal import quiet_pipe

            try:
                with _opened, quiet_pipe():
                    function(*args, **kwargs)
            except FootnoteError as error:
                print_error(str(error))
                raise typer.Exit(1) from None
            except OSError as error:  # a file that nobody expected to be in the way, or out of reach
                print_error(
                    f"{error.filename or 'a file'} cannot be used ({error.strerror or error}); check what it is, "
                    "its folder's permissions and free space"
                )
                raise typer.Exit(1) from None
            except KeyboardInterrupt:
                print_error(STOPPED)
                raise typer.Exit(INTERRUPTED) from None

        return app.command(name=function.__name__.rstrip("_"))(run)

    return register


def to_the_end(opened: _C) -> _C:
    """Have a library closed when the command ends, however it ends."""
    return _opened.enter_context(closing(opened))


def read_own_settings() -> Settings:
    """Read the settings of this run: environment, and `.env` in the current folder."""
    from rag.environment.reading import environment_with_dotenv, read_settings

    return read_settings(environment_with_dotenv(Path.cwd()))


def tell_sample(*, is_sample: bool) -> None:
    """Say that the bundled library is asked, where it is."""
    if is_sample:
        from rag.sample import NAME
        from ui.terminal import notice

        notice(f"Your library is empty; this is {NAME}. Add your own: footnote add PAGE...")


def build_vectors(library: Library) -> None:
    """Build the missing vectors under a progress bar; one that is stopped or fails says how to go on.

    Raises:
        typer.Exit: it failed, or was interrupted; what was built is kept.
    """
    from ui.terminal import notice, show_progress

    try:
        show_progress(library)
    except LibraryBusy as error:
        notice(f"{error}; it takes these papers along")
    except (EncoderError, ExtraMissing, ModelError) as error:
        print_error(f"{error}; what is done is kept, `footnote add` goes on")
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        left = library.unindexed()
        notice(
            f"Stopped with {counted(left, 'paper')} to go. All papers are searchable by their words; "
            "`footnote add` or `footnote chat` builds the rest."
        )
        raise typer.Exit(INTERRUPTED) from None


def print_error(text: str) -> None:
    """Say in one line what went wrong; names of files and servers stand in it, and may not command the terminal."""
    from ui.terminal import plain

    print(f"footnote: {' '.join(plain(text).splitlines())}", file=sys.stderr)


def print_json(record: Record) -> None:
    """Print UTF-8 whatever the terminal's encoding; what is no text in it becomes a question mark."""
    typer.echo(json.dumps(record, ensure_ascii=False).encode(errors="replace"))
