"""What of a set question only asks: "could you show me papers in my library that ...". Pure.

What is left says what a paper must meet. A sort of paper ("surveys") is told apart, because it is a criterion too.
"""

from __future__ import annotations

import re

from rag.answering.asking.asking_words import ANYONE, METHODS, PAPERS

_PAPERS = rf"(?:{PAPERS}|ref(?:erence)?s?|{METHODS}|literature|research|everything|anything|something|ones|infos?|information(?= (?:about|on)\b))"
SORTS = r"(?:surveys?|reviews?|tutorials?|benchmarks?|data ?sets?|position papers?)"
ABOUT = r"(?:about|on|of|for|with|regarding|concerning|around|dealing with|to do with)"
_ONE_PAPER = r"(?:paper|work|study|article)\b"
_ASKING = (
    rf"please(?: to(?= (?:tell|show|find|list|give|recommend|suggest)\b))?|hi|hello|hey|dear all|i remember|maybe|thanks|also|(?:can|could|would) (?:you|{ANYONE})",
    r"(?:i am|i'm|we are|we're|(?:i|we)(?:'d| would) be) (?:looking for|searching(?: for)?|interest(?:ed|ing) in)|looking for",
    r"(?:i|we)(?:'d| would)? (?:need|search(?: for)?|look for|want|like)(?: to (?:read|see|know|find|have))?(?: about)?",
    r"(?:ok(?:ay)?|so|then|now|but|well)(?=,| (?:then|what|which|who|any|show|find|list|give|papers)\b)|(?:i am|i'm|we are|we're) after(?= \w)|lists?(?= (?:papers|works|all|the|me)\b)",
    r"need|(?:topics?|keywords?)(?=:)|show|find|list|give|tell|say(?= me\b)|point(?= (?:me|us)\b)|to(?= (?:any |some )?(?:papers|works?|literature|articles)\b)|look up|recommend|"
    r"search(?: for)?|name|suggest|pick|got|me|us",
    r"(?:is|are) there|there (?:is|are|exists?)|exists?(?= papers?\b)|(?:do|does|has|have|is|are)(?= (?:any|some)(?:one|body|thing)?\b)|(?:do|have)(?= other (?:papers|works|studies)\b)",
    rf"(?:have|do) (?:i|we|you) got|(?:you|u) (?:got|have)|do (?:i|we|you) (?:have|know)(?! to\b)(?: of)?|(?:i|we|you) have(?= (?:any|some|papers|works)\b)|{ANYONE}",
    rf"what(?:'s| is)(?: out)? there|what exists|evidence (?:is there |exists )?(?=that\b)|what(?:'s| is)(?= th(?:e|at) {_ONE_PAPER})|what are(?= the (?:papers|works|methods|approaches|techniques)\b)|what|which|who(?: else)?(?: has| have)?|where(?= (?:can|could|should) i\b)",
    r"(?:is |has been )?(?:already )?(?:known|written|done|found out)(?= (?:about|on)\b)|(?:did|have|do) (?:people|others|researchers) (?:find|found)(?: out)?(?= (?:about|on)\b)",
    r"(?:(?:what is|what's) )?the (?:name|title) of(?= (?:the|that|a) (?:paper|work|study|article)\b)",
    rf"do (?:i|we|you) (?:own|hold|keep)(?! to\b)|(?:my|our|your)(?= {SORTS}\b)",
    r"(?:worked|working)(?= (?:on|with)\b)|(?:groups|people|researchers|teams|labs)(?= (?:work|use|study|deal|have)\b)",
    r"(?:to|(?:should|could|can|would|do) (?:i|we|you|one)) (?:read|look at|start with|know|cite)(?: first| next)?(?: (?:to|if i want to|when i) (?:understand|know|learn(?: about)?|write (?:about|on)))?",
    r"(?:(?:top|best|most (?:relevant|important|recent)|key|good|\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|a few|a couple of|several) )+"
    r"(?=(?:papers?|works?|study|studies|articles?|references?|surveys?)\b)",
    r"an?(?= (?:good |nice |recent )?(?:paper|work|study|article|reference)s?\b)|(?:related|relevant|previous|prior|existing)(?= (?:papers?|works?|stud(?:y|ies)|literature|research)\b)",
    rf"all|any|each|every|some|the|of|th[ei]se|those|them|th(?:at|is)(?= {_ONE_PAPER})|(?:your|my|our)(?= (?:papers|works|articles)\b)|(?:different|various)(?= (?:papers|works|approaches|methods|techniques)\b)|new(?= (?:on|about)\b)|only(?= (?:the|those)\b)|recent|other|and|in|there|here",
)
_HEAD = re.compile(
    rf"^(?:(?:{'|'.join(_ASKING)})\b[\s,:]*)*(?P<noun>{SORTS}(?: (?:or|and) {SORTS})?|{_PAPERS})?\b\s*(?:new(?= (?:on|about)\b)\s*)?",
    re.IGNORECASE,
)
_OURS = r"(?:i|we) (?:(?:already )?(?:have|own|hold|keep|saved|collected)(?: (?:saved|collected))?)(?! to\b)"
# What may follow a word for papers before it is said what they are about: "that are", "do you have on", "proposed for".
RELATIVE = re.compile(
    rf"^(?:(?:(?:do|did|have|can) (?:i|we|you|u)\b(?! (?:have |need )?to\b)(?: (?:have|got|own|hold|keep|save|collect|know(?: of)?|find|recommend|suggest))?|(?:that )?{_OURS})\b\s*)?"
    rf"(?:(?:should|could|can|would) (?:i|we|you|one) (?:read|look at|start with|begin with|know|cite)(?: first| next)?\b\s*)?(?:(?:in )?here\b\s*)?(?:(?:that|which|who|what|where|in which)\b\s*)?(?:(?:they|the authors)\b\s*(?=\w))?"
    rf"(?:(?:are|is|was|were)\b\s*)?(?:(?:there|exist(?: to)?)\b\s*)?(?:(?:(?:have|has) been )?(?:proposed|suggested|developed|published|written) (?=(?:{ABOUT}|to)\b))?"
    rf"(?:(?:deals? with|(?:speak|talk)s? (?=about|on|of))\b\s*)?(?:(?!with (?:[\w-]+ ){{0,2}}code\b)(?:{ABOUT}|to)\b\s*)?",
    re.IGNORECASE,
)
# Where to look is said by the scope: "in my library", "of all papers here".
_PLACE = re.compile(
    r",?(?<![\w-])(?:in|of|from|within|on|out of) (?:(?:my|our|your|this)(?: (?:whole|entire|own))?|the (?:whole|entire)) (?:library|collection|corpus|shelf)\b,?"
    r"|(?<![\w-])(?:in|of|from|within) the (?:library|collection)(?=[,.?!]|\s*$| (?:is|are|do|does|that|which|use|deal|on|about|with|have)\b),?"
    r"|^(?:out of|among|amongst|of|from) all (?:of )?(?:the |my |our |these )?(?:papers|works|articles)(?: (?:here|in here|(?:that )?(?:i|we|you) have))?\b,?"
    r"|,? if (?:any|there are any)\b,?|[,:;?.–-]+ (?:anything|any (?:papers|works|ideas)|(?:please )?(?:show|list|find|give)(?: me)? (?:\w+ )?(?:papers|works|studies))(?=\W*$)"
    r"|,? (?:ideally|preferably|if possible)\b,?|,? (?:please|pls),(?= )|,? (?:and )?which (?:ones|(?:one |paper )?(?:is|was) (?:it|that))(?=\W*$)",
    re.IGNORECASE,
)
# "Papers other than surveys about owls": the exclusion goes to the end.
_OTHER_THAN = re.compile(
    rf"\b(?P<what>papers|works|articles|studies|publications|everything),? (?:other than|except(?: for)?|excluding|apart from|but no) (?P<sort>{SORTS}),? (?P<rest>(?!and\b|or\b)\w[^?!]*)",
    re.IGNORECASE,
)
_OPERATOR = re.compile(r"(?<=\S) (AND|OR|NOT|AND NOT|BUT NOT) (?=\S)")
# Signs that stand for words: "owls + drums", "songs / calls", "owls (not songs)".
_SIGNS = (
    (re.compile(r"(?<=[\w)]) (?:\+|&) (?=\w)"), " and "),
    (re.compile(r"(?<=[\w)]) / (?=\w)"), " or "),
    (
        re.compile(
            r",? \((?:but )?(?:not|no|without|except(?: for)?|excluding)\b(?: (?:for|about|on))? ([^()]+)\)"
        ),
        r", but not \1",
    ),
)


