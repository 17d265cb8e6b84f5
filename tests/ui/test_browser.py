"""How the turns of a question reach the page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ui.browser import draw_turns
from ui.turns import Turn


def test_what_nobody_foresaw_ends_in_a_turn_that_says_so_and_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    asked = Turn("a", "Kelp <b>?")

    def turns() -> Iterator[Turn]:
        yield asked
        raise IndexError("tuple index out of range")

    growing, last = draw_turns(turns(), asked)
    assert 'role="status"' in growing
    assert 'role="alert"' in last
    assert "Kelp &lt;b&gt;?" in last
    assert "tuple index" not in last
    assert "tuple index out of range" in caplog.text
