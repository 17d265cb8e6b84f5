"""What a search gave for a question, and whether that answers it: decided before anything is written."""

from __future__ import annotations

from dataclasses import dataclass

from rag.answering.asking.both_wordings import search_both
from rag.answering.comparing.agreement import asks_positions
from rag.answering.comparing.compared import Compared, find_compared
from rag.answering.refusing.abstention import find_abstention, worth_a_look
from rag.answering.refusing.rules import Finding
from rag.answering.refusing.topic import is_off_topic
from rag.answering.sets.alike import Alike, find_alike
from rag.answering.sets.set_sentences import is_looked_up, none_meets
from rag.answering.writing.quotes import is_shown_again
from rag.retrieval.retriever import Retriever
from rag.types import WHOLE_LIBRARY, Kind, Question, Ranking, Status


@dataclass(frozen=True, slots=True)
class Found:
    """What the search gave, and the papers that a question puts side by side, or the one that it wants more like."""

    ranking: Ranking
    compared: Compared | None
    alike: Alike | None


def search(question: Question, searched: Ranking | None, retriever: Retriever) -> Found:
    """Search for what is asked, unless that was `searched` for already, and for what a comparison or a paper names."""
    ranking = searched or search_both(question, retriever)
    compared = None
    if question.kind is Kind.COMPARE:
        found = find_compared(question, ranking, retriever)
        ranking = found.ranking
        compared = found if len(found.papers) > 1 and not asks_positions(question, found) else None
    alike = find_alike(question, ranking, retriever)
    return Found(alike.ranking if alike else ranking, compared, alike)


def weigh(question: Question, found: Found, retriever: Retriever, *, explained: bool) -> Finding:
    """Decide whether to answer; papers that were chosen to be compared are compared in what they do say.

    `explained` tells that abstracts spell out the short form that is asked for.
    """
    if found.alike:
        return Finding(Status.ANSWERED)
    finding = weigh_ranking(question, found.ranking, retriever, explained=explained)
    if found.compared and question.scope.ids and finding.status is Status.NOT_STATED:
        line = "" if is_off_topic(question, found.ranking) else finding.line
        return Finding(Status.ANSWERED, line)
    return finding


def weigh_ranking(question: Question, ranking: Ranking, retriever: Retriever, *, explained: bool) -> Finding:
    """Decide what can be answered, by the words of the papers and a close look at the vectors of one."""
    if question.scope != WHOLE_LIBRARY and not ranking.searched:
        return Finding(Status.FILTER_EMPTY)
    if explained or question.again or is_shown_again(question):
        return Finding(Status.ANSWERED)
    if question.kind is Kind.LIST and question.criteria.fields_alone:  # the scope has seen to it
        return Finding(Status.ANSWERED)
    looked_up = question.kind is Kind.LIST and is_looked_up(question.criteria) and ranking.has_vectors
    if looked_up:  # whether papers hold the words is known when they were looked for
        return Finding(Status.ANSWERED)
    close = retriever.look(ranking, worth_a_look(question, ranking))
    finding = find_abstention(question, ranking, close)
    if question.scope.ids and finding.status is Status.NOT_IN_LIBRARY:  # the papers asked are here
        is_set = question.kind is Kind.LIST and question.criteria.clauses
        none = none_meets(question.criteria, searched=ranking.searched) if is_set else ""
        return Finding(Status.NOT_STATED, none or finding.line)
    return finding
