"""Which kind of answer a question asks for, told from its words. Pure.

Two readers. What was learned from phrasings knows how likely each kind is (`kind_chances.py`); cues, rules in
order of which the first that fits decides, make the kind that they tell more likely. The cues read the asking part
alone: of a story that ends in a question, the question. Behind those for questions stand some for claims
("X increases Y.", a fact to look up) and for bare keywords, which ask for a list unless they name a measure
("CIDEr score of the captioner").
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from rag.answering.asking.kind_chances import Floats, kind_chances
from rag.answering.asking.kind_cues import CUES, FORMS, ONE_OR_ALL
from rag.retrieval.evidence import asks_figure
from rag.types import Kind

_CUES = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in CUES)
_ONE_OR_ALL = re.compile(ONE_OR_ALL, re.IGNORECASE)
_FORMS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in FORMS)
# The cues up to here are hardly ever wrong, whatever else a question holds.
_SURE = 10
_FEW_WORDS = 5
_NO_CUE = "no rule fits its words"
# What a cue adds, in log odds, where it is sure and where it is not.
_CUE, _WEAK_CUE = 2.0, 1.0
# The first cues, but for those of the library as a whole, decide: of others' phrasings they read 96 in 100 right.
_CLEAR = 9
_LIKELY = 0.75  # a kind less likely than that is doubted

CALLED = {
    Kind.LIST: "a set question",
    Kind.FACT: "a question of fact",
    Kind.COMPARE: "a comparison",
    Kind.EXPLAIN: "a how or why question",
    Kind.CORPUS: "a question about the library",
    Kind.TALK: "small talk",
}

# "The second one: how big is its data set?" asks behind the colon.
_AFTER_COLON = re.compile(
    r"^(?!.*\b(?:versus|vs|against|side by side|compare|differ\w*)\b).*: (?=(?:which|what|how|why|who|when|where|in what|by|does|do|is|are|can)\b)",
    re.IGNORECASE,
)
_TOO_SHORT = 4
# "Moths?"
_WORDS_ASKED = re.compile(
    r"(?!(?:really|sure|seriously|so|else|more|which|what|who|why|how|where|when|is|are|does|do|did|can|has)\b)(?:[\w-]+ )?[\w-]+\s?\?",
    re.IGNORECASE,
)
# What asks stands at either end of a long text, and some cues take the square of its length.
_LONGEST_END = 500
_SPEED = re.compile(r"\bspeed\b|\bspeed-?ups?\b", re.IGNORECASE)
# "Do networks see as we do? Papers that compare them." asks behind the question mark.
_PAPERS_WANTED = re.compile(
    r"\?\s+(?=(?:papers|works|studies|analyses|surveys|articles) (?:that|which|on|about|of|for|with)\b|(?:please )?(?:show|list|find|give)(?: me)? (?:\w+ )?(?:papers|works|studies)\b)",
    re.IGNORECASE,
)
# Of a letter, the sentence that wishes for papers: "Dear all, I study moths. I need papers on traps. Best, Ada".
_WISH = re.compile(
    r"\b(?:i|we)(?:'d| would| am| are|'m)? (?:need|want|search|seek|look(?:ing)? for|searching|like to (?:find|see|read|have))\b(?!.*\bnot\b)"
    r"|^(?:please )?(?:find|show|list|give me|recommend|suggest)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.?!])(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bvs\.)(?<!\bal\.)\s+")


@dataclass(frozen=True, slots=True)
class KindReading:
    """The kind that a question asks for, and what speaks against it in a few words; empty where nothing does."""

    kind: Kind
    doubt: str = ""


def weigh_kind(question: str, vector: Floats | None = None) -> KindReading:
    """Return the likeliest kind of a question, doubted where its chance is below 3 in 4.

    With its `vector` by the bundled encoder, shape (384,), it is right more often. What is doubted is never small
    talk, for which nothing would be searched.

    >>> weigh_kind("which papers combine local and global features?")
    KindReading(kind=<Kind.LIST: 'list'>, doubt='')
    """
    place, cue = _read_cues(question)
    if (place < _CLEAR and cue.kind is not Kind.CORPUS) or len(question.split()) == 1:
        return cue
    chances = dict(kind_chances(question, vector))
    chances[cue.kind] *= math.exp(_CUE if place < len(_CUES) and not cue.doubt else _WEAK_CUE)
    first, second, *_ = sorted(chances, key=lambda kind: -chances[kind])
    if chances[first] >= _LIKELY * sum(chances.values()):
        return KindReading(first)
    read = second if first is Kind.TALK else first
    return KindReading(read, f"it may be {CALLED[first]} or {CALLED[second]}")


def read_kind(question: str) -> Kind:
    """Return the kind that the cues tell; keywords without a question ask for a list, or for a figure.

    >>> read_kind("How many images does the data set hold?").value
    'fact'
    >>> read_kind("Dropout improves generalisation.").value, read_kind("dropout generalisation").value
    ('fact', 'list')
    """
    asking = _read_asking(question)
    kind = next((kind for kind, cue in _CUES if cue.search(asking)), None)
    return kind or _read_form(asking).kind


def read_cues(question: str) -> KindReading:
    """Return the kind that the cues tell, with what speaks against it: no cue at all, a weak one, or cues of another kind.

    A few bare keywords ask for a list, and that is no guess.

    >>> read_cues("Is late fusion any good?").doubt
    'no rule fits its words'
    """
    return _read_cues(question)[1]


def _read_cues(question: str) -> tuple[int, KindReading]:
    """Return the place of the first cue that fits, the number of cues if none does, with what it tells."""
    asking = _read_asking(question)
    cues = [(place, kind) for place, (kind, cue) in enumerate(_CUES) if cue.search(asking)]
    if not cues:
        return len(_CUES), _read_form(asking)
    (place, kind), *rest = cues
    others = dict.fromkeys(other.value for _, other in rest if other is not kind)
    doubt = ""
    if place == len(_CUES) - 1 and _ONE_OR_ALL.search(asking):
        doubt = "it may ask for what one paper has, or for all that fit"
    elif place >= _SURE and others:
        doubt = f"its words fit {kind.value} and {' and '.join(others)}"
    return place, KindReading(kind, doubt)


def _read_asking(question: str) -> str:
    """Return what of a question the cues are looked for in."""
    if wanted := _PAPERS_WANTED.search(question):
        return _ends(question[wanted.end() :])
    part = asking_part(question)
    # "There must be works on owls. Which are they?" asks in what goes before.
    return _AFTER_COLON.sub("", _ends(question if len(part.split()) <= _TOO_SHORT else part))


def _ends(text: str) -> str:
    return text if len(text) <= 2 * _LONGEST_END else f"{text[:_LONGEST_END]} … {text[-_LONGEST_END:]}"


def _read_form(asking: str) -> KindReading:
    """Tell questions, claims and figures from keywords, where no word tells a kind."""
    if _WORDS_ASKED.fullmatch(asking):
        return KindReading(_of_keywords(asking))
    form = next((kind for kind, form in _FORMS if form.search(asking)), None)
    if form is None and len(asking.split()) <= _FEW_WORDS:
        return KindReading(_of_keywords(asking))
    return KindReading(form or _of_keywords(asking), _NO_CUE)


def _of_keywords(asking: str) -> Kind:
    # In keywords, speed is a topic.
    return Kind.FACT if asks_figure(_SPEED.sub(" ", asking)) else Kind.LIST


def asking_part(text: str) -> str:
    """Return the sentences that ask, if any do; else the whole text.

    >>> asking_part("I am new here. Which papers use prompts? I do not want surveys.")
    'Which papers use prompts?'
    """
    sentences = _SENTENCE_END.split(text.strip())
    asking = [sentence for sentence in sentences if sentence.endswith("?")]
    wishes = [sentence for sentence in sentences if _WISH.search(sentence)]
    return asking[0] if asking else wishes[0] if len(wishes) == 1 else text.strip()
