"""Which papers a scope holds: dates as periods, names without case and accents, ids, and all of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import PaperNotFound
from rag.library.catalogue import Catalogue
from rag.library.dates import first_day, is_date, last_day
from rag.library.schema import SCHEMA, State
from rag.types import WHOLE_LIBRARY, Paper, PaperId, Scope

_DAYS = [
    None,
    "2023-12-31",
    "2024",
    "2024-05",
    "2024-05-01",
    "2024-05-31",
    "2024-06",
    "2025-01-01",
    "May 2024",
]


def _paper(name: str, **fields: object) -> Paper:
    blank = Paper(PaperId(name), f"Paper {name}", f"It speaks of {name}.")
    return replace(blank, **fields)  # type: ignore[arg-type]  # fields by name


_SHELF = (
    *(_paper(f"d{n}", published=day) for n, day in enumerate(_DAYS)),
    _paper("a", authors=("Søren Ångström", "Wei Zhang"), sources=("May list.html", "june.html")),
    _paper("b", authors=("Li Chen", "Chen Wei"), sources=("june.html",), published="2024-05-17"),
    _paper("c", title="Fusing LOCAL and Global Caféterias", sources=("july.csv",)),
)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    opened = _filled(tmp_path / "catalogue.sqlite", *_SHELF)
    yield opened
    opened.close()


def _filled(path: Path, *papers: Paper) -> Catalogue:
    catalogue = Catalogue(path)
    catalogue.add(papers)
    catalogue.mark_all(State.SEARCHABLE)
    return catalogue


def _within(catalogue: Catalogue, scope: Scope) -> set[str]:
    return set(map(str, catalogue.select(scope).within or ()))


def _dates(catalogue: Catalogue, scope: Scope) -> set[str | None]:
    papers = catalogue.get([PaperId(name) for name in _within(catalogue, scope)])
    return {paper.published for paper in papers.values() if paper.id.startswith("d")}


@pytest.mark.parametrize(
    ("scope", "dates"),
    [
        (Scope(since="2024"), {"2024", "2024-05", "2024-05-01", "2024-05-31", "2024-06", "2025-01-01"}),
        (Scope(since="2024-05"), {"2024-05", "2024-05-01", "2024-05-31", "2024-06", "2025-01-01"}),
        (Scope(since="2024-05-02"), {"2024-05-31", "2024-06", "2025-01-01"}),
        (Scope(until="2024-05-30"), {"2023-12-31", "2024-05-01"}),
        (Scope(until="2024-05"), {"2023-12-31", "2024-05", "2024-05-01", "2024-05-31"}),
        (
            Scope(until="2024-12-31"),
            {"2023-12-31", "2024", "2024-05", "2024-05-01", "2024-05-31", "2024-06"},
        ),
        (Scope(since="2024", until="2024"), {"2024", "2024-05", "2024-05-01", "2024-05-31", "2024-06"}),
        (Scope(since="2024-05-31", until="2024-05-31"), {"2024-05-31"}),
    ],
)
def test_a_date_passes_when_all_of_its_period_lies_inside(
    catalogue: Catalogue, scope: Scope, dates: set[str]
) -> None:
    assert _dates(catalogue, scope) == dates


def test_dates_that_are_missing_or_too_coarse_are_left_out_and_counted(catalogue: Catalogue) -> None:
    without_a_date = 4  # d0, "May 2024", a, c
    assert catalogue.select(Scope(since="2024")).undecided == without_a_date
    assert catalogue.select(Scope(since="2024-05-02")).undecided == without_a_date + 2
    assert catalogue.select(Scope(since="2024-05-02", ids=(PaperId("a"),))).undecided == 1
    assert catalogue.select(Scope(titles=("paper",))).undecided == 0


_PERIODS = st.dates().map(str).flatmap(lambda day: st.sampled_from([day, day[:7], day[:4]]))


@given(period=_PERIODS)
def test_a_period_begins_and_ends_on_days_that_it_holds(period: str) -> None:
    assert is_date(period)
    assert is_date(first_day(period))
    assert is_date(last_day(period))
    assert first_day(period) <= last_day(period)
    assert first_day(period).startswith(period)
    assert last_day(period).startswith(period)


@pytest.mark.parametrize(
    "text", ["", "24", "2024-13", "2023-02-29", "2024-5", "２０２４", "0000", "2024-05-17T"]
)
def test_what_is_no_date_is_told(text: str) -> None:
    assert not is_date(text)


@pytest.mark.parametrize(
    ("scope", "names"),
    [
        (Scope(authors=("angstrom",)), {"a"}),
        (Scope(authors=("ÅNGSTRÖM soren",)), {"a"}),
        (Scope(authors=("wei",)), {"a", "b"}),
        (Scope(authors=("wei li",)), set()),  # two authors, each with one of the words
        (Scope(authors=("angstrom", "li chen")), {"a", "b"}),
        (Scope(titles=("global local",)), {"c"}),
        (Scope(titles=("cafeteria",)), {"c"}),
        (Scope(titles=("local patches",)), set()),
        (Scope(sources=("june",)), {"a", "b"}),
        (Scope(sources=("list may",)), {"a"}),
        (Scope(sources=("MAY", "july")), {"a", "c"}),
        (Scope(ids=(PaperId("b"), PaperId("nobody"))), {"b"}),
        (Scope(ids=()), set()),
        (Scope(sources=("june",), authors=("wei",), since="2024-05"), {"b"}),
        (Scope(authors=("%",)), set()),
        (Scope(titles=("' OR 1=1 --",)), set()),
        (Scope(titles=("  ",)), set()),
    ],
)
def test_conditions_hold_all_together_and_the_values_of_one_by_turns(
    catalogue: Catalogue, scope: Scope, names: set[str]
) -> None:
    assert _within(catalogue, scope) == names


def test_the_whole_library_is_counted_not_listed(catalogue: Catalogue) -> None:
    catalogue.mark_ids([PaperId("a")], State.INDEXED)
    selection = catalogue.select(WHOLE_LIBRARY)
    assert (selection.within, selection.searched, selection.encoded) == (None, len(_SHELF), 1)


def test_removed_papers_are_in_no_scope(catalogue: Catalogue) -> None:
    catalogue.mark_ids([PaperId("a")], State.REMOVING)
    assert _within(catalogue, Scope(authors=("wei",))) == {"b"}
    catalogue.forget([PaperId("a")])
    assert _within(catalogue, Scope(authors=("wei",))) == {"b"}


def test_a_paper_is_found_by_the_names_that_it_gained(catalogue: Catalogue) -> None:
    catalogue.add([replace(_SHELF[-1], authors=("Ada",))])
    renamed = replace(_SHELF[-2], title="Another Title", abstract="It says something else.")
    catalogue.add([renamed])
    catalogue.mark_all(State.SEARCHABLE)
    assert _within(catalogue, Scope(authors=("ada",))) == {"c"}
    assert _within(catalogue, Scope(titles=("another",))) == {"b"}
    assert "b" not in _within(catalogue, Scope(titles=("paper b",)))


def test_a_scope_may_name_more_ids_than_sqlite_takes_parameters(catalogue: Catalogue) -> None:
    many = tuple(PaperId(f"x{n}") for n in range(40_000))
    assert _within(catalogue, Scope(ids=(*many, PaperId("a")))) == {"a"}


@pytest.mark.parametrize(
    ("scope", "said"),
    [
        (Scope(since="2031"), "--since 2031: 8 of 12 papers have a date, from 2023-12-31 to 2025-01-01"),
        (Scope(sources=("march",)), "--source march: its files are May list.html, july.csv, june.html"),
        (Scope(authors=("Bob B",)), "--author 'Bob B': 2 of 12 papers name their authors, none of them so"),
        (Scope(titles=("owls",)), "--title owls: none of 12 titles holds these words"),
        (
            Scope(ids=(PaperId("z"),)),
            "--id z: none of 12 papers has such an id; list the ids: footnote papers",
        ),
        (Scope(ids=()), "--id (none): none of 12 papers has such an id; list the ids: footnote papers"),
    ],
)
def test_an_empty_scope_names_its_filter_and_what_there_is(
    catalogue: Catalogue, scope: Scope, said: str
) -> None:
    assert catalogue.explain_empty(scope) == f"No paper passes the filter {said}."


def test_filters_that_only_together_are_empty_are_named_with_their_counts(catalogue: Catalogue) -> None:
    assert catalogue.explain_empty(Scope(since="2025", authors=("wei",))) == (
        "No paper passes the filters together: --since 2025 passes 1, --author wei passes 2."
    )


def test_papers_are_listed_within_a_scope_and_behind_a_paper(tmp_path: Path) -> None:
    many = [_paper(f"p{n}", sources=(f"{n % 2}.html",)) for n in range(1_203)]
    catalogue = _filled(tmp_path / "many.sqlite", *many)
    odd = [paper.id for paper in catalogue.list(scope=Scope(sources=("1.html",)), after=PaperId("p1"))]
    assert odd == [f"p{n}" for n in range(3, 1_203, 2)]
    with pytest.raises(PaperNotFound, match="no paper has the id 'nobody'"):
        next(catalogue.list(after=PaperId("nobody")))
    catalogue.close()


def test_a_catalogue_of_schema_1_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    many = [_paper(f"p{n}", authors=(f"Ünal {n}",)) for n in range(2_300)]
    _filled(path, *many).close()
    connection = sqlite3.connect(path)
    connection.executescript(
        "DROP TABLE paper_names; DROP INDEX papers_published; DROP INDEX paper_sources_source;"
        "UPDATE manifest SET value = '1' WHERE key = 'schema';"
    )
    connection.close()
    catalogue = Catalogue(path)
    assert _within(catalogue, Scope(authors=("unal 2299",))) == {"p2299"}
    catalogue.close()
    connection = sqlite3.connect(path)
    indexes = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'")}
    assert {"papers_published", "paper_sources_source"} <= indexes
    assert connection.execute("SELECT value FROM manifest WHERE key = 'schema'").fetchone() == (str(SCHEMA),)
    connection.close()


def test_a_scope_that_was_asked_for_before_holds_what_came_since(catalogue: Catalogue) -> None:
    june = Scope(sources=("june",))
    assert _within(catalogue, june) == {"a", "b"}
    catalogue.add([_paper("late", sources=("june.html",))])
    catalogue.mark_ids([PaperId("late")], State.SEARCHABLE)
    catalogue.mark_ids([PaperId("b")], State.REMOVING)
    assert _within(catalogue, june) == {"a", "late"}


def test_many_scopes_are_told_apart(catalogue: Catalogue) -> None:
    scopes = [Scope(ids=(PaperId(name),)) for name in ("a", "b", "c", "d1", "d2", "d3")]
    for _ in range(2):
        assert [_within(catalogue, scope) for scope in scopes] == [set(scope.ids or ()) for scope in scopes]
