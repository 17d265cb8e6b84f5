"""Dates in a question: which papers they ask for, and which numbers are none."""

from __future__ import annotations

from datetime import date

import pytest

from rag.answering.asking.periods import read_period


@pytest.mark.parametrize(
    ("text", "since", "until", "rest"),
    [
        ("papers on owls between 2022 and 2019", "2019", "2022", "papers on owls"),
        ("papers from 2021 or 2022 on owls", "2021", "2022", "papers on owls"),
        ("owls since 2023 and before 2025", "2023", "2024", "owls"),
        ("papers published in May 2023 on owls", "2023-05", "2023-05", "papers published on owls"),
        ("owls since Sept. 2023", "2023-09", None, "owls"),
        ("owls after December 2022", "2023-01", None, "owls"),
        ("the May 2019 challenge since 2021", "2021", None, "the May 2019 challenge"),
        ("owls before 2024-03-01", None, "2024-02-29", "owls"),
        ("papers from March 2023 to May 2023", "2023-03", "2023-05", "papers"),
    ],
)
def test_dates_are_read_as_people_write_them(
    text: str, since: str | None, until: str | None, rest: str
) -> None:
    scope, undated = read_period(text, today=date(2026, 1, 1))
    assert (scope.since, scope.until, undated) == (since, until, rest)


@pytest.mark.parametrize(
    "text",
    [
        "owls that tire after 5000 steps",
        "forgetting after 2000 training steps",
        "the May 2019 challenge",
        "owls after 2023-13",
    ],
)
def test_what_is_counted_or_named_dates_no_paper(text: str) -> None:
    scope, undated = read_period(text, today=date(2026, 1, 1))
    assert (scope.since, scope.until, undated) == (None, None, text)
