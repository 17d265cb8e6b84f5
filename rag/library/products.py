"""Matrix products that stay on one thread. Pure.

BLAS spreads a product over all cores as soon as it is a little larger, and its threads then wait in a
busy loop: a search of these small matrices took twice the processor time and no less real time.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

# OpenBLAS keeps m x n x k up to 65,536 x 4 on one thread (interface/gemm.c, GEMM_MULTITHREAD_THRESHOLD).
_ON_ONE_THREAD = 262_144


def multiply(left: NDArray[np.float32], right: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return `left @ right`, of shapes (m, k) and (k, n), a slice of rows at a time.

    >>> multiply(np.eye(2, dtype=np.float32), np.ones((2, 1), np.float32)).tolist()
    [[1.0], [1.0]]
    """
    rows = max(1, _ON_ONE_THREAD // max(1, right.size))
    if len(left) <= rows:
        return left @ right
    even = len(left) // rows * rows
    product = np.empty((len(left), right.shape[1]), np.float32)
    slices = left[:even].reshape(-1, rows, left.shape[1])  # numpy multiplies one after the other
    np.matmul(slices, right, out=product[:even].reshape(-1, rows, right.shape[1]))
    product[even:] = left[even:] @ right
    return product


def cosines(rows: NDArray[np.float32], unit: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the products of unit vectors, the rows of shape (n, k), with one of shape (k,).

    >>> cosines(np.eye(2, dtype=np.float32), np.array([1, 0], np.float32)).tolist()
    [1.0, 0.0]
    """
    products: NDArray[np.float32] = np.vecdot(rows, unit)
    return products
