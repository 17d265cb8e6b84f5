"""Read one file: decode it, tell its format from its content, and parse it.

Bytes that are no text, or text in no known format, are not an error: the whole file is skipped
with the reason, so that the other files of the same command are still added.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rag.sources.bibtex import parse_bibtex
from rag.sources.bibtex_entries import is_bibtex
from rag.sources.daily_papers import is_daily_papers, parse_daily_papers
from rag.sources.entry import RawEntry, read_entry, sort_entries
from rag.sources.feeds import is_feed, parse_feed
from rag.sources.html_pages import is_arxiv_html, is_html
from rag.sources.ris import is_ris, parse_ris
from rag.sources.tables import is_csv, is_json_lines, parse_csv, parse_json_lines
from rag.types import Paper, Reading, Skipped


@dataclass(frozen=True, slots=True)
class SourceFormat:
    """A format that can be read: how it is recognised, and how it is parsed."""

    name: str
    recognises: Callable[[str], bool]
    parse: Callable[..., Iterator[RawEntry | Skipped]]


def _parse_arxiv_html(text: str, *, source: str) -> Iterator[RawEntry | Skipped]:
    from rag.sources.arxiv_html import parse_arxiv_html

    return parse_arxiv_html(text, source=source)


def _parse_daily_papers_html(text: str, *, source: str) -> Iterator[RawEntry | Skipped]:
    from rag.sources.daily_papers_html import parse_daily_papers_html

    return parse_daily_papers_html(text, source=source)


# In the order in which they are tried: the surest mark first.
FORMATS = (
    SourceFormat("feed", is_feed, parse_feed),
    SourceFormat("arxiv-html", is_arxiv_html, _parse_arxiv_html),
    SourceFormat("daily-papers-html", is_html, _parse_daily_papers_html),
    SourceFormat("jsonl", is_json_lines, parse_json_lines),
    SourceFormat("csv", is_csv, parse_csv),
    SourceFormat("ris", is_ris, parse_ris),
    SourceFormat("bibtex", is_bibtex, parse_bibtex),
    SourceFormat("daily-papers", is_daily_papers, parse_daily_papers),
)
FORMAT_NAMES = tuple(sorted(f.name for f in FORMATS))
_NO_PDF = "Footnote reads abstracts: save the paper's own page, or export it from a reference manager"
_BYTE_ORDER_MARKS = {
    b"\xff\xfe\0\0": "utf-32",
    b"\0\0\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
    b"\xef\xbb\xbf": "utf-8-sig",
}
_CONTROL = bytes({*range(32), 127} - {*b"\t\n\f\r"})
_IN_BINARY = 0.05  # of compressed bytes a tenth are control characters, of UTF-16 without its mark a half


def read_source(content: bytes, *, source: str, format_name: str | None = None) -> Reading:
    """Read the papers of one file.

    Args:
        content: the file's bytes. UTF-8, or UTF-16 or UTF-32 with its mark.
        source: the file's name, for messages and for `Paper.sources`.
        format_name: one of `FORMAT_NAMES`; None tells the format from the content.

    Never raises on bad content: what cannot be read is in `Reading.skipped`.

    >>> read_source(b'{"title": "T", "abstract": "A."}', source="a.jsonl").papers[0].title
    'T'
    """
    if content.startswith(b"%PDF-"):
        return _unread(source, f"a PDF; {_NO_PDF}")
    text = _decode(content)
    if text is None:
        return _unread(source, "a binary file; save the page as text or HTML")
    if not text.strip():
        return _unread(source, "the file is empty")
    chosen = next((f for f in FORMATS if _chosen(f, text, format_name)), None)
    if chosen is None:
        return _unread(source, f"no known listing format; name one with --format ({', '.join(FORMAT_NAMES)})")
    papers, skipped = sort_entries(_entries(chosen, text, source=source))
    if not papers and not skipped:
        skipped = (Skipped(source, None, f"no entries in this {chosen.name} file"),)
    return Reading(source, chosen.name, papers, skipped)


def _chosen(candidate: SourceFormat, text: str, format_name: str | None) -> bool:
    return candidate.name == format_name if format_name else candidate.recognises(text)


def _entries(chosen: SourceFormat, text: str, *, source: str) -> Iterator[Paper | Skipped]:
    for entry in chosen.parse(text, source=source):
        yield entry if isinstance(entry, Skipped) else read_entry(entry, source=source)


def _unread(source: str, reason: str) -> Reading:
    return Reading(source, "unknown", (), (Skipped(source, None, reason),))


def _decode(content: bytes) -> str | None:
    """Decode text; None for binary.

    Bytes that are not UTF-8 survive as surrogates, so that the entries which hold them can be
    named and the others kept. Zero bytes that strayed into a text, as after a crash, are left out.
    """
    encoding = next((e for mark, e in _BYTE_ORDER_MARKS.items() if content.startswith(mark)), None)
    if encoding is None and b"\0" in content and _looks_binary(content):
        return None
    is_wide = encoding in {"utf-16", "utf-32"}
    text = content.decode(encoding or "utf-8", errors="replace" if is_wide else "surrogateescape")
    return text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")


def _looks_binary(content: bytes) -> bool:
    return len(content) - len(content.translate(None, _CONTROL)) > _IN_BINARY * len(content)
