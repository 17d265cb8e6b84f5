"""What is asked of the library as a whole: its size, years, files, names, topics? Told from the words. Pure.

"How many papers mention X?" asks for words, which code can count. "How many papers use X?" asks what the
papers are about: that is a set question, and its answer begins with a count as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from rag.answering.asking.listing import wanted_number
from rag.answering.asking.mentions import content_words
from rag.answering.asking.unkept import find_unkept
from rag.answering.corpus.mined_names import Sort
from rag.retrieval.mentioned_words import linked_host


class Matter(StrEnum):
    """What a question about the library asks for."""

    SIZE = "size"
    MENTIONS = "mentions"
    TOPIC = "topic"
    YEARS = "years"
    OLDEST = "oldest"
    NEWEST = "newest"
    FILES = "files"
    AUTHORS = "authors"
    LANGUAGES = "languages"
    NAMES = "names"
    CONTENTS = "contents"
    UNKEPT = "unkept"


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question about the library. `words` must stand in the papers that are looked at; empty: all of them.

    `most` is the number of papers that it asks for, None if it names none; `line` says why what no file names
    has no answer; with `share`, a part of the whole is asked for. `is_guess` where no words told what is asked for.
    """

    matter: Matter
    words: str = ""
    sort: Sort | None = None
    most: int | None = None
    line: str = ""
    share: bool = False
    is_guess: bool = False


_PAPERS = r"(?:papers?|works?|stud(?:y|ies)|articles?|publications?|abstracts?|documents?|entries|titles?|of (?:them|these|those)|ones)"
_COUNT = re.compile(
    rf"^(?:and |but |so |ok |now )*(?:how many|what (?:percentage|percent|share|fraction|proportion)|what(?:'s| is) the (?:total )?number of|the number of|number of|count)\b"
    rf"(?: (?:of|the|my|these|those|other|different|them))*(?: {_PAPERS})?\b(?P<rest>.*)$",
    re.IGNORECASE,
)
_COUNTS_OTHERS = re.compile(
    r"^\W*(?:authors?|files?|sources?|years?|pages?|data ?sets?|benchmarks?|models?|methods?|abbreviations?|topics?|themes?|languages?)\b",
    re.IGNORECASE,
)
_SORT_OF_PAPER = re.compile(r"(?:surveys?|reviews?|tutorials?|overviews?)\b", re.IGNORECASE)
_MENTION = re.compile(
    r"\b(?:mention\w*|name|names|contain\w*|hold|use|have|with|say|write) the (?:words?|terms?|phrases?|names?)\b ?|\b(?:mention\w*|"
    r"contain\w*|talk (?:of|about)|speak of|refer to|cite)\b ?|\bname\b(?= [A-Z“\"'])",
    re.IGNORECASE,
)
_LIBRARY = re.compile(
    r"\b(?:(?:are|is|were|do|does|did) )?(?:there|(?:i|we|you|it|they)(?: have)?|have(?: i| we| you)?|(?:in|of|does|has)? ?"
    r"(?:my|the|this|your|our|whole) (?:whole )?(?:library|collection|corpus|database|files?|shelf|set|list)(?: (?:hold|have|contain)s?)?|"
    r"(?:in )?here|in (?:total|all)|altogether|loaded|stored|published|from|dated|in it|have a date|appeared|are|is|were)\b",
    re.IGNORECASE,
)
# "How many papers does my library contain about owls?": the library contains them, the papers mention nothing.
_SHELF = r"(?:my|the|this|your|our) (?:\w+ )?(?:library|collection|corpus)"
_HELD = re.compile(
    rf"\b(?:(?:does|has) {_SHELF} (?:hold|have|has|contain|include|store|keep|count|own|got|possess)|"
    rf"(?<!in )(?<!of )(?<!from ){_SHELF} (?:holds|has|contains|includes|stores))\b",
    re.IGNORECASE,
)
_ABOUT_PAPERS = re.compile(
    rf"\b(?:in|by|of|from|among|across) (?:the )?(?:{_PAPERS}) (?:on|about|that (?:mention|use|deal with|are about)|dealing with|using) (?P<words>.+)$",
    re.IGNORECASE,
)
_SORTS = (
    (r"data ?sets?|benchmarks?|corpora|databases?|data collections?", Sort.DATA_SET),
    (r"metrics?|measures?|scores?", Sort.MEASURE),
    (r"models?|architectures?|backbones?|networks?", Sort.MODEL),
    (r"methods?|approach(?:es)?|techniques?|systems?|frameworks?|algorithms?", Sort.METHOD),
    (
        r"abbreviations?|acronyms?|short forms?|(?:technical )?terms?|words?|key ?words?|names?",
        Sort.SHORT_FORM,
    ),
)
_MATTERS = (
    (r"\blanguages?\b(?! models?)", Matter.LANGUAGES),
    (r"\b(?:oldest|earliest|first published)\b", Matter.OLDEST),
    (r"\b(?:newest|latest|most recent|youngest)\b", Matter.NEWEST),
    (r"\byears?\b|\bdated?s?\b|\bwhen were\b|\bperiod\b|\bchronological|\btime (?:span|range|frame)\b|\bdate range\b|\bhow old\b|\bover time\b", Matter.YEARS),
    (r"\b(?:files?|sources?|pages?|come from)\b", Matter.FILES),
    (r"\bauthors?\b|\bwho wrote\b|\bresearchers?\b", Matter.AUTHORS),
    (r"\b(?:topics?|themes?|subjects?|kinds? of|overview|summar\w+|contents?|statistics|stats)\b|\bwhat is in\b|\babout\W*$", Matter.CONTENTS),
)  # fmt: skip
_COMPILED_SORTS = tuple((re.compile(rf"\b(?:{words})\b", re.IGNORECASE), sort) for words, sort in _SORTS)
_COMPILED_MATTERS = tuple((re.compile(words, re.IGNORECASE), matter) for words, matter in _MATTERS)
# "Mention ImageNet and CLIP": each is looked up for itself, as a set question does it.
_JOINED = re.compile(r"\b(?:and|or|but|nor)\b", re.IGNORECASE)
_SHARE = re.compile(r"\b(?:percentage|percent|share|fraction|proportion)\b|%", re.IGNORECASE)
# What asks for the library as a whole: "what do you have?", "everything".
_WHOLE = re.compile(
    r"\b(?:librar(?:y|ies)|collections?|corpus|database|shelf|everything|all|here|inside|in it|in there|(?:i|we|you)(?: have| hold| got| own)?)\W*$|\b(?:what|anything) (?:is|do|does|have|else)\b.*\b(?:have|hold|contain|in|here|there)\b|\bdescribe\b|\btell\b",
    re.IGNORECASE,
)
_BIG = re.compile(r"\bhow (?:big|large|long)\b|\bsize\b|\bcount\b|\bhow many\b", re.IGNORECASE)


