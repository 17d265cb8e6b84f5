"""The words by which a question asks for a kind of answer. Patterns alone, read by `intent.py`.

`CUES` name a kind; the first that fits decides, so that what is rarer and surer comes first. `FORMS` stand behind
them and tell only a question, a claim or a figure from bare keywords.
"""

from __future__ import annotations

from rag.answering.asking.asking_words import METHODS, PAPERS, SEVERAL_PAPERS
from rag.answering.asking.pointing import PLURAL
from rag.types import Kind

_PAPERS = rf"(?:{PAPERS}|abstracts?|ref(?:erence)?s?|surveys?|reviews?)"
_THINGS = rf"(?:{_PAPERS}|{METHODS}|models?|authors?|architectures?|algorithms?)"
# "Which model serves as teacher?" asks for one, "which models ...?" for all.
_ONE_THING = r"(?:method|approach|technique|model|architecture|algorithm|benchmark|data ?set|network|encoder|backbone|measure|metric|loss|dictionary|library|strategy|tool)"
_DATA = r"(?:data ?sets?|benchmarks?|corpora|metrics?|measures|languages?|models|methods|approaches|techniques|architectures|topics?|themes?|authors?)"
_TREATED = r"(?:mentioned|named|listed|used|covered|studied|proposed|introduced|reported|presented|evaluated|tested|considered|released|represented)"
_LIBRARY = r"(?:(?:my|the|this|your|our|whole) (?:\w+ )?(?:library|collection|corpus|database|papers|files|shelf)|do (?:you|i|we) have)"
# "How many" and its like ask for a figure, not for an explanation.
_HOW = r"how(?! (?:many|much|large|big|long|often|fast|old|accurate|well|far|high|tiny|small|wide|deep|alike|expensive|low|strong|heavy|close|short)\b)"
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
    r"(?:accuracy|score|percentages?|licen[cs]e|number of|size of|fps|m?ap|miou|iou|bleu|cider|mae|rmse|auc|"
    r"recall@\w+|f1|count$|perplexity|batch size|learning rate|horizon|which \w+ size|toolkit)"
)
# Ask for a figure beside a name, or of something; else they are topics ("inference speed-up").
_RATE = r"(?:rate|runtime|speed-?up|gain|factor|reduction)"

