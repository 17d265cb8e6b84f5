"""The options that narrow a command down to some papers: the same for every command that finds any."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Concatenate, ParamSpec

import typer

from rag.types import PaperId, Scope

P = ParamSpec("P")


def scoped(function: Callable[Concatenate[Scope, P], None]) -> Callable[..., None]:
    """Give a command the options of a scope; it gets the scope as its first argument.

    Options that do not fit together end the command with exit code 2.
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        options = {name: kwargs.pop(name) for name in _OPTIONS}
        function(_scope(**options), *args, **kwargs)  # type: ignore[arg-type]

    signature = inspect.signature(function, eval_str=True)
    own = [parameter for name, parameter in signature.parameters.items() if name != "scope"]
    run.__signature__ = signature.replace(  # type: ignore[attr-defined]  # what typer reads the options from
        parameters=[*own, *inspect.signature(_scope, eval_str=True).parameters.values()]
    )
    return run


def read_id(text: str) -> PaperId:
    """Return the id that is meant: of an arXiv address, or one with a version, the bare arXiv id.

    >>> read_id("arXiv:2103.14030v2"), read_id("twin-scale-fusion")
    ('2103.14030', 'twin-scale-fusion')
    """
    from rag.sources.arxiv_ids import find_arxiv_id

    return PaperId(find_arxiv_id(text) or text.strip())


def _date(text: str) -> str:
    from rag.library.dates import is_date

    if not is_date(text):
        raise typer.BadParameter(f"{text!r} is no date; write 2024, 2024-05 or 2024-05-17")
    return text


def _name(text: str) -> str:
    if not text.strip():
        raise typer.BadParameter("name at least one letter")
    return text


def _scope(  # noqa: PLR0913  # one parameter an option, as typer reads them
    *,
    since: Annotated[
        str | None,
        typer.Option(metavar="DATE", parser=_date, help="Papers from this year, month or day on: 2024-05."),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(metavar="DATE", parser=_date, help="Papers up to the end of this year, month or day."),
    ] = None,
    source: Annotated[
        list[str] | None,
        typer.Option(metavar="FILE", parser=_name, help="Papers of the files whose name holds this."),
    ] = None,
    author: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", parser=_name, help="Papers with an author whose name holds this."),
    ] = None,
    title: Annotated[
        list[str] | None,
        typer.Option(metavar="WORDS", parser=_name, help="Papers whose title holds all these words."),
    ] = None,
    identifier: Annotated[
        list[str] | None,
        typer.Option(
            "--id", metavar="ID", parser=read_id, help="This paper. Given twice, as the others: either."
        ),
    ] = None,
) -> Scope:
    if since and until and since[: len(until)] > until:
        raise typer.BadParameter(f"{since} is after {until}", param_hint="--since")
    return Scope(
        since=since,
        until=until,
        sources=tuple(source or ()),
        authors=tuple(author or ()),
        titles=tuple(title or ()),
        ids=tuple(map(PaperId, identifier)) if identifier else None,
    )


_OPTIONS = tuple(inspect.signature(_scope).parameters)
