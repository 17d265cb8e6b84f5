"""The reply of a judge -> what it said of which paper, as far as it can be read. Pure.

JSON is looked for wherever it stands: alone, in a code fence, behind prose, or cut in the middle, of which
the papers before the cut count. Ids that were not shown and criteria that do not exist are refused; what is
said of one paper in two ways counts as not said.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any

from rag.answering.sets.locating import locate
from rag.answering.sets.logic import BELONGS
from rag.library.lexical import content_terms
from rag.library.passages import split_passages
from rag.types import Evidence, Judgement, Paper, Span

_LEAST_WORDS = 4
_VERDICTS = {judgement.value: judgement for judgement in Judgement}
_DECODER = json.JSONDecoder()
_NUMBER = re.compile(r"(?:criterion )?#?([0-9]{1,2})(?:\.0|[.):](?:\s.*)?)?", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Said:
    """A verdict as the model gave it, with the words that it says the abstract has."""

    verdict: Judgement
    quote: str


def read_verdicts(reply: str, *, ids: Set[str], criteria: int) -> dict[tuple[str, int], Said]:
    """Return what a reply says of the papers with these ids, by id and number of the criterion, 1 to `criteria`.

    >>> reply = 'Sure! {"papers": [{"id": "k7f2", "verdicts": [{"criterion": 1, "verdict": "no"}]}, {"id": "x'
    >>> read_verdicts(reply, ids={"k7f2"}, criteria=1)
    {('k7f2', 1): Said(verdict=<Judgement.NO: 'no'>, quote='')}
    """
    found: dict[tuple[str, int], set[Said]] = {}
    for record in _papers(reply):
        label = str(record["id"]).strip().casefold()
        for number, said in _verdicts(record, criteria=criteria) if label in ids else ():
            found.setdefault((label, number), set()).add(said)
    return {key: one for key, several in found.items() if (one := _agreed(several))}


def show(said: Said, paper: Paper) -> tuple[Evidence, ...] | None:
    """Return the words of the abstract behind a verdict; None if it needs some and the abstract has them not.

    A quote of fewer than four words is shown as the sentence that it stands in.
    """
    if said.verdict is Judgement.NO:
        return ()
    spans = locate(said.quote, paper.abstract) if content_terms(said.quote) else ()
    shown = dict.fromkeys(_readable(span, paper) for span in spans)
    evidence = tuple(Evidence.cut(paper, span, score=1.0) for span in shown)
    return None if said.verdict in BELONGS and not evidence else evidence


def _readable(span: Span, paper: Paper) -> Span:
    if len(span.of(paper.abstract).split()) >= _LEAST_WORDS:
        return span
    around = [p for p in split_passages(paper) if p.start <= span.start and span.end <= p.end]
    return Span(around[0].start, around[0].end) if around else span


def _papers(reply: str) -> Iterator[dict[str, Any]]:
    """Yield every object with an id that the reply holds, outermost first."""
    at = reply.find("{")
    while at >= 0:
        records, end = _decode(reply, at)
        yield from records
        # Cut off, a brace of prose, or wrapped in something else: look inside.
        at = reply.find("{", end if records else at + 1)


def _decode(reply: str, at: int) -> tuple[list[dict[str, Any]], int]:
    try:
        value, end = _DECODER.raw_decode(reply, at)
    except (ValueError, RecursionError):
        return [], at
    listed = value.get("papers")
    records = listed if isinstance(listed, list) else [value]
    return [record for record in records if isinstance(record, dict) and "id" in record], end


def _verdicts(record: Mapping[str, Any], *, criteria: int) -> Iterator[tuple[int, Said]]:
    listed = record.get("verdicts")
    given = listed if isinstance(listed, list) else [record]
    for one in given:
        if not isinstance(one, dict):
            continue
        number = _number(one.get("criterion"), only=criteria == 1)
        verdict = _VERDICTS.get(str(one.get("verdict")).strip(" .\"'\n\t").casefold())
        if verdict is not None and 1 <= number <= criteria:
            yield number, Said(verdict, str(one.get("quote") or ""))


def _number(value: object, *, only: bool) -> int:
    """Return the number of a criterion, 0 if it is none; where there is only one, it need not be said.

    Models that no schema holds write "criterion 2", "2. drums" and 2.0 for it.
    """
    if value is None and only:
        return 1
    match = _NUMBER.fullmatch(str(value).strip())
    return int(match[1]) if match else 0


def _agreed(several: Set[Said]) -> Said | None:
    """Return what was said, if all of it is the same verdict; the longest of its quotes."""
    if len({said.verdict for said in several}) > 1:
        return None
    return max(several, key=lambda said: (len(said.quote), said.quote))
