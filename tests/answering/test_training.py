"""The mean of two regressions is the mean of their log odds, whatever the scales they were fitted on."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.train_verdicts import mean
from rag.answering.sets.chances import Regression

_value = st.floats(-3, 3)
_regressions = st.builds(
    Regression,
    means=st.tuples(_value, _value),
    deviations=st.tuples(st.floats(0.1, 5), st.floats(0.1, 5)),
    weights=st.tuples(_value, _value),
    bias=_value,
)


@given(one=_regressions, other=_regressions, row=st.tuples(_value, _value))
def test_the_mean_lies_in_the_middle_of_both_log_odds(
    one: Regression, other: Regression, row: tuple[float, float]
) -> None:
    assert _log_odds(mean(one, other), row) == pytest.approx(
        (_log_odds(one, row) + _log_odds(other, row)) / 2, abs=1e-6
    )


def _log_odds(regression: Regression, row: tuple[float, float]) -> float:
    scaled = (np.array(row) - np.array(regression.means)) / np.array(regression.deviations)
    return float(scaled @ np.array(regression.weights) + regression.bias)
