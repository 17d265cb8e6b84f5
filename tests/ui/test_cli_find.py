"""`search`, `similar` and `papers`: their filters, and lists that go on page by page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.ui.command_line import footnote, records, words_only

_PAPERS = [
    {"title": "Owls of Bergen", "abstract": "Owls hunt mice.", "authors": ["Søren Ås"], "published": "2022"},
    {"title": "Owls of Oslo", "abstract": "Owls hunt frogs.", "authors": ["Li Wei"], "published": "2024-05"},
    {"title": "Frogs of Oslo", "abstract": "Frogs hunt flies.", "id": "2103.14030"},
    *({"title": f"Stone {n}", "abstract": f"Stone {n} is grey."} for n in range(60)),
]
_SAID = "1 paper left out: without a date, or with one too coarse to tell."


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state folder with 63 papers, for tests that only read."""
    home = tmp_path_factory.mktemp("find")
    page = home / "birds.jsonl"
    page.write_text("\n".join(map(json.dumps, _PAPERS)), encoding="utf-8")
    with words_only(home):
        assert footnote("add", page, home=home).exit_code == 0
    return home


def _found(home: Path, *arguments: str) -> list[str]:
    return [record["title"] for record in records(footnote(*arguments, "--json", home=home))]


@pytest.mark.parametrize(
    ("options", "titles"),
    [
        (["--since", "2024"], ["Owls of Oslo"]),
        (["--until", "2023-06"], ["Owls of Bergen"]),
        (["--author", "soren as"], ["Owls of Bergen"]),
        (["--title", "OSLO", "--source", "BIRDS"], ["Owls of Oslo", "Frogs of Oslo"]),
        (["--id", "arXiv:2103.14030v2", "--id", "owls-of-bergen"], ["Owls of Bergen", "Frogs of Oslo"]),
        (["--since", "2022", "--until", "2022", "--title", "owls"], ["Owls of Bergen"]),
    ],
    ids=" ".join,
)
def test_filters_narrow_search_and_list_alike(home: Path, options: list[str], titles: list[str]) -> None:
    assert sorted(_found(home, "search", "which owls or frogs hunt?", *options)) == sorted(titles)
    assert _found(home, "papers", *options) == titles


def test_an_answer_names_its_filters(home: Path) -> None:
    options = ("--since", "2024", "--author", "li", "--id", "owls-of-oslo", "--title", "owls")
    (answer,) = records(footnote("ask", "which owls hunt?", *options, "--json", home=home))
    assert answer["scope"] == {
        "since": "2024",
        "until": None,
        "sources": [],
        "authors": ["li"],
        "titles": ["owls"],
        "ids": ["owls-of-oslo"],
    }
    assert [source["id"] for source in answer["sources"]] == ["owls-of-oslo"]
    assert answer["judged"] == {"papers": 1, "of": 1}


@pytest.mark.parametrize("command", [["search", "owls"], ["papers"], ["similar", "owls-of-oslo"]])
def test_a_filter_that_nothing_passes_is_one_line(home: Path, command: list[str]) -> None:
    result = footnote(*command, "--author", "Zoe", home=home)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == (
        "No paper passes the filter --author Zoe: 2 of 63 papers name their authors, none of them so.\n"
    )


def test_an_answer_without_papers_says_which_filter_it_was(home: Path) -> None:
    result = footnote("ask", "which owls?", "--since", "2031", home=home)
    assert result.exit_code == 0
    said = "No paper passes the filter --since 2031: 2 of 63 papers have a date"
    assert (result.stdout.count(said), result.stderr.count(said)) == (1, 0)
    (answer,) = records(footnote("ask", "which owls?", "--since", "2031", "--json", home=home))
    assert (answer["status"], answer["sources"], answer["judged"]) == (
        "filter_empty",
        [],
        {"papers": 0, "of": 0},
    )


def test_papers_left_out_for_want_of_a_date_are_counted_aloud(home: Path) -> None:
    said = footnote("search", "hunting", "--since", "2024", "--title", "oslo", home=home).stderr
    assert said.splitlines()[0] == _SAID


@pytest.mark.parametrize(
    "options",
    [
        ["--since", "May"],
        ["--until", "2024-02-30"],
        ["--since", "2024", "--until", "2023-12"],
        ["--author", " "],
        ["--limit", "0"],
    ],
    ids=" ".join,
)
def test_a_filter_that_cannot_be_read_is_wrong_usage(home: Path, options: list[str]) -> None:
    result = footnote("papers", *options, home=home)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Usage:" in result.stderr


def test_similar_papers_have_the_fields_of_a_search_result(home: Path) -> None:
    found = records(footnote("similar", "owls-of-oslo", "-k", "2", "--json", home=home))
    assert [record["id"] for record in found] == ["2103.14030", "owls-of-bergen"]
    assert set(found[0]) == set(records(footnote("search", "owls", "--json", home=home))[0])


def test_similar_takes_an_arxiv_address_and_refuses_an_unknown_id(home: Path) -> None:
    assert footnote("similar", "https://arxiv.org/abs/2103.14030v1", home=home).exit_code == 0
    unknown = footnote("similar", "nobody", home=home)
    assert (unknown.exit_code, unknown.stderr) == (
        1,
        "footnote: no paper has the id 'nobody'; list the ids: footnote papers\n",
    )


def test_pages_of_papers_go_on_where_the_last_one_ended(home: Path) -> None:
    first = footnote("papers", "--title", "stone", home=home)
    assert len(first.stdout.splitlines()) == 50
    said = first.stderr.splitlines()[-1]
    assert said == "There are more; go on: footnote papers --title stone --after stone-49"
    second = footnote(*said.partition("footnote ")[2].split(), home=home)
    assert [line.rpartition("  ")[2] for line in second.stdout.splitlines()] == [
        f"stone-{n}" for n in range(50, 60)
    ]
    assert second.stderr == ""


def test_a_page_can_be_shorter_and_is_as_long_as_the_library_for_programs(home: Path) -> None:
    assert footnote("papers", "--limit", "2", home=home).stdout.splitlines() == [
        "Owls of Bergen  owls-of-bergen",
        "Owls of Oslo  owls-of-oslo",
    ]
    assert len(_found(home, "papers")) == 63
    assert _found(home, "papers", "--limit", "1", "--after", "stone-0") == ["Stone 1"]


def test_going_on_behind_an_unknown_paper_is_one_line(home: Path) -> None:
    result = footnote("papers", "--after", "nobody", home=home)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "footnote: no paper has the id 'nobody'; list the ids: footnote papers\n"
