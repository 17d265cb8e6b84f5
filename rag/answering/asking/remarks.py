"""What is said in passing after an answer: "with code?", "and on ImageNet?", "any more?", "why?". Pure.

Such a remark points at nothing, and says too little to be asked alone. It goes on with the last question.
"""

from __future__ import annotations

import re
from dataclasses import replace

from rag.answering.asking.asked_about import similar_alone
from rag.answering.asking.intent import read_kind
from rag.answering.asking.meant import (
    AGAIN,
    GOES_ON,
    NOTHING_BEFORE,
    FollowUp,
    asked_of,
    ids_of,
    on_set,
    set_question,
    untold,
)
from rag.answering.asking.set_commands import POLITE, joined
from rag.numbers import counted
from rag.types import Conversation, Judgement, Kind, Scope

_ADDING = rf"{POLITE}(?:(?:what|how) about|what of|and|or|but|also)\b"
_MORE = re.compile(_ADDING, re.IGNORECASE)
_BARE = re.compile(
    rf"{POLITE}(?:why(?: so \w+| not)?|how(?: so)?|really|where|when|who|since when)(?: (?:is|was) (?:that|this))?\W*$",
    re.IGNORECASE,
)
_WHAT_ABOUT = re.compile(rf"{_ADDING}[\s,]*(?:what about )?|,? instead\b", re.IGNORECASE)
# "And how long does training take?": whoever begins with "and" goes on with the paper talked of.
_AND_ASKS = re.compile(
    r"^(?:and|also) (?:how|what|which|does|do|did|is|are|where|when|who|why|on|in|with)\b(?!.*(?-i:[A-Z]))",
    re.IGNORECASE,
)
# "How many recordings?", "which data set?", right after a question about one paper.
_ELLIPTICAL = re.compile(
    r"(?:and )?(?:(?:on|in|with|at|for|under|by|from|to|of|over|after) )?(?:how (?:many|much|long|big|large|fast|often|well|old)|which|what)(?: [\w-]+){0,3}\?",
    re.IGNORECASE,
)
_COMPARED_TO = re.compile(
    r"(?:and )?(?:how \w+ly|(?:\w+(?:ed|ive|ion) )?(?:on|with|by|for|from|in|of|to|against) wh(?:at|om|ich))\?",
    re.IGNORECASE,
)
_DEFINING = re.compile(
    r"\b(?:is|are|was|were|has|have|does|do|did|can|papers?|works?)\b|(?-i:[A-Z]{2}|[a-z][A-Z])",
    re.IGNORECASE,
)
# What every paper has, so that it is the last one's: "is the code public?", "what are the limitations?", "accuracy?"
_OF_A_PAPER = re.compile(
    r"^(?:and )?(?:(?:what|which|how|is|are|was|were|where)\b(?: (?:is|are|was|were|good|big|much|the|its|main))*)? ?(?:the |its )?"
    r"(?:source code|code|limitations?|weaknesses|results?|baselines?|accuracy|runtime|loss|backbone|contributions?|conclusions?|main idea|data ?set(?: size)?|"
    r"training data|labels|hardware|hyper-?parameters|parameters|abstract|title|authors|date|year)"
    r"(?: (?:there|public|available|open|used|needed|exactly|like|released|size|called))*\s*\??$",
    re.IGNORECASE,
)
# "How many hours of recording were used?", "what dose was given?": by whom, is known. "How long was the follow-up?", "how large is the
# embedding?", "was the effect significant?": what was done is the last paper's, unless a name says of what.
_WAS_DONE = re.compile(
    r"^(?:and )?(?:how (?:many|much|long|large|big)(?: (?!(?:on|in|for|by|with)\b)[\w-]+){1,5} (?:was|were|is|are) (?:used|needed|required|recorded|collected|annotated|tested|trained|evaluated|measured|reached|reported)"
    r"|(?:what|which)(?: (?!(?:papers?|works?|studies|methods?|approaches|data ?sets?)\b)[\w-]+){1,2} (?:was|were) (?:\w+ed|given|taken|chosen|found|seen|done|made)"
    r"|(?:(?:what|how \w+) (?:was|were)|how (?:large|big|long|deep|wide|fast|small|high) (?:is|are)) the(?: [\w-]+){1,2}(?: of the [\w-]+)?"
    r"|(?:was|were) the(?: [\w-]+){2,6})\W*$",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=\s)[A-Z]|[a-z][A-Z]|\d")
_DEEPER = re.compile(
    r"^(?:please )?(?:(?:tell|give|show) (?:me|us) )?more(?: (?:details?|information|infos?|about it))(?:,? please)?\W*$|^(?:tell|give) (?:me|us) more(?:,? please)?\W*$|^details(?:,? please)?\W*$",
    re.IGNORECASE,
)
MORE_THERE = re.compile(
    r"\b(?:are|is) there (?:any |some )?more\b(?! (?:\w+ )?(?:about|on|in)\b)|\bmore than (?:these|those|them)\W*$"
    rf"|{POLITE}(?:(?:search|ask) )?(?:in |of |from )?(?:the (?:whole|entire) (?:library|collection)|all (?:the )?papers)\W*$"
    rf"|{POLITE}(?:(?:show|give|list|find|name)(?: me| us)? )?(?:some |a few |any |(?:one|two|three|four|five|ten|\d+) )?more(?: (?:of (?:them|these|those)|papers|works|results))?(?:,? please)?\W*$",
    re.IGNORECASE,
)
_KEPT_IN_LIBRARY = re.compile(
    rf"{POLITE}(?:(?:what|how) about )?(?P<what>(?:the|their) (?:authors|years|dates|data ?sets|languages|files|sources))\W*$",
    re.IGNORECASE,
)
_WITH = re.compile(
    r"(?:and |only )?(?P<what>(?:with|without|using|about|on|for|in) (?!(?:which|what|how|whose|whom)\b)[\w -]{2,40})\?\s*$",
    re.IGNORECASE,
)
# "In German?", after an answer about one paper.
_PHRASE = re.compile(
    r"(?:with|without|using|on|for|in|by|at|from|under|over) (?!(?:which|what|how|whose|whom|whether)\b)[\w -]{2,40}\?\s*$",
    re.IGNORECASE,
)
_OR = re.compile(rf"{POLITE}(?:(?:or|also|plus)\b|(?<=also )|(?<=also, ))", re.IGNORECASE)
_FIT = (Judgement.MEETS, Judgement.PARTLY)
_SHORT = 7
_SHORT_REMARK = 8


