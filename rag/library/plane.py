"""Papers in the plane: principal components of their vectors, and themes by k-means. Pure.

Components as in Jolliffe, Principal Component Analysis (2002); k-means by Lloyd (1982) from the centres
that k-means++ (Arthur and Vassilvitskii, 2007) would prefer, but without chance: each next centre is the
paper farthest from those chosen. The same vectors always give the same picture.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_COMPONENTS = 20
_ROUNDS = 30
_MOST_THEMES = 10
_PAPERS_A_THEME = 25
_WORDS_A_THEME = 3
_WORD = re.compile(r"[a-z][a-z-]{3,}")

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Plane:
    """`places` are n x 2, each coordinate in -1..1; `themes` gives each paper the index of its theme."""

    places: Matrix
    themes: tuple[int, ...]
    names: tuple[str, ...]


def lay_out(vectors: Matrix, titles: Sequence[str]) -> Plane:
    """Place n papers by their vectors (n x dimensions) and name their themes by their titles (n)."""
    if len(titles) < _WORDS_A_THEME:
        return Plane(np.zeros((len(titles), 2), np.float32), (0,) * len(titles), ("all papers",))
    components = _principal(vectors)
    places = components[:, :2] / np.maximum(np.abs(components[:, :2]).max(axis=0), 1e-9)
    count = int(np.clip(len(titles) // _PAPERS_A_THEME, 1, _MOST_THEMES))
    themes = _cluster(components, count)
    return Plane(places.astype(np.float32), themes, _name_themes(titles, themes, count))


def _principal(vectors: Matrix) -> Matrix:
    """Return the first components, each turned so that its largest loading is positive."""
    centred = vectors - vectors.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    leading = axes[:, ::-1][:, :_COMPONENTS]
    largest = np.abs(leading).argmax(axis=0)
    turned = leading * np.sign(leading[largest, np.arange(leading.shape[1])])
    projected: Matrix = (centred @ turned).astype(np.float32)
    return projected


def _cluster(points: Matrix, count: int) -> tuple[int, ...]:
    centres = _first_centres(points, count)
    nearest = np.zeros(len(points), dtype=np.int64)
    for _ in range(_ROUNDS):
        squares = (centres**2).sum(axis=1) - 2 * points @ centres.T
        moved = squares.argmin(axis=1)
        if (moved == nearest).all():
            break
        nearest = moved
        for theme in range(count):
            if (nearest == theme).any():
                centres[theme] = points[nearest == theme].mean(axis=0)
    return tuple(int(theme) for theme in nearest)


def _first_centres(points: Matrix, count: int) -> Matrix:
    chosen = [int((points**2).sum(axis=1).argmin())]
    while len(chosen) < count:
        gaps = np.min([((points - points[at]) ** 2).sum(axis=1) for at in chosen], axis=0)
        chosen.append(int(gaps.argmax()))
    centres: Matrix = points[chosen].copy()
    return centres


def _name_themes(titles: Sequence[str], themes: Sequence[int], count: int) -> tuple[str, ...]:
    """Name each theme by the words that stand in its titles more often than elsewhere."""
    everywhere: Counter[str] = Counter()
    inside = [Counter[str]() for _ in range(count)]
    for title, theme in zip(titles, themes, strict=True):
        words = set(_WORD.findall(title.lower()))
        everywhere.update(words)
        inside[theme].update(words)
    return tuple(_telling_words(counter, everywhere) or "other papers" for counter in inside)


def _telling_words(inside: Counter[str], everywhere: Counter[str]) -> str:
    """Order by n² / N: common in the theme, and rare outside of it."""
    ordered = sorted(inside, key=lambda word: (-(inside[word] ** 2) / everywhere[word], word))
    return ", ".join(word for word in ordered[:_WORDS_A_THEME] if inside[word] > 1)
