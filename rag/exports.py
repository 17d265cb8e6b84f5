"""Papers of an answer as files for other programs: BibTeX, RIS, CSV; Markdown to read is `rag.markdown`'s. Pure.

Titles, names and abstracts are foreign text: each format's own marks in them are escaped, so that a
title cannot end its field, or start a formula in a spreadsheet.

BibTeX: Patashnik, BibTeXing (1988), section 3. RIS: the tags of the Research Information Systems
format. CSV: RFC 4180.
"""

from __future__ import annotations

import csv
import functools
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from enum import StrEnum

from pylatexenc.latexencode import RULE_DICT, UnicodeToLatexConversionRule, UnicodeToLatexEncoder

from rag.contracts import answer_text
from rag.markdown import write_markdown
from rag.set_columns import Column, quote_columns, theme_column, verdict_columns
from rag.sources.arxiv_ids import find_arxiv_id
from rag.sources.bibliographic import MONTHS
from rag.sources.cleaning import clean
from rag.types import Answer, Paper, Sentence, Source


class Format(StrEnum):
    """A format that the sources of an answer can be written in."""

    CSV = "csv"
    BIBTEX = "bibtex"
    RIS = "ris"
    MARKDOWN = "markdown"

    @property
    def suffix(self) -> str:
        """The ending of a file's name, without the dot."""
        return {"bibtex": "bib", "markdown": "md"}.get(self.value, self.value)

    @property
    def media_type(self) -> str:
        """The type as HTTP names it."""
        return {
            "csv": "text/csv",
            "bibtex": "application/x-bibtex",
            "ris": "application/x-research-info-systems",
            "markdown": "text/markdown",
        }[self.value]


_COLUMNS = ("number", "id", "title", "authors", "published", "url", "verdict", "quotes")
# BibTeX counts braces even after a backslash, so that an odd one would swallow the rest of the file.
_BRACES = UnicodeToLatexConversionRule(RULE_DICT, {ord("{"): r"\textbraceleft", ord("}"): r"\textbraceright"})
_LATEX = UnicodeToLatexEncoder(
    conversion_rules=[_BRACES, "defaults"], unknown_char_policy="keep", unknown_char_warning=False
)
_LIGATURE = re.compile(r"([-`'])(?=\1)")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export(answer: Answer, wanted: Format) -> str:
    """Write the sources of an answer, or the whole answer as Markdown, in the format `wanted`."""
    papers = [source.paper for source in answer.sources]
    match wanted:
        case Format.CSV:
            columns = (*theme_column(answer), *verdict_columns(answer), *quote_columns(answer))
            return write_csv(answer.sources, columns)
        case Format.BIBTEX:
            return write_bibtex(papers)
        case Format.RIS:
            return write_ris(papers)
        case Format.MARKDOWN:
            return write_markdown(answer)


def write_csv(sources: Iterable[Source], more: Sequence[Column] = ()) -> str:
    r"""One line a paper, with a header. Lists are joined with `; `, quotes with ` … `.

    `more` columns stand last. A cell that a spreadsheet would run as a formula is preceded by an apostrophe.

    >>> write_csv([])
    'number,id,title,authors,published,url,verdict,quotes\r\n'
    """
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(_cell(heading) for heading in (*_COLUMNS, *(column.heading for column in more)))
    for source in sources:
        paper = source.paper
        cells = (
            *(str(source.number), paper.id, paper.title, "; ".join(paper.authors)),
            *(paper.published or "", paper.url or "", source.verdict.value if source.verdict else ""),
            " … ".join(evidence.quote for evidence in source.evidence),
            *(column.cells.get(paper.id, "") for column in more),
        )
        writer.writerow(map(_cell, cells))
    return lines.getvalue()


def write_bibtex(papers: Sequence[Paper]) -> str:
    """One entry a paper; the keys differ within the file."""
    keys = _keys(papers)
    return "\n".join(_bibtex(paper, key) for paper, key in zip(papers, keys, strict=True))


def write_ris(papers: Iterable[Paper]) -> str:
    """One record a paper, from `TY` to `ER`, with line ends as the format asks for."""
    return "".join(
        f"{tag}  - {' '.join(value.split())}\r\n" if value else f"{tag}  - \r\n"
        for paper in papers
        for tag, value in _ris(paper)
    )


