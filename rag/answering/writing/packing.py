"""Pack ranked papers into the numbered sources that a model is shown. Pure.

First every paper gets an excerpt, best first, as long as the budget lasts: its best passage with its
neighbours, and the second best. What is left over turns excerpts into whole abstracts, best first
again. So a small window still shows many papers, and a large one shows them whole. Numbers start at 1
and are the only thing that the model is asked to repeat.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.answering.model.prompt import quoted
from rag.library.passages import split_passages
from rag.types import Paper, Passage, RankedPaper

_LONGEST_TITLE = 300
_CHARACTERS_A_TOKEN = 8  # more than any prose has: what is longer cannot fit


@dataclass(frozen=True, slots=True)
class Shown:
    """A source as the model sees it: the paper's number, and its block of the prompt."""

    number: int
    paper: Paper
    block: str


def pack_sources(
    ranked: Sequence[RankedPaper], *, count_tokens: Callable[[str], int], budget: int
) -> tuple[Shown, ...]:
    """Pack as many papers as fit into `budget` tokens, best first.

    A paper that does not fit is passed over; a shorter one after it may still fit. The first is
    always packed, as an excerpt if need be.
    """
    packed: list[tuple[Shown, int]] = []
    left = budget
    for item in ranked:
        excerpt = _show(len(packed) + 1, item.paper, _excerpt(item))
        cost = count_tokens(excerpt.block)
        if packed and cost > left:
            continue
        packed.append((excerpt, cost))
        left -= cost
    shown: list[Shown] = []
    for excerpt, cost in packed:
        abstract = excerpt.paper.abstract
        whole = _show(excerpt.number, excerpt.paper, abstract)
        fits = len(abstract) <= _CHARACTERS_A_TOKEN * (left + cost)
        more = count_tokens(whole.block) - cost if fits else left + 1
        shown.append(whole if more <= left else excerpt)
        left -= more if more <= left else 0
    return tuple(shown)


def _show(number: int, paper: Paper, text: str) -> Shown:
    title = quoted(paper.title[:_LONGEST_TITLE])
    return Shown(number, paper, f'<source number="{number}">\nTitle: {title}\n{quoted(text)}\n</source>')


def _excerpt(ranked: RankedPaper) -> str:
    """The best evidence with the passages around it, and the second best; gaps are marked."""
    passages = split_passages(ranked.paper)
    starts = [evidence.start for evidence in ranked.evidence[:2]]
    wanted = {p.ordinal for p in passages if p.start in starts} or {0}
    best = next((p.ordinal for p in passages if starts and p.start == starts[0]), 0)
    kept = [p for p in passages if p.ordinal in wanted or abs(p.ordinal - best) <= 1]
    return " ".join(_with_gap(passage, kept[at - 1] if at else None) for at, passage in enumerate(kept))


def _with_gap(passage: Passage, before: Passage | None) -> str:
    follows = before.ordinal + 1 == passage.ordinal if before else passage.ordinal == 0
    return passage.text if follows else f"… {passage.text}"
