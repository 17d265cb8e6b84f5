r"""The grammar of BibTeX: a text in, its entries with their fields out, each with its line.

Patashnik, BibTeXing (1988). An entry reaches as far as its braces close, and never beyond the line
where the next one begins: an open brace costs its own entry alone. bibtexparser 1.4 is not used: it
passes over a broken entry in silence, raises at an unknown macro, knows no lines, and takes 2 ms an entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rag.sources.entry import shorten

# At the start of a line, or after the entry before on the same line: then with its key and a field.
_HEADER = re.compile(
    r"(?:^[ \t]*|\}[ \t]*(?=@\w+[ \t]*\{[^,{}=\n]*,\s*\w+\s*=))@[ \t]*(\w+)\s*(?:\{|\((?=[^\s,(){}=]+\s*[,=]))",
    re.MULTILINE,
)
_SURE = re.compile(r"^[ \t]*@[ \t]*\w+\s*[{(][^,{}=\n]*,\s*[\w:-]+\s*=", re.MULTILINE)
_KEY = re.compile(r"\s*+([^,{}=\n]*+)(?:,|\n|(?=[})]))")
_FIELD = re.compile(r"[\s,]*([^\s=,{}\"#()]+)\s*=\s*")
_END = re.compile(r"[\s,]*[})]")
_MORE = re.compile(r"[\s,}]*[\w:-]+\s*=\s*[{\"]")  # a field after the entry: a brace too many
_BARE = re.compile(r"[^\s,#{}\"=()]+")
_JOIN = re.compile(r"\s*#\s*")
# BibTeX counts a brace after a backslash; Zotero writes some alone.
_BRACES = (re.compile(r"[{}]"), re.compile(r"(?<!\\)[{}]"))
_QUOTE_OR_BRACE = re.compile(r"[{}\"]")
_LOOK = "look there for a brace, quote or comma too few or too many"
_NO_ENTRY = ("comment", "preamble")
# Macros made of macros would grow without end.
_LONGEST_MACRO = 200
_MOST_PIECES = 10


@dataclass(frozen=True, slots=True)
class BibtexEntry:
    """An entry as it stands, names of fields in lower case; `line` is where it begins, from 1."""

    line: int
    key: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BrokenEntry:
    """What begins as an entry and cannot be read, with the reason."""

    line: int
    reason: str


class _Unreadable(Exception):
    """The fields cannot be read; the message says from where on."""


def is_bibtex(text: str) -> bool:
    r"""Tell whether an entry with a key and a field begins on some line.

    >>> is_bibtex("% my papers\n@article{moor2021,\n  title = {Owls}}"), is_bibtex("write to @owl, please")
    (True, False)
    """
    return bool(_SURE.search(text))


def read_entries(text: str) -> Iterator[BibtexEntry | BrokenEntry]:
    """Yield the entries of a text in its order, macros put in."""
    headers = list(_HEADER.finditer(text))
    limits = [header.start() + header.group().startswith("}") for header in headers[1:]] + [len(text)]
    macros: dict[str, str] = {}
    line, seen = 1, 0
    for header, limit in zip(headers, limits, strict=False):
        at, kind = text.index("@", header.start()), header[1].lower()
        line, seen = line + text.count("\n", seen, at), at
        if kind in _NO_ENTRY:
            continue
        entry = _read_entry(
            text[at:limit], macros, keyed=kind != "string", begin=header.end() - at, line=line
        )
        if kind == "string" and isinstance(entry, BibtexEntry):
            macros |= {name: value for name, value in entry.fields.items() if len(value) <= _LONGEST_MACRO}
        else:
            yield entry


def _read_entry(
    text: str, macros: Mapping[str, str], *, keyed: bool, begin: int, line: int
) -> BibtexEntry | BrokenEntry:
    """Read one entry by BibTeX's count of braces, else by Zotero's."""
    found = _KEY.match(text, begin) if keyed else None
    key = found[1].strip() if found else ""
    where = ""
    for braces in _BRACES:
        try:
            fields = _read_fields(text, found.end() if found else begin, macros, braces=braces)
            return BibtexEntry(line, key, fields)
        except _Unreadable as error:
            where = str(error)
    return BrokenEntry(line, f"the entry “{shorten(key or text, width=40)}” is broken {where}; {_LOOK}")


def _read_fields(
    text: str, position: int, macros: Mapping[str, str], *, braces: re.Pattern[str]
) -> dict[str, str]:
    fields: dict[str, str] = {}
    last = "its key"
    while not (end := _END.match(text, position)):
        field = _FIELD.match(text, position)
        if not field:
            raise _Unreadable(f"after {last}")
        last = f"“{shorten(field[1])}”"
        value = _read_value(text, field.end(), macros, braces=braces)
        if value is None:
            raise _Unreadable(f"in {last}")
        fields.setdefault(field[1].lower(), value[0])
        position = value[1]
    if _MORE.match(text, end.end()):
        raise _Unreadable(f"after {last}")
    return fields


def _read_value(
    text: str, position: int, macros: Mapping[str, str], *, braces: re.Pattern[str]
) -> tuple[str, int] | None:
    """Read the pieces of a value, joined by `#`; return it and where it ends, or None if it never does."""
    pieces: list[str] = []
    while len(pieces) < _MOST_PIECES:
        if text.startswith(("{", '"'), position):
            pattern = braces if text[position] == "{" else _QUOTE_OR_BRACE
            end = _closing(text, position, pattern)
            if end is None:
                return None
            pieces.append(text[position + 1 : end])
            position = end + 1
        elif bare := _BARE.match(text, position):
            pieces.append(macros.get(bare.group().lower(), bare.group()))
            position = bare.end()
        else:
            return None
        joined = _JOIN.match(text, position)
        if not joined:
            return "".join(pieces), position
        position = joined.end()
    return None


def _closing(text: str, position: int, pattern: re.Pattern[str]) -> int | None:
    """Return where the brace or quotation mark at `position` is closed, outside of inner braces."""
    closer = "}" if text[position] == "{" else '"'
    depth = 0
    for mark in pattern.finditer(text, position + 1):
        if depth == 0 and mark.group() == closer:
            return mark.start()
        depth += {"{": 1, "}": -1}.get(mark.group(), 0)
        if depth < 0:
            return None
    return None
