"""Names of data sets and models, told from the words around them. Pure.

A name is spelled like one (a capital inside, digits, or capitals throughout); what it names is told by
its company: "on the ImageNet and COCO data sets" names data sets, "a ResNet backbone" a model. Patterns
of this kind are those of Hearst (1992, "Automatic acquisition of hyponyms from large text corpora"). A
name takes part where most of its company says so.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from rag.library.abbreviations import mine_abbreviations
from rag.retrieval.mentioned_words import name_key
from rag.types import Paper

# A slash before another name parts the two, and so belongs to neither: else there are two ways to read each.
_WORD = r"(?:[A-Z][\w+]*|[a-z]+[A-Z][\w+]*|\d+[A-Z]\w*)(?:(?:[-.]|/(?![A-Z]|[a-z]+[A-Z]|\d+[A-Z]))[\w+]+)*"
# A name of several words: "Visual Genome", "Stanford Cars", "Tiny ImageNet".
_NAME = rf"{_WORD}(?: {_WORD}){{0,2}}"
_LIST = rf"{_NAME}(?:(?:, (?:and |or )?| and | or | ?/ ?|, as well as | as well as ){_NAME})*"
DATA_NOUN = (
    r"(?:data ?sets?|benchmarks?|corpora|corpus|databases?|collections?|challenges?|test suites?"
    r"|(?:test|validation|training) (?:sets?|splits?))"
)
_OF_DATA = r"(?:[a-z][\w-]* ){0,2}"
_DATA_PATTERNS = (
    rf"(?P<names>{_LIST})(?: \([^)]{{1,40}}\))?,? {_OF_DATA}{DATA_NOUN}\b",
    rf"\b{DATA_NOUN}(?: \w+)?(?:,| \(|:)?(?: (?:such as|including|like|namely|called|named|i\.e\.,?|e\.g\.,?))? (?:the )?(?P<names>{_LIST})",
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
_PLAIN, _LOOSE = 2, 1  # votes that a pattern casts: "on X" may name anything
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
_Patterns = Sequence[tuple[re.Pattern[str], int]]


def data_set_names(papers: Sequence[Paper]) -> list[str]:
    """Return the names of data sets, each as it is mostly spelled."""
    return _vote(papers, wanted=_DATA_WORDS, others=_MODEL_WORDS)


def model_names(papers: Sequence[Paper]) -> list[str]:
    """Return the names of models, each as it is mostly spelled."""
    return _vote(papers, wanted=_MODEL_WORDS, others=_DATA_WORDS)


def _vote(papers: Sequence[Paper], *, wanted: _Patterns, others: _Patterns) -> list[str]:
    """Return the names whose company is mostly of the wanted sort; a short form needs more than "on X"."""
    ballots: dict[str, Counter[bool]] = defaultdict(Counter)
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    explained = _explained(papers)
    for paper in papers:
        for is_wanted, patterns in ((True, wanted), (False, others)):
            for name, votes in _company(paper.abstract, patterns).items():
                key = name_key(name)
                spellings[key][name] += 1
                if votes >= _PLAIN or key not in explained:
                    ballots[key][is_wanted] += votes
    chosen = [
        key for key, ballot in ballots.items() if ballot[True] > ballot[False] and not explained.get(key)
    ]
    return [min(spellings[key], key=lambda name: (-spellings[key][name], name)) for key in chosen]


def _explained(papers: Sequence[Paper]) -> dict[str, bool]:
    """The short forms that papers explain, by their keys, and whether each is short for tasks alone."""
    explained: dict[str, bool] = {}
    for paper in papers:
        for found in mine_abbreviations(f"{paper.title}. {paper.abstract}"):
            key = name_key(found.short)
            explained[key] = explained.get(key, True) and bool(_TASK.search(found.long))
    return explained


def _company(text: str, patterns: _Patterns) -> dict[str, int]:
    """Return the names that stand in one of the patterns, with the votes of the best."""
    found: dict[str, int] = {}
    for pattern, votes in patterns:
        for name in _names_in(text, pattern):
            found[name] = max(votes, found.get(name, 0))
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
