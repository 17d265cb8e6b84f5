"""The straight line from a question to its answer, as a generator of events.

Terminal, browser and evaluation all consume the same events; the last one holds the whole answer.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import partial

from rag.answering.asking.both_wordings import search_both
from rag.answering.asking.foreign import foreign_notice
from rag.answering.asking.model_reading import NOT_ASKED, KindReader, Told, overrule
from rag.answering.asking.small_talk import INVITATION, reply_to_talk
from rag.answering.asking.understanding import understand
from rag.answering.comparing.comparison import NOTHING_NAMED, names_nothing
from rag.answering.corpus.corpus_answer import answer_corpus, asks_one_paper
from rag.answering.corpus.lines import Line
from rag.answering.draft import Draft
from rag.answering.drafting import Drafter, Drafting
from rag.answering.found import Found, search, weigh, weigh_ranking
from rag.answering.refusing.rules import Finding
from rag.answering.sets.estimating import added, priced
from rag.answering.sets.judging import Judge
from rag.answering.sets.logic import BELONGS
from rag.answering.sets.themes import group_themes
from rag.answering.writing.footnotes import Footnotes
from rag.retrieval.retriever import Retriever
from rag.types import (
    NOTHING_SAID,
    WHOLE_LIBRARY,
    Answer,
    AnswerEvent,
    Completed,
    Conversation,
    Criteria,
    Kind,
    Notice,
    Order,
    Question,
    Ranking,
    Resolved,
    Retrieved,
    Scope,
    Source,
    Status,
    Theme,
    Usage,
    Waiting,
)

_NEAREST = 3
_NOTHING_WANTED = "Say what the papers should be about, or what they should do; “what is in my library?” shows what there is."


class Answerer:
    """Answers questions over one library. Without a `judge` and its model, by quotes and estimates only."""

    def __init__(self, retriever: Retriever, *, judge: Judge | None, reader: KindReader | None) -> None:
        """The same answerer serves many questions, and many threads. A `reader` helps where the rules are unsure."""
        self._retriever = retriever
        self._reader = reader
        self._drafter = Drafter(retriever, judge=judge)

    def answer(  # noqa: PLR0913  # what a reader can say of a question
        self,
        asked: str,
        *,
        kind: Kind | None = None,
        scope: Scope = WHOLE_LIBRARY,
        conversation: Conversation = NOTHING_SAID,
        criteria: Criteria | None = None,
        whole: bool = False,
    ) -> Generator[AnswerEvent, None, None]:
        """Yield what happens on the way to the answer; the last event is `Completed`.

        Only papers of the `scope` are looked at; one that holds none gives `FILTER_EMPTY`. What a
        follow-up points at is found in the `conversation`. Given `criteria` overrule those of the words.
        `whole` is leave to judge all papers for a set question, beyond budget and minutes.

        Raises:
            QuestionError: the question is empty or too long.
        """
        began = time.perf_counter()
        read = partial(
            understand,
            asked,
            today=date.today(),  # noqa: DTZ011  # the reader's day
            scope=scope,
            conversation=conversation,
            criteria=criteria,
            encode=self._retriever.bundled_vector,
        )
        question = read(kind=kind)
        if question.kind is Kind.CORPUS and asks_one_paper(question, self._retriever):
            question = read(kind=Kind.FACT)
        ranking, told = yield from self._search_and_ask(question)
        if told.kind and told.kind is not question.kind:
            question, ranking = overrule(read(kind=told.kind), question), None
        yield Resolved(question)
        spent = priced(told.usage, self._drafter.prices)
        yield from _counted(self._answer(question, ranking, whole=whole), spent, began=began)

    def _search_and_ask(
        self, question: Question
    ) -> Generator[AnswerEvent, None, tuple[Ranking | None, Told]]:
        """Ask the model for the kind of a question that the rules doubt, unless the search refuses it anyway."""
        if not (self._reader and question.doubt):
            return None, NOT_ASKED
        ranking = search_both(question, self._retriever)
        if self._is_refused(weigh_ranking(question, ranking, self._retriever, explained=False)):
            return ranking, NOT_ASKED
        if preparation := self._reader.model.preparation:
            yield Waiting(preparation)
        return ranking, self._reader.read(question.text)

    def _answer(
        self, question: Question, searched: Ranking | None, *, whole: bool
    ) -> Generator[AnswerEvent, None, None]:
        """Yield what happens from the question as it was read to its answer."""
        if line := _nothing_to_search(question):
            yield Completed(reply_to_talk(question, writer=self._drafter.writer, line=line))
        elif question.kind is Kind.CORPUS:
            today = date.today()  # noqa: DTZ011  # the reader's day
            yield from answer_corpus(question, self._retriever, today=today)
        else:
            yield from self._answer_from_papers(question, searched, whole=whole)

    def _answer_from_papers(
        self, question: Question, searched: Ranking | None, *, whole: bool
    ) -> Generator[AnswerEvent, None, None]:
        found = search(question, searched, self._retriever)
        yield Retrieved(found.ranking)
        explained = self._drafter.explained(question)
        finding = weigh(question, found, self._retriever, explained=bool(explained))
        notices = self._notices(question, found, finding)
        yield from (Notice(text) for text in notices)
        writing = time.perf_counter()
        draft, status = Draft(self._drafter.writer), finding.status
        if not self._is_refused(finding):
            draft, failures = yield from self._draft(question, found, explained, whole=whole)
            notices += failures
            finding = draft.known_by_now(finding)
            status = _weighed(draft.status, finding)
        notices += [finding.line] if status is Status.PARTIAL and finding.line else []
        notices += draft.notices(status)
        answer = self._composed(question, found, draft, Finding(status, finding.line), notices)
        spent = round((time.perf_counter() - writing) * 1000, 3)
        yield Completed(replace(answer, timings_ms={**found.ranking.timings_ms, "write": spent}))

    def _draft(self, question: Question, found: Found, explained: Sequence[Line], *, whole: bool) -> Drafting:
        if found.alike:
            return self._drafter.write_near(found.alike)
        if explained:
            return self._drafter.write_lines(explained)
        return self._drafter.write(question, found.ranking, found.compared, whole=whole)

    def _notices(self, question: Question, found: Found, finding: Finding) -> list[str]:
        """Say what is known before anything is written, in a line each."""
        refused = self._is_refused(finding)
        hint = foreign_notice(question.asked) if refused else ""
        return [
            *question.notices,
            *found.ranking.notices,
            *_index_notices(found.ranking, judged=self._drafter.model is not None),
            *(found.compared.notices if found.compared and not refused else ()),
            *([found.alike.notice] if found.alike else ()),
            *([hint] if hint else ()),
        ]

    def _composed(
        self, question: Question, found: Found, draft: Draft, ended: Finding, notices: Sequence[str]
    ) -> Answer:
        """Put the answer together from what was written, and how it `ended`."""
        ranking = found.ranking
        most = len(found.compared.papers) if found.compared else _NEAREST
        sources = draft.sources() if draft.sentences else _nearest(ranking, most=most)
        return Answer(
            question=question,
            status=ended.status,
            sentences=tuple(draft.sentences),
            sources=sources,
            ranking=ranking,
            writer=draft.writer,
            judged=draft.whole.judged if draft.whole else ranking.searched,
            verdicts=draft.whole.verdicts if draft.whole else (),
            comparison=draft.comparison,
            themes=self._themes(question, sources),
            dropped=tuple(draft.dropped),
            missing=ended.line,
            notices=tuple(notices),
            prompts=draft.prompts_for(question.kind, self._drafter.instructions),
            usage=draft.usage,
        )

    def _themes(self, question: Question, sources: tuple[Source, ...]) -> tuple[Theme, ...]:
        """Group the papers of a long set by topic, unless they stand by date; without vectors there are no themes."""
        listed = [s.paper for s in sources if s.verdict in BELONGS]
        if question.listing.order is not Order.LIKELIEST and any(paper.published for paper in listed):
            return ()
        vectors = self._retriever.vectors(listed)
        return () if vectors is None else group_themes(listed, vectors, asked=question.text)

    def _is_refused(self, finding: Finding) -> bool:
        """A model has a second vote on whether the papers say it; on whether there are any, it has none."""
        return finding.status in {Status.FILTER_EMPTY, Status.NOT_IN_LIBRARY} or (
            finding.status is Status.NOT_STATED and self._drafter.model is None
        )


def last_answer(events: Iterable[AnswerEvent]) -> Answer:
    """Return the answer that the events end with.

    Raises:
        RuntimeError: they end without one, as those of an `Answerer` never do.
    """
    for event in events:
        if isinstance(event, Completed):
            return event.answer
    raise RuntimeError("the line of events ended without an answer")


def _nothing_to_search(question: Question) -> str:
    """Return what to say to a question that asks nothing of the library; empty for any other."""
    if question.kind is Kind.TALK:
        return INVITATION
    if question.kind is Kind.COMPARE and names_nothing(question):
        return NOTHING_NAMED
    wants_nothing = not question.criteria.clauses and question.scope == WHOLE_LIBRARY
    return _NOTHING_WANTED if question.kind is Kind.LIST and wants_nothing else ""


def _counted(
    events: Generator[AnswerEvent, None, None], spent: Usage, *, began: float
) -> Iterator[AnswerEvent]:
    """Add to the answer what the reading of its question took."""
    with closing(events):
        for event in events:
            if not isinstance(event, Completed):
                yield event
                continue
            answer = event.answer
            total = round((time.perf_counter() - began) * 1000, 3)
            usage, timings = added(spent, answer.usage), {**answer.timings_ms, "total": total}
            yield Completed(replace(answer, usage=usage, timings_ms=timings))


def _weighed(written: Status, finding: Finding) -> Status:
    """A written answer to a question that lacks a part, by the checks, is an answer in part."""
    return Status.PARTIAL if written is Status.ANSWERED and finding.line else written


def _nearest(ranking: Ranking, *, most: int) -> tuple[Source, ...]:
    """The papers that come nearest, for an answer that has no sentence."""
    footnotes = Footnotes()
    for ranked in ranking.papers[:most]:
        footnotes.cite(ranked.paper, ranked.evidence[:1])
    return footnotes.sources()


def _index_notices(ranking: Ranking, *, judged: bool) -> list[str]:
    """Say what is not there yet; a model judges papers without vectors too."""
    if ranking.encoded == ranking.searched:
        return []
    waiting = ranking.question.kind is Kind.LIST and not judged
    return [
        f"Vectors are built for {ranking.encoded:,} of {ranking.searched:,} papers; the others were ranked "
        f"by their words alone.{' None is judged until then.' if waiting else ''}"
    ]
