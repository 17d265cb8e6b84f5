"""The nouns of Footnote: frozen records that flow one way, and nothing else.

    papers       Paper, and what reading a file gives
    spans        Span, Passage, Evidence: words of an abstract, with exact offsets
    criteria     Scope, Criteria, Judgement: what is asked of a paper
    questions    Question, Kind, Listing, Conversation
    rankings     Ranking: papers in order
    verdicts     Verdict: papers judged one by one for a set
    comparisons  Comparison: papers side by side
    answers      Answer, Sentence, Citation, Source
    events       AnswerEvent: what is yielded on the way

Each knows only those above it; a test holds that, and that all of them are shown here: whoever needs a
noun writes `from rag.types import Paper`.
"""

from rag.types.answers import Answer, Citation, Sentence, Source, Status, Usage
from rag.types.comparisons import Cell, ComparedPaper, Comparison, shown_under
from rag.types.criteria import WHOLE_LIBRARY, Criteria, Criterion, Judgement, Scope
from rag.types.events import (
    AnswerEvent,
    Completed,
    Estimated,
    Judging,
    Notice,
    Resolved,
    Retrieved,
    SentenceReady,
    Waiting,
    Withdrawn,
)
from rag.types.papers import Paper, PaperId, Reading, Skipped
from rag.types.questions import (
    EVERY_PAPER,
    NOTHING_SAID,
    Conversation,
    Kind,
    Listing,
    Mention,
    Order,
    Question,
)
from rag.types.rankings import RankedPaper, Ranking
from rag.types.spans import Evidence, Passage, Span
from rag.types.verdicts import CriterionVerdict, Estimate, Member, Theme, Verdict

__all__ = [
    "EVERY_PAPER",
    "NOTHING_SAID",
    "WHOLE_LIBRARY",
    "Answer",
    "AnswerEvent",
    "Cell",
    "Citation",
    "ComparedPaper",
    "Comparison",
    "Completed",
    "Conversation",
    "Criteria",
    "Criterion",
    "CriterionVerdict",
    "Estimate",
    "Estimated",
    "Evidence",
    "Judgement",
    "Judging",
    "Kind",
    "Listing",
    "Member",
    "Mention",
    "Notice",
    "Order",
    "Paper",
    "PaperId",
    "Passage",
    "Question",
    "RankedPaper",
    "Ranking",
    "Reading",
    "Resolved",
    "Retrieved",
    "Scope",
    "Sentence",
    "SentenceReady",
    "Skipped",
    "Source",
    "Span",
    "Status",
    "Theme",
    "Usage",
    "Verdict",
    "Waiting",
    "Withdrawn",
    "shown_under",
]
