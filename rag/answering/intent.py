"""Which kind of answer a question asks for, told from its words. Pure.

Rules in order; the first that fits decides, so that what is rarer and surer comes first. They read the
asking part alone: of a story that ends in a question, the question. Behind the rules for questions stand
those for claims ("X increases Y.", a fact to look up) and for bare keywords, which ask for a list unless
they name a measure ("CIDEr score of the captioner"). Mistakes lean towards a list, because a list of
quotes also answers most other questions, while one quote does not answer a set question.
"""

from __future__ import annotations

import re

from rag.retrieval.evidence import asks_figure
from rag.types import Kind

_PAPERS = r"(?:papers?|works?|stud(?:y|ies)|articles?|publications?|abstracts?|references?|surveys?|reviews?)"
_THINGS = rf"(?:{_PAPERS}|methods?|approach(?:es)?|techniques?|models?|authors?|architectures?|algorithms?)"
_DATA = r"(?:data ?sets?|benchmarks?|corpora|metrics?|languages?|models|methods|topics?|themes?|authors?)"
_LIBRARY = r"(?:(?:my|the|this|your|our|whole) (?:\w+ )?(?:library|collection|corpus|papers|files|shelf)|do (?:you|i|we) have)"
# "How many" and its like ask for a figure, not for an explanation.
_HOW = r"how(?! (?:many|much|large|big|long|often|fast|old|accurate|well|far|high|tiny|small|wide|deep|alike|expensive)\b)"
_ASKING = r"^(?:and |but |so |now |also |then |please |ok(?:ay)? |well |could you |can you |would you |tell me |i wonder )*"
_CLAIM_VERB = (
    r"(?:is|are|was|were|has|have|had|does|do|did|can|cannot|can't|may|might|must|will|should|"
    r"(?:increas|reduc|decreas|improv|caus|requir|involv|produc|promot|induc|enhanc|achiev|determin|generalis|"
    r"generaliz|releas|regulat|mediat|modulat|facilitat|activat|encod|scal|surviv|inactivat|resolv|provid|"
    r"chang|caus|influenc|receiv|us|driv|giv|mak|tak|stimulat|accelerat|correlat|contribut|associat|bind)(?:es|e|s)|"
    r"(?:lead|hurt|help|lower|rais|fail|need|work|depend|affect|prevent|outperform|transfer|perform|control|show|"
    r"inhibit|suppress|protect|predict|play|result|alter|lack|confer|exhibit|interact|block|support|act|express|"
    r"bind|enter|form|trigger|follow|differ|exist|tend|learn|forget|beat|match|harm|destabiliz|limit|govern)(?:s|e|es)?)"
)
_MEASURE = (
    r"(?:accuracy|score|percentages?|rate|licen[cs]e|number of|size of|fps|m?ap|miou|iou|bleu|cider|mae|rmse|auc|"
    r"recall@\w+|f1|perplexity|runtime|speed-?up|gain|batch size|learning rate|horizon|which \w+ size|toolkit)"
)

