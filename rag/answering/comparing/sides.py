"""The sides of a comparison, as the question names or describes them. Pure.

"How do X and Y differ?", "X vs Y", "compare A, B and C on data": what stands on each side is searched for by
itself, because a ranking for both at once may hold two papers of the one and none of the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.answering.asking.pointing import CARDINALS
from rag.library.lexical import content_terms

_MOST = 6
_PAIR = 2
_LONGEST_NAME = 4
_TALK = re.compile(
    r"^(?:(?:please|could you|can you|would you|i (?:would|'d) like to|i want to|help me|let us|let's|and|so|now|also|ok|then|kindly|"
    r"you|me|to|know|see|understand|tell me)\b[\s,]*)+",
    re.IGNORECASE,
)
_DIFFER = r"(?:differ(?:s|ent)?|diverge|part ways|compare[ds]?|relate|disagree|agree|contrast|stack up)"
_ASK = r"(?:how|what|which|where|in (?:what|which)|why|who|on|does|do|is|are)"
_EACH = r"(?:they|these|those|each|both|their|the two|it)"
_PAIRS = (
    r"\bhow (?:does|do|did) (?P<one>.+?) (?:compare|fare|stack up|measure up|perform)(?: in (?:terms of )?(?:the )?[\w-]+(?: [\w-]+)?)? (?:to|with|against) (?P<other>[^,;:?]+)",
    r"\b(?:does|do|did) (?P<one>.+?) differ\w*(?: \w+)? from (?P<other>[^,;:?]+)",
    r"\bhow (?:is|are|does|do|did) (?P<one>.+?) (?:differ\w*|different|diverge|distinct) from (?P<other>[^,;:?]+)",
    r"\b(?:is|are|does|do) (?P<one>.+?) (?:better|worse|faster|slower|smaller|larger|stronger|(?:more|less) \w+) than (?P<other>[^,;:?]+)",
    r"^(?!(?:which|what|who|how|why|where|when|if|it|this|that|they)\b)(?P<one>[^,;:?]{2,60}?) (?:is|are) "
    r"(?:better|worse|faster|slower|smaller|larger|stronger|(?:more|less) \w+) than (?P<other>[^,;:?]+)",
    r"\b(?:what|how do you) (?:separates|distinguish(?:es)?|sets|tells?) (?P<one>.+?) (?:apart )?from (?P<other>[^,;:?]+)",
)
_PATTERNS = (
    r"\b(?:differ\w*|compar\w+|distinction|contrast) (?:is |are )?(?:there )?between (?P<both>.+)",
    r"^(?P<both>[^:?,]{2,120}? (?:versus|vs\.?|against|compared (?:to|with)) [^:?,]+)",
    rf"^(?P<both>[^:?]+): {_ASK}\b.*\b{_EACH}\b",
    rf"\bhow (?:do|does|did|is|are|exactly do|exactly does) (?P<both>.+?) {_DIFFER}\b(?P<rest>.*)",
    r"\bwhat (?:do|does) (?P<both>.+?) have in common\b(?P<rest>.*)",
    r"\b(?:differences?|comparison|similarit(?:y|ies)|distinction|contrast|trade-?offs?) (?:is |are |there )?(?:between|of|in) (?P<both>.+)",
    r"\b(?:compare|contrast|weigh|distinguish|put side by side|tell apart) (?P<both>.+)",
    r"\b(?:do|does|how do|how does|how are|how is|are|is|can) (?P<both>(?:[^\s?,]+,? ){1,6}?(?:and|or|versus|vs\.?) (?:[^\s?,]+ ){1,6}?)(?:each|both)\b(?P<rest>.*)",
    r"(?P<both>.+ (?:versus|vs\.?|against|compared (?:to|with)) .+)",
    r"\bwhich (?:one |of the two |method |paper |approach )?[^,:]*?[,:] (?P<both>.+ or .+)",
    r"^(?P<both>(?:[^\s?,]+,? ){1,6}?and (?:[^\s?,]+ ){1,6}?)(?:both|each)\b(?P<rest>.*)",
)
_COMPILED = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _PATTERNS)
_COMPILED_PAIRS = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _PAIRS)
# Two audits: one goes through jobs, the other asks a crowd.
_ONE_OTHER = re.compile(
    r"^(?P<common>.*?\b(?:two|both|couple|papers|works|methods|approaches|difference)\b.*?)[,:;.]? "
    r"(?P<one>(?:the )?(?:one|first)\b(?! (?:has|can|is|should|may|leaves|of)\b)[^?]+?)(?:[,;:.]? (?:and |while |whereas |but )?)"
    r"\b(?P<other>(?:(?:the |an)?(?:other|second)|the one)\b[^?.]+)",
    re.IGNORECASE,
)
_ONE_PAPER = re.compile(
    r"\b(?P<one>(?:one|a|the first) (?:paper|work|study|method|approach)\b[^?]+?)[,;:.] (?:and |while |whereas |but )?"
    r"(?P<other>(?:another|the other|the second|a second)\b[^?.]+)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\s+(?P<word>versus|vs\.?|against|compared (?:to|with)|(?:differ\w*|different|apart) from|and|or|&|with|to|from)\s+",
    re.IGNORECASE,
)
# No side by themselves: "compare three recent approaches to owls" has one topic.
BARE = frozenset(
    content_terms(
        "approach method technique way solution strategy algorithm model system work paper study article different various several existing recent "
        "current new main common popular first top best most relevant two three four five six seven eight nine ten"
    )
)
_NUMBERS = {**CARDINALS, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_SO_MANY = re.compile(
    rf"\b(?P<number>{'|'.join(_NUMBERS)}|\d{{1,2}}) (?:(?!(?:and|or|of|in|on|to)\b)[\w-]+ ){{0,3}}?(?:papers|works|studies|articles|methods|approaches|models|ways|techniques)\b",
    re.IGNORECASE,
)
# "Previous work", "the state of the art": whatever there was before, and no side of its own.
_BEFORE = BARE | frozenset(
    content_terms(
        "previous prior earlier other others related state art sota architecture network predictor descriptor baseline baselines competitor alternative published rest literature"
    )
)
# A title in quotes is one side, whatever joins its words.
_QUOTED = re.compile(r"“[^”]+”")
_TITLE = "QuotedTitle"
_NO_TOPIC = re.compile(r"(?:how|what|why|which|whether|they|it|these|those|them|both|each)\b", re.IGNORECASE)
_HEAD = re.compile(r"(?P<head>.+?) (?:on|about|to|for|of|in|with) ", re.IGNORECASE)
_VERSUS = re.compile(r"\s+(?:versus|vs\.?|against|compared (?:to|with))\s+", re.IGNORECASE)
# What a comparison is about, behind what is compared: "on data and results", "in terms of speed".
_ASPECTS = r"(?:data\w*|results?|numbers?|performance|accuracy|methods?|approach|limits?|limitations?|problems?|speed|costs?|findings?|goals?|tasks?|ideas?|benchmarks?)"
_ON = re.compile(
    rf"(?:,? (?:on|by|for|in) (?:(?:the|their|each|its) )?(?:(?!(?:on|by|for|in)\b)[\w-]+(?:,| and| or)? ){{0,3}}{_ASPECTS}\b.*"
    r"|,? (?:in terms of|with (?:regard|respect) to|regarding|concerning|as to|when it comes to|considering|side by side|in (?:how|what|their))\b.*"
    r"|, (?:and )?(?:which|how|what|where|say|tell|same|is|are|does|do)\b.*)$",
    re.IGNORECASE,
)
_COMMA = re.compile(r",\s*(?:and\s+|or\s+)?|\s+(?:and|or|&)\s+")
_OPENS = re.compile(r"(?:the|that|those|a|an|one|its?) ", re.IGNORECASE)
_IS_NAME = re.compile(r"\w*(?:[a-z][A-Z]|[A-Z].*[A-Z]|[A-Z]\w*\d)")


def read_sides(question: str) -> tuple[str, ...]:
    """Return what is compared, two to six sides; none where the words do not tell them apart.

    >>> read_sides("How do EASE and DER differ?")
    ('EASE', 'DER')
    >>> read_sides("Compare the paper on drums with the one on trees, on data and results.")
    ('the paper on drums', 'the one on trees')
    """
    titles = _QUOTED.findall(question)
    text = question
    for number, title in enumerate(titles):
        text = text.replace(title, f"{_TITLE}{number}")
    sides = _read_sides(_TALK.sub("", text.strip(" ?.!")))
    for number, title in enumerate(titles):
        sides = tuple(side.replace(f"{_TITLE}{number}", _tidy(title)) for side in sides)
    return sides


def _read_sides(text: str) -> tuple[str, ...]:
    if told := _told_apart(text):
        return told
    split = (_split(both) for both in _candidates(text))
    return next((sides[:_MOST] for sides in split if len(sides) > 1), ())


def stands_alone(sides: Sequence[str]) -> str:
    """Return the one side that is set against whatever there was before; "" where there is none, or another side.

    >>> stands_alone(("EASE", "previous methods")), stands_alone(("EASE", "DER"))
    ('EASE', '')
    """
    named = [side for side in sides if not set(content_terms(side)) <= _BEFORE]
    return named[0] if len(named) == 1 and len(sides) == _PAIR else ""


def compared_topic(question: str) -> str:
    """Return the one topic on which papers are to be compared; "" where there are sides, or none is named.

    >>> compared_topic("compare approaches to owl counting on data"), compared_topic("compare EASE and DER")
    ('owl counting', '')
    """
    papers = papers_asked(question)
    return papers[len(_bare_head(papers)) :]


def papers_asked(question: str) -> str:
    """Return the topic with the words that stand for papers on it: "approaches to owl counting"."""
    text = _TALK.sub("", question.strip(" ?.!"))
    papers = _tidy(_ON.sub("", "" if read_sides(question) else next(_candidates(text), "")))
    return "" if _NO_TOPIC.match(papers) else papers


def number_asked(question: str) -> int:
    """Return how many papers are to be compared, 0 where no number is said.

    >>> number_asked("compare the first three papers on owls"), number_asked("compare papers on three owls")
    (3, 0)
    """
    match = _SO_MANY.search(question)
    said = match["number"].lower() if match else ""
    return int(said) if said.isdigit() else _NUMBERS.get(said, 0)


def _told_apart(text: str) -> tuple[str, ...]:
    """Two sides in places of their own: "one does this, the other that"; what they share goes with each."""
    if match := _ONE_OTHER.search(text):
        common = match["common"]
        return tuple(f"{_tidy(common)}: {_tidy(side)}" for side in match.group("one", "other"))
    pairs = (pattern.search(text) for pattern in (_ONE_PAPER, *_COMPILED_PAIRS))
    match = next(filter(None, pairs), None)
    if not match:
        return ()
    other = match["other"] if " than " in match.group() else _ON.sub("", match["other"])
    sides = tuple(map(_tidy, (match["one"], *_listed(other))))
    return sides if all(content_terms(side) for side in sides) else ()


def _listed(other: str) -> list[str]:
    """Split names that stand together on one side: "EASE and DER"."""
    parts = _COMMA.split(other.strip())
    return parts if all(_IS_NAME.match(part) for part in parts) else [other]


def _candidates(text: str) -> Iterator[str]:
    for pattern in _COMPILED:
        if match := pattern.search(text):
            yield match["both"].strip()


def _split(both: str) -> tuple[str, ...]:
    whole = re.split(r"(?<=\w)[?.!:;]\s", both)[0]
    cut = _ON.sub("", whole)
    for text in (cut,) if _bare_head(cut) else (cut, whole):
        for parts in (_VERSUS.split(text), _names(text), _halves(text)):
            sides = tuple(dict.fromkeys(side for part in parts if content_terms(side := _tidy(part))))
            if len(sides) > 1:
                return sides
    return ()


def _names(text: str) -> list[str]:
    """Split an enumeration of short parts: "A, B and C"."""
    parts = _COMMA.split(text)
    return parts if all(len(part.split()) <= _LONGEST_NAME for part in parts) else []


def _halves(text: str) -> list[str]:
    """Split in two where what follows begins like a side of its own, else where the halves are most alike."""
    places = [
        place
        for place in _BETWEEN.finditer(text, len(_bare_head(text)))
        if not (_bare_head(text) and _goes_on(text, place))
    ]
    if not places:
        return []
    best = max(places, key=lambda place: _fitness(text, place))
    return [text[: best.start()], text[best.end() :]]


def _goes_on(text: str, place: re.Match[str]) -> bool:
    """Tell whether a topic goes on behind a preposition: "methods to edit owls with text"; another side begins as one."""
    behind = text[place.end() :]
    return place["word"].lower() in {"with", "to", "from"} and not (
        _OPENS.match(behind) or _bare_head(behind)
    )


def _fitness(text: str, place: re.Match[str]) -> float:
    behind = text[place.end() :]
    named = bool(_IS_NAME.match(behind.split(" ")[0])) and len(behind.split()) <= _LONGEST_NAME
    joins = place["word"].lower() in {"and", "or", "&"}
    balance = abs(place.start() - len(behind)) / len(text)
    return 2.0 * named + 1.5 * bool(_OPENS.match(behind)) + 0.3 * joins - balance


def _bare_head(text: str) -> str:
    """Return the words before a topic that stand for any papers on it: "the main approaches to "."""
    head = _HEAD.match(text)
    return head.group() if head and _is_bare(head["head"]) else ""


def _is_bare(side: str) -> bool:
    """Tell whether words stand for papers or methods of any kind: "the main approaches"."""
    return {term for term in content_terms(side) if not term.isdigit()} <= BARE


def _tidy(side: str) -> str:
    return side.strip(" ,;:?.!()\"“”'")
