"""Answers that are measured or ranked: times, sizes, shares, scores, failures. A readable table.

How each is asked for, and what in a sentence can be one: see `answer_types.py`. Things that are counted
are read in `counts.py`.
"""

from __future__ import annotations

import re

from rag.answering.refusing.answer_types import NOUN_PHRASE, AnswerType, asked_as, asked_by

_NUMBER = (
    r"(?:(?<![\w.])\d[\d,.]*|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|sixty"
    r"|hundreds?|thousands?|millions?|billions?|half))"
)
_TIMES = r"(?:%|percent|[xX]\b|×|times|-?fold)"

_COST = r"(?i:fast|slow|spe+d|quick|time|latency|throughput|accelerat|cost|comput|overhead|efficien|expens|cheap|long|short|memory|less|fewer|more|FLOPs?|MACs|reduc)"
_STORED = r"(?i:memory|storage|space|footprint|disk|siz(?:e|es|ed)|small\w*|compress\w*|compact\w*|V?RAM|reduc\w*|sav\w+|less|fewer|light\w*|cheap\w*)"
# What a verb tells as well: "lowers the rent by 9 per cent" is how large the effect is.
_CHANGE = r"(?:\w+ )?(?:effect|difference|change|fall|drop|rise|gain|loss|increase|decrease|decline|reduction|improvement|impact|gap|benefit)s?\b"
# What makes up a data set, and how many there are: not a share, not a small number of anything else.
_DATA = r"(?:(?:data ?|test |training |train |evaluation )sets?|data ?bases?|(?:training |test )?data|corpus|corpora|collections?|benchmarks?|test ?beds?)"
_ITEM = (
    r"(?i:(?:image|picture|photo(?:graph)?|scan|slide|video|clip|shape|scene|object|mask|box|sample|example|instance|annotation|label|entity|pair|triplet|record|text"
    r"|document|article|page|passage|paper|sentence|caption|description|word|token|question|answer|query|dialogue|conversation|recording|utterance|hour|song|track|playlist"
    r"|user|patient|participant|subject|speaker|people|person|molecule|compound|structure|material|cell|neuron|node|edge|graph|trajectory|demonstration|episode"
    r"|item|post|review|rating|observation|measurement|program|data ?point)(?:e?s)?\b)"
)
_MANY = r"(?:(?<![\w.$-])(?:\d{1,3}(?:,\d{3})+|\d{2,}|\d+(?:\.\d+)?(?:\s?[kKMB]\b|[ -](?:thousand|[mb]illion)))(?![.\d]*\s?[%x×])|(?i:\b(?:dozens|hundreds|thousands|[mb]illions)\b))"


def _figure(name: str, asked: re.Pattern[str], units: str, *, also: str = "(?!)") -> AnswerType:
    """A number with one of the units, or what says as much."""
    return AnswerType(name, asked, re.compile(rf"{_NUMBER}[\s-]?(?:{units})|{also}"))


