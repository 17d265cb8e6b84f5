"""Products by slices equal products at once."""

from __future__ import annotations

import numpy as np
import pytest

from rag.library.products import multiply


@pytest.mark.parametrize(
    ("rows", "inner", "columns"),
    [(3, 4, 5), (3_000, 64, 9), (700, 384, 700), (2, 2_000, 300), (0, 4, 5), (4, 5, 0)],
)
def test_slices_give_the_whole_product(rows: int, inner: int, columns: int) -> None:
    source = np.random.default_rng(1)
    left = source.standard_normal((rows, inner)).astype(np.float32)
    right = source.standard_normal((inner, columns)).astype(np.float32)
    product = multiply(left, right)
    assert product.shape == (rows, columns)
    assert np.allclose(product, left.astype(np.float64) @ right, atol=1e-3)
