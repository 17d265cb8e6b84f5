"""What does an abstract say of its problem, method, data, result, limits? Sentences told by cues. Pure.

Abstracts have moves (Swales 1990, "Genre Analysis", section 7): the trouble with what there is, what the
authors did about it, what they tried it on, what came out. Each aspect weighs a sentence by words that
mark its move, whose work it speaks of, and where it stands; one that no sentence reaches is not said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.answering.mined_names import is_name
from rag.library.passages import split_passages
from rag.types import Evidence, Paper, Passage, Span


@dataclass(frozen=True, slots=True)
class Aspect:
    """A column of a comparison: what it is called, how it is asked for, at most how many sentences show it."""

    name: str
    asked: re.Pattern[str]
    most: int = 1


def _aspect(name: str, asked: str, most: int = 1) -> Aspect:
    return Aspect(name, re.compile(rf"\b(?:{asked})\b", re.IGNORECASE), most)


PROBLEM = _aspect("problem", r"problems?|goals?|aims?|tasks?|motivations?|purposes?|what for")
METHOD = _aspect(
    "method",
    r"methods?|approach(?:es)?|techniques?|architectures?|ideas?|mechanisms?|how (?:they|it|each) works?",
    2,
)
DATA = _aspect(
    "data", r"data|data ?sets?|benchmarks?|corpora|corpus|tested on|evaluated on|experiments?|images?"
)
RESULT = _aspect(
    "result",
    r"results?|numbers?|performances?|accurac(?:y|ies)|findings?|gains?|scores?|speeds?|how (?:well|good|fast)|outcomes?|conclusions?",
    2,
)
LIMITS = _aspect(
    "limits", r"limits?|limitations?|drawbacks?|weakness(?:es)?|shortcomings?|downsides?|caveats?|costs?"
)
ASPECTS = (PROBLEM, METHOD, DATA, RESULT, LIMITS)

_I = re.IGNORECASE
_OWN = re.compile(
    r"\b(?:we|I|our|ours|my|this (?:paper|work|study|article|survey|letter|thesis|review|chapter)|the authors?|here,? we|in this|"
    r"is (?:proposed|presented|introduced))\b",
    _I,
)
_TROUBLE = re.compile(
    r"\b(?:however|but|yet|unfortunately|despite|although|though|challeng\w*|problem\w*|suffer\w*|limit(?:s|ed|ation\w*)|lack\w*|"
    r"difficult\w*|fail\w*|cost(?:ly|s)?|expensive|remain\w*|bottleneck\w*|drawback\w*|gap|under-?explored|unexplored|"
    r"issue\w*|struggl\w*|hinder\w*|prevent\w*|require\w*|restrict\w*|hard|unclear|little|neglect\w*|ignor\w*|overlook\w*|"
    r"not (?:well|yet|always|been|fully)|cannot|crucial|essential|need(?:s|ed)?|tedious|inefficien\w*|insufficien\w*|poor\w*)\b",
    _I,
)
_TURN = re.compile(
    r"\b(?:however|but|yet|unfortunately|remains?|fails?|suffers?)\b|^despite\b|^although\b", _I
)
_AIM = re.compile(
    r"\b(?:aim(?:s|ed)? (?:to|at)|goal|task of|problem of|(?:we|paper|work|study) (?:\w+ )?(?:stud(?:y|ies)|investigat\w+|address\w*|"
    r"tackl\w+|consider\w*|ask\w*|examin\w+|focus\w*|explor\w+|revisit\w*|analy[sz]\w+)|question (?:of|whether)|whether|in order to|"
    r"to (?:address|tackle|overcome|solve|alleviate|mitigate|bridge|remedy|avoid|fill))\b",
    _I,
)
_DEED = re.compile(
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
_FIRST_DEED = re.compile(
    r"\b(?:we(?! argue)|I|(?:this|our|the present) (?:\w+ )?(?:paper|work|study|article|survey|letter|thesis)) (?:[a-z-]+,? ){0,4}?(?:propos\w+|introduc\w+|present\w*|develop\w*|design\w*|"
    r"devis\w+|describe\w*|suggest\w*|provid\w+|conduct\w*|perform\w*|stud(?:y|ies)|survey\w*|review\w*|analy[sz]e\w*|formulat\w+|"
    r"build|create\w*|collect\w*|advocate\w*|revisit\w*|derive|establish\w*|prove)\b|(?<!approaches )(?<!methods )(?<!works )(?<!models )(?<!techniques )"
    r"(?<!algorithms )(?:is|are) (?:proposed|presented|introduced)\b",
    _I,
)
_BEGINS = re.compile(
    r"\b(?:in )?this (?:paper|work|study|article|survey|letter|thesis|review)\b|\bwe (?!humans\b|argue\b|hypothesi|believe\b|note\b|observe\b|find\b|found\b|know\b|can\b|live\b|see\b|all\b|often\b)",
    _I,
)
_DATA_WORD = re.compile(
    r"\b(?:data ?sets?|benchmarks?|corpus|corpora|databases?|test ?sets?|(?:\d[\d,.]*[KMB]?|thousand|million|billion|hundred)s? "
    r"(?:[\w-]+ ){0,3}(?:images?|videos?|pairs|samples|examples|hours|sentences|documents|classes|papers|captions|patients|scans|questions|tasks|species|scenes)|"
    r"(?:training|synthetic|real-world|real|simulated|collected|unlabell?ed|labell?ed|medical|clinical|satellite) (?:data|images|images and|scenes))\b",
    _I,
)
_SO_MANY_SETS = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+|several|multiple|various) (?:[\w()-]+ ){0,6}(?:datasets|data sets|benchmarks|corpora)\b",
    _I,
)
_STRONG_DEED = re.compile(
    r"\b(?:we|I|(?:this|our) (?:paper|work|study|article)) (?:[a-z-]+,? ){0,4}?(?:propos\w+|introduc\w+|present\w*|develop\w*|design\w*|devis\w+|construct)\b",
    _I,
)
_REMEDY = re.compile(
    r"\bto (?:address|overcome|tackle|mitigate|alleviate|solve|remedy|avoid|bridge|fill)\b", _I
)
_TRIED = re.compile(
    r"\b(?:experiments?|experimental\w*|evaluat\w+|evaluations?|tested?|testing|trained|pre-?trained|validat\w+|collect\w*|conduct\w*|"
    r"results?|applied to|on (?:[\w,-]+ ){1,8}(?:data ?sets?|benchmarks?)|across|demonstrat\w+|annotat\w+|curat\w+)\b",
    _I,
)
_OUTCOME = re.compile(
    r"\b(?:outperform\w*|beats?|surpass\w*|achiev\w+|improv\w+|state[- ]of[- ]the[- ]art|sota|results?|demonstrat\w+|shows?|showed|shown|superior\w*|"
    r"reduc\w+|gains?|faster|better|higher|lower|find|finds|found|reveal\w*|competitive|comparable|exceed\w*|boost\w*|"
    r"observ\w+|on par|significant\w*|accurac(?:y|ies)|yields?|effective(?:ness)?|confirm\w*|evidence|obtain\w*|attain\w*|enabl\w+|"
    r"success\w*|conclude\w*|discover\w*|suggest)\b",
    _I,
)
_FIGURE = re.compile(r"(?<![\w.-])\d[\d,.]*(?![\w)-])|\d ?%")
_PERCENT = re.compile(r"\d ?(?:%|x\b|×|points?\b|percent)|\d\.\d")
_FINDING = re.compile(
    r"\b(?:(?:we|results?|experiments?|analys[ie]s|evaluations?|findings?|study|studies|it|which) (?:[\w-]+ ){0,8}?(?:show|shows|showed|demonstrate\w*|"
    r"find|finds|found|reveal\w*|observe\w*|suggest|suggests|indicate\w*|confirm\w*|prove\w*|conclude\w*|achieve\w*)|outperform\w*|surpass\w*|state[- ]of[- ]the[- ]art|"
    r"achiev\w+ (?:\w+ ){0,4}(?:results?|performance|accuracy|\d))\b",
    _I,
)
_LIMIT = re.compile(
    r"\blimitations? of (?:our|the proposed|this)|\b(?:our|proposed|this) (?:\w+ ){0,2}(?:is|are|remains?) (?:still )?(?:limited|restricted)|"
    r"\b(?:at the (?:cost|expense|price) of|future work|left (?:for|to) future|we (?:also )?(?:discuss|highlight|note|outline) "
    r"(?:\w+ ){0,4}(?:limitations?|failure|drawbacks?|weakness\w*|shortcomings?|caveats?|open (?:problems|questions))|does not (?:always|yet)|only (?:if|when|works)|sensitive to|"
    r"drops? (?:when|by)|degrad\w+ (?:when|by|with)|(?:our|the proposed) (?:\w+ ){1,3}fails? (?:to|when|on|in)|still (?:lags?|fall\w* short|far|struggl\w*|fails?|suffers?)|"
    r"remains? (?:an? )?(?:open|challeng\w+|difficult|elusive)|there is (?:still )?(?:no|ample|much|significant) room|negligible (?:loss|drop)|slight (?:loss|drop|decrease)|"
    r"room for improvement|no (?:significant )?(?:benefit|gain|improvement)|worse than|does not (?:help|improve|generali[sz]e|transfer|hold))",
    _I,
)
_BACKGROUND = re.compile(
    r"\b(?:existing|previous|prior|recent(?:ly)?|traditional(?:ly)?|conventional(?:ly)?|typical(?:ly)?|current(?:ly)?|common(?:ly)?|most (?:of the )?(?:\w+ )?"
    r"(?:methods|approaches|works|models)|many (?:\w+ )?(?:methods|approaches|works)|ha(?:s|ve) (?:been|become|shown|achieved))\b",
    _I,
)
_ACCESS = re.compile(
    r"https?://|\b(?:code|implementation|project page|source code)\b.{0,60}\b(?:available|released?|at|open)",
    _I,
)
_NAME = re.compile(r"[A-Za-z\d][\w./+-]*")
_LEAST = {"problem": 0.6, "method": 1.3, "data": 1.4, "result": 1.4, "limits": 1.0}


def choose_cell(paper: Paper, aspect: Aspect) -> tuple[Evidence, ...]:
    """Return the sentences that show an aspect, in the order of the abstract; none: it does not say."""
    passages = split_passages(paper)
    deed = _first_deed(passages)
    if aspect is PROBLEM and deed == 0:  # "We study X. However, ... We propose Y." has its trouble between
        deed = next((p.ordinal for p in passages if _STRONG_DEED.search(p.text)), 0)
    scored = [
        (_score(aspect.name, passage, deed=deed, last=len(passages) - 1), passage) for passage in passages
    ]
    best = sorted((item for item in scored if item[0] >= _LEAST[aspect.name]), key=lambda item: -item[0])
    kept = best[:1] + [
        one for one in best[1 : aspect.most] if one[0] >= _SECOND * best[0][0] and _adds(aspect, one[1])
    ]
    return tuple(
        Evidence.cut(paper, Span(passage.start, passage.end), score=round(min(1.0, score / _FULL), 4))
        for score, passage in sorted(kept, key=lambda item: item[1].start)
    )


def tells_finding(text: str) -> bool:
    """Tell whether a sentence says what came out.

    >>> tells_finding("We find that owls see well."), tells_finding("Owls are birds.")
    (True, False)
    """
    return bool(_FINDING.search(text))


def _adds(aspect: Aspect, passage: Passage) -> bool:
    """A second sentence on the result must state one by itself."""
    return aspect is not RESULT or bool(_FINDING.search(passage.text) or _FIGURE.search(passage.text))


_SECOND = 0.6
_FULL = 5.0


def _first_deed(passages: Sequence[Passage]) -> int:
    """The sentence that first says what the authors did; what stands before it is about others."""
    found = (p.ordinal for p in passages if _FIRST_DEED.search(p.text) or _BEGINS.search(p.text))
    return next(found, min(1, len(passages) - 1))


def _score(aspect: str, passage: Passage, *, deed: int, last: int) -> float:
    text, at = passage.text, passage.ordinal
    if _ACCESS.search(text) and not _OUTCOME.search(text):
        return 0.0
    own = bool(_OWN.search(text))
    match aspect:
        case "problem":
            return _problem(text, at, deed=deed, own=own)
        case "method":
            return _method(text, at, deed=deed, own=own)
        case "data":
            return _data(text, at, deed=deed)
        case "result":
            return _result(text, at, deed=deed, last=last)
        case _:
            return 2.0 * bool(_LIMIT.search(text)) - 2.0 * (at <= deed or bool(_BACKGROUND.search(text)))


def _problem(text: str, at: int, *, deed: int, own: bool) -> float:
    trouble = min(2, len(_TROUBLE.findall(text)))
    turned = bool(_TURN.search(text))
    score = (
        0.8 * trouble + 0.8 * turned + 1.0 * bool(_AIM.search(text)) + 0.5 * bool(_BACKGROUND.search(text))
    )
    if at < deed:
        return score + 1.0 + 0.2 * (at == deed - 1)
    if at == deed:
        return score - 0.4
    if own and _REMEDY.search(text):
        return score - 1.0
    return score - (2.5 if own or not _BACKGROUND.search(text) else 0.8)


def _method(text: str, at: int, *, deed: int, own: bool) -> float:
    if at < deed:
        return 0.0
    deeds = min(2, len(_DEED.findall(text)))
    begins = at == deed and bool(_FIRST_DEED.search(text))
    score = 0.8 * deeds + 0.6 * own + (1.5 if begins else 0.8 * (at in {deed, deed + 1}))
    if begins:
        return score
    score += 0.6 * bool(_STRONG_DEED.search(text))
    return (
        score
        - 1.2 * bool(_FINDING.search(text))
        - 0.8 * (bool(_FIGURE.search(text)) and bool(_OUTCOME.search(text)))
    )


def _data(text: str, at: int, *, deed: int) -> float:
    names = sum(is_name(word.strip(".-")) for word in _NAME.findall(text))
    words = len(_DATA_WORD.findall(text))
    tried = bool(_TRIED.search(text) or _PERCENT.search(text))
    score = 1.0 * min(2, words) + 0.7 * tried + (0.3 * min(3, names) if words or tried else 0.0)
    on_name = bool(re.search(r"\bon (?:the )?(?:[A-Z][\w-]*[A-Z\d]|[A-Z]\w+[-\d])", text))
    return (
        score
        + (1.0 if tried else 0.4) * on_name
        + 0.6 * bool(_SO_MANY_SETS.search(text))
        - (1.5 if at < deed else 0.0)
    )


def _result(text: str, at: int, *, deed: int, last: int) -> float:
    if at < deed:
        return 0.0
    score = (
        0.5 * min(2, len(_OUTCOME.findall(text)))
        + 1.2 * bool(_FINDING.search(text))
        + 1.0 * bool(_FIGURE.search(text))
        + 0.5 * bool(_PERCENT.search(text))
    )
    return score + 0.8 * (at / max(1, last)) - 1.0 * (at == deed and last > 0 and not _FIGURE.search(text))
