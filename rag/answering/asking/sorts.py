"""A sort of paper and what it is about: "a survey of owls", "papers that release a data set of owls". Pure.

Each has a verdict of its own, because a paper that is near to both words need be neither: of the surveys of a
library none may be about owls. A sort that is only used ("tested on data sets of owls") is a topic.
"""

from __future__ import annotations

import functools
import re

_SORTS = (
    (
        "surveys",
        r"(?:literature )?(?:surveys?|reviews?|overviews?|tutorials?|handbooks?|primers?|introductions?(?= to\b))(?: (?:papers?|articles?|works?))?(?: of the literature)?",
    ),
    (
        "benchmarks",
        r"(?:(?:evaluation|test) )?(?:benchmarks?|test (?:sets?|suites?|collections?|beds?)|evaluation (?:suites?|sets?|protocols?))(?: (?:suites?|papers?|data ?sets?))?",
    ),
    ("data sets", r"(?:data ?sets?|corpus|corpora|data collections?)(?: papers?)?"),
)
_ANY_SORT = "|".join(noun for _, noun in _SORTS)
_BEFORE = (
    r"(?:(?:a|an|the|any|some|their|its|own|of their own|new|newly|novel|recent|good|big|large-scale|large|public|publicly|open|available|introductory|short|"
    r"comprehensive|current|other|more|existing|proposed|introduced|released|annotated)[ -])*"
)
_MAKES = (
    r"(?:(?:that|which) )?(?:introduc|present|propos|releas|collect|construct|buil[dt]|curat|creat|publish|contribut|provid|"
    r"bring|brought|offer|annotat|prepar|compil|mak|giv|writ|shar|are|is)(?:e|es|ed|s|ing|t)?"
)
_ABOUT = (
    r"(?:of|on|about|for|in|into|to(?! (?:test|measure|evaluate|assess|compare)\b)|around|regarding|concerning|covering|containing|with|from|"
    r"(?:that |which |to )?(?:test|measure|evaluate|assess|compare|cover|contain|deal with|probe|check|are about|is about|are for|is for|hold)(?:s|ing)?)"
)
_AFTER = r"(?:,? (?:newly introduced|for beginners|released|introduced|wanted|please|here))?"
# "Surveys or benchmarks": either will do.
_EITHER = re.compile(
    rf"\b(?P<first>{_ANY_SORT}),? (?:or|and) {_BEFORE}(?P<second>{_ANY_SORT})\b", re.IGNORECASE
)
# The words in front of a sort at the end are a topic, not what a paper does with a data set.
_VERBS = re.compile(
    r"\b(?:us(?:e|es|ed|ing)|on|train\w*|test\w*|evaluat\w*|perform\w*|report\w*|without|across|that|which|need\w*|than|larger|several|multiple|many|one|two|three|five|own|synthetic|into|from|beat\w*)\b",
    re.IGNORECASE,
)
_NO_KIND = r"(?:us(?:e|es|ing)|on|train|test(?:ed)?|evaluat\w+|several|multiple|many|one|two|three|five|without|across|from|with|synthetic)"
_LONGEST = 7
_MOST_WORDS, _MOST_LETTERS = 30, 400  # of a longer text the patterns would try too many partings
_ENDS = " ,;.:?!"
# "Owls, is there a survey?"
_EXISTS = re.compile(r",? (?:(?:exists?|is|are) there|there (?:exists?|is|are))$", re.IGNORECASE)
_LEADS_ON = re.compile(r"(?:\b(?:and|or|not|no|but|excluding)|^)$", re.IGNORECASE)


# What may stand in front: "where can I find", "do any papers", "has somebody put together".
_LEAD = (
    r"(?:(?:(?:i'?m|i am) (?:after|looking for)|(?:where )?(?:can|could|do) (?:i|we|one) (?:find|get)|(?:has|have|did) (?:some|any)(?:body|one)|"
    r"do (?:any|some)(?: of (?:the|these))? (?:papers|works)|(?:are|is) any(?:thing)?(?: of (?:the|these) papers)?(?: here)?|anything here|"
    r"any of the papers|(?:which )?authors|(?:some|any)body|put together|should i use)\s+)*"
)
_SURVEYS = re.compile(
    rf"{_LEAD}(?:survey|review)(?:s|ed|ing)? (?!(?:papers?|articles?|works?|{_ABOUT})\b)(?:the (?:field|literature|area|state of the art) (?:of|on|in) )?(?P<topic>(?!(?:or|and)\b).+)$",
    re.IGNORECASE,
)

