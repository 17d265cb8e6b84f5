"""Which of two answers does a language model prefer? Asked twice, with the sides swapped.

llama-index's pairwise evaluator, asked once in each order (Zheng et al. 2023, "Judging LLM-as-a-judge with
MT-Bench and Chatbot Arena", section 3.4): a preference that changes with the position is a tie.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from llama_index.core.evaluation import PairwiseComparisonEvaluator

from eval.comparing import ChangedAnswer
from eval.second_opinion import JudgeModel, evaluate
from rag.answering.model.chat_model import ChatModel
from rag.errors import ModelError

Preferred = Literal["A", "B", "tie", "unscored"]


@dataclass(frozen=True, slots=True)
class Preference:
    """Which answer to a question was preferred; `unscored` when a verdict could not be read."""

    id: str
    preferred: Preferred


def ask_preferences(changed: Iterable[ChangedAnswer], model: ChatModel) -> Iterator[Preference]:
    """Ask about each changed answer, in both orders."""
    evaluator = PairwiseComparisonEvaluator(llm=JudgeModel(model), enforce_consensus=False)
    for answer in changed:
        forward = _share_of_first(evaluator, answer.question, answer.before, answer.after)
        backward = _share_of_first(evaluator, answer.question, answer.after, answer.before)
        yield Preference(answer.id, agree(forward, backward))


def agree(forward: float | None, backward: float | None) -> Preferred:
    """Bring the verdicts of both orders together; each is what the first answer got: 1, 0.5 or 0.

    >>> agree(1.0, 0.0), agree(0.0, 1.0), agree(1.0, 1.0), agree(None, 1.0)
    ('A', 'B', 'tie', 'unscored')
    """
    if forward is None or backward is None:
        return "unscored"
    match forward - backward:
        case 1.0:
            return "A"
        case -1.0:
            return "B"
        case _:
            return "tie"


def _share_of_first(
    evaluator: PairwiseComparisonEvaluator, question: str, first: str, second: str
) -> float | None:
    try:
        return evaluate(evaluator, query=question, response=first, second_response=second).score
    except ModelError:
        return None
