"""The JSON that Footnote prints: one function a record. Documented in `docs/json.md`.

These shapes are a promise to other programs. A field may be added; none is renamed or removed
without a new version.
"""

from __future__ import annotations

from typing import Any

from rag.types import Answer, Comparison, Evidence, Paper, RankedPaper, Scope, Sentence, Source, Verdict

VERSION = 1

Record = dict[str, Any]


def paper_record(paper: Paper) -> Record:
    """A paper, as `footnote papers --json` prints it."""
    return {
        "id": paper.id,
        "title": paper.title,
        "abstract": paper.abstract,
        "authors": list(paper.authors),
        "published": paper.published,
        "url": paper.url,
        "sources": list(paper.sources),
    }


def ranked_record(ranked: RankedPaper) -> Record:
    """A search result, as `footnote search --json` prints it."""
    return {
        "rank": ranked.rank,
        "id": ranked.paper.id,
        "title": ranked.paper.title,
        "score": ranked.score,
        "relevance": ranked.relevance,
        "arms": dict(ranked.arms),
        "evidence": [evidence_record(evidence) for evidence in ranked.evidence],
    }


def evidence_record(evidence: Evidence) -> Record:
    """Words of an abstract: `abstract[start:end] == quote`."""
    return {"start": evidence.start, "end": evidence.end, "quote": evidence.quote}


def answer_record(answer: Answer) -> Record:
    """A whole answer, as `footnote ask --json` prints it."""
    return {
        "version": VERSION,
        "question": answer.question.asked,
        "standalone": answer.question.text,
        "scope": _scope_record(answer.question.scope),
        "criteria": [
            [{"text": criterion.text, "negated": criterion.negated} for criterion in clause]
            for clause in answer.question.criteria.clauses
        ],
        "listing": {
            "most": answer.question.listing.most,
            "order": answer.question.listing.order.value,
        },
        "kind": answer.question.kind.value,
        "status": answer.status.value,
        "writer": answer.writer,
        "text": answer_text(answer),
        "sentences": [_sentence_record(sentence) for sentence in answer.sentences],
        "sources": [_source_record(source) for source in answer.sources],
        "verdicts": [_verdict_record(verdict) for verdict in answer.verdicts],
        "themes": [{"name": theme.name, "papers": list(theme.papers)} for theme in answer.themes],
        "comparison": _comparison_record(answer.comparison) if answer.comparison else None,
        "ranked": [
            {"id": r.paper.id, "title": r.paper.title, "score": r.score} for r in answer.ranking.papers[:50]
        ],
        "judged": {"papers": answer.judged, "of": answer.ranking.searched},
        "checked": _checked_record(answer),
        "signals": {"similarity": answer.ranking.similarity, "coverage": answer.ranking.coverage},
        "dropped": len(answer.dropped),
        "dropped_sentences": [{"text": s.text, "reason": s.reason} for s in answer.dropped],
        "missing": answer.missing,
        "notices": list(answer.notices),
        "prompts": answer.prompts,
        "index": dict(answer.ranking.index),
        "usage": {
            "prompt_tokens": answer.usage.prompt_tokens,
            "completion_tokens": answer.usage.completion_tokens,
            "cost": answer.usage.cost,
        },
        "timings_ms": dict(answer.timings_ms),
    }


def answer_text(answer: Answer) -> str:
    """The answer as plain text: its sentences with their numbers, a line for each cited paper run."""
    lines: list[list[str]] = []
    last: tuple[int, ...] | None = None
    for sentence in answer.sentences:
        numbers = tuple(citation.number for citation in sentence.citations)
        by_paper = answer.writer == "quotes" or answer.verdicts
        if (by_paper and numbers != last) or not lines:
            lines.append([])
        lines[-1].append(marked(sentence))
        last = numbers
    return "\n".join(" ".join(line) for line in lines)


def marked(sentence: Sentence) -> str:
    """Return a sentence followed by its footnote numbers; its lead stands before it, in brackets."""
    markers = "".join(f"[{citation.number}]" for citation in sentence.citations)
    text = f"({sentence.lead}:) {sentence.text}" if sentence.lead else sentence.text
    return f"{text} {markers}" if markers else text


def _scope_record(scope: Scope) -> Record:
    return {
        "since": scope.since,
        "until": scope.until,
        "sources": list(scope.sources),
        "authors": list(scope.authors),
        "titles": list(scope.titles),
        "ids": None if scope.ids is None else list(scope.ids),
    }


def _sentence_record(sentence: Sentence) -> Record:
    return {
        "text": sentence.text,
        "lead": sentence.lead,
        "citations": [citation.number for citation in sentence.citations],
        "supported": sentence.supported,
        "claims": sentence.claims,
        "added": [citation.number for citation in sentence.citations if citation.added],
    }


def _verdict_record(verdict: Verdict) -> Record:
    return {
        "id": verdict.paper_id,
        "verdict": verdict.verdict.value,
        "evidence": [evidence_record(evidence) for evidence in verdict.evidence],
        "criteria": [
            {
                "text": one.criterion.text,
                "negated": one.criterion.negated,
                "verdict": one.verdict.value,
                "evidence": [evidence_record(evidence) for evidence in one.evidence],
            }
            for one in verdict.criteria
        ],
    }


def _comparison_record(comparison: Comparison) -> Record:
    return {
        "aspects": list(comparison.aspects),
        "papers": [
            {
                "id": row.paper_id,
                "cells": [
                    {
                        "aspect": cell.aspect,
                        "text": cell.text,
                        "evidence": [evidence_record(evidence) for evidence in cell.evidence],
                    }
                    for cell in row.cells
                ],
            }
            for row in comparison.papers
        ],
    }


def _checked_record(answer: Answer) -> Record:
    """How many of the sentences that claim something were supported; the others were dropped."""
    supported = sum(sentence.claims and sentence.supported for sentence in answer.sentences)
    return {"supported": supported, "of": supported + len(answer.dropped)}


def _source_record(source: Source) -> Record:
    return {
        "number": source.number,
        "id": source.paper.id,
        "title": source.paper.title,
        "url": source.paper.url,
        "verdict": source.verdict.value if source.verdict else None,
        "evidence": [evidence_record(evidence) for evidence in source.evidence],
    }
