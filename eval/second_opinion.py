"""A second opinion on answers: llama-index's evaluators, asked through Footnote's own chat model.

Footnote's own checks are rules; these are verdicts of a language model, which may be wrong, so they are
reported beside the rules and decide nothing. A verdict that cannot be read is unscored and counted, where
llama-index itself would take it for a "no".
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from contextlib import closing
from typing import Any

from llama_index.core.base.llms.types import CompletionResponse, CompletionResponseGen, LLMMetadata
from llama_index.core.evaluation import (
    BaseEvaluator,
    CorrectnessEvaluator,
    EvaluationResult,
    FaithfulnessEvaluator,
    RelevancyEvaluator,
)
from llama_index.core.llms import CustomLLM
from pydantic import PrivateAttr

from eval.runs import Opinion
from rag.answering.model.chat_model import ChatModel
from rag.answering.model.prompt import Prompt
from rag.answering.model.reply import WholeReply
from rag.errors import ModelError

_VERDICT_TOKENS = 400
_YES_OR_NO = re.compile(r"\b(yes|no)\b", re.IGNORECASE)
_SCORE = re.compile(r"\s*(?:score\s*:?\s*)?([1-5](?:\.\d+)?)\s*(?:/\s*5)?\s*\.?\s*", re.IGNORECASE)


class JudgeModel(CustomLLM):
    """A `ChatModel` as the language model of llama-index's evaluators."""

    _model: ChatModel = PrivateAttr()

    def __init__(self, model: ChatModel, **options: Any) -> None:
        """Take the model that answers are written with, or another one."""
        super().__init__(**options)
        self._model = model

    @property
    def metadata(self) -> LLMMetadata:
        """What llama-index packs its prompts by."""
        return LLMMetadata(
            context_window=self._model.context, num_output=_VERDICT_TOKENS, model_name=self._model.name
        )

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:  # noqa: ARG002, FBT001, FBT002  # llama-index's signature
        """Return the whole reply to a prompt.

        Raises:
            ModelError: see `ChatModel.stream`.
        """
        reply = WholeReply()
        reply.take(self._model.stream(Prompt("", prompt), most_tokens=_VERDICT_TOKENS))
        return CompletionResponse(text=reply.text)

    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponseGen:  # noqa: ARG002, FBT001, FBT002  # llama-index's signature
        """Yield the reply as one piece; a verdict is read as a whole."""
        yield self.complete(prompt)


def second_opinion(
    question: str, answer: str, contexts: Sequence[str], *, reference: str | None, model: ChatModel
) -> tuple[Opinion, ...]:
    """Ask for faithfulness and relevancy, and with a reference answer for correctness too.

    `contexts` are the texts that the answer cites. At least one request each; a long list of contexts
    takes more.
    """
    judge = JudgeModel(model)
    asked = {"query": question, "response": answer, "contexts": contexts}
    opinions = [
        _opinion("faithfulness", FaithfulnessEvaluator(llm=judge), asked),
        _opinion("relevancy", RelevancyEvaluator(llm=judge), asked),
    ]
    if reference is not None:
        # The evaluator's own parser fails on a reply of one line.
        evaluator = CorrectnessEvaluator(llm=judge, parser_function=lambda said: (None, said))
        opinions.append(_opinion("correctness", evaluator, {**asked, "reference": reference}))
    return tuple(opinions)


def evaluate(evaluator: BaseEvaluator, **asked: Any) -> EvaluationResult:
    """Put something to an evaluator of llama-index, and wait for its verdict.

    Its own `evaluate` takes an event loop for granted that nobody has made, of which Python warns since 3.12.
    `asyncio.run` would keep an interrupt waiting until the model has replied.

    Raises:
        ModelError: see `ChatModel.stream`.
    """
    with closing(asyncio.new_event_loop()) as loop:
        return loop.run_until_complete(evaluator.aevaluate(**asked))


def read_yes_or_no(said: str) -> float | None:
    """Read a verdict: 1 for yes, 0 for no, None for a reply that says both or neither.

    >>> read_yes_or_no("YES."), read_yes_or_no("No, it does not."), read_yes_or_no("Yes and no.")
    (1.0, 0.0, None)
    """
    words = {word.lower() for word in _YES_OR_NO.findall(said)}
    return {"yes": 1.0, "no": 0.0}[words.pop()] if len(words) == 1 else None


def read_score(said: str) -> float | None:
    r"""Read a score from 1 to 5, which must stand alone on the first line.

    >>> read_score("4.0\nIt is close."), read_score("Score: 3"), read_score("9"), read_score("Good!")
    (4.0, 3.0, None, None)
    """
    first = _SCORE.fullmatch(said.strip().partition("\n")[0])
    score = float(first.group(1)) if first else 0.0
    return score if 1 <= score <= 5 else None  # noqa: PLR2004  # llama-index's scale


def _opinion(measure: str, evaluator: BaseEvaluator, asked: dict[str, Any]) -> Opinion:
    try:
        said = evaluate(evaluator, **asked).feedback or ""
    except ModelError as error:
        return Opinion(measure, None, str(error))
    return Opinion(measure, read_score(said) if measure == "correctness" else read_yes_or_no(said), said)
