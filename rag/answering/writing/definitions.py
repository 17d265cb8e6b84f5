"""Which sentence says what a term means: "what is hubness?" Pure.

The question's words stand in many sentences; the one that answers has the term for its subject and says what it
is ("hubness is a ..., refers to ..., arises when ...") or gives a thing that name ("a problem called hubness").
How well a sentence defines is a grade from 0 to 1, by its form alone; praise without a meaning ("hubness is an
important problem") has a low one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rag.answering.comparing.bearing import bears
from rag.library.abbreviations import mine_abbreviations
from rag.library.passages import split_passages
from rag.types import Paper, RankedPaper

_POINTS_BACK = re.compile(r"(?:This|These|Such|It) ")  # what was said before is the meaning
_EXAMPLE = re.compile(r"(?:For (?:example|instance)|E\.g\.)\b")
_SURE = 0.7  # such a sentence says what a thing is, wherever its paper ranks
_TITLED = 0.15
_LATER = 0.02  # each place further down
_LEAST_LETTERS = 3
# What comes between a term and its verb.
_TAIL = r"(?:e?s)?[\"”’']?(?: \([^)]{1,80}\))?(?: (?:and|or) [\w -]{1,40}?(?: \([^)]{1,30}\))?)?(?:, [^,]{3,80},)?"
_SHORT = r"(?:e?s)?[\"”’']?(?: \([^)]{1,80}\))?"
# "Linear attention: the ..." defines no attention.
_APART = r"(?:^|[,;:(\"“‘']\s?|\b(?:the|an?|of|in|by|with|as|to|for|on|from|through|via|is|are|and|or|called|proposed?|introduced?|presents?|proposes|introduces|present|stud(?:y|ies)|uses?|using) )"
_HEAD = r"^(?:[A-Z][^,.;:]{0,160}, )?(?:[Tt]he |[Aa]n? )?[\"“‘']?"
_KIND = r"(?: (?:problems?|tasks?|methods?|techniques?|models?|approach(?:es)?|networks?|architectures?|algorithms?|predictions?|hypothesis|phenomenon|paradigm|mechanisms?|setting))?"
_BE = r"(?:is|are|was|were|can be|has been|have been)"
_PRAISED = (
    r"(?:\w+ly )?(?:important|essential|crucial|critical|key|fundamental|central|promising|popular|powerful|common|challenging|difficult|active"
    r"|open|major|significant|vital|hot|natural|impressive|useful|attractive|trending|prominent|pivotal|core|long-standing|subject|topic|cornerstone)\b"
)
_MEANS = (
    r"(?:refers? to|denotes?|means?|describes?|aims? (?:to|at)|seeks? to|attempts? to|tr(?:y|ies) to|consists? (?:of|in)|entails?|posits?"
    r"|(?:states|holds|says|claims|posits|suggests) that|(?:occurs?|arises?|happens?) (?:when|where|if)|(?:is|are) (?:(?:all |mainly )?about|defined|said|when|where))\b"
)
_SAYS_WHICH = r"[^.]*(?:, (?:which|where|in which|i\.e)|\b(?:that|whose|aim\w*)\b|, [a-z]+ing\b)"
_NAMES = r"(?:called|known as|named|termed|referred to as|dubbed|coined|so-called|a\.k\.a\.)"
_DOES = (
    r"(?:produces?|learns?|uses?|combines?|decomposes?|generates?|encodes?|maps?|allows?|enables?|trains?|treats?|represents?|estimates?|predicts?|pulls?"
    r"|extends?|replaces?|compress(?:es)?|measures?|captures?|offers?|transforms?|transfers?|aligns?|splits?|shares?|adapts?|reuses?)\b"
)
_FORMS = (
    (1.0, rf"{_HEAD}TERM{_TAIL}{_KIND} {_BE} (?:an?|the|one) (?!{_PRAISED})"),
    (1.0, rf"{_HEAD}TERM{_TAIL}{_KIND} {_BE} (?:an?|the|one) {_PRAISED}{_SAYS_WHICH}"),
    (1.0, rf"{_HEAD}TERM{_TAIL}{_KIND} {_MEANS}"),
    (0.9, rf"{_HEAD}TERM{_TAIL}{_KIND} (?:results? in|leads? to|causes?)\b[^.]*\b(?:such that|so that|where|meaning)\b"),
    (0.9, rf"{_HEAD}TERM{_SHORT}, (?:which|where|in which) "),
    (0.9, rf"{_APART}TERM{_SHORT}(?:: (?:that|the|an?)| (?:—|–|--|-) (?:that|the|an?)|,? \(?(?:i\.e\.|that is\b|namely)),? "),
    (0.8, rf"{_APART}TERM{_SHORT}, (?:an? (?!number|variety|range|set|lot|series)|the (?:task|problem|process|ability|practice|idea|tendency|phenomenon)\b)(?:[\w-]+ ){{0,6}}(?:that|which|where|of|in|to|for|by|trained|used|between)\b"),
    (0.8, rf"{_APART}TERM{_SHORT}, which (?:is|are|refers?|means?|aims?)\b"),
    (0.8, rf"{_NAMES},? (?:the |an? )?[\"“‘']?TERM(?:e?s)?(?![\w-])"),
    (0.6, rf"{_APART}TERM{_SHORT}, which [a-z]+s\b"),
    (0.4, rf"{_HEAD}TERM{_TAIL}{_KIND} (?:{_DOES}|results? in|leads? to|causes?|{_BE} (?:an?|the|one))"),
    (0.3, rf"{_HEAD}TERM{_SHORT} (?:have|has|can|{_BE}) "),
    (0.3, rf"{_APART}TERM{_SHORT} to [a-z]+ "),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Term:
    """What is to be defined, in the forms in which papers write it, and whose sentences are graded."""

    forms: tuple[str, ...]

    def grades(self, paper: Paper) -> Mapping[int, float]:
        """Return how well the sentences of an abstract define the term, by where they begin; others are left out."""
        patterns = [(g, re.compile(form.replace("TERM", self._written()))) for g, form in _FORMS]
        graded: dict[int, float] = {}
        said: list[int] = []
        for passage in split_passages(paper):
            grade = next((g for g, pattern in patterns if pattern.search(passage.text)), 0.0)
            if grade:
                graded[passage.start] = grade
            if grade and _POINTS_BACK.match(passage.text):
                graded |= dict.fromkeys(said, grade)
            said = [*said, passage.start] if _EXAMPLE.match(passage.text) else [passage.start]
        return graded

    def is_borne_by(self, paper: Paper) -> bool:
        """Tell whether the term is the name of a paper's own work; what is written small is a topic."""
        head = paper.title.partition(":")[0]
        return any(not form.islower() and (form == head or bears(paper, form)) for form in self.forms)

    def is_held(self, text: str) -> bool:
        """Tell whether a text holds the term's words next to each other."""
        return bool(re.search(self._written(), text))

    def is_held_by(self, paper: Paper) -> bool:
        """Tell whether title or abstract hold the term's words next to each other."""
        return self.is_held(paper.title) or self.is_held(paper.abstract)

    def _written(self) -> str:
        return f"(?<![\\w-])(?:{'|'.join(map(_any_spelling, self.forms))})"


