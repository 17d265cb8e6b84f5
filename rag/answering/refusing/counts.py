"""Does a text count the things that a question counts: "how many playlists"? Pure.

A count is a number with its noun close behind ("12 million image-text pairs"). The asker may use another
word for the things than the abstract: words that stand for one another are grouped. What belongs to no
group, and is not in the abstract at all, is let pass where a sentence near the question counts anything
of no other group: the abstract may call it by a name of its own.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from rag.answering.refusing.foreign_names import speaks_of_others
from rag.library.lexical import stems

_GROUPS = """
    person people participant patient subject volunteer annotator rater user individual speaker worker judge human observer listener reader crowdworker student expert evaluator respondent viewer outpatient inpatient adult child infant
    woman man female male girl boy gender
    image picture photo photograph drawing frame scan sample example snapshot painting sketch scene shot render volume slide
    video clip film movie
    dialogue dialog conversation
    sentence caption description text document passage article sample example
    word token
    paper work article publication study
    pair triplet triple sample example
    dataset benchmark corpus collection set testbed database
    model network architecture system llm transformer nn nns cnns llms classifier
    class category label species concept name identity way
    task dataset benchmark problem challenge application
    parameter weight variable
    layer block depth
    animal mouse mice rat monkey
    query question prompt qa
    pair qa
    gpu card machine tpu
    language tongue
    country nation
    property feature attribute aspect
    step iteration pass epoch evaluation
    view viewpoint angle
    molecule compound
    dimension dim
    bit byte
    team competitor participant competition
    metric measure score
    method approach technique algorithm baseline
    piece part component
    second millisecond ms minute hour day week month year
    percent percentage point fold time factor
    metre meter kilometre kilometer km cm mm
    megabyte gigabyte kilobyte mb gb kb
    """
# Words before the noun that tell nothing of what is counted.
_LOOSE_TEXT = """
    different further additional alternative new other more extra total real such distinct separate
    labelled labeled annotated million millions thousand thousands billion billions hundred hundreds
    altogether times points percent per kinds kind sorts types type sizes size number"""
_LOOSE = frozenset(_LOOSE_TEXT.split())
_ENDS_TEXT = """
    is are was were be been do does did has have had can could must may might will would should in on at
    to from for with by per that which who whose into over until before when where while than the a an
    this these those it its they their he she we you there come came take took need needs needed hold
    holds make makes use uses used get gets give gives gave reach reached see seen via using between
    contain contains exist go goes run runs"""
_ENDS = frozenset(_ENDS_TEXT.split())
_JOINTS = frozenset(["of", "and", "or"])  # "pairs of image and caption", but "how many epochs of training"
_NUMBERS_TEXT = """
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety dozen dozens
    hundred hundreds thousand thousands million millions billion billions trillion"""
_NUMBERS = frozenset(_NUMBERS_TEXT.split())
_VAGUE = frozenset(["one", "single"])  # they count what is asked for, and little else
_SCALES = frozenset(["thousand", "million", "billion", "trillion"])
_NO_COUNT = frozenset(["%", "×", "x", "times", "percent", "D", "d"])
_BUNDLES_TEXT = """
    pair pairs triplet triplets set sets hour hours minutes million millions billion billions thousand thousands hundreds dozen dozens
    kind kinds type types sort sorts collection collections number total class classes category categories family families sample samples
    group groups series pieces examples"""
_BUNDLES = frozenset(_BUNDLES_TEXT.split())
_DEGREES = frozenset(["fewer", "less", "more"])
_SHARES = frozenset(["%", "percent"])
_ASKED = re.compile(
    r"(?:\bhow many|(?:^|[,:;] |\bwhat (?:is|was|are) the (?:largest |smallest |total |exact )?|\bwhat )number of)"
    r"\s+(?=\w)",
    re.IGNORECASE,
)
_OR = re.compile(r"\s+(?:or|/)\s+")
_WORD = re.compile(r"[\w'-]+|[^\w\s]")
_TOKEN = re.compile(r"(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?[kKMBT]?\b|[\w%×]+|[,;:.!?]")
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?[kKMBT]?")
_FRACTION = re.compile(r"\d+\.\d+")
_YEAR = re.compile(r"(?:19|20)\d\d")
# The digits of a name ("ResNet-50", "R^2"), of a citation and of an item of a list ("2)").
_NO_NUMBER = re.compile(r"(?<!\S)\(?\d\)|[A-Za-z][-^]\d+\w*|\[\d+\]|https?://\S+|state-of-the-art|[-_]")
# "Children (n = 40)": the things stand before their number.
_COUNTED_BEFORE = re.compile(r"(?P<things>(?:[\w'-]+ ){1,4})\(?\b[nN] ?= ?(?P<number>\d[\d,]*)")
# "O(k + d) samples" counts them.
_FORMULA = re.compile(r"\b(?:O|Omega|Theta|[ΩΘ])\s?\((?:[^()]|\([^()]*\))*\)")
_LONGEST_PHRASE = 5
_ROW = frozenset([",", "and", "or"])
_REACH = 6
_NEAR = 2


@dataclass(frozen=True, slots=True)
class Count:
    """Things that a question wants counted: its words for them, and the stems that may stand for them."""

    things: str
    alike: frozenset[str]
    is_grouped: bool


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number of a text and the stems of the words close behind. `whole` numbers count, others measure."""

    text: str
    after: frozenset[str]
    whole: bool