def plain_text(answer: Answer, *, footnotes: bool) -> str:
    """The answer as text to paste: with its numbers and the papers behind them, or the words alone."""
    if not footnotes:
        return " ".join(sentence.text for sentence in answer.sentences)
    sources = [
        f"[{s.number}] {s.paper.title}" + "".join(f", {d}" for d in (s.paper.published, s.paper.url) if d)
        for s in answer.sources
    ]
    return "\n".join([answer_text(answer), "", *sources])


def cited_by(answer: Answer, number: int) -> tuple[tuple[int, Sentence], ...]:
    """The sentences that cite a source, each with its place in the answer from 1."""
    return tuple(
        (place, sentence)
        for place, sentence in enumerate(answer.sentences, start=1)
        if any(citation.number == number for citation in sentence.citations)
    )


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _bibtex(paper: Paper, key: str) -> str:
    arxiv = find_arxiv_id(paper.id)
    year, month = _year_and_month(paper)
    fields = {
        "title": f"{{{_latex(paper.title)}}}",  # the inner braces keep its capitals
        "author": " and ".join(_bibtex_name(name) for name in paper.authors),
        "year": year,
        "day": (paper.published or "")[8:10].lstrip("0"),
        "eprint": arxiv or "",
        "archiveprefix": "arXiv" if arxiv else "",
        "url": re.sub(r"[{}\\\s]", "", paper.url or ""),
        "abstract": _latex(paper.abstract),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    # A macro, which each style writes its way.
    lines += [f"  month = {MONTHS[month - 1]},\n"] if month else []
    return f"@misc{{{key},\n{''.join(lines)}}}\n"


def _bibtex_name(name: str) -> str:
    """A name with the word `and` in it, or a comma, is kept whole in braces."""
    written = _latex(name)
    return f"{{{written}}}" if re.search(r"\band\b|,|^others$", name, re.IGNORECASE) else written


def _latex(text: str) -> str:
    """A macro for each character that has one; what TeX would join, as in `--`, is held apart."""
    written = "".join(map(_macro, " ".join(text.split())))
    return _LIGATURE.sub(r"\1{}", written)


@functools.lru_cache(maxsize=4_096)
def _macro(char: str) -> str:
    """The macro for a character, if it reads as that character again; else the character.

    The encoder writes a Greek Alpha as the letter A, and an apostrophe as it writes a prime.
    """
    written = str(_LATEX.unicode_to_latex(char))
    if "\\" not in written:
        return char
    return written if char.isascii() or clean(f"x{written}x") == f"x{char}x" else char


def _keys(papers: Iterable[Paper]) -> list[str]:
    """Keys such as `vaswani2017attention`, or the id; a letter tells equal ones apart."""
    taken: dict[str, int] = {}
    keys = []
    for paper in papers:
        key = _key(paper)
        taken[key] = taken.get(key, 0) + 1
        keys.append(key if taken[key] == 1 else f"{key}-{taken[key]}")
    return keys


def _key(paper: Paper) -> str:
    surname = _ascii(paper.authors[0].split()[-1]) if paper.authors and paper.authors[0].split() else ""
    year, _ = _year_and_month(paper)
    words = [word for word in map(_ascii, paper.title.split()) if len(word) > 3]  # noqa: PLR2004  # "the", "of"
    parts = (surname, year, words[0] if words else "")
    return "".join(parts) if surname and any(parts[1:]) else _ascii(paper.id, keep="-.") or "paper"


def _ascii(text: str, *, keep: str = "") -> str:
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(rf"[^a-z0-9{re.escape(keep)}]", "", folded)


def _ris(paper: Paper) -> Iterable[tuple[str, str]]:
    arxiv = find_arxiv_id(paper.id)
    yield "TY", "UNPB" if arxiv else "GEN"
    yield "ID", paper.id
    yield "TI", paper.title
    yield from (("AU", name.replace(",", ",,", 1)) for name in paper.authors)  # not "Last, First"
    if paper.published:
        yield "PY", paper.published[:4]
        yield "DA", paper.published.replace("-", "/")
    if paper.url:
        yield "UR", paper.url
    if arxiv:
        yield "M1", f"arXiv:{arxiv}"
    yield "AB", paper.abstract
    yield "ER", ""


def _year_and_month(paper: Paper) -> tuple[str, int]:
    year, _, rest = (paper.published or "").partition("-")
    month = int(rest[:2]) if rest[:2].isdigit() else 0
    return year, month if 1 <= month <= len(MONTHS) else 0
