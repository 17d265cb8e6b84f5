"""The answer to a set question with a model: a count by code, and a row for each paper that belongs.

Every row is a footnote: words of the abstract that the model named and code found there. The count says what
the rows show, a notice how many papers were judged, how many not, and why.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rag.answering.asking.criteria import read_criteria
from rag.answering.sets.chances import load_regressions
from rag.answering.sets.judged_sets import JudgedSet, docketed, judge_set, without_changed
from rag.answering.sets.judging import Judge
from rag.answering.sets.showing import cut_sentence, order_notice, shown_rows
from rag.answering.sets.verdicts import judge as estimate_verdicts
from rag.answering.writing.footnotes import Footnotes, remark
from rag.retrieval.retriever import Retriever
from rag.types import (
    EVERY_PAPER,
    AnswerEvent,
    Criteria,
    Judgement,
    Listing,
    Paper,
    Question,
    Ranking,
    SentenceReady,
    Status,
    Usage,
    Verdict,
    Waiting,
)

# From so many papers on, a judge to whom nearly all belong is worth a warning.
_MANY = 30
_NEARLY_ALL = 0.9


@dataclass(frozen=True, slots=True)
class ModelSet:
    """A set that a model judged, of `most` papers; `changes` say in a line each how the library changed meanwhile."""

    found: JudgedSet
    model: str
    most: int
    changes: tuple[str, ...] = ()
    listing: Listing = EVERY_PAPER

    @property
    def only_excludes(self) -> bool:
        """Tell whether the question wants nothing, and only rules something out."""
        return all(one.criterion.negated for verdict in self.found.verdicts for one in verdict.criteria)

    @property
    def judged(self) -> int:
        """The number of papers that were judged."""
        return self.found.judged

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The verdicts on all of them."""
        return self.found.verdicts

    @property
    def usage(self) -> Usage:
        """What the requests took."""
        return self.found.usage

    @property
    def status(self) -> Status:
        """How the answer ends: in part where the model failed, and not here where every paper was judged so."""
        found = self.found
        if found.members or self.only_excludes:
            return Status.PARTIAL if found.stopped else Status.ANSWERED
        whole = found.judged >= found.searched and not found.count(Judgement.UNCLEAR)
        return Status.NOT_IN_LIBRARY if whole else Status.NOT_STATED

    @property
    def missing(self) -> str:
        """What was looked for in vain, in one line; empty if papers belong."""
        if self.found.members or self.only_excludes:
            return ""
        unclear = self.found.count(Judgement.UNCLEAR)
        abstracts = "1 abstract leaves" if unclear == 1 else f"{unclear:,} abstracts leave"
        left = f"; {abstracts} it open" if unclear else ""
        if self.judged == 1:
            return f"The one paper that was judged {'leaves it open' if unclear else 'does not meet this'}."
        return f"None of the {self.judged:,} papers that were judged meets this{left}."

    @property
    def failure(self) -> str:
        """Why estimates are better than this: nothing was judged, or it stopped before it found a paper; or empty."""
        found = self.found
        if found.judged and (found.members or self.only_excludes or not found.stopped):
            return ""
        reason = found.stopped or (
            "the most that may be judged (FOOTNOTE_MOST_JUDGED) is 0"
            if not self.most
            else "the budget holds not a single paper, and judging all needs leave to spend more"
        )
        judged = f"Of {found.judged:,} papers judged none belongs" if found.judged else "No paper was judged"
        return f"{judged}: {reason}{'' if reason.endswith('?') else '.'} These are estimates instead, by words and vectors."

    @property
    def notices(self) -> tuple[str, ...]:
        """How the papers were judged, in a line each."""
        unclear = () if self.only_excludes else _unclear(self.found)
        unsorted = order_notice(self.found.members, self.listing)
        doubts = (*_doubts(self.found), *([unsorted] if unsorted else ()))
        return (_depth(self.found, self.model, most=self.most), *unclear, *doubts, *self.changes)

    def write(self, footnotes: Footnotes) -> Iterator[SentenceReady]:
        """Yield the count, then the rows, each with the source that it cites; nothing if no paper belongs.

        Of a question that only rules something out, the count says how many papers have it: that the others do
        not is shown by no words of theirs.
        """
        if self.found.members or self.only_excludes:
            yield remark(self._count())
        for member in shown_rows(self.found.members, self.listing):
            for evidence in sorted(member.verdict.evidence, key=lambda e: e.start):
                yield footnotes.quote(member.paper, evidence)

    def _count(self) -> str:
        if self.only_excludes:
            return exclusion_line(self.found)
        partly = self.found.count(Judgement.PARTLY)
        return cut_sentence(self.found.members, self.listing, partly=partly, seem="meet") or count_line(
            self.found
        )


