"""A blend of two regressions lies between their log odds, whatever the scales they were fitted on."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.train_verdicts import blend
from rag.answering.sets.chances import Regression

_value = st.floats(-3, 3)
_regressions = st.builds(
    Regression,
    means=st.tuples(_value, _value),
    deviations=st.tuples(st.floats(0.1, 5), st.floats(0.1, 5)),
    weights=st.tuples(_value, _value),
    bias=_value,
)


@given(one=_regressions, other=_regressions, row=st.tuples(_value, _value), share=st.floats(0, 1))
def test_a_blend_has_so_much_of_the_others_log_odds_as_its_share(
    one: Regression, other: Regression, row: tuple[float, float], share: float
) -> None:
    expected = (1 - share) * _log_odds(one, row) + share * _log_odds(other, row)
    assert _log_odds(blend(one, other, share=share), row) == pytest.approx(expected, abs=1e-6)


def _log_odds(regression: Regression, row: tuple[float, float]) -> float:
    scaled = (np.array(row) - np.array(regression.means)) / np.array(regression.deviations)
    return float(scaled @ np.array(regression.weights) + regression.bias)
