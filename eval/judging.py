"""One question and its answer -> the value of each measure. Pure.

A value is None where a measure says nothing of an answer: no quote was shown, no verdict given. Such
questions are not counted in that measure's n. A question without an answer gets the worst value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from eval.measures import MEASURES
from eval.metrics.abstention import refused
from eval.metrics.citations import CitedSentence, Quote, citation_precision, citation_recall, true_spans
from eval.metrics.nuggets import nugget_recall
from eval.metrics.ranking import judged_at_k, ndcg_at_k, r_precision, recall_at_k, reciprocal_rank
from eval.metrics.sets import jaccard, score_set
from eval.reference import ReferenceQuestion
from rag.answering.checks.talk import claims_nothing
from rag.answering.checks.verification import check_sentence
from rag.types import Judgement, Paper

Record = Mapping[str, Any]
Values = dict[str, float | None]
_NONE_WITHOUT_ANSWER = {"meets_precision", "meets_recall", "meets_f1"} | {
    *("partly_precision", "partly_recall", "partly_f1", "stability", "nugget_recall"),
    *("off_topic_refused", "near_miss_refused"),
}
_CLEAR = 2


def judge_answer(
    question: ReferenceQuestion,
    grades: Mapping[str, int],
    record: Record | None,
    *,
    papers: Mapping[str, Paper],
    others: Sequence[Record] = (),
) -> Values:
    """Return the value of each measure that applies to the question's type.

    `grades` are its judgments by paper id, `papers` those whose words answers show, `others` the
    answers of further rounds. `record` None or with an error scores worst.
    """
    if record is None or "error" in record:
        return _worst(question)
    values: Values = {**_citations(record, question, papers), "stability": _stability([record, *others])}
    if question.answerable:
        values |= _retrieval(record, grades) | _sets(record, grades)
        values["false_refusal"] = float(refused(record["status"]))
        values["nugget_recall"] = _nuggets(record, question)
        values["right_referent"] = float(_first_cited(record) in _relevant(grades))
    else:
        values |= _refusals(question, right=float(refused(record["status"])))
    return {m.name: values.get(m.name) for m in MEASURES if question.type in m.types}


def cited_papers(record: Record) -> frozenset[str]:
    """Return the ids of the papers that the sentences of an answer cite."""
    return frozenset(paper for sentence in _cited_sentences(record) for paper in sentence.papers)


def _first_cited(record: Record) -> str | None:
    """Return the id of the paper that an answer cites first."""
    return next((paper for sentence in _cited_sentences(record) for paper in sentence.papers), None)


def _cited_sentences(record: Record) -> list[CitedSentence]:
    """Return the sentences of an answer with the ids of what they cite; a number without a source is left.

    A sentence that states nothing ("These papers do so:") needs no footnote and is left out.
    """
    ids = {source["number"]: source["id"] for source in record["sources"]}
    return [
        CitedSentence(s["text"], tuple(ids.get(n, f"unknown:{n}") for n in s["citations"]))
        for s in record["sentences"]
        if s["citations"] or (s.get("claims", True) and not claims_nothing(s["text"]))
    ]


def _supports_by_rule(papers: Mapping[str, Paper], question: str) -> Callable[[str, Sequence[str]], bool]:
    """Return a judge: words of a cited abstract are supported; for others, Footnote's verifier decides."""

    def supports(text: str, ids: Sequence[str]) -> bool:
        cited = [papers[paper] for paper in ids if paper in papers]
        if any(text in paper.abstract for paper in cited):
            return True
        return check_sentence(text, cited, question=question).supported

    return supports


def _worst(question: ReferenceQuestion) -> Values:
    values: Values = {
        m.name: None if m.name in _NONE_WITHOUT_ANSWER else m.worst
        for m in MEASURES
        if question.type in m.types
    }
    if "nugget_recall" in values and question.nuggets:
        values["nugget_recall"] = 0.0
    return values if question.answerable else values | _refusals(question, right=0.0)


def _retrieval(record: Record, grades: Mapping[str, int]) -> Values:
    ranking = [paper["id"] for paper in record["ranked"]]
    recall: Values = {f"recall{k}": recall_at_k(ranking, grades, k=k) for k in (5, 10, 20, 50)}
    return recall | {
        "ndcg10": ndcg_at_k(ranking, grades, k=10),
        "rr": reciprocal_rank(ranking, grades),
        "rprec": r_precision(ranking, grades),
        "judged10": judged_at_k(ranking, grades, k=10),
    }


def _sets(record: Record, grades: Mapping[str, int]) -> Values:
    """Score the cited set and the verdicts: "meets" against grade 2, the others against grade 1 or more."""
    verdicts = {verdict["id"]: verdict["verdict"] for verdict in record["verdicts"]}
    meets = {paper for paper, verdict in verdicts.items() if verdict == Judgement.MEETS}
    partly = {paper for paper, verdict in verdicts.items() if verdict == Judgement.PARTLY}
    clear = {paper for paper, grade in grades.items() if grade == _CLEAR}
    values = _set_values("cited", cited_papers(record), _relevant(grades))
    if verdicts and clear:
        values |= _set_values("meets", meets, clear)
    if verdicts:
        values |= _set_values("partly", meets | partly, _relevant(grades))
    return values


def _set_values(name: str, found: set[str] | frozenset[str], relevant: set[str]) -> Values:
    scores = score_set(found, relevant)
    return {
        f"{name}_precision": scores.precision,
        f"{name}_recall": scores.recall,
        f"{name}_f1": scores.f1,
    }


def _citations(record: Record, question: ReferenceQuestion, papers: Mapping[str, Paper]) -> Values:
    sentences = _cited_sentences(record)
    supports = _supports_by_rule(papers, question.question)
    abstracts = {paper_id: paper.abstract for paper_id, paper in papers.items()}
    quotes = [
        Quote(source["id"], e["start"], e["end"], e["quote"])
        for source in record["sources"]
        for e in source["evidence"]
    ]
    written = len(sentences) + record["dropped"]
    return {
        "citation_precision": citation_precision(sentences, supports),
        "citation_recall": citation_recall(sentences, supports) if sentences else None,
        "supported": len(sentences) / written if written else None,
        "true_spans": true_spans(quotes, abstracts.get),
    }


def _nuggets(record: Record, question: ReferenceQuestion) -> float | None:
    if not question.nuggets:
        return None
    told = "\n".join(sentence["text"] for sentence in record["sentences"])
    return nugget_recall(told, [nugget.keys for nugget in question.nuggets])


def _refusals(question: ReferenceQuestion, *, right: float) -> Values:
    """A near miss names papers that come close; an off-topic question has none."""
    near = bool(question.relevant)
    return {
        "right_refusal": right,
        "near_miss_refused": right if near else None,
        "off_topic_refused": None if near else right,
    }


def _stability(records: Sequence[Record]) -> float | None:
    sets = [cited_papers(record) for record in records if "error" not in record]
    return jaccard(sets) if len(sets) > 1 else None


def _relevant(grades: Mapping[str, int]) -> set[str]:
    return {paper for paper, grade in grades.items() if grade >= 1}
