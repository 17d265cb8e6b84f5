"""A set question with a model: what it will take, papers judged as replies come, and what was found.

Nearest papers are judged first, so that a sweep that ends early (a budget, a failing server, Ctrl-C) has
looked where members are likely. What was judged before comes from what is kept, and costs nothing.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace

from rag.answering.sets.estimating import Load, Plan, Terms, added, plan
from rag.answering.sets.judging import Judge, Progress, Stopped
from rag.answering.sets.judging_batches import Open, batch_size, frame_tokens, show_paper
from rag.answering.sets.logic import BELONGS, combine
from rag.answering.sets.spending import Leave
from rag.answering.writing.tokens import count_tokens
from rag.types import (
    AnswerEvent,
    Criteria,
    Criterion,
    CriterionVerdict,
    Estimated,
    Judgement,
    Judging,
    Member,
    Paper,
    PaperId,
    Usage,
    Verdict,
)

_SAMPLE = 300  # papers whose tokens are counted; of the others, the number of characters tells
_ORDER = list(Judgement)


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """What a model found: the papers that belong, and the verdicts on all that were judged.

    Both have those that meet the question first, and among equals the nearest. `searched` papers are in scope;
    `stopped` says why some that should have been judged were not, empty if all were.
    """

    members: tuple[Member, ...]
    verdicts: tuple[Verdict, ...]
    searched: int
    usage: Usage
    stopped: str

    @property
    def judged(self) -> int:
        """The number of papers that were judged."""
        return len(self.verdicts)

    def having(self) -> int:
        """Return the number of papers that have something that is ruled out, in full or in part."""
        return sum(
            any(one.criterion.negated and one.verdict in BELONGS for one in verdict.criteria)
            for verdict in self.verdicts
        )

    def count(self, judgement: Judgement) -> int:
        """Return the number of papers with this verdict."""
        return sum(verdict.verdict is judgement for verdict in self.verdicts)


def judge_set(
    criteria: Criteria, papers: Sequence[Paper], judge: Judge, *, searched: int, whole: bool
) -> Generator[AnswerEvent, None, JudgedSet]:
    """Judge papers, nearest first, as far as the leave goes; `whole` is leave for all but the hard cap.

    Yields `Estimated` before the first request, and `Judging` with what is known already, then after each
    reply. Closing it keeps every verdict that was read. Nothing is raised: a model that fails ends the sweep,
    and what was judged before stands.
    """
    docket = _Docket(criteria, {paper.id: paper for paper in papers}, judge.known(papers, docketed(criteria)))
    open_ = docket.open()
    planned = _plan(open_, docket, judge, whole=whole)
    settings = judge.settings
    yield Estimated(planned.planned, planned.whole, settings.budget if planned.whole else None)
    of, usage, stopped = planned.planned.papers, Usage(), ""
    yield docket.progress(of)
    leave = Leave(None, None) if whole else Leave(settings.budget, 60 * settings.minutes)
    with closing(judge.sweep(open_[: planned.open], leave=leave)) as steps:
        for step in steps:
            match step:
                case Progress(verdicts, spent):
                    usage = added(usage, spent)
                    docket.take(verdicts)
                    yield docket.progress(of, seconds_left=step.seconds_left)
                case Stopped(reason):
                    stopped = reason
    return docket.result(searched=searched, usage=usage, stopped=stopped)


def docketed(criteria: Criteria) -> tuple[Criterion, ...]:
    """Return the criteria that need a verdict, each once, in their order."""
    return tuple(dict.fromkeys(criterion for clause in criteria.clauses for criterion in clause))


@dataclass(slots=True)
class _Docket:
    """The papers in their order, and what is known of each so far."""

    criteria: Criteria
    papers: Mapping[PaperId, Paper]
    known: dict[PaperId, dict[Criterion, CriterionVerdict]]
    told: set[PaperId] = field(default_factory=set)
    members: dict[PaperId, Member] = field(default_factory=dict)
    judged: set[PaperId] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._settle(self.papers)

    def open(self) -> tuple[Open, ...]:
        """Return the papers that lack verdicts, nearest first."""
        asked = docketed(self.criteria)
        lacking = ((p, tuple(c for c in asked if c not in self.known[p.id])) for p in self.papers.values())
        return tuple(Open(paper, criteria) for paper, criteria in lacking if criteria)

    def take(self, verdicts: Sequence[tuple[PaperId, CriterionVerdict]]) -> None:
        """Write verdicts down; a later one replaces an earlier one."""
        for paper_id, verdict in verdicts:
            self.known[paper_id][verdict.criterion] = verdict
        self._settle(dict.fromkeys(paper_id for paper_id, _ in verdicts))

    def progress(self, of: int, *, seconds_left: float | None = None) -> Judging:
        """Tell how far it is, with the members that were not told yet."""
        fresh = tuple(member for paper_id, member in self.members.items() if paper_id not in self.told)
        self.told |= {member.paper.id for member in fresh}
        return Judging(len(self.judged), of, len(self.members), seconds_left, fresh)

    def result(self, *, searched: int, usage: Usage, stopped: str) -> JudgedSet:
        """Return all verdicts in order."""
        verdicts = [self._verdict(paper_id) for paper_id in self.papers if paper_id in self.judged]
        verdicts.sort(key=lambda verdict: _ORDER.index(verdict.verdict))  # stable: nearest first among equals
        members = tuple(Member(self.papers[v.paper_id], v) for v in verdicts if v.verdict in BELONGS)
        return JudgedSet(members, tuple(verdicts), searched, usage, stopped)

    def _settle(self, ids: Mapping[PaperId, object]) -> None:
        asked = docketed(self.criteria)
        for paper_id in ids:
            if all(criterion in self.known[paper_id] for criterion in asked):
                self.judged.add(paper_id)
                verdict = self._verdict(paper_id)
                if verdict.verdict in BELONGS:
                    self.members[paper_id] = Member(self.papers[paper_id], verdict)

    def _verdict(self, paper_id: PaperId) -> Verdict:
        return conclude(self.papers[paper_id], self.criteria, self.known[paper_id])


def conclude(paper: Paper, criteria: Criteria, found: Mapping[Criterion, CriterionVerdict]) -> Verdict:
    """Return the verdict on a paper that follows from those on the criteria, with the words behind it.

    What has no words to show for it is unclear at best: so is every paper where something is only ruled out.
    """
    single = tuple(found[criterion] for criterion in docketed(criteria))
    verdict = combine(criteria, {one.criterion: one.verdict for one in single})
    speaking = (one for one in single if one.verdict in BELONGS and not one.criterion.negated)
    evidence = tuple(dict.fromkeys(piece for one in speaking for piece in one.evidence))
    if verdict in BELONGS and not evidence:
        verdict = Judgement.UNCLEAR
    return Verdict(paper.id, verdict, () if verdict is Judgement.NO else evidence, single)


def without_changed(found: JudgedSet, now: Mapping[PaperId, Paper]) -> tuple[JudgedSet, int]:
    """Return a set without the papers that are gone, or read otherwise than when judged; and how many these are.

    `now` holds the members as the library has them. What is left out no longer counts as in scope: it ranks below none.
    """
    same = [
        member
        for member in found.members
        if (current := now.get(member.paper.id)) and current.abstract == member.paper.abstract
    ]
    gone = {member.paper.id for member in found.members} - {member.paper.id for member in same}
    verdicts = tuple(verdict for verdict in found.verdicts if verdict.paper_id not in gone)
    left = found.searched - len(gone)
    return replace(found, members=tuple(same), verdicts=verdicts, searched=left), len(gone)


def _plan(open_: Sequence[Open], docket: _Docket, judge: Judge, *, whole: bool) -> Plan:
    asked = docketed(docket.criteria)
    texts = [show_paper("", one.paper) for one in open_]
    counted = texts[:: max(1, len(texts) // _SAMPLE)]
    share = sum(map(count_tokens, counted)) / max(1, sum(map(len, counted)))
    loads = [Load(len(text) * share, len(one.criteria)) for text, one in zip(texts, open_, strict=True)]
    mean = sum(load.tokens for load in loads) / max(1, len(loads))
    terms = Terms(
        frame=frame_tokens(asked),
        batch=batch_size(mean, asked, most=judge.settings.batch, context=judge.model.context),
        prices=judge.settings.prices,
        pace=judge.kept.pace(),
    )
    return plan(loads, cached=len(docket.judged), terms=terms, settings=judge.settings, agreed=whole)
