"""A question about the library -> its answer, as events: surveyed, counted, done. No writer is asked."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date

from rag.answering.asking.meant import GOES_ON
from rag.answering.asking.periods import read_period
from rag.answering.asking.slips import mend_asking
from rag.answering.corpus.catalogue_counts import Shelf
from rag.answering.corpus.counting import HOW, answer_inquiry
from rag.answering.corpus.inquiry import Inquiry, Matter, read_inquiry
from rag.answering.corpus.lines import write_lines
from rag.answering.writing.footnotes import Footnotes
from rag.answering.writing.quotes import WRITER
from rag.retrieval.retriever import Retriever
from rag.retrieval.survey import Survey
from rag.types import (
    Answer,
    AnswerEvent,
    Completed,
    Notice,
    Question,
    Ranking,
    Retrieved,
    SentenceReady,
    Status,
    Theme,
)

NOT_COUNTED = (
    "That is not counted here; this is what the library holds. Papers, years, files, authors, languages, topics and the names of "
    "data sets, models, methods and measures are."
)


def asks_one_paper(question: Question, retriever: Retriever) -> bool:
    """Tell whether names of data sets, models or measures are asked of a paper that is named, not of the library."""
    inquiry = read_inquiry(question.text)
    of_names = inquiry.matter is Matter.NAMES and not inquiry.words
    return of_names and question.scope.ids is None and bool(retriever.named(question.text))


def answer_corpus(question: Question, retriever: Retriever, *, today: date) -> Iterator[AnswerEvent]:
    """Yield what happens on the way to the answer; the last event is `Completed`."""
    began = time.perf_counter()
    survey = retriever.survey(question.scope)
    ranking = Ranking(
        question, (), searched=survey.size, encoded=survey.encoded, similarity=None, coverage=0.0,
        notices=survey.notices,
    )  # fmt: skip
    yield Retrieved(ranking)
    pointed = question.scope.ids is not None
    # What goes on with the last question is told by what that asked.
    asked = question.text if GOES_ON in question.notices else question.asked
    _, undated = read_period(mend_asking(asked), today=today, of_papers=pointed)
    inquiry, footnotes = read_inquiry(undated), Footnotes()
    notices = [*question.notices, *survey.notices, *([NOT_COUNTED] if inquiry.is_guess else [])]
    yield from (Notice(text) for text in notices)
    sentences = []
    for ready in _write(inquiry, survey, footnotes, pointed=pointed):
        sentences.append(ready.sentence)
        yield ready
    refused = Status.NOT_STATED if inquiry.line else Status.FILTER_EMPTY
    took = round((time.perf_counter() - began) * 1000, 3)
    yield Completed(
        Answer(
            question=question,
            status=Status.ANSWERED if sentences else refused,
            sentences=tuple(sentences),
            sources=footnotes.sources(),
            ranking=ranking,
            writer=WRITER,
            judged=0 if inquiry.line else survey.size,  # for what no file names, none is looked at
            missing=inquiry.line,
            notices=(*notices, HOW) if sentences else tuple(notices),
            timings_ms={"total": took},
        )
    )


def _write(
    inquiry: Inquiry, survey: Survey, footnotes: Footnotes, *, pointed: bool
) -> Iterator[SentenceReady]:
    if not survey.size and inquiry.matter is not Matter.SIZE:  # of nothing, only "how many?" has an answer
        return
    papers = survey.papers()
    themes: tuple[Theme, ...] = ()
    if inquiry.matter is Matter.CONTENTS and not inquiry.words:
        papers = iter(shown := tuple(papers))
        themes = survey.themes(shown)
    shelf = Shelf(survey.size, survey.of, survey.undecided, pointed)
    yield from write_lines(answer_inquiry(inquiry, shelf, papers, themes=themes), footnotes)
