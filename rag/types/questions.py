"""A question that stands alone, and the conversation that a follow-up points at.

What a follow-up leaves unsaid ("of those, which ...") is read from the conversation before there is a
`Question`; nothing behind it needs to know what was said earlier.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from rag.types.criteria import WHOLE_LIBRARY, Criteria, Judgement, Scope
from rag.types.papers import PaperId


class Kind(StrEnum):
    """What sort of answer a question asks for."""

    LIST = "list"
    FACT = "fact"
    COMPARE = "compare"
    EXPLAIN = "explain"
    CORPUS = "corpus"
    TALK = "talk"


class Order(StrEnum):
    """What stands first in a list of papers."""

    LIKELIEST = "likeliest"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Listing:
    """How a set is to be shown: at most so many of its papers, and which first. By default all, the likeliest first."""

    most: int | None = None
    order: Order = Order.LIKELIEST


EVERY_PAPER = Listing()


@dataclass(frozen=True, slots=True)
class Mention:
    """A paper that an answer showed, by its id and title, with its verdict if the answer was a set."""

    id: PaperId
    title: str
    verdict: Judgement | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question that stands alone. `asked` holds the user's own words.

    `sought` holds the words to search for where `text` names papers that the scope holds anyway; else it
    is empty. `notices` say in a line each how the question was understood. `doubt` says in a few words what
    else its kind may be; it is empty where its words tell it surely, or where something else told it.
    `again` holds the papers of a set that is shown again, in their order, with the verdicts that they had.
    `listing` says how many papers of a set are wanted, and in which order; `text` is without that.
    """

    text: str
    kind: Kind
    asked: str
    scope: Scope = WHOLE_LIBRARY
    sought: str = ""
    criteria: Criteria = field(default_factory=Criteria)
    notices: tuple[str, ...] = ()
    doubt: str = ""
    again: tuple[Mention, ...] = ()
    listing: Listing = EVERY_PAPER


@dataclass(frozen=True, slots=True)
class Conversation:
    """What a follow-up can point at. Empty before the first answer.

    `question` holds the words that were last searched for, `kind` the kind of answer. `papers` is the
    set in the order of its footnotes, `wider` the one that it was narrowed down from, `about` the
    papers that were last asked about: one after "how big is its data set?", none after a list. `cut` says that
    more papers fit than the set holds, because so many were asked for; `listed` holds the question that it answers,
    whatever was asked of its papers since, and is empty where no list was asked for.
    """

    question: str = ""
    kind: Kind | None = None
    papers: tuple[Mention, ...] = ()
    wider: tuple[Mention, ...] = ()
    about: tuple[PaperId, ...] = ()
    cut: bool = False
    listed: str = ""


NOTHING_SAID = Conversation()
