"""A conversation between two calls of `footnote ask`: the state of the last answer, under FOOTNOTE_HOME.

As text it can be handed to any face that keeps no state; what comes back is checked, because it may have
been anywhere.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from rag.types import NOTHING_SAID, Conversation, PaperId
from ui.keeping import RecordError

LONGEST_RECORD = 500_000  # characters: some thousand papers with their titles
_CONVERSATION = TypeAdapter(Conversation)
_FILE = "conversation.json"


def write_conversation(conversation: Conversation) -> str:
    """Write a conversation as JSON that `read_conversation` takes."""
    return _CONVERSATION.dump_json(conversation).decode()


def read_conversation(record: str) -> Conversation:
    """Read a conversation; an empty text is one in which nothing was said.

    Raises:
        RecordError: it is none, or it is longer than 500,000 characters.
    """
    if not record:
        return NOTHING_SAID
    try:
        return _CONVERSATION.validate_json(record if len(record) <= LONGEST_RECORD else "")
    except (ValidationError, ValueError) as error:
        raise RecordError("what was said before cannot be read; begin a new conversation") from error


def about(conversation: Conversation, ids: tuple[PaperId, ...] | None) -> Conversation:
    """Return the conversation as if its last answer had shown these of its papers alone; None keeps it.

    "The second one" is then the second of those; "the others" are what was left out.
    """
    known = {mention.id: mention for mention in (*conversation.papers, *conversation.wider)}
    picked = tuple(known[paper_id] for paper_id in ids or () if paper_id in known)
    if not picked or picked == conversation.papers:
        return conversation
    alone = (picked[0].id,) if len(picked) == 1 else ()
    return replace(conversation, papers=picked, wider=conversation.papers, about=alone)


def last_conversation(home: Path) -> Conversation:
    """Return the conversation of the last answer; nothing was said where there is none.

    Raises:
        RecordError: the file is damaged.
    """
    try:
        return read_conversation((home / _FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return NOTHING_SAID
    except (OSError, UnicodeDecodeError, RecordError) as error:
        raise RecordError(f"{home / _FILE} cannot be read; begin anew: ask without --continue") from error


def keep_conversation(home: Path, conversation: Conversation) -> None:
    """Keep a conversation for the next question; a reader finds the old one or the new one whole."""
    fresh = home / f"{_FILE}.{os.getpid()}"
    fresh.write_text(write_conversation(conversation), encoding="utf-8")
    fresh.replace(home / _FILE)
