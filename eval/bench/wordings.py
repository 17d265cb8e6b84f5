"""What does a bad reading of a follow-up cost? `python -m eval.bench.wordings PAGE... [--home FOLDER]`.

nDCG@10 of the follow-ups of `eval/questions/reference.jsonl`, searched for as they were read, and as read and
asked together; among the papers that they are about, and in the whole library. Then with the worst reading
that there is: the last question once more, in the place of the follow-up.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from eval.bench.dialogues import recall
from eval.metrics.ranking import ndcg_at_k
from eval.pages import pages_parser, searched_pages
from eval.reference import QUESTIONS, ReferenceQuestion, load_questions
from rag.answering.asking.both_wordings import search_both
from rag.answering.asking.understanding import understand
from rag.retrieval.retriever import Retriever
from rag.sources.entry import title_key
from rag.types import WHOLE_LIBRARY, Conversation, Mention, PaperId, Ranking

_TODAY = date(2026, 1, 1)


def rank_follow_up(
    retriever: Retriever, reference: ReferenceQuestion, conversation: Conversation
) -> Iterator[tuple[str, Ranking]]:
    """Yield a follow-up's rankings, each with the name of how it was searched for."""
    question = understand(reference.question, today=_TODAY, conversation=conversation)
    for name, scope in (("in its papers", question.scope), ("whole library", WHOLE_LIBRARY)):
        one = replace(question, scope=scope)
        yield f"as read, {name}", retriever.search(one)
        yield f"both, {name}", search_both(one, retriever)
    bad = replace(question, text=conversation.question, sought="", scope=WHOLE_LIBRARY)
    yield "badly read, whole library", retriever.search(bad)
    yield "badly read and asked, whole library", search_both(bad, retriever)


def main() -> None:
    """Print the means by half."""
    arguments = pages_parser(__doc__).parse_args()
    records = {r["id"]: r for r in map(json.loads, QUESTIONS.read_text(encoding="utf-8").splitlines())}
    gains: dict[tuple[str, str], list[float]] = {}
    with searched_pages(arguments) as retriever:
        ids = {title_key(p.title): p.id for p in retriever.survey(WHOLE_LIBRARY).papers()}
        for reference in load_questions():
            if reference.type == "followup":
                said = _with_ids(recall(records[reference.id]["history"]), ids)
                relevant: dict[str, int] = {
                    ids[key]: grade for key, grade in reference.relevant.items() if key in ids
                }
                for name, ranking in rank_follow_up(retriever, reference, said):
                    found = [one.paper.id for one in ranking.papers]
                    gains.setdefault((reference.half, name), []).append(ndcg_at_k(found, relevant, k=10))
    for (half, name), values in sorted(gains.items()):
        print(f"{half:<7} {name:<36} n {len(values):>3}  nDCG@10 {statistics.fmean(values):.3f}")


def _with_ids(said: Conversation, ids: dict[str, PaperId]) -> Conversation:
    """The conversation with the library's ids in the place of titles."""
    found = {m.id: ids.get(title_key(m.title), m.id) for m in said.papers}
    papers = tuple(Mention(found[m.id], m.title) for m in said.papers)
    return replace(said, papers=papers, about=tuple(found[one] for one in said.about), wider=())


if __name__ == "__main__":
    main()