# Code that is to be had: "with code on owls", "owls, with public code". Code that a model reads is a topic.
_WITH_CODE = (
    r"(?:(?:that |which |and )?(?:with|have|has|having|come with|releas(?:e|es|ed|ing)|shar(?:e|es|ed|ing)|publish(?:es|ed|ing)?|provid(?:e|es|ed|ing)) "
    r"(?:(?:their|its|the|public|publicly|open|available|open[- ]source|released) )*(?:code|code ?base|implementations?)"
    r"(?: (?:that is |is )?(?:publicly |freely )?(?:available|released|online|on github))?)"
)
_CODE_FIRST = re.compile(
    rf"{_WITH_CODE} (?:on|about|for|in|of|regarding|(?:that )?deal(?:ing)? with) (?P<topic>.+)$",
    re.IGNORECASE,
)
_CODE_LAST = re.compile(
    rf"(?P<topic>\S.*?)(?<!ed)(?<!deal)(?<!dealing)(?<!work)(?<!working)(?: papers?)?,? {_WITH_CODE}$",
    re.IGNORECASE,
)


def split_sort(text: str) -> tuple[str, str] | None:
    """Return the sort of paper that is asked for and what it is to be about, "" if only the sort; None if there is no sort.

    >>> split_sort("a survey of owls"), split_sort("bring their own data set for owls")
    (('surveys', 'owls'), ('data sets', 'owls'))
    >>> split_sort("propose a data set"), split_sort("are surveys or benchmarks of owls")
    (('data sets', ''), ('surveys or benchmarks', 'owls'))
    >>> split_sort("owls, exists there some handbook or survey for beginners?")
    ('surveys', 'owls')
    >>> split_sort("do any papers review owls")
    ('surveys', 'owls')
    >>> split_sort("owl benchmark"), split_sort("are tested on a data set of owls")
    (('benchmarks', 'owl'), None)
    >>> split_sort("with public code on owls"), split_sort("models trained with code")
    (('public code', 'owls'), None)
    """
    asked = text.strip(_ENDS)
    if len(asked.split()) > _MOST_WORDS or len(asked) > _MOST_LETTERS:
        return None
    if either := _EITHER.search(asked):
        return _split_either(asked, either)
    if match := _SURVEYS.match(asked):
        return "surveys", match["topic"]
    if match := _CODE_FIRST.match(asked) or _CODE_LAST.match(asked):
        return "public code", match["topic"]
    return next(filter(None, (_split_noun(asked, name, noun) for name, noun in _SORTS)), None)


def _split_either(asked: str, either: re.Match[str]) -> tuple[str, str] | None:
    """Read "surveys or benchmarks of owls" as "surveys of owls", with both sorts."""
    first = split_sort(f"{asked[: either.start()]}{either['first']}{asked[either.end() :]}")
    second = (name for name, noun in _SORTS if re.fullmatch(noun, either["second"], re.IGNORECASE))
    return (" or ".join(dict.fromkeys((first[0], *second))), first[1]) if first else None


def _split_noun(asked: str, name: str, noun: str) -> tuple[str, str] | None:
    if _alone(noun).fullmatch(asked):
        return name, ""
    if match := _in_front(noun).match(asked):
        return name, f"{match['kind'] or ''}{match['topic']}"
    match = _at_the_end(noun).match(asked)
    topic = _EXISTS.sub("", match["topic"].strip(_ENDS)) if match else ""
    return (name, topic) if topic and _is_topic(topic) else None


def _is_topic(words: str) -> bool:
    return len(words.split()) <= _LONGEST and not (_VERBS.search(words) or _LEADS_ON.search(words))


@functools.cache
def _alone(noun: str) -> re.Pattern[str]:
    return re.compile(rf"{_LEAD}(?:{_MAKES} |(?=an? )){_BEFORE}{noun}{_AFTER}", re.IGNORECASE)


@functools.cache
def _in_front(noun: str) -> re.Pattern[str]:
    return re.compile(
        rf"{_LEAD}(?:{_MAKES} )?{_BEFORE}(?P<kind>(?!(?:{_MAKES}|{_NO_KIND}) )[\w-]+ )?{noun}(?: releases?)? {_ABOUT} (?P<topic>.+)$",
        re.IGNORECASE,
    )


@functools.cache
def _at_the_end(noun: str) -> re.Pattern[str]:
    return re.compile(
        rf"{_LEAD}(?:{_MAKES} )?{_BEFORE}(?P<topic>\S.*?),? {_BEFORE}{noun}{_AFTER}$", re.IGNORECASE
    )
