"""Papers with features of a given strength, and the verdicts on them."""

from __future__ import annotations

import numpy as np

from rag.answering.asking.criteria_line import parse_criteria
from rag.answering.sets.chances import load_regressions
from rag.answering.sets.verdicts import Judged
from rag.answering.sets.verdicts import judge as judge_by
from rag.retrieval.sweeping import Basis, Swept, SweptCriterion, SweptPaper
from rag.types import Evidence, Paper, PaperId, Span


def swept_paper(number: int, *, abstract: str = "Some words.") -> SweptPaper:
    paper = Paper(PaperId(f"p{number}"), f"Paper {number}", abstract)
    evidence = (Evidence.cut(paper, Span(0, len(abstract)), score=0.5),) if abstract else ()
    return SweptPaper(paper, evidence)


def features_of(strengths: list[float]) -> np.ndarray:
    """Features that lie so many deviations on the side that speaks for a paper."""
    belongs = load_regressions(Basis.CROWD).belongs
    sides = np.sign(belongs.weights) * np.array(belongs.deviations)
    return np.array([np.array(belongs.means) + strength * sides for strength in strengths])


def sweep(strengths: list[float], line: str = "drums", *parts: list[float], **options: str) -> Swept:
    """Papers with their strengths for a question as a whole, and for each of its criteria."""
    papers = tuple(swept_paper(n, **options) for n in range(len(strengths)))
    criteria = [criterion for clause in parse_criteria(line).clauses for criterion in clause]
    evidence = tuple(one.evidence for one in papers)
    looked_at = tuple(
        SweptCriterion(criterion, features_of(part), evidence)
        for criterion, part in zip(criteria, parts, strict=bool(parts))
    )
    return Swept(papers, features_of(strengths), Basis.CROWD, looked_at)


def judge(swept: Swept, line: str = "drums") -> tuple[Judged, ...]:
    """Judge by the weights that are shipped."""
    return judge_by(swept, parse_criteria(line), load_regressions(swept.basis))
