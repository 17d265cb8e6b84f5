"""A judged set and a comparison, written for the tests of the page."""

from __future__ import annotations

from rag.types import (
    Answer,
    Cell,
    Citation,
    ComparedPaper,
    Comparison,
    Criteria,
    Criterion,
    CriterionVerdict,
    Evidence,
    Judgement,
    Kind,
    Member,
    Paper,
    PaperId,
    Question,
    Ranking,
    Sentence,
    Source,
    Span,
    Status,
    Theme,
    Verdict,
)

KELP = Criterion("about kelp")
SURVEYS = Criterion("surveys", negated=True)
QUESTION = Question(
    *(
        "Which papers are about kelp, but not surveys?",
        Kind.LIST,
        "Which papers are about kelp, but not surveys?",
    ),
    criteria=Criteria(((KELP,), (SURVEYS,))),
)
RANKING = Ranking(QUESTION, (), searched=12_430, encoded=12_430, similarity=0.7, coverage=0.9)
_FIRST, _SECOND = Span(0, 16), Span(17, 45)


def paper(number: int) -> Paper:
    """Return a paper of two sentences."""
    return Paper(
        *(PaperId(f"kelp-{number}"), f"Kelp {number}", "Kelp grows fast. A survey of <i>seaweeds</i>."),
        published=f"20{20 + number}",
    )


def quote(number: int, *, second: bool = False) -> Evidence:
    """Return one of the two sentences of a paper."""
    return Evidence.cut(paper(number), _SECOND if second else _FIRST, score=0.5)


def verdict(number: int) -> Verdict:
    """Return a verdict by criterion: paper 2 has what is ruled out, and says so."""
    ruled_out = Judgement.MEETS if number == 2 else Judgement.NO
    return Verdict(
        *(paper(number).id, Judgement.PARTLY if number == 2 else Judgement.MEETS, (quote(number),)),
        criteria=(
            CriterionVerdict(KELP, Judgement.MEETS, (quote(number),)),
            CriterionVerdict(
                SURVEYS, ruled_out, (quote(number, second=True),) if ruled_out is Judgement.MEETS else ()
            ),
        ),
    )


def member(number: int) -> Member:
    """Return a paper of the set."""
    return Member(paper(number), verdict(number))


def judged_answer() -> Answer:
    """Return a list of three papers; the first two have a theme."""
    numbers = (1, 2, 3)
    counted = Sentence("2 of the 12,430 papers meet this, 1 in part.", (), supported=True, claims=False)
    rows = (
        Sentence(quote(n).quote, (Citation(n, paper(n).id, (quote(n),)),), supported=True) for n in numbers
    )
    return Answer(
        *(QUESTION, Status.ANSWERED, (counted, *rows)),
        sources=tuple(Source(n, paper(n), (quote(n),), verdict(n).verdict) for n in numbers),
        ranking=RANKING,
        writer="llm:tiny",
        judged=600,
        verdicts=tuple(map(verdict, numbers)),
        themes=(Theme("coasts", (paper(1).id, paper(2).id)),),
    )


def compared_answer() -> Answer:
    """Return two papers side by side: of the second one's growth, nothing is said."""
    question = Question("Compare kelp 1 and 2", Kind.COMPARE, "Compare kelp 1 and 2")
    table = Comparison(
        ("kind", "growth"),
        (
            ComparedPaper(
                paper(1).id,
                (Cell("kind", (quote(1, second=True),), "It surveys."), Cell("growth", (quote(1),))),
            ),
            ComparedPaper(paper(2).id, (Cell("kind", (quote(2, second=True),)), Cell("growth", ()))),
        ),
    )
    citation = Citation(1, paper(1).id, (quote(1, second=True),))
    return Answer(
        *(question, Status.ANSWERED, (Sentence("It surveys.", (citation,), supported=True),)),
        sources=(Source(1, paper(1), (quote(1),)), Source(2, paper(2), (quote(2),))),
        ranking=RANKING,
        writer="llm:tiny",
        judged=2,
        comparison=table,
    )
