"""Does an abstract say which thing it is, where no table knows the sort of thing? Pure.

"Which gripper does it use?" asks for a thing by its noun. An abstract that never calls a gripper, or calls it
only bare ("two contests with thousands of teams"), leaves it open. Only nouns that few papers of the library
hold can tell: a common one ("structure", "setting") may be given by anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from rag.library.lexical import content_terms, stems

_AUXILIARY = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|must|should|will|would|may)"
_ASKED = re.compile(
    rf"\b(?:which|what)\s+(?P<phrase>(?:(?!(?:{_AUXILIARY[3:-1]}|of|in|on|at|to|for|from|with|by|over|under|between|than|besides|beside|per|into|that|and|or|the|a|an|kinds?|sorts?|types?)\b)[\w'-]+\s+){{1,4}}){_AUXILIARY}\b",
    re.IGNORECASE,
)
_ABSENT = 0.9
_BARE = 0.35
_GENERAL_TEXT = """
    thing order way mean manner factor limit skill ability contest fault flaw issue trouble quantity amount behaviour behavior structure property
    setting field input output fact finding claim insight point reason cause purpose goal aim role task job step stage phase part piece
    aspect side trait feature attribute quality condition circumstance case situation circumstances tissue material substance place spot area
    advantage benefit drawback downside shortcoming weakness strength change effect consequence result lesson question answer idea notion concept
    remedy cure fix solution trick strategy tactic measure action difference similarity relation link group family kind sort type form shape
    success failure error mistake obstacle hurdle barrier risk danger threat need requirement assumption hypothesis criterion rule principle law"""
_GENERAL = frozenset(stems(_GENERAL_TEXT))
_FUNCTION_TEXT = """
    the a an this these those our its their two three four five six seven eight nine ten several many various all other both such
    new novel some any different each every existing more most few of in on at to for from with by and or as that which we is are"""
_FUNCTION = frozenset(_FUNCTION_TEXT.split())
_TELLS = frozenset(
    [":", "(", ",", "—", "–", "such", "including", "called", "named", "is", "are", "of", "like", "e", "i"]
)
_TOKEN = re.compile(r"[\w'-]+|[^\w\s]")


def left_open(
    question: str, texts: Sequence[str], *, rarity: Mapping[str, float]
) -> Iterator[tuple[str, bool]]:
    """Yield each thing that is asked for by a noun of its own, and whether one of the texts says which it is.

    `rarity` tells how rare a stem is in the library, from 0 to 1.

    >>> list(left_open("Which gripper does it use?", ["It grasps with two grippers."], rarity={"gripper": 0.95}))
    [('gripper', False)]
    >>> list(left_open("Which gripper does it use?", ["It uses a suction gripper."], rarity={"gripper": 0.95}))
    [('gripper', True)]
    """
    said = frozenset(stems(question))
    for match in _ASKED.finditer(question):
        noun = match["phrase"].split()[-1]
        heads = frozenset(content_terms(noun)) - _GENERAL
        rare = max((rarity.get(head, 0.0) for head in heads), default=0.0)
        called = any(not heads.isdisjoint(stems(text)) for text in texts)
        if heads and rare >= (_BARE if called else _ABSENT):
            places = (place for text in texts for place in _places(text, noun))
            yield noun.lower(), any(_tells(before, behind, said) for before, behind in places)


def _places(text: str, noun: str) -> Iterator[tuple[str, str]]:
    """Yield the words before and behind each place of the noun."""
    tokens = _TOKEN.findall(text)
    for n, token in enumerate(tokens):
        if _singular(token.rpartition("-")[2]) == _singular(noun):
            head = token.rpartition("-")[0]
            yield head or (tokens[n - 1] if n else ""), tokens[n + 1] if n + 1 < len(tokens) else ""


def _singular(noun: str) -> str:
    return re.sub(r"ies$", "y", noun.lower()).rstrip("s")


def _tells(before: str, behind: str, said: frozenset[str]) -> bool:
    """Tell whether the noun is told apart by what stands beside it, and the question does not say that already."""
    is_told = before.isidentifier() or "-" in before
    return behind.lower() in _TELLS or (
        is_told and before.lower() not in _FUNCTION and not said.issuperset(stems(before))
    )
