"""Putting the parts together: the bundled sample, which library is asked, and files that cannot be opened."""

from __future__ import annotations

import json
import os
import re
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import pytest

from rag.app import open_any, open_library, open_sample, read_file
from rag.environment.reading import read_settings
from rag.errors import LibraryBusy, SourceError
from rag.library.adding import Added
from rag.library.library import Library
from rag.sample import NAME, read_sample, sample_checksum
from rag.settings import Settings
from rag.sources.entry import title_key
from rag.sources.reading import read_source
from rag.types import Paper


@pytest.fixture
def home_settings(tmp_path: Path) -> Settings:
    """Settings with a state folder of their own."""
    return read_settings({"FOOTNOTE_HOME": str(tmp_path / "home")})


@pytest.fixture(scope="module")
def digests() -> tuple[Paper, ...]:
    """The bundled sample, as it is read."""
    reading = read_source(read_sample(), source="sample", format_name="jsonl")
    assert not reading.skipped
    return reading.papers


def test_the_sample_is_one_record_a_line(digests: tuple[Paper, ...]) -> None:
    lines = read_sample().decode().splitlines()
    assert len(lines) == len(digests) == 557
    assert all({"title", "abstract"} <= set(json.loads(line)) for line in lines)
    assert "557" in NAME


def test_the_digests_have_different_titles_and_ids(digests: tuple[Paper, ...]) -> None:
    assert len({title_key(digest.title) for digest in digests}) == 557
    assert len({digest.id for digest in digests}) == 557


def test_every_digest_has_the_length_of_a_short_abstract(digests: tuple[Paper, ...]) -> None:
    lengths = [len(digest.abstract.split()) for digest in digests]
    assert 45 <= min(lengths) <= max(lengths) <= 110


def _runs(text: str, length: int) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


def test_no_digest_has_nine_words_in_a_row_from_the_authors_abstract(
    digests: tuple[Paper, ...], pages: Path
) -> None:
    abstracts: defaultdict[str, list[str]] = defaultdict(list)
    for page in pages.iterdir():
        for paper in read_file(page).papers:
            abstracts[title_key(paper.title)].append(paper.abstract)
    assert all(title_key(digest.title) in abstracts for digest in digests)
    for digest in digests:
        own = _runs(digest.abstract, 9)
        assert not any(own & _runs(text, 9) for text in abstracts[title_key(digest.title)])


def test_the_sample_is_added_once(home_settings: Settings) -> None:
    first = open_sample(home_settings)
    before = first.catalogue.manifest()
    first.close()
    second = open_sample(home_settings)
    assert second.size() == second.lexical.count() == 557
    assert second.catalogue.manifest() == before == {**before, "sample": sample_checksum()}
    second.close()


def test_the_sample_that_another_process_is_making_is_not_thrown_away(
    home_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second process comes between the papers and the mark that they are all there."""
    really_add, made = Library.add, list[int]()

    def add(library: Library, papers: Iterable[Paper]) -> Added:
        added = really_add(library, papers)
        if not made:
            made.append((library.home / "catalogue.sqlite").stat().st_ino)
            with suppress(LibraryBusy):
                open_sample(home_settings).close()
        return added

    monkeypatch.setattr("rag.library.locks._WAIT_SECONDS", 0.01)
    monkeypatch.setattr(Library, "add", add)
    library = open_sample(home_settings)
    assert [(library.home / "catalogue.sqlite").stat().st_ino] == made
    assert library.size() == 557
    library.close()


def test_another_sample_than_the_bundled_one_is_replaced(home_settings: Settings) -> None:
    library = open_sample(home_settings)
    (first,) = library.catalogue.get([next(library.catalogue.list()).id]).values()
    library.add([Paper(first.id, first.title, "An older digest of this paper.")])
    library.catalogue.write_manifest({**library.catalogue.manifest(), "sample": "older"})
    library.close()
    again = open_sample(home_settings)
    assert again.catalogue.get([first.id])[first.id].abstract == first.abstract
    assert again.size() == 557
    again.close()


def test_the_sample_is_asked_only_while_the_library_is_empty(home_settings: Settings) -> None:
    empty = open_any(home_settings)
    assert empty.is_sample
    empty.library.close()
    own = open_library(home_settings)
    assert own.size() == 0
    own.add([read_source(read_sample(), source="sample").papers[0]])
    own.close()
    opened = open_any(home_settings)
    assert (opened.is_sample, opened.library.size()) == (False, 1)
    opened.library.close()


def test_a_file_is_read_under_its_name(tmp_path: Path) -> None:
    path = tmp_path / "page.jsonl"
    path.write_text('{"title": "Tides", "abstract": "They come and go."}')
    (paper,) = read_file(path).papers
    assert paper.sources == ("page.jsonl",)


def test_a_path_that_cannot_be_opened_is_named_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"missing\.txt cannot be read \(.+\); check the path"):
        read_file(tmp_path / "missing.txt")
    with pytest.raises(SourceError, match=r"is a folder; name the files in it"):
        read_file(tmp_path)


def test_a_file_larger_than_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    path.touch()
    os.truncate(path, 200_000_001)  # it takes no room on the disk
    for endless in (path, Path("/dev/zero")):  # a device tells no size
        with pytest.raises(SourceError, match="200 MB are the most"):
            read_file(endless)
