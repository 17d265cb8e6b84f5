"""What a conversation remembers of its answers, so that a follow-up can point at it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from rag.answering.asking.asked_about import likened
from rag.answering.asking.meant import ids_of, known_papers
from rag.types import Answer, Conversation, Judgement, Kind, Mention, PaperId, Question, Status

_PAIR = 2
_OF_ONE = {Kind.FACT, Kind.EXPLAIN}
_BELONGING = {Judgement.MEETS, Judgement.PARTLY}


def remember(
    conversation: Conversation,
    question: Question,
    *,
    shown: tuple[Mention, ...],
    answered: bool = True,
    cut: bool = False,
) -> Conversation:
    """Return the state after an answer that showed these papers, in the order of their footnotes; `cut` if more fit.

    A list out of a set narrows it down; a question about members of the set keeps it; any other
    question begins a new one, unless it was not `answered` and showed nothing: the papers before stay the last
    ones. Talk, and what no file names, leave it as it was.
    """
    if question.kind is Kind.TALK or (question.kind is Kind.CORPUS and not answered):
        return conversation
    known = known_papers(conversation)
    ids = question.scope.ids
    sought = question.sought or question.text
    if ids and all(paper_id in known for paper_id in ids):
        if question.kind is Kind.LIST and answered and shown:
            wider = tuple(known[paper_id] for paper_id in ids)
            behind = wider if ids_of(shown) != ids else conversation.wider
            return Conversation(sought, question.kind, shown, behind, _alone(shown), cut, sought)
        whole_set = len(ids) == len(conversation.papers) > _PAIR
        about = () if question.kind in {Kind.LIST, Kind.CORPUS} or whole_set else ids
        return replace(conversation, question=sought, kind=question.kind, about=about)
    if not (answered or shown) and conversation.papers:
        return replace(conversation, question=sought, kind=question.kind)
    talked_of = {Kind.FACT: shown[:1], Kind.COMPARE: shown}.get(question.kind)
    if question.kind is Kind.LIST and (one := _likened(question.text, known.values())):
        # After "papers like it", "it" is still the paper that they are like.
        return Conversation(sought, question.kind, shown, (one,), (one.id,), cut, sought)
    about = _alone(shown) if talked_of is None else ids_of(talked_of)
    listed = sought if question.kind is Kind.LIST else ""
    return Conversation(
        sought, question.kind, shown, _both_asked(conversation, shown, about), about, cut, listed
    )


def continue_with(conversation: Conversation, answer: Answer) -> Conversation:
    """Return the state after an answer; of the papers nearest to a refused question, only one that is named in it is known."""
    shown = tuple(Mention(source.paper.id, source.paper.title, source.verdict) for source in answer.sources)
    answered = answer.status in {Status.ANSWERED, Status.PARTIAL}
    if not answered:
        shown = tuple(mention for mention in shown[:1] if f"“{mention.title}”" in answer.missing)
    return remember(conversation, answer.question, shown=shown, answered=answered, cut=_is_cut(answer))


def _both_asked(
    before: Conversation, shown: tuple[Mention, ...], about: tuple[PaperId, ...]
) -> tuple[Mention, ...]:
    """Return the paper that was asked about before and the one that is now, if each was asked something alone: "compare those two"."""
    if before.kind not in _OF_ONE or len(before.about) != 1 or len(about) != 1 or before.about == about:
        return ()
    known = known_papers(before) | {mention.id: mention for mention in shown}
    both = (*before.about, *about)
    return tuple(known[paper_id] for paper_id in both) if set(both) <= known.keys() else ()


def _is_cut(answer: Answer) -> bool:
    """Tell whether fewer papers were shown than fit, because so many were asked for."""
    fitting = sum(verdict.verdict in _BELONGING for verdict in answer.verdicts)
    return answer.question.listing.most is not None and (not fitting or fitting > len(answer.sources))


def _likened(text: str, known: Iterable[Mention]) -> Mention | None:
    """Return the paper shown before that papers like it were asked for."""
    what = likened(text)
    return next((mention for mention in known if what and mention.title == what), None)


def _alone(shown: tuple[Mention, ...]) -> tuple[PaperId, ...]:
    return (shown[0].id,) if len(shown) == 1 else ()
