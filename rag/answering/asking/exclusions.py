"""What a set question rules out, cut off from what it asks for. Pure.

To deny can mean two things. What a paper does not need is what papers say of themselves ("we need no labels"): a
property to look for, written as "without labels". What a paper does not use, cover or mention is said by none: it is
ruled out like "but not surveys", and the papers that have it are told instead.
"""

from __future__ import annotations

import re

from rag.answering.asking.coordination import begins_with_verb, hide_whole, show_whole, split_members
from rag.answering.asking.heads import ABOUT, SORTS, cut_head

_DENIED = r"(?:(?:do|does|did)(?: not|n't)|never)"
_AUXILIARY = r"(?:(?:are|is|do|does|did|was|were|have|has|can)(?: not|n't)|cannot|never)"
_NEEDLESS = re.compile(
    rf"\b(?:(?:(?:that|which|who) )?{_DENIED}|not(?= \w+ing\b))(?: really| even| have to)? "
    r"(?:need|requir|rely|depend)(?:e|ing)?(?: on)?(?: the use of)?(?: any| some)? (?!to\b|not\b)(?=\w)"
    r"|\b(?:with|(?:that|which|who) (?:needs?|requires?|(?:rely|relies|depends?) on)|(?:needing|requiring|(?:relying|depending) on)) no "
    r"(?!(?:more|less|fewer|longer)\b)(?=\w)",
    re.IGNORECASE,
)
_USES = (
    r"(?:use|employ|apply|utili[sz]e|rely on|make use of|involve|include|cover|consider|deal with|focus on|address|treat|"
    r"study|work (?:with|on)|(?:talk|speak) about|mention|contain|name)"
)
_USING = (
    r"(?:using|employing|applying|utili[sz]ing|relying on|making use of|involving|including|covering|considering|"
    r"dealing with|focus(?:s)?ing on|addressing|treating|studying|working (?:with|on)|mentioning|containing|naming)"
)
# Behind these stands what is ruled out. "Mention" stays with it: whether a paper holds a word is looked up.
_KEPT = r"(?:mention|contain|name)"
_OPENS = (
    rf"(?:but|and|,) (?:(?:that|which|who) )?{_AUXILIARY}",
    r"(?:that|which) (?:(?:are|is) not|aren't|isn't)(?= (?:about|on|surveys)\b)",
    rf"(?:(?:that|which|who) )?{_DENIED}(?= {_USES}\b)",
    rf"(?:(?:that|which) (?:are|is) )?not(?= {_USING}\b)",
    r"(?:(?:that|which|who) )?us(?:e|es|ing) no(?! (?:longer|more|less|fewer)\b)",
    r"(?<=, )not|(?:but|and) not|not(?= surveys)|but not|; not|, not|neither|nor",
    rf"(?:but )?no(?= {SORTS})|but no(?! (?:longer|more|less|fewer)\b)",
    r"without(?= (?:(?:the|any) )?(?!(?:any|the|more|new|large)\b)(?:[\w-]+ ){1,2}ones\b| (?:the ones|those|(?:the )?(?:papers|works))\b)",
    r"excluding|except(?:ing)?(?: for)?|leave out|leaving out|other than|rather than|instead of|apart from|aside from|i do(?: not|n't) want",
)
_EXCLUDING = re.compile(
    rf"[\s,;.(–-]{{1,6}}(?:please |but |and |or ){{0,4}}(?:{'|'.join(_OPENS)})\b"
    rf"(?: (?:{ABOUT}|those|ones|based on|any|the|(?!{_KEPT}){_USES}|(?!{_KEPT}){_USING}|that (?:use|are about))\b)*",
    re.IGNORECASE,
)
_OPENS_EXCLUDING = re.compile(
    rf"^(?:{_AUXILIARY}|not|neither|excluding|except)\b\s*(?:{ABOUT}\b\s*)?", re.IGNORECASE
)
# "Rather than colours, and with no labels", "not maps but drums": what stands behind is wanted again.
_WANTED_AGAIN = re.compile(
    r",? but (?!(?:not|no|also|only)\b)|, and (?=(?:with|that|which)\b)|,? and (?=without\b)", re.IGNORECASE
)
# "Not only inspired by brains", "instead of photos only": more is asked for, nothing is ruled out.
_ONLY = re.compile(r"(?:only|just|merely|simply|solely)\b.*|.* only$", re.IGNORECASE)
_USE_ALONE = re.compile(r"(?:us|rely|need|requir)(?:e|es|ing|s)?|", re.IGNORECASE)
_ENDS = " ,;."
_ONES = re.compile(r"(?<=\w) ones$", re.IGNORECASE)


def read_needless(text: str) -> str:
    """Return a question with "without" in the place of "that do not need" and its like.

    >>> read_needless("papers that do not rely on labels"), read_needless("papers that do not use labels")
    ('papers without labels', 'papers that do not use labels')
    """
    return _NEEDLESS.sub("without ", text)


def cut_exclusions(text: str) -> tuple[str, list[str]]:
    """Return a question without what it rules out, and the single things that it rules out.

    >>> cut_exclusions("papers on owls that do not use maps or drums")
    ('papers on owls', ['maps', 'drums'])
    >>> cut_exclusions("owls, but not surveys"), cut_exclusions("owls, not only at night")
    (('owls', ['surveys']), ('owls', []))
    """
    hidden = hide_whole(text)
    sort, body = cut_head(hidden)
    if opening := _OPENS_EXCLUDING.match(body):
        wanted, cut = sort, _EXCLUDING.split(body[opening.end() :])
    else:
        wanted, *cut = _EXCLUDING.split(hidden)
    excluded = [part for part in cut if part.strip(_ENDS) and not _ONLY.match(part.strip(_ENDS))]
    sort, body = cut_head(wanted)
    if excluded and _USE_ALONE.fullmatch(body):
        wanted = sort  # "using neither labels nor captions"
    parts = [_WANTED_AGAIN.split(part, maxsplit=1) for part in excluded]
    again = (f"that {rest}" if begins_with_verb(rest) else rest for _, *behind in parts for rest in behind)
    return ", ".join(filter(None, [wanted, *again])), [what for part, *_ in parts for what in _members(part)]


def _members(part: str) -> list[str]:
    _, members = split_members(re.sub(r"^(?:nor|or|and)\s+", "", part.strip(_ENDS)))
    things = (_ONES.sub("", show_whole(member).strip(" ,;.)")) for member in members)
    return [what for what in things if what]
