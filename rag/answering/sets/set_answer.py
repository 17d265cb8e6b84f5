"""The answer to a set question: a count that code computed, then a row for each paper that belongs. Pure.

Every row is a footnote: the words of the abstract that speak for the paper. A paper without such words
gets no row, and what the count says is what the rows show.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rag.answering.sets.chances import load_regressions
from rag.answering.sets.set_sentences import (
    all_of_them,
    count_sentence,
    holding_sentence,
    how_sure,
    lack_notice,
    near_sentence,
    none_meets,
    quoted_terms,
    ruled_out_sentence,
    wants_something,
)
from rag.answering.sets.showing import cut_sentence, order_notice, shown_rows
from rag.answering.sets.verdicts import Judged, judge
from rag.answering.writing.footnotes import Footnotes, remark
from rag.numbers import counted
from rag.retrieval.paper_types import is_type_alone
from rag.retrieval.sweeping import FEATURES, Basis, Swept
from rag.types import EVERY_PAPER, Criteria, Judgement, Listing, Mention, SentenceReady, Verdict

# A paper so probable, with words so near to the question's (late interaction), says it in other words. Of 131 topics of two
# words that none of 557 papers held side by side, 33 had members among what was listed; of the 96 without such a paper, 12.
_SURE, _CLOSE = 0.99, 0.7
_PAIR = 2
_SURE_OF_PICKED = 0.996  # the same, with what picked papers have more
# From this share of a library on, a list of those that seem to meet it is much shorter than what speaks of it.
_BROAD = 0.1


@dataclass(frozen=True, slots=True)
class SetAnswer:
    """All papers that were judged, those that belong first; `searched` counts the papers in scope.

    `absent` is what was asked for in two or three words that no paper of the library holds side by side; of two, `is_near` tells that no
    paper surely says it in other words either, so that what is listed only comes near. `held` is the term of a question
    for one alone, and how many papers in scope hold it side by side. `named` tells that only words and names were looked up,
    `again` that the set is shown again, with the verdicts that it had.
    """

    papers: tuple[Judged, ...]
    searched: int
    basis: Basis
    criteria: Criteria
    listing: Listing = EVERY_PAPER
    absent: tuple[str, ...] = ()
    is_near: bool = False
    held: tuple[str, int] = ("", 0)
    named: bool = False
    again: bool = False

    @property
    def rows(self) -> tuple[Judged, ...]:
        """The papers that belong, or those that come near, the likeliest first."""
        rows = tuple(one for one in self.papers if one.belongs)
        return tuple(sorted(rows, key=lambda one: -one.probability)) if self.is_near else rows

    @property
    def shown(self) -> tuple[Judged, ...]:
        """Those of them that are shown, in the order that was asked for."""
        return shown_rows(self.rows, self.listing)

    @property
    def only_excludes(self) -> bool:
        """Tell whether the question wants nothing, and only rules something out."""
        return bool(self.papers and self.criteria.clauses) and not wants_something(self.criteria)

    @property
    def judged(self) -> int:
        """The number of papers that were judged."""
        return len(self.papers)

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The verdicts on all of them; none on what only comes near."""
        return () if self.is_near else tuple(one.verdict for one in self.papers)

    @property
    def notices(self) -> tuple[str, ...]:
        """How they were judged, what that cannot tell, and where they could not be sorted as was asked, in a line each."""
        unsorted = order_notice(self.rows, self.listing)
        lacking = lack_notice(self.criteria) if self.shown else ""
        lines = (self._how, self._scattered, self._broad, lacking, unsorted)
        return tuple(line for line in lines if line)

    @property
    def _scattered(self) -> str:
        if not (self.absent and self.shown) or self.is_near:
            return ""
        return (
            f"No paper here holds the words {quoted_terms(self.absent)} next to each other: those listed say it in other words, or only "
            "come near."
        )

    @property
    def _broad(self) -> str:
        term, held = self.held
        if not self.rows or held <= max(len(self.rows), _BROAD * self.searched):
            return ""
        return (
            f"“{term}” stands in title or abstract of {held:,} of the {counted(self.searched, 'paper')}: those listed are the likeliest "
            f"to be about it. “Which papers mention {term}?” finds all that name it."
        )

    @property
    def _how(self) -> str:
        if self.again:
            return "Shown again, each paper with the verdict that it had."
        if not self.criteria.clauses:
            rows = len(self.shown)
            listed = f"all {rows:,}" if rows >= self.searched else f"{rows:,} of {self.searched:,}"
            return f"Listed {listed}: nothing was asked that a paper could lack."
        if self.named:
            return f"Looked up in title and abstract of {counted(self.searched, 'paper')}; a name counts in any spelling, and no language model was asked."
        expected = () if self.is_near else self.shown
        return how_sure(self.papers, expected, searched=self.searched, basis=self.basis)

    @property
    def missing(self) -> str:
        """What no paper meets, in a line; empty where some belong.

        A paper may meet each criterion by itself: of the surveys of a library none need be about owls.
        """
        if self.is_near:
            return f"No paper here holds the words {quoted_terms(self.absent)} next to each other: what is quoted only comes near."
        if self.rows or not wants_something(self.criteria):
            return ""
        return none_meets(self.criteria, searched=self.searched)

    def write(self, footnotes: Footnotes) -> Iterator[SentenceReady]:
        """Yield the count, then the rows, each with the source that it cites; nothing if no paper belongs.

        Of a question that only rules something out, the count says how many papers have it: that the others
        do not is shown by no words of theirs.
        """
        if self.rows or self.only_excludes:
            yield remark(self._count())
        for one in self.shown:
            for evidence in sorted(one.verdict.evidence, key=lambda e: e.start):
                yield footnotes.quote(one.paper, evidence)

    def _count(self) -> str:
        if self.is_near:
            return near_sentence(self.absent, len(self.shown), of=len(self.rows), searched=self.searched)
        if self.only_excludes:
            cut = f"; {len(self.shown):,} of them are listed" if len(self.shown) < len(self.rows) else ""
            return ruled_out_sentence(self.papers, searched=self.searched, cut=cut)
        partly = sum(one.verdict.verdict is Judgement.PARTLY for one in self.rows)
        cut_of_all = not (self.criteria.clauses or partly) and len(self.shown) < len(self.rows)
        if self.criteria.fields_alone or cut_of_all:
            return all_of_them(self.shown, searched=self.searched)
        seem = "meet" if self.named else "seem to meet"
        if cut := cut_sentence(self.rows, self.listing, partly=partly, seem=seem):
            return cut
        if self.named:
            return holding_sentence(self.criteria, len(self.rows), partly=partly, searched=self.searched)
        return count_sentence(self.papers, searched=self.searched)


