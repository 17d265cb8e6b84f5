"""What sort of paper it is: a survey, a benchmark, a data set, one with public code. Pure.

Told from the title, and from the sentences in which a paper says what it brings ("we release a new data set of
..."). A sentence that only uses a thing of the sort ("on five data sets") tells nothing, so between the verb and
the noun no preposition may stand. Hearst 1992, "Automatic acquisition of hyponyms", is the model for such patterns.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import OSA

from rag.library.passages import split_passages
from rag.types import Evidence, Paper, Span


class PaperType(StrEnum):
    """What a paper brings, where that can be told from its words."""

    SURVEY = "survey"
    BENCHMARK = "benchmark"
    DATASET = "data set"
    CODE = "public code"


_THINGS = {
    PaperType.SURVEY: r"(?:surveys?|reviews?|overviews?|tutorials?)",
    PaperType.BENCHMARK: r"(?:benchmarks?(?! (?:data|results|performance|tasks|encoder))"
    r"|test ?-?(?:(?:data ?)?sets?|suites?|beds?|splits?)|evaluation (?:protocol|suite|set|benchmark)s?|challenge sets?|suite of benchmark\w+)",
    # Dataset distillation is a method.
    PaperType.DATASET: r"(?:data ?-?sets?(?! (?:distill|condens|prun|propert|bias|shift|size)\w*)|corpus|corpora|(?:image|video|text|photo|speech|new|annotated|labell?ed)"
    r" (?:collection|subset)s?|hours of (?:[\w-]+ ){0,3}(?:data|speech|audio|video)|collections? of (?:images|videos|photos|pictures|texts|documents|recordings))",
}
_MAKES = (
    r"(?:introduc|present|propos|releas|collect(?!ion)|construct(?!ion)|buil[dt]|curat|creat(?!ion)|publish|contribut(?!ion)|provid"
    r"|develop(?!ment)|assembl|prepar|annotat(?!ion)|gather|offer|design|establish|compil(?!ation)|mak)\w*"
)
_APART = r"(?!(?:on|for|in|by|from|using|with|to|that|which|over|across|via|where|and show|than|or)\b)"
_BETWEEN = rf"(?:,? for the first time,)?(?:\W+{_APART}[\w-]+){{0,9}}?\W+"
# "Rely on curated data sets", "and curated data sets", "efforts in building data sets": no deed of this paper.
_NO_DEED = r"(?<!\bon )(?<!\bin )(?<!\bfrom )(?<!\bthe )(?<!\bwith )(?<!\busing )(?<!\bacross )"
_MANY = r"(?<!\bsuch )(?<!\bthese )(?<!\bexisting )(?<!\bother )(?<!\bmost )(?<!\bmany )"
_TO_TEST = r".{0,80}?\b(?:to|for) (?:\w+ly )?(?:evaluat|test|assess|prob|measur|benchmark)\w*"
_OWN = r"\b(?:we|our|this (?:paper|work|article|study)|here|is|are|also|and)\b"
_SURVEYS = re.compile(
    r"\b(?:this|our|the present) (?:[\w-]+ ){0,3}(?:survey|review|overview|tutorial)\b|\bthis book\b|\bunlike (?:most|other|previous|existing) (?:reviews|surveys)\b"
    r"|\bwe (?:\w+ )?(?:survey|review)\b(?! (?:by|of our|several|the most|many examples))"
    r"|\b(?:paper|article|work|chapter|tutorial) (?:surveys|reviews)\b"
    r"|\b(?:provide|present|offer|give|conduct)s? (?:a|an|the) (?:[\w-]+ ){0,3}(?:survey|review|tutorial)\b",
    re.IGNORECASE,
)
_SURVEY_TITLE = re.compile(r"\b(?:survey|review|overview|tutorial|primer|handbook)\b", re.IGNORECASE)
_USED = re.compile(
    r"\b(?:on|from|for|in|with|of) (?:[\w-]+ ){0,3}(?:data|bench)|\bbenchmarks improve\b", re.IGNORECASE
)
_TESTED = re.compile(
    r"\b(?:evaluat\w+ (?:our|the|on)|experiments?|experimentally|validate|sets? new|achiev\w+|outperform\w*)\b",
    re.IGNORECASE,
)
# What it is made for, in front: "To evaluate it, we release ..."
_PURPOSE = re.compile(r"^to [^,]{1,120},\s*", re.IGNORECASE)
_CODE = r"(?:source code|code ?base|code|implementations?|software)"
_TO_BE_HAD = (
    r"(?: (?:that )?(?:is |are )?(?:publicly |freely )?(?:available|released|public|online|on github))"
)
_CODE_SHARED = re.compile(
    rf"\b{_CODE}\b.{{0,80}}?(?:\b(?:available|released?|open[- ]sourced?|public(?:ly)?|found|online)\b|https?://)|https?://(?:www\.)?(?:github|gitlab)\."
    rf"|\b(?:releas|publish|shar|provid|open[- ]sourc)\w*\b.{{0,40}}?\b{_CODE}\b",
    re.IGNORECASE,
)
_PUBLIC = r"(?:(?:their|its|the|public|publicly|open|available|open-source|released) )*"
# "Deal with source code" names a topic: a deed, or that it is to be had, must stand beside.
_CODE_ASKED = re.compile(
    rf"(?:that |which )?(?:with|have|has|having|releas\w*|provid\w*|shar\w*|publish\w*|offer\w*|mak\w*|come with) {_PUBLIC}{_CODE}{_TO_BE_HAD}?"
    rf"|{_PUBLIC}{_CODE}{_TO_BE_HAD}|(?:public|publicly available|open|available|open-source|released) {_CODE}",
    re.IGNORECASE,
)
_NEVER = re.compile(r"(?!)")
_ASKS = r"(?:publish|releas|introduc|present|provid|propos|buil[dt]|collect|creat|contribut|annotat|bring|put|offer|compil)\w*"
_NOUNS = (
    "survey",
    "surveys",
    "review",
    "reviews",
    "tutorial",
    "tutorials",
    "benchmark",
    "benchmarks",
    "dataset",
    "datasets",
)


@dataclass(frozen=True, slots=True)
class _Patterns:
    """How a type shows in a title and in a sentence, and how a question asks for it."""

    title: re.Pattern[str]
    sentence: re.Pattern[str]
    asked: re.Pattern[str]
    alone: re.Pattern[str]


def asked_types(text: str) -> tuple[PaperType, ...]:
    """Return the types of paper that a criterion asks for; a slip of one letter does no harm.

    >>> asked_types("publish a new collection of images"), asked_types("are tested on data sets")
    ((<PaperType.DATASET: 'data set'>,), ())
    """
    mended = _mended(text)
    return tuple(kind for kind in PaperType if _patterns(kind).asked.search(mended))


def is_type_alone(text: str) -> bool:
    """Tell whether a criterion asks for a type of paper and nothing else.

    >>> is_type_alone("surveys"), is_type_alone("benchmarks of retrieval")
    (True, False)
    """
    return any(_patterns(kind).alone.fullmatch(_mended(text)) for kind in PaperType)


def show_type(paper: Paper, kinds: Sequence[PaperType]) -> Evidence | None:
    """Return the words of an abstract that show one of these types; None if the paper is of none.

    Where the title alone tells it, they are the first sentence that has the noun, or the first of all.
    """
    # Who asks for data takes a benchmark: of 56 papers that bring data, 35 were found without, 42 with it.
    looked_for = dict.fromkeys([*kinds, *([PaperType.BENCHMARK] if PaperType.DATASET in kinds else [])])
    shown = (_show(paper, kind) for kind in looked_for)
    return next((evidence for evidence in shown if evidence), None)


@functools.lru_cache(4_000)  # the same papers are asked about again and again
def _show(paper: Paper, kind: PaperType) -> Evidence | None:
    patterns, passages = _patterns(kind), split_passages(paper)
    telling = [p for p in passages if _tells(patterns.sentence, p.text)]
    titled = patterns.title.search(paper.title) and not (
        kind is not PaperType.SURVEY and _USED.search(paper.title)
    )
    if not telling and titled:
        telling = [p for p in passages if re.search(_THINGS[kind], p.text, re.IGNORECASE)] or list(passages)
    return Evidence.cut(paper, Span(telling[0].start, telling[0].end), score=1.0) if telling else None


def _tells(pattern: re.Pattern[str], sentence: str) -> bool:
    """A deed counts unless the words before it tell of a test: "experiments show that we set a new benchmark"."""
    said = _PURPOSE.sub("", sentence)
    return any(not _TESTED.search(said[: match.end()]) for match in pattern.finditer(said))


@functools.cache
def _patterns(kind: PaperType) -> _Patterns:
    if kind is PaperType.CODE:
        return _Patterns(
            title=_NEVER,
            sentence=_CODE_SHARED,
            asked=re.compile(rf"^(?:{_CODE_ASKED.pattern})$", re.IGNORECASE),
            alone=_CODE_ASKED,
        )
    thing = _THINGS[kind]
    brings = re.compile(
        rf"{_OWN}(?!(?<=\band) \w+ed {thing}).{{0,80}}?\b{_NO_DEED}{_MAKES}{_BETWEEN}{thing}\b(?!-)"
        # A name, and what it is: OWLS (Owls in Light and Shade), a data set
        rf"|{_OWN}.{{0,40}}?\b{_MAKES} (?-i:[A-Z])[\w-]+(?: \([^)]{{1,100}}\))?, an? (?:[\w-]+ ){{0,6}}?{thing}\b(?!-)"
        rf"|\b(?:a new|a novel|the first) (?:{_APART}[\w-]+ ){{0,4}}?{thing}\b(?!-)"
        rf"|\b{_MANY}{thing}(?:[^\w.;:]+[\w-]+){{0,3}}?[^\w.;:]+(?:is|are|was|were|has been|have been|will be)(?: \w+){{0,2}}? "
        rf"(?:{_MAKES}|available)",
        re.IGNORECASE,
    )
    if kind is PaperType.BENCHMARK:
        brings = re.compile(
            rf"{brings.pattern}|{_OWN}.{{0,80}}?\b{_MAKES}{_BETWEEN}{_THINGS[PaperType.DATASET]}\b{_TO_TEST}",
            re.IGNORECASE,
        )
    survey = kind is PaperType.SURVEY
    opening = r"^(?:(?:new|novel|large|public|open|evaluation|the|an?|any|another) )*"
    return _Patterns(
        title=_SURVEY_TITLE if survey else re.compile(rf"\b{thing}\b", re.IGNORECASE),
        sentence=_SURVEYS if survey else brings,
        asked=re.compile(rf"{opening}{thing}\b|\b{_ASKS}{_BETWEEN}{thing}\b", re.IGNORECASE),
        alone=re.compile(
            rf"(?:(?:papers|articles) that are )?{opening[1:]}{thing}(?: (?:papers?|articles?))?",
            re.IGNORECASE,
        ),
    )


def _mended(text: str) -> str:
    return re.sub(r"\w{6,}", lambda match: _meant(match.group()), text)


def _meant(word: str) -> str:
    near = (noun for noun in _NOUNS if noun[0] == word[0].lower() and OSA.distance(noun, word.lower()) <= 1)
    return next(near, word)
