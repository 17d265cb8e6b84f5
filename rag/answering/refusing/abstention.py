"""Does the library hold the answer? Pure: a question and its ranking -> a finding.

In this order:

1. Nothing here speaks of the topic. The evidence is a sum of what the best paper shares with the
   question: the cosine, the rare words it holds, their share, less the share of words that no paper
   knows. Nothing of it depends on how the arms of the ranking are fused.
2. The paper in front is the right one, but does not say: it lacks a name of the question, or names a
   thing only to deny it, or states none of the details asked for (`unstated.py`).
3. It states some of them, or says otherwise than the question grants: a part of the answer.

The weights and the cut were fixed on the tuning half of the reference questions
(`python -m eval.bench.abstention`), the tables of details by reading them and `tuning.jsonl` beside them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.answering.refusing.details import ANY_FIGURE
from rag.answering.refusing.entities import mentions, named_things, owns, subjects
from rag.answering.refusing.premises import denied_phrase
from rag.answering.refusing.presuppositions import contradicting
from rag.answering.refusing.unsaid import unsaid_words
from rag.answering.refusing.unstated import asked_and_missing
from rag.library.lexical import content_terms, stems
from rag.library.passages import split_passages
from rag.types import Kind, Paper, Question, Ranking, Status

_SETS = frozenset({Kind.LIST, Kind.CORPUS})
_CUT = 0.57
# Of papers that the reader chose, the topic is hardly in question: a follow-up says little, and means them.
_CUT_CHOSEN = 0.4
_HELD_WEIGHT = 0.175
_MOST_HELD = 4.0
_COVERAGE_WEIGHT = 0.5
_UNKNOWN_WEIGHT = 0.3
_WORDS_ALONE = 0.25
# A few abstracts know few words, so that one more they do not know says little.
_VOCABULARY = 200
_UNKNOWN = 0.999
_NEIGHBOURS = 5
_SIDES = 2
_NAMED_WORDS = 3
_SET_QUESTION = re.compile(
    r"\b(?:papers|works(?! (?:best|well|better|worse))|studies|articles|publications|(?:which|what|any|an?|every|each|some) (?:\w+ ){0,2}(?:paper|work|study|article|publication)"
    r"|(?:which|what) (?:methods|approaches|models|ones))\b",
    re.IGNORECASE,
)

_WHO_WROTE = re.compile(
    r"\bwho (?:wrote|authored)\b(?! (?:about|on|papers|of)\b)|\bwho (?:is|are) the authors? of\b|: who (?:is|are) (?:the|its) authors?\b",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:which|what) (?:papers?|works?|studies|articles?) (?P<verb>[a-z]{3,})(?= \w+)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What the library can do for a question, with one line on what was looked for.

    The line is empty if nothing is missing.
    """

    status: Status
    line: str = ""


ANSWERABLE = Finding(Status.ANSWERED)


def find_abstention(question: Question, ranking: Ranking) -> Finding:
    """Decide whether a question is answered, in part or not at all, before anything is written."""
    if not ranking.papers:
        return Finding(Status.NOT_IN_LIBRARY, "No paper here speaks of this.")
    cut = _CUT_CHOSEN if question.scope.ids else _CUT
    if not _is_named(question, ranking) and topic_evidence(ranking) < cut:
        return Finding(Status.NOT_IN_LIBRARY, _nothing_on(ranking.searched_for or question.text, ranking))
    if _SET_QUESTION.search(question.text) and question.kind in _SETS:
        return ANSWERABLE
    called = subjects(question.text, _near(ranking))
    if question.kind is Kind.COMPARE:  # what one side leaves out, the other may state
        called = list(dict.fromkeys([*called, *_near(ranking)[:_SIDES]]))
    for check in _CHECKS:
        finding = check(question, ranking, called)
        if finding is not ANSWERABLE:
            return finding
    return ANSWERABLE


def topic_evidence(ranking: Ranking) -> float:
    """Weigh how much of the question the library knows: below 0.57, nothing worth quoting.

    Without vectors the share of the words alone has to speak, on the same scale.
    """
    if ranking.similarity is None:
        return ranking.coverage * _CUT / _WORDS_ALONE
    asked = ranking.rarity
    weights = [weight for stem, weight in asked.items() if stem not in _unknown_verb(ranking)]
    held_weight = ranking.coverage * sum(asked.values())
    coverage = held_weight / sum(weights) if sum(weights) else 0.0
    held = min(_MOST_HELD, held_weight)
    unknown = sum(weight >= _UNKNOWN for weight in weights) / len(weights) if weights else 0.0
    return (
        ranking.similarity
        + _HELD_WEIGHT * held
        + _COVERAGE_WEIGHT * coverage
        - _UNKNOWN_WEIGHT * unknown * min(1.0, ranking.searched / _VOCABULARY)
    )


def _unknown_verb(ranking: Ranking) -> frozenset[str]:
    """The asker's verb, where no paper has it: "which papers join X?" is about X, however papers put it."""
    verb = _VERB.search(ranking.searched_for or ranking.question.text)
    stems = content_terms(verb["verb"]) if verb else ()
    unknown = frozenset(stem for stem in stems if ranking.rarity.get(stem, 0.0) >= _UNKNOWN)
    return unknown if len(ranking.rarity) > len(unknown) else frozenset()


def _is_named(question: Question, ranking: Ranking) -> bool:
    """Tell whether the question speaks of a paper near the front by its id, its title or its own name."""
    names = named_things(question.text)
    near = _near(ranking)
    return bool(ranking.named) or any(owns(paper, name) for paper in near for name in names)


