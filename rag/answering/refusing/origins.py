"""Who made a paper, and when, asked of the paper: abstracts do not say it, the catalogue may. Pure.

"Who proposed OwlNet?" asks for the authors of the paper whose own name OwlNet is; who proposed a thing that no
paper here is called by is for the abstracts to say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.retrieval.mentioned_words import name_key
from rag.types import Paper

_WHO_WROTE = re.compile(
    r"\bwho (?:wrote|authored)\b(?! (?:about|on|papers|of)\b)|\bwho (?:is|are) the authors? of\b|: who (?:is|are) (?:the|its) authors?\b",
    re.IGNORECASE,
)
_NAME_WRITTEN = re.compile(
    r"\b(?i:who (?:wrote|authored)) (?P<what>[\w-]*[A-Z][\w+-]*)\W*$"
)  # one word, spelled as a name
_MADE = r"(?:proposed|invented|introduced|made|developed|created|published|built|designed|released|presented)"
_OUT = rf"(?:{_MADE}|written|come out|came out|appear|appeared|from)"
_WHO = re.compile(
    rf"\b(?:who (?:first |originally )?(?:{_MADE}|is behind|came up with)|whose (?:work|paper|method|idea|model) (?:is|was)|"
    r"by whom (?:is|was)) (?P<what>[^?!;:]{1,200})",
    re.IGNORECASE,
)
_WHEN = re.compile(
    rf"\b(?:when|(?:(?:in|from) )?(?:which|what) year) (?:is|was|were|did|does) (?P<what>[^?!;:]{{1,200}}?) (?:first )?{_OUT}(?=\W*$)"
    r"|\bhow old is (?P<old>[^?!;:]{1,200})",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(r"\b(?:published|written|come out|came out|appear(?:ed)?)\W*$", re.IGNORECASE)
_AROUND = re.compile(
    r"^(?:the |this |that )?(?:paper|work|article|study)?\s*|\s+(?:paper|work|article|study|method|model)$",
    re.IGNORECASE,
)
_IT = re.compile(r"^(?:it|this|that)?$", re.IGNORECASE)


def told_by_catalogue(question: str, papers: Sequence[Paper]) -> str:
    """Return a line with authors or date of the paper that a question asks them of; "" if it asks for neither.

    `papers` are those that the question is about, the first one first.
    """
    if not papers:
        return ""
    if _WHO_WROTE.search(question):
        named = _NAME_WRITTEN.search(question)
        if named and not any(_is_its_name(paper, named["what"]) for paper in papers):
            return _not_here(named["what"], "who wrote one")
        return _authors(papers)
    if (who := _WHO.search(question)) and (own := _called(who["what"], question, papers)):
        return _authors([own])
    when = _WHEN.search(question)
    return _date(when, question, papers) if when else ""


def _date(when: re.Match[str], question: str, papers: Sequence[Paper]) -> str:
    what = when["what"] or when["old"]
    if own := _called(what, question, papers):
        date = f"by the catalogue it is of {own.published}" if own.published else "no file names its date"
        return f"“{own.title}” is here; {date}."
    return _not_here(_name_in(what), "when one was published") if _PUBLISHED.search(question) else ""


def _not_here(name: str, asked: str) -> str:
    return f"No paper here is called “{name}”, and abstracts do not say {asked}."


def _authors(papers: Sequence[Paper]) -> str:
    authors = dict.fromkeys(author for paper in papers for author in paper.authors)
    told = f"by the catalogue it is by {', '.join(authors)}" if authors else "no file names its authors"
    return f"“{papers[0].title}” is here; {told}."


def _called(what: str, question: str, papers: Sequence[Paper]) -> Paper | None:
    """Return the paper that is called so: by its title, by what stands before the colon, or by the short form of that."""
    name = _name_in(what)
    if _IT.match(name):
        return papers[0] if f"“{papers[0].title}”" in question else None
    return next((paper for paper in papers if _is_its_name(paper, name)), None)


def _name_in(what: str) -> str:
    return _AROUND.sub("", what.strip(" .,\"“”'"))


def _is_its_name(paper: Paper, name: str) -> bool:
    head = paper.title.partition(":")[0]
    short = re.search(rf"{re.escape(head)} \(([^()]{{2,20}})\)", paper.abstract, re.IGNORECASE)
    return name_key(name) in {name_key(paper.title), name_key(head), name_key(short[1]) if short else ""} - {
        ""
    }
