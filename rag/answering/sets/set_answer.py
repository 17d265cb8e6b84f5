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
from rag.retrieval.mentioned_words import mentioned, used_name
from rag.retrieval.paper_types import is_type_alone
from rag.retrieval.sweeping import FEATURES, Basis, Swept
from rag.types import EVERY_PAPER, Criteria, Judgement, Listing, Mention, SentenceReady, Verdict

_HOW = {
    Basis.CROWD: "by words and vectors",
    Basis.ALONE: "each by its own words and vectors, because there are too few to compare with",
}
# A paper so probable, with words so near to the question's (late interaction), says it in other words. Of 131 topics of two
# words that none of 557 papers held side by side, 33 had members among what was listed; of the 96 without such a paper, 12.
_SURE, _CLOSE = 0.99, 0.7
_PAIR = 2
_SURE_OF_PICKED = 0.996  # the same, with what picked papers have more
_LACK = re.compile(r"\b(?:without|lacking|free of|no|not(?! only)|never) .+", re.IGNORECASE)
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
        return bool(self.papers and self.criteria.clauses) and not _wanted(self.criteria)

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
        lacking = _lacking(self.criteria) if self.shown else ""
        lines = (self._how, self._scattered, self._broad, lacking, unsorted)
        return tuple(line for line in lines if line)

    @property
    def _scattered(self) -> str:
        if not (self.absent and self.shown) or self.is_near:
            return ""
        return (
            f"No paper here holds the words {_quoted(self.absent)} next to each other: those listed say it in other words, or only "
            "come near."
        )

    @property
    def _broad(self) -> str:
        term, held = self.held
        if not self.rows or held <= max(len(self.rows), _BROAD * self.searched):
            return ""
        return (
            f"“{term}” stands in title or abstract of {held:,} of the {_papers(self.searched)}: those listed are the likeliest "
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
            return f"Looked up in title and abstract of {_papers(self.searched)}; a name counts in any spelling, and no language model was asked."
        expected = () if self.is_near else self.shown
        return how_sure(self.papers, expected, searched=self.searched, basis=self.basis)

    @property
    def missing(self) -> str:
        """What no paper meets, in a line; empty where some belong.

        A paper may meet each criterion by itself: of the surveys of a library none need be about owls.
        """
        if self.is_near:
            return f"No paper here holds the words {_quoted(self.absent)} next to each other: what is quoted only comes near."
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
        if self.is_near:
            return _near(self.absent, len(self.shown), of=len(self.rows), searched=self.searched)
        if self.only_excludes:
            cut = f"; {len(self.shown):,} of them are listed" if len(self.shown) < len(self.rows) else ""
            return _without(self.papers, searched=self.searched, cut=cut)
        partly = sum(one.verdict.verdict is Judgement.PARTLY for one in self.rows)
        cut_of_all = not (self.criteria.clauses or partly) and len(self.shown) < len(self.rows)
        if self.criteria.fields_alone or cut_of_all:
            return _all_of(self.shown, searched=self.searched)
        looked_up = self.named
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
        swept.absent,
        near,
        swept.held,
        named,
        shown is not judged,
    )


def none_meets(criteria: Criteria, *, searched: int) -> str:
    """Say in a line that no paper of those searched meets what is wanted."""
    if criteria.contradictory:
        return "No paper can meet what the question asks for and rules out at once."
    wanted = [clause for clause in criteria.clauses if not all(one.negated for one in clause)]
    if is_looked_up(criteria):
        words = " and ".join(" or ".join(f"“{mentioned(one.text)}”" for one in clause) for clause in wanted)
        return f"None of the {_papers(searched)} holds {words} in title or abstract."
    told = ", ".join(f"“{' or '.join(one.text for one in clause)}”" for clause in wanted)
    papers = "The paper does not seem" if searched == 1 else f"None of the {searched:,} papers seems"
    return f"{papers} to meet {'all of ' if len(wanted) > 1 else ''}{told}."


def count_sentence(judged: Sequence[Judged], *, searched: int) -> str:
    """Say how many papers of the scope meet the question.

    >>> count_sentence((), searched=557)
    '0 of the 557 papers seem to meet this.'
    """
    counts = {j: sum(one.verdict.verdict is j for one in judged) for j in Judgement}
    if searched == 1 and (counts[Judgement.MEETS] or counts[Judgement.PARTLY]):
        return f"The paper seems to meet this{'' if counts[Judgement.MEETS] else ' in part'}."
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


def _quoted(terms: Sequence[str]) -> str:
    return " or ".join(f"“{term}”" for term in terms)


def _near(absent: Sequence[str], shown: int, *, of: int, searched: int) -> str:
    nothing = f"Nothing here speaks of {_quoted(absent)} in these words."
    if shown < of:
        return f"{nothing} Of {_papers(of)} that come near by other words the {shown:,} nearest {'is' if shown == 1 else 'are'} quoted; they may be about something else."
    comes = "comes" if of == 1 else "come"
    return f"{nothing} {of:,} of the {_papers(searched)} {comes} near by other words, and may be about something else."


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


def _lacking(criteria: Criteria) -> str:
    """Say in a line that estimates cannot tell what a paper lacks, where that is wanted; empty where it is not."""
    texts = (one.text for clause in criteria.clauses for one in clause if not one.negated)
    lack = next(filter(None, map(_LACK.search, texts)), None)
    if lack is None:
        return ""
    return f"Words and vectors hardly tell “{lack.group()}” from its opposite: read the words before you rely on a row."


def is_looked_up(criteria: Criteria) -> bool:
    """Tell whether only words are asked for, which a paper holds or does not: nothing is estimated then."""
    return bool(criteria.clauses) and all(
        mentioned(one.text) for clause in criteria.clauses for one in clause
    )


def _word_looked_up(criteria: Criteria) -> str:
    """Return the words that a question asks for if they are all that it asks for; else ""."""
    alone = len(criteria.clauses) == len(criteria.clauses[0]) == 1
    text = criteria.clauses[0][0].text
    return (mentioned(text) or used_name(text)) if alone else ""


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
