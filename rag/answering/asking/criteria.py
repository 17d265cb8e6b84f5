"""A set question -> what a paper must meet, told from its syntax. Pure.

In order: dates, authors and titles go into the scope, exclusions are cut off ("but not ..."), the words that only ask for papers
go, clauses are split ("use transformers and need no labels"), and coordinated phrases within a clause. What
a paper lacks ("without labels") is a property, to be looked for like any other; what the reader rules out
("but not surveys") is negated. A question that the rules cannot split is one criterion.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from rag.answering.asking.catalogue_fields import read_authors, read_titles
from rag.answering.asking.clauses import split_clauses
from rag.answering.asking.coordination import hide_whole, show_whole, split_members
from rag.answering.asking.exclusions import cut_exclusions, read_needless
from rag.answering.asking.heads import ABOUT, cut_head, plain_words
from rag.answering.asking.intent import asking_part
from rag.answering.asking.mentions import content_words
from rag.answering.asking.periods import read_period
from rag.answering.asking.sorts import split_sort
from rag.types import WHOLE_LIBRARY, Criteria, Criterion, Scope

MOST_CRITERIA = 4
_TELLING = 3
# "Which surveys are there?", "the old ones, which are existing"
_ONLY_DATED = re.compile(
    r",? (?:but )?(?:only|just)$| (?:(?:that|which) )?(?:came out|appeared|(?:were |was )?(?:published|released))$",
    re.IGNORECASE,
)
_RULED_OUT = re.compile(r"(?:please )?(?:leave out|i do(?: not|n't) want|no|not) [^.?!]+", re.IGNORECASE)
_WANTED = re.compile(r"\b(?:papers?|works|studies|articles|looking for|look for|interested)\b", re.IGNORECASE)
_IDEAS = re.compile(r"\b(?:ideas?|suggestions?|help\w*|tips|pointers|out|fits?)\b", re.IGNORECASE)
_POINTS_BACK = re.compile(r"\b(?:that|this|it|them|so|the two|both)$", re.IGNORECASE)
_EMPTY = re.compile(r"(?:there|here|existing|exists?|available|known|around)", re.IGNORECASE)
# What may stand between a sort and its topic: data sets that exist for it, benchmarks that test it.
_OF_SORT = re.compile(
    rf"^(?:(?:there|exist(?:s|ing)?|available|(?:(?:have been|were) )?(?:proposed|introduced|released|published|collected|built|created)) {ABOUT}|(?:that |which |to )?(?:test|measure|evaluate|assess|compare|cover|contain|probe|check)(?:s|ing)?) ",
    re.IGNORECASE,
)
# "I am writing a survey on owls, what do you have?" asks for papers on owls, not for surveys.
_PURPOSE = re.compile(
    r"^(?:hi,? |hello,? )?(?:i'?m|i am|we are|we're) (?:writing|preparing|working on|doing|planning) (?:a|an|my|our|the) (?:[\w-]+ )?"
    r"(?:survey|review|paper|thesis|related[- ]work|section|talk|report|lecture|proposal)(?: section)? (?:on|about|of) (?P<topic>[^,.;?!]+)(?P<rest>[,.;?!].*)?$",
    re.IGNORECASE,
)
_PLEASE = re.compile(r"(?:,? (?:please|pls|thanks|thank you|then|instead))+\W*$", re.IGNORECASE)
# "Without maps or drums": without either.
_NEITHER = re.compile(r"\b(?:without|no|free of|lacking) .* or ", re.IGNORECASE)


def read_criteria(text: str, *, today: date) -> Criteria:
    """Return what a set question asks of a paper: one to four criteria, or none if it names nothing.

    >>> read_criteria("which papers combine local and global features?", today=date(2026, 1, 1)).clauses
    ((Criterion(text='combine local features', negated=False),), (Criterion(text='combine global features', negated=False),))
    """
    asked = _asked(_PURPOSE.sub(_on_topic, plain_words(_PLEASE.sub("", text))))
    titled, untitled = read_titles(read_needless(asked))
    written, anonymous = read_authors(untitled)
    dated, undated = read_period(anonymous, today=today)
    scope = replace(dated, authors=written.authors, titles=titled.titles)
    asked_for = undated.strip(" ?.!")
    positive, excluded = cut_exclusions(
        _ONLY_DATED.sub("", asked_for) if dated != WHOLE_LIBRARY else asked_for
    )
    wanted = list(_wanted(positive))
    negated = [(Criterion(what, negated=True),) for what in excluded]
    if sum(map(len, wanted)) + len(negated) > MOST_CRITERIA:
        whole = show_whole(" ".join(cut_head(positive))).strip(" ,;.")
        wanted = [(Criterion(whole),)] if whole else []
    criteria = build_criteria(dict.fromkeys([*wanted, *negated[: MOST_CRITERIA - 1]]), scope=scope)
    is_cut = negated or scope != WHOLE_LIBRARY
    return replace(criteria, wanted=show_whole(positive).strip(" ,;.") if wanted and is_cut else "")


def build_criteria(clauses: Iterable[tuple[Criterion, ...]], *, scope: Scope = WHOLE_LIBRARY) -> Criteria:
    """Return clauses as criteria, with what is odd about them said."""
    listed = list(clauses)
    contradictory = _contradict(listed)
    return Criteria(
        tuple(listed), scope, contradictory, tuple(_notices(listed, scope, contradictory=contradictory))
    )


def _asked(text: str) -> str:
    """The sentence that asks, and behind it those that rule something out."""
    asking = asking_part(text).rstrip("?. ")
    behind = text[text.find(asking) + len(asking) :]
    body = cut_head(asking)[1]
    goes_on = len(body.split()) < _TELLING and _WANTED.search(_RULED_OUT.sub(" ", behind))
    # "What is there?", "who tries to mend that?" at the end of a story
    if goes_on or not content_words(_IDEAS.sub(" ", body)) or _POINTS_BACK.search(asking):
        return text
    return ", ".join([asking, *_RULED_OUT.findall(behind)])


def _on_topic(purpose: re.Match[str]) -> str:
    return ", ".join([f"papers on {purpose['topic']}", *_RULED_OUT.findall(purpose["rest"] or "")])


def _wanted(text: str) -> Iterator[tuple[Criterion, ...]]:
    kind, body = cut_head(text)
    if not kind and (found := split_sort(show_whole(body))):
        kind, body = found[0], hide_whole(found[1])
    if kind:
        yield tuple(
            map(Criterion, re.split(r" (?:or|and) ", kind))
        )  # "surveys and benchmarks": either will do
        body = _OF_SORT.sub("", body)
    for clause in split_clauses(body):
        connective, members = split_members(clause)
        texts = [show_whole(member).strip(" ,;.") for member in members]
        criteria = tuple(Criterion(member) for member in texts if member and not _EMPTY.fullmatch(member))
        if connective == "or" and criteria and not _NEITHER.search(clause):
            yield criteria
        else:
            yield from ((criterion,) for criterion in criteria)


def _contradict(clauses: list[tuple[Criterion, ...]]) -> bool:
    wanted = {_key(clause[0].text) for clause in clauses if len(clause) == 1 and not clause[0].negated}
    return any(
        _key(c.text) in wanted or f"use {_key(c.text)}" in wanted
        for clause in clauses
        for c in clause
        if c.negated
    )


def _key(text: str) -> str:
    return " ".join(re.sub(r"^us(?:es|ing)\b", "use", text.lower()).split())


def _notices(clauses: list[tuple[Criterion, ...]], scope: Scope, *, contradictory: bool) -> Iterator[str]:
    if not clauses and scope == WHOLE_LIBRARY:
        yield "The question names nothing that a paper must meet: every paper in scope fits."
    elif contradictory:
        yield "The question asks for something and rules it out: no paper can meet both."
    elif clauses and all(criterion.negated for clause in clauses for criterion in clause):
        yield "The question only rules something out: every other paper in scope fits."
