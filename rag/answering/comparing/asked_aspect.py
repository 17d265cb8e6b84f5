"""Which one aspect of a paper is asked for: "what problem does SlotNet solve?" Pure.

Such a question says nothing but the aspect and the paper, so that any abstract which has a sentence of the
aspect (`aspects.py`) answers it, whatever its words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.answering.comparing.aspect_cues import BACKGROUND, FIGURE, TASK_LIST
from rag.answering.comparing.aspects import DATA, LIMITS, METHOD, PROBLEM, RESULT, Aspect, choose_cell
from rag.answering.comparing.one_paper import find_meant
from rag.answering.refusing.unstated import answering_spans
from rag.library.passages import split_passages
from rag.types import Evidence, Paper, Passage, RankedPaper, Ranking, Span

_WORD = r"(?!(?:and|or|that|which|when|if|on|for|with|without|compared)\b)[^\s,;:]+"
_DESCRIBED = r"(?:the|that) (?:[\w-]+ )?(?:paper|study|work|article) (?:on|about|of) [^,;:?]{3,60}?"
_OF = rf"(?P<of>{_DESCRIBED}|{_WORD}(?: {_WORD}){{0,7}}?)"
_MOST = r"(?:(?:main|key|core|central|basic|underlying|big|chief|principal|whole|overall|most important) )*"
_BE = r"(?:is|are|was|were)"
_DO = r"(?:do|does|did)"
_TRIED = r"(?:tested|evaluated|tried(?: out)?|validated|benchmarked|assessed)"
_PROBLEMS = r"(?:problem|challenge|issue|gap|difficulty|shortcoming)s?"
_OUTCOMES = r"(?:results?|findings?|conclusions?|outcomes?)"
_TELL = (
    r"(?:report|give|show|have|present|state|mention|name|discuss|admit|list|tell|describe|contain|include)"
)
_ANY = r"(?:(?:any|some|its|their|the|own) ){0,2}"
_LEAD = r"(?:(?:“[^”]+”(?:, and |, | and )?)+: |[^:?]{1,80}: )?(?:(?:and|so|then|please|but|ok(?:ay)?|well|now),? )*"
_THERE = r"(?: (?:of|in) (?:it|that|this)| there)?"
_SOLVE = r"(?:solv|address|tackl|overcom|attack|fix|deal)\w*"
_SETS = r"(?:(?:two|three|four|five|six|seven|eight) )?(?:data|data ?sets?|data ?bases?|benchmarks?)"
_FAULTS = r"(?:limits?|limitations?|drawbacks?|weakness(?:es)?|shortcomings?|downsides?|caveats?)"


_ASKED = (
    (PROBLEM, rf"(?:what|which) {_MOST}{_PROBLEMS} (?:{_DO}|{_BE}) {_OF} (?:(?:try|trying|aim|aiming|meant) to )?{_SOLVE}(?: with)?"),
    (PROBLEM, rf"what {_BE} (?:the )?{_MOST}(?:{_PROBLEMS}|goals?|aims?|motivation|purpose|objective) (?:of|behind) {_OF}"),
    (PROBLEM, rf"what {_BE} (?:the )?{_MOST}{_PROBLEMS} (?:that )?{_OF} {_SOLVE}"),
    (METHOD, rf"what {_BE} (?:the )?{_MOST}(?:ideas?|approach|methods?|contributions?|novelty|insights?|trick) (?:of|behind|in) {_OF}"),
    (METHOD, rf"what {_DO} {_OF} (?:do|propose|introduce|present|contribute)"),
    (METHOD, rf"(?:what is|what's) (?!the\b|an?\b|this\b|its?\b){_OF}"),
    (METHOD, rf"how {_DO} {_OF} work"),
    (RESULT, rf"(?:what|which) {_MOST}{_OUTCOMES} {_DO} {_OF} (?:report|achieve|get|show|obtain|reach|have|give|present|draw|come to)(?: (?:on|for) (?:the )?(?P<on>.+))?"),
    (RESULT, rf"what {_BE} (?:the )?{_MOST}{_OUTCOMES} (?:of|in|from) {_OF}"),
    (RESULT, rf"what {_DO} {_OF} (?:find|conclude|report|discover|achieve|observe)(?: out)?(?: there| here| in (?:it|that paper))?"),
    (RESULT, rf"{_DO} {_OF} {_TELL} {_ANY}(?:(?:experimental|empirical|quantitative) )?(?:results?|findings?|outcomes?|experiments?)"),
    (LIMITS, rf"{_DO} {_OF} {_TELL} {_ANY}{_FAULTS}"),
    (LIMITS, rf"what {_BE} (?:the )?{_MOST}{_FAULTS} (?:of|in) {_OF}"),
    (LIMITS, rf"(?:what|which) {_MOST}{_FAULTS} {_DO} {_OF} (?:have|name|mention|report|admit|state)"),
    (PROBLEM, rf"(?:what (?:about|{_BE}) )?its {_MOST}(?:{_PROBLEMS}|goals?|aims?|purpose)"),
    (METHOD, rf"(?:what (?:about|{_BE}) )?its {_MOST}(?:ideas?|approach|methods?|contributions?)"),
    (RESULT, rf"(?:what (?:about|{_BE}) )?(?:its|the) {_MOST}{_OUTCOMES}{_THERE}"),
    (LIMITS, rf"(?:what (?:about|{_BE}) )?(?:its|the) {_MOST}{_FAULTS}{_THERE}"),
    (DATA, rf"(?:on )?(?:what|which)(?P<sets> {_SETS})? {_BE} {_OF} {_TRIED}(?: on)?"),
    (DATA, rf"(?:what|which)(?P<sets> {_SETS}) {_DO} {_OF} (?:use|report on|test on)"),
)  # fmt: skip
_FORMS = tuple((aspect, re.compile(rf"{_LEAD}{form}", re.IGNORECASE)) for aspect, form in _ASKED)


@dataclass(frozen=True, slots=True)
class AskedAspect:
    """An aspect that is asked for, and the words for the paper.

    `on` is what a result was reached on, "" where any will do; of data, `sets` tells that data sets are asked for,
    not whatever a paper was tested on.
    """

    aspect: Aspect
    of: str
    on: str = ""
    sets: bool = False

    def shown_by(self, paper: Paper) -> tuple[Evidence, ...]:
        """Return the sentences of the abstract that show the aspect, in their order."""
        if self.on:
            return tuple(_cut(paper, p) for p in split_passages(paper) if self._is_reached_on(p.text))
        return self._tested_on(paper) or choose_cell(paper, self.aspect)

    def is_told_by(self, paper: Paper) -> bool:
        """Tell whether the abstract answers what is asked: of data, by a name, or by the tasks that it lists."""
        return bool(self._tested_on(paper) if self.aspect is DATA else self.shown_by(paper))

    def _tested_on(self, paper: Paper) -> tuple[Evidence, ...]:
        if self.aspect is not DATA:
            return ()
        return naming_data(paper) or (() if self.sets else _listing_tasks(paper))

    def _is_reached_on(self, text: str) -> bool:
        words = re.findall(r"\w+", self.on.lower())
        return bool(FIGURE.search(text)) and set(words) <= set(re.findall(r"\w+", text.lower()))


def asked_aspect(text: str) -> AskedAspect | None:
    """Return the aspect that a question asks of one paper; None where it asks for anything more.

    >>> asked_aspect("What problem does SlotNet solve?").of
    'SlotNet'
    >>> asked_aspect("What problem does SlotNet solve on COCO?")
    """
    plain = " ".join(text.split()).strip(" ?.!")
    for aspect, pattern in _FORMS:
        if match := pattern.fullmatch(plain):
            said = match.groupdict()
            return AskedAspect(
                aspect, (said.get("of") or "it").strip(), said.get("on") or "", bool(said.get("sets"))
            )
    return None


def meant_paper(asked: AskedAspect, ranking: Ranking) -> RankedPaper | None:
    """Return the one paper of which an aspect is asked; its words must name it: "what is attention?" asks of none."""
    chosen = ranking.question.scope.ids
    if chosen is not None:
        return next(iter(ranking.papers), None) if len(chosen) == 1 else None
    return ranking.papers[0] if ranking.named else find_meant(asked.of, ranking.papers)


def naming_data(paper: Paper) -> tuple[Evidence, ...]:
    """Return the sentences that name what a paper is tested on."""
    spans = answering_spans("on which data sets is it tested?", paper)
    return tuple(_cut(paper, passage) for passage in split_passages(paper) if passage.text in spans)


def _listing_tasks(paper: Paper) -> tuple[Evidence, ...]:
    """Return the sentences that list the tasks on which a paper was tried."""
    passages = (passage for passage in split_passages(paper) if TASK_LIST.search(passage.text))
    return tuple(_cut(paper, passage) for passage in passages if not BACKGROUND.search(passage.text))


def _cut(paper: Paper, passage: Passage) -> Evidence:
    return Evidence.cut(paper, Span(passage.start, passage.end), score=1.0)
