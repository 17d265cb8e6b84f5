"""The choice of a writer: quotes, a model, a judge of sets; and what follows when one fails.

When the model server fails, the sentences that were checked until then stay, and one line says that
the rest is missing; if there are none, quotes follow, with one line that says why.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from rag.answering.comparing.agreement import quote_papers
from rag.answering.comparing.compared import Compared
from rag.answering.comparing.comparison import aspects_of, compare, fill_cells, write_comparison
from rag.answering.comparing.summary import find_summarised, write_summary
from rag.answering.corpus.lines import Line, write_lines
from rag.answering.corpus.short_forms import asked_short_form, explain_short_form
from rag.answering.draft import Draft
from rag.answering.model.chat_model import ChatModel
from rag.answering.model.reply import Afresh
from rag.answering.sets.alike import Alike
from rag.answering.sets.answering_sets import criteria_to_judge, judge_question
from rag.answering.sets.estimating import added, priced
from rag.answering.sets.judging import Judge
from rag.answering.sets.set_answer import SetAnswer, answer_set
from rag.answering.sets.set_sentences import is_looked_up
from rag.answering.sets.showing import quoted_rows
from rag.answering.writing.llm_writer import Failed, Written, write_with_model
from rag.answering.writing.quotes import WHOLE_LIST, WRITER, is_shown_again, write_quotes
from rag.retrieval.retriever import Retriever
from rag.retrieval.sweeping import Basis
from rag.types import (
    AnswerEvent,
    Kind,
    Notice,
    Question,
    Ranking,
    SentenceReady,
    Usage,
    Waiting,
    Withdrawn,
)

# Sentences as they come, then what was written, and the notices of failures.
Drafting = Generator[AnswerEvent, None, tuple[Draft, list[str]]]


class Drafter:
    """Writes drafts of answers. Without a `judge` and its model, by quotes and estimates only."""

    def __init__(self, retriever: Retriever, *, judge: Judge | None) -> None:
        """The same drafter serves many questions, and many threads."""
        self._retriever = retriever
        self._judge = judge
        self.model = judge.model if judge else None
        self.writer = f"llm:{self.model.name}" if self.model else WRITER
        self.prices = judge.settings.prices if judge else None
        self.instructions = self.model.instructions if self.model else ""

    def write(
        self, question: Question, ranking: Ranking, compared: Compared | None, *, whole: bool
    ) -> Drafting:
        """Yield the sentences of a writer; return what it wrote, and the notices of failures."""
        if self.model is None:
            return (yield from self._quote(question, ranking, compared)), []
        if question.kind is Kind.LIST:
            return (yield from self._judge_set(question, ranking, whole=whole))
        draft = yield from self._ask_model(self.model, question, ranking, compared)
        if compared and draft.sentences:
            yield from self._fill_cells(draft, question, compared)
        if draft.sentences and draft.failure:
            missing = _followed(draft.failure, "what it had written was checked, the rest is missing.")
            yield Notice(missing)
            return draft, [missing]
        if draft.sentences or not (draft.failure or draft.dropped):
            return draft, []
        unsupported = "None of the model's sentences was supported by what it cites"
        reason = _followed(draft.failure or unsupported, "these are quotes instead.")
        yield Withdrawn()
        yield Notice(reason)
        quoted = yield from self._quote(question, ranking, compared)
        quoted.dropped.extend(draft.dropped)
        quoted.usage = draft.usage
        return quoted, [reason]

    def explained(self, question: Question) -> tuple[Line, ...]:
        """Return what abstracts say that a short form stands for, where a question asks for that."""
        short = asked_short_form(question.text) if question.kind is Kind.FACT else ""
        papers = self._retriever.explaining(short, question.scope) if short else ()
        return tuple(explain_short_form(short, papers))

    def write_lines(self, lines: Sequence[Line]) -> Drafting:
        """Write what was looked up, whoever writes else."""
        draft = Draft(WRITER)
        yield from _noted(draft, write_lines(lines, draft.footnotes))
        return draft, []

    def write_near(self, alike: Alike) -> Drafting:
        """Quote papers in their order, as they were found; nobody judges them. One asked for alone is summed up first."""
        draft = Draft(WRITER)
        if alike.alone:
            yield from _noted(draft, write_summary(alike.paper, alike.ranking, draft.footnotes))
        question, first, draft.listed = quoted_rows(alike.ranking.question, alike.ranking, WHOLE_LIST)
        yield from _noted(draft, write_quotes(question, first, draft.footnotes, WHOLE_LIST))
        return draft, []

    def _judge_set(self, question: Question, ranking: Ranking, *, whole: bool) -> Drafting:
        """Put a set question to the model, paper by paper; where that judges none, estimates take over."""
        criteria = criteria_to_judge(question, today=date.today())  # noqa: DTZ011  # the reader's day
        known = bool(criteria and ranking.has_vectors and is_looked_up(criteria))  # by code, for nothing
        if known or not (self._judge and criteria):
            return (yield from self._quote(question, ranking, None)), []
        judged = replace(question, criteria=criteria)
        found = yield from judge_question(
            judged, ranking, retriever=self._retriever, judge=self._judge, whole=whole
        )
        if reason := found.failure:
            yield Notice(reason)
            quoted = yield from self._quote(question, ranking, None)
            quoted.usage = found.usage
            return quoted, [reason]
        draft = Draft(self.writer, usage=found.usage, whole=found)
        yield from _noted(draft, found.write(draft.footnotes))
        return draft, []

    def _quote(
        self, question: Question, ranking: Ranking, compared: Compared | None
    ) -> Generator[AnswerEvent, None, Draft]:
        draft = Draft(WRITER)
        if compared:
            draft.comparison = compare(question, compared)
            written = write_comparison(draft.comparison, compared, draft.footnotes)
        elif whole := self._estimate_set(question, ranking):
            draft.whole = whole
            written = whole.write(draft.footnotes)
        elif ranked := find_summarised(question, ranking):
            written = write_summary(ranked, ranking, draft.footnotes)
        else:
            question, first, draft.listed = quoted_rows(question, ranking)
            written = quote_papers(question, first, draft.footnotes)
        yield from _noted(draft, written)
        return draft

    def _estimate_set(self, question: Question, ranking: Ranking) -> SetAnswer | None:
        """Return the set that a question asks for by estimate; None where quotes of what was found answer it better."""
        shown_unjudged = is_shown_again(question) and not question.again
        if question.kind is not Kind.LIST or not ranking.has_vectors or shown_unjudged:
            return None
        whole = answer_set(
            self._retriever.sweep(question),
            question.criteria,
            searched=ranking.searched,
            again=question.again,
            listing=question.listing,
        )
        # Among a few papers none may be sure enough; what comes nearest is then quoted, as found. Nearest to
        # what is ruled out are those that have it.
        no_estimate = question.criteria.contradictory or is_looked_up(question.criteria)
        tells = whole.rows or whole.only_excludes or no_estimate
        return whole if tells or whole.basis is Basis.CROWD else None

    def _fill_cells(self, draft: Draft, question: Question, compared: Compared) -> Iterator[AnswerEvent]:
        """Make the table of a model's sentences; what it left out is quoted."""
        draft.comparison = fill_cells(compare(question, compared), draft.sentences)
        yield from _noted(draft, write_comparison(draft.comparison, compared, draft.footnotes))

    def _ask_model(
        self, model: ChatModel, question: Question, ranking: Ranking, compared: Compared | None
    ) -> Generator[AnswerEvent, None, Draft]:
        if model.preparation:
            yield Waiting(model.preparation)
        draft = Draft(self.writer)
        aspects = aspects_of(question, compared) if compared else ()
        ranked = compared.papers if compared else ranking.papers
        for written in write_with_model(question, ranked, model, draft.footnotes, aspects=aspects):
            match written:
                case Usage():
                    draft.usage = added(draft.usage, priced(written, self.prices))
                case Failed(reason):
                    draft.failure = f"{reason[:1].upper()}{reason[1:]}"
                case Afresh():
                    yield Withdrawn()
                    draft = Draft(draft.writer, draft.footnotes, usage=draft.usage)
                case Written(sentence, sources, unknown) if sentence.supported:
                    draft.unknown.extend(unknown)
                    draft.sentences.append(sentence)
                    yield SentenceReady(sentence, sources)
                case Written(sentence, _, unknown):
                    draft.unknown.extend(unknown)
                    draft.dropped.append(sentence)
        return draft


def _followed(reason: str, rest: str) -> str:
    """Join why something failed, which may ask ("is it running?"), to what follows from it."""
    return f"{reason} {rest.capitalize()}" if reason.endswith("?") else f"{reason}; {rest}"


def _noted(draft: Draft, written: Iterable[SentenceReady]) -> Iterator[AnswerEvent]:
    """Yield each sentence as it comes, and keep it."""
    for ready in written:
        draft.sentences.append(ready.sentence)
        yield ready
