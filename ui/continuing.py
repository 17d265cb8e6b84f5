"""A conversation between two calls of `footnote ask`: the state of the last answer, under FOOTNOTE_HOME.

As text it can be handed to any face that keeps no state; what comes back is checked, because it may have
been anywhere.
"""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from rag.types import NOTHING_SAID, Conversation
from ui.turns import RecordError

_CONVERSATION = TypeAdapter(Conversation)
_FILE = "conversation.json"


def write_conversation(conversation: Conversation) -> str:
    """Write a conversation as JSON that `read_conversation` takes."""
    return _CONVERSATION.dump_json(conversation).decode()


def read_conversation(record: str) -> Conversation:
    """Read a conversation; an empty text is one in which nothing was said.

    Raises:
        RecordError: it is none.
    """
    if not record:
        return NOTHING_SAID
    try:
        return _CONVERSATION.validate_json(record)
    except (ValidationError, ValueError) as error:
        raise RecordError(
            "what was said before cannot be read; begin anew: ask without --continue"
        ) from error


def last_conversation(home: Path) -> Conversation:
    """Return the conversation of the last answer; nothing was said where there is none.

    Raises:
        RecordError: the file is damaged.
    """
    try:
        return read_conversation((home / _FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return NOTHING_SAID
    except (OSError, UnicodeDecodeError) as error:
        raise RecordError(f"{home / _FILE} cannot be read; begin anew: ask without --continue") from error


def keep_conversation(home: Path, conversation: Conversation) -> None:
    """Keep a conversation for the next question; a reader finds the old one or the new one whole."""
    fresh = home / f"{_FILE}.{os.getpid()}"
    fresh.write_text(write_conversation(conversation), encoding="utf-8")
    fresh.replace(home / _FILE)
