"""What of a question does an abstract deny in as many words? Pure.

A verb that is turned ("is not determined by"), a property that is denied ("is not injective"), the other
degree of the same property ("less vulnerable" where the abstract has "higher vulnerability"). Words are one
where they begin alike, so that an adjective meets its noun.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.answering.checks.cues import negations
from rag.answering.checks.words import Words, read_words

_DEGREE = re.compile(
    r"\b(?:(?P<more>more|most|higher|highest|greater|larger|stronger|increased|increasing)"
    r"|(?P<less>less|least|lower|lowest|fewer|smaller|weaker|reduced|decreased|decreasing"
    r"|only (?:about )?[\d.]+ ?% of (?:the )?(?:(?:number|total) of )?(?:the )?)) ?(?P<of>[a-z]{4,})",
    re.IGNORECASE,
)
_AVOIDS = r"avoid(?:s|ing)?|eliminat(?:es?|ing)|circumvent(?:s|ing)?|bypass(?:es|ing)?"
_DENIES = re.compile(
    rf"\b(?:(?:is|are|was|were|be) not|(?P<avoids>{_AVOIDS})) (?:(?P<degree>\w+ly) )?(?P<of>[a-z]{{6,}})"
)
_SAME_LETTERS = 6
_WINDOW = 80
_AROUND = 8
_VERB = 3
_SHARED_TURNED = 4
_SHARED_DENIED = 3
_SHARED_DEGREE = 2


def turns(asked: Words, told: Words) -> bool:
    """Tell whether a text turns a verb of the question, amid words most of which are the question's own."""
    topic = _topic(asked)
    for n in negations(told):
        behind = [stem for stem in told.content[n + 1 : n + 1 + _AROUND] if stem][:_VERB]
        around = told.around(n, _AROUND)
        if len(topic & around) >= _SHARED_TURNED and not topic.isdisjoint(behind):
            return True
    return False


def denied_property(question: str, spans: Sequence[str]) -> Iterator[str]:
    """Yield sentences that deny a property which the question grants.

    >>> list(denied_property("How does the injectivity of linear attention help?", ["Here linear attention is never fast, as it is not injective."]))
    ['Here linear attention is never fast, as it is not injective.']
    """
    asked = read_words(question)
    for span in spans:
        shared = len(_topic(asked).intersection(read_words(span).content))
        for match in _DENIES.finditer(span):
            granted = any(_begin_alike(word, match["of"]) for word in asked.words)
            is_asked_too = match["avoids"] in asked.words
            if granted and not is_asked_too and (match["degree"] in asked.words or shared >= _SHARED_DENIED):
                yield span


def other_degree(question: str, spans: Sequence[str]) -> Iterator[str]:
    """Yield sentences that give a property in the other degree alone, near words of the question.

    >>> list(other_degree("Why are scans less vulnerable to attacks?", ["Scans show a higher vulnerability to attacks."]))
    ['Scans show a higher vulnerability to attacks.']
    """
    topic = _topic(read_words(question))
    for match in _DEGREE.finditer(question):
        wanted = "more" if match["less"] else "less"
        for span in spans:
            same = [one for one in _DEGREE.finditer(span) if _begin_alike(one["of"], match["of"])]
            near = [_shared(topic, span, one) for one in same if one[wanted]]
            if len(near) == len(same) and any(shared >= _SHARED_DEGREE for shared in near):
                yield span


def _shared(topic: frozenset[str], span: str, match: re.Match[str]) -> int:
    around = span[max(0, match.start() - _WINDOW) : match.end() + _WINDOW]
    return len(topic.intersection(read_words(around).content))


def _begin_alike(one: str, other: str) -> bool:
    return one[:_SAME_LETTERS].lower() == other[:_SAME_LETTERS].lower()


def _topic(words: Words) -> frozenset[str]:
    return frozenset(stem for stem in words.content if stem)