_TALK = (
    r"^(?:(?:hi|hello|hey|yo|thanks?|thank you|thx|cheers|bye|good ?bye|good (?:morning|afternoon|evening|day|night)|"
    r"ok(?:ay)?|yes|no|sure|cool|great|nice|perfect|lol|haha|help|test|wow|never ?mind|please|there|work|job|and|so|a|lot|"
    r"very|much|you|that(?:'s| was| is)?|help(?:s|ed|ful)|useful|again|all|footnote)\b[\s,.!?]*)+$"
    r"|^(?:who|what) (?:are|made|built|wrote) (?:you|this bot)\b|^are you\b|^how are you\b|\b(?:your name|a joke)\b"
    r"|^(?:what|how) (?:can|could|should|do) (?:i|you|we) (?:ask|do|use|help)\b(?: (?:you|me|this|it|here|for me|with (?:this|you)))*[?.! ]*$"
    r"|^can you help(?: me)?[?.! ]*$"
)
_CORPUS = (
    rf"\bhow many (?:of )?(?:these |those |them|the |my |other |different )*{_PAPERS}\b"
    r"|^(?:and )?how many(?: of (?:these|those|them))?(?: are| is| were| use[sd]?| have| need| mention| deal| do)\b"
    rf"|\bnumber of {_PAPERS}\b|^count\b|\bper year\b"
    rf"|\b(?:which|what) (?:years?|files?|sources?)\b(?! (?:of|did|was))|^(?:and )?(?:from )?(?:which|what) years?\b"
    rf"|\b(?:oldest|newest|latest|earliest|most recent|longest|shortest) {_PAPERS}\b"
    rf"|\b(?:overview|statistics|stats|summary|contents?|size) of {_LIBRARY}|\bsummari[sz]e {_LIBRARY}\b"
    rf"|\bwhat (?:is|'s|are|do i have|topics? (?:is|are)) in {_LIBRARY}|\bhow (?:big|large) is (?:my|the|this|your) (?:library|collection)\b"
    rf"|\bwhat is {_LIBRARY} about|^where do the {_PAPERS} come from|^are the {_PAPERS} dated"
    rf"|\b(?:which|what) {_DATA} (?:are|do (?:they|the \w+)|is|occurs?) (?:\w+ )?(?:mention(?:ed)?|used most|named|most|there in|in) ?"
    rf"|\b(?:which|what) {_DATA} (?:are|is) (?:mentioned|named|listed)|\b(?:which|what) {_DATA} (?:occur|appear|come up)"
    rf"|\b(?:which|what) {_DATA}\b.*\b(?:most (?:often|common|frequent|popular|used)|mention most)"
    rf"|\bmost (?:common|frequent|popular|used|mentioned) {_DATA}|\bwhat (?:topics|themes) do\b|\bwhat kinds? of {_PAPERS} do (?:i|we|you) have"
    r"|^(?:list|show)(?: me)? (?:all |the )*(?:authors|sources|files|years|topics)[?. ]*$|\b(?:what|which) sources are there"
)
_COMPARE = (
    r"\b(?:compar(?:e[ds]?|ing|ison)|versus|vs\b\.?|differ(?:s|ences?)?\b(?! (?:from their|scales))|diferent|side by side|"
    r"better than|worse than|faster than|as opposed to|"
    r"in common|similarit(?:y|ies)|pros and cons|agree and|disagree|unlike|part ways|tell \w+ apart|distinguish(?:es)?|what separates|according to the first)\b"
    r"|\b(?:contrast|weigh) (?!ive)\S.*\b(?:with|and|against|approaches)\b|\bhow (?:is|are) .+ (?:different|similar)\b"
    r"|\bwhich (?:one )?(?:of the (?:two|three) |of them )?(?:is|are|works?|needs?|does)\b.*\b(?:\w+er|more|less|best|better)\b"
    r"|\bhow do .+ each\b|\bhow does (?:each|it do each)\b|\bdoes \S+ work better\b|^\S+ against \S+"
    r"|\bis (?:the )?\S+(?: \S+)? (?:better|faster|more \w+) than\b|\bin what order does each\b"
)
_EXPLAIN = (
    rf"{_ASKING}(?:{_HOW}|why\b|explain\b|describe how|walk me|help me understand)"
    rf"|\band {_HOW} |\bwhy (?:do|does|is|are|did|it|not|can)\b|\bso (?:{_HOW}|why)\b|\b(?:the|what'?s?|is) (?:reason|intuition|mechanism|theory|trick|idea) (?:for|behind|that|why|to|of)\b"
    r"|\bwhat (?:causes?|makes|explains?|is the (?:trick|intuition|mechanism|theory|idea)|happens (?:when|if)|role do)|\bwhat role does\b"
    r"|^(?:for|in) what (?:reason|way)\b|\bhow (?:can|could|do|does|is|are|would) (?:it|one|they|that|this)\b|^reasons?\b|and why\??$"
)
_NAMED_FACT = (
    r"\b(?:which|what) (?!(?:papers?|works?|stud|articles?|surveys?)\b)(?:\w+ ){1,3}?(?:does|did|was|were|do they)\b"
    r"|(?<!works )(?<!work )(?<!papers )(?<!studies )(?<!ones )\b(?:on|at|in|from|to|by|for|of) (?:which|what|how many|how much)\b(?! (?:papers?|works?|studies|articles?))"
    r"|\bhow (?:many|much|large|big|long|often|fast|old|accurate|well|far|high|tiny|small)\b"
    r"|\bwhat (?:share|sizes?|percentage|part|fraction|range|score|gain|proportion|licence|license|recall|accuracy)\b"
    r"|\bwho (?:wrote|proposed|invented|made|introduced|decides)\b|\bstand for\b|\bthe definition of\b"
)
_LIST = (
    r"(?!.*\b(?:in|of|by|from|does|about) (?:the|this|that)(?: [\w-]+)? (?:paper|work|study|method|model|approach|survey|algorithm)\b)"
    rf"\b(?:which|what|any|some|all|list|find|show|give me|see|read|name|are there|is there|search|recommend|like|to)\b"
    rf"(?:\W+\w+){{0,4}}?\W+{_THINGS}\b(?! (?:size|they)\b)"
    rf"|^(?:[\w-]+ ){{0,2}}{_THINGS} (?:on|for|in|of)\b|^{_THINGS}\b|\b{_THINGS}\s+(?:that|which|who|about|with|using|where|like|dealing|in which)\b|\b{_PAPERS} (?:on|to|by|for)\b(?! (?:which|what))"
    r"|\bwhat (?:is|else is|do you have|have you)\b.*\b(?:there|have|got)\b|\bwhat is there\b|\bwhat do you have\b"
    r"|\b(?:is|are) there (?:anything|any|something|some)\b|^any(?:thing|one)?\b|\beverything (?:that|on|about|which)\b|\bwhich ones\b"
    r"|\bwho (?:else |has |have |uses?|works?|tried|deals?|studies|merged|combined)|\bhas (?:anyone|anybody|someone|somebody)\b"
    r"|^(?:please )?(?:find|list|show|search|recommend|export|drop|remove|keep|leave out|restrict|without|only|just|exclude|more like|i (?:search|need|look|am looking|want to read))\b"
    rf"|^(?:ok |and |now |so )*(?:only|just|drop|keep|export|remove|of (?:them|those|these)|(?:and )?(?:which|who) of (?:them|these|those)|the others|(?:and )?papers)\b"
    r"|\b(?:and the )?(?:others|rest|other ones)\b|\bwhere can i read\b|\bwhat has been done\b|\bwhat (?:data ?sets|benchmarks|methods|approaches) (?:exist|are there)\b|\bwhich (?:data ?sets|benchmarks) exist\b"
    r"|\b(?:among|of|from) (?:those|these|them),? (?:which|who)\b(?! (?:data ?sets?|benchmarks?))"
    r"|\b(?:do|does|is|are|has|have|did) any of (?:these|them|those)\b|\bi do(?:n't| not) want\b|\bwould like to (?:see|collect)\b|\bwhere is .+ (?:used|estimated|put to use|applied|studied)\b|\bin which works\b"
)
_QUESTION = r"\?$|^(?:and |but |so )*(?:what(?:'s)?|which|who|when|where|how|is|are|was|were|does|do|did|can|could|has|have|at|in|on|by|name|tell)\b"
_CLAIM = rf"^(?!.*\b(?:that|which|who|where|whose) ).*?\w\)?,? (?:\w+ly |also |not )?{_CLAIM_VERB}\b \w"

