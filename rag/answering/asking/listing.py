"""How many papers a question wants to see, and in which order: "three papers on owls", "newest first". Pure.

A number counts only where it stands before a word for papers, in a request for them. "Papers with 3 modalities",
"top-5 accuracy", "two-stage detectors" and "the last three years" are topics and dates; "the first two" and "the three
papers" point at papers that are known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.answering.asking.asking_words import PAPERS
from rag.answering.asking.intent import read_kind
from rag.answering.asking.mentions import content_words
from rag.answering.asking.pointing import CARDINALS
from rag.types import EVERY_PAPER, Conversation, Kind, Listing, Order

_COUNTED = {"one": 1, **CARDINALS, "a couple of": 2, "a dozen": 12}
_WORDS = "|".join(("one", *CARDINALS))
_ONE_NUMBER = rf"(?:{'|'.join(_COUNTED)}|[1-9]\d?)"
# Of "two or three", "3-5", the most.
_NUMBER = rf"(?:{_ONE_NUMBER}(?: ?[-–] ?| (?:to|or) ))?(?P<number>{_ONE_NUMBER})"  # a dash of ranges
_SORTED = r"(?:(?:survey|review|position|benchmark|data ?set) )?"
_PAPERS = rf"(?:{_SORTED}(?:{PAPERS})|references|surveys?|reviews?|abstracts)"
_THINGS = rf"(?:{_PAPERS}|methods|approaches|techniques|benchmarks?|data ?sets?)"
_ASKING = (
    r"(?:(?:please|kindly|ok|okay|hi|hello|and|now|then|can|could|would|will|you|i|we|just|need|want|like|looking for|i'd|i'm|am|are|is|to|see|read|"
    r"have|get|give|show|find|list|name|tell|recommend|suggest|pick|choose|select|search for|what|which|me|us|for|up to|at most|no more than|"
    r"only|exactly|about|around|some|any|other),? )*"
)
_NEW = r"(?:newest|latest|most recent|youngest)"
_OLD = r"(?:oldest|earliest)"
_BEST = (
    rf"(?:(?:{_NEW}|{_OLD}|(?:(?:very|most) )?(?:best|top|likeliest|likely|relevant|important|interesting|fitting|suitable|useful|key|main|good|"
    r"recent|different|representative|promising)),? )"
)
_BEHIND = (
    r"(?:\W*$|,? (?:on|about|of|for|that|which|who|where|with|without|using|in|from|by|to|into|at|since|before|after|regarding|concerning|around|"
    r"dealing|related|similar|like|combining|published|written|i|we|you|please)\b)"
)
# Of the words between a number and "papers", the first makes no compound with the number: "two stage detection papers".
_PARTS = (
    r"stage|stream|view|tower|branch|step|shot|layer|class|way|dimensional|d|modal|bit|level|player|hop|phase|person|sample|lead|channel|pass|fold|"
    r"point|qubit|turn|hundred|thousand|million|billion|trillion|second|minute|hour|day|week|month|year|percent|fps|hz|khz|mm|cm|km|k|b|m|gb|mb"
)
_TOPIC = rf"(?:(?!(?:of|or|to|and|the|{_PARTS})s?\b)(?:[\w-]+ ){{1,3}}?)?"
# These may be of one topic with the number or not; "the top 5 object detection papers" parts them.
_FEATURES = re.compile(
    r"(?:hand|modalit(?:y|ie)|agent|sense|parameter|task|token|domain|camera|object|label|frame|head|body|robot|arm|speaker|user)s?\b",
    re.IGNORECASE,
)


def _head(number: str) -> re.Pattern[str]:
    """Write the pattern of "two papers on owls", "the top 5 papers on owls", "the five most relevant papers", "the newest owl papers"."""
    return re.compile(
        rf"^(?P<asking>{_ASKING})(?P<the>the )?(?P<best>{_BEST}*)(?:{number} )?(?P<more>{_BEST}*)(?P<what>{_TOPIC}{_PAPERS}|{_THINGS})\b(?P<behind>.*)$",
        re.IGNORECASE,
    )


_HEAD = _head(_NUMBER)
_UNCOUNTED = _head(r"(?P<number>(?!))")
_REQUEST = re.compile(
    r"\b(?:please|give|get|show|find|list|name|tell|recommend|suggest|pick|choose|select|search|looking|need|want|like|see|read|have|which|what)\b",
    re.IGNORECASE,
)
_PLEASE = re.compile(r"\bplease\W*$", re.IGNORECASE)
# A number behind the question: "papers on owls, just three", "which papers use maps? Name two." Without a mark between,
# it is mostly one of the topic, "papers that keep only the top 5", unless it is asked for.
_TAIL = re.compile(
    rf"^(?P<before>.*\b{_THINGS}\b.*?\w)(?<!accuracy)(?<!recall)(?<!precision)(?<!error)(?<! on)(?<! of)(?<! to)(?<! about)(?<! with)"
    r"(?:(?P<mark>\s*[,;:.?!(][\s,;:.?!(]*|\s+[–-]+\s+)|\s+)(?:but )?"
    r"(?P<asks>(?:(?:please|(?P<wish>i (?:need|want)|give me|show me)|name|list|only|just|max(?:imum|\.)?|at most|up to|no more than|"
    rf"limit(?:ed)?(?: to)?|the (?:top|best)|top|best) )*){_NUMBER}(?: (?:ones|at most|(?P<those>papers|works|of them|results)|(?P<enough>is enough|are enough|will do)))*"
    r"(?P<please>,? please)?[\s.?!)]*$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"\b(?:that|which|what|who|where|when|how|with|to|into|using|\w+ing)\b", re.IGNORECASE)
_SORT = r"(?:(?:and |then |please )*(?:sort|order|rank|arrange|group|list|show)(?:ed|ing)? (?:me )?(?:(?:them|these|those|all|it|the (?:list|set|results|papers)) )?)"
_FIRST = rf"(?:the )?(?:{_NEW}|{_OLD})(?: ones?| papers)? (?:first|on top)"
_BY_DATE = re.compile(
    # "Papers on sorting by year" have that topic.
    rf"(?:^|(?<!\bon)(?<!\babout)(?<!\bof)[\s,;(]+){_SORT}?(?:(?:by|per) (?:publication )?(?:dates?|years?)(?: of publication)?(?:[ ,(]+(?:with )?{_FIRST})?|(?:with )?{_FIRST}"
    r"|(?:in )?(?:reverse )?chronological(?:ly| order))(?:,? please)?[\s.?!)]*$",
    re.IGNORECASE,
)
# Of papers that were shown: "give me two of those", "just three please", "which two should I read?"; "just 3" is the third.
_OF_SHOWN = re.compile(
    rf"^(?:(?:and|ok|okay|please|now|then),? )*(?:(?:give me|show me|show|name|list|pick|choose|i (?:only |just )?(?:need|want)|only|just)(?: only| just)? "
    rf"(?:(?P<of>{_WORDS}|[1-9]\d?) (?:of (?:them|these|those)|papers)|(?P<alone>{_WORDS}))"
    rf"|which (?P<should>{_WORDS}|[1-9]\d?) (?:papers |ones |of (?:them|these|those) )?(?:should|could|would) (?:i|we|you) (?:read|cite|start with|look at|pick|recommend))"
    r"(?: first| ones| please| is enough| are enough| will do)*\W*$",
    re.IGNORECASE,
)
_NEW_TO_OLD = re.compile(
    r"\b(?:from )?(new(?:est)?|old(?:est)?) to (?:new|old)(?:est)?(?=\W*$)", re.IGNORECASE
)
_OLD_FIRST = re.compile(rf"\b{_OLD}\b|(?<!reverse )\bchronological", re.IGNORECASE)
_NEW_OR_OLD = re.compile(rf"\b(?:{_NEW}|{_OLD})\b", re.IGNORECASE)
_LIBRARY = re.compile(
    r"\b(?:my|our|your|library|collection|corpus|list|whole|every|mine|ours)\b", re.IGNORECASE
)
_COMMAND = re.compile(
    rf"^{_ASKING}(?:(?:sort|order|group|rank|arrange|display|list|show|me|all|the) )*", re.IGNORECASE
)
# What follows is a topic, whatever words it is made of: "papers on ranking", "papers like the first".
_ABOUT = re.compile(
    rf"\b{_THINGS} (?:on|about|of|like|for|regarding|concerning|with|using|(?:that|which)(?! (?:i|we|you|they|are|is|were|was|have)\b)) "
    r"(?!(?:the|my|our|your|this) (?:whole )?(?:library|collection|corpus|list)\W*$|(?:mine|ours|yours|me|us)\W*$)\w",
    re.IGNORECASE,
)
_WHICH = re.compile(r"\b(?:which|what) $", re.IGNORECASE)
_OF_PAPERS = re.compile(rf"^(?:which )?(?:[\w-]+ ){{0,3}}{_PAPERS}\b", re.IGNORECASE)
_SORTING = re.compile(
    rf"^(?:please )?(?:sort|order|rank|arrange|group) (?:(?:all|the|my) )*(?={_THINGS}\b)", re.IGNORECASE
)
_LONGEST = 500  # characters; more is no request, and the patterns would try too many partings
_POINTING = re.compile(r"\b(?:these|those|them|they|all)\b", re.IGNORECASE)
OF_SHOWN = "show these"
_YEARS = "how many papers per year?"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question without what it says of number and order, and that."""

    text: str
    listing: Listing = EVERY_PAPER


