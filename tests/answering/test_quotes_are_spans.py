"""No answer quotes what its abstract does not say: generated libraries, in memory."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from rag.answering.checks.verification import check_sentence
from rag.answering.writing.footnotes import Footnotes
from rag.answering.writing.quotes import write_quotes
from rag.library.passages import split_passages
from rag.retrieval.evidence import QuestionWords, show
from rag.types import Evidence, Kind, Paper, PaperId, Question, RankedPaper, Ranking

_LIBRARIES = 500
_ODD = (
    "we propose local global features models trees drums not outperforms 87.5% 1,200 e.g. (1) et al. 𝛼-net "
    "naïve ﬁne ﬁve “quoted” U+00AD \u00adsoft \u200b état. It rises. fails <b>bold</b> \n\t ? !"
)
_WORDS = st.sampled_from(_ODD.split(" "))
_ABSTRACTS = st.one_of(st.lists(_WORDS, max_size=60).map(" ".join), st.text(max_size=300))


@st.composite
def _libraries(draw: st.DrawFn) -> tuple[Paper, ...]:
    texts = draw(st.lists(st.tuples(st.text(max_size=40), _ABSTRACTS), min_size=1, max_size=5))
    return tuple(Paper(PaperId(str(n)), title, abstract) for n, (title, abstract) in enumerate(texts))


def _ranking(question: Question, papers: tuple[Paper, ...], scores: list[float]) -> Ranking:
    words = QuestionWords({"local": 1.0, "rise": 2.0})
    ranked = tuple(
        RankedPaper(paper, rank, score, show([paper], words, {}, most=4).evidence[0])
        for rank, (paper, score) in enumerate(zip(papers, scores, strict=True), start=1)
    )
    return Ranking(question, ranked, len(papers), len(papers), None, 1.0)


def _is_span(evidence: Evidence, papers: tuple[Paper, ...]) -> bool:
    abstract = next(paper.abstract for paper in papers if paper.id == evidence.paper_id)
    return bool(evidence.quote) and abstract[evidence.start : evidence.end] == evidence.quote


@settings(max_examples=_LIBRARIES)
@given(papers=_libraries(), kind=st.sampled_from(Kind), drawn=st.data())
def test_every_quote_of_the_quotes_writer_is_a_span(
    papers: tuple[Paper, ...], kind: Kind, drawn: st.DataObject
) -> None:
    scores = drawn.draw(st.lists(st.floats(-3, 3), min_size=len(papers), max_size=len(papers)))
    question = Question("what rises?", kind, "what rises?")
    footnotes = Footnotes()
    for ready in write_quotes(question, _ranking(question, papers, sorted(scores, reverse=True)), footnotes):
        assert ready.sentence.citations
        assert all(_is_span(e, papers) for citation in ready.sentence.citations for e in citation.evidence)
    assert all(_is_span(e, papers) for source in footnotes.sources() for e in source.evidence)


@settings(max_examples=_LIBRARIES)
@given(papers=_libraries(), drawn=st.data())
def test_every_span_of_the_checks_is_one(papers: tuple[Paper, ...], drawn: st.DataObject) -> None:
    passages = [passage.text for paper in papers for passage in split_passages(paper)]
    text = drawn.draw(st.one_of(st.text(max_size=80), st.sampled_from(passages or [""])))
    cited = drawn.draw(st.lists(st.sampled_from(papers), max_size=3))
    support = check_sentence(text, cited, question="", shown=papers)
    assert all(_is_span(e, papers) for _, evidence in support.evidence for e in evidence)
    assert {paper.id for paper, _ in support.evidence} >= support.added
    assert not (support.evidence and not support.supported)
