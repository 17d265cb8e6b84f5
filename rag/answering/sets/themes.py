"""A long list by topic: groups of alike papers, named by words of their titles. Pure.

Ward's method (1963, "Hierarchical grouping to optimize an objective function"): the two groups are joined whose
joining adds least to the squared distances from their centres, until so many are left. Nothing is drawn by
chance, so the same list always has the same themes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set

import numpy as np
from numpy.typing import NDArray

from rag.library.lexical import STOP_WORDS, stems
from rag.library.products import multiply
from rag.types import Paper, Theme

_LONG = 12
_PAPERS_A_THEME = 7
_MOST_THEMES = 8
_LEAST_PAPERS = 2
_WORDS_A_THEME = 3
_OTHERS = "other papers"
_WORD = re.compile(r"[^\W\d_][\w-]*[^\W_]")
_ABBREVIATION = re.compile(r"\w*[A-Z]\w*[A-Z]\w*|\d\w+")
_SHORTEST = 4
# Words that stand in titles of any topic.
_ANYWHERE = frozenset(
    stems(
        "learning learned approach method methods model models based using towards toward via deep neural network "
        "networks framework improved improving better efficient simple novel study analysis beyond rethinking "
        "understanding unified general generic large scale with from into through without between"
    )
)
Matrix = NDArray[np.float32]


def group_themes(papers: Sequence[Paper], vectors: Matrix, *, asked: str) -> tuple[Theme, ...]:
    """Return the themes of a list of more than 12 papers, that of its first paper first; none of a shorter one.

    `vectors` has a row of length 1 for each paper. Each paper stands in exactly one theme, in the order of the
    list; those that are like no other stand in the last one. The words of the question name no theme.
    """
    if len(papers) <= _LONG:
        return ()
    groups = _join(
        vectors - vectors.mean(axis=0), int(np.clip(len(papers) / _PAPERS_A_THEME, 2, _MOST_THEMES))
    )
    spoken = [_words(paper.title, set(stems(asked))) for paper in papers]
    named: dict[str, list[int]] = {}
    for group in groups:
        named.setdefault(_name([spoken[at] for at in group], spoken) or _OTHERS, []).extend(group)
    rest = named.pop(_OTHERS, [])
    alike = sorted(named.items(), key=lambda item: min(item[1]))
    listed = [*alike, *([(_OTHERS, rest)] if rest else [])]
    return tuple(Theme(name, tuple(papers[at].id for at in sorted(group))) for name, group in listed)


def _join(points: Matrix, count: int) -> list[list[int]]:
    """Join n points, shape (n, dimensions), to so many groups of their indexes.

    What joining two groups adds is updated from step to step (Lance and Williams 1967).
    """
    groups = {at: [at] for at in range(len(points))}
    products = multiply(points, points.T).astype(np.float64)
    squares = np.diag(products)
    cost = squares[:, None] + squares[None, :] - 2 * products
    np.fill_diagonal(cost, np.inf)
    sizes = np.ones(len(points))
    while len(groups) > count:
        one, other = sorted(divmod(int(cost.argmin()), len(points)))
        both = sizes[one] + sizes[other]
        joined = (
            (sizes + sizes[one]) * cost[one] + (sizes + sizes[other]) * cost[other] - sizes * cost[one, other]
        )
        cost[one] = cost[:, one] = joined / (sizes + both)
        cost[other] = cost[:, other] = np.inf
        cost[one, one] = np.inf
        sizes[one] = both
        groups[one] += groups.pop(other)
    return list(groups.values())


def _words(title: str, asked: Set[str]) -> dict[str, tuple[int, str]]:
    """The words of a title that may name a theme: by their stem, the place in the title and the word."""
    found: dict[str, tuple[int, str]] = {}
    for place, word in enumerate(_WORD.findall(title)):
        held = stems(word)
        is_name = bool(_ABBREVIATION.fullmatch(word))
        too_short = len(word) < _SHORTEST and not is_name
        if not too_short and word.lower() not in STOP_WORDS and not {*held} & {*asked, *_ANYWHERE}:
            found.setdefault("".join(held), (place, word if is_name else word.lower()))
    return found


def _name(
    inside: Sequence[dict[str, tuple[int, str]]], everywhere: Sequence[dict[str, tuple[int, str]]]
) -> str:
    """Name a group by the words that more of its titles share than others do; empty where they share none."""
    if len(inside) < _LEAST_PAPERS:
        return ""
    within = Counter(stem for words in inside for stem in words)
    overall = Counter(stem for words in everywhere for stem in words)
    shared = [stem for stem, number in within.items() if number > 1]
    telling = sorted(shared, key=lambda stem: (-(within[stem] ** 2) / overall[stem], stem))[:_WORDS_A_THEME]
    return _in_order([{s: words[s] for s in telling if s in words} for words in inside], telling)


def _in_order(inside: Sequence[dict[str, tuple[int, str]]], stems_: Sequence[str]) -> str:
    """Write words in the order of their titles: "point cloud", where they stand side by side more than once."""
    written, places = {}, {}
    for stem in stems_:
        held = [words[stem] for words in inside if stem in words]
        forms = Counter(form for _, form in held)
        written[stem] = min(forms, key=lambda form: (-forms[form], form))
        places[stem] = sum(place for place, _ in held) / len(held)
    first, *others = sorted(stems_, key=lambda stem: (places[stem], stem)) or [""]
    name = written.get(first, "")
    for before, stem in zip([first, *others], others, strict=False):
        beside = sum(
            before in words and stem in words and words[stem][0] == words[before][0] + 1 for words in inside
        )
        name += f"{' ' if beside > 1 else ', '}{written[stem]}"
    return name