def _near(ranking: Ranking) -> list[Paper]:
    return [ranked.paper for ranked in ranking.papers[:_NEIGHBOURS]]


def _nothing_on(question: str, ranking: Ranking) -> str:
    """Name the words of the question that no paper knows."""
    words = dict.fromkeys(re.findall(r"[^\W\d_][\w'-]{2,}", question))
    unknown = [word for word in words if _rarity(word, ranking) >= _UNKNOWN]
    if not unknown:
        return "No abstract here brings the words of the question together."
    return f"No abstract here speaks of {_listed(unknown[:_NAMED_WORDS], 'or')}."


def _rarity(word: str, ranking: Ranking) -> float:
    return max((ranking.rarity.get(stem, 0.0) for stem in content_terms(word)), default=0.0)


def _check_names(question: Question, ranking: Ranking, called: Sequence[Paper]) -> Finding:
    """A name that none of the subjects mentions is not spoken of by them."""
    names = named_things(question.text)
    missing = [name for name in names if not any(mentions(paper, name) for paper in called)]
    if not missing:
        return ANSWERABLE
    absent = f"mentions {_listed(missing, 'or')}."
    is_foreign = any(_rarity(name, ranking) >= _UNKNOWN for name in missing)
    if is_foreign and len(missing) == len(names):
        return Finding(Status.NOT_IN_LIBRARY, f"No abstract near the question {absent}")
    if question.kind is Kind.COMPARE:
        return Finding(Status.PARTIAL, f"{_here(called)}, but no abstract beside {absent}")
    return Finding(Status.NOT_STATED, f"{_here(called)}, but nothing there {absent}")


def _check_authors(question: Question, _: Ranking, called: Sequence[Paper]) -> Finding:
    """No abstract says who wrote it; the catalogue may."""
    if not _WHO_WROTE.search(question.text):
        return ANSWERABLE
    authors = dict.fromkeys(author for paper in called for author in paper.authors)
    told = f"by the catalogue it is by {', '.join(authors)}" if authors else "no file names its authors"
    return Finding(Status.NOT_STATED, f"{_here(called)}; {told}.")


def _check_denied(question: Question, _: Ranking, called: Sequence[Paper]) -> Finding:
    """What the question speaks of must not be named by its subjects only to say that they do without."""
    phrase = denied_phrase(question.text, " ".join(paper.abstract for paper in called))
    if not phrase:
        return ANSWERABLE
    line = f"{_here(called)}, but speaks of “{phrase}” only to say that it does without."
    return Finding(Status.NOT_STATED, line)


def _check_details(question: Question, ranking: Ranking, called: Sequence[Paper]) -> Finding:
    """What is asked for must stand in a span of the subjects, each detail in one of its own."""
    # Spelling is mended for the search; a word that no paper holds may be spelt as it should all the same.
    texts = dict.fromkeys((ranking.searched_for or question.text, question.text))
    read = (asked_and_missing(text, called, rarity=ranking.rarity) for text in texts)
    asked, missing = max(read, key=lambda told: told[0])
    if not missing or (question.kind in _SETS and missing == (ANY_FIGURE.name,)):
        return ANSWERABLE  # keywords that may be of any kind
    line = f"{_here(called)}, but states {_listed([f'no {m}' for m in missing], 'and')}."
    if len(missing) < asked:
        return Finding(Status.PARTIAL, line)
    return Finding(Status.NOT_STATED, line + _nearest_words(ranking, called))


def _check_said(question: Question, ranking: Ranking, called: Sequence[Paper]) -> Finding:
    """What is asked for a yes or a no must be spoken of."""
    unsaid = unsaid_words(question.text, called, rarity=ranking.rarity)
    if not unsaid or question.kind in _SETS or question.kind is Kind.COMPARE:
        return ANSWERABLE
    line = f"{_here(called)}, but says nothing of {_listed(unsaid[:_NAMED_WORDS], 'or')}."
    return Finding(Status.NOT_STATED, line + _nearest_words(ranking, called))


def _check_granted(question: Question, ranking: Ranking, called: Sequence[Paper]) -> Finding:
    """What the question grants may be denied: told beside the answer, as such a sentence often is the answer."""
    is_why = question.text.lower().startswith("why ")
    if question.kind is Kind.COMPARE and not is_why:  # of several papers, each says the contrary of another
        return ANSWERABLE
    spans = [passage.text for paper in called for passage in split_passages(paper)]
    against = contradicting(ranking.searched_for or question.text, spans)
    if not against:
        return ANSWERABLE
    return Finding(Status.PARTIAL, f"{_here(called)}, but says otherwise: “{against}”")


def _nearest_words(ranking: Ranking, called: Sequence[Paper]) -> str:
    """Quote the sentence that holds most of the question's rarer words, so that a reader can judge the refusal."""
    spans = [passage.text for paper in called for passage in split_passages(paper)]
    held = [(sum(ranking.rarity.get(stem, 0.0) for stem in frozenset(stems(span))), span) for span in spans]
    weight, nearest = max(held, key=lambda one: one[0], default=(0.0, ""))
    return f" Nearest: “{nearest}”" if weight else ""


def _here(papers: Sequence[Paper]) -> str:
    return f"“{papers[0].title}” is here"


def _listed(words: Sequence[str], joint: str) -> str:
    """Join words for a sentence.

    >>> _listed(["FFHQ", "Keras"], "or")
    'FFHQ or Keras'
    """
    if len(words) == 1:
        return words[0]
    return f"{', '.join(words[:-1])} {joint} {words[-1]}"


_CHECKS = (_check_names, _check_authors, _check_denied, _check_details, _check_said, _check_granted)
