"""A Footnote library inside a llama-index program: a retriever of passages, an engine of checked answers.

Nothing of llama-index's global settings is read or changed, and no key is needed.
"""

from __future__ import annotations

from typing import Any

from llama_index.core.base.response.schema import Response
from llama_index.core.query_engine import CustomQueryEngine
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
from pydantic import PrivateAttr

from rag.answering.answerer import Answerer, last_answer
from rag.answering.asking.intent import weigh_kind
from rag.contracts import answer_record, answer_text
from rag.retrieval.query import read_question
from rag.retrieval.retriever import Retriever
from rag.types import Evidence, Paper, Question

# What a language model may read beside the text of a node.
_FOR_MODELS = ("title",)


class FootnoteRetriever(BaseRetriever):
    """Retrieves the passages that speak to a question, from the `limit` best papers, best paper first.

    A node's text is a passage, word for word: `start` and `end` in its metadata are its place in the
    abstract, in characters, as are the node's `start_char_idx` and `end_char_idx`. Its score is that of
    the paper: the sum of weighted z-scores, any sign, higher is better; `passage_score` (0 to 1) orders
    the passages of one paper. Scores of different questions do not compare.
    """

    def __init__(self, retriever: Retriever, *, limit: int = 10) -> None:
        """Take the search over a library, from `rag.app.build_retriever`."""
        super().__init__()
        self._search = retriever.search
        self._limit = limit

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        text = read_question(query_bundle.query_str)
        ranking = self._search(
            Question(text, weigh_kind(text).kind, query_bundle.query_str), limit=self._limit
        )
        return [
            _node(ranked.paper, evidence, rank=ranked.rank, score=ranked.score)
            for ranked in ranking.papers
            for evidence in ranked.evidence
        ]


class FootnoteQueryEngine(CustomQueryEngine):
    """Answers questions with checked sentences; the source nodes are the words that its footnotes quote.

    `metadata["answer"]` of a response is the whole answer as docs/json.md describes it. Without a
    sentence, the text is the status in words, because llama-index shows an empty text as "None".
    """

    _answerer: Answerer = PrivateAttr()

    def __init__(self, answerer: Answerer, **options: Any) -> None:
        """Take the line from question to answer, from `rag.app.build_answerer`."""
        super().__init__(**options)
        self._answerer = answerer

    def custom_query(self, query_str: str) -> Response:
        """Answer one question."""
        answer = last_answer(self._answerer.answer(query_str))
        ranked = {ranked.paper.id: ranked for ranked in answer.ranking.papers}
        nodes = [
            _node(source.paper, evidence, rank=found.rank, score=found.score, number=source.number)
            for source in answer.sources
            if (found := ranked.get(source.paper.id))
            for evidence in source.evidence
        ]
        text = answer_text(answer) or f"{answer.status.words.capitalize()}."
        return Response(text, source_nodes=nodes, metadata={"answer": answer_record(answer)})


def _node(
    paper: Paper, evidence: Evidence, *, rank: int, score: float, number: int | None = None
) -> NodeWithScore:
    metadata = {
        "paper_id": str(paper.id),
        "title": paper.title,
        "url": paper.url or "",
        "published": paper.published or "",
        "rank": rank,
        "start": evidence.start,
        "end": evidence.end,
        "passage_score": evidence.score,
        **({"footnote": number} if number is not None else {}),
    }
    hidden = [name for name in metadata if name not in _FOR_MODELS]
    node = TextNode(
        id_=f"{paper.id}:{evidence.start}-{evidence.end}",
        text=evidence.quote,
        start_char_idx=evidence.start,
        end_char_idx=evidence.end,
        metadata=metadata,
        excluded_llm_metadata_keys=hidden,
        excluded_embed_metadata_keys=hidden,
    )
    return NodeWithScore(node=node, score=score)