_RULES = (
    (Kind.TALK, _TALK),
    (Kind.CORPUS, _CORPUS),
    (Kind.LIST, rf"\b(?:which|what|find|show(?: me)?|list) (?:other )?{_PAPERS}\b"),
    (Kind.COMPARE, _COMPARE),
    (Kind.EXPLAIN, _EXPLAIN),
    (Kind.FACT, _NAMED_FACT),
    (Kind.LIST, _LIST),
    (Kind.FACT, _QUESTION),
    (Kind.FACT, rf"\b{_MEASURE}\b"),
    (Kind.FACT, r"^\w.{12,}\w\.$"),
    (Kind.FACT, _CLAIM),
)
_COMPILED = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _RULES)


# "The second one: how big is its data set?" asks behind the colon.
_AFTER_COLON = re.compile(
    r"^(?!.*\b(?:versus|vs|against)\b).*: (?=(?:which|what|how|why|who|when|where|in what|by|does|do|is|are|can)\b)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.?!])(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bvs\.)(?<!\bal\.)\s+")


def read_kind(question: str) -> Kind:
    """Return the kind of a question; keywords without a question ask for a list, or for a figure.

    >>> read_kind("which papers combine local and global features?").value
    'list'
    >>> read_kind("How many images does the data set hold?").value
    'fact'
    >>> read_kind("Dropout improves generalisation.").value, read_kind("dropout generalisation").value
    ('fact', 'list')
    """
    asking = _AFTER_COLON.sub("", asking_part(question))
    fallback = Kind.FACT if asks_figure(asking) else Kind.LIST
    return next((kind for kind, pattern in _COMPILED if pattern.search(asking)), fallback)


def asking_part(text: str) -> str:
    """Return the sentences that ask, if any do; else the whole text.

    >>> asking_part("I am new here. Which papers use prompts? I do not want surveys.")
    'Which papers use prompts?'
    """
    sentences = _SENTENCE_END.split(text.strip())
    asking = [sentence for sentence in sentences if sentence.endswith("?")]
    return asking[0] if asking else text.strip()
