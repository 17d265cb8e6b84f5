"""A language model judges papers by criteria, a batch a request, several side by side. Nothing is taken on trust.

A verdict counts if its id was shown, the reply gives it once, and the words that it rests on stand in the
abstract. What is missing or doubtful is asked again in smaller batches, twice at most; words that are no
words of the abstract twice leave a paper unclear. Each verdict is kept as soon as it is read, so that a stop loses none.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from rag.answering.model.chat_model import ChatModel
from rag.answering.model.reply import WholeReply
from rag.answering.sets.estimating import priced
from rag.answering.sets.judging_batches import Batch, Open, make_batches
from rag.answering.sets.judging_reply import Said, read_verdicts, show
from rag.answering.sets.kept_verdicts import KeptVerdicts
from rag.answering.sets.side_by_side import side_by_side
from rag.answering.sets.spending import NO_VERDICT, Leave, Spending, is_busy
from rag.answering.writing.tokens import count_tokens
from rag.errors import ModelCut, ModelError
from rag.settings import JudgingSettings
from rag.types import Criterion, CriterionVerdict, Judgement, Paper, PaperId, Usage

_ON_THE_REST = "the model's replies hold no verdict on the others that can be read"
PaperVerdict = tuple[Paper, CriterionVerdict]


@dataclass(frozen=True, slots=True)
class Progress:
    """What one request brought: verdicts, the tokens that it took, and the seconds that the rest will take."""

    verdicts: tuple[tuple[PaperId, CriterionVerdict], ...]
    usage: Usage
    seconds_left: float | None


@dataclass(frozen=True, slots=True)
class Stopped:
    """The sweep ended before every paper had its verdicts, for this reason."""

    reason: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: verdicts that stand, others as unclear until they are asked again, and how it failed.

    `usage` is what the server told; `counted` has our own count where it told nothing.
    """

    sure: tuple[PaperVerdict, ...]
    doubtful: tuple[PaperVerdict, ...]
    usage: Usage
    counted: Usage
    failure: ModelError | None


class Judge:
    """The configured chat model as a judge of papers; what it says is kept."""

    def __init__(self, model: ChatModel, kept: KeptVerdicts, settings: JudgingSettings) -> None:
        """Nothing is contacted before the first sweep."""
        self.model = model
        self.kept = kept
        self.settings = settings

    def known(
        self, papers: Sequence[Paper], criteria: Sequence[Criterion]
    ) -> dict[PaperId, dict[Criterion, CriterionVerdict]]:
        """Return the verdicts that are kept; a paper without an abstract is unclear, whoever judges."""
        found: dict[PaperId, dict[Criterion, CriterionVerdict]] = {paper.id: {} for paper in papers}
        for criterion in criteria:
            for paper_id, verdict in self.kept.get(papers, criterion).items():
                found[paper_id][criterion] = verdict
            for paper in papers:
                if not paper.abstract.strip():
                    found[paper.id][criterion] = CriterionVerdict(criterion, Judgement.UNCLEAR, ())
        return found

    def knows(self, papers: Sequence[Paper], criteria: Sequence[Criterion]) -> bool:
        """Tell whether every verdict is known, so that nothing has to be asked."""
        return all(len(verdicts) == len(criteria) for verdicts in self.known(papers, criteria).values())

    def sweep(self, open_: Sequence[Open], *, leave: Leave) -> Generator[Progress | Stopped, None, None]:
        """Ask for the verdicts that are missing; yield what each request brings, in the order of the replies.

        A later verdict on a paper and criterion replaces an earlier one. Nothing is raised: what fails ends
        in `Stopped`, and everything yielded before stands.
        """
        spending = Spending(self.settings, leave)
        waiting = {one.paper.id: one for one in open_}
        try:
            for turn, size in enumerate(_sizes(self.settings.batch)):
                batches = make_batches(tuple(waiting.values()), most=size, context=self.model.context)
                ask = self._ask_again if turn else self._ask_first
                with closing(side_by_side(ask, batches, most=self.settings.requests)) as replies:
                    for reply in replies:
                        spending.count(reply.counted, verdicts=len(reply.sure), failure=reply.failure)
                        _strike_out(waiting, reply.sure)
                        told = priced(reply.usage, self.settings.prices)
                        yield Progress(_by_id(reply), told, spending.seconds_left(_left(waiting)))
                        if waiting and (reason := spending.reason_to_stop()):
                            yield Stopped(reason)
                            return
            if waiting:
                yield Stopped(_ON_THE_REST if spending.verdicts else NO_VERDICT)
        finally:
            if pace := spending.pace():
                self.kept.put_pace(pace)

    def _ask_first(self, batch: Batch) -> Reply:
        """Ask once and keep what is certain."""
        reply = self._ask(batch)
        self.kept.put(reply.sure)
        return reply

    def _ask_again(self, batch: Batch) -> Reply:
        """Ask, and take it for certain that what still has no words in the abstract is unclear."""
        reply = self._ask(batch)
        settled = replace(reply, sure=(*reply.sure, *reply.doubtful), doubtful=())
        self.kept.put(settled.sure)
        return settled

    def _ask(self, batch: Batch) -> Reply:
        reply, failure = WholeReply(), None
        try:
            reply.take(self.model.stream(batch.prompt, most_tokens=batch.most_tokens))
        except ModelCut:
            pass  # the papers before the cut count; the others are asked for again
        except ModelError as error:
            failure = error
            if is_busy(error):
                time.sleep(self.settings.pause)  # in a thread of its own, which nobody waits for
        sure, doubtful = _verified(
            read_verdicts(reply.text, ids=batch.papers.keys(), criteria=len(batch.criteria)), batch
        )
        return Reply(sure, doubtful, reply.usage, _counted(batch, reply.text, reply.usage), failure)


