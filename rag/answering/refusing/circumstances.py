"""Who, where and when: people, places and dates. A readable table.

"Who" is answered by a person's name where something was thought of, won or paid for, and by any people where
something was judged, labelled or done. "Where" and "when" are read only with verbs of making and showing:
else they ask for a part or a condition ("where does it fail?").
"""

from __future__ import annotations

import re

from rag.answering.refusing.answer_types import AnswerType, asked_as
from rag.answering.refusing.named_answers import PLACES

_PEOPLE = re.compile(
    r"\b(?:people|persons?|humans?|participants?|subjects?|volunteers?|annotators?|labell?ers?|raters?|users?|individuals?|workers?|crowd\w*|judges?"
    r"|observers?|listeners?|readers?|viewers?|speakers?|students?|teachers?|experts?|specialists?|professionals?|practitioners?|doctors?|clinicians?|physicians?|radiologists?"
    r"|pathologists?|patients?|adults?|children|infants?|toddlers?|men|women|artists?|designers?|linguists?|researchers?|scientists?|developers?|engineers?|teams?|players?"
    r"|drivers?|customers?|shoppers?|programmers?|musicians?|native|reviewers?|oracle|manual\w*|by hand|hand-?(?:labell?ed|annotated|written|drawn))\b",
    re.IGNORECASE,
)
_NAMED_PERSON = re.compile(
    r"et al|\b[A-Z][a-z]+ (?:and|&) [A-Z][a-z]+(?= \(?(?:19|20)\d\d)|\b[A-Z][a-z]+ \((?:19|20)\d\d\)|\b(?!(?:Earth|World|Nature)\b)[A-Z][a-z]+['’]s |\bby [A-Z][a-z]+"
)
_MADE = r"(?:recorded|filmed|shot|photographed|taken|collected|gathered|scanned|captured|acquired|downloaded|crawled|sourced|drawn|recruited|released|held|written|built|founded|developed|made public|deployed|carried out|conducted|done|run|shown|screened|aired)"
_PLACE = re.compile(
    rf"\b(?-i:{PLACES})\b|\b(?:web(?:sites?)?|internet|online|Flickr|YouTube|Wikipedia|Reddit|Twitter|Hugging ?Face"
    r"|hospitals?|clinics?|laborator(?:y|ies)|labs?|streets?|outdoors?|indoors?|homes?|houses?|schools?|universit(?:y|ies)|cities|city|urban|rural|underwater|in the wild|stores?|museums?)\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d0s\b|\b(?:January|February|March|April|June|July|August|September|October|November|December)\b"
    r"|\b(?:years?|months?|weeks?|days?|decades?|centur(?:y|ies)|seasons?|winter|summer|spring|autumn|night|daytime|day-time) "
)

CIRCUMSTANCES = (
    AnswerType(
        "person by name",
        asked_as(
            r"\bwho (?:has |had |first |originally |also )*(?:introduced|propos|invent|coin|describ|discover|suggest|formulat|develop|creat|found|won\b|wins?\b|design|supervis|wrote the code)\w*"
            r"|\bby whom (?:was|were|is)\b"
        ),
        _NAMED_PERSON,
    ),
    AnswerType(
        "people",
        asked_as(
            r"(?:^|[,;:.] |\band |\bto |\bby |\bfrom )who(?:m)?\s+(?:\w+ )?(?:judg|annotat|label|rat(?:ed|es)|evaluat|assess|grad(?:ed|es)|scor|took|takes|takes part|collect|gather|record|transcrib|translat|draw|drew|writes?|decid|check|verif|"
            r"validat|select|pick|chose|compar|prefer|test|tri(?:ed|es)|provid|answer|play|ask|review|interview|survey|segment|mark|label)\w*"
            r"|\bwhose (?:votes?|judge?ments?|ratings?|preferences?|opinions?|voices?|faces?|hands?|brains?)\b"
        ),
        _PEOPLE,
    ),
    AnswerType(
        "study with people",
        asked_as(r"^(?:was|were|is|are|did|do|does|has|have)\b.*\b(?:user|human|clinical|reader|listening) (?:stud(?:y|ies)|evaluations?|trials?|experiments?|tests?)\b"),
        re.compile(r"\b(?:participants?|volunteers?|users?|raters?|annotators?|crowd\w*|patients?|(?:human|user|clinical|reader) (?:stud\w+|evaluat\w+|trials?|subjects?|judg\w+|ratings?|preferences?|experiments?))\b", re.IGNORECASE),
        echoed=True,
    ),
    AnswerType("place", asked_as(rf"\bwhere (?:was|were|is|are|has|have|did|do)\b(?:\s+\S+){{0,9}}?\s+{_MADE}\b|\bwhere do(?:es)? (?:\S+ ){{1,6}}(?:live|work)\b|\bwhere (?:do|does|did) (?:the |its )?(?:\S+ ){{0,3}}?(?:samples?|images?|data|pictures?|photos?|videos?|recordings?|questions?|texts?|captions?|labels|papers|speakers?|patients?)\b.*\bcome from"), _PLACE),
    AnswerType("date", asked_as(rf"(?:^|[,;:] |\band )when (?:was|were|is|are|has|have|did)\b(?:\s+\S+){{0,9}}?\s+{_MADE}\b|\bin (?:which|what) (?:month|decade|century|season)\b"), _DATE),
)  # fmt: skip
