"""References by number or place in the list: "the first two", "paper 3", "the next one". Pure."""

from __future__ import annotations

import re

from rag.answering.asking.meant import Reference, ids_of
from rag.answering.asking.ordinals import is_ordinal, number_word, numbers_in, place_of
from rag.answering.asking.pointing import CARDINALS, NEIGHBOUR, NTH, NUMBERED, NUMBERS, RUN
from rag.answering.asking.without_reference import tidy, with_it, without
from rag.types import Conversation

# Two sides are set against each other.
COMPARING = re.compile(
    r"\b(?:compare|better|worse|faster|differ|different|similar|than|versus|vs|combined|compared|contradicts?|agrees?|disagrees?|confirms?)\b",
    re.IGNORECASE,
)
_IT_TOO = re.compile(r"\b(?:it|that|this)\b", re.IGNORECASE)
# "How do the first and the second model differ?" may ask of what one paper proposes.
_OF_A_PAPER = re.compile(r"\b(?:methods?|approach(?:es)?|models?)\b", re.IGNORECASE)


def by_count(text: str, conversation: Conversation) -> Reference | None:
    """Resolve "the first two", "the last three"."""
    match = RUN.search(text)
    if not match:
        return None
    end, word = (group.lower() for group in match.groups() if group)
    number = int(word) if word.isdigit() else CARDINALS[word]
    ids = ids_of(conversation.papers)
    chosen = ids[:number] if end in {"first", "top"} else ids[-number:]
    beyond = (str(number),) if ids and number > len(ids) else ()
    return Reference(chosen, without(text, match), match.group().strip(), beyond=beyond)


def by_number(text: str, conversation: Conversation) -> Reference | None:
    """Resolve "the second one", "paper 3", "compare 1 and 4"; with "it" beside, that paper too."""
    found = [*NUMBERED.finditer(text), *(match for match in NTH.finditer(text) if is_ordinal(match))]
    found.sort(key=lambda match: match.start())
    numbers = NUMBERS.search(text)
    words = (
        numbers_in(numbers.group(1) or numbers.group(2))
        if numbers
        else [number_word(match) for match in found]
    )
    if not words:
        return None
    ids = ids_of(conversation.papers)
    places = {word: place for word in words if (place := place_of(word, len(ids))) is not None}
    beyond = tuple(word for word, place in places.items() if place >= len(ids))
    if ids and beyond and not _OF_A_PAPER.search(text):
        return Reference((), text, ", ".join(words), beyond=beyond)
    chosen = [ids[place] for place in places.values() if 0 <= place < len(ids)]
    if numbers:
        rest = without(text, numbers) if numbers.group(2) else text
    else:
        rest = with_it(text, found[0]) if len(found) == 1 else text
    for match in reversed(found) if len(found) > 1 and not numbers else ():
        rest = f"{rest[: match.start()]} {rest[match.end() :]}"
    if len(conversation.about) == 1 and _IT_TOO.search(rest) and COMPARING.search(text):
        chosen = [conversation.about[0], *chosen]
    return Reference(tuple(dict.fromkeys(chosen)), tidy(rest), ", ".join(words))


def by_neighbour(text: str, conversation: Conversation) -> Reference | None:
    """Resolve "the next one", seen from the paper last talked of."""
    match, ids = NEIGHBOUR.search(text), ids_of(conversation.papers)
    if not match or len(conversation.about) != 1 or conversation.about[0] not in ids:
        return None
    step = 1 if (match.group(1) or match.group(2)).lower() in {"next", "after"} else -1
    place = ids.index(conversation.about[0]) + step
    return Reference(ids[place : place + 1] if place >= 0 else (), with_it(text, match), match.group())
