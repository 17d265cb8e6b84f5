"""Which words of a question ask, and which only say of what paper? Pure.

"In the study of bark, how many trees were photographed?" asks for a number of trees; the rest locates the
paper. The question word that asks is chosen among those that stand there (a "where" inside a sentence is
mostly a relative one); its phrase and its clause are what is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from rag.types import Span


class Form(StrEnum):
    """How a question asks."""

    HOW_MANY = "how many"
    HOW_MUCH = "how much"
    HOW_LONG = "how long"
    HOW_DEGREE = "how large"
    WHICH = "which"
    WHAT = "what"
    WHO = "who"
    WHERE = "where"
    WHEN = "when"
    WHY = "why"
    HOW = "how"
    POLAR = "yes or no"
    OTHER = "keywords"


FIGURES = frozenset({Form.HOW_MANY, Form.HOW_MUCH, Form.HOW_LONG, Form.HOW_DEGREE})
NAMES = frozenset({Form.WHICH, Form.WHAT, Form.WHO})
_HEADED = frozenset({Form.WHICH, Form.WHAT, Form.HOW_MANY, Form.HOW_MUCH})

_DEGREE = r"how (?:large|big|high|wide|deep|far|fast|old|often|accurate|well|strong|small)"
_ASKING = re.compile(
    rf"\b(how many|how much|how long|{_DEGREE}|number of|by how|which|what|whose|who|whom|where|when|why|how)\b",
    re.IGNORECASE,
)
_QUANTITY = re.compile(rf"how many|how much|how long|{_DEGREE}|number of|by how")
_FORMS = {
    "number of": Form.HOW_MANY,
    "by how": Form.HOW_MUCH,
    "whose": Form.WHO,
    "whom": Form.WHO,
    **{form.value: form for form in Form if form is not Form.HOW_DEGREE},
}
_AUXILIARY_TEXT = (
    "is are was were do does did has have had can could must may might will would should be been"
)
_AUXILIARY = frozenset(_AUXILIARY_TEXT.split())
_PREPOSITION_TEXT = "of in on at to for from with by that and or the a an into over under between than as"
_PREPOSITIONS = frozenset(_PREPOSITION_TEXT.split())
_AUXILIARIES = r"(?:do|does|did|is|are|was|were|can|could|has|have|had)"
_POLAR = re.compile(rf"^(?:so |and |but )?(?:{_AUXILIARIES}|will|would)\b", re.IGNORECASE)
# "Is it true that owls see?" asks whether owls see.
_WHETHER = re.compile(
    r"^(?:so |and |but )?(?:is|was) (?:it (?:\w+ )?(?:true|right|correct|so|known|shown|proven|the case)"
    r"|there (?:\w+ )?(?:evidence|proof)) (?:that|whether|if)\s+(?=\w)",
    re.IGNORECASE,
)
_POLAR_LATER = re.compile(rf"[:,;.?] (?:and |but |i mean: )?{_AUXILIARIES} (?!not)", re.IGNORECASE)
_CLAUSE_ENDS = re.compile(r"[?;]|, (?:and|but) |: ")
_WORD = re.compile(r"[\w'^+-]+")
_LONGEST = 4
_SURE = 3


@dataclass(frozen=True, slots=True)
class AskedPart:
    """The form of a question, the clause that asks, the phrase behind its question word, and that phrase's last word."""

    form: Form
    clause: Span
    phrase: tuple[Span, ...] = ()
    head: Span | None = None


def asked_part(question: str) -> AskedPart:
    """Find what a question asks.

    >>> part = asked_part("In the study of bark: how many trees were photographed?")
    >>> part.form.value, part.head and part.head.of("In the study of bark: how many trees were photographed?")
    ('how many', 'trees')
    """
    whole = Span(0, max(1, len(question)))
    is_polar = bool(_POLAR.match(question))
    found = None if is_polar else max(_ASKING.finditer(question), key=_weigh, default=None)
    sure = found is not None and _weigh(found) == _SURE
    if is_polar or (not sure and _POLAR_LATER.search(question)):
        opening = _WHETHER.match(question)
        return AskedPart(Form.POLAR, Span(opening.end(), whole.end) if opening else whole)
    if found is None:
        return AskedPart(Form.OTHER, whole)
    form = _FORMS.get(found[1].lower(), Form.HOW_DEGREE)
    ends = _CLAUSE_ENDS.search(question, found.end())
    clause = Span(found.start(), ends.start() if ends else len(question))
    phrase = _phrase(question, found.end(), clause.end)
    return AskedPart(form, clause, phrase, phrase[-1] if phrase and form in _HEADED else None)


def _weigh(match: re.Match[str]) -> int:
    """Tell how surely a question word asks; of equal ones `max` takes the first."""
    word, before = match[1].lower(), match.string[: match.start()].rstrip()
    last = before.split()[-1].lower() if before else ""
    following = match.string[match.end() :].split()[:1]
    after = following[0].lower().strip("?,") if following else ""
    starts = not before or before[-1] in ".?!:;," or last in {"and", "but"}
    if _QUANTITY.fullmatch(word):
        return _SURE
    if word in {"which", "what"}:
        is_relative = word == "which" and before.endswith(",") and after in _AUXILIARY
        return _SURE if (starts or last in _PREPOSITIONS) and not is_relative else _SURE - 1
    asks = (starts and after in _AUXILIARY) or (word in {"how", "why", "who"} and not before) or not after
    return _SURE if asks else 1


def _phrase(question: str, start: int, end: int) -> tuple[Span, ...]:
    """The words between a question word and the verb, at most four."""
    found: list[Span] = []
    for match in _WORD.finditer(question, start, end):
        word = match[0].lower()
        if word in _AUXILIARY or (word in _PREPOSITIONS and found) or len(found) == _LONGEST:
            break
        if word not in _PREPOSITIONS:
            found.append(Span(*match.span()))
    return tuple(found)