def _sizes(batch: int) -> tuple[int, ...]:
    """Return the papers a request, turn by turn: what is left at last is asked alone, so that nothing disturbs it.

    >>> _sizes(10)
    (10, 3, 1)
    """
    return batch, max(1, batch // 3), 1


def _verified(
    replied: Mapping[tuple[str, int], Said], batch: Batch
) -> tuple[tuple[PaperVerdict, ...], tuple[PaperVerdict, ...]]:
    """Return the verdicts that stand, and as unclear those whose words the abstract does not have."""
    sure, doubtful = [], []
    for (label, number), said in replied.items():
        paper, criterion = batch.papers[label], batch.criteria[number - 1]
        evidence = show(said, paper)
        if evidence is None:
            doubtful.append((paper, CriterionVerdict(criterion, Judgement.UNCLEAR, ())))
        else:
            sure.append((paper, CriterionVerdict(criterion, said.verdict, evidence)))
    return tuple(sure), tuple(doubtful)


def _counted(batch: Batch, text: str, usage: Usage) -> Usage:
    """Return the tokens of a request, as told by the server or else by our own count."""
    if usage.prompt_tokens is not None and usage.completion_tokens is not None:
        return usage
    return Usage(count_tokens(batch.prompt.system + batch.prompt.user), count_tokens(text))


def _by_id(reply: Reply) -> tuple[tuple[PaperId, CriterionVerdict], ...]:
    return tuple((paper.id, verdict) for paper, verdict in (*reply.sure, *reply.doubtful))


def _left(waiting: Mapping[PaperId, Open]) -> int:
    return sum(len(one.criteria) for one in waiting.values())


def _strike_out(waiting: dict[PaperId, Open], verdicts: Sequence[PaperVerdict]) -> None:
    """Take out of `waiting` what has its verdict now."""
    for paper, verdict in verdicts:
        one = waiting[paper.id]
        left = tuple(criterion for criterion in one.criteria if criterion != verdict.criterion)
        if left:
            waiting[paper.id] = Open(paper, left)
        else:
            del waiting[paper.id]
