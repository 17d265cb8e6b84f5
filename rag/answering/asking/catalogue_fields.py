"""Names and titles in a question -> the authors that a paper must have, the words of its title. Pure.

Only where the words say that somebody wrote papers, and the name is spelled as one: "papers by Ada Owl",
"written by van der Berg". Of several names one is enough.
"""

from __future__ import annotations

import re

from rag.types import Scope

_PARTICLE = r"(?:van|von|de|der|den|la|le|da|di|del|al|bin|el|ten)"
_NAME = rf"(?-i:(?:{_PARTICLE} )*[A-Z][\w.'’-]*(?:(?: {_PARTICLE})* [A-Z][\w.'’-]*)*)"
_BY = re.compile(
    r"(?<![\w-])(?:(?:(?<=papers )|(?<=paper )|(?<=works )|(?<=work )|(?<=articles )|(?<=publications )|(?<=studies )|"
    r"(?<=surveys )|(?<=anything )|(?<=everything )|(?<=something )|(?<=one )|(?<=ones ))(?:(?:that|which) (?:were|are|was|is) )?|"
    r"(?=(?:co-?)?(?:written|authored)))"
    rf"(?:(?:co-?)?(?:written|authored) )?by (?:the )?(?:authors? |group of |lab of |team of )?(?P<names>{_NAME}(?:(?:,| and| or|, and|, or) {_NAME})*)(?: et al\.?)?"
    r"(?=\s+(?:on|about|since|from|in|that|which|with|before|after|until|between|for|of|are|is|do|does|have|has)\b|\s*[,;?.!]|\s*$)",
    re.IGNORECASE,
)
_WROTE = re.compile(
    rf"^(?:and )?(?:what|which papers?|which works?) (?:else )?(?:has|have|did|does) (?P<names>{_NAME}) (?:written|write|published|publish|authored|author)(?= on\b| about\b|\W*$)",
    re.IGNORECASE,
)
_TITLED = (
    re.compile(
        r"(?:(?:that|which) )?(?:have|has|having|with|hold|holds|containing|contain|contains|mention|mentions|mentioning|use|using) (?:the words? )?"
        r"[\"“'‘]?(?P<words>[^\"”'’,;]{1,80}?)[\"”'’]? in (?:the|their|its) titles?\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:with |whose |where )(?:a |the |their )?titles? (?:that |which )?(?:contain|hold|ha|mention|include|say|with)(?:s|ve|ing)? (?:the words? )?"
        r"[\"“'‘]?(?P<words>[^\"”'’,;?.]+?)[\"”'’]?(?=\s*[?.!,;]|\s*$)",
        re.IGNORECASE,
    ),
)
_BETWEEN = re.compile(r",? (?:and|or) |, ")


def read_authors(text: str) -> tuple[Scope, str]:
    """Return the authors that a question names, as a scope, and the question without them.

    >>> scope, rest = read_authors("papers by Ada Owl and Li Wren on graphs")
    >>> scope.authors, rest
    (('Ada Owl', 'Li Wren'), 'papers on graphs')
    >>> read_authors("papers by topic")[0].authors, read_authors("What did Ada Owl write?")[0].authors
    ((), ('Ada Owl',))
    """
    wrote = _WROTE.search(text)
    match = wrote or _BY.search(text)
    if not match:
        return Scope(), text
    before = "which papers are" if wrote else text[: match.start()].rstrip()
    rest = f"{before} {text[match.end() :].lstrip()}"
    return Scope(authors=tuple(_BETWEEN.split(match["names"].rstrip(".")))), " ".join(rest.split())


def read_titles(text: str) -> tuple[Scope, str]:
    """Return the words that a title must hold, as a scope, and the question without them.

    >>> scope, rest = read_titles('which papers have "owl" in the title?')
    >>> scope.titles, rest
    (('owl',), 'which papers ?')
    """
    match = next((found for pattern in _TITLED if (found := pattern.search(text))), None)
    if not match:
        return Scope(), text
    rest = f"{text[: match.start()].rstrip()} {text[match.end() :].lstrip()}"
    return Scope(titles=(match["words"].strip(),)), " ".join(rest.split())
