"""The answer to a set question: a count that code computed, then a row for each paper that belongs. Pure.

Every row is a footnote: the words of the abstract that speak for the paper. A paper without such words
gets no row, and what the count says is what the rows show.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rag.answering.sets.chances import load_regressions
from rag.answering.sets.showing import cut_sentence, order_notice, shown_rows
from rag.answering.sets.verdicts import Judged, judge
from rag.answering.writing.footnotes import Footnotes, remark
from rag.retrieval.mentioned_words import mentioned
from rag.retrieval.sweeping import Basis, Swept
from rag.types import EVERY_PAPER, Criteria, Judgement, Listing, Mention, SentenceReady, Verdict

_HOW = {
    Basis.CROWD: "by words and vectors",
    Basis.ALONE: "each by its own words and vectors, because there are too few to compare with",
}
_LACK = re.compile(r"\b(?:without|lacking|free of) .+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SetAnswer:
    """All papers that were judged, those that belong first; `searched` counts the papers in scope.

    `absent` is what was asked for in two words that no paper of the library holds side by side.
    """

    papers: tuple[Judged, ...]
    searched: int
    basis: Basis
    criteria: Criteria
    listing: Listing = EVERY_PAPER
    absent: str = ""

    @property
    def rows(self) -> tuple[Judged, ...]:
        """The papers that belong."""
        return tuple(one for one in self.papers if one.belongs)

    @property
    def shown(self) -> tuple[Judged, ...]:
        """Those of them that are shown, in the order that was asked for."""
        return shown_rows(self.rows, self.listing)

    @property
    def only_excludes(self) -> bool:
        """Tell whether the question wants nothing, and only rules something out."""
        return bool(self.papers and self.criteria.clauses) and not _wanted(self.criteria)

    @property
    def judged(self) -> int:
        """The number of papers that were judged."""
        return len(self.papers)

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The verdicts on all of them."""
        return tuple(one.verdict for one in self.papers)

    @property
    def notices(self) -> tuple[str, ...]:
        """How they were judged, what that cannot tell, and where they could not be sorted as was asked, in a line each."""
        unsorted = order_notice(self.rows, self.listing)
        lines = (self._how, self._scattered, _lacking(self.criteria) if self.shown else "", unsorted)
        return tuple(line for line in lines if line)

    @property
    def _scattered(self) -> str:
        if not (self.absent and self.shown):
            return ""
        return (
            f"No paper here holds “{self.absent}” side by side: those listed come near it by other words, and may be "
            "about something else."
        )

    @property
    def _how(self) -> str:
        if not self.criteria.clauses:
            rows = len(self.shown)
            listed = f"all {rows:,}" if rows >= self.searched else f"{rows:,} of {self.searched:,}"
            return f"Listed {listed}: nothing was asked that a paper could lack."
        if _is_looked_up(self.criteria):
            return f"Looked up in title and abstract of {_papers(self.searched)}; a name counts in any spelling, and no language model was asked."
        return how_sure(self.papers, self.shown, searched=self.searched, basis=self.basis)

    @property
    def missing(self) -> str:
        """What no paper meets, in a line; empty where some belong.

        A paper may meet each criterion by itself: of the surveys of a library none need be about owls.
        """
        if self.rows or not _wanted(self.criteria):
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
        if self.only_excludes:
            cut = f"; {len(self.shown):,} of them are listed" if len(self.shown) < len(self.rows) else ""
            return _without(self.papers, searched=self.searched, cut=cut)
        partly = sum(one.verdict.verdict is Judgement.PARTLY for one in self.rows)
        cut_of_all = not (self.criteria.clauses or partly) and len(self.shown) < len(self.rows)
        if self.criteria.fields_alone or cut_of_all:
            return _all_of(self.shown, searched=self.searched)
        looked_up = _is_looked_up(self.criteria)
        return (
            cut_sentence(self.rows, self.listing, partly=partly, seem="meet" if looked_up else "seem to meet")
            or (looked_up and _holding(self.criteria, len(self.rows), partly=partly, searched=self.searched))
            or count_sentence(self.papers, searched=self.searched)
        )


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
    return SetAnswer(shown, searched, swept.basis, criteria, listing, swept.absent)


