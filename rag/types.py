"""The nouns of Footnote: frozen records that flow one way, and nothing else.

Offsets count characters of the stored, cleaned abstract. Two invariants hold everywhere: a passage
and a piece of evidence are exactly the words that stand between their offsets. The splitter and
`Evidence.cut` are the only places that make them, and property tests hold both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

PaperId = NewType("PaperId", str)


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of the library.

    `id` is stable: the arXiv id where it is known, else a slug of the title. `published` is an
    ISO date (`2024`, `2024-05` or `2024-05-17`). `sources` names the files that listed the paper.
    """

    id: PaperId
    title: str
    abstract: str
    authors: tuple[str, ...] = ()
    published: str | None = None
    url: str | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (exclusive) of a text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """Return the words that the span covers.

        >>> Span(0, 5).of("Local features")
        'Local'
        """
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence of an abstract: `abstract[start:end] == text`, always."""

    paper_id: PaperId
    ordinal: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """An entry that could not be read. `line` counts from 1; None speaks of the whole file."""

    source: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        where = self.source if self.line is None else f"{self.source}:{self.line}"
        return f"{where}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file held: its papers in the order of the page, and what was passed over."""

    source: str
    format: str
    papers: tuple[Paper, ...]
    skipped: tuple[Skipped, ...] = ()


class Kind(StrEnum):
    """What sort of answer a question asks for."""

    LIST = "list"
    FACT = "fact"
    COMPARE = "compare"
    EXPLAIN = "explain"
    CORPUS = "corpus"
    TALK = "talk"


class Judgement(StrEnum):
    """What a paper does with a criterion."""

    MEETS = "meets"
    PARTLY = "partly"
    NO = "no"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Scope:
    """The papers that a question is about: those that meet every condition. By default all of them.

    `since` and `until` are ISO years, months or days, both inclusive. Of several `sources`, `authors`
    or `titles` one must fit: the words of each, as parts of a file's name, of one author's name or of
    the title, whatever the case and the accents. `ids` None is no condition; an empty tuple is a set
    that holds no paper.
    """

    since: str | None = None
    until: str | None = None
    sources: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    ids: tuple[PaperId, ...] | None = None


WHOLE_LIBRARY = Scope()


@dataclass(frozen=True, slots=True)
class Criterion:
    """One condition of a set question, as a text that can be searched for. `negated`: must not hold."""

    text: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Criteria:
    """What a paper must meet: of every clause, at least one criterion. No clause: every paper fits.

    `scope` holds the dates, authors and title words that the question names. `notices` say in a line each what is odd: nothing
    asked for, only exclusions, a contradiction. `wanted` holds the question's words without those that rule
    something out; it is empty where nothing is ruled out, or nothing else asked.
    """

    clauses: tuple[tuple[Criterion, ...], ...] = ()
    scope: Scope = WHOLE_LIBRARY
    contradictory: bool = False
    notices: tuple[str, ...] = ()
    wanted: str = ""

    @property
    def fields_alone(self) -> bool:
        """Tell whether a date, an author or words of a title are all that is asked: the scope sees to that."""
        return not self.clauses and self.scope != WHOLE_LIBRARY


@dataclass(frozen=True, slots=True)
class Question:
    """A question that stands alone. `asked` holds the user's own words.

    `sought` holds the words to search for where `text` names papers that the scope holds anyway; else it
    is empty. `notices` say in a line each how the question was understood. `doubt` says in a few words why the
    rules were not sure of its kind; it is empty where they were, or where something else told it. `again` holds
    the papers of a set that is shown again, in their order, with the verdicts that they had.
    """

    text: str
    kind: Kind
    asked: str
    scope: Scope = WHOLE_LIBRARY
    sought: str = ""
    criteria: Criteria = field(default_factory=Criteria)
    notices: tuple[str, ...] = ()
    doubt: str = ""
    again: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A paper that an answer showed, by its id and title, with its verdict if the answer was a set."""

    id: PaperId
    title: str
    verdict: Judgement | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """What a follow-up can point at. Empty before the first answer.

    `question` holds the words that were last searched for, `kind` the kind of answer. `papers` is the
    set in the order of its footnotes, `wider` the one that it was narrowed down from, `about` the
    papers that were last asked about: one after "how big is its data set?", none after a list.
    """

    question: str = ""
    kind: Kind | None = None
    papers: tuple[Mention, ...] = ()
    wider: tuple[Mention, ...] = ()
    about: tuple[PaperId, ...] = ()


NOTHING_SAID = Conversation()


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of an abstract: `abstract[start:end] == quote`, always.

    `score` orders the evidence of one paper (0 to 1, higher is closer to the question); scores of
    different questions do not compare.
    """

    paper_id: PaperId
    start: int
    end: int
    quote: str
    score: float

    @classmethod
    def cut(cls, paper: Paper, span: Span, *, score: float) -> Evidence:
        """Cut evidence out of a paper, so that quote and offsets cannot disagree."""
        return cls(paper.id, span.start, span.end, span.of(paper.abstract), score)