def read_term(term: str, near: Sequence[Paper]) -> Term:
    """Return a term with the long forms that papers near the question give a short one, or the short of a long one."""
    texts = [f"{paper.title}. {paper.abstract}" for paper in near]
    explained = [a for text in texts for a in mine_abbreviations(text)]
    long = [a.long for a in explained if a.short == term]
    short = [a.short for a in explained if _same(a.long, term)]
    spelled = _spelled(term, near) if term.isupper() and len(term) >= _LEAST_LETTERS else []
    return Term(tuple(dict.fromkeys((term, *long, *short, *spelled))))


def order_by_meaning(term: Term, near: Sequence[RankedPaper]) -> list[RankedPaper]:
    """Return papers in their order, but first the one that says best what a term means; where none does, one about it."""
    worths = [_worth(term, ranked.paper, at) for at, ranked in enumerate(near)]
    first = worths.index(max(worths))
    return [near[first], *near[:first], *near[first + 1 :]]


def _worth(term: Term, paper: Paper, at: int) -> tuple[float, bool, bool, float, int]:
    """What a paper at this place is worth to who asks for a meaning."""
    grade, titled = max(term.grades(paper).values(), default=0.0), term.is_held(paper.title)
    sure = grade + _TITLED * titled - _LATER * at if grade >= _SURE else 0.0
    return sure, titled, term.is_held(paper.abstract), grade, -at


def _spelled(short: str, papers: Iterable[Paper]) -> list[str]:
    """The words of titles whose first letters are the short form, of papers that hold it too."""
    initials = r"[\s-]".join(rf"[{letter}{letter.lower()}]\w*" for letter in short)
    found = (
        re.search(rf"\b{initials}", paper.title)
        for paper in papers
        if re.search(rf"\b{re.escape(short)}\b", paper.abstract)
    )
    return [match[0].lower() for match in found if match]


def _any_spelling(form: str) -> str:
    """A pattern for a form; one of capitals only as it is, any other with its first letters large or small."""
    parts = re.split(r"[\s-]+", form)
    return (
        r"[\s-]".join(part if part.isupper() else _any_case(_singular(part)) for part in parts) + "(?:e?s)?"
    )


def _any_case(word: str) -> str:
    """A word of a term, also with capitals."""
    return f"(?i:{re.escape(word)})"


def _singular(word: str) -> str:
    return word[:-1] if re.search(r"[^sui]s$", word) else word


def _same(one: str, other: str) -> bool:
    return _key(one) == _key(other)


def _key(text: str) -> str:
    return " ".join(_singular(word) for word in re.split(r"[\s-]+", text.lower()))