def criteria_to_judge(question: Question, *, today: date) -> Criteria | None:
    """Return what a model should be asked of each paper; None where asking could not tell anything.

    A follow-up that shows a set again is judged by what made the set. A question that names nothing, or
    contradicts itself, needs no model.
    """
    criteria = question.criteria
    if not criteria.clauses and question.sought:
        criteria = read_criteria(question.sought, today=today)
    return criteria if criteria.clauses and not criteria.contradictory else None


def judge_question(
    question: Question, ranking: Ranking, *, retriever: Retriever, judge: Judge, whole: bool
) -> Generator[AnswerEvent, None, ModelSet]:
    """Judge the papers of the scope by the question's criteria, as far as the leave goes; `whole` is leave for all.

    Raises:
        LibraryDamaged: vectors that the catalogue counts are gone or unreadable.
    """
    began = retriever.members(question.scope)
    papers = retriever.nearest_first(question, most=judge.settings.most)
    if ranking.has_vectors and not judge.knows(papers, docketed(question.criteria)):
        papers = likeliest_first(question, papers, retriever)
    if judge.model.preparation:
        yield Waiting(judge.model.preparation)
    found = yield from judge_set(question.criteria, papers, judge, searched=len(began), whole=whole)
    now = retriever.reread([member.paper.id for member in found.members])
    current, gone = without_changed(found, now)
    came = len(retriever.members(question.scope) - began)
    changes = tuple(_changes(gone, came))
    return ModelSet(current, judge.model.name, judge.settings.most, changes, question.listing)


def likeliest_first(question: Question, papers: Sequence[Paper], retriever: Retriever) -> tuple[Paper, ...]:
    """Return papers in the order of their estimates (see `verdicts`), which finds members sooner than the ranking.

    Papers beyond the nearest, of which no estimate is made, stay behind them in their order.

    Raises:
        LibraryDamaged: vectors that the catalogue counts are gone or unreadable.
    """
    swept = retriever.sweep(question)
    estimates = estimate_verdicts(swept, question.criteria, load_regressions(swept.basis))
    chances = {one.paper.id: one.probability for one in estimates}
    return tuple(sorted(papers, key=lambda paper: -chances.get(paper.id, 0.0)))


def count_line(found: JudgedSet) -> str:
    """Say how many papers belong, of how many that were judged."""
    meeting, partly = found.count(Judgement.MEETS), found.count(Judgement.PARTLY)
    noun = "paper" if found.judged == 1 else "papers"
    those = f"{found.judged:,} {noun}" + (" that were judged" if found.judged < found.searched else "")
    verb = "meets" if meeting == 1 else "meet"
    return f"{meeting:,} of the {those} {verb} this{f', {partly:,} in part' if partly else ''}."


def exclusion_line(found: JudgedSet) -> str:
    """Say how many of the papers that were judged have what is ruled out."""
    having = found.having()
    return (
        f"{having:,} of {found.judged:,} papers judged {'has' if having == 1 else 'have'} what is ruled out; the abstracts of the "
        "others do not mention it, which no quote can show."
    )


def _depth(found: JudgedSet, model: str, *, most: int) -> str:
    told = f"Judged {found.judged:,} of {found.searched:,} by {model}"
    if found.stopped:
        return f"{told}, then stopped: {found.stopped}; asked again, it goes on from there."
    if found.judged >= found.searched:
        return f"{told}, from their abstracts."
    capped = ", the most for one question (FOOTNOTE_MOST_JUDGED)" if found.judged >= most else ""
    return f"{told}{capped}; the rest ranked below them."


def _unclear(found: JudgedSet) -> Iterator[str]:
    if unclear := found.count(Judgement.UNCLEAR):
        yield f"{unclear:,} {'paper is' if unclear == 1 else 'papers are'} unclear: hinted at, or without words that show it."


def _doubts(found: JudgedSet) -> Iterator[str]:
    if found.judged >= _MANY and len(found.members) >= _NEARLY_ALL * found.judged:
        yield "The model finds it in nearly every paper: read the words before you rely on it."


def _changes(gone: int, came: int) -> Iterator[str]:
    if gone:
        yield f"{gone:,} of the papers found changed or left the library while it was judged: they are left out."
    if came:
        yield f"{came:,} more came in meanwhile, and are not judged; asked again, only they are."
