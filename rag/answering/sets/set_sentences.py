"""What is said of a set in so many words: how many papers meet it, how they were judged, what nobody says. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from rag.answering.sets.verdicts import Judged
from rag.numbers import counted
from rag.retrieval.mentioned_words import mentioned, used_name
from rag.retrieval.sweeping import Basis
from rag.retrieval.topics_apart import LACK
from rag.types import Criteria, Judgement

_HOW = {
    Basis.CROWD: "by words and vectors",
    Basis.ALONE: "each by its own words and vectors, because there are too few to compare with",
}


def none_meets(criteria: Criteria, *, searched: int) -> str:
    """Say in a line that no paper of those searched meets what is wanted."""
    if criteria.contradictory:
        return "No paper can meet what the question asks for and rules out at once."
    wanted = [clause for clause in criteria.clauses if not all(one.negated for one in clause)]
    if is_looked_up(criteria):
        words = " and ".join(" or ".join(f"“{mentioned(one.text)}”" for one in clause) for clause in wanted)
        return f"None of the {counted(searched, 'paper')} holds {words} in title or abstract."
    if not wanted:
        ruled_out = quoted_terms([one.text for clause in criteria.clauses for one in clause])
        where = "the paper" if searched == 1 else f"any of the {searched:,} papers"
        return f"{ruled_out} is not surely found in {where}, and no words show what does without."
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


def quoted_terms(terms: Sequence[str]) -> str:
    """Return terms in quotation marks, joined by "or"."""
    return " or ".join(f"“{term}”" for term in terms)


def near_sentence(absent: Sequence[str], shown: int, *, of: int, searched: int) -> str:
    """Say that nobody speaks of the `absent` terms, and how many papers come near; of these so many are `shown`."""
    nothing = f"Nothing here speaks of {quoted_terms(absent)} in these words."
    if shown < of:
        return f"{nothing} Of {counted(of, 'paper')} that come near by other words the {shown:,} nearest {'is' if shown == 1 else 'are'} quoted; they may be about something else."
    comes = "comes" if of == 1 else "come"
    return f"{nothing} {of:,} of the {counted(searched, 'paper')} {comes} near by other words, and may be about something else."


def holding_sentence(criteria: Criteria, rows: int, *, partly: int, searched: int) -> str:
    """Say how many papers hold what was looked up, `partly` of the rows in part."""
    some = f", {partly:,} in part" if partly else ""
    verb = "holds" if rows - partly == 1 else "hold"
    told = f"“{words}”" if (words := _word_looked_up(criteria)) else "the words of the question"
    return f"{rows - partly:,} of the {counted(searched, 'paper')} {verb} {told} in title or abstract{some}."


def _word_looked_up(criteria: Criteria) -> str:
    """Return the words that a question asks for if they are all that it asks for; else ""."""
    alone = len(criteria.clauses) == len(criteria.clauses[0]) == 1
    text = criteria.clauses[0][0].text
    return (mentioned(text) or used_name(text)) if alone else ""


def is_looked_up(criteria: Criteria) -> bool:
    """Tell whether only words are asked for, which a paper holds or does not: nothing is estimated then."""
    return bool(criteria.clauses) and all(
        mentioned(one.text) for clause in criteria.clauses for one in clause
    )


def all_of_them(listed: Sequence[Judged], *, searched: int) -> str:
    """Of papers that nothing was asked, or a date, an author or words of a title alone."""
    rest = f"; {len(listed):,} are listed" if len(listed) < searched else ""
    return (
        f"1 paper has what was asked{rest}."
        if searched == 1
        else f"{searched:,} papers have what was asked{rest}."
    )


def ruled_out_sentence(judged: Sequence[Judged], *, searched: int, cut: str) -> str:
    """Of papers of which something is only ruled out; `cut` says how many of the others are listed if not all are."""
    having = sum(one.verdict.verdict in {Judgement.NO, Judgement.PARTLY} for one in judged)
    papers, verb = "paper" if searched == 1 else "papers", "seems" if having == 1 else "seem"
    others = (
        "; the abstracts of the others do not mention it, which no quote can show"
        if having < searched
        else ""
    )
    return f"{having:,} of the {searched:,} {papers} {verb} to have what is ruled out{others}{cut}."


def lack_notice(criteria: Criteria) -> str:
    """Say in a line that estimates cannot tell what a paper lacks, where that is wanted; empty where it is not."""
    texts = (one.text for clause in criteria.clauses for one in clause if not one.negated)
    lack = next((text[found.start() :] for text in texts if (found := LACK.search(text))), "")
    if not lack:
        return ""
    return (
        f"Words and vectors hardly tell “{lack}” from its opposite: read the words before you rely on a row."
    )


def wants_something(criteria: Criteria) -> bool:
    """Tell whether anything is asked for, and not only ruled out."""
    return any(not criterion.negated for clause in criteria.clauses for criterion in clause)
