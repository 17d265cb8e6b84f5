"""What is asked of papers that no file names: venues, citation counts, institutions, the h-index, stars. Pure.

A topic beside it is asked without it ("ICLR papers on owls"); alone it has no answer here. Only what asks for it clearly:
"papers on citation prediction" is a topic, and so are "the CVPR challenge" and a "cell".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.answering.asking.asking_words import PAPERS, SEVERAL_PAPERS
from rag.answering.asking.mentions import content_words

_VENUES, _CITED, _INSTITUTIONS = "venues or journals", "citation counts", "institutions of authors"
_CITING, _MERIT = "references from paper to paper", "judgement of which paper is best"
_H_INDEX, _STARS = "h-index of authors", "stars, votes or downloads"

_PAPERS = rf"(?:{PAPERS}|preprints?|abstracts?|surveys?|reviews?)"
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

# One paper, or those that were shown: a pronoun, or a title by its capitals ("how often are owls cited as a baseline?" is a topic).
_PAPER = (
    r"(?:(?:it|this|that|they|these|those|them)|(?:the|this|that|my|our|these|those|each of the) (?:\w+ )?papers?|papers? \d+|"
    r"(?-i:[“\"']?[A-Z][^\s?]*(?: (?:[A-Z\d][^\s?]*|of|the|an?|and|for|in|on|with|to|is))*))"
)
_SHOW = r"(?:(?:and|what|how|is|are) )*(?:(?:show|list)(?: me)?(?: (?:the|its|their))?|the|its|their)(?: number of)? "
_SO_FAR = r"(?: (?:so far|now|yet|in total|by others))?"
# "Sort these by": behind other words "by popularity" tells of a method.
_SORTED = (
    rf"(?P<keep>^(?:(?:please|now|and|can|could|you) )*(?:(?:sort|order|rank|arrange|group)(?: all)?(?: of)?(?: (?:the|my|our))? (?:them|these|those|{_TOPIC}{_PAPERS})"
    rf"(?: (?:on|about|from) [\w -]+?)?|(?:list|show)(?: me)?(?: all)?(?: (?:the|my|our))? (?:them|these|those|{_PAPERS})(?: papers)?))"
)

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
    (_VENUES, rf"(?:{_SORTED}|(?P<list>^(?:how many |the )?{_ONES})|,) ?(?:\w+ed )?(?:by|per) (?:the )?(?:venues?|journals?|conferences?)(?=\W*$)", r"\g<keep>\g<list>"),
    (_CITED, rf"\b(?:the )?(?:most|highly|best|least|well)[- ]cited(?: ones?\b)? ?(?={_TOPIC}{_PAPERS}\b|\W*$)", ""),
    (_CITED, rf"\b(?:most|highly) (?:influential|popular|famous) (?={_TOPIC}{_PAPERS}\b)", ""),
    (_CITED, rf"(?:{_SORTED}|(?P<list>^(?:the )?{_ONES})|,|^) ?(?:\w+ed )?by (?:the )?(?:(?:number of |their )?citations?(?: counts?)?|popularity)(?=\W*$)", r"\g<keep>\g<list>"),
    (_CITED, rf"\b(?P<keep>{_ONES}(?: (?:on|about) (?:[\w-]+ ){{0,3}}[\w-]+)?) (?:(?:(?:that|which) )?(?:has|have|got) |with )(?:the )?(?:more than|over|at least|most|many|\d+)(?: [\d,.]+)? citations(?! (?:in|for|from)\b){_ENDS}", r"\g<keep>"),
    (_INSTITUTIONS, rf"\b(?P<keep>{_ONES}) {_LINK}(?:written |authored |published |released )?(?:from|by|at|of|out of) (?:the )?(?:(?:researchers|authors|people|groups?|teams?) (?:at|from|of) )?(?:{_SOME_INSTITUTIONS}|{_SORT_OF_INSTITUTION}){_ENDS}", r"\g<keep>"),
    (_INSTITUTIONS, rf"^(?:what|which {_PAPERS}) (?:has|have|did|does) {_INSTITUTION} (?:writ|wrote|publish|releas|propos)\w*{_ENDS}", "which papers are"),
    (_INSTITUTIONS, rf"(?<!the )\b{_INSTITUTION}(?:['’]s)? (?=(?:{SEVERAL_PAPERS})\b)", ""),
    (_INSTITUTIONS, rf"^(?:which|what|how many)(?: of (?:these|those|them))? {_LINK}(?:from|by) {_INSTITUTION}{_ENDS}", ""),
    (_STARS, rf"\b(?:the )?most[- ](?:downloaded|viewed|liked|starred|upvoted) (?={_TOPIC}{_PAPERS}\b)", ""),
)  # fmt: skip
_TOPICAL = r"^(?!.*\b(?:predict|model|estimat|forecast|recommend|analy[sz]|data ?set|papers (?:on|about)\b))"
_BEST = r"(?:(?:very|single|absolute|overall) )?(?:best|greatest|worst|most (?:important|interesting|significant|relevant|valuable))"
_SHELF = r"(?: (?:in|of|from) (?:all (?:of )?)?(?:(?:my|the|this|our|your) (?:whole |entire )?(?:library|collection|corpus)|(?:these|those|all|the|my)(?: papers)?|them all))?(?: here)?"
# Nothing else is asked beside it.
_ALONE = (
    (_CITING, rf"^(?:and )?(?:who|what|which (?:other )?{_PAPERS}|{_PAPERS} (?:that|which)) (?:all )?(?:(?:has|have|else) )?cite[sd]? {_PAPER}\W*$|^(?:and )?(?:by whom|where) (?:is|was) {_PAPER} cited\W*$|^(?:and )?(?:who|what|which {_PAPERS}) (?:does|do|did) {_PAPER} cite\W*$"),
    (_MERIT, rf"^(?:and )?(?:(?:which|what)(?:'s| is| are)?|show me|name|tell me)(?: the)? {_BEST} {_PAPERS}{_SHELF}\W*$|^(?:and )?which (?:papers?|works?|study|studies|articles?){_SHELF} (?:is|are) (?:the )?{_BEST}{_SHELF}\W*$"),
    (_VENUES, r"\b(?:which|what) (?:journals?|conferences?|venues?|proceedings|publishers?) (?:(?:did|do|does|was|were|are|is|have|has|had|it|this|these|those|they)\b.*\b(?:publish\w*|appear\w*|accepted|presented|printed)(?: (?:in|at|by))?|"
        r"(?:(?:are|is|was|were) )?(?:(?:these|those|the|my|our|most) papers|these|those|they|it|this|that)(?: (?:is|are|come|comes))?(?: (?:from|in|at))?)\W*$|"
        r"\b(?:which|what) (?:journals?|conferences?|venues?|proceedings|publishers?) (?:have )?(?:published|accepted|printed) (?:the|these|those|this|it|them|my|our)\b"),
    (_VENUES, r"^(?:and )?where (?:was|were|is|are|has|have|did)\b(?!.*\b(?:data|datasets?|code|weights|models?|benchmarks?|annotations?|images?|corpus)\b).* (?:published|appear(?:ed)?|accepted)\W*$"),
    (_VENUES, r"\b(?:list|show|what (?:are|is)|how many)(?: me)?(?: all)?(?: the| different)? (?:venues?|journals?|conferences?)(?: (?:of|here|are|in)\b|\W*$)|^(?:is|are|was|were|which) (?:[\w“”]+ ){1,6}peer[- ]reviewed\W*$|^(?:(?:and|what|which|is|are|show|me|list|its|their|the|journals?|has|have|highest) )*impact factors?(?: (?:of|for|do|does|has|have)\b|\W*$)|\bwhich (?:journals|conferences|venues) are (?:there|here|covered|represented|in)\b"),
    (_CITED, rf"\bhow (?:often|many times|much|frequently|well) (?:is|was|are|were|has|have) {_PAPER}(?: been)? cited{_SO_FAR}\W*$|\bhow many people (?:have )?cited? {_PAPER}{_SO_FAR}\W*$|"
        r"^(?:(?:and|who|which|what|is|are|was|were|list|show|me|name|the|all|\d+) )*most[- ]cited (?:authors?|researchers?)\b"),
    (_CITED, rf"\bhow many citations (?:(?:does|do|did) {_PAPER} (?:have|get|receive)|(?:has|have) {_PAPER}(?: (?:got|had|received))?){_SO_FAR}\W*$|"
        rf"^{_SHOW}(?:citations|citation counts?)(?: (?:of|for|does|do|has|have) {_PAPER}(?: have)?)?{_SO_FAR}\W*$|^citation counts? (?:of|for) {_PAPER}\W*$|"
        r"^(?:and )?(?:which|what)(?: of (?:these|those|them))? (?:one )?(?:has|have|got) (?:the )?(?:most|more) citations\W*$"),
    (_INSTITUTIONS, r"\b(?:which|what) (?:institut\w+|universit\w+|compan\w+|labs?|laborator\w+|organi[sz]ations?)\b.*\b(?:wrote|affiliated|behind (?:it|this|these|that)|(?:these|those|the|my|most) papers (?:come )?from)\b|"
        r"\b(?:which|what) (?:institut\w+|universit\w+|compan\w+|labs?|laborator\w+|organi[sz]ations?) (?:do|did|does|are|were|is|was) (?:(?:the|its|their|these|first|last|lead|most) )*authors?\b.*\b(?:from|at|for|in|work\w*|belong\w*|based)\b"),
    (_INSTITUTIONS, r"^(?:(?:and|what|which|list|show|me|are|is|the|all|their|its|first|last|authors?|authors?['’]s?) )*affiliations?(?: (?:of (?:the )?(?:first |last )?(?:authors?|papers?|these|those|them|it)|do|does)\b|\W*$)|\bwhere (?:do|does|did) (?:the |its |their )?(?:first |last |lead )?authors? (?:work|come from)\b|\bwhere (?:is|are) (?:the |its |their )?(?:first |last |lead )?authors? (?:from|based)\b|\bauthors? (?:is|are|was|were) affiliated\b"),
    (_INSTITUTIONS, rf"^(?:and )?(?:did|has|have) {_INSTITUTION} (?:writ|wrote|publish|author)\w* (?:it|this|that|(?:any|some|one|all) of (?:these|those|them))\b"),
    (_H_INDEX, rf"{_TOPICAL}.*\b(?:what (?:is|are) (?:the|their|his|her)|highest|by(?: the)?|whose|show(?: me)?(?: the)?|list(?: the)?|^the|^) ?h[- ]?index(?:es)?\b"),
    (_STARS, rf"^(?:{_SHOW}|how many )?GitHub stars? (?:of|for|does|do|did|has|have) (?:{_PAPER}|(?:(?:the|its|their|this) )?(?:[\w-]+ )?(?:code|repo\w*)\b)(?: (?:have|get|got))?\W*$|^{_SHOW}GitHub stars?\W*$|\bhow many stars\b.*\bon GitHub\W*$|"
        rf"\bhow many stars (?:does|do|did) (?:(?:the|its|their|this) )?(?:[\w-]+ )?(?:code|repo\w*) (?:have|get)\b|^(?:which|what) (?:papers?|code|repo\w*) (?:has|have|got) (?:the )?most (?:GitHub )?stars\W*$|"
        rf"\b(?:which|what|papers?|ones?|these|those|them|code|repo\w*) (?:is|are) (?:the )?most[- ]starred(?: on GitHub)?\W*$|\bhow often (?:was|is|has|were|are|have) {_PAPER}(?: been)? downloaded{_SO_FAR}\W*$"),
)  # fmt: skip
_ASIDES = tuple((what, re.compile(words, re.IGNORECASE), instead) for what, words, instead in _ASIDE)
_ALONES = tuple((what, re.compile(words, re.IGNORECASE)) for what, words in _ALONE)
# What the words leave behind: "papers use owls and [accepted at X]", "the 5 [most cited] papers".
_LOOSE = re.compile(
    rf",? (?:and|or)(?=\W*$)|\bthe (?=(?:\d{{1,2}}|two|three|four|five|six|seven|eight|nine|ten) {_PAPERS}\b)",
    re.IGNORECASE,
)
# "papers [accepted at X] and use owls", "papers on owls [were accepted at X] and use drums": but "papers and surveys".
_JOINT = re.compile(
    rf" ?and (?!(?:{SEVERAL_PAPERS}|preprints|abstracts|surveys|reviews)\b)(?=\w)",
    re.IGNORECASE,
)
_JOINED = re.compile(rf"\b(?:{_ONES}|and)\W*$", re.IGNORECASE)
_PREDICATE = re.compile(r" ?(?:were|was|are|is|have|has|had|appears?)\b", re.IGNORECASE)
_LONGEST = 500  # characters; in a longer text it is not what is asked
_CITED_NAME = re.compile(
    r"(?<=cites )[A-Z][^\s?]*$|(?<=cited )[A-Z][^\s?]*$|(?<=cite )[A-Z][^\s?]*$", re.MULTILINE
)
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
        cited = _CITED_NAME.search(self.words) if self.what == _CITING else None
        name = cited or _NAMED.search(self.words)
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
    found: list[Unkept] = []
    while one := _set_aside(found[-1].rest if found else text):
        found.append(one)
    if not found:
        return None
    rest = found[-1].rest
    return Unkept(
        ", nor ".join(dict.fromkeys(one.what for one in found)),
        "”, “".join(one.words for one in found),
        rest if content_words(_ASKING.sub(" ", rest)) else "",
    )


def _set_aside(text: str) -> Unkept | None:
    """Return the first thing in a question that no file names and the question without it; None if there is none."""
    for what, words, instead in _ASIDES:
        if match := words.search(text):
            kept = match.expand(instead)
            said = match.group().removeprefix(kept)
            rest = _joined(f"{text[: match.start()]} {kept}".rstrip(), said, text[match.end() :])
            return Unkept(what, said.strip(" ,"), _LOOSE.sub("", re.sub(r" (?=[?.!,;])", "", rest)))
    return None


def _joined(head: str, said: str, tail: str) -> str:
    """Join what stands before and behind words that go, without an "and" that joined these to it."""
    if _JOINED.search(head) or (_PREDICATE.match(said) and not head.endswith(",")):
        tail = _JOINT.sub(" ", tail, count=1) if _JOINT.match(tail) else tail
    return " ".join(f"{head} {tail}".split())
