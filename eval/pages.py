"""Saved pages as benches and trainings are given them: named on the command line, or in a library that holds them."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rag.app import build_retriever, open_library, read_file
from rag.environment.reading import read_settings
from rag.retrieval.retriever import Retriever


def pages_parser(description: str | None) -> argparse.ArgumentParser:
    """Return a parser of the arguments that `searched_pages` takes; a module describes itself by its docstring."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("pages", nargs="*", type=Path)
    parser.add_argument("--home", type=Path, help="a library that holds the pages already")
    return parser


@contextmanager
def searched_pages(arguments: argparse.Namespace) -> Iterator[Retriever]:
    """Index the pages in their library, or in one that is gone with the block, and build the search over it."""
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings({"FOOTNOTE_HOME": str(arguments.home or folder)})
        library = open_library(settings)
        for page in arguments.pages:
            library.add(read_file(page).papers)
        list(library.index())
        yield build_retriever(settings, library)
