"""The words that point at what was shown before: ordinals, sets, pronouns. Patterns alone."""

from __future__ import annotations

import re

from rag.answering.asking.asking_words import METHODS, PAPERS, opening

_ORDINALS_TEXT = """
first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
sixteenth seventeenth eighteenth nineteenth twentieth
"""
ORDINALS = {word: number for number, word in enumerate(_ORDINALS_TEXT.split(), 1)} | {
    "thirtieth": 30,
    "fortieth": 40,
    "fiftieth": 50,
}
SHORT_ORDINAL = r"\d{1,3}(?:st|nd|rd|th)"
_CARDINALS_TEXT = "two three four five six seven eight nine ten eleven twelve"
CARDINALS = {word: number for number, word in enumerate(_CARDINALS_TEXT.split(), 2)}

_NOUN = rf"(?:ones?|{PAPERS}|{METHODS}|models?|results?|entr(?:y|ies)|surveys?)"
_AUX = r"(?:is|are|was|were|does|do|did|has|have|had|can|could|will|would|should)"
_ORDINAL = "|".join((*ORDINALS, SHORT_ORDINAL, "last", "middle"))
_CARDINAL = rf"(?:{'|'.join(CARDINALS)}|\d{{1,3}})"
LEAD = opening("hm+", "yes", "no", "again", "give me", "i mean")
# What a set has in the plural: "which use transformers?" goes on, "which is faster, A or B?" does not.
PLURAL = (
    r"(?:use|need|are|have|do|work|deal|release|report|train|learn|run|mention|achieve|come|require|rely|study|"
    r"propose|evaluate|compare|focus|handle|apply)\b"
)


