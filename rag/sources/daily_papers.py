"""A Daily Papers page saved as text: a header, then title and abstract in turn, a line each.

Blank lines may stand between the blocks or not; in the compact layout the first title is glued to
the word "Subscribe". A line is taken for an abstract by its length or its full stop, so that a
missing title or abstract costs that entry alone and the rest stays in step.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.sources.entry import RawEntry, shorten
from rag.types import Skipped

_HEADER = re.compile(
    r"(?:new|Subscribe|Daily Papers|by ?AK and the research community|Trending Papers"
    r"|Get trending papers in your email inbox.*|[A-Z][a-z]{2} \d{1,2}(?:, \d{4})?)$"
)
_GLUED = re.compile(r"Subscribe(?=\S)")
# The longest title seen has 213 characters, the shortest abstract 561.
_LONGEST_TITLE = 240
_LEAST_HEADERS = 2
_SHORTEST_SENTENCE = 80
_ENDS_SENTENCE = re.compile(r"[.!?][\"'”’)\]}]*$")
_WHOLE_LAST_WORD = re.compile(r"[.!?:;)\]}\"'”’]$|https?:|www\.|/")


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str


def is_daily_papers(text: str) -> bool:
    r"""Tell whether the first lines carry the header of such a page.

    >>> is_daily_papers("new\nGet trending papers in your email inbox!\nSubscribe\n")
    True
    """
    first = [line.strip() for line in text.split("\n", 24)[:24] if line.strip()][:8]
    headers = sum(bool(_HEADER.match(line)) for line in first)
    return headers >= _LEAST_HEADERS or any(_GLUED.match(line) for line in first)


def parse_daily_papers(text: str, *, source: str) -> Iterator[RawEntry | Skipped]:
    """Yield the entries of a page in its order."""
    lines = _body(text)
    may_be_cut = not text.endswith("\n")
    title: _Line | None = None
    for position, line in enumerate(lines):
        if not _is_abstract(line.text):
            if title is not None:
                yield Skipped(source, title.number, f"no abstract for “{shorten(title.text)}”")
            title = line
        elif title is None:
            yield Skipped(source, line.number, f"an abstract without a title: “{shorten(line.text)}”")
        elif position == len(lines) - 1 and may_be_cut and not _ends_whole(line.text):
            yield Skipped(
                source, line.number, f"the file ends in mid-sentence: “{shorten(title.text)}” is cut off"
            )
            title = None
        else:
            yield RawEntry(line=title.number, title=title.text, abstract=line.text)
            title = None
    if title is not None:
        yield Skipped(source, title.number, f"no abstract for “{shorten(title.text)}” (the file ends here)")


def _body(text: str) -> list[_Line]:
    """Return the lines that follow the header, the glued first title freed."""
    lines = [_Line(n, raw.strip()) for n, raw in enumerate(text.split("\n"), start=1) if raw.strip()]
    start = next((i for i, line in enumerate(lines) if not _HEADER.match(line.text)), len(lines))
    body = lines[start:]
    if body and _GLUED.match(body[0].text):
        body[0] = _Line(body[0].number, _GLUED.sub("", body[0].text))
    return body


def _is_abstract(line: str) -> bool:
    return len(line) > _LONGEST_TITLE or (
        len(line) >= _SHORTEST_SENTENCE and bool(_ENDS_SENTENCE.search(line)) and not line.endswith("?")
    )


def _ends_whole(abstract: str) -> bool:
    """Tell whether the last word can end a text: with a mark, or as a web address."""
    return bool(_WHOLE_LAST_WORD.search(abstract.rsplit(maxsplit=1)[-1]))
