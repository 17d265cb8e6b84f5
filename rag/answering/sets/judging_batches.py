"""Papers that wait for a verdict -> requests that the model's window holds. Pure.

Papers that lack the same criteria go together, in the order given. Each gets a short id that is made of its
content: a model copies it easily and cannot invent it, as it could the next number.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rag.answering.model.prompt import Prompt
from rag.answering.sets.judging_prompt import render_judging, render_paper
from rag.answering.writing.tokens import count_tokens, usable_window
from rag.types import Criterion, Paper

_REPLY_A_PAPER = 20
_REPLY_A_VERDICT = 90  # with a quote of a long sentence
_TEMPLATE = 50
_LEAST_WINDOW = 300
_LONGEST_TITLE = 300
_LONGEST_ABSTRACT = 6_000
_ALPHABET = "bcdfghjkmnpqrstvwxz23456789"  # nothing that looks like something else, and no words
_LABEL = 4


@dataclass(frozen=True, slots=True)
class Open:
    """A paper, and the criteria that it has no verdict on yet."""

    paper: Paper
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """One request: papers by their ids in it, the criteria by their numbers from 1, and the tokens of the reply."""

    papers: Mapping[str, Paper]
    criteria: tuple[Criterion, ...]
    prompt: Prompt
    most_tokens: int


def make_batches(open_: Iterable[Open], *, most: int, context: int) -> Iterator[Batch]:
    """Yield requests of up to `most` papers, each within a window of `context` tokens with its reply.

    An abstract that is too long for the window is cut.
    """
    by_criteria: dict[tuple[Criterion, ...], list[Paper]] = {}
    for one in open_:
        by_criteria.setdefault(one.criteria, []).append(one.paper)
    for criteria, papers in by_criteria.items():
        yield from _batches_of(papers, criteria, most=most, context=context)


def frame_tokens(criteria: Sequence[Criterion]) -> int:
    """Return the tokens of a request around its papers."""
    empty = render_judging(criteria, [])
    return count_tokens(empty.system) + count_tokens(empty.user) + _TEMPLATE


def show_paper(label: str, paper: Paper, *, most: int = _LONGEST_ABSTRACT) -> str:
    """Return a paper as the model reads it, the abstract cut to `most` characters."""
    return render_paper(label, paper.title[:_LONGEST_TITLE], paper.abstract[:most])


def batch_size(tokens: float, criteria: Sequence[Criterion], *, most: int, context: int) -> int:
    """Return how many papers of so many tokens a request holds: 1 to `most`."""
    left = usable_window(context) - frame_tokens(criteria)
    return max(1, min(most, math.floor(left / (tokens + _reply_tokens(1, criteria)))))


def _batches_of(
    papers: Sequence[Paper], criteria: tuple[Criterion, ...], *, most: int, context: int
) -> Iterator[Batch]:
    window = max(_LEAST_WINDOW, usable_window(context) - frame_tokens(criteria))
    blocks: dict[str, tuple[Paper, str]] = {}
    used = 0
    for paper in papers:
        label = _label(paper, taken=blocks)
        block, tokens = _fitting(label, paper, most=window - _reply_tokens(1, criteria))
        cost = tokens + _reply_tokens(1, criteria)
        if blocks and (len(blocks) == most or used + cost > window):
            yield _batch(blocks, criteria)
            blocks, used = {}, 0
        blocks[label] = (paper, block)
        used += cost
    if blocks:
        yield _batch(blocks, criteria)


def _batch(blocks: Mapping[str, tuple[Paper, str]], criteria: tuple[Criterion, ...]) -> Batch:
    return Batch(
        papers={label: paper for label, (paper, _) in blocks.items()},
        criteria=criteria,
        prompt=render_judging(criteria, [block for _, block in blocks.values()]),
        most_tokens=_reply_tokens(len(blocks), criteria),
    )


def _reply_tokens(papers: int, criteria: Sequence[Criterion]) -> int:
    return papers * (_REPLY_A_PAPER + _REPLY_A_VERDICT * len(criteria))


def _fitting(label: str, paper: Paper, *, most: int) -> tuple[str, int]:
    """Return the block of a paper and its tokens, the abstract cut until they are `most`."""
    length = len(paper.abstract[:_LONGEST_ABSTRACT])
    while True:
        block = show_paper(label, paper, most=length)
        tokens = count_tokens(block)
        if tokens <= most or not length:
            return block, tokens
        length = length // 2 if length > 1 else 0


def _label(paper: Paper, *, taken: Mapping[str, object]) -> str:
    text = f"{paper.id}\0{paper.title}\0{paper.abstract}"
    digest = hashlib.sha256(text.encode(errors="surrogatepass")).digest()
    letters = "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in digest)
    length = next(n for n in range(_LABEL, len(letters) + 1) if letters[:n] not in taken)
    return letters[:length]