def asked_counts(question: str) -> Iterator[Count]:
    """Yield what a question wants counted.

    >>> [count.things for count in asked_counts("How many labelled photos, and how many people?")]
    ['labelled photos', 'people']
    >>> [count.things for count in asked_counts("How many photos or film frames are there?")]
    ['photos or film frames']
    """
    for match in _ASKED.finditer(question):
        first, *more = _OR.split(question[match.end() :], maxsplit=1)
        counts = [*_counted(first)]
        either = _counted(more[0]) if more and len(_noun_phrase(first)) == len(first.split()) else ()
        yield from (_either(one, other) for one in counts for other in either) if either else counts


def _either(one: Count, other: Count) -> Count:
    """Return a count of one thing or another: either is an answer."""
    return Count(f"{one.things} or {other.things}", one.alike | other.alike, is_grouped=True)


def _counted(text: str) -> list[Count]:
    """Return what a text begins with as a count, none where it names no thing."""
    words = _noun_phrase(text)
    nouns = [(word, stem) for word in words if word.lower() not in _LOOSE for stem in stems(word)]
    # A plural ends the phrase ("feature circuits"); else what follows the noun may be a verb.
    ends = nouns[-1:] if nouns and nouns[-1][0].endswith("s") else reversed(nouns)
    head = next((noun for noun in ends if noun[1] in _grouped()), None)
    if head:
        things = " ".join(words[: words.index(head[0]) + 1])
        return [Count(things, _alike(head[1]), is_grouped=True)]
    return [Count(" ".join(words), frozenset(stem for _, stem in nouns), is_grouped=False)] if nouns else []


def is_counted(count: Count, spans: Sequence[str], *, said: Set[str], topic: Set[str]) -> bool:
    """Tell whether a span counts the things.

    Numbers that the question gives itself, among the words `said`, are no answer. `topic` has the stems
    of its content words.
    """
    figures = [(span, figure) for span in spans for figure in _figures(span) if not _is_said(figure, said)]
    if any(figure.after & count.alike for _, figure in figures):
        return True
    if count.is_grouped or any(not count.alike.isdisjoint(stems(span)) for span in spans):
        return False
    return any(
        figure.whole and not figure.after & _grouped() and _is_near(span, topic) for span, figure in figures
    )


def _is_said(figure: _Figure, said: Set[str]) -> bool:
    """Tell whether the question gives a figure itself; "two" is too common to tell."""
    return figure.text[0].isdigit() and figure.text in said


def _is_near(span: str, topic: Set[str]) -> bool:
    return not speaks_of_others(span) and len(topic & frozenset(stems(span))) >= _NEAR


def _noun_phrase(text: str) -> list[str]:
    words = []
    for token in _WORD.findall(text)[:_LONGEST_PHRASE]:
        if not token[0].isalnum() or token.lower() in _ENDS | _JOINTS:
            break
        words.append(token)
    return words


def _figures(span: str) -> Iterator[_Figure]:
    for match in _COUNTED_BEFORE.finditer(span):
        yield _Figure(match["number"], frozenset(stems(match["things"])), whole=True)
    tokens = _TOKEN.findall(_NO_NUMBER.sub(" ", _FORMULA.sub(" 1000 ", span)))
    for at, token in enumerate(tokens):
        if not _is_number(token):
            continue
        after: list[str] = []
        for word in tokens[at + 1 :]:
            if (
                len(after) == _REACH
                or word in ".;:!?"
                or word in _ENDS
                or (word == "of" and after and after[-1].lower() not in _BUNDLES)
            ):
                break
            if word not in _ROW:  # "five search, advertisement and music systems"
                after.append(word)
        first = after[0].lower() if after else ""
        measures = bool(_FRACTION.fullmatch(token)) and first not in _SCALES
        whole = token.lower() not in _VAGUE and not measures and first not in _NO_COUNT
        counted = (
            after if first not in _SHARES or _DEGREES.intersection(after) else after[:1]
        )  # "62% GFLOPs" are no GFLOPs that are counted
        yield _Figure(token.lower(), frozenset(stems(" ".join(counted))), whole)


def _is_number(token: str) -> bool:
    if token.lower() in _NUMBERS | _VAGUE:
        return True
    return bool(_FIGURE.fullmatch(token)) and not _YEAR.fullmatch(token)


@functools.cache
def _groups() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(stems(line)) for line in _GROUPS.strip().splitlines())


def _alike(noun: str) -> frozenset[str]:
    return frozenset[str]().union(*(group for group in _groups() if noun in group))


@functools.cache
def _grouped() -> frozenset[str]:
    return frozenset().union(*_groups())