def _compiled(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


RUN = _compiled(
    rf"(?:(?:for|of|in|with) )?\bthe (first|last|top|bottom) ({_CARDINAL})(?: {_NOUN})?\b",
    rf"\b(first|last|top) ({_CARDINAL})(?: {_NOUN})?(?=(?:\W*please)?\W*$)",
)
# What is done with papers that a bare number names: "open 3", "export 1 and 4".
_DONE_WITH = r"show(?: me)?|open|keep|drop|remove|leave out|skip|exclude|only|just|export|save|download|print|summari[sz]e|explain|describe"
NUMBERED = _compiled(
    r"(?:\b(?:paper|number|no\.?|nr\.?|num\.?|result|source|footnote|entry) ?#?|#|\[)(\d{1,3})\b\]?",
    # The number alone: "3?", "drop 3", "what about 4?"
    rf"{LEAD}(?:(?:(?:what|how) about|{_DONE_WITH}|(?:papers |more )?like)\s+)*(\d{{1,3}})\s*[?.!]*$",
    rf"\b(?:paper|number) ({'|'.join(('one', *CARDINALS))})\b",
)
# "The second" counts if it stands alone or before a word for a paper; "the first layer" does not.
_ENDS = (
    rf"(?=\s*(?:[:,;.?!]|-|$)|\s+(?:and|or|with|to(?! (?!the\b)\w+ \w)|{_AUX}|uses?|needs?|work|better|say|says|share|relate|overlap|solve|cover|train|about|fails?|compares?|differs?|as|then|please|too|instead|"
    r"reach(?:es)?|of (?:them|those|these))\b)"
)
# "1", "paper 4", "the 40th": a number without more is one of a list only where the words around it say so.
_PLACE = rf"(?:(?:the )?(?:papers?|numbers?|no\.?|nr\.?|results?) ?#?|#|\[)?\d{{1,3}}\b(?![.%])\]?|(?:the )?(?:{_ORDINAL})\b(?: {_NOUN}\b|{_ENDS})"
_PLACES = rf"(?:{_PLACE})(?:(?:\s*,\s*(?:and )?|\s*(?:&|-|–)\s*|\s+(?:and|or|with|to|vs\.?|versus|against)\s+)(?:{_PLACE}))"
# "Compare 1 and the 4th", "the difference between 1 and 4".
NUMBERS = re.compile(
    rf"\b(?:compare|(?:differ\w*|similarit\w*|relation\w*|choose|decide) between|papers?|numbers?|results?|keep|drop|only|just|do|are|did)\s+({_PLACES}+)"
    # So do "export 1 and 4", and what 4 and 5 are asked behind a colon.
    rf"|(?:^|\b(?:about|for|and|{_DONE_WITH}) )({_PLACES}+)(?=(?:,? (?:then|please|too|instead))?\W*$|\s*[:,])",
    re.IGNORECASE,
)
NTH = _compiled(
    r"(?:\b(?:for|of|in|with|from) )?(?:\bthe (former|latter)\b|\b(?:the |is )(later) one\b"
    rf"|\b(?:the )?({_ORDINAL})(?: {_NOUN}\b|{_ENDS})(?: of (?:them|those|these))?)"
)
OTHERS = re.compile(
    rf"\b(?:the |any )?(?:others|other ones?|(?<=the )other(?=\W*$)|rest|(?:remaining|other) (?:ones|papers|{_CARDINAL})|other papers of those)\b",
    re.IGNORECASE,
)
SET = _compiled(
    r"\b(?:(?:which(?: ones)?|who|what|any|all|one|some|none|each|how many|most|both) )?"
    rf"(?:of|among(?:st)?|from|within|in) (?:all (?:of )?)?(?:those|these|them)\b(?: {_CARDINAL})?(?: {_NOUN})?",
    rf"\b(?:which|any|some|how many)(?: of(?: the)?)? {_NOUN} (?:in|of|from|on) (?:the|this|that|your) (?:list|set)\b",
    rf"\b(?:which|any|some|how many) (?:of|among) the {_CARDINAL}(?: {_NOUN})?(?= {PLURAL}|,|\W*$)",
    rf"{LEAD}(?:back to|from|of|in|among|out of) (?:the|this|that|your) (?:(?:last|first|previous) )?(?:list|set|results?)\b[,:]?(?: (?:which|who)(?: ones?)?(?! (?:is|was)\b))?|{LEAD}back to all(?: {_CARDINAL}| papers| of them)?\b[,:]?(?: (?:which|who)(?: ones?)?(?! (?:is|was)\b))?",
    rf"\b(?:those|these) {_NOUN}\b",
    r"\b(?:which|what|how many) (?:ones|are there)\b",
    rf"{LEAD}(?:(?:export|save|download|compare|summari[sz]e|explain|list|count|keep|rank|sort|order|group|pick|read|"
    rf"show(?: me)?|{_AUX}|what do|how do|"
    r"why do|how does) )(?:them|those|these|they|the list|the (?:set|results)|each(?! other)|all(?=\W*$))(?: all)?\b",
    rf"{LEAD}(?:sort|rank|order|group)(?:ed)? by\b|{LEAD}(?:newest|oldest|latest|earliest|shortest|longest) first(?=\W*$)",
    r"\b(?:any|all|some|none) of (?:this|it)\b|\b(?:of|for|from|in) each(?: one| of them| paper)?(?=\W*$)|^(?:and )?for each(?: one| of them| paper)?\b",
    rf"(?={LEAD}which(?: {_CARDINAL})?(?: ones?)? (?:would|should|could) (?:you|i|we)\b)",
    r"\b(?:do|are|were|have|did|can) (?:they|these|those)\b(?! \w+ing the)",
    rf"(?P<bare>{LEAD}(?:which(?: {_CARDINAL})?|who(?! are)|how many|(?:do|are|does|is) any(?! works? (?:{PLURAL}|on|about|that|with|for))|any(?: that)?) (?={PLURAL}|(?:in|on|with|without|for|by)\b)|{LEAD}which (?:one )?(?=is (?:about|on|for|with|without|in|an? (?:surveys?|reviews?|tutorials?|benchmarks?|data ?sets?))\b))",
    r"\b(?:who|what|which|how|why|where|when)(?: [\w-]+){1,3} (?:them|these|those)(?=\W*$)",
    rf"{LEAD}(?:which is (?=(?:the )?(?:\w+est|(?:most|least) \w+)\W*$)|(?=whose [\w ]+ (?:is|are) (?:the )?(?:\w+est|most|least)\b))",
    rf"\b(?:of|among|from) all {_CARDINAL}(?: {_NOUN})?\b",
    rf"{LEAD}(?:of|among|from) the {_CARDINAL}(?: {_NOUN})?\b,?(?= (?:which|who|how many|what|are|do|does|is)\b)",
    r"\b(?:about|of|with|than|in|by|to|for|do|are) (?:them|these|those)(?=\W*$)",
    rf"\b(?:all|these|those) {_CARDINAL}(?: {_NOUN})?(?=\W*$)|\ball of (?:them|these|those)(?=\W*$)",
    r"\b(?:count|how many of) the (?:ones|papers|works)\b|\bthe (?:papers|works|studies) (?:all )?(?:agree|disagree|differ|have in common|contradict)\b",
    r"^(?:all of them|(?:back to |show )?(?:the )?(?:whole|full|same) (?:list|set))\b",
)
BOTH = _compiled(
    rf"\b(?:both(?! (?!{PLURAL}|\w+ed (?:on|with|by|for|in|from)\b)(?:[\w-]+,? ){{1,5}}and\b)(?: of (?:them|these|those))?|(?:of )?(?:the|these|those) two(?!-)(?! (?:[\w-]+ )?(?!{_NOUN}\b)\w+s (?:against|of|on|for|in|that|which|with|from|to)\b)(?: {_NOUN})?)\b",
    rf"{LEAD}which (?:one )?(?!(?:papers|works|studies|articles|surveys)\b)(?={_AUX}\b|\w+s\b)(?!.*, .+ or )",
    rf"{LEAD}which (?:one|paper) is (?:the )?(?=\w+est\b|most\b|least\b)",
    rf"{LEAD}(?:what|where)(?:'s| is| are) the (?:main |key |biggest )?(?=differences?\b(?! (?:between|of|from|to)\b))",
)
# One of a set, whichever: "which cites statutes?"
WHICH_ONE = _compiled(
    rf"{LEAD}which (?:one )?(?=(?:has|uses|needs|cites|reports|comes|works|gives|reaches|requires|covers|contains|mentions|includes|handles|runs)\b)(?!.*\bor\b)"
)
ONE = _compiled(
    r"\b(?:for|of|in|with|about|from|and|on)? ?\b(?:(?<!does )(?<!did )(?<!do )(?<!can )(?<!will )that(?= work\b)|that(?! work\b)|this|the same) "
    r"(?:one|paper|work|study|method|approach|article|survey)\b"
)
_ASKING = (
    rf"{LEAD}(?:(?:on|in|at|for|by|with|to|from|of|under) )?"
    rf"(?:(?:what|which|how|why|when|where|who|whose)(?:'s)?\b(?: (?!(?:and|but|or|{_AUX})\b)[\w-]+){{0,4}}? )?"
)
IT = _compiled(
    rf"{_ASKING}(?:{_AUX} )?(?:it|its|this)\b(?! (?:possible|true|likely|known|clear|said|\w+ to|(?:difficult|hard|easy|important|necessary) for)\b)",
    # "To" may belong to a verb: "how does it compare to others?"
    rf"{_ASKING}(?:does|do|did|can|could|will|would|has) (?:it|this)\b(?! take (?:[\w-]+ ){{0,3}}to\b)",
    rf"{_ASKING}{_AUX} that\b(?! \w+ing\b)",
    rf"{LEAD}(?:compare|explain|describe|summari[sz]e|show(?: me)?|open|export|tell me (?:more )?about) (?:it|this|that)\b",
    r"\b(?:about|of|with|than|in|by|to|like|behind) (?:it|this|that)[?.! ]*$",
)
# Only where one paper is being talked of.
THE_PAPER = re.compile(
    r"\b(?:the|its) (?:paper|authors?|abstract)\b(?! (?:of|on|about|by|with|that|where|from|in)\b)"
    r"|\b(?:their|they|the (?:method|model|approach|system))\b(?! (?:of|for|in|that|by|which)\b)",
    re.IGNORECASE,
)
# "How long does training take there?", "is code available for that one?": of the paper talked of, whatever stands before.
OF_IT = re.compile(
    r"(?<!is )(?<!are )(?<!was )(?<!were )(?<!out )(?<!over )\bthere[?.! ]*$|\b(?:for|of|in|with) (?:that|this) (?:one|paper|work)[?.! ]*$",
    re.IGNORECASE,
)
NEIGHBOUR = re.compile(r"\bthe (?:(next|previous) (?:one|paper)|one (before|after))\b", re.IGNORECASE)
# What is left when no surer rule fits: a pronoun anywhere, with nothing in the question to stand for.
# "How long does it take to train ...?", "why is it hard to ...?" are of nothing before them.
ANY_PRONOUN = re.compile(
    r"\b(?:they|them|their|these|those|its|it(?! (?:[\w-]+ ){0,6}(?:to|that)\b))\b",
    re.IGNORECASE,
)
CLAUSE = re.compile(r"[,;:]\s|\s(?:and|but|so|because|when|if)\s", re.IGNORECASE)
