"""What the page sends along with a question: what was said before, and how the visitor wants it answered.

It comes from a browser's storage and forms, so that it is foreign: parsed, bounded, or refused.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field, ValidationError

from rag.library.dates import is_date
from rag.types import Kind, PaperId, Scope
from ui.continuing import LONGEST_RECORD
from ui.keeping import RecordError

_MOST_PAPERS = 5_000
_LONGEST_ID = 500
_LONGEST_LINE = 1_000


def _date(text: str) -> str:
    if text and not is_date(text):
        raise ValueError("write 2024, 2024-05 or 2024-05-17")
    return text


_Id = Annotated[str, Field(max_length=_LONGEST_ID)]
_Date = Annotated[str, AfterValidator(_date)]


class Asking(BaseModel):
    """`said` is a conversation, as `read_conversation` takes it; `papers` None asks all papers.

    `kind` None and an empty `criteria` leave it to the words of the question. `whole` gives leave to
    spend more than the budget on a set.
    """

    said: str = Field(default="", max_length=LONGEST_RECORD)
    kind: Kind | None = None
    criteria: str = Field(default="", max_length=_LONGEST_LINE)
    papers: tuple[_Id, ...] | None = Field(default=None, max_length=_MOST_PAPERS)
    since: _Date = ""
    until: _Date = ""
    whole: bool = False

    @property
    def scope(self) -> Scope:
        """The papers to ask."""
        ids = None if self.papers is None else tuple(map(PaperId, self.papers))
        return Scope(since=self.since or None, until=self.until or None, ids=ids)


def read_asking(record: str) -> Asking:
    """Read what the page sent; an empty text asks anew.

    Raises:
        RecordError: it is none, or a date in it is no date.
    """
    try:
        return Asking.model_validate_json(record or "{}")
    except ValidationError as error:
        if any(detail["loc"][:1] in {("since",), ("until",)} for detail in error.errors()):
            raise RecordError("this is no date; write 2024, 2024-05 or 2024-05-17") from error
        raise RecordError("what was said before cannot be read; begin a new conversation") from error
