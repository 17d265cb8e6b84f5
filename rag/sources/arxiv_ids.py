"""The ids that arXiv gives: 2103.14030 since April 2007, cs/0112017 before. Pure.

Scheme: https://info.arxiv.org/help/arxiv_identifier.html. A version (v2) names no other paper, nor does the subject
class that an older id may bear: math.GT/0309136 is math/0309136. The archives of that time are a closed list, so
that no path with seven digits is taken for an id.
"""

from __future__ import annotations

import re

_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|dg-ga|"
    "funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics|plasm-ph|"
    "q-alg|q-bio|quant-ph|solv-int|supr-con"
)
_SINCE_2007 = r"\d{4}\.\d{4,5}"
_BEFORE_2007 = rf"(?:{_ARCHIVES})(?:\.[a-z]{{2}})?/(?:9[1-9]|0[0-7])(?:0[1-9]|1[0-2])\d{{3}}"
_TOLD = re.compile(
    rf"(?:arxiv[:/. ]*|papers/|abs/|pdf/|^)({_SINCE_2007}|{_BEFORE_2007})(?:v\d+)?\b",
    re.IGNORECASE | re.ASCII,
)
# An id with what may stand around it: "arXiv:", a version, the address of a page.
IN_TEXT = re.compile(
    r"(?:https?://)?(?:[\w.-]{1,40}/){0,4}"
    rf"(?:arxiv\s?[:.]?\s?|(?<![\d.])(?={_SINCE_2007})|(?<![\w.-]))"
    rf"({_SINCE_2007}|{_BEFORE_2007})(?:v\d{{1,3}})?(?:\.pdf)?(?!\d)",
    re.IGNORECASE,
)


def find_arxiv_id(text: str) -> str | None:
    """Return the arXiv id in an id or a URL, without its version.

    >>> find_arxiv_id("https://arxiv.org/abs/2103.14030v2"), find_arxiv_id("10.1000/1234.5678x")
    ('2103.14030', None)
    >>> find_arxiv_id("hep-th/9901001v2"), find_arxiv_id("https://owl.test/maths/0309136")
    ('hep-th/9901001', None)
    """
    match = _TOLD.search(text.strip())
    return bare_id(match.group(1)) if match else None


def bare_id(written: str) -> str:
    """Return an id as all ways to write it have in common.

    >>> bare_id("2103.14030"), bare_id("Math.GT/0309136")
    ('2103.14030', 'math/0309136')
    """
    archive, slash, number = written.partition("/")
    return f"{archive.partition('.')[0].lower()}/{number}" if slash else written
