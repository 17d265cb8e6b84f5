"""Shares with their uncertainty. Pure."""

from __future__ import annotations

import math

_Z95 = 1.959964


def wilson(right: int, total: int) -> tuple[float, float]:
    """Return the 95 % score interval of a share (Wilson 1927, "Probable inference"), each end 0 to 1.

    >>> [round(end, 3) for end in wilson(95, 100)]
    [0.888, 0.978]

    Raises:
        ValueError: there is no trial.
    """
    if total < 1:
        raise ValueError("a share needs at least one trial")
    share, z2 = right / total, _Z95**2
    centre = share + z2 / (2 * total)
    spread = _Z95 * math.sqrt(share * (1 - share) / total + z2 / (4 * total**2))
    low, high = ((centre + sign * spread) / (1 + z2 / total) for sign in (-1, 1))
    return max(0.0, low), min(1.0, high)


def drawn_share(right: int, total: int) -> str:
    """Draw a share in per cent, with its n and its 95 % interval (Wilson).

    >>> drawn_share(95, 100)
    '   95 of 100     95.0 %  [88.8, 97.8]'
    """
    if not total:
        return "    0 of 0"
    low, high = wilson(right, total)
    return f"{right:>5} of {total:<5} {100 * right / total:>6.1f} %  [{100 * low:.1f}, {100 * high:.1f}]"