def plain_words(text: str) -> str:
    """Return a question without the place to look in, and with operators in capitals in words.

    >>> plain_words("which papers in my library are about owls?"), plain_words("owls AND drums NOT songs")
    ('which papers are about owls?', 'owls and drums but not songs')
    >>> plain_words("owls + drums (not songs)"), plain_words("songs / calls")
    ('owls and drums, but not songs', 'songs or calls')
    """
    placeless = _OTHER_THAN.sub(
        r"\g<what> \g<rest>, excluding \g<sort>", " ".join(_PLACE.sub(" ", text).split())
    )
    for sign, words in _SIGNS:
        placeless = sign.sub(words, placeless)
    spoken = _OPERATOR.sub(lambda m: f" {'but not' if 'NOT' in m[1] else m[1].lower()} ", placeless)
    return re.sub(r" (?=[?.!]+$)", "", placeless if placeless.isupper() else spoken)


def cut_head(text: str) -> tuple[str, str]:
    """Return the type of paper asked for, if the question names one, and the words that say what about it."""
    match = _HEAD.match(text)
    noun = (match and match["noun"]) or ""
    rest = text[match.end() :] if match else text
    bound = noun and not re.match(
        rf"(?:$|(?:that|which|who|where|in which|using|to|by|from|are|exist|have|were|do|did|use|{_OURS}|{ABOUT})\b)",
        rest,
        re.IGNORECASE,
    )
    if bound and re.fullmatch(SORTS, noun, re.IGNORECASE):  # "data set distillation"
        return "", text[match.start("noun") :] if match else text
    is_type = bool(re.match(SORTS, noun, re.IGNORECASE))
    return noun if is_type else "", RELATIVE.sub("", rest.lstrip(" :"), count=1).strip(" ,;.")
