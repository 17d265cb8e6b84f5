r"""BibTeX as Zotero, Mendeley, JabRef, Google Scholar, the ACL Anthology and Footnote itself write it.

Grammar: Patashnik, BibTeXing (1988); the fields of biblatex are known too. An entry reaches as far as
its braces close, and never beyond the line where the next one begins: an open brace costs its own
entry alone. bibtexparser 1.4 is not used: it passes over a broken entry in silence, raises at an
unknown macro, knows no lines, and takes 2 ms an entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rag.sources.bibliographic import (
    find_link,
    join_date,
    read_date,
    tell_lack_of_abstracts,
)
from rag.sources.entry import RawEntry, find_arxiv_id, shorten
from rag.types import Skipped

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
_AND = re.compile(" and ", re.IGNORECASE)
_COMMA = re.compile(",")
_LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”", "~": " "}
_LIGATURE = re.compile(r"(?<!\\)(?:---?|``|''|~)")
_ESCAPED = re.compile(r"(?<!\\)\\([%&_#])")
_MACRO_OR_FORMULA = re.compile(r"[\\$]")
_URL_ESCAPE = re.compile(r"\{?\\([_%&#~$])\}?|\{\\textasciitilde\s*(?:\{\})?\}|\\textasciitilde\{\}")


@dataclass(frozen=True, slots=True)
class _Entry:
    key: str
    fields: Mapping[str, str]


class _BrokenEntry(Exception):
    """An entry cannot be read; the message says from where on."""


def is_bibtex(text: str) -> bool:
    r"""Tell whether an entry with a key and a field begins on some line.

    >>> is_bibtex("% my papers\n@article{moor2021,\n  title = {Owls}}"), is_bibtex("write to @owl, please")
    (True, False)
    """
    return bool(_SURE.search(text))


def parse_bibtex(text: str, *, source: str) -> Iterator[RawEntry | Skipped]:
    """Yield the entries of a file in its order; a broken one costs itself alone."""
    return tell_lack_of_abstracts(_entries(text, source=source), source=source)


def _entries(text: str, *, source: str) -> Iterator[RawEntry | Skipped]:
    headers = list(_HEADER.finditer(text))
    limits = [header.start() + header.group().startswith("}") for header in headers[1:]] + [len(text)]
    macros: dict[str, str] = {}
    line, seen = 1, 0
    for header, limit in zip(headers, limits, strict=False):
        at, kind = text.index("@", header.start()), header[1].lower()
        line, seen = line + text.count("\n", seen, at), at
        if kind in _NO_ENTRY:
            continue
        try:
            entry = _read_entry(text[at:limit], macros, keyed=kind != "string", begin=header.end() - at)
        except _BrokenEntry as error:
            yield Skipped(source, line, str(error))
            continue
        if kind == "string":
            macros |= entry.fields
        else:
            yield _usable(entry, line=line, source=source)


def read_latex(text: str) -> str:
    """Turn TeX's dashes, quotation marks, ties and escaped signs into what they print.

    What is LaTeX beyond that is left to `clean`, at 3 ms an abstract: plain braces are taken off here.
    """
    signs = _LIGATURE.sub(lambda found: _LIGATURES[found.group()], text)
    plain = _ESCAPED.sub(r"\1", signs)
    return plain if _MACRO_OR_FORMULA.search(plain) else plain.replace("{", "").replace("}", "")


def _usable(entry: _Entry, *, line: int, source: str) -> RawEntry | Skipped:
    fields = entry.fields
    title, abstract = fields.get("title", ""), fields.get("abstract", "")
    if not title.strip() and not abstract.strip():
        return Skipped(source, line, f"neither title nor abstract in the entry “{shorten(entry.key)}”")
    return RawEntry(
        line=line,
        title=read_latex(title),
        abstract=read_latex(abstract),
        authors=tuple(_names(fields.get("author", ""))),
        published=_published(fields),
        url=_link(fields),
        identifier=_arxiv_id(fields),
    )


def _read_entry(text: str, macros: Mapping[str, str], *, keyed: bool, begin: int) -> _Entry:
    """Read one entry by BibTeX's count of braces, else by Zotero's."""
    found = _KEY.match(text, begin) if keyed else None
    key = found[1].strip() if found else ""
    position = found.end() if found else begin
    try:
        return _Entry(key, _read_fields(text, position, macros, braces=_BRACES[0]))
    except _BrokenEntry:
        try:
            return _Entry(key, _read_fields(text, position, macros, braces=_BRACES[1]))
        except _BrokenEntry as error:
            name = f"“{shorten(key or text, width=40)}”"
            raise _BrokenEntry(f"the entry {name} is broken {error}; {_LOOK}") from error


def _read_fields(
    text: str, position: int, macros: Mapping[str, str], *, braces: re.Pattern[str]
) -> dict[str, str]:
    fields: dict[str, str] = {}
    last = "its key"
    while not (end := _END.match(text, position)):
        field = _FIELD.match(text, position)
        if not field:
            raise _BrokenEntry(f"after {last}")
        last = f"“{shorten(field[1])}”"
        value = _read_value(text, field.end(), macros, braces=braces)
        if value is None:
            raise _BrokenEntry(f"in {last}")
        fields.setdefault(field[1].lower(), value[0])
        position = value[1]
    if _MORE.match(text, end.end()):
        raise _BrokenEntry(f"after {last}")
    return fields


def _read_value(
    text: str, position: int, macros: Mapping[str, str], *, braces: re.Pattern[str]
) -> tuple[str, int] | None:
    """Read the pieces of a value, joined by `#`; return it and where it ends, or None if it never does."""
    pieces: list[str] = []
    while True:
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


def _names(authors: str) -> Iterator[str]:
    """Part names at the word `and` outside of braces; one that stands in braces is kept as it is."""
    for name in _outside_braces(" ".join(authors.split()), _AND):
        last, *others = (read_latex(part).strip() for part in _outside_braces(name, _COMMA))
        if others:  # Last, First; or von Last, Jr, First
            yield " ".join((others[-1], last, *others[:-1]))
        elif name.strip().lower() != "others":
            yield last


def _outside_braces(text: str, separator: re.Pattern[str]) -> Iterator[str]:
    depth = start = position = 0
    for found in separator.finditer(text):
        between = text[position : found.start()]
        depth, position = depth + between.count("{") - between.count("}"), found.end()
        if depth == 0:
            yield text[start : found.start()]
            start = found.end()
    yield text[start:]


def _published(fields: Mapping[str, str]) -> str:
    told = read_date(fields.get("date", ""))
    year = read_date(fields.get("year", ""))[:4]
    month, day = (re.sub(r"\W+", " ", fields.get(name, "")).strip() for name in ("month", "day"))
    numbered = join_date(year, month, day) if month.isdigit() else read_date(f"{year} {month} {day}")
    return max(told, numbered if year else "", key=len)


def _link(fields: Mapping[str, str]) -> str:
    texts = (fields.get(name, "") for name in ("url", "ee", "howpublished"))
    plain = (_URL_ESCAPE.sub(lambda found: found[1] or "~", text) for text in texts)
    return find_link(plain, doi=fields.get("doi", "").replace("\\", ""))


def _arxiv_id(fields: Mapping[str, str]) -> str:
    """Return an arXiv id, where one is told: in `eprint`, the DOI, or as "arXiv:..." in another field."""
    archive = fields.get("archiveprefix") or fields.get("eprinttype") or "arxiv"
    eprint = fields.get("eprint", "") if archive.strip().lower() == "arxiv" else ""
    told = (fields.get(name, "") for name in ("doi", "number", "journal", "howpublished", "note"))
    named = (text for text in told if "arxiv" in text.lower())
    return next(filter(None, map(find_arxiv_id, (eprint, *named))), "")