def read_inquiry(text: str) -> Inquiry:
    """Return what a question about the library asks for; its dates are read elsewhere, and must be gone.

    >>> read_inquiry("How many papers mention point clouds?")
    Inquiry(matter=<Matter.MENTIONS: 'mentions'>, words='point clouds', sort=None, most=None, line='', share=False, is_guess=False)
    >>> read_inquiry("which data sets are mentioned?").sort
    <Sort.DATA_SET: 'data set'>
    """
    asked = text.strip(" ?.!")
    unkept = find_unkept(asked)
    if unkept and not unkept.rest:
        return Inquiry(Matter.UNKEPT, line=unkept.line)
    count = _COUNT.match(asked)
    if count and not _COUNTS_OTHERS.match(count["rest"]):
        return replace(_counted(count["rest"]), share=bool(_SHARE.search(count[0])))
    about = _ABOUT_PAPERS.search(asked)
    words = about["words"].strip() if about else ""
    head = asked[: about.start()] if about else asked
    if matter := next((matter for pattern, matter in _COMPILED_MATTERS if pattern.search(head)), None):
        return Inquiry(matter, words, most=wanted_number(asked))
    if sort := next((sort for pattern, sort in _COMPILED_SORTS if pattern.search(head)), None):
        return Inquiry(Matter.NAMES, words, sort)
    if _BIG.search(head):
        return Inquiry(Matter.SIZE, words)
    return Inquiry(Matter.CONTENTS, words, is_guess=not _WHOLE.search(head))


def counted_topic(text: str) -> str:
    """Return a question that counts papers on a topic as one that lists them; "" if it counts something else.

    >>> counted_topic("How many papers use diffusion models?")
    'which papers use diffusion models?'
    """
    match = _COUNT.match(text.strip(" ?.!"))
    if not match or _COUNTS_OTHERS.match(match["rest"]) or _counted(match["rest"]).matter is not Matter.TOPIC:
        return ""
    rest = " ".join(_HELD.sub(" ", match["rest"]).split())
    return f"which {rest}?" if _SORT_OF_PAPER.match(rest) else f"which papers {rest}?"


def _counted(counted: str) -> Inquiry:
    rest = _HELD.sub(" ", counted)
    if re.search(
        r"\b(?:per|each|every|by) (?:year|month)\b|\b(?:have|has|without|no|with|lacks?|miss(?:es|ing)?) (?:a |an |any |the |their )?(?:dates?|years?)\b",
        rest,
    ):
        return Inquiry(Matter.YEARS)
    if host := linked_host(rest):
        return Inquiry(Matter.MENTIONS, host)
    mention = _MENTION.search(rest)
    words = rest[mention.end() :].strip(" \"“”'‘’") if mention else ""
    if mention and words and not content_words(_LIBRARY.sub(" ", rest[: mention.start()])):
        return (
            Inquiry(Matter.TOPIC, rest.strip()) if _JOINED.search(words) else Inquiry(Matter.MENTIONS, words)
        )
    if mention and not words:  # "how many papers mention?"
        return Inquiry(Matter.SIZE)
    left = content_words(_LIBRARY.sub(" ", rest))
    return Inquiry(Matter.TOPIC, rest.strip()) if left else Inquiry(Matter.SIZE)
