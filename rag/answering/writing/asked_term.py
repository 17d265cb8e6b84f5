"""Which term does a question want explained? "What is hubness?", "define hubness", "what does it mean?" Pure."""

from __future__ import annotations

import re

from rag.answering.comparing.asked_aspect import asked_aspect
from rag.library.lexical import STOP_WORDS
from rag.retrieval.evidence import asks_figure
from rag.types import Kind

# "The role of labels" and "how it works" are no terms: they ask for what is said of one.
_NEVER_TERMS = re.compile(
    r"(?:difference|relation|relationship|connection|link|paper|work|study|authors?|answer|results?|it|that|this|these|they|there|new|best|better"
    r"|how|why|when|where|which|who|whether|what|if|behind|of|in|for|with|on|about|problem|goal|aim|role|effect|impact|use|reason|cause"
    r"|(?:dis)?advantage|benefit|drawback|limit|code|accuracy|performance|score|size|number|cost|purpose|point|trick|key|name|title"
    r"|evidence|state|topic|main|biggest|most)s?(?![\w-])"
    r"|.*\b(?:between|among|than|papers?|(?:the|this|that|these|its|their|each) \w+|said|known|used|trained|done|made|needed)\b",
    re.IGNORECASE,
)
_BEFORE = r"(?:(?:so|and|but|then|please|can you|could you|tell me|do you know|i want to know|i would like to know)[ ,]+)*"
_NOTION = r"(?:(?:the|an?) )?(?:(?:term|notion|concept|idea|word|phrase|meaning|definition) (?:of )?)?(?:(?:the|an?) )?"
_TERM = r"(?P<term>[^,;:?()]+?)"
_ASKED = tuple(
    re.compile(rf"{_BEFORE}{form}[ .?!]*", re.IGNORECASE)
    for form in (
        rf"what(?:'s|’s| is| are)(?: meant by| understood by)? {_NOTION}{_TERM}",
        rf"what do(?:es)? {_NOTION}{_TERM} (?:mean|refer to|denote|describe)",
        rf"what {_NOTION}{_TERM} (?:is|are|means?|refers? to)",
        rf"(?:define|explain|describe)(?: to me| briefly)? (?:what )?{_NOTION}{_TERM}(?: (?:is|are|means?))?",
        rf"(?:the )?(?:definition|meaning) of {_NOTION}{_TERM}",
        rf"how (?:is|are) {_NOTION}{_TERM} defined",
    )
)
_BESIDE_IT = re.compile(
    r" (?:(?:in|within|for|by|with|from|on|at|about|as|when|here|exactly|actually|really|again|anyway)\b.*|to (?:me|us|a|an|the)\b.*)$"
)
_QUOTES = " \"'“”‘’"
_MOST_WORDS = 6


def asked_term(text: str, kind: Kind) -> str:
    """Return the term whose meaning a question asks for, "" if it asks for anything else.

    >>> asked_term("What is meant by late interaction?", Kind.FACT)
    'late interaction'
    >>> asked_term("What is the difference between them?", Kind.FACT)
    ''
    """
    if kind not in {Kind.FACT, Kind.EXPLAIN} or asks_figure(text):
        return ""
    plain = " ".join(text.split()).strip(" ?.!")
    for form in _ASKED:
        if match := form.fullmatch(plain):
            term = _BESIDE_IT.sub("", match["term"]).strip(_QUOTES)
            asked = asked_aspect(plain)
            other = asked and match["term"].strip(_QUOTES).lower() not in asked.of.lower()
            return term if _is_term(term) and not other else ""
    return ""


def _is_term(term: str) -> bool:
    words = re.findall(r"\w+", term.lower())
    return 0 < len(words) <= _MOST_WORDS and not STOP_WORDS.issuperset(words) and not _NEVER_TERMS.match(term)