def read_remark(text: str, conversation: Conversation) -> FollowUp | None:
    """Return what a remark asks; None for what is no remark."""
    is_remark = _MORE.search(text) or (conversation.about and _PHRASE.match(text))
    remark = is_remark and _is_fragment(text)
    if not conversation.question:
        goes_on = remark or _BARE.search(text) or MORE_THERE.search(text)
        return FollowUp(text, notices=(NOTHING_BEFORE,)) if goes_on else None
    if conversation.papers and MORE_THERE.search(text):
        return ask_again(text, conversation)
    is_set = conversation.kind is Kind.LIST or not conversation.about  # of one paper too
    if conversation.papers and is_set and (going := _of_set(text, conversation)):
        return going
    return _said_of_question(text, conversation) if remark or _BARE.search(text) else None


def ask_again(text: str, conversation: Conversation) -> FollowUp:
    """Ask the last question of the whole library; where all that fit were listed, say that there are no more."""
    papers = conversation.papers
    if papers and all(one.verdict in _FIT for one in papers) and not (conversation.cut or conversation.wider):
        line = f"No more: the {counted(len(papers), 'paper')} of the last answer are all that seem to fit. Ask in other words, or for papers like one of them."
        return untold(text, line)
    if asked := set_question(conversation):
        return FollowUp(asked, kind=Kind.LIST, notices=(AGAIN,))
    return FollowUp(conversation.question, kind=conversation.kind, notices=(AGAIN,))


def asks_on(text: str, conversation: Conversation) -> bool:
    """Tell whether a question goes on with the papers last asked about: "how many recordings?", "and how does it train?"."""
    elliptical = _COMPARED_TO.fullmatch(text) or (_ELLIPTICAL.fullmatch(text) and not _DEFINING.search(text))
    if elliptical or len(conversation.about) != 1:
        return bool(conversation.about and elliptical)
    if _OF_A_PAPER.match(text) or _DEEPER.match(text) or _is_of_last(text) or similar_alone(text):
        return True
    return bool(
        _AND_ASKS.search(text) and len(text.split()) <= _SHORT_REMARK and read_kind(text) is not Kind.LIST
    )


def _is_of_last(text: str) -> bool:
    return bool(_WAS_DONE.match(text)) and not _NAME.search(text)


def _said_of_question(text: str, conversation: Conversation) -> FollowUp:
    """Join a remark to the last question: "and on ImageNet?", "why?"."""
    added = _WHAT_ABOUT.sub("", text)
    if (asked := set_question(conversation)) and not conversation.about and not _BARE.search(text):
        return _also_asked(asked, added, conversation, either=bool(_OR.match(text)))
    sought = f"{conversation.question.rstrip('?. ')}: {added}"
    kind = read_kind(text) if _BARE.search(text) else conversation.kind
    if not conversation.about:
        return FollowUp(sought, kind=kind, notices=(GOES_ON,))
    notice = asked_of(len(conversation.about))
    return FollowUp(sought, scope=Scope(ids=conversation.about), kind=kind, notices=(notice,))


def _also_asked(asked: str, added: str, conversation: Conversation, *, either: bool) -> FollowUp:
    """Ask a set question with something more in it: "and for video?", "or songs?"; of a set that was narrowed down, its papers."""
    what = joined(added.strip(" ?.!"))
    if conversation.wider and not either:
        return on_set(f"papers {what}", ids_of(conversation.papers), conversation)
    clause = re.sub(r"^on ", "about ", what, flags=re.IGNORECASE)
    text = f"{asked.rstrip('?. ')} {'or' if either else 'and'} {clause}"
    return FollowUp(text, kind=Kind.LIST, notices=(GOES_ON,))


def _of_set(text: str, conversation: Conversation) -> FollowUp | None:
    """Read what is said in passing of a set: "with code?", "and the authors?"."""
    ids = ids_of(conversation.papers)
    if match := _KEPT_IN_LIBRARY.match(text):
        return replace(on_set(f"{match['what']} of these papers", ids, conversation), kind=Kind.CORPUS)
    if conversation.kind in {Kind.LIST, Kind.CORPUS} and (match := _WITH.match(text)):
        return on_set(f"papers {match['what']}", ids, conversation)
    return None


def _is_fragment(text: str) -> bool:
    """Tell a remark from a question: "and on ImageNet?" says too little to be searched for alone; "and papers on audio?" does not."""
    return len(text.split()) <= _SHORT and not re.search(
        r"\b(?:papers?|works|studies|is|are|was|were|does|do|did|has|have|can|use[sd]?|need|release|compare|differ|explain|wrote|"
        r"show|much|many|data ?sets?|trick|train\w*)\b",
        text,
        re.IGNORECASE,
    )
