"""Requests that name what they are about: a summary of it, papers like it, what the papers say of it. Pure.

"Summarise SlotNet" is answered from the paper itself, so the word that asks must not be searched for;
"papers like SlotNet" by what stands near the paper, not near its name.
"""

from __future__ import annotations

import re

from rag.answering.asking.asking_words import MAY_YOU, PAPERS

_PLEASE = (
    rf"^(?:(?:please|kindly|and|now|{MAY_YOU}|give(?: me| us)?|write(?: me)?|show(?: me)?|find(?: me)?|"
    r"i (?:need|want|would like)(?: to (?:have|get|see|read))?|i am looking for|i'm looking for|are there|is there|"
    r"what(?: is|'s| are)?|which|any|some|other|more|all|the|an?)\s+)*"
)
_BRIEF = r"(?:(?:short|brief|quick|one-paragraph|concise) )*"
_SUMMARY = re.compile(
    rf"{_PLEASE}{_BRIEF}(?:summari[sz]e|sum up|tl;?dr(?: of| for|:)?|(?:summary|gist|synopsis|recap) (?:of|for|on)|overview of(?= (?-i:[\"“„]|[\w-]*[A-Z][\w-]*$))"
    r"|tell (?:me|us) (?:more |something )?about|describe(?! the\b))\s+(?P<what>.+)$",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"^(?:and |[^:]{1,80}: )?what(?: is|'s) (?P<what>.+) about$", re.IGNORECASE)