_TALK = (
    r"^(?:(?:hi|hello|hey|yo|thanks?|thank you|thx|cheers|bye|good ?bye|good (?:morning|afternoon|evening|day|night)|"
    r"ok(?:ay)?|yes|no|sure|cool|great|nice|perfect|lol|haha|help|test|wow|never ?mind|please|there|work|job|and|so|a|lot|"
    r"very|much|you|that(?:'s| was| is)?|help(?:s|ed|ful)|useful|again|all|footnote)\b[\s,.!?]*)+$"
    r"|^[\W_]+$"
    r"|^(?:who|what) (?:are|made|built|wrote) (?:you|this bot)\b|^who made (?:this|you|it)\W*$|^(?:nice to meet you|you(?:'re| are) (?:wrong|right|great|welcome|funny|good|bad|smart|useless)|what'?s up|sup|can i ask (?:you )?(?:something|a question)|help me(?:,? please)?|sorry|h+m+|[ou]h+|(?:great|good|nice|bad|wrong|perfect|excellent) (?:answer|job|work|bot|one|point)|i do(?:n't| not) like (?:this|that|it|your|the)(?: answer| reply)?)[\s!.?]*$|^are you\b|^(?:(?:hi|hello|hey|good (?:morning|afternoon|evening|day))[\s,.!]+)*(?:how are you|how(?:'s| is) it going)\b|\b(?:your name|a joke)\b"
    r"|^(?:what|how) (?:can|could|should|do) (?:i|you|we) (?:ask|do|use|help)\b(?: (?:you|me|this|it|here|for me|with (?:this|you)))*[?.! ]*$"
    r"|^can you help(?: me)?[?.! ]*$|^what (?:kinds? of |sorts? of )?(?:questions|things) can i ask\b"
)
_CORPUS = (
    rf"^(?:and |so )?how many (?:[\w-]+ )?{_PAPERS} (?:does|has) (?:my|the|this|your|our) (?:\w+ )?(?:library|collection|corpus) (?:hold|have|has|contain|include|store|keep|count|own|got|possess)\b|"
    rf"^(?:please )?(?:(?:show|list|give|display)(?: me)? )?(?:all|every|everything|the whole)(?: of)?(?: the| my| your)?(?: (?:papers?|articles|works|library|collection))?(?: (?:here|there are|you have|in the library))?\W*$"
    rf"|\bwhat (?:percentage|percent|share|fraction|proportion) of (?:all |the |my |these |our )*{_PAPERS}\b"
    rf"|\bhow many (?:of )?(?:these |those |them|the |my |other |different )*(?:{_PAPERS}|documents|entries|titles)\b(?! (?:(?:does|did|do) the\b|\w+s\b(?! (?:the|a)\b) ))"
    r"|^(?:and )?how many(?: of (?:these|those|them))?(?: are| is| were| use[sd]?| have| need| mention| deal| do)\b"
    rf"|\bnumber of (?:{SEVERAL_PAPERS}|abstracts|references|surveys|reviews)\b|^count\b|\bper[ -]year\b"
    rf"|(?<!and in )(?<!to )\b(?:which|what) (?:years?|files?|sources?)\b(?! (?:of|was|does|is (?-i:[A-Z])|(?:did|do) (?!(?:they|these|those|(?:the|my|our) {_PAPERS})\b)))|^(?:and )?(?:from )?(?:which|what) years?\b(?!'s?)(?! (?:is|was|were|did) (?!it\b|this\b|that\b|they\b|these\b|those\b)(?:the )?(?!{_PAPERS}\b)[\w-]+ )"
    rf"|\b(?:oldest|newest|latest|earliest|most recent|longest|shortest) {_PAPERS}\b"
    rf"|\b(?:overview|statistics|stats|summary|contents?|size) (?:of|about|over|on) {_LIBRARY}(?! (?:that|which|on|about|with|who|where)\b)|\bsummari[sz]e {_LIBRARY}\b"
    rf"|\bwhat (?:else )?(?:is|'s|are|do i have|topics? (?:is|are)) in {_LIBRARY}|\bhow (?:big|large) is (?:my|the|this|your) (?:library|collection)\b"
    r"|^(?:and )?what(?: are|'s| is|'re) (?:the |its |their )?(?:main |major |key |big |most important )*(?:themes?|topics?|subjects?)(?: (?:here|covered|there|in here))?\W*$"
    rf"|^(?:which|what) (?:\w+ )?(?:themes|topics|subjects) are (?:there|here|in here|(?:covered|treated|addressed|discussed|represented)(?: here| (?:by|in) (?:(?:these|the|my|all|those) )*(?:{_PAPERS}|library|collection))?)\W*$"
    rf"|^(?:the )?(?:main |major |key |all )?(?:themes|topics|subjects)\W*$|\bwhat (?:can|could) (?:i|one|we) find (?:here|in here|in {_LIBRARY})|^list of (?:all )?(?:the )?{_DATA}\W*$"
    rf"|\bwhen (?:were|are) (?:the|these|my|those|most|all) (?:the )?{_PAPERS} (?:published|written|released|from)\b|\b(?:what|which) (?:topics|themes|subjects) (?:do|does) {_LIBRARY}|\bhow old (?:are|is) (?:the|my|these|those|all|our) {_PAPERS}\b|\b(?:time (?:range|span|frame)|date range|age) of (?:the|my|these|those|all|our) {_PAPERS}\b|\b(?:time (?:range|span|frame)|date range) of {_LIBRARY}|\b{_PAPERS} (?:over|across) (?:the )?(?:years|time)\W*$"
    rf"|^(?:which|what|who are the) authors (?:have|has|wrote|published|with) (?:the )?most\b"
    rf"|\b(?:tell (?:me|us) (?:more |something )?about|describe) {_LIBRARY}\W*$"
    rf"|\b(?:list|show|which|what)(?: me)?(?: all| the)* {_DATA} (?:(?:that )?(?:are|were) )?(?:used|mentioned|named|reported) (?:in|by) (?:(?:the |my )?{_PAPERS}|those|these|them)\b"
    rf"|\bwhat is {_LIBRARY} about|\b(?:themes|topics|subjects) (?:of|in) {_LIBRARY}|\bhow many (?:different |distinct |of the )?(?:authors|files|sources|years)\b|\bwhen was the (?:oldest|newest|latest|earliest)\b|^what do (?:i|we) have (?:in )?here\W*$|\b(?:which|what) (?:(?:key)?words|terms|names|abbreviations|acronyms)\b.*\bmost(?: (?:often|common\w*|frequent\w*)|\W*$)|\bmost (?:common|frequent) (?:key ?words|words|terms|abbreviations|acronyms|names)\b|\bpapers without (?:a |an )?(?:date|year|author|abstract)s?\b|^where do the {_PAPERS} come from|^are the {_PAPERS} dated"
    rf"|\b(?:which|what) {_DATA} (?:are|do (?:they|the \w+)|is|occurs?) (?:\w+ )?(?:mention(?:ed)?|used most|named|listed|most|there in|in(?= (?:the (?!paper|work|study)|my|our|your|this|these|those|them|all|most|total|here)|\W*$)) ?"
    rf"|\b(?:list|show|all)\b.* {_DATA} (?:that )?(?:\w+ )?(?:mentioned|named)\b|\b(?:which|what) {_DATA} (?:occur|appear|come up)"
    # At the end: what are used to some purpose, or by one paper, is no matter of the library.
    rf"|^(?:and )?(?:which|what|how many) (?:different |distinct )?{_DATA} (?:are|were) (?:{_TREATED}(?: (?:here|there|overall))?|(?:there|here))(?: in {_LIBRARY})?\W*$"
    rf"|\b(?:which|what) {_DATA}\b.*\b(?:most (?:often|common|frequent|popular|used)|mention most)"
    rf"|\bmost (?:common|frequent|popular|used|mentioned) {_DATA}|\bwhat (?:topics|themes) do\b|\bwhat kinds? of {_PAPERS} do (?:i|we|you) have"
    r"|^(?:list|show)(?: me)? (?:all |the )*(?:authors|sources|files|years|topics)[?. ]*$|\b(?:what|which) sources are there"
    r"|^who (?:are|were) (?:the|all the|its|their) authors\W*$"
    rf"|\b(?:which|what) {_DATA} do (?:(?:they|these|those)(?: {_PAPERS})?|(?:the )?{_PAPERS}(?: (?:on|about) .+)?) (?:use|mention|name|test on|train on|work with|evaluate on)\b"
    rf"|\b(?:which|what) {_DATA} do (?:the |my |our )?{_PAPERS}(?: (?:on|about) .+)? (?:study|cover|consider|report|propose|introduce|release|deal with|speak of)\b"
    r"|\b(?:which|what)(?: (?:one|paper|work|article|study))?(?: of (?:them|these|those))?(?: here)? (?:is|are) (?:the )?(?:newest|oldest|latest|earliest|most recent)\W*$"
)
_COMPARE = (
    r"\b(?:compar(?:e[ds]?|ing|ison)|versus|vs\b\.?|differ(?:s|ences?)?\b(?! (?:from their|scales))|diferent|side by side|"
    r"better than|worse than|faster than|as opposed to|"
    r"in common|similarities|(?:any|the|what) similarity between|pros and cons|agree and|disagree|unlike|part ways|tell \w+ apart|distinguish(?:es)?|what separates|according to the first)\b"
    r"|\b(?:contrast|weigh) (?!ive)\S.*\b(?:with|and|against|approaches)\b|\bhow (?:is|are) .+ (?:different|similar)\b"
    r"|\bwhich (?:one )?(?:of the (?:two|three) |of them )?(?:is|are|works?|needs?|does)\b.*\b(?:\w+er|more|less|best|better)\b"
    r"|\bhow do .+ each\b|\bhow does (?:each|it do each)\b|\bdoes \S+ work better\b|^\S+ against \S+"
    r"|\bis (?:the )?\S+(?: \S+)? (?:better|faster|more \w+) than\b|\bin what order does each\b"
)
# Cues that a set question may hold as well ("works in which two views agree with each other").
_ALSO_COMPARE = (
    r"\bwhat is (?:alike|the same|different)\b|\b(?:agree|agrees) with\b|^\S+ beats? \S+\W*$|\bfrom the two\b.*\bwhich\b|\bhow much (?:better|worse|faster|slower|more \w+) (?:is|are) (?!it\b|they\b)\S+ than \S+\W*$"
    r"|\bhow (?:similar|close|related|different) (?:is|are)\b|\bnext to \S+(?:, please)?$|^(?:does|do|did) \S+(?: \S+){0,3} (?:beat|outperform|surpass|top) |^(?:is|are) (?:the )?\S+(?: \S+){0,3} (?:\w+er|better|worse|(?:more|less) \w+) than (?:the )?\S+"
    r"|\b(?:strengths and weaknesses|differently (?:from|than))\b|^of \S.* and \S.*, which\b|\bwhere do .+ (?:disagree|agree)\b"
    r"|\bwhich (?:one |of them |of the two )?(?:has|have|uses?|takes?|gives?|reach(?:es)?|costs?|trains?|runs?) .*\b(?:\w+er|more|less|best|better|fewer)\b.*(?:, .+ or .+|\bthan\b)"
    r"|^(?!.*\b(?:which|what) (?:papers|methods|works(?! better\b)|approaches|studies|models)\b)(?:\S+ ){1,5}or (?:\S+ ){1,8}.*\b(?:stronger|better|faster|lighter|smaller|larger|cheaper|preferable|more \w+)\b(?!.* than)|\bpart (?:company|ways)\b"
    r"|\b(?:do|does|are|is) \S+(?: \S+){0,3} and \S+(?: \S+){0,6} (?:the same|alike|identical|similar(?:ly)?|different(?:ly)?|equally)\b|\bare (?:they|these|those|both) (?:the )?(?:same|alike|identical)\b"
    r"|\bbetween \S.* and \S.*, (?:where|which|what|who|how)\b|\btable (?:with|of|for|that)\b|\b(?:contradict\w*|conflict\w*|at odds|of one opinion|overlap\w*|comparable|common to|come to the same|successor|predecessor)\b"
    r"|\bwhat (?:does|do|can|did) \S+(?: \S+){0,4} (?:do )?(?:that|which) \S+(?: \S+){0,3} (?:does(?:n't| not)|do(?:n't| not)|did(?:n't| not)|can(?:'t|not))|\b(?:contrast|contrasted)$|^rank \S.* (?:by|according|after)\b"
    r"|\brelates? to (?:that|those|the one) of\b|\bwhat speaks (?:for|against) each\b|\b(?:differs?|difference|choose|choice|decide) between\b|\bin contrast to\b"
    # Two sides are named, with a word that sets them against each other.
    r"|\bhow (?:does|do|did|is|are) .+ (?:measures? up|stacks? up|fares?|holds? up|performs?) (?:to|against|with|compared|next)\b|^(?:does|do|did|is|are|has|have) (?!it\b|they\b|this\b)\S+(?: \S+){0,8} (?:(?:more|less|fewer) (?!than)|(?:better|worse|\w{3,}er)\b).* than (?!\d|one\b|a\b|half\b|chance\b|others?\b|usual\b)"
    r"|\b(?:disagreements?|trade[- ]?offs?) between\b|(?:^|\bwhat(?:'s| is) )(?:the )?(?:relation|relationship|connection) between \S.* and \S|\bpapers? \d{1,2} and \d{1,2}\b|\b(?:are|do) (?:the|these|those|both) two \S+(?: \S+){0,3} (?:the same|alike|equal|identical|similar)\b|\bin which (?:points|respects|ways) (?:are|do|does|is)\b"
    r"|^(?-i:[\w-]*[A-Z][\w-]* (?:or|beats) [\w-]*[A-Z][\w-]*)\b|\b(?:choos\w+|pick\w*|prefer\w*) \S+(?: \S+){0,3} (?:over|rather than|instead of) \S+|\bis an? (?:\w+ )?alternative to\b|\bdiverge\b|\bjuxtapose\b|\bhow far apart\b|^when\b.* and when\b|^\S+ and \S+: (?:the )?same\b|^(?:is|are|does|do|did|has|have|can|was|were) the (?:first|second|third|former|last|newer|older|later)\b.*\bthe (?:first|second|third|fourth|last|other|latter|former|older|newer|earlier)\b"
    r"|^(?:do|does) \S+(?: \S+){0,3} and \S+(?: \S+){0,3} (?:share|have the same|use the same)\b|\bside-by-side\b"
    r"|\bwins? (?:out )?(?:over|against)\b|\b(?:dis)?advantages? of \S.* over \S|^what(?:'s| is| are| works| performs) (?:\S+ )?(?:better|faster|worse|cheaper|stronger)\b.*[,:] \S.* or \S|\bconsistent (?:across|between)\b|\b(?:preferable|superior|inferior) to\b|\b(?:first|former)\b.* against .*\b(?:second|third|latter|last)\b|^(?:who|which|whose) .*[:,] (?:the )?\S+(?: \S+){0,3} or (?:the )?\S+(?: \S+){0,3}\?$|\bwhat can .+ (?:that|which) .+ (?:can(?:'t|not)|does(?:n't| not))"
)
_OF_MANY = r"\b(?:papers|works|methods|approaches|studies|techniques|models|anyone|anybody|somebody|someone)\b(?:\W+\w+){0,3}?\W+(?:that|which|who|where|with|for|in|on|make|use|do)\b"
# What is looked for is named before anything is said of it: "papers that, unlike X, ...".
_WANTED = (
    r"^(?:papers?|works?|methods|approaches|techniques|studies|models)(?: (?:that|which|who|where|with|without|for|on|in|using)|,)|^(?:papers|works|studies|articles) \w+ing\b"
    r"|^(?:hi,? |hello,? )?(?:i|we) (?:search|look for|am looking|are looking|am searching|collect|need (?:papers|works)|would like to (?:see|collect|read|find|have))\b"
    r"|\b(?:which|what) (?:other )?(?:methods|approaches|techniques|ways)\b(?! (?:does|did|was) )(?!.*(?:[,:] \S+ or \S+|\b(?:the two|both|each|differ)))"
)
_SAYS = (
    r"\bwhat (?:do|does|did|have|has) (?:(?:the|my|these|those|this|our|your|all) )*(?:papers|abstracts|library|collection|corpus|literature|authors|researchers|studies|works) "
    r"(?:say|tell|report|find|found|think|conclude|know|claim|argue|write)\b(?: us)? (?:about|on|of|regarding)\b"
)
_EXPLAIN = (
    rf"{_ASKING}(?:{_HOW}|why\b|explain\b|describe how|walk me|help me understand)"
    rf"|\band {_HOW} |\bwhy (?:do|does|is|are|did|it|not|can)\b|\bso (?:{_HOW}|why)\b|\b(?:the|what'?s?|is) (?:reason(?:ing)?|rationale|intuition|mechanism|theory|trick|idea) (?:for|behind|that|why|to|of)\b"
    r"|\bwhat (?:causes?|makes|explains?|is the (?:trick|intuition|mechanism|theory|idea)|happens (?:when|if)|role do)"
    r"|^(?:for|in|by|through|from) (?:what|which) (?:reason|way|mechanism|manner|means|trick|principle)s?\b|\bwhat (?:keeps|prevents|stops|lets|allows|enables|drives|leads|is behind|stands behind|lies behind)\b|\bwhat'?s behind\b"
    r"|\b(?:make (?:me|us|it) understand|on what grounds?|what is (?:going on|happening)|goes wrong|wherefore|responsible for|reasoning behind|makes it (?:\w+ )?(?:hard|easy|difficult|possible))\b|^explanations? (?:for|of)\b|^what for\b|^(?:the )?(?:mechanisms?|intuition|rationale) (?:behind|of)\b"
    r"|\b(?:what|which) (?:mechanism|effect|process|principle|property|trick|idea)s? (?:lets?|makes?|allows?|causes?|is|are|drives?|explains?|keeps?)\b"
    r"|\b(?:to know|understand|get|see|tell me|explain) (?:why|how (?!many|much|large|big|long|often|fast|old|accurate|well|far|high))\b|\bintuition\b|\bby doing what\b|\bwhat (?:\w+ )?(?:led|leads) to\b|\b(?:which|what) (?:considerations?|reasons?|arguments?)\b|\bexplain (?:the|this|that|how|why|me|to)\b"
    r"|\bwhat is it about (?=\w)|\b(?:what'?s|what is) the story\b|\bbe the (?:cause|reason|explanation)\b|\bprinciple underl\w+|^through what\b"
    r"|\bwalk (?:me|us) through\b|\bwhere (?:does|do|did) (?:this|that|it|they|these|the \w+) come from\b|\bhow come\b|\b(?:is there|what is|any) (?:an |the )?(?:explanation|reason)\b|^for what (?:is|are) .+ (?:good|needed|used)\b"
    r"|^reasons? (?:\w+ ){0,2}\w+ (?:helps?|works?|fails?)\b"
    r"|^(?:for|in) what (?:reason|way|purpose)\b|^under (?:what|which) (?:circumstances|conditions) (?:do|does|did|can)\b|^(?:please )?describe (?:the|how)\b|^in [\w ]{1,20}, how (?:do|does|did|is|are|can)\b|\bwhat is it that makes\b|^(?:can|could|would) (?:you|someone|somebody) .*\b(?:why|how(?! (?:many|much|large|big|long|often|fast|old|accurate|well|far|high)\b))\b|\bhow (?:can|could|do|does|is|are|would) (?:it|one|they|that|this)\b|^reasons?\b|(?:and|[,;:](?: but)?) (?:why|how come)\W*$"
)
_NAMED_FACT = (
    # One paper or thing is named, and something of it is asked.
    r"^(?:does|did|do|is|was|were|has|have) (?:the|its|their|this|that|any abstract|[\w-]+'s) (?!.*\b(?:anywhere|in the library|any of)\b)|^(?:mention|name|state|give) the (?:two|three|four|\w+ names?|names?)\b"
    r"|^(?:(?:in|for|from|of|according to|at) )?(?:the|that) (?!(?:very )?(?:best|most|top|key|newest)\b)(?:[\w-]+ ){0,3}(?:study|paper|work|survey|article|entry|model|network|tool)\b(?! (?:on|about|by|that|which))|\b(?:which|what) (?:per ?cent|full name|smallest|largest|biggest|highest|lowest|longest)\b"
    r"|\b(?:training|computing|inference) (?:cost|time)s? of\b|"
    # What follows the comma offers the answers.
    r"^(?:[^,]*: )?how (?:does|do|is|are|did) [^,]+, (?:with|by|as|in|on|from) \S+(?: \S+)? or \S+(?: \S+)?\?$|"
    r"\b(?:which|what) (?!(?:papers?|works?|stud\w*|articles?|surveys?)\b)(?:[\w-]+ ){1,5}?(?:does|did|was|were|do they|do the authors)\b(?! (?:any(?:one|body)?|some(?:one|body)?|people|others|researchers)\b)"
    r"|(?<!works )(?<!work )(?<!papers )(?<!studies )(?<!ones )\b(?:on|at|in|from|to|by|for|of) (?:which|what|how many|how much)\b(?! (?:papers?|works?|studies|articles?))"
    r"|\bhow (?:many|much|large|big|long|often|fast|old|accurate|well|far|high|tiny|small)\b"
    r"|\bwhat (?:share|sizes?|percentage|part|fraction|range|score|gain|proportion|licence|license|recall|accuracy)\b"
    r"|\bwho (?:wrote|proposed|invented|made|introduced|decides)\b|\bstand for\b|\bthe definition of\b|^(?:please )?(?:define|definition of)\b"
    # Yes or no, of one that is named.
    r"|^(?:does|did|is|was|has|can|do|are|were|have) (?-i:(?:[A-Z][\w-]*(?: and)? ?)+)(?!.*\b(?:than|any\w*)\b)(?!.*\b(?-i:[A-Z]))"
    # One thing is asked for, or something of the one that is named.
    rf"|^(?:and |so )*(?:(?:with|by|on|for|in|under|from|at|against) )?(?:which|what) (?:[\w-]+ ){{0,4}}?{_ONE_THING}\b(?! (?:of|or) )"
    r"|^(?:and |so )*what(?:'s| is| are| was| were| does| did) the (?!(?:different|various|other|main) (?:ways|approaches|methods|options|lines)\b)(?!.*\b(?:library|collection|corpus)\b)(?!(?:literature|state of the art|recent|other|papers|works|(?:methods|approaches|techniques) (?:for|to)|(?:paper|work|study|article) (?:that|which|where))\b)"
)
_LIST = (
    r"\bwhat (?:has|have) (?:been|people|others|researchers) (?:written|published|found out|reported) (?:about|on)\b|"
    r"\b(?:what|which) (?:could|should|can|might) (?:i|we|she|he|they|one) (?:read|cite|look at|start with|begin with)\b|\bpoint (?:me|us) to\b|\banything (?:here|in here|on|about|for|to)\b"
    r"|\b(?:interested in|recommend (?:on|about|for|to|me)|wonder who|name (?:some|any|a few)|a list of|the whole (?:bunch|lot|set) of)\b|^those (?:that|which|who|about|on|with)\b|\bwhat else\b|\bwould you recommend\b|\b(?:has|have) .+ been (?:(?:described|studied|looked at|tried|used|treated|done)\b.*\b(?:here|anywhere|in the library)\b|(?:studied|looked at|tried|treated|done)\W*$)"
    r"|\b(?:i'd|i would|i want to|i should) (?:like to )?(?:read|see|cite)\b|\b(?:is|are) any(?:thing)? of (?:this|these|that) about\b|\bwhich (?:groups|people|authors|researchers|teams)\b|\bthere (?:was|is|were) something\b|\bwhat there is\b|\bwhat fits\b"
    r"|\b(?:is|has|does) (?:there )?(?:somebody|someone|anybody|anyone)\b|\blist them\b|\bsources for\b|\bwith which papers\b|\bdo you know (?:studies|papers|works)\b"
    r"|\bdo (?:we|i|you) (?:own|have|hold|keep)\b|(?:^|[.?!] )(?:show|list|collect|gather|find) (?:these|them|those|such|for me)\b|\bcollect for (?:me|us)\b|\bwhat (?:did|do|have) (?:people|others|researchers|groups|authors) (?:\w+ )?(?:try|tried|do|done|used?|proposed?)\b"
    r"|^(?:the )?(?:different |other |various |all )?(?:ways?|options|possibilities) (?:of|to)\b|\bin (?:what|which) (?:papers?|works?|studies)\b|^(?:literature|references|material|reading)\b|\bwhat (?:is|there is) (?:here|there)(?: here)? (?:on|about)\b|\binterests me (?:who|which)\b"
    r"|\bwhat (?:do|have) (?:we|i|you|they) (?:have |got |here |know )*(?:on|about|for|regarding)\b|^(?:for .+ )?(?:i|we) (?:collect|gather|need (?:references|papers|works|sources|something)|plan|am searching|are searching)\b"
    r"|\bgive (?:me|us) (?:everything|all|anything)\b|^(?:all|everything|anything|something) (?:about|on|for)\b|^where did (?:people|someone|anyone|they)\b|"
    rf"\b(?:which|what|any|some|all|list|find|show|give me|see|read|name|are there|is there|search|recommend|like|to)\b"
    r"(?!.*\b(?:in|of|by|from|does|about) (?:the|this|that)(?: [\w-]+)? (?:paper|work|study|method|model|approach|survey|algorithm)\b)"
    rf"(?:\W+\w+){{0,4}}?\W+{_THINGS}\b(?! (?:size|they)\b)"
    rf"|^(?:[\w-]+ ){{0,2}}{_THINGS} (?:on|for|in|of)\b|^{_THINGS}\b|\b{_THINGS}\s+(?:that|which|who|about|with|using|where|like|dealing|in which)\b|\b{_PAPERS} (?:on|to|by|for|regarding|concerning|covering|proposing|introducing)\b(?! (?:which|what))"
    r"|\bwhat (?:is|else is|do you have|have you)\b.*\b(?:there|have|got)\b|\bwhat (?:\w+ )?is there\b|\bwhat(?:'s| is) out there\b|\bwhat do you have\b"
    r"|\b(?:is|are) there (?:anything|any|something|some|ones?)\b|^any(?:thing|one)?\b|\beverything (?:that|on|about|which)\b|\bwhich ones\b"
    rf"|\b(?:something|anything) (?:with|regarding|concerning|related|about|on)\b|^(?:is|are|was|were) .+ (?:anywhere|in any (?:papers?|works?))\W*$|\bwhat (?:could|can|might|would) help\b|\b(?:i|we) (?:need|want|look for|seek) (?:\w+ )?(?:literature|{_PAPERS})\b|\bwho (?:else |has |have |uses?|works?|tried|deals?|studies|merged|combined|(?:claim|argue|show|find|report|say|doubt|believe)s? that\b|(?:argue|speak|warn|advise)s? (?:against|for)\b)"
    r"|^(?:please )?(?:find|list|show|search|recommend|export|drop|remove|keep|leave out|restrict|without|only|just|exclude|more like|i (?:search|need|look|am looking|want to read))\b"
    rf"|^(?:ok |and |now |so )*(?:only|just|drop|keep|export|remove|of (?:them|those|these)|(?:and )?(?:which|who) of (?:them|these|those)|the others|(?:and )?papers)\b"
    r"|\brelated[ -]work\b|^(?:any|some)body\b|^(?:have|did|do) (?:(?:other|any|some|the) )?(?:groups|people|others|researchers|teams)\b|\bwhat (?:are|were) (?:people|others|researchers|groups|authors) (?:doing|using|trying)\b|\bwhat has been (?:\w+ed|done)\b|\bwhat are (?:good|some|common|the (?:different|various|other|main) (?:ways|approaches|methods|options|lines))\b"
    r"|^(?:which|what) (?:[\w-]+ ){0,2}(?:benchmarks|data ?sets|alternatives|options|solutions|strategies|tools|frameworks)\b(?! (?:do|does|did|was|were|is|are (?:they|used|mentioned|named|there in)|it|they)\b)(?= \w)"
    r"|\b(?:what|which) (?:kinds?|types?|sorts?) of [\w -]+ (?:do people|have people|are there|exist|have been)\b|\bare there (?:any |other |more |some )?(?:[\w-]+ ){0,2}(?:data ?sets|benchmarks|corpora|methods|models|approaches|techniques)\b|^(?:please )?suggest\b|\b(?:and the )?(?:others|rest|other ones)\b|\b(?:where can i|what to) read\b|\bwhat has been done\b|\b(?:what|which) (?:data ?sets|benchmarks|methods|approaches) (?:exist|are there)\b"
    r"|\b(?:among|of|from) (?:those|these|them),? (?:which|who)\b(?! (?:data ?sets?|benchmarks?))"
    r"|\b(?:do|does|is|are|has|have|did) any of (?:these|them|those)\b|\bi do(?:n't| not) want\b|\bwould like to (?:see|collect)\b|\bwhere is .+ (?:used|estimated|put to use|applied|studied)\b"
    # What a paper may propose, in the plural and with what holds at any time: not "which networks were used?".
    r"|^(?:which|what) (?:networks|systems|agents|detectors|robots) (?:have|can|use|run|need|work|learn|are (?:in|already|able|deployed))\b"
    rf"|^(?:and |but |so )?(?:which|who) (?!are (?:the|its|their)\b|(?:do|have) (?:the|they|you|we)\b){PLURAL}"
)
_QUESTION = r"\?$|^(?:and |but |so )*(?:what(?:'s)?|which|who|when|where|how|is|are|was|were|does|do|did|can|could|has|have|name|tell)\b|^(?:at|in|on|by|for|from) (?:what|which|whose|how)\b"
_CLAIM = rf"^(?!.*\b(?:that|which|who|where|whose) ).*?\w\)?,? (?:\w+ly |also |not )?{_CLAIM_VERB}\b \w"

