"""What is asked of papers that no file names: venues, citation counts, institutions, the h-index, stars. Pure.

A topic beside it is asked without it ("ICLR papers on owls"); alone it has no answer here. Only what asks for it clearly:
"papers on citation prediction" is a topic, and so are "the CVPR challenge" and a "cell".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.answering.asking.mentions import content_words

_VENUES, _CITED, _INSTITUTIONS = "venues or journals", "citation counts", "institutions of authors"
_H_INDEX, _STARS = "h-index of authors", "stars, votes or downloads"

_PAPERS = r"(?:papers?|works?|stud(?:y|ies)|articles?|publications?|preprints?|abstracts?|surveys?|reviews?)"
_ONES = rf"(?:{_PAPERS}|research|anything|everything|something)"
_YEAR = r"(?:[ -]?(?:['’]\d\d|(?:19|20)\d\d))?(?: workshops?)?"
_VENUE = (
    r"(?:CVPR|ICCV|ECCV|WACV|BMVC|ACCV|3DV|ICLR|ICML|Neur[Ii]PS|NIPS|AAAI|IJCAI|EMNLP|NAACL|EACL|COLING|TACL|SIGIR|ECIR|KDD|WSDM|CIKM|RecSys|ICASSP|"
    r"I(?:nterspeech|NTERSPEECH)|MICCAI|MIDL|ICRA|IROS|CoRL|COLM|AISTATS|T?PAMI|IJCV|JMLR|TMLR|TNNLS|SIGGRAPH(?: Asia)?|ACM (?:MM|Multimedia)|ISBI|ICIP|"
    r"ICPR|cvpr|iccv|eccv|iclr|icml|neurips|aaai|emnlp|naacl|sigir|miccai|siggraph)"
)
# Words that name other things too.
_AMBIGUOUS = r"(?:ACL|UAI|COLT|TIP|Nature(?: [A-Z]\w+)*|Science|Cell|PNAS|(?:The )?Lancet|NEJM|JAMA|PLOS ONE|IEEE(?: [A-Z]\w+)*)"
_SURE_VENUES = rf"(?-i:{_VENUE}){_YEAR}(?:(?:,| and| or|, and|, or) (?-i:{_VENUE}){_YEAR})*"
_ANY_VENUE = (
    rf"(?-i:{_VENUE}|{_AMBIGUOUS}){_YEAR}(?:(?:,| and| or|, and|, or) (?-i:{_VENUE}|{_AMBIGUOUS}){_YEAR})*"
)
_SOME_VENUE = r"(?:(?:a|an|any|some|the|top|good|major|leading|high-impact|peer-reviewed|well-known) )*(?:journals?|conferences?|venues?)"
_INSTITUTION = (
    r"(?-i:(?:Google|(?:Google )?DeepMind|OpenAI|Meta(?: AI)?|Facebook|FAIR|Microsoft|N(?:vidia|VIDIA)|Apple|Amazon|IBM|Intel|Adobe|Huawei|Tencent|Alibaba|"
    r"ByteDance|Baidu|Samsung|Sony|Anthropic|Salesforce|Hugging Face|Qualcomm|Naver|Stanford|MIT|Harvard|Princeton|(?:UC )?Berkeley|CMU|Carnegie Mellon|"
    r"Oxford|Cambridge|ETH(?: Z[uü]rich)?|EPFL|Tsinghua|Peking|I(?:nria|NRIA)|CNRS|Caltech|Yale|Cornell|NYU|UCLA|UCL|KAIST)"
    r"(?: (?:Research|University|Labs?|Institute|Brain|AI))?|University of [A-Z]\w+|[A-Z]\w+ University|Max Planck(?: Institute[\w ]*)?)"
)
_SORT_OF_INSTITUTION = (
    r"(?:(?-i:[A-Z]\w+) )?(?:universities|companies|industry|academia)|(?<=from )(?:the )?(?-i:China|Germany|France|India|Japan|Korea|Canada|Switzerland|"
    r"Israel|Singapore|Italy|Spain|Netherlands|Australia|USA?|UK|United States|United Kingdom|Europe|Asia)"
)
_SOME_INSTITUTIONS = rf"{_INSTITUTION}(?:(?:,| and| or|, and|, or) {_INSTITUTION})*"
_ENDS = r"(?=\W*$|[,;?.!]| (?:on|about|that|which|who|for|with|using|in|from|since|before|after|and|or|are|is|do|use|have|deal|here|dealing)\b)"
_LINK = r"(?:(?:that|which) )?(?:(?:were|was|are|is|(?:have|has|had) been|have|has|got|comes?|came) )?"
_TOPIC = r"(?:(?!(?:in|on|of|for|from|with|by|the|my|big)\b)[\w-]+ ){0,3}"

# What goes out of the question, and what stands in its place: the rest is asked if it has a topic.
_ASIDE = (
    (
        _VENUES,
        rf" ?\b{_LINK}(?:publish|accept|present|appear|print)(?:ed|ing|s)? (?:at|in|by|to) (?:the )?(?:journal |conference |proceedings of )?(?:{_ANY_VENUE}|{_SOME_VENUE}\b){_ENDS}",
        "",
    ),
    (_VENUES, rf"\b{_SURE_VENUES} (?={_TOPIC}{_PAPERS}\b)", ""),
    (_VENUES, rf"\b(?-i:{_AMBIGUOUS}){_YEAR} (?={_PAPERS}\b)|\b(?:journal|conference) (?=(?:papers|articles)\b)", ""),
    (_VENUES, rf"\b(?P<keep>{_ONES}) {_LINK}(?:from|at|in|of) (?:the )?{_ANY_VENUE}{_ENDS}", r"\g<keep>"),
    (_VENUES, rf"^(?P<keep>which|what|how many)(?: of (?:these|those|them))? {_LINK}(?:from|at|in) {_ANY_VENUE}{_ENDS}", ""),
    (_VENUES, r",? (?:\w+ed )?(?:by|per) (?:the )?(?:venues?|journals?|conferences?)(?=\W*$)", ""),
    (_CITED, rf"\b(?:the )?(?:most|highly|best|least|well)[- ]cited(?: ones?\b)? ?(?={_TOPIC}{_PAPERS}\b|\W*$)", ""),
    (_CITED, rf"\b(?:most|highly) (?:influential|popular|famous) (?={_TOPIC}{_PAPERS}\b)", ""),
    (_CITED, r",? (?:\w+ed )?by (?:the )?(?:(?:number of |their )?citations?(?: counts?)?|popularity)(?=\W*$)", ""),
    (_CITED, rf" (?:that (?:have|got) |with )(?:the )?(?:more than|over|at least|most|many|\d+)(?: [\d,.]+)? citations{_ENDS}", ""),
    (_INSTITUTIONS, rf"\b(?P<keep>{_ONES}) {_LINK}(?:written |authored |published |released )?(?:from|by|at|of|out of) (?:the )?(?:(?:researchers|authors|people|groups?|teams?) (?:at|from|of) )?(?:{_SOME_INSTITUTIONS}|{_SORT_OF_INSTITUTION}){_ENDS}", r"\g<keep>"),
    (_INSTITUTIONS, rf"^(?:what|which {_PAPERS}) (?:has|have|did|does) {_INSTITUTION} (?:writ|wrote|publish|releas|propos)\w*{_ENDS}", "which papers are"),
    (_INSTITUTIONS, rf"(?<!the )\b{_INSTITUTION}(?:['’]s)? (?=(?:papers|works|studies|articles|publications)\b)", ""),
    (_INSTITUTIONS, rf"^(?:which|what|how many)(?: of (?:these|those|them))? {_LINK}(?:from|by) {_INSTITUTION}{_ENDS}", ""),
    (_STARS, rf"\b(?:the )?most[- ](?:downloaded|viewed|liked|starred|upvoted) (?={_TOPIC}{_PAPERS}\b)", ""),
)  # fmt: skip
_TOPICAL = r"^(?!.*\b(?:predict|model|estimat|forecast|recommend|analy[sz]|data ?set|papers (?:on|about)\b))"
# Nothing else is asked beside it.
_ALONE = (
    (_VENUES, r"\b(?:which|what) (?:journals?|conferences?|venues?|proceedings|publishers?)\b.*\b(?:publish\w*|appear\w*|accept\w*|present\w*|print\w*|papers?|these|those|they|it|this)\b"),
    (_VENUES, r"^(?:and )?where (?:was|were|is|are|has|have|did)\b(?!.*\b(?:data|datasets?|code|weights|models?|benchmarks?|annotations?|images?|corpus)\b).* (?:published|appear(?:ed)?|accepted)\W*$"),
    (_VENUES, r"\b(?:list|show|what (?:are|is)|how many)(?: me)?(?: all)?(?: the| different)? (?:venues?|journals?|conferences?)(?: (?:of|here|are|in)\b|\W*$)|^(?:is|are|was|were|which) (?:[\w“”]+ ){1,6}peer[- ]reviewed\W*$|\bimpact factors?\b|\bwhich (?:journals|conferences|venues) are (?:there|here|covered|represented|in)\b"),
    (_CITED, r"\bhow (?:often|many times|much|frequently|well) (?:is|was|are|were|has|have)\b.*\bcited\b|\bhow many (?:citations|times cited|people (?:have )?cited?)\b|\bmost[- ]cited (?:authors?|researchers?)\b"),
    (_CITED, rf"{_TOPICAL}.*\b(?:what (?:is|are) the|its|their|number of|show(?: me)?(?: the)?|most|more) (?:citations|citation counts?)\b|^(?:the )?citation counts? (?:of|for)\b"),
    (_INSTITUTIONS, r"\b(?:which|what) (?:institut\w+|universit\w+|compan\w+|labs?|laborator\w+|organi[sz]ations?)\b.*\b(?:authors?|wrote|affiliated|behind (?:it|this|these|that)|(?:these|the|my|most) papers)\b"),
    (_INSTITUTIONS, r"\b(?:author|their|its|whose) affiliations?\b|\b(?:the|what|which|list|show) affiliations?\b(?: (?:of (?:the )?(?:first |last )?(?:authors?|papers?|these|those|them|it)|do|does)\b|\W*$)|\bwhere (?:do|does|did) (?:the |its |their )?(?:first |last |lead )?authors? (?:work|come from)\b|\bwhere (?:is|are) (?:the |its |their )?(?:first |last |lead )?authors? (?:from|based)\b|\bauthors? (?:is|are|was|were) affiliated\b"),
    (_INSTITUTIONS, rf"^(?:and )?(?:did|has|have) {_INSTITUTION} (?:writ|wrote|publish|author)\w* (?:it|this|that|(?:any|some|one|all) of (?:these|those|them))\b"),
    (_H_INDEX, rf"{_TOPICAL}.*\bh[- ]?index\b"),
    (_STARS, r"\b(?:github|repo\w*|code)\b.*\bstars?\b|\bstars?\b.*\bgithub\b|\bmost[- ]starred\b|\bhow often (?:was|is|has)\b.*\bdownloaded\b"),
)  # fmt: skip
_ASIDES = tuple((what, re.compile(words, re.IGNORECASE), instead) for what, words, instead in _ASIDE)
_ALONES = tuple((what, re.compile(words, re.IGNORECASE)) for what, words in _ALONE)
# What the words leave behind: "papers [accepted at X] and use owls", "the 5 [most cited] papers".
_LOOSE = re.compile(
    rf"(?<=papers )and (?=\w)|\bthe (?=(?:\d{{1,2}}|two|three|four|five|six|seven|eight|nine|ten) {_PAPERS}\b)",
    re.IGNORECASE,
)
_LONGEST = 500  # characters; in a longer text it is not what is asked
_NAMED = re.compile(rf"{_ANY_VENUE}|{_INSTITUTION}", re.IGNORECASE)
_ASKING = re.compile(
    r"\b(?:list|find|name|everything|something|research|recommend|sort\w*|rank\w*|order\w*|group\w*|my|our|your|library|collection|best|top|here|need|looking|search|written|"
    r"published|many|two|three|four|five|ten|\d{1,2})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Unkept:
    """What is asked for that no file names, in whose words, and the question without them; "" where no topic is left."""

    what: str
    words: str
    rest: str = ""

    @property
    def notice(self) -> str:
        """What is left out of a question, in a line."""
        return f"Files name no {self.what}: asked without “{self.words}”."

    @property
    def line(self) -> str:
        """Why there is no answer, and what can be asked instead."""
        name = _NAMED.search(self.words)
        mention = f" “How many papers mention {name.group()}?” looks for the word." if name else ""
        return (
            f"The files of this library name no {self.what}: of a paper Footnote knows title, abstract, authors, date and link. "
            f"Ask for a topic, an author or a year.{mention}"
        )


def find_unkept(text: str) -> Unkept | None:
    """Return what a question asks for that no file names; None if it asks for nothing of the kind.

    >>> find_unkept("ICLR papers on pruning").rest, find_unkept("which papers were published at CVPR?").rest
    ('papers on pruning', '')
    >>> find_unkept("how often is SlotNet cited?").what, find_unkept("papers on citation prediction")
    ('citation counts', None)
    """
    if len(text) > _LONGEST:
        return None
    for what, words in _ALONES:
        if match := words.search(text):
            return Unkept(what, match.group().strip(" ?.!"))
    for what, words, instead in _ASIDES:
        if match := words.search(text):
            rest = " ".join(f"{text[: match.start()]} {match.expand(instead)} {text[match.end() :]}".split())
            said = match.group().removeprefix(match.expand(instead)).strip(" ,")
            rest = _LOOSE.sub("", re.sub(r" (?=[?.!,;])", "", rest))
            return Unkept(what, said, rest if content_words(_ASKING.sub(" ", rest)) else "")
    return None