def read_listing(text: str, conversation: Conversation) -> Wanted:
    """Return how many papers a question wants and in which order, and the question without that.

    An order without a topic is one of the papers shown before, or asks for the years of the library.

    >>> from rag.types import NOTHING_SAID
    >>> read_listing("Give me three papers on owls", NOTHING_SAID).text
    'papers on owls'
    >>> read_listing("papers on owls, newest first", NOTHING_SAID).listing.order.value
    'newest'
    >>> read_listing("papers with 3 modalities", NOTHING_SAID).listing.most, read_listing("sort by year", NOTHING_SAID).text
    (None, 'how many papers per year?')
    """
    if len(text) > _LONGEST:
        return Wanted(text)
    if conversation.papers and (of_shown := _OF_SHOWN.match(text)):
        number = of_shown["of"] or of_shown["alone"] or of_shown["should"]
        return Wanted(OF_SHOWN, Listing(_number(number)))
    text = _NEW_TO_OLD.sub(
        lambda match: f"{'newest' if match[1].lower().startswith('new') else 'oldest'} first", text
    )
    by_date = _BY_DATE.search(text)
    undated = _SORTING.sub("", text[: by_date.start()].rstrip(" ,;(")) if by_date else text
    most, order, plain = _counted(undated)
    if by_date:
        order = _order(by_date.group())
    listing = Listing(most, order)
    if listing == EVERY_PAPER:
        return Wanted(text)
    topic = _ABOUT.search(plain) or content_words(_LIBRARY.sub(" ", _COMMAND.sub("", f"{plain} ")))
    if by_date and not topic:
        of_library = not conversation.papers or (plain and not _POINTING.search(plain))
        return Wanted(_YEARS) if of_library else Wanted(OF_SHOWN, listing)
    if not topic and (conversation.papers or not most or order is not Order.LIKELIEST):
        return Wanted(text)
    sets = {Kind.LIST, Kind.CORPUS, Kind.FACT} if _OF_PAPERS.search(plain) else {Kind.LIST, Kind.CORPUS}
    asks = read_kind(plain) is Kind.LIST and read_kind(undated) in sets
    return Wanted(plain, listing) if asks else Wanted(text)


