"""Which details does a question ask for, and does a span state them? A readable table. Pure.

A detail is what a reader expects to see in the answer: a licence, a machine, a score with its number.
A span states it when it holds one of the detail's words and, where the detail is a figure, a number
beside them. The table knows details that go by words of their own; what a question asks for otherwise
is read in `answer_types.py` and `counts.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

_NUMBER_WORDS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|fifty|dozens?|hundreds?"
    "|thousands?|millions?|billions?|half|twice|double|third|quarter|orders? of magnitude"
    "|(?:weeks|days|hours|minutes) to (?:days|hours|minutes|(?:milli)?seconds)"
)
# Not the digits of a name ("CIFAR-10", "ResNet50", "3D"), of a citation or of an item of a list ("2)").
_DIGITS = r"(?<![\w.\[/-])(?:\d[\d,]*(?:\.\d+)?|\.\d+)(?!\d*(?:D\b|\)|\]))"
_NUMBER = rf"(?:{_DIGITS}|\b(?:{_NUMBER_WORDS})\b)"
_HAS_NUMBER = re.compile(_NUMBER, re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Detail:
    """One kind of detail: how it is asked for, and which words a span that states it must hold.

    With `figure`, a number must stand in the same span as well. What is `scored` is said of a data set.
    """

    name: str
    asked: re.Pattern[str]
    stated: re.Pattern[str]
    figure: bool
    scored: bool = False

    def is_stated(self, spans: Sequence[str]) -> bool:
        """Tell whether one of the spans states it."""
        return any(self.stated.search(span) and (has_number(span) or not self.figure) for span in spans)


def asked_details(question: str) -> tuple[Detail, ...]:
    """Return the details that a question asks for; `ANY_FIGURE` only where nothing says which.

    >>> [detail.name for detail in asked_details("Which licence has it, and how many epochs were run?")]
    ['licence', 'number of epochs']
    """
    found = tuple(detail for detail in DETAILS if detail.asked.search(question))
    return found or ((ANY_FIGURE,) if ANY_FIGURE.asked.search(question) else ())


def has_number(span: str) -> bool:
    """Tell whether a span holds a number that counts or measures something.

    >>> has_number("It holds 1,200 images."), has_number("Tested on CIFAR-10 in 3D.")
    (True, False)
    """
    return bool(_HAS_NUMBER.search(_YEAR.sub("", span)))


def _detail(name: str, asked: str, stated: str, *, figure: bool = False) -> Detail:
    return Detail(name, re.compile(asked, re.IGNORECASE), re.compile(stated, re.IGNORECASE), figure)


def _figure(name: str, asked: str, stated: str) -> Detail:
    return _detail(name, asked, stated, figure=True)


def _metric(name: str, asked: str, stated: str) -> Detail:
    """A score that has a name; a bare "CVLNM CIDEr" asks for it too."""
    return replace(_figure(f"{name} figure", rf"\b(?:{asked})\b", stated), scored=True)


# A hyperparameter is asked for behind a question word, in a row of such things, or in keywords.
_ASKED = r"(?:^|\b(?:which|what|and|how (?:large|high|big|small|low))\s|[,;:]\s)(?:(?!of\b|for\b|depend)[\w-]+\s){0,3}?"
ANY_FIGURE = _figure(
    "figure",
    r"\bhow (?:many|much)\b|\bwhat (?:percentage|percent|share|fraction|number|score|value)\b|\b(?:score|points)$|\bscore of\b"
    r"|\bhow (?:deep|wide|tall|heavy|thick|often|soon) (?:is|are|was|were|do|does|did|must|can)\b",
    r"",
)
DETAILS = (
    _detail(
        "licence",
        r"\blicen[cs]e[ds]?\b|\bcommercial(?:ly)? use|\bused? (?:it )?commercially\b",
        r"\blicen[cs]e|\bcreative commons\b|\bCC[- ]BY\b|\bapache 2|\bMIT\b|\bpublic domain\b|\bcommercial",
    ),
    _detail(
        "funding",
        r"\bwho (?:funded|sponsored|paid for)\b|\b(?:which|what) (?:grants?|funders?|sponsors?)\b|\b(?:funded|sponsored|paid for) by (?:whom|what|which)\b",
        r"\bfund|\bgrants?\b|\bsponsor",
    ),
    _detail(
        "hardware",
        r"\bhow many (?:\w+ )?(?:gpus?|graphics cards?)\b|\b(?:how many|which|what|on) (?:\w+ )?(?:tpus?|cores?|hardware|machines?)\b",
        r"\b(?:[gtc]pus?|cores?|[avh]100s?|rtx|\d0[0-9]0|machines?|laptop|workstation|graphics|(?:off-the-shelf|consumer|commodity|standard) hardware)\b",
    ),
    _detail(
        "model of a GPU",
        r"\b(?:which|what) (?:\w+ )?(?:gpus?|graphics cards?)(?: (?:model|type))?\b|\b(?:model|type|kind|make) of (?:the )?(?:gpus?|graphics cards?)\b",
        r"\b(?:[avhpk]\d{2,3}s?|rtx|gtx|titan|tesla|quadro|geforce|nvidia|amd|\d0[0-9]0(?: ?ti)?|[tl]4|jetson)\b",
    ),
    _detail(
        "price",
        r"\b(?:dollars?|usd|euros?|how expensive)\b|\b(?:which|what) (?:(?:is|was) )?(?:the |its )?(?:\w+ )?price\b(?! \w+s\b)|^price (?:of|per)\b"
        r"|\bhow much (?:(?:is|are|was|were|did|do|does|money|per) (?:\w+ ){0,4}?(?:paid|pay|cost|earn|spen[dt]|charge[ds]?)\b|money\b)",
        r"[$€£]\s?\d|\b(?:dollars?|usd|euros?|cents)\b",
    ),
    _detail(
        "programming language",
        r"\b(?:which|what) programming languages?\b",
        r"\b(?:python|java(?:script)?|c\+\+|c#|go(?:lang)?|ruby|php|rust|typescript|haskell)(?!\w)",
    ),
    _detail(
        "code",
        r"^(?:is|are|was|were|where|can|has|have|do|does|did) (?:\S+ ){0,6}?(?:source code|code|weights|checkpoints?)\b.*\b(?:available|public\w*|released?|open\w*|shared?|published|download\w*|found|find|online)\b"
        r"|^(?:do|does|did|have|has|can) (?:\S+ ){0,6}?(?:releas\w*|shar\w*|publish\w*|provid\w*|open-?sourc\w*|come with|have|includ\w*|offer\w*|give\w*) (?:[\w-]+ ){0,3}?(?:source code|code|implementation|weights|checkpoints|repo|repository)\W*$"
        r"|\b(?:where (?:is|are|do|does|can|could|may|to)|is there|are there|link to|url of) (?:\w+ ){0,3}?(?:the |a |an |any |its |their |your )?(?:[\w-]+ ){0,2}?(?:source code|code|repo|repositor(?:y|ies)|github|implementation|checkpoints)\b",
        r"\bcodes?\b|github|\bopen[- ]sourc|\breleas|\bavailable\b|\bpublic|\bshared?\b|https?:",
    ),
    _detail("part of the paper", r"\b(?:which|what) (?:section|figure|table|appendix|equation|chapter|page|footnote)\b", r"\b(?:section|figure|table|appendix|equation|chapter)\b"),
    _detail("future work", r"\bfuture (?:work|plans?|research)\b|\bplan\w*\b.*\bnext\b|\bnext steps?\b", r"\bfuture|\bplan|\bnext\b|\bfurther (?:research|work|stud)|\bopen (?:question|problem)"),
    _detail("ethics approval", r"\bethic\w*|\birb\b|\binformed consent\b", r"\bethic|\birb\b|\bconsent|\bapprov"),
    _detail(
        "side effect",
        r"\b(?:side|adverse|unwanted) (?:effects?|events?|reactions?)\b",
        r"\b(?:side|adverse|unwanted) (?:effect|event|reaction)|\btoxic|\btolera|\bcomplication|\bharm|\bsafe|\bbleed|\bnause|\bdiscontinu|\bmore (?:frequent|common|often)|\b(?:increased|higher) (?:risk|rate)",
    ),
    _figure(
        "sample size",
        r"\bsample sizes?\b|\bsize of (?:the|its|their) (?:sample|cohort|study|trial)\b",
        r"\bn ?=|\b(?:samples?|cohorts?|participants?|patients?|outpatients?|subjects?|people|persons?|individuals|volunteers?|respondents?|m[ea]n|wom[ae]n|adults?|child(?:ren)?|infants?"
        r"|pupils?|students?|physicians?|households?|families|interviews?|cases|mice|rats?|animals?|records|studies|trials)\b",
    ),
    _figure("dose", r"\b(?:which|what|how (?:high|large|strong) (?:is|was|were)) (?:\w+ ){0,3}?dos(?:es?|ages?)\b", r"\bdos(?:e|es|ages?|ing)\b|\d[ -]?(?:[mµu]?g|mcg|m[lL]|IU|units?|m?mol|Gy)\b|\b(?:daily|tablets?|capsules?|spoons?)\b"),
    _figure("length of the follow-up", r"\b(?:how long|which|what|length|duration)\b[^,;?]*\b(?:follow-?ups?|follow(?:ed)? up)\b", r"\bfollow(?:ed)?[- ]?up\b|\b(?:years?|months?|weeks?)\b"),
    _detail("version", r"\b(?:which|what) (?:\w+ )?versions?\b", r"\bversions?\b|\bv\d"),
    _detail("optimiser", r"\b(?:which|what) optimi[sz]er|\boptimi[sz]er settings", r"\b(?:optimi[sz]er|adamw?|sgd|lion|rmsprop|lamb)\b"),
    _figure(
        "training time",
        r"\bhow (?:many|much|meny) (?:gpu[- ])?(?:days?|hours?|weeks?|minutes?|time)\b|\bhow long\b.*\btrain",
        r"\b(?:days?|hours?|weeks?|minutes?|seconds?|months?|faster|speed-?ups?|[\d.]+ ?(?:h|s|ms))\b",
    ),
    _figure("wall-clock time", r"\bwall[- ]clock\b|\bhow (?:much|many times) (?:faster|slower)\b", r"\bfaster|\bslower|\bspe+d|\b(?:run)?time|\blatency|\bfps\b|\bthroughput"),
    _figure("batch size", r"\bbatch[- ]sizes?\b|\bhow (?:large|big) (?:\w+ ){1,2}the batch|\bbs\b", r"\bbatch"),
    _figure("learning rate", rf"{_ASKED}learning[- ]rates?\b(?! on\b| depend)|\bLR\b|{_ASKED}step[- ]sizes?\b", r"\blearning rate|\bstep size"),
    _figure("number of epochs", r"\bhow many epochs\b|\bnumber of epochs\b", r"epochs?\b"),
    *(
        _detail(re.sub(r"\(.*\) | \?", lambda m: "" if m[0] != " ?" else " ", noun), rf"\b(?:which|what|how (?:high|low|large)) (?:(?!(?:is|are|was|were|do|does|did|of|the)\b)[\w-]+ ){{0,3}}?{noun}s?\b(?! of)", rf"\b{noun}s?\b\W+(?:\w+\W+){{0,4}}?\d|\d\S*\s+(?:\w+\s+){{0,2}}?{noun}|\d\s?(?:{units})")
        for noun, units in (
            ("epoch", r"epochs?\b"), ("iteration", r"steps?\b"), ("time ?step", r"timesteps?\b|steps?\b"), ("frequency", r"[kMG]?Hz|bands?\b"), ("bit ?rate", r"bpp|bps|bits"), ("frame ?rate", r"fps|Hz"),
            ("(?:decay|sampling|mask(?:ing)?|drop|pruning|compression|growth|refresh) rate", r"Hz|%"), ("temperature", r"°|kelvin|degrees"), ("noise level", r"sigma|dB|snr"), ("angle", r"°|degrees?|radians?"), ("wavelength", r"nm\b"), ("budget", r"flops|hours|bits|%|mb\b|gb\b"),
        )
    ),
    _figure("weight decay", rf"{_ASKED}weight decay\b", r"weight decay"),
    _figure("value", r"\b(?:which|what) (?:value|setting|number) (?:of|for) (?:the )?(?:\w\b|temperature|threshold|margin)", r"\b[a-z] ?= ?\d|\b(?:temperature|threshold|margin|value)s? (?:\w+ ){0,2}\d"),
    _figure("dropout rate", r"\bdropout (?:rate|probability)", r"\bdropout"),
    _figure("momentum value", r"\bmomentum (?:value|coefficient)", r"\bmomentum"),
    _figure("ratio", r"\b(?:which|what) (?:\w+ )?ratio\b", r"\bratio|\bfactor|\btimes\b|\d ?[x×]|\bpercent|%|\bfold\b|\bfraction"),
    _figure(
        "number of parameters",
        r"\bhow many (?:\w+ )?parameters\b|(?:^|[,:;] |\bwhat (?:is|was) the )number of parameters\b|\bhow (?:large|big) is the (?:model|network)\b",
        r"\bparam|\bvariables\b|\bweights\b|\b\d+(?:\.\d+)? ?[MBK]\b|illion\b",
    ),
    _figure("size of the space", r"\b(?:what|which) size\b.*\bspace\b|\bhow many (?:bits|dimensions)\b", r"\bdimension|\b\d+-?d\b|\bbits?\b|\bbytes?\b"),
    _metric("CIDEr", r"cider(?:-d)?", r"cider"),
    _metric("BLEU", r"bleu(?:-\d)?", r"bleu"),
    _metric("ROUGE", r"rouge(?:-\w)?", r"rouge"),
    _metric("FID", r"fid|fr[ée]chet inception distance", r"\bfid\b|fr[ée]chet"),
    _metric("FVD", r"fvd|fr[ée]chet video distance", r"\bfvd\b|fr[ée]chet"),
    _metric("LPIPS", r"lpips", r"\blpips\b"),
    _metric("PSNR", r"psnr", r"psnr|\bdb\b"),
    _metric("SSIM", r"ssim", r"ssim"),
    _metric("MAE", r"mae|mean absolute error", r"\bmae\b|mean absolute error"),
    _metric("RMSE", r"rmse", r"rmse|root mean"),
    _metric("IoU", r"m?iou", r"iou|intersection"),
    _metric("mAP", r"map(?= (?:gain|score|on|of|does|do|did|has|is|was))|average precision", r"\bm?ap\b|average precision"),
    _metric("F1", r"f1(?:[- ]score)?", r"\bf1\b|f-score|f-measure|f1-"),
    _metric("AUC", r"auc|auroc", r"\bau\w*c\b|area under"),
    _metric("perplexity", r"perplexity", r"perplexit"),
    _metric("word error rate", r"wer|word error rate", r"\bwer\b|word error"),
    _metric("success rate", r"success rate", r"success"),
    _metric("top-1", r"top-1", r"top-1"),
    _metric("correlation", r"(?:what|which|how (?:high|strong)) (?:\S+ ){0,3}correlation", r"correlat|\br ?=|\brho\b|srcc|plcc"),
    _metric("agreement", r"(?:what|which|how (?:high|strong)) (?:\S+ ){0,4}agreement|kappa|how (?:well|much|often|far|closely) (?:did|do|does) (?:\w+ ){1,4}agree", r"\bagree|kappa|\balpha\b"),
    _metric("recall", r"(?:what|which|how (?:high|good)) (?:\S+ ){0,3}recall|recall@\d+|r@\d+", r"recall|\br@"),
    _metric("nDCG", r"ndcg(?:@\d+)?", r"ndcg"),
    _metric("MRR", r"mrr(?:@\d+)?|mean reciprocal rank", r"\bmrr|reciprocal"),
    _metric("Dice", r"dice", r"\bdice"),
    _metric("R²", r"r2|r\^2|r²|r[- ]squared", r"\br2|r\^2|r²|r-squared"),
    _detail("p-value", r"\bp[- ]?values?\b|\bstatistical(?:ly)? signific\w+", r"\bp ?[<=]|p-?value|significan"),
    _metric("accuracy", r"(?:what|which) (?:\S+ ){0,3}accuracy|how accurate|accuracy$", r"accura|%|\berror\b"),
)  # fmt: skip
