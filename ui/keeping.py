"""Answers as the browser that asked keeps them: written as JSON, and read back.

What comes back from a browser is foreign: it is parsed, and evidence that is not in its abstract is
refused. A turn that was stopped leaves an answer too, of what had been checked until then.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pydantic import TypeAdapter, ValidationError

from rag.answering.writing.footnotes import Footnotes
from rag.errors import FootnoteError
from rag.types import Answer, Evidence, PaperId, Sentence, Source, Status, Verdict
from ui.turns import Turn

_ANSWER = TypeAdapter(Answer)
_RANKED_KEPT = 10


class RecordError(FootnoteError):
    """What a browser kept cannot be read."""


def keep_answer(answer: Answer) -> str:
    """Write an answer as JSON that `read_answer` takes; of its ranking, the first ten papers.

    Of the verdicts, those on the cited papers are kept: the others would be most of what is stored.
    """
    ranking = replace(answer.ranking, papers=answer.ranking.papers[:_RANKED_KEPT])
    kept = among(answer, {source.paper.id for source in answer.sources})
    return _ANSWER.dump_json(replace(kept, ranking=ranking, comparison=answer.comparison)).decode()


def read_answer(record: str) -> Answer:
    """Read a kept answer.

    Raises:
        RecordError: it is none, or evidence in it does not stand in its abstract.
    """
    try:
        answer = _ANSWER.validate_json(record)
    except (ValidationError, ValueError) as error:
        raise RecordError("this answer was kept by another version of Footnote; ask again") from error
    abstracts = {source.paper.id: source.paper.abstract for source in answer.sources}
    if any(abstracts.get(e.paper_id, "")[e.start : e.end] != e.quote for e in _evidence(answer)):
        raise RecordError("this answer was changed since it was kept; ask again")
    return answer


def among(answer: Answer, ids: set[PaperId]) -> Answer:
    """Return the answer with these of its papers alone: their sources, verdicts, themes, and columns.

    A sentence stays if it cites none but these; one that cites nothing stays if no paper was left out.
    """
    sources = tuple(source for source in answer.sources if source.paper.id in ids)
    is_whole = len(sources) == len(answer.sources)
    themes = (replace(t, papers=tuple(p for p in t.papers if p in ids)) for t in answer.themes)
    table = answer.comparison
    return replace(
        answer,
        sources=sources,
        sentences=tuple(
            s
            for s in answer.sentences
            if all(c.paper_id in ids for c in s.citations) and (s.citations or is_whole)
        ),
        verdicts=tuple(verdict for verdict in answer.verdicts if verdict.paper_id in ids),
        themes=tuple(theme for theme in themes if theme.papers),
        comparison=table and replace(table, papers=tuple(row for row in table.papers if row.paper_id in ids)),
    )


def stopped_answer(turn: Turn) -> Answer | None:
    """Return what a turn holds so far as an answer in part, as it stands when somebody stops it.

    None while there is nothing worth keeping: quotes alone come all at once.
    """
    if turn.read_as is None or turn.ranking is None:
        return None
    verdicts: tuple[Verdict, ...] = ()
    if turn.sentences and not all(map(is_quote, turn.sentences)):
        sentences, sources = turn.sentences, turn.sources
        told = "Stopped: what stands above was checked, the rest was not written."
    elif turn.members and turn.judging:
        sentences, sources = _rows(turn)
        verdicts = tuple(member.verdict for member in turn.members)
        told = "Stopped by the reader: the other papers may hold more. Asked again, it goes on from here."
    else:
        return None
    return Answer(
        question=turn.read_as,
        status=Status.PARTIAL,
        sentences=sentences,
        sources=sources,
        ranking=turn.ranking,
        writer=turn.writer,
        judged=turn.judging.judged if turn.judging else 0,
        verdicts=verdicts,
        notices=(told, *(notice.text for notice in turn.notices)),
        timings_ms=turn.ranking.timings_ms,
    )


def is_quote(sentence: Sentence) -> bool:
    """Tell a quote from a model's sentence: it is what it cites first, word for word."""
    quoted = [e.quote for citation in sentence.citations[:1] for e in citation.evidence]
    return not sentence.claims or quoted == [sentence.text]


def _rows(turn: Turn) -> tuple[tuple[Sentence, ...], tuple[Source, ...]]:
    """The papers found so far, each with the words that speak for it."""
    footnotes = Footnotes()
    told = {member.paper.id: member.verdict.verdict for member in turn.members}
    rows = tuple(
        Sentence(evidence.quote, (footnotes.cite(member.paper, (evidence,)),), supported=True)
        for member in turn.members
        for evidence in member.verdict.evidence
    )
    count = Sentence(_count(turn), (), supported=True, claims=False)
    return (count, *rows), tuple(replace(s, verdict=told[s.paper.id]) for s in footnotes.sources())


def _count(turn: Turn) -> str:
    judged, of = (turn.judging.judged, turn.judging.of) if turn.judging else (0, 0)
    return f"{len(turn.members):,} found in the {judged:,} of {of:,} papers that were judged before it was stopped."


def _evidence(answer: Answer) -> Iterator[Evidence]:
    """All words that an answer shows of a paper."""
    for source in answer.sources:
        yield from source.evidence
    for sentence in answer.sentences:
        for citation in sentence.citations:
            yield from citation.evidence
    for verdict in answer.verdicts:
        yield from verdict.evidence
        for criterion in verdict.criteria:
            yield from criterion.evidence
    for row in answer.comparison.papers if answer.comparison else ():
        for cell in row.cells:
            yield from cell.evidence
