"""The report of what a file added."""

from __future__ import annotations

from bs4 import BeautifulSoup

from rag.library.adding import Added
from rag.sources.reading import read_source
from ui.render_papers import render_report


def test_a_file_that_cannot_be_read_is_told_why_at_once_and_without_options_of_the_command_line() -> None:
    reading = read_source(b"kelp, kelp", source="kelp.txt")
    drawn = BeautifulSoup(render_report(reading, Added()), "html.parser")
    assert [item.get_text() for item in drawn.select("ul > li")] == ["no known listing format"]
    assert not drawn.select("details")