# Of a paper that was pointed at: "more on the second"; of a topic it asks for papers.
_MORE_ON = re.compile(
    r"^(?:and |please )*(?:(?:tell|give|show) (?:me|us) )?(?:more (?:on|about) .+|more (?:details?|information|infos?)\b.*|details\b.*)$|^(?:tell|give) (?:me|us) more\b.*$",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\b(?:papers|works|studies|articles|literature|research|findings|approaches|methods|everything|all|what|how|library|collection|corpus|database|"
    r"these|those|them|work on)\b",
    re.IGNORECASE,
)
# "Give me an overview of owls" asks for what there is on owls; "is there an overview of owls?" for a survey.
_OVERVIEW = re.compile(
    rf"^(?:(?:please|kindly|and|now|ok|{MAY_YOU}|i|we|help me(?: to)?) )*(?:give|write|make|provide|show|draft|prepare|create|compile|compose|get|need|want|would like|'d like)"
    rf"(?: (?:me|us|up))?(?: (?:an?|the|my|some))? {_BRIEF}(?:(?:overview|introduction(?= (?:to|into)\b)|literature (?:review|overview|survey|study)|(?:state of the art|background)(?: section| part)?|"
    r"related[- ]works?(?: section| part| paragraph| chapter)?)) (?:of|on|about|to|into|for|over|in) (?P<what>\S.{1,200})$"
    rf"|{_PLEASE}{_BRIEF}(?:summari[sz]e|sum up|summary of)(?: me)? (?P<papers>(?:all )?(?:the |my )?(?:papers|literature|works|research|studies|articles|findings) (?:on|about) \S.{{1,200}}|\S.{{1,100}} (?:papers|literature))$",
    re.IGNORECASE,
)
_THE_PAPERS = re.compile(
    r"^(?:all )?(?:the |my )*(?:recent |existing |current )?(?:papers|literature|works|research|studies|articles|findings|work|field|area|topic) (?:on|about|of) |^(?:all )?(?:the |my )+|\s(?:papers|literature|works|research|studies|articles)$",
    re.IGNORECASE,
)
_ONE_NAME = re.compile(r"[\"“„][^\"“”„]+[\"”“]|(?=\S*[A-Z])\S*[A-Z0-9a-rt-z]")
_POINTS = re.compile(
    r"\b(?:these|those|them|it|this|that|library|collection|corpus|first|second|third|last)\b", re.IGNORECASE
)
_TELL = re.compile(
    rf"^(?:(?:please|kindly|and|now|{MAY_YOU}|i|we|you) )*(?:(?:tell|show|give) (?:me|us)|(?:want|would like|'d like|need) to know|(?:do you )?know) (?=\w+ \w+ \w)",
    re.IGNORECASE,
)
_FOR_WHOM = re.compile(
    r",? (?:(?:to|for) (?:an? |the )?(?:beginners?|lay ?(?:man|person|people)|child(?:ren)?|newcomers?|students?|non-experts?)|like (?:i'?m|i am) five|"
    r"in (?:simple|plain|easy|a few|your own) (?:words|terms|english)|in (?:one|two|a few) sentences?|briefly|in short)(?=\W*$)",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"^(?:and |so )?what (?:do|does|did|have|has) (?:(?:the|my|these|those|this|our|your|all) )*(?:papers|abstracts|library|collection|corpus|"
    r"literature|authors|researchers|studies|works) (?:say|tell|report|find|found|think|conclude|know|claim|argue|write)(?: us)? "
    r"(?:about|on|of|regarding) (?P<what>.+)$",
    re.IGNORECASE,
)
_PAPERS = r"(?:(?:the|my|any|all|some|different|two|of) )*(?:papers|works|studies|abstracts|articles|authors|researchers)"
_EACH_OTHER = r"(?:(?:with )?(?:each other|one another|themselves) )?"
_ON = r"(?:on|about|over|regarding|concerning|as to|in)"
_CLASH = r"(?:disagree|contradict|conflict|clash|differ in opinion)"
_ON_WHAT = rf"{_EACH_OTHER}(?:{_ON} )+(?P<what>.+)"
_DISPUTES = tuple(
    re.compile(rf"^(?:and |so |but )?{pattern}$", re.IGNORECASE)
    for pattern in (
        rf"(?:do|does|did) {_PAPERS} (?:really |all |actually )?(?:agree|{_CLASH}) {_EACH_OTHER}(?:(?:{_ON}|that) )*(?P<what>(?!(?:with|to)\b).+)",
        rf"(?:where|how|on what|in what|what) (?:do|did) {_PAPERS} (?:agree|{_CLASH}) {_ON_WHAT}",
        rf"(?:on|in) what do {_PAPERS} (?:on|about) (?P<what>.+) (?:agree|{_CLASH})",
        rf"{_PLEASE}{_PAPERS} (?:that |which |who )?{_CLASH} {_ON_WHAT}",
        r"(?:is|are) there (?:(?:an?|any|some|much) )?(?:contradictions?|disagreements?|consensus|agreement|controvers(?:y|ies)|debates?|disputes?|tensions?|conflicts?)"
        rf" (?:(?:between|among|across) {_PAPERS} )?(?:{_ON} )+(?P<what>.+)",
        rf"(?:do|does|did) (?:anyone|anybody|someone|(?:any|some|another|one|other|a) (?:of the )?(?:papers?|work|works|study|studies|abstracts?|articles?|authors?)) (?:{_CLASH}|disagrees|disput\w+|contest\w*|den(?:y|ies)|challeng\w+|refut\w+|question) "
        r"(?:(?:with|on|about|that|whether) )*(?:the (?:claim|idea|view|notion|hypothesis) )?(?:(?:that|of) )?(?P<what>(?!(?:this|that|it|these|those|them)\b).+)",
        r"is it (?:controversial|disputed|contested|debated|settled|agreed) (?:whether|that|if) (?P<what>.+)",
        r"who (?:says|claims|finds|argues|thinks|reports|shows|believes) (?:that )?(?P<what>.+?),? (?:and|but) who\b.+",
        r"(?:what (?:evidence|arguments?) (?:is|are) there|what (?:speaks|is said)) for and against (?P<what>.+)",
    )
)
_THE_PAPER = r"(?:the )?(?:paper|work|study|article|abstract)"
_LIKE = re.compile(
    rf"{_PLEASE}(?:(?:{PAPERS}|ones?|something|anything)\s+)?(?:that |which )?(?:are |is |come |look )?"
    r"(?:(?:most |very |closely )?(?:similar|related|close|akin|comparable) to|resembl(?:es?|ing)|(?<=papers )like|(?<=papers are )like|"
    r"(?<=works )like|(?<=studies )like|(?<=articles )like|(?<=ones )like|(?<=something )like|(?<=anything )like|(?<=more )like|(?:nearest|closest) to)"
    r"\s+(?P<what>.+?)(?:\s+(?:in (?:my|the|this) library|here))?$",
    re.IGNORECASE,
)
_SIMILAR_PAPERS = re.compile(
    rf"{_PLEASE}(?:similar|related) (?:{PAPERS}) (?:to|for|of)\s+(?P<what>.+)$",
    re.IGNORECASE,
)
_SIMILAR_ALONE = re.compile(
    rf"{_PLEASE}(?:(?:similar|related)(?: (?:{PAPERS}|ones))?|(?:anything|something) (?:similar|related)|more like (?:this|it|that)(?: one| paper)?)\W*$",
    re.IGNORECASE,
)
_WHOLE_TITLE = re.compile(r"[\"“„][^\"“”„]+[\"”“]")
_ENDS = " \t?.!:,;\"'“”‘’"


def summarised(text: str) -> str:
    """Return what one is asked to summarise, a name or a description; "" if nothing is, or several papers are.

    >>> summarised("Give me a short summary of SlotNet."), summarised("what is the paper on owls about?")
    ('SlotNet', 'the paper on owls')
    >>> summarised("summarise the papers on owls")
    ''
    """
    asked = text.strip().strip(_ENDS)
    match = _SUMMARY.match(asked) or _ABOUT.match(asked)
    what = match["what"].strip(_ENDS) if match else ""
    return "" if _SEVERAL.search(what) else what


def overviewed(text: str) -> str:
    """Return the topic that one asks an overview, an introduction or related work of; "" if that is not what is asked.

    A name alone is left: what it stands for is summed up.

    >>> overviewed("Give me a short overview of owl papers"), overviewed("write a related work section on owls")
    ('owl', 'owls')
    >>> overviewed("is there an overview of owls?"), overviewed("give me an overview of SlotNet")
    ('', '')
    """
    match = _OVERVIEW.match(text.strip().strip(_ENDS))
    what = (match["what"] or match["papers"]) if match else ""
    return "" if not what or _ONE_NAME.fullmatch(what) or _POINTS.search(what) else _THE_PAPERS.sub("", what)


def unasked(text: str) -> str:
    """Return a question without the words that only ask for an answer, and for whom or how; "" if it has none.

    >>> unasked("could you tell me which owls sing?"), unasked("which owls tell me apart?")
    ('which owls sing?', '')
    >>> unasked("explain why owls sing to a beginner")
    'explain why owls sing'
    """
    asked = text.strip()
    told = _TELL.sub("", _FOR_WHOM.sub("", asked))
    return told if told != asked else ""


def goes_deeper(text: str) -> bool:
    """Tell whether more is asked about whatever was pointed at.

    >>> goes_deeper("more on the second, please"), goes_deeper("one more")
    (True, False)
    """
    return bool(_MORE_ON.match(text.strip()))


def reported(text: str) -> str:
    """Return what the papers are asked to say something about; "" if that is not what is asked.

    >>> reported("What do the papers say about owls?")
    'owls'
    """
    match = _REPORTED.match(text.strip().strip(_ENDS))
    return match["what"].strip(_ENDS) if match else ""


def disputed(text: str) -> str:
    """Return what the papers are asked to agree or disagree on; "" if that is not what is asked.

    >>> disputed("Which papers contradict each other on owls?"), disputed("who says that owls hear, and who disagrees?")
    ('owls', 'owls hear')
    >>> disputed("which papers contradict the claim that owls hear?")
    ''
    """
    asked = text.strip().strip(_ENDS)
    match = next(filter(None, (pattern.match(asked) for pattern in _DISPUTES)), None)
    return match["what"].strip(_ENDS) if match else ""


def likened(text: str) -> str:
    """Return what one asks similar papers to, a name or a description; "" if that is not what is asked.

    >>> likened("papers like SlotNet"), likened("Which papers are similar to the one on owls?")
    ('SlotNet', 'the one on owls')
    >>> likened("papers like these combine views")
    ''
    """
    asked = text.strip().strip(" \t?.!:,;")
    match = _SIMILAR_PAPERS.match(asked) or _LIKE.match(asked)
    what = match["what"].strip(_ENDS) if match else ""
    if match and _WHOLE_TITLE.fullmatch(match["what"].strip(" .?!")):
        return what
    return "" if re.search(r"\b(?:these|those|them)\b|\b(?:that|which|and|but|using|with)\b", what) else what


def similar_alone(text: str) -> bool:
    """Tell whether papers like the one last talked of are asked for.

    >>> similar_alone("similar papers?"), similar_alone("similar tasks")
    (True, False)
    """
    return bool(_SIMILAR_ALONE.match(text.strip()))


def described(what: str) -> str:
    """Return a description without the words for a paper around it.

    >>> described("the paper about owls"), described("the SlotNet paper"), described("SlotNet")
    ('owls', 'SlotNet', 'SlotNet')
    """
    head = re.sub(
        rf"^{_THE_PAPER} (?:on|about|of|that|which|called|titled|by|for)\s+", "", what, flags=re.IGNORECASE
    )
    head = re.sub(r"^the one (?:on|about|of|that|which)\s+", "", head, flags=re.IGNORECASE)
    return re.sub(r"^the (.+?) (?:paper|work|study|article)$", r"\1", head, flags=re.IGNORECASE)
