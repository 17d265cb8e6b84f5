"""What one answer scores, by hand."""

from __future__ import annotations

from typing import Any

import pytest

from eval.judging import judge_answer
from eval.reference import Nugget, ReferenceQuestion
from rag.types import Paper

_GRADES = {"twin-scale-fusion": 2, "patient-mamba": 1, "slow-drums": 0}


def _question(kind: str = "list", **fields: Any) -> ReferenceQuestion:
    relevant = fields.pop("relevant", {"twinscalefusion": 2})
    return ReferenceQuestion("q", "Which joins local features?", kind, relevant, **fields)


def _source(number: int, paper: Paper, start: int, end: int) -> dict[str, Any]:
    quote = paper.abstract[start:end]
    evidence = [{"start": start, "end": end, "quote": quote}]
    return {"number": number, "id": paper.id, "title": paper.title, "evidence": evidence}


@pytest.fixture
def record(papers: tuple[Paper, ...]) -> dict[str, Any]:
    """An answer that quotes a right paper and a wrong one; the second quote has wrong offsets."""
    twin, _mamba, prompts = papers[:3]
    wrong = {
        **_source(2, prompts, 0, 20),
        "evidence": [{"start": 1, "end": 20, "quote": prompts.abstract[:19]}],
    }
    return {
        "status": "answered",
        "sentences": [
            {"text": twin.abstract[:58], "citations": [1]},
            {"text": twin.abstract[:58], "citations": [2]},
        ],
        "sources": [_source(1, twin, 0, 58), wrong],
        "ranked": [{"id": name} for name in ("quiet-prompts", "twin-scale-fusion", "slow-drums")],
        "verdicts": [],
        "dropped": 2,
    }


def _values(
    record: dict[str, Any] | None, papers: tuple[Paper, ...], question: ReferenceQuestion
) -> dict[str, float | None]:
    return judge_answer(question, _GRADES, record, papers={paper.id: paper for paper in papers})


def test_an_answer_is_scored_as_by_hand(record: dict[str, Any], papers: tuple[Paper, ...]) -> None:
    values = _values(record, papers, _question())
    assert (values["recall5"], values["rr"], values["rprec"]) == (0.5, 0.5, 0.5)
    assert values["judged10"] == pytest.approx(2 / 3)
    assert (values["cited_precision"], values["cited_recall"], values["cited_f1"]) == (0.5, 0.5, 0.5)
    assert (values["citation_recall"], values["citation_precision"]) == (0.5, 0.5)
    assert (values["true_spans"], values["supported"]) == (0.5, 0.5)
    assert (values["false_refusal"], values["meets_f1"]) == (0.0, None)


def test_verdicts_are_held_against_their_grades(record: dict[str, Any], papers: tuple[Paper, ...]) -> None:
    verdicts = [
        {"id": name, "verdict": verdict}
        for name, verdict in (
            ("twin-scale-fusion", "meets"),
            ("patient-mamba", "partly"),
            ("slow-drums", "no"),
        )
    ]
    values = _values({**record, "verdicts": verdicts}, papers, _question())
    assert (values["meets_f1"], values["partly_f1"]) == (1.0, 1.0)


def test_a_number_that_no_source_has_is_a_citation_that_supports_nothing(
    record: dict[str, Any], papers: tuple[Paper, ...]
) -> None:
    told = [{"text": papers[0].abstract[:58], "citations": [9]}]
    values = _values({**record, "sentences": told}, papers, _question())
    assert (values["citation_precision"], values["citation_recall"], values["cited_precision"]) == (0, 0, 0)


def test_nuggets_are_looked_for_in_the_sentences_alone(
    record: dict[str, Any], papers: tuple[Paper, ...]
) -> None:
    nuggets = (Nugget("detail", ("fine detail",)), Nugget("title", ("quiet prompts",)))
    assert _values(record, papers, _question("fact", nuggets=nuggets))["nugget_recall"] == 0.5


@pytest.mark.parametrize(
    ("status", "relevant", "expected"),
    [
        ("not_in_library", {}, (1.0, 1.0, None)),
        ("answered", {}, (0.0, 0.0, None)),
        ("not_stated", {"twinscalefusion": 1}, (1.0, None, 1.0)),
    ],
)
def test_refusals_of_unanswerable_questions_are_right(
    record: dict[str, Any],
    papers: tuple[Paper, ...],
    status: str,
    relevant: dict[str, int],
    expected: tuple[float | None, ...],
) -> None:
    values = _values({**record, "status": status}, papers, _question("unanswerable", relevant=relevant))
    names = ("right_refusal", "off_topic_refused", "near_miss_refused")
    assert tuple(values[name] for name in names) == expected
    assert "ndcg10" not in values


def test_a_refused_question_that_could_be_answered_is_a_false_refusal(
    record: dict[str, Any], papers: tuple[Paper, ...]
) -> None:
    refusal = {**record, "status": "not_in_library", "sentences": []}
    values = _values(refusal, papers, _question())
    assert (values["false_refusal"], values["cited_f1"], values["citation_recall"]) == (1.0, 0.0, None)


def test_a_follow_up_is_right_when_it_cites_the_referent_first(
    record: dict[str, Any], papers: tuple[Paper, ...]
) -> None:
    assert _values(record, papers, _question("followup"))["right_referent"] == 1.0
    turned = {**record, "sentences": record["sentences"][::-1]}
    assert _values(turned, papers, _question("followup"))["right_referent"] == 0.0
