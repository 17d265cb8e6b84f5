"""Which papers does a comparison put side by side? One search for each side that the question tells apart.

A side that names a paper, by its title or by a name of its own, takes that paper; one that describes it
takes the paper that is found first for it. No paper stands on two sides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.answering.comparing.calling import called_by, is_borne, is_name, tells_of, titled
from rag.answering.comparing.sides import compared_topic, number_asked, read_sides, stands_alone
from rag.answering.comparing.standing_in import (
    alone_line,
    is_absent,
    is_foreign_to,
    names_a_topic,
    not_by_itself_line,
    not_of_topic_line,
    on_topic,
    speaks_of_both,
    stand_in_line,
)
from rag.answering.refusing.entities import mentions, named_things, owners, subjects
from rag.retrieval.retriever import Retriever
from rag.types import Kind, PaperId, Question, RankedPaper, Ranking

MOST = 6
_PAIR = 2
_DEPTH = 10
_IN_FRONT = 6
# How much less the first ranks count than they would by themselves, the weight of the question's ranking
# beside the side's, and the rank of what it does not have among its first. Fixed on the tuning halves of
# `eval.bench.comparisons`.
_SMOOTH = 10
_QUESTION = 1.0
_UNRANKED = 30


@dataclass(frozen=True, slots=True)
class Compared:
    """The papers to compare, in the order of the question, and the ranking with these in front."""

    papers: tuple[RankedPaper, ...]
    ranking: Ranking
    sides: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


def find_compared(question: Question, ranking: Ranking, retriever: Retriever) -> Compared:
    """Return the papers that a question compares; fewer than two where there are not as many.

    `ranking` is that of the question as a whole.
    """
    if len(question.scope.ids or ()) >= _PAIR and _all_meant(question):
        return _of_a_set(question, ranking)
    sides = read_sides(question.sought or question.text)
    if len(ranking.named) >= max(_PAIR, len(sides)):
        named = [one for one in ranking.papers if one.paper.id in ranking.named]
        return _in_front(named[:MOST], ranking, sides=sides)
    if not sides:
        return _of_the_first(question, ranking)
    return _of_sides(sides, question, ranking, retriever)


def _of_sides(sides: tuple[str, ...], question: Question, ranking: Ranking, retriever: Retriever) -> Compared:
    """The papers of the sides, one for each; one alone where its words tell of the other, or there is no other side."""
    near = [_search(side, question, retriever) for side in sides]
    if alone := stands_alone(sides):
        found = near[sides.index(alone)]
        first = called_by(alone, (*found, *ranking.papers[:_DEPTH])) or next(iter(found), None)
        return _only(first, (alone,), ranking, "") if first else _in_front([], ranking, sides=sides)
    if _is_told_by_one(sides, near, ranking):
        return _in_front(ranking.papers[:1], ranking, sides=sides)
    matched = _match_sides(sides, near, ranking.papers)
    if len(matched) == 1:
        return _alone(matched[0], sides, ranking)
    return _in_front(matched, ranking, sides=sides, notices=_not_here(sides, matched))


def _is_told_by_one(sides: Sequence[str], near: Sequence[Sequence[RankedPaper]], ranking: Ranking) -> bool:
    """Tell whether topics are compared, not papers, and the paper that ranks first speaks of both: "are owls better than bats?"."""
    if len(sides) != _PAIR or not ranking.papers or not all(map(names_a_topic, sides)):
        return False
    if any(
        called_by(side, (*found[:_DEPTH], *ranking.papers[:_DEPTH]))
        for side, found in zip(sides, near, strict=True)
    ):
        return False
    return speaks_of_both(ranking.papers[0].paper, *sides)


def _alone(one: RankedPaper, sides: tuple[str, ...], ranking: Ranking) -> Compared:
    """The one paper that is here; no other speaks for the other sides."""
    topics = [side for side in sides if not is_name(side) and not called_by(side, [one])]
    return _only(one, sides, ranking, not_by_itself_line(topics, one.paper) if topics else "")


def _only(one: RankedPaper, sides: tuple[str, ...], ranking: Ranking, line: str) -> Compared:
    found = _in_front([one], ranking, sides=sides)
    notices = (*ranking.notices, line) if line else ranking.notices
    return replace(found, ranking=replace(found.ranking, papers=found.papers, notices=notices))


def _match_sides(
    sides: Sequence[str], near: Sequence[Sequence[RankedPaper]], ranked: Sequence[RankedPaper]
) -> list[RankedPaper]:
    """Give each side a paper, in their order: the one that it names, else the first that was found for it.

    For a name that is no paper's own, only one that mentions it can stand in; for a topic of which a paper that is named speaks
    more than any other, none. `near` holds what was found for each side, `ranked` what was found for the question.
    """
    known = {one.paper.id: one for one in (*(one for found in near for one in found), *ranked)}
    taken: dict[int, RankedPaper] = {}
    for place, (side, found) in enumerate(zip(sides, near, strict=True)):
        pool = [known[one.paper.id] for one in (*found[:_DEPTH], *ranked[:_DEPTH])]
        if called := called_by(side, [one for one in pool if one not in taken.values()]):
            taken[place] = called
    named = [one.paper for one in taken.values()]
    borne = {place: one for place, one in taken.items() if is_borne(one.paper, sides[place], named)}
    taken, named = borne, [one.paper for one in borne.values()]
    told = {side for side in sides if any(tells_of(paper, side) for paper in named)}
    for place, (side, found) in enumerate(zip(sides, near, strict=True)):
        names = named_things(side) if is_name(side) else ()
        may = [one for one in found if all(mentions(one.paper, name) for name in names)]
        free = [one.paper for one in may if known[one.paper.id] not in taken.values()]
        if place in taken or not free or side in told:
            continue
        nearest = known[_nearest([paper.id for paper in titled(side, free)], ranked)]
        if is_name(side) or not is_foreign_to(nearest.paper, side, first=found[0].paper, named=named):
            taken[place] = nearest
    return [taken[place] for place in sorted(taken)]


def _nearest(found: Sequence[PaperId], ranked: Sequence[RankedPaper]) -> PaperId:
    """Return the paper that is near the side and near the question, by reciprocal ranks.

    A side alone may be too short to search for ("the one with graphs"). Cormack et al. 2009, "Reciprocal
    Rank Fusion outperforms Condorcet and individual rank learning methods".
    """
    of_question = {one.paper.id: rank for rank, one in enumerate(ranked[:_DEPTH], start=1)}
    scores = {
        paper_id: 1 / (_SMOOTH + rank) + _QUESTION / (_SMOOTH + of_question.get(paper_id, _UNRANKED))
        for rank, paper_id in enumerate(found, start=1)
    }
    return max(scores, key=lambda paper_id: scores[paper_id])


def _not_here(sides: Sequence[str], matched: Sequence[RankedPaper]) -> tuple[str, ...]:
    """Say which sides no compared paper is: names that none bears, and terms that none holds; others stand in."""
    papers = [one.paper for one in matched]
    uncalled = [side for side in sides if not any(called_by(side, [one]) for one in matched)]
    names = [
        side
        for side in uncalled
        if is_name(side) and not any(side.lower() in paper.title.lower() for paper in papers)
    ]
    terms = [side for side in uncalled if not is_name(side) and is_absent(side, papers)]
    told = (("is called", names), ("speaks of", terms))
    return tuple(stand_in_line(verb, absent) for verb, absent in told if absent)


def _search(side: str, question: Question, retriever: Retriever) -> tuple[RankedPaper, ...]:
    one = replace(question, text=side, sought="", kind=Kind.FACT)
    return retriever.search(one, limit=_DEPTH).papers


def _all_meant(question: Question) -> bool:
    """A few papers in scope were chosen for this question; of more, it may name some."""
    return len(question.scope.ids or ()) <= _PAIR or not read_sides(question.sought or question.text)


def _of_a_set(question: Question, ranking: Ranking) -> Compared:
    """The papers of a set, in its order; of a larger one, those that rank first for the question."""
    known = {one.paper.id: one for one in ranking.papers}
    ids = [paper_id for paper_id in question.scope.ids or () if paper_id in known]
    if len(ids) <= MOST:
        return _in_front([known[paper_id] for paper_id in ids], ranking)
    told = f"Compared the {MOST} of {len(ids):,} papers that rank first for the question."
    return _in_front(ranking.papers[:MOST], ranking, notices=(told,))


def _of_the_first(question: Question, ranking: Ranking) -> Compared:
    """The papers that the question calls, if as many as it asks for; else the first on its topic, two without a number."""
    near, asked = ranking.papers[:_IN_FRONT], number_asked(question.text)
    papers = [ranked.paper for ranked in near]
    called = [*subjects(question.text, papers), *owners(question.text, papers)]
    chosen = [ranked for ranked in near if ranked.paper in called]
    if len(chosen) >= max(_PAIR, asked):
        return _in_front(chosen[: asked or MOST], ranking)
    topic = compared_topic(question.sought or question.text)
    first = on_topic(near, topic)[: asked or _PAIR]
    if len(first) == 1:
        return _only(first[0], (), ranking, alone_line(topic) if topic and len(near) > 1 else "")
    papers = [ranked.paper for ranked in first]
    notices = (not_of_topic_line(topic),) if topic and is_absent(topic, papers) else ()
    too_many = (f"Compared the {MOST} papers that rank first: no more stand side by side.",)
    return _in_front(first, ranking, notices=notices + (too_many if asked > MOST else ()))


def _in_front(
    papers: Sequence[RankedPaper],
    ranking: Ranking,
    *,
    sides: tuple[str, ...] = (),
    notices: tuple[str, ...] = (),
) -> Compared:
    """Put the papers to compare in front of the ranking, each as near as the first."""
    chosen = {one.paper.id for one in papers}
    best = max((one.score for one in ranking.papers), default=0.0)
    behind = [one for one in ranking.papers if one.paper.id not in chosen]
    ordered = [*(replace(one, score=best) for one in papers), *behind]
    ranked = tuple(replace(one, rank=rank) for rank, one in enumerate(ordered, start=1))
    return Compared(ranked[: len(papers)], replace(ranking, papers=ranked), sides, notices)
