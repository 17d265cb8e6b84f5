"""The words that mark what a sentence of an abstract does: trouble, deeds, data, outcomes, limits. Patterns alone.

Collected by hand, and tuned on abstracts of the tuning half.
"""

from __future__ import annotations

import re

_I = re.IGNORECASE
OWN = re.compile(
    r"\b(?:we|I|our|ours|my|this (?:paper|work|study|article|survey|letter|thesis|review|chapter)|the authors?|here,? we|in this|"
    r"is (?:proposed|presented|introduced))\b",
    _I,
)
TROUBLE = re.compile(
    r"\b(?:however|but|yet|unfortunately|despite|although|though|challeng\w*|problem\w*|suffer\w*|limit(?:s|ed|ation\w*)|lack\w*|"
    r"difficult\w*|fail\w*|cost(?:ly|s)?|expensive|remain\w*|bottleneck\w*|drawback\w*|gap|under-?explored|unexplored|"
    r"issue\w*|struggl\w*|hinder\w*|prevent\w*|require\w*|restrict\w*|hard|unclear|little|neglect\w*|ignor\w*|overlook\w*|"
    r"not (?:well|yet|always|been|fully)|cannot|crucial|essential|need(?:s|ed)?|tedious|inefficien\w*|insufficien\w*|poor\w*)\b",
    _I,
)
TURN = re.compile(
    r"\b(?:however|but|yet|unfortunately|remains?|fails?|suffers?)\b|^despite\b|^although\b", _I
)
AIM = re.compile(
    r"\b(?:aim(?:s|ed)? (?:to|at)|goal|task of|problem of|(?:we|paper|work|study) (?:\w+ )?(?:stud(?:y|ies)|investigat\w+|address\w*|"
    r"tackl\w+|consider\w*|ask\w*|examin\w+|focus\w*|explor\w+|revisit\w*|analy[sz]\w+)|question (?:of|whether)|whether|in order to|"
    r"to (?:address|tackle|overcome|solve|alleviate|mitigate|bridge|remedy|avoid|fill))\b",
    _I,
)
DEED = re.compile(
    r"\b(?:propos\w+|introduc\w+|present\w*|develop\w*|design\w*|devis\w+|build|built|formulat\w+|(?:we|which|that|it|method|model|"
    r"approach|framework|network) (?:\w+ly |first |then |also |further )?(?:pre-?train|curate|fine-tune|use|uses|learn|learns|train|trains|combine|combines|"
    r"leverage|leverages|employ|employs|adopt|adopts|exploit|exploits|replace|replaces|extend|extends|apply|applies|construct|"
    r"constructs|decompose|decomposes|model|models|incorporate|incorporates|integrate|integrates|generate|generates|predict|"
    r"predicts|encode|encodes|consists?|add|adds|map|maps|align|aligns|optimi[sz]es?|perform|performs|utili[sz]es?|"
    r"suggest|suggests|describe|describes|derive|derives|conduct|analy[sz]e|cast|view|treat|treats))\b|\bkey idea\b|\bby (?:\w+ly )?\w+ing\b|"
    r"\bbased on\b|\bconsist\w* of\b|\b(?:called|named|dubbed|termed)\b|\bmodules?\b|\b(?:\w+ )?(?:components|stages|steps|parts|branches)\b|\b(?:leverages|employs|utili[sz]es|integrates|incorporates|"
    r"consists|combines|learns|adopts|exploits|replaces|introduces|extends|uses|aligns|aggregates|performs)\b|\bdefined\b|\bthe first\b|\binstead of\b|\bspecifically\b|\bconcretely\b",
    _I,
)
FIRST_DEED = re.compile(
    r"\b(?:we(?! argue)|I|(?:this|our|the present) (?:\w+ )?(?:paper|work|study|article|survey|letter|thesis)) (?:[a-z-]+,? ){0,4}?(?:propos\w+|introduc\w+|present\w*|develop\w*|design\w*|"
    r"devis\w+|describe\w*|suggest\w*|provid\w+|conduct\w*|perform\w*|stud(?:y|ies)|survey\w*|review\w*|analy[sz]e\w*|formulat\w+|"
    r"build|create\w*|collect\w*|advocate\w*|revisit\w*|derive|establish\w*|prove)\b|(?<!approaches )(?<!methods )(?<!works )(?<!models )(?<!techniques )"
    r"(?<!algorithms )(?:is|are) (?:proposed|presented|introduced)\b",
    _I,
)
BEGINS = re.compile(
    r"\b(?:in )?this (?:paper|work|study|article|survey|letter|thesis|review)\b|\bwe (?!humans\b|argue\b|hypothesi|believe\b|note\b|observe\b|find\b|found\b|know\b|can\b|live\b|see\b|all\b|often\b)",
    _I,
)
DATA_WORD = re.compile(
    r"\b(?:data ?sets?|benchmarks?|corpus|corpora|databases?|test ?sets?|(?:\d[\d,.]*[KMB]?|thousand|million|billion|hundred)s? "
    r"(?:[\w-]+ ){0,3}(?:images?|videos?|pairs|samples|examples|hours|sentences|documents|classes|papers|captions|patients|scans|questions|tasks|species|scenes)|"
    r"(?:training|synthetic|real-world|real|simulated|collected|unlabell?ed|labell?ed|medical|clinical|satellite) (?:data|images|images and|scenes))\b",
    _I,
)
NAMED_SET = re.compile(
    r"(?<=\w )[A-Z][\w-]+\)? (?:[Dd]ata ?[Ss]ets?|[Bb]enchmarks?|[Cc]orp(?:us|ora)|[Dd]atabases?)\b"
)
SO_MANY_SETS = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+|several|multiple|various) (?:[\w()-]+ ){0,6}(?:datasets|data sets|benchmarks|corpora)\b",
    _I,
)
STRONG_DEED = re.compile(
    r"\b(?:we|I|(?:this|our) (?:paper|work|study|article)) (?:[a-z-]+,? ){0,4}?(?:propos\w+|introduc\w+|present\w*|develop\w*|design\w*|devis\w+|construct)\b",
    _I,
)
# "With two components": what a method is made of.
PARTS = re.compile(
    r"\b(?:with|has|have|includes?|contains?|through|via|into|using|uses|of|key|main|novel) (?:two|three|four|five|several|multiple) "
    r"(?:[\w-]+ ){0,3}(?:components|modules|stages|steps|parts|branches|phases|blocks|strategies|techniques)\b",
    _I,
)
# "First, ...": how a method is gone through part by part; the first may stand behind a colon.
FIRST_PART = re.compile(r"^first(?:ly)?\b|(?:^|[:,;] )\(?(?:1|i)\)", _I)
NEXT_PART = re.compile(
    r"^(?:and )?(?:second|third|fourth|last|next|then|final)(?:ly)?\b|^the (?:second|third|last)\b|^\(?(?:[2-6]|ii|iii|iv|v)\)",
    _I,
)
REMEDY = re.compile(
    r"\bto (?:address|overcome|tackle|mitigate|alleviate|solve|remedy|avoid|bridge|fill)\b", _I
)
TRIED = re.compile(
    r"\b(?:experiments?|experimental\w*|evaluat\w+|evaluations?|tested?|testing|trained|pre-?trained|validat\w+|collect\w*|conduct\w*|"
    r"results?|applied to|on (?:[\w,-]+ ){1,8}(?:data ?sets?|benchmarks?)|across:? (?:[\w(),-]+ ){0,8}(?:data ?sets?|benchmarks?|tasks|domains|models|architectures|languages|modalities|settings|scenarios|corpora)|demonstrat\w+|annotat\w+|curat\w+)\b",
    _I,
)
OUTCOME = re.compile(
    r"\b(?:outperform\w*|beats?|surpass\w*|achiev\w+|improv\w+|state[- ]of[- ]the[- ]art|sota|results?|demonstrat\w+|shows?|showed|shown|superior\w*|"
    r"reduc\w+|gains?|faster|better|higher|lower|find|finds|found|reveal\w*|competitive|comparable|exceed\w*|boost\w*|"
    r"observ\w+|on par|significant\w*|accurac(?:y|ies)|yields?|effective(?:ness)?|confirm\w*|evidence|obtain\w*|attain\w*|enabl\w+|"
    r"success\w*|conclude\w*|discover\w*|suggest)\b",
    _I,
)
FIGURE = re.compile(r"(?<![\w.-])\d[\d,.]*(?![\w)-])|\d ?%")
PERCENT = re.compile(r"\d ?(?:%|x\b|×|points?\b|percent)|\d\.\d")
_EXHIBIT = r"(?! (?:an? )?(?:new|novel) )"  # "we demonstrate a new analysis" tells a deed
FINDING = re.compile(
    rf"\b(?:(?:we|results?|experiments?|analys[ie]s|evaluations?|findings?|study|studies|it|which) (?:[\w-]+ ){{0,8}}?(?:show{_EXHIBIT}|shows|showed|demonstrate\w*{_EXHIBIT}|"
    r"find|finds|found|reveal\w*|observe\w*|suggest|suggests|indicate\w*|confirm\w*|prove\w*|conclude\w*|achieve\w*|(?:discover(?:ed)?|highlight\w*) that)|"
    r"provid(?:e|es|ed) (?:\w+,? ){0,3}evidence\b|(?:showing|demonstrating) that|and (?:show|demonstrate|find|prove)s? that|outperform\w*|surpass\w*|state[- ]of[- ]the[- ]art|"
    r"achiev\w+ (?:\w+ ){0,4}(?:results?|performance|accuracy|\d))\b",
    _I,
)
# "Experiments verify its superiority", "the promise of this is shown": an outcome without a figure.
CONFIRMED = re.compile(
    r"\b(?:experiment\w*|results?|evaluations?|stud(?:y|ies)|analys[ie]s|tests|comparisons?|simulations?)\b(?:(?!\bwhich\b)[^.;:]){0,120}?\b(?:validat\w+|verif\w+|showcas\w+|corroborat\w+|"
    r"attest\w*|confirm\w*|underscor\w+|support\w*|highlight\w*|prov(?:e|es|ed))\b|\b(?:effectiveness|efficacy|superiority|advantages?|promise|usefulness|utility|benefits?)\b"
    r"[^.;:]{0,80}?\b(?:is|are|was|were) (?:\w+ly )?(?:demonstrated|validated|shown|verified|confirmed|proven|established)\b",
    _I,
)
# "With higher accuracy and with much less data".
GAIN = re.compile(
    r"\bwith (?:much |far |significantly |substantially )?(?:higher|better|lower|fewer|less|greater|smaller|improved) [a-z-]+"
    r"|\b(?:higher|lower|better|faster|fewer|less|smaller|more [a-z]+) (?:[\w-]+ ){0,3}than\b",
    _I,
)
# "Experiments show gains in three tasks: ...": what was tried, before the tasks that are listed.
TASK_LIST = re.compile(
    r"\b(?:experiment\w*|evaluat\w+|validat\w+|shows?|demonstrat\w+|improv\w+|outperform\w*|achiev\w+|obtain\w*|performs|superior|beats?|benefits?"
    r"|competitive|effective\w*|explore|(?-i:On))\b[^.]*\b(?:tasks|problems|applications)\b"
    r"(?:,? (?:including|such as|like|namely)\b|:| -|\s?[—–(])",
    _I,
)
LIMIT = re.compile(
    r"\blimitations? of (?:our|the proposed|this)|\b(?:our|proposed|this) (?:\w+ ){0,2}(?:is|are|remains?) (?:still )?(?:limited|restricted)|"
    r"\b(?:at the (?:cost|expense|price) of|future work|left (?:for|to) future|we (?:also )?(?:discuss|highlight|note|outline) "
    r"(?:\w+ ){0,4}(?:limitations?|failure|drawbacks?|weakness\w*|shortcomings?|caveats?|open (?:problems|questions))|does not (?:always|yet)|only (?:if|when|works)|sensitive to|"
    r"drops? (?:when|by)|degrad\w+ (?:when|by|with)|(?:our|the proposed) (?:\w+ ){1,3}fails? (?:to|when|on|in)|still (?:lags?|fall\w* short|far|struggl\w*|fails?|suffers?)|"
    r"remains? (?:an? )?(?:open|challeng\w+|difficult|elusive)|there is (?:still )?(?:no|ample|much|significant) room|negligible (?:loss|drop)|slight (?:loss|drop|decrease)|"
    r"room for improvement|no (?:significant )?(?:benefit|gain|improvement)|worse than|does not (?:help|improve|generali[sz]e|transfer|hold))",
    _I,
)
BACKGROUND = re.compile(
    r"\b(?:existing|previous|prior|recent(?:ly)?|traditional(?:ly)?|conventional(?:ly)?|typical(?:ly)?|current(?:ly)?|common(?:ly)?|most (?:of the )?(?:\w+ )?"
    r"(?:methods|approaches|works|models)|many (?:\w+ )?(?:methods|approaches|works)|ha(?:s|ve) (?:been|become|shown|achieved))\b",
    _I,
)
ACCESS = re.compile(
    r"https?://|\b(?:code|implementation|project page|source code)\b.{0,60}\b(?:available|released?|at|open)",
    _I,
)
# What the authors set out to learn, before anything is known: "OBJECTIVE To determine whether ...", "We asked if ...".
_LEARN = r"to (?:\w+ly )?(?:determine|investigate|assess|evaluate|examine|compare|test|study|measure|explore|estimate|quantify|clarify|establish|find out)\b"
SET_OUT = re.compile(
    # "To test this, we built ..." tells a deed.
    rf"^(?:(?-i:[A-Z][A-Z, ]+|Objectives?|Aims?|Purpose|Goals?):? |\W+)?{_LEARN}(?!.*, (?:we|i|this|our|an?|the)\b)"
    rf"|\b(?:we|i|(?:this|our|the present) \w+) (?:\w+ly )?(?:sought|aim(?:s|ed)?|set out|wish(?:ed)?|want(?:ed)?|tried) {_LEARN}"
    rf"|\b(?:aims?|purposes?|objectives?|goals?) of (?:this|our|the present) (?:\w+ )?\w+ (?:is|was|were) {_LEARN}"
    r"|\b(?:ask(?:s|ed)?|investigat\w+|examin\w+|explor\w+|assess\w*|determin\w+|evaluat\w+|studied|(?:un)?clear|unknown|uncertain|questions?)(?: as)?(?: to| of)? (?:whether|if)\b",
    _I,
)
# The heading of a part that says what came out: "CONCLUSIONS", "Findings:".
CONCLUDES = re.compile(
    r"^(?:CONCLUSIONS?|RESULTS|FINDINGS|INTERPRETATION|Conclusions?|Results|Findings|Interpretation)\b"
)
