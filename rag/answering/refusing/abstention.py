"""Does the library hold the answer? Pure: a question and its ranking -> a finding.

In this order:

1. Nothing here speaks of the topic (`topic.py`).
2. The paper in front is the right one, but does not say, or says otherwise than the question grants: by the
   rules (`rules.py`).
3. Where vectors are at hand, what the rules found is a vote: a judge (`silence.py`) weighs it with how near the
   abstract comes to what is asked (`nearness.py`). Where it is unsure, the answer is given with a plain notice.
"""

from __future__ import annotations

import re

from rag.answering.comparing.asked_aspect import asked_aspect, meant_paper
from rag.answering.comparing.aspects import LIMITS
from rag.answering.refusing.entities import is_asked_by_title, named_things, owns, subjects
from rag.answering.refusing.nearness import measure
from rag.answering.refusing.rules import (
    ANSWERABLE,
    SETS,
    Case,
    Finding,
    find_by_rules,
    nearest_words,
    read_case,
)
from rag.answering.refusing.silence import load_judge
from rag.answering.refusing.topic import (
    is_off_topic,
    listed,
    near_papers,
    nothing_on,
    topic_evidence,
)
from rag.answering.refusing.votes import RulesTold
from rag.retrieval.closeness import Closeness
from rag.types import Kind, Paper, Question, Ranking, Status

_BESIDE = 10
_JUDGED = frozenset({Kind.FACT, Kind.EXPLAIN})
_SURE = frozenset({"origin", "denied"})
_OPEN = frozenset({Status.ANSWERED, Status.NOT_STATED})
# Fixed by leaving out whole batches of the tuning questions (`python -m eval.train_refusals`).
REFUSED_FROM = 0.68
DOUBTED_FROM = 0.55
# What a rule has found, vectors alone must be surer of to gainsay.
_REFUSED_THOUGH_FOUND_FROM = 0.76
# A yes or no is asked of something that the question itself tells: from this similarity on, the paper speaks of it, and
# is quoted whatever the judge says. Of the tuning questions of that form that no abstract answers, the nearest is at .58.
_SPOKEN_OF_FROM = 0.6
# Below this distance (log odds), a name that the abstract lacks may be another one for what it has.
_NEAR_WITHOUT_NAME = -0.6
_SET_QUESTION = re.compile(
    r"\b(?:papers|works(?! (?:best|well|better|worse))|studies|articles|publications|(?:which|what|any|an?|every|each|some) (?:\w+ ){0,2}(?:paper|work|study|article|publication)"
    r"|(?:which|what) (?:methods|approaches|models|ones))\b",
    re.IGNORECASE,
)


def find_abstention(question: Question, ranking: Ranking, close: Closeness | None = None) -> Finding:
    """Decide whether a question is answered, in part or not at all, before anything is written.

    `close` is the close look at `worth_a_look`; without one, the rules decide alone.
    """
    if not ranking.papers:
        return Finding(Status.NOT_IN_LIBRARY, "No paper here speaks of this.")
    if is_off_topic(question, ranking):
        return Finding(Status.NOT_IN_LIBRARY, nothing_on(ranking.searched_for or question.text, ranking))
    if _asks_for_papers(question):
        return ANSWERABLE
    if of_aspect := _of_aspect(question, ranking):
        return of_aspect
    case = read_case(question, ranking)
    finding, check = find_by_rules(case)
    return finding if close is None else _judged(case, finding, check=check, close=close)


def worth_a_look(question: Question, ranking: Ranking) -> tuple[Paper, ...]:
    """Return the paper that a question is about, and then those beside it; none where the rules decide alone.

    Papers that the reader chose are in question themselves, and of several sides each may say its part.
    """
    if question.kind not in _JUDGED or question.scope.ids or not ranking.papers:
        return ()
    if _asks_for_papers(question) or is_off_topic(question, ranking):
        return ()
    called = subjects(question.text, near_papers(ranking))
    beside = [ranked.paper for ranked in ranking.papers[:_BESIDE] if ranked.paper not in called]
    return (called[0], *beside)


def _asks_for_papers(question: Question) -> bool:
    return bool(_SET_QUESTION.search(question.text)) and question.kind in SETS


def _of_aspect(question: Question, ranking: Ranking) -> Finding | None:
    """Decide where no more is asked than an aspect of one paper; None where the words must be looked at.

    Every paper has a problem, a method and a result, however its abstract puts them; limits are mostly left out.
    """
    asked = asked_aspect(ranking.searched_for or question.text) if question.kind in _JUDGED else None
    meant = meant_paper(asked, ranking) if asked else None
    if asked is None or meant is None:
        return None
    if asked.is_told_by(meant.paper):
        return ANSWERABLE
    unsaid = f"“{meant.paper.title}” is here, but its abstract names no {LIMITS.name} of its work."
    return Finding(Status.NOT_STATED, unsaid) if asked.aspect is LIMITS else None


def _judged(case: Case, finding: Finding, *, check: str, close: Closeness) -> Finding:
    """Weigh what the rules found with the close look. What the catalogue answers, and a part, stay as they are."""
    judge, near = load_judge(), measure(close, case.ranking, evidence=topic_evidence(case.ranking))
    if judge is None or near is None or check in _SURE:
        return finding
    if check == "names" and judge.distance(near) < _NEAR_WITHOUT_NAME:
        return Finding(Status.PARTIAL, finding.line)
    if finding.status not in _OPEN:
        return finding
    told = RulesTold(finding.status, check, case.asked, case.missing)
    silence = judge.silence(near, told.votes())
    is_spoken_of = near.asks_yes_or_no and (case.ranking.similarity or 0.0) >= _SPOKEN_OF_FROM
    refused_from = _REFUSED_THOUGH_FOUND_FROM if case.asked and not case.missing else REFUSED_FROM
    if silence >= refused_from and (finding.line or not is_spoken_of):
        unsaid = f"{case.here}, but its abstract does not say this.{nearest_words(case)}"
        return finding if finding.line else Finding(Status.NOT_STATED, unsaid)
    doubted_from = REFUSED_FROM if is_spoken_of else DOUBTED_FROM
    is_doubted = silence >= REFUSED_FROM or (silence >= doubted_from and not _is_found(case))
    return Finding(Status.PARTIAL, _doubt(case)) if finding.line or is_doubted else finding


def _is_found(case: Case) -> bool:
    """Tell whether all that is asked for was found in a paper that the question calls by its name."""
    text, (paper, *_) = case.question.text, case.called
    is_called = is_asked_by_title(paper, text) or any(owns(paper, name) for name in named_things(text))
    return case.asked > 0 and not case.missing and is_called


def _doubt(case: Case) -> str:
    """Say that an answer is doubted, and for the want of what, where a rule looked for something."""
    unfound = listed([f"no {missing}" for missing in case.missing], "and") if case.missing else ""
    return f"{case.here}, but its abstract may not say this{f': {unfound} was found' if unfound else ''}."
