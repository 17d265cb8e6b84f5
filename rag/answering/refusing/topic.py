"""Does a library speak of the topic of a question at all? Pure.

The evidence is a sum of what the best paper shares with the question: the cosine, the rare words it holds, their
share, less the share of words that no paper knows. Nothing of it depends on how the arms of the ranking are fused.
The weights and the cut were fixed on the tuning half of the reference questions (`python -m eval.bench.abstention`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from rag.answering.refusing.entities import named_things, owns
from rag.library.lexical import content_terms
from rag.types import Kind, Paper, Question, Ranking

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
UNKNOWN = 0.999
_NEIGHBOURS = 5
_NAMED_WORDS = 3
# Words that ask for a comparison, and name no topic.
_ASKING = frozenset(content_terms("compare comparison contrast differ different difference versus"))
_VERB = re.compile(
    r"\b(?:which|what) (?:papers?|works?|studies|articles?) (?P<verb>[a-z]{3,})(?= \w+)", re.IGNORECASE
)
# Words for one paper and for what it says, which are of any topic; not "state", "key" or "reason", which name topics too.
_GENERAL = frozenset(
    content_terms("according article author conclude findings main paper publication report result say study")
)
# What the asker means to do with a paper, or who stands behind it, says nothing of its topic.
_REQUEST = re.compile(
    r"\b(?:should|could|can|would) (?:i|we|one) (?:read|look at|start with|begin with|know|cite)\b(?: (?:first|next)\b)?"
    r"|\bwho (?:wrote|authored|published|funded|sponsored|paid for)\b|\bwho (?:is|are) the (?:\w+ ){0,2}authors?\b",
    re.IGNORECASE,
)


def is_off_topic(question: Question, ranking: Ranking) -> bool:
    """Tell whether nothing here speaks of what is asked."""
    cut = _CUT_CHOSEN if question.scope.ids else _CUT
    return not _is_named(question, ranking) and topic_evidence(ranking) < cut


def topic_evidence(ranking: Ranking) -> float:
    """Weigh how much of the question the library knows: below 0.57, nothing worth quoting.

    Without vectors the share of the words alone has to speak, on the same scale.
    """
    if ranking.similarity is None:
        return ranking.coverage * _CUT / _WORDS_ALONE
    asked = ranking.rarity
    request = _request(ranking)
    dispensable = request | _unknown_verb(ranking) | _unknown_alternatives(ranking)
    weights = [weight for stem, weight in asked.items() if stem not in dispensable]
    held_weight = _held(ranking, request) if request else ranking.coverage * sum(asked.values())
    coverage = held_weight / sum(weights) if sum(weights) else 0.0
    held = min(_MOST_HELD, held_weight)
    unknown = sum(weight >= UNKNOWN for weight in weights) / len(weights) if weights else 0.0
    return (
        ranking.similarity
        + _HELD_WEIGHT * held
        + _COVERAGE_WEIGHT * coverage
        - _UNKNOWN_WEIGHT * unknown * min(1.0, ranking.searched / _VOCABULARY)
    )


def _request(ranking: Ranking) -> frozenset[str]:
    """The stems of a request like "should I read first", and of general words unless papers are wanted that fit them.

    None where nothing else is said.
    """
    found = _REQUEST.search(ranking.searched_for or ranking.question.text)
    stems = frozenset(content_terms(found[0])) if found else frozenset[str]()
    asked = ranking.rarity.keys()
    general = frozenset() if ranking.question.kind is Kind.LIST else _GENERAL & asked
    return next((said for said in (stems | general, stems) if asked - said), frozenset())


def _held(ranking: Ranking, request: frozenset[str]) -> float:
    """The weight of the topic's words that the best paper near the front holds, without those of a request."""
    texts = (frozenset(content_terms(f"{p.title} {p.abstract}")) for p in near_papers(ranking))
    held = ((text & ranking.rarity.keys()) - request for text in texts)
    return max((math.fsum(ranking.rarity[stem] for stem in stems) for stems in held), default=0.0)


def _unknown_verb(ranking: Ranking) -> frozenset[str]:
    """The asker's verb, where no paper has it: "which papers join X?" is about X, however papers put it."""
    verb = _VERB.search(ranking.searched_for or ranking.question.text)
    stems = content_terms(verb["verb"]) if verb else ()
    unknown = frozenset(stem for stem in stems if ranking.rarity.get(stem, 0.0) >= UNKNOWN)
    return unknown if len(ranking.rarity) > len(unknown) else frozenset()


def _unknown_alternatives(ranking: Ranking) -> frozenset[str]:
    """Of what "or" joins, the words that no paper has, where another of it is known: "papers on music or drums"."""
    unknown: set[str] = set()
    for clause in ranking.question.criteria.clauses:
        alternatives = [content_terms(one.text) for one in clause if not one.negated]
        missing = [
            [stem for stem in terms if ranking.rarity.get(stem, 0.0) >= UNKNOWN] for terms in alternatives
        ]
        if any(terms and not lacks for terms, lacks in zip(alternatives, missing, strict=True)):
            unknown.update(*missing)
    return frozenset(unknown)


def _is_named(question: Question, ranking: Ranking) -> bool:
    """Tell whether the question speaks of a paper near the front by its id, its title or its own name."""
    names = named_things(question.text)
    near = near_papers(ranking)
    return bool(ranking.named) or any(owns(paper, name) for paper in near for name in names)


def near_papers(ranking: Ranking) -> list[Paper]:
    """The papers in front."""
    return [ranked.paper for ranked in ranking.papers[:_NEIGHBOURS]]


def nothing_on(question: str, ranking: Ranking) -> str:
    """Name the words of the question that no paper knows."""
    words = dict.fromkeys(re.findall(r"[^\W\d_][\w'-]{2,}", _REQUEST.sub(" ", question)))
    topics = (word for word in words if not _ASKING.issuperset(content_terms(word)))
    unknown = [word for word in topics if rarity_of(word, ranking) >= UNKNOWN]
    if not unknown:
        return "No abstract here brings the words of the question together."
    quoted = [f"“{word}”" for word in unknown[:_NAMED_WORDS]]
    return f"No abstract here speaks of {listed(quoted, 'or')}."


def rarity_of(word: str, ranking: Ranking) -> float:
    """How rare a word of the question is here: from 0 to 1, which no paper holds."""
    return max((ranking.rarity.get(stem, 0.0) for stem in content_terms(word)), default=0.0)


def listed(words: Sequence[str], joint: str) -> str:
    """Join words for a sentence.

    >>> listed(["FFHQ", "Keras"], "or")
    'FFHQ or Keras'
    """
    if len(words) == 1:
        return words[0]
    return f"{', '.join(words[:-1])} {joint} {words[-1]}"
