"""The data sets, models and measures that abstracts mention, told from the words around them. Pure.

A name is spelled like one (a capital inside, digits, or capitals throughout); what it names is told by
its company: "on the ImageNet and COCO data sets" names data sets, "a ResNet backbone" a model. Patterns
of this kind are those of Hearst (1992, "Automatic acquisition of hyponyms from large text corpora"). A
name takes part where most of its company says so. It is then counted wherever it stands.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rag.library.abbreviations import mine_abbreviations
from rag.library.passages import split_passages
from rag.retrieval.mentioned_words import as_named, name_key, spelled
from rag.types import Evidence, Paper, Span


class Sort(StrEnum):
    """What can be mined."""

    DATA_SET = "data set"
    MODEL = "model"
    METHOD = "method"
    MEASURE = "measure"
    SHORT_FORM = "short form"


@dataclass(frozen=True, slots=True)
class Mined:
    """A name, what it stands for where that is known, and the papers that hold it, each with the words that do."""

    name: str
    held: tuple[tuple[Paper, Evidence | None], ...]
    meaning: str = ""


# A slash before another name parts the two, and so belongs to neither: else there are two ways to read each.
_WORD = r"(?:[A-Z][\w+]*|[a-z]+[A-Z][\w+]*|\d+[A-Z]\w*)(?:(?:[-.]|/(?![A-Z]|[a-z]+[A-Z]|\d+[A-Z]))[\w+]+)*"
# A name of several words: "Visual Genome", "Stanford Cars", "Tiny ImageNet".
_NAME = rf"{_WORD}(?: {_WORD}){{0,2}}"
_LIST = rf"{_NAME}(?:(?:, (?:and |or )?| and | or | ?/ ?|, as well as | as well as ){_NAME})*"
_DATA = (
    r"(?:data ?sets?|benchmarks?|corpora|corpus|databases?|collections?|challenges?|test sets?|test suites?)"
)
_OF_DATA = r"(?:[a-z][\w-]* ){0,2}"
_DATA_PATTERNS = (
    rf"(?P<names>{_LIST})(?: \([^)]{{1,40}}\))?,? {_OF_DATA}{_DATA}\b",
    rf"\b{_DATA}(?: \w+)?(?:,| \(|:)?(?: (?:such as|including|like|namely|called|named|i\.e\.,?|e\.g\.,?))? (?:the )?(?P<names>{_LIST})",
    rf"\b(?:[Ee]valuat\w+|[Ee]xperiment\w*|[Tt]est(?:ed|s)|[Tt]rain(?:ed|ing)|[Pp]re-?train\w*|[Ff]ine-?tun\w+|[Rr]esults?|[Pp]erformance|[Aa]ccuracy|"
    rf"mIoU|m?AP|AUC|FID|CIDEr|R@1|[Rr]ecall(?:@\d+)?|[Tt]op-1|%|points|error|scores?)(?: [a-z][\w-]*){{0,3}} on (?:the )?(?P<names>{_LIST})",
    rf"\bon (?:the )?(?P<names>{_LIST})(?= (?:and|with|at|by|validation|val|test|classification|detection|segmentation)|[,.;:]|$)",
)
_MODEL_PATTERNS = (
    rf"(?P<names>{_LIST})(?:-based)? {_OF_DATA}(?:models?|backbones?|architectures?|networks?|encoders?|decoders?|transformers?|"
    r"variants|family|LLMs?|MLLMs?|VLMs?|features?|embeddings?|layers?|blocks?)\b",
    rf"\b(?:models|backbones|architectures|networks|encoders|LLMs|VLMs|MLLMs)(?:,| \()?(?: (?:such as|including|like|namely|e\.g\.,?|i\.e\.,?))"
    rf" (?:the )?(?P<names>{_LIST})",
    rf"\b(?:pre-?trained|frozen|fine-?tun\w+|vanilla|standard|original) (?P<names>{_LIST})(?! (?:data|bench))",
)
_PLAIN, _LOOSE = 1.0, 0.5  # what a pattern's word is worth: "on X" may name anything
_DATA_WORDS = tuple(zip(map(re.compile, _DATA_PATTERNS), (_PLAIN, _PLAIN, _LOOSE, _LOOSE), strict=True))
_MODEL_WORDS = tuple((re.compile(words), _PLAIN) for words in _MODEL_PATTERNS)
_SPLIT = re.compile(r", (?:and |or )?| and | or | ?/ ?|,? as well as ")
_SPELLED = re.compile(r"[a-z][A-Z]|[A-Z][\w-]*\d|[A-Z][A-Z]|\d[A-Z]")
_NO_NAME = re.compile(
    r"-(?:based|trained|specific|aware|ready|like|style|free|guided|performance|level|inspired|[a-z]{3,}(?:ed|ing))$|[A-Z]s$|^\d+(?:-[A-Z]{1,2}|[BMKD])$"
)
_BEGINNING = re.compile(
    r"^(?:The|An?|We|Our|On|In|For|With|Both|And|Using|Extensive|Experiments?|Experimental|Evaluations?|Results?|This|These|"
    r"Moreover|Furthermore|Code|Specifically|Finally|Additionally|Recent|Existing|Large|However) "
)
_MEASURES = {
    "accuracy": r"accurac(?:y|ies)",
    "mean average precision (mAP)": r"m?AP\b(?!\w)|[Mm]ean [Aa]verage [Pp]recision",
    "intersection over union (mIoU)": r"m?IoU|[Ii]ntersection[- ]over[- ][Uu]nion",
    "F1": r"F1(?:[- ]?[Ss]cores?)?|F-(?:score|measure)",
    "area under the curve (AUC)": r"AU(?:RO|PR)?C|area under the (?:ROC )?curve",
    "FID": r"FID|Fr[ée]chet [Ii]nception [Dd]istance",
    "PSNR": r"PSNR",
    "SSIM": r"SSIM",
    "BLEU": r"BLEU(?:-\d)?",
    "CIDEr": r"CIDEr(?:-D)?",
    "ROUGE": r"ROUGE(?:-\w)?",
    "perplexity": r"perplexity",
    "word error rate": r"WER|word error rate",
    "recall": r"[Rr]ecall(?:@\w+)?|R@\d+",
    "success rate": r"success rates?",
    "mean absolute error": r"MAE\b(?= (?:of|by|and|from))|mean absolute error",
}
_MEASURE_WORDS = {name: re.compile(rf"\b(?:{words})") for name, words in _MEASURES.items()}
# Fields, tasks and machines that are spelled like names.
_NO_NAMES_TEXT = """
ai ml nlp cv llm llms vlm vlms mllm mllms sota rgb 3d 2d 4d gpu gpus cpu tpu api iot ar vr hci ood id
rnn cnns mlps gans vits dnns rl ssl kd cl fps flops map miou fid auc psnr ssim top-1 top-5 us usa uk eu
cvpr iccv eccv neurips icml iclr acl emnlp www github url arxiv http https q&a r@1 ap ap50 mri ct
relu gelu ode fmri eeg meg t2i i2t t2v
miccai wacv bmvc aaai kdd coling naacl interspeech icassp ieee ijcai
"""
_NO_NAMES = frozenset(_NO_NAMES_TEXT.split())
# What a short form stands for that names neither data nor a model: "functional magnetic resonance imaging".
_TASK = re.compile(
    r"\b(?:imaging|learning|rates?|prediction|model?ling|retrieval|analysis|extraction|discovery|assessment|view|units?|"
    r"images?|answering|generation|detection|recognition|estimation|optimi[sz]ation|search|decomposition|gain|errors?)$",
    re.IGNORECASE,
)
_LEAST_LETTERS = 2
_Patterns = Sequence[tuple[re.Pattern[str], float]]


def mine(papers: Iterable[Paper], sort: Sort) -> tuple[Mined, ...]:
    """Return what is named, by the most papers first; ties by the alphabet."""
    shelf = tuple(papers)
    match sort:
        case Sort.DATA_SET:
            mined = _named_anyhow(shelf, _vote(shelf, wanted=_DATA_WORDS, others=_MODEL_WORDS))
        case Sort.MODEL:
            mined = _named_anyhow(shelf, _vote(shelf, wanted=_MODEL_WORDS, others=_DATA_WORDS))
        case Sort.METHOD:
            mined = _named(shelf, _own_names(shelf))
        case Sort.MEASURE:
            mined = mine_words(shelf, _MEASURE_WORDS)
        case Sort.SHORT_FORM:
            mined = _short_forms(shelf)
    return tuple(sorted((one for one in mined if one.held), key=lambda one: (-len(one.held), one.name)))


def mine_words(papers: Sequence[Paper], words: Mapping[str, re.Pattern[str]]) -> tuple[Mined, ...]:
    """Return which papers hold each of these words; those that none holds are left out."""
    mined = (_with_papers(papers, name, pattern) for name, pattern in words.items())
    return tuple(one for one in mined if one.held)


def find_words(paper: Paper, words: re.Pattern[str]) -> tuple[bool, Evidence | None]:
    """Tell whether a paper holds words, and return the first sentence that does; none if only the title does."""
    for passage in split_passages(paper):
        if words.search(passage.text):
            return True, Evidence.cut(paper, Span(passage.start, passage.end), score=1.0)
    return bool(words.search(paper.title)), None


def _vote(papers: Sequence[Paper], *, wanted: _Patterns, others: _Patterns) -> list[str]:
    """Return the names whose company is mostly of the wanted sort; a short form needs more than "on X"."""
    votes: dict[str, Counter[bool]] = defaultdict(Counter)
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    explained: defaultdict[str, set[bool]] = defaultdict(set)  # whether it is short for a task or a technique
    for paper in papers:
        for short in mine_abbreviations(f"{paper.title}. {paper.abstract}"):
            explained[name_key(short.short)].add(bool(_TASK.search(short.long)))
    for paper in papers:
        for is_wanted, patterns in ((True, wanted), (False, others)):
            for name, worth in _company(paper.abstract, patterns).items():
                spellings[name_key(name)][name] += 1
                if worth >= _PLAIN or name_key(name) not in explained:
                    votes[name_key(name)][is_wanted] += 2 if worth >= _PLAIN else 1
    chosen = [key for key, vote in votes.items() if vote[True] > vote[False] and explained.get(key) != {True}]
    return [min(spellings[key], key=lambda name: (-spellings[key][name], name)) for key in chosen]


def _company(text: str, patterns: _Patterns) -> dict[str, float]:
    """Return the names that stand in one of the patterns, with the worth of the best."""
    found: dict[str, float] = {}
    for pattern, worth in patterns:
        for name in _names_in(text, pattern):
            found[name] = max(worth, found.get(name, 0.0))
    return found


def _names_in(text: str, pattern: re.Pattern[str]) -> Iterator[str]:
    for match in pattern.finditer(text):
        for part in _SPLIT.split(match["names"]):
            name = _BEGINNING.sub("", part).strip(" -.")
            if is_name(name):
                yield name


def is_name(text: str) -> bool:
    """Tell a name by its spelling; a field, a task or a machine is none.

    >>> is_name("ImageNet"), is_name("COCO"), is_name("Extensive"), is_name("GPU")
    (True, True, False, False)
    """
    words = text.split()
    return (
        len(text) > _LEAST_LETTERS
        and any(_SPELLED.search(word) and word.lower() not in _NO_NAMES for word in words)
        and words[-1].lower() not in _NO_NAMES
        and not any(map(_NO_NAME.search, words))
    )


def _own_names(papers: Sequence[Paper]) -> list[str]:
    """The names that papers give to what they propose: before the colon of their titles."""
    heads = (paper.title.partition(":") for paper in papers)
    return list(dict.fromkeys(head.strip() for head, colon, _ in heads if colon and _is_head(head.strip())))


def _is_head(head: str) -> bool:
    return " " not in head and len(head) > _LEAST_LETTERS and head[:1].isalnum() and is_name(head)


def _named(papers: Sequence[Paper], names: Iterable[str]) -> tuple[Mined, ...]:
    """Names with the papers that hold them as they are written."""
    holding = {
        name: [paper for paper in papers if name in paper.abstract or name in paper.title] for name in names
    }
    return tuple(_with_papers(held, name, spelled(name)) for name, held in holding.items())


def _named_anyhow(papers: Sequence[Paper], names: Iterable[str]) -> tuple[Mined, ...]:
    """Names with the papers that hold them in any spelling."""
    keys = [(paper, name_key(f"{paper.title} {paper.abstract}")) for paper in papers]
    holding = {name: [paper for paper, key in keys if name_key(name) in key] for name in names}
    return tuple(_with_papers(held, name, as_named(name)) for name, held in holding.items())


def _with_papers(papers: Sequence[Paper], name: str, words: re.Pattern[str]) -> Mined:
    found = (
        (paper, find_words(paper, words))
        for paper in papers
        if words.search(paper.abstract) or words.search(paper.title)
    )
    return Mined(name, tuple((paper, evidence) for paper, (holds, evidence) in found if holds))


def _short_forms(papers: Sequence[Paper]) -> tuple[Mined, ...]:
    """Short forms that at least two papers explain, or one explains and another holds."""
    meanings: dict[str, Counter[str]] = defaultdict(Counter)
    for paper in papers:
        for abbreviation in mine_abbreviations(f"{paper.title}. {paper.abstract}"):
            meanings[abbreviation.short][abbreviation.long] += 1
    return tuple(
        replace(
            mined, meaning=min(meanings[mined.name], key=lambda long: (-meanings[mined.name][long], long))
        )
        for mined in _named(papers, meanings)
    )