# "Which tasks benefit from SlotNet?": those of one paper, or all papers that have some? Read as a list.
ONE_OR_ALL = rf"^(?:and |but |so )?(?:which|what)\b(?! of\b)(?!.*\b{_PAPERS}\b)"
_SORT = r"(?:surveys?|reviews?|overviews?|tutorials?|handbooks?|benchmarks?|test (?:sets?|suites?|collections?)|data ?sets?|corpus|corpora)"
# "Is there a speech corpus for ...?", "who collected a data set of ...?", "public data set release for ..."
_SORTS = (
    rf"^(?!.*\b(?:disagree|(?:with|in|by) (?:the|this|that|its) ))(?:and )?(?:is there|are there|any|do you have|where (?:can|could|do) (?:i|we|one) (?:find|get)|has (?:any|some)(?:one|body)|who(?: has| have)?(?= (?:collect|releas|publish|buil|creat|annotat|compil|writ|wrote|review|survey)))\b(?: [\w-]+){{0,5}}? {_SORT}\b"
    rf"|^(?:(?:new|public|open|large|recent|any) )+(?:[\w-]+ )?{_SORT} (?:releases? )?(?:of|for|on|about|with)\b"
)
# Kinds and their words, in the order in which they are tried.
CUES = (
    (Kind.TALK, _TALK),
    (Kind.CORPUS, _CORPUS),
    (Kind.FACT, r"^(?:do|does|did) (?:the|its|their) \S+(?: \S+){0,3} works? (?:on|with|for|in)\b"),
    # "In the study on owls, which feature worked best?" asks one paper.
    (
        Kind.FACT,
        rf"^(?:in|for|from|according to) (?:the|that) (?:[\w-]+ ){{0,3}}(?:study|paper|work|article) (?:on|about|by|of|that|which)\b[^?]+[,:] (?:which|what|is|are|does|do|did|was|were)\b(?!.*\b{_PAPERS}\b)",
    ),
    # A definition: "what is a state space model?" asks for no models.
    (
        Kind.FACT,
        r"^(?:and |so )*what(?:'s| is) an? (?!(?:good|better|common|typical|recent|simple|way|reason)\b)[\w-]+(?: [\w-]+){0,3}[?.! ]*$",
    ),
    (
        Kind.FACT,
        r", (?:is|was) (?:that|this|it) (?:right|true|correct|so)\W*$|^(?:i need|i want(?: to know)?|give me|tell me) the (?:(?:number|size|accuracy|score|value|amount) of\b|(?!papers|works|list|names?\b|titles?\b)(?:[\w@-]+ ){1,3}of (?-i:\w*[A-Z]))",
    ),
    (
        Kind.LIST,
        rf"{_SORTS}|[,:;–-] (?:anything|any {_PAPERS})\?*$|^(?:and |so )*what (?:else )?(?:do|have) (?:i|we|you) (?:have |got )?(?:on|about)\b|\b(?:name|title) of (?:the|that|a) (?:paper|work|study|article) (?:that|which|where|in which)\b|\bwhich (?:one |paper )?(?:was|is) (?:it|that)\W*$"
        rf"|\b(?:which|what|find|show(?: me)?|list|are there|is there|do you have) (?:(?:any|some|other) )*{_PAPERS}\b(?! (?:better|best|worse|well)\b)|^(?:and )?what (?:else )?(?:has|have|did|does) (?-i:[A-Z]).* (?:written|write|published|publish)\b",
    ),
    # "What did the paper on owls versus wrens find?" asks of one paper, whatever that compares.
    (
        Kind.FACT,
        r"^(?:and |so )*what (?:did|does|do) the (?!.*\b(?:and|or) (?:the|that) (?:one|other|paper)\b)(?:[\w-]+ ){0,4}(?:paper|study|work|article)\b.* (?:find|conclude|report|show|say|claim|propose|use|observe)\W*$",
    ),
    (Kind.LIST, _WANTED),
    (
        Kind.FACT,
        r"^(?:and |so )*(?:by )?(?:how (?:many|much)(?! (?:better|worse|faster|slower)\b)|what (?:share|percentage|percent|fraction|number|factor|margin))\b(?!.*\b(?:each|both|respectively|vs\.?|versus|or)\b)",
    ),
    # "Which collection was used to compare regions?" asks for the collection.
    (
        Kind.FACT,
        r"^(?:(?:on|in|with|by|for) )?(?:which|what)\b(?! (?:one|of|differences?|similarities)\b)(?:.*\b(?:used|proposed|made|meant) to compare\b"
        r"|(?: [\w'-]+){1,6} (?:is|are|was|were) (?:[\w-]+ ){0,8}?compared (?:to|with)\b)",
    ),
    (Kind.COMPARE, _COMPARE),
    (Kind.COMPARE, rf"^(?!.*{_OF_MANY}).*?(?:{_ALSO_COMPARE})"),
    (Kind.EXPLAIN, rf"{_SAYS}|{_EXPLAIN}"),
    # The field as a whole is asked, not a paper.
    (
        Kind.LIST,
        r"\b(?:according to|across|throughout) the (?:literature|papers)\b|^(?:which|what) (?:[\w-]+ ){1,3}?\w+s (?:are|have been) (?:proposed|suggested|developed|available|known|introduced) (?:for|to)\b"
        r"|\bwhat(?: are|'re) the (?:(?:newest|latest|recent|current|main|different|open) )*(?:developments|trends|advances|directions|challenges) (?:in|for|on)\b"
        r"|\bwhat (?:is|do (?:we|you)) (?:already )?know[n]? (?:about|on)\b|\bwhat (?:did|have) (?:people|others|researchers) (?:find|found)\b",
    ),
    (Kind.FACT, _NAMED_FACT),
    # "Does pruning work for owls?": no works are asked for.
    (
        Kind.FACT,
        rf"^(?:and |but |so )*(?:does|do|did|can|could|will) (?!(?:the |any |some |other )*(?:{SEVERAL_PAPERS}|papers|people|you|we|i|anyone|someone|anybody|somebody)\b)[\w(),/+ -]+? work (?:for|on|with|in|as|without)\b",
    ),
    (Kind.LIST, _LIST),
)
FORMS = (
    (Kind.FACT, _QUESTION),
    # "12 lead ECG papers": nothing is claimed.
    (Kind.LIST, rf"\b(?:{SEVERAL_PAPERS}|refs|references|surveys)$"),
    (Kind.FACT, rf"\b{_MEASURE}\b|^(?=.*(?-i:[a-z][A-Z]|\b[A-Z]{{2}})|.*\b(?:of|on)\b).*\b{_RATE}\b"),
    (Kind.FACT, r"^(?!.*\b(?:i|we|us|me|my|our|please|looking|interested|searching)\b)\w.{12,}\w\.$"),
    (Kind.FACT, _CLAIM),
)