def wanted_number(text: str) -> int | None:
    """Return how many papers a text asks for, None if it names no number of them."""
    return _counted(text)[0] if len(text) <= _LONGEST else None


def _counted(text: str) -> tuple[int | None, Order, str]:
    """Return the number that is asked for, the order if a word for it stands beside, and the text without both."""
    tail = _TAIL.match(text)
    if tail and _is_asked_for(tail):
        return _number(tail["number"]), Order.LIKELIEST, tail["before"]
    head = _HEAD.match(text)
    if head and head["number"] and not _is_count(head):
        head = _UNCOUNTED.match(text)
    if not head:
        return None, Order.LIKELIEST, text
    best = f"{head['best']}{head['more']}"
    dated = bool(_NEW_OR_OLD.search(best))
    # "The three papers" are known; "which two data sets" may be those of one paper.
    known = (head["the"] and not best) or (
        _WHICH.search(head["asking"]) and not _OF_PAPERS.search(head["what"])
    )
    which = "which " if _WHICH.search(head["asking"]) else ""
    if known or not (which or re.match(_BEHIND, head["behind"])) or not (head["number"] or dated):
        return None, Order.LIKELIEST, text
    order = _order(best) if dated else Order.LIKELIEST
    return _number(head["number"]), order, f"{which}{_plural(head['what'])}{head['behind']}"


def _is_asked_for(tail: re.Match[str]) -> bool:
    """Tell a number of papers at the end from one of their topic: "papers that keep only the top 5"."""
    if not tail["asks"]:  # "papers on owls, five please"
        return bool(tail["mark"] and tail["please"])
    if any(tail[part] for part in ("mark", "wish", "enough", "please")):
        return True
    return bool(tail["those"]) and not _CLAUSE.search(tail["before"])


def _is_count(head: re.Match[str]) -> bool:
    """Tell a number of papers from one of their topic: "two agent papers", "12 lead ECG papers"."""
    if re.fullmatch(_THINGS, head["what"], re.IGNORECASE):
        return True
    if head["best"] and not _NEW_OR_OLD.search(head["best"]):
        return True
    asks = head["best"] or head["more"] or _REQUEST.search(head["asking"]) or _PLEASE.search(head["behind"])
    return bool(asks) and not _FEATURES.match(head["what"])


def _plural(what: str) -> str:
    """Write the noun at the end as one of several: a single paper is still chosen from all that fit."""
    return re.sub(r"(?<=[^s])$", "s", re.sub(r"study$", "studie", what, flags=re.IGNORECASE))


def _number(words: str | None) -> int | None:
    return None if words is None else _COUNTED.get(words.lower()) or int(words)


def _order(words: str) -> Order:
    return Order.OLDEST if _OLD_FIRST.search(words) else Order.NEWEST