def answer_set(
    swept: Swept,
    criteria: Criteria,
    *,
    searched: int,
    again: Sequence[Mention] = (),
    listing: Listing = EVERY_PAPER,
) -> SetAnswer:
    """Judge the papers of a sweep; `searched` is the number of papers in scope.

    A set that is shown `again` keeps its order, and each paper the verdict that it had.
    """
    judged = judge(swept, criteria, load_regressions(swept.basis))
    shown = _as_before(judged, again) if again and not criteria.clauses else judged
    near = _only_near(swept, judged)
    named = bool(swept.parts) and all(
        part.shown is not None and not is_type_alone(part.criterion.text) for part in swept.parts
    )
    return SetAnswer(
        shown,
        searched,
        swept.basis,
        criteria,
        listing,
        absent=swept.absent,
        is_near=near,
        held=swept.held,
        named=named,
        again=shown is not judged,
    )


def _only_near(swept: Swept, judged: Sequence[Judged]) -> bool:
    """Tell whether papers are listed for two words that none holds, and none of them surely says it in others."""
    pairs = bool(swept.absent) and all(len(term.split()) == _PAIR for term in swept.absent)
    return pairs and swept.basis is Basis.CROWD and not _is_said(swept, judged)


def _is_said(swept: Swept, judged: Sequence[Judged]) -> bool:
    """Tell whether nothing is listed, or a paper that surely says what is asked, whatever its words."""
    near = dict(
        zip((one.paper.id for one in swept.papers), swept.features[:, FEATURES.index("late")], strict=True)
    )
    listed, sure = [one for one in judged if one.belongs], _SURE_OF_PICKED if swept.picked else _SURE
    return not listed or any(one.probability >= sure and near[one.paper.id] >= _CLOSE for one in listed)


def _as_before(judged: Sequence[Judged], again: Sequence[Mention]) -> tuple[Judged, ...]:
    places = {mention.id: place for place, mention in enumerate(again)}
    known = {mention.id: mention.verdict for mention in again}
    told = (
        replace(one, verdict=replace(one.verdict, verdict=before))
        if one.belongs and (before := known.get(one.paper.id))
        else one
        for one in judged
    )
    return tuple(sorted(told, key=lambda one: (not one.belongs, places.get(one.paper.id, len(places)))))
