"""BibTeX as Zotero, Mendeley, JabRef, Google Scholar, the ACL Anthology and Footnote itself write it.

What the fields of an entry say of a paper, those of biblatex among them: dates, names, links, ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from rag.sources.arxiv_ids import find_arxiv_id
from rag.sources.bibliographic import find_link, join_date, read_date, tell_lack_of_abstracts
from rag.sources.bibtex_entries import BibtexEntry, BrokenEntry, read_entries
from rag.sources.entry import RawEntry, shorten
from rag.types import Skipped

_AND = re.compile(" and ", re.IGNORECASE)
_COMMA = re.compile(",")
_LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”", "~": " "}
_LIGATURE = re.compile(r"(?<!\\)(?:---?|``|''|(?<!/)~)")  # not the tilde of an address
_ESCAPED = re.compile(r"(?<!\\)\\([%&_#])")
_MACRO_OR_FORMULA = re.compile(r"[\\$]")
_URL_ESCAPE = re.compile(r"\{?\\([_%&#~$])\}?|\{\\textasciitilde\s*(?:\{\})?\}|\\textasciitilde\{\}")


def parse_bibtex(text: str, *, source: str) -> Iterator[RawEntry | Skipped]:
    """Yield the entries of a file in its order; a broken one costs itself alone."""
    entries = (_usable(entry, source=source) for entry in read_entries(text))
    return tell_lack_of_abstracts(entries, source=source)


def _read_latex(text: str) -> str:
    """Turn TeX's dashes, quotation marks, ties and escaped signs into what they print.

    What is LaTeX beyond that is left to `clean`, at 3 ms an abstract: plain braces are taken off here.
    """
    signs = _LIGATURE.sub(lambda found: _LIGATURES[found.group()], text)
    plain = _ESCAPED.sub(r"\1", signs)
    return plain if _MACRO_OR_FORMULA.search(plain) else plain.replace("{", "").replace("}", "")


def _usable(entry: BibtexEntry | BrokenEntry, *, source: str) -> RawEntry | Skipped:
    if isinstance(entry, BrokenEntry):
        return Skipped(source, entry.line, entry.reason)
    fields = entry.fields
    title, abstract = fields.get("title", ""), fields.get("abstract", "")
    if not title.strip() and not abstract.strip():
        return Skipped(source, entry.line, f"neither title nor abstract in the entry “{shorten(entry.key)}”")
    return RawEntry(
        line=entry.line,
        title=_read_latex(title),
        abstract=_read_latex(abstract),
        authors=tuple(_names(fields.get("author", ""))),
        published=_published(fields),
        url=_link(fields),
        identifier=_arxiv_id(fields),
    )


def _names(authors: str) -> Iterator[str]:
    """Part names at the word `and` outside of braces; one that stands in braces is kept as it is."""
    for name in _outside_braces(" ".join(authors.split()), _AND):
        last, *others = (_read_latex(part).strip() for part in _outside_braces(name, _COMMA))
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