@dataclass(frozen=True, slots=True)
class RankedPaper:
    """A paper in its place. `score` is the fused z-score of the ranking, higher is better.

    `relevance` is a re-ranker's score, in a unit of its own; None where none looked at the paper. `arms`
    holds what each way of looking gave, higher is better, without those that did not score the paper:
    `words` (BM25, 0 or more), `paper` and `passage` (cosines of the whole paper and its best passage, -1
    to 1), `fused` (their sum of weighted z-scores), `late` (late interaction, -1 to 1).
    """

    paper: Paper
    rank: int
    score: float
    evidence: tuple[Evidence, ...]
    relevance: float | None = None
    arms: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ranking:
    """Papers in order, best first.

    `searched` counts the papers in scope, `encoded` those of them that have vectors already; the
    others were ranked by their words alone. `similarity` is the highest cosine between the question
    and a paper or passage (-1 to 1; None where no vector was at hand), `coverage` the highest share
    of the question's content words that one paper holds (0 to 1). `searched_for` is the text that was
    searched for: the question, with slips mended and short forms spelled out. `named` are the papers whose id or
    title stands in the question; they come first. `rarity` holds the stems of its content words, from 0 for
    one that all papers hold to 1 for one that none does. `notices` say in a line each what the reader should
    know of the scope, and what could not be done: vectors or a re-ranker out of reach. `index` says how the
    indexes were built: model, dimensions, splitter. `timings_ms` are milliseconds a stage.
    """

    question: Question
    papers: tuple[RankedPaper, ...]
    searched: int
    encoded: int
    similarity: float | None
    coverage: float
    searched_for: str = ""
    named: tuple[PaperId, ...] = ()
    rarity: Mapping[str, float] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    index: Mapping[str, str] = field(default_factory=dict)
    timings_ms: Mapping[str, float] = field(default_factory=dict)

    @property
    def has_vectors(self) -> bool:
        """Tell whether verdicts can be estimated: by words alone, they were wrong three times out of four."""
        return self.similarity is not None and self.encoded == self.searched