MEASURED_ANSWERS = (
    AnswerType(
        "time",
        asked_as(
            r"\bhow long (?:does|did|do|is|was|were|it|one|can|must)\b(?! (?:are|words))|\bhow much time\b"
            r"|\bin (?:seconds|minutes|hours|days|milliseconds)\b"
            r"|\bhow many (?:more )?(?:milli)?(?:seconds|minutes|hours|days|weeks|months)\b"
            r"|\b(?:in|how many|of) [GCT]PU[- ](?:days|hours)\b|\bhow far apart in time\b"
        ),
        re.compile(
            rf"{_NUMBER}[\w\s-]{{0,12}}?\b(?:(?:milli)?seconds?|ms|s|secs?|min(?:ute)?s?|h|hrs?|hours?|days?|weeks?|months?|years?)\b"
            r"|\b(?:an?|one|few|single) (?:day|hour|minute|week|second|month)|\bminutes\b|\bO\s?\(.*\btime\b|\btime\b.*\bO\s?\("
        ),
    ),
    _figure(
        "speed-up or slow-down",
        asked_as(
            r"\bhow (?:much|many times) (?:longer|slower|faster|quicker|more memory|less memory)\b|\btimes (?:faster|slower)\b"
        ),
        rf"{_TIMES}(?=.*\b{_COST})",
        also=rf"\b{_COST}.*{_NUMBER}[\s-]?{_TIMES}|\b(?:twice|half|orders? of magnitude)\b|\b(?:days|hours|minutes) to (?:hours|minutes|(?:milli)?seconds)\b",
    ),
    _figure(
        "distance",
        asked_as(
            r"\bhow many (?:(?:kilo|centi|milli)?met(?:er|re)s|miles|pixels)\b|\bhow far (?:apart|off|away)\b(?! in time)"
            r"|\bin (?:pixels|met(?:er|re)s|kilomet\w+)\b"
        ),
        r"km|cm|mm|m\b|(?:kilo|milli|centi)?met(?:er|re)s?|pixels?|px|miles?",
    ),
    _figure(
        "amount of memory",
        asked_as(
            r"\bhow much (?:GPU |main |disk )?(?:memory|storage|space|VRAM)\b|\bhow many (?:kilo|mega|giga|tera)?bytes\b|\bhow (?:large|big)\b[^,;?]*\b(?:on disk|in memory)\b|\bin (?:kilo|mega|giga|tera)bytes\b"
        ),
        rf"[KMGT]i?B\b|(?:kilo|mega|giga|tera)?bytes?|{_TIMES}(?=.*\b{_STORED})",
        also=rf"\b{_STORED}\b.*{_NUMBER}\s?{_TIMES}",
    ),
    AnswerType(
        "throughput",
        asked_as(
            r"^throughput\b|\b(?:what|which|how (?:high|much)|and) (?:\w+ ){0,3}throughput\b|\b(?:how many|what|which)\b.*\b(?:images?|tokens?|queries|samples?|clips|words|sentences) (?:/ ?s|(?:per|a|each) second)\b"
        ),
        re.compile(
            rf"{_NUMBER}.*(?:/ ?s\b|\b(?:per|a|each) second\b|\bfps\b|\bQPS\b)|\bthroughput\b.*{_NUMBER}|{_NUMBER}.*\bthroughput\b|\breal-?time\b",
            re.IGNORECASE,
        ),
        echoed=True,
    ),
    _figure(
        "exponent",
        asked_as(r"\b(?:what|which) (?:\w+ )?(?:exponent|slope|power)\b(?! (?:of attorney|law))"),
        r"(?!)",
        also=r"(?i:\b(?:exponent|slope|power)s?\b(?: \S+){0,4} [-−~≈]?\d|\^|\b(?:square|cubic|linear|quadratic|logarithmic)\w*|\bO\()",
    ),
    _figure(
        "margin",
        asked_as(
            r"\bby (?:how (?:much|many (?:\w+ )?(?:points?|percent\w*))|(?:what|which) (?:factor|margin|amount))\b"
        ),
        rf"{_TIMES}|points?|pp\b|dB\b",
        also=r"\d\.\d|\bby (?:(?:up to|about|around|over|more than|at least|roughly) )?\d|\b(?:twice|half|halv\w+|doubl\w+|orders? of magnitude|a (?:third|quarter|factor))\b|\b\w+fold\b|\b\d+/\d+\b|\bfrom \S*\d\S* to \S*\d",
    ),
    _figure("age", asked_as(r"\bhow old\b"), "years?", also=r"\baged?\b"),
    _figure(
        "share in percent",
        asked_as(
            r"\b(?:what|which) (?:share|percentage|percent|fraction|proportion)\b|\bhow many percent\b|\bin percent\b"
        ),
        rf"{_TIMES}|per cent|points?|pp\b",
        also=r"\b(?:half|third|quarter|twice|majority)\b",
    ),
    AnswerType(
        "size of a data set",
        asked_as(
            rf"\bhow (?:large|big) (?:is|are|was|were) (?:(?:the|its|their|this|that|a) )?(?:[\w-]+ ){{0,3}}?{_DATA}\b|\b(?:which|what) (?:total |exact )?sizes? (?:of|has|have) (?:(?:the|its|their) )?(?:[\w-]+ ){{0,4}}?{_DATA}\b"
            r"|\b(?:which|what) (?:(?:training|test) )?data ?set sizes?\b"
        ),
        re.compile(rf"{_MANY}(?:\+|,000)?(?:[\s-]+(?!\d)[\w/-]+){{0,4}}?[\s-]+{_ITEM}"),
    ),
    _figure(
        "size",
        asked_by(
            rf"sizes?(?! (?:of|has|have) (?:(?:the|its|their) )?(?:[\w-]+ ){{0,4}}?{_DATA}\b)|resolutions?"
        ),
        r"[BMKbmk]\b|px|pixels?|billion|million|thousand|d\b|dimension\w*|bytes?|[x×]|times \d|parameters|bits?",
        also=r"\b(?:size|resolution)s? (?:of )?\d|\b\d{3,}\b",
    ),
    AnswerType(
        "size",
        asked_as(
            rf"\bhow (?:large|big) (?:is|are|was|were) (?!(?:(?:the|its|their|this|that|a) )?(?:[\w-]+ ){{0,3}}?{_DATA}\b)(?:the |its |their )?(?:{_CHANGE}|(?P<near>[\w-]+(?: (?:(?!(?:of|that|for|in)\b)[\w-]+)){{0,2}}))"
        ),
        re.compile(
            r"(?<![\w.-])\d[\d,.]*[KMBkmb%]?(?![\w)])|\b(?:dozens|hundreds?|thousands?|millions?|billions?|twice|double|half)\b"
        ),
    ),
    AnswerType(
        "speed in frames per second",
        asked_as(r"\b(?:how many|which|what|in|how fast)\b[^,;]{0,40}\b(?:frames per second|fps)\b"),
        re.compile(r"\bfps\b|frames? per second|frames/s|\bHz\b|real-?time", re.IGNORECASE),
    ),
    _figure(
        "score",
        asked_as(
            rf"\b(?:what|which)\s+{NOUN_PHRASE}(?:rate|score|accuracy|mean|error|gain|saving|reduction|improvement|speed-?up|correlation)"
            r"\s+(?:does|do|did|is|are|was|were|has|have|can|in|on|of|at|for)\b"
            r"|\b(?:what|which) (?-i:(?!LLM|VLM|CNN|GNN|GAN|VAE|RNN|SSL|DNN|GPU|TPU|API|AI\b|ML\b|NLP)[A-Z]{2,6})\s"
            r"(?=.*\b(?:reach|get|achiev|obtain|report|attain|gain|have|has)\w*\b)"
        ),
        rf"{_TIMES}|points?",
        also=r"\d\.\d|\b\w+fold\b|\borders? of magnitude|\bO\s?\(",
    ),
    AnswerType(
        "layer",
        asked_by("layers?"),
        re.compile(
            r"\blayers? \d|\b(?:first|initial|input|output|hidden|single|last|middle|early|earlier|deep\w*|final|penultimate|intermediate|later|top|upper"
            r"|lower|inner|shallow\w*|\w+th)\s+(?:\w+\s+){0,2}layers?",
            re.IGNORECASE,
        ),
    ),
    AnswerType(
        "case of failure",
        asked_as(
            r"\b(?:which|what|when|where)\b.*\b(?:perform(?:s|ed)? (?:poorly|badly|worst|worse)|does (?:badly|worst|poorly)"
            r"|fails?|failed|struggles?|gets? (?:it |them )?wrong|wrong most|weakness(?:es)?|limitations?|breaks? down)\b"
        ),
        re.compile(
            r"\b(?:fail\w*|poor\w*|struggl\w+|limitations?|worse|worst|degrad\w+|break\w*|suffer\w*|difficult\w*|errors?"
            r"|mistakes?|confus\w+|weak\w*|drops?|cannot|unable|hard\w*|least|lowest|confound\w*|spurious\w*|mislead\w*|inconsisten\w*|vulnerab\w*)\b",
            re.IGNORECASE,
        ),
        found_here=True,
        echoed=True,
    ),
    AnswerType(
        "such ranking",
        asked_as(
            rf"\b(?:which|what)\s+{NOUN_PHRASE}\w+\s+(?:\w+\s+){{0,4}}?(?:best|worst|highest|lowest|most often|least)\b"
        ),
        re.compile(
            r"\b(?:best|most|highest|superior|outperform\w*|better|lowest|worst|least|top|surpass\w*|fastest|strongest"
            r"|weakest|optimal|robust\w*|largest|smallest|steepest|crucial|first)\b",
            re.IGNORECASE,
        ),
        found_here=True,
        last=True,
    ),
)