def none_meets(criteria: Criteria, *, searched: int) -> str:
    """Say in a line that no paper of those searched meets what is wanted."""
    if criteria.contradictory:
        return "No paper can meet what the question asks for and rules out at once."
    wanted = [clause for clause in criteria.clauses if not all(one.negated for one in clause)]
    if words := _word_looked_up(criteria):
        return f"None of the {_papers(searched)} holds “{words}” in title or abstract."
    told = ", ".join(f"“{' or '.join(one.text for one in clause)}”" for clause in wanted)
    papers = "The paper does not seem" if searched == 1 else f"None of the {searched:,} papers seems"
    return f"{papers} to meet {'all of ' if len(wanted) > 1 else ''}{told}."


def count_sentence(judged: Sequence[Judged], *, searched: int) -> str:
    """Say how many papers of the scope meet the question.

    >>> count_sentence((), searched=557)
    '0 of the 557 papers seem to meet this.'
    """
    counts = {j: sum(one.verdict.verdict is j for one in judged) for j in Judgement}
    papers = "paper" if searched == 1 else "papers"
    if counts[Judgement.PARTLY] and not counts[Judgement.MEETS]:
        return f"None of the {searched:,} {papers} seems to meet this in full, {counts[Judgement.PARTLY]:,} in part."
    verb = "seems" if counts[Judgement.MEETS] == 1 else "seem"
    partly = f", {counts[Judgement.PARTLY]:,} in part" if counts[Judgement.PARTLY] else ""
    return f"{counts[Judgement.MEETS]:,} of the {searched:,} {papers} {verb} to meet this{partly}."


def how_sure(judged: Sequence[Judged], listed: Sequence[Judged], *, searched: int, basis: Basis) -> str:
    """Say in a line how the papers were judged, and how many of those listed can be expected to belong."""
    expected = f": of the {len(listed)} listed, about {{}} can be expected to belong" if listed else ""
    right = round(sum(one.probability for one in listed))
    depth = (
        f"Judged {searched:,} of {searched:,}"
        if len(judged) >= searched
        else f"Judged {len(judged):,} of {searched:,}; the rest ranked below them"
    )
    return f"{depth}, {_HOW[basis]}, without a language model{expected.format(right)}."


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


def _lacking(criteria: Criteria) -> str:
    """Say in a line that estimates cannot tell what a paper lacks, where that is wanted; empty where it is not."""
    texts = (one.text for clause in criteria.clauses for one in clause if not one.negated)
    lack = next(filter(None, map(_LACK.search, texts)), None)
    if lack is None:
        return ""
    return f"Words and vectors hardly tell “{lack.group()}” from its opposite: read the words before you rely on a row."


def _is_looked_up(criteria: Criteria) -> bool:
    """Tell whether only words are asked for, which a paper holds or does not: nothing is estimated then."""
    return bool(criteria.clauses) and all(
        mentioned(one.text) for clause in criteria.clauses for one in clause
    )


def _word_looked_up(criteria: Criteria) -> str:
    """Return the words that a question asks for if they are all that it asks for; else ""."""
    alone = len(criteria.clauses) == len(criteria.clauses[0]) == 1
    return mentioned(criteria.clauses[0][0].text) if alone else ""


def _holding(criteria: Criteria, rows: int, *, partly: int, searched: int) -> str:
    some = f", {partly:,} in part" if partly else ""
    verb = "holds" if rows - partly == 1 else "hold"
    told = f"“{words}”" if (words := _word_looked_up(criteria)) else "the words of the question"
    return f"{rows - partly:,} of the {_papers(searched)} {verb} {told} in title or abstract{some}."


def _papers(number: int) -> str:
    return f"{number:,} paper" if number == 1 else f"{number:,} papers"


def _wanted(criteria: Criteria) -> bool:
    return any(not criterion.negated for clause in criteria.clauses for criterion in clause)


def _all_of(listed: Sequence[Judged], *, searched: int) -> str:
    """Of papers that nothing was asked, or a date, an author or words of a title alone."""
    rest = f"; {len(listed):,} are listed" if len(listed) < searched else ""
    return (
        f"1 paper has what was asked{rest}."
        if searched == 1
        else f"{searched:,} papers have what was asked{rest}."
    )


def _without(judged: Sequence[Judged], *, searched: int, cut: str) -> str:
    """Of papers of which something is only ruled out; `cut` says how many of the others are listed if not all are."""
    having = sum(one.verdict.verdict in {Judgement.NO, Judgement.PARTLY} for one in judged)
    papers, verb = "paper" if searched == 1 else "papers", "seems" if having == 1 else "seem"
    others = (
        "; the abstracts of the others do not mention it, which no quote can show"
        if having < searched
        else ""
    )
    return f"{having:,} of the {searched:,} {papers} {verb} to have what is ruled out{others}{cut}."