@dataclass(frozen=True, slots=True)
class Citation:
    """A footnote: its number in the answer and the words that it points to.

    `added` tells that the checks found the source; the writer had not cited it.
    """

    number: int
    paper_id: PaperId
    evidence: tuple[Evidence, ...]
    added: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the answer. `supported` is the verdict of the checks; `reason` says why not.

    `claims` is False for a sentence that states nothing ("Here is what I found.") and needs no footnote.
    `lead` names the paper in front of a quote that begins with a word for it, or the aspect that a quote
    of a comparison shows; it is no part of the text.
    """

    text: str
    citations: tuple[Citation, ...]
    supported: bool
    reason: str = ""
    claims: bool = True
    lead: str = ""


@dataclass(frozen=True, slots=True)
class CriterionVerdict:
    """A paper judged against one criterion, with the words that show it.

    Of a negated criterion, `MEETS` says that the paper does have what is ruled out.
    """

    criterion: Criterion
    verdict: Judgement
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A paper judged against a set question, with the words that show it.

    `criteria` holds its verdict on each single criterion, in the order of the question's; empty where
    the question was judged as a whole.
    """

    paper_id: PaperId
    verdict: Judgement
    evidence: tuple[Evidence, ...]
    criteria: tuple[CriterionVerdict, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A paper that belongs to a set, with the verdict that says so."""

    paper: Paper
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Theme:
    """Papers of a long list that have a topic in common, called by words of their own."""

    name: str
    papers: tuple[PaperId, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one paper says of one aspect: the words that show it. None: the abstract does not say.

    `text` is a model's sentence on it, checked against `evidence`; empty where the quote speaks for itself.
    """

    aspect: str
    evidence: tuple[Evidence, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class ComparedPaper:
    """A row of a comparison: one cell for each aspect, in their order."""

    paper_id: PaperId
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Papers side by side."""

    aspects: tuple[str, ...]
    papers: tuple[ComparedPaper, ...]


@dataclass(frozen=True, slots=True)
class Estimate:
    """What it takes to put a set question to a model: `papers` to judge, `cached` ones known already.

    `cost` is in US dollars, None without prices; `seconds` None while no speed was measured.
    """

    papers: int
    cached: int
    requests: int
    prompt_tokens: int
    completion_tokens: int
    cost: float | None = None
    seconds: float | None = None


class Status(StrEnum):
    """How an answer ended. Only `ANSWERED` and `PARTIAL` come with sentences about papers."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    NOT_STATED = "not_stated"
    NOT_IN_LIBRARY = "not_in_library"
    FILTER_EMPTY = "filter_empty"
    NO_QUESTION = "no_question"


@dataclass(frozen=True, slots=True)
class Source:
    """A numbered paper of an answer: what a footnote opens."""

    number: int
    paper: Paper
    evidence: tuple[Evidence, ...]
    verdict: Judgement | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that a model server counted; None where it said nothing. `cost` in US dollars, None without prices."""

    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    cost: float | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer. `writer` is `quotes` or `llm:MODEL`; `notices` are one line each.

    `dropped` holds the sentences that a writer produced and the checks refused, each with its
    reason; they are no part of `sentences`. `judged` counts the papers that were looked at. `missing`
    says in one line what the library does not hold of the answer, empty if nothing is known to be missing.
    `prompts` is the version of the prompts that a model was given, empty where none was asked.
    """

    question: Question
    status: Status
    sentences: tuple[Sentence, ...]
    sources: tuple[Source, ...]
    ranking: Ranking
    writer: str
    judged: int
    verdicts: tuple[Verdict, ...] = ()
    themes: tuple[Theme, ...] = ()
    comparison: Comparison | None = None
    dropped: tuple[Sentence, ...] = ()
    missing: str = ""
    notices: tuple[str, ...] = ()
    prompts: str = ""
    usage: Usage = Usage()
    timings_ms: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Resolved:
    """The question as it was understood."""

    question: Question


@dataclass(frozen=True, slots=True)
class Retrieved:
    """The library was searched."""

    ranking: Ranking


@dataclass(frozen=True, slots=True)
class SentenceReady:
    """One checked sentence, with the sources that it is the first to cite."""

    sentence: Sentence
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader should know, in one line: a fallback, an index still being built."""

    text: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A step that takes a while begins, in one line; it is no part of the answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Estimated:
    """What judging a set will take. `budget` in US dollars is exceeded by `whole`, if that is not None.

    `planned` is what will be done now: the same papers, or as many as the budget holds, nearest first.
    Whoever wants the whole stops here, and asks again with leave to spend it.
    """

    planned: Estimate
    whole: Estimate | None = None
    budget: float | None = None


@dataclass(frozen=True, slots=True)
class Judging:
    """A set is being judged: `judged` of `of` papers so far, `found` of them belong.

    `members` are those that were found since the last such event; `seconds_left` is None at first.
    """

    judged: int
    of: int
    found: int
    seconds_left: float | None = None
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The writer failed: the sentences shown so far do not count, another writer begins anew."""


@dataclass(frozen=True, slots=True)
class Completed:
    """The end of the line: the whole answer."""

    answer: Answer


AnswerEvent = (
    Resolved | Retrieved | Waiting | Estimated | Judging | SentenceReady | Withdrawn | Notice | Completed
)
