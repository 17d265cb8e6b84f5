"""`footnote add`: good pages, bad pages, the same pages again, and an add that is interrupted."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

import pytest
from typer.testing import Result

from rag.sources.reading import FORMAT_NAMES
from rag.types import Paper
from tests.ui.command_line import footnote, records, start, words_only, write_papers

_GOOD = ("Tidal Clocks", "Mussels open their shells by the tide. Tidal Clocks counts it without a watch.")


@pytest.fixture(scope="module")
def real_pages(pages: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """The five saved pages, added once: the state folder and what the command said."""
    home = tmp_path_factory.mktemp("real")
    with words_only(home):
        return home, footnote("add", *sorted(pages.iterdir()), home=home)


def test_the_five_pages_hold_557_papers(real_pages: tuple[Path, Result]) -> None:
    _, added = real_pages
    assert added.exit_code == 0
    assert added.stdout.startswith("5 files, 670 entries, 557 papers: 557 new, 113 merged\n")
    assert "skipped" not in added.stderr


def test_the_papers_of_the_pages_are_found_by_their_words_at_once(real_pages: tuple[Path, Result]) -> None:
    home, _ = real_pages
    answer = records(footnote("ask", "which papers combine local and global features?", "--json", home=home))
    assert len(answer[0]["sources"]) >= 10
    assert "Vectors are built for 0 of 557 papers" in answer[0]["notices"][0]


def test_adding_the_pages_again_changes_nothing(real_pages: tuple[Path, Result], pages: Path) -> None:
    home, _ = real_pages
    before = footnote("papers", "--json", home=home).stdout
    with words_only(home):
        again = footnote("add", pages, home=home)
    assert again.stdout == "5 files, 670 entries, 557 papers: 670 unchanged\n"
    assert footnote("papers", "--json", home=home).stdout == before


def test_added_papers_get_their_vectors(tmp_path: Path, papers: tuple[Paper, ...]) -> None:
    page = write_papers(tmp_path / "page.jsonl", *((paper.title, paper.abstract) for paper in papers))
    assert footnote("add", page).stdout == "1 file, 5 entries, 5 papers: 5 new\n"
    assert records(footnote("info", "--json"))[0]["with_vectors"] == 5


def test_vectors_are_left_to_the_process_that_builds_them_already(tmp_path: Path) -> None:
    with words_only(tmp_path / "home"):
        added = footnote("add", write_papers(tmp_path / "page.jsonl", _GOOD))
    assert added.exit_code == 0
    assert "another Footnote is building the vectors" in added.stderr
    assert added.stderr.endswith("it takes these papers along\n")


def test_a_folder_stands_for_the_files_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    (folder / "deeper").mkdir(parents=True)
    write_papers(folder / "one.jsonl", _GOOD)
    write_papers(folder / "two.jsonl", _GOOD)
    write_papers(folder / ".hidden.jsonl", ("Hidden", "It is not read."))
    write_papers(folder / "deeper" / "three.jsonl", ("Deeper", "It is not read."))
    with words_only(tmp_path / "home"):
        added = footnote("add", folder)
    assert (added.exit_code, added.stdout) == (0, "2 files, 2 entries, 1 paper: 1 new, 1 merged\n")


def test_what_cannot_be_read_is_named_and_the_rest_is_added(tmp_path: Path) -> None:
    good = write_papers(tmp_path / "good.jsonl", _GOOD)
    line = good.read_bytes()
    (tmp_path / "binary.bin").write_bytes(b"\x7fELF\0\1\2")
    (tmp_path / "empty.txt").touch()
    (tmp_path / "latin.jsonl").write_bytes(line + '{"title": "Café", "abstract": "Été."}'.encode("latin-1"))
    (tmp_path / "cut.jsonl").write_bytes(line + line[:40])
    names = ("binary.bin", "cut.jsonl", "empty.txt", "good.jsonl", "latin.jsonl")
    with words_only(tmp_path / "home"):
        added = footnote("add", *(tmp_path / name for name in names))
    assert (added.exit_code, added.stdout) == (0, "5 files, 5 entries, 1 paper: 1 new, 2 merged\n")
    assert added.stderr.splitlines()[:-1] == [
        "skipped binary.bin: a binary file; save the page as text or HTML",
        "skipped cut.jsonl:2: not a JSON object on one line",
        "skipped empty.txt: the file is empty",
        "skipped latin.jsonl:2: bytes that are not UTF-8; save the file as UTF-8 and add it again",
    ]


def test_four_kinds_of_files_are_added_at_once_and_what_is_broken_in_each_is_named(tmp_path: Path) -> None:
    def page(entry: str) -> str:
        return f'<html><li class="arxiv-result"><p class="title">{entry}</p></li></html>'

    owls = '<span class="abstract-full">They hunt.</span>'
    atom = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Bats</title>'
    files = {
        "arxiv.html": page(f"Owls</p>{owls}<p>") + page("Empty Nest"),
        "feed.xml": f"{atom}<summary>They fly.</summary></entry>\n<entry><title>Moths</entry></feed>",
        "refs.bib": "@misc{a, title={Mice}, abstract={They flee.}}\n@misc{b, title={Cats, abstract={Purr.}}",
        "refs.ris": "TY  - GEN\nTI  - Voles\nAB  - They dig.\nER  - \nTY  - GEN\nTI  - Moles\nER  - \n",
    }
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    with words_only(tmp_path / "home"):
        added = footnote("add", *(tmp_path / name for name in files))
    assert (added.exit_code, added.stdout) == (0, "4 files, 8 entries, 4 papers: 4 new\n")
    assert added.stderr.splitlines()[:-1] == [
        "skipped arxiv.html:1: no abstract for “Empty Nest”",
        "skipped feed.xml:2: the entry “Moths” is no XML (mismatched tag); save the feed again",
        "skipped refs.bib:2: the entry “b” is broken after “title”; "
        "look there for a brace, quote or comma too few or too many",
        "skipped refs.ris:5: no abstract for “Moles”",
    ]


@pytest.mark.parametrize("name", ["missing.txt", "x" * 300, "good.jsonl/inside"])
def test_a_path_that_cannot_be_opened_ends_with_1_after_the_rest_was_added(tmp_path: Path, name: str) -> None:
    good = write_papers(tmp_path / "good.jsonl", _GOOD)
    with words_only(tmp_path / "home"):
        added = footnote("add", tmp_path / name, good)
    assert (added.exit_code, added.stdout) == (1, "2 files, 1 entry, 1 paper: 1 new\n")
    first, *others = added.stderr.splitlines()
    assert first.startswith(f"skipped {tmp_path / name} cannot be read (")
    assert len(others) == 1


def test_nothing_read_ends_with_1(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty.txt").touch()
    for path, said in (("folder", "0 files, 0 entries"), ("empty.txt", "1 file, 0 entries")):
        added = footnote("add", tmp_path / path)
        assert (added.exit_code, added.stdout) == (1, f"{said}, 0 papers: nothing new\n")


def test_many_skipped_entries_are_counted_not_listed(tmp_path: Path) -> None:
    page = write_papers(tmp_path / "page.jsonl", _GOOD, *((f"Title {n}", "") for n in range(1025)))
    with words_only(tmp_path / "home"):
        *_, twentieth, counted, _ = footnote("add", page).stderr.splitlines()
    assert twentieth == "skipped page.jsonl:21: no abstract for “Title 19”"
    assert counted == "... and 1,005 more skipped"


def test_a_file_name_that_is_no_text_is_kept_readable(tmp_path: Path) -> None:
    page = write_papers(tmp_path / os.fsdecode(b"caf\xe9.jsonl"), _GOOD)
    with words_only(tmp_path / "home"):
        assert footnote("add", page).exit_code == 0
    assert records(footnote("papers", "--json"))[0]["sources"] == ["caf?.jsonl"]


def test_a_file_name_cannot_break_its_line_or_command_the_terminal(tmp_path: Path) -> None:
    page = write_papers(tmp_path / "new\nline\x1b[31m.jsonl", _GOOD, ("No abstract", ""))
    with words_only(tmp_path / "home"):
        added = footnote("add", page, tmp_path / "gone\naway")
    skipped, gone, _ = added.stderr.splitlines()
    assert skipped == "skipped new?line?[31m.jsonl:2: no abstract for “No abstract”"
    assert gone.startswith("skipped ")
    assert "gone away cannot be read" in gone


def test_a_named_pipe_that_nobody_writes_to_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    added = footnote("add", tmp_path / "pipe")
    assert (added.exit_code, added.stderr) == (1, "skipped pipe: the file is empty\n")


def test_a_pipe_is_read_to_its_end_however_slowly_it_comes(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    page = write_papers(tmp_path / "page.jsonl", _GOOD).read_bytes()

    def write() -> None:
        os.write(writing, page)
        os.close(writing)

    threading.Timer(0.3, write).start()
    with words_only(tmp_path / "home"):
        added = footnote("add", f"/dev/fd/{reading}")
    assert added.stdout == "1 file, 1 entry, 1 paper: 1 new\n"
    os.close(reading)


def test_a_named_format_is_not_guessed(tmp_path: Path) -> None:
    page = write_papers(tmp_path / "page.jsonl", _GOOD)
    page.write_text(f"saved in spring\n{page.read_text()}")
    assert footnote("add", page).exit_code == 1
    with words_only(tmp_path / "home"):
        added = footnote("add", page, "--format", "jsonl")
    assert (added.exit_code, added.stdout) == (0, "1 file, 2 entries, 1 paper: 1 new\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["page.jsonl", "--format", "pdf"], f"choose one of {', '.join(FORMAT_NAMES)}"),
        ([], "name at least one file"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_is_right(arguments: list[str], said: str) -> None:
    result = footnote("add", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_escape_codes_of_a_page_do_not_reach_the_screen(tmp_path: Path) -> None:
    bell, colours, windows = "\a", "\x1b[2J\x1b[31m", "\x9b31m"
    page = write_papers(
        tmp_path / "page.jsonl",
        (f"Red{colours} Tides{windows}", f"Algae{colours} colour{bell} the{windows} sea. It is red."),
        (f"No abstract{colours}{windows}", ""),
    )
    with words_only(tmp_path / "home"):
        said = [footnote("add", page)]
    said += [footnote(*words) for words in (["papers"], ["search", "algae"], ["ask", "red tides"])]
    said += [footnote(*words, "--json") for words in (["papers"], ["search", "algae"], ["ask", "red tides"])]
    for result in said:
        assert result.exit_code == 0
        assert not set("\a\x1b\x9b") & set(result.stdout + result.stderr)


def test_an_interrupted_add_says_what_to_do_and_the_next_one_finishes(tmp_path: Path) -> None:
    home = tmp_path / "home"
    many = (
        (f"River {n}", f"River {n} is long and wide. Its {n} bridges are old. Boats pass.")
        for n in range(250)
    )
    page = write_papers(tmp_path / "page.jsonl", *many)
    process = start("add", page, home=home, environment={"FOOTNOTE_THREADS": "1"})
    while not (home / "library" / "vectors.lock").exists():
        assert process.poll() is None
        time.sleep(0.005)
    process.send_signal(signal.SIGINT)
    stdout, stderr = process.communicate()
    assert (process.returncode, stdout) == (130, b"1 file, 250 entries, 250 papers: 250 new\n")
    (line,) = stderr.decode().splitlines()
    assert line.startswith("Stopped with ")
    assert line.endswith("`footnote add` or `footnote chat` builds the rest.")
    assert len(records(footnote("search", "bridges", "-k", "3", "--json"))) == 3
    assert footnote("add").exit_code == 0
    assert records(footnote("info", "--json"))[0]["with_vectors"] == 250
