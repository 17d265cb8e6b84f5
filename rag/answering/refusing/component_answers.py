"""Answers that are parts of a method, and what it was made with: losses, activations, software. A readable table.

A part need not have a name, but an abstract that says which one it is calls it by its role: a decoder by
"decoder" or "decodes". So nouns of agents and of steps ("sampler", "initialisation") are told by their stems, and
the other parts by the words of their line. Neither is asked for where the question says what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.answering.refusing.answer_types import NOUN_PHRASE, AnswerType, asked_as
from rag.answering.refusing.name_roles import Role


def _part(name: str, nouns: str, *signs: str) -> AnswerType:
    """A part that is asked for by its noun, and told by that noun or by other signs."""
    stated = re.compile(rf"\b(?:{'|'.join((nouns, *signs))})\b", re.IGNORECASE)
    return AnswerType(name, asked_as(rf"\b(?:which|what)\s+{NOUN_PHRASE}(?:{nouns})\b"), stated, echoed=True)


def _step(name: str, participles: str, signs: str) -> AnswerType:
    """How something was done: told where a word of doing so stands beside the thing."""
    asked = rf"\bhow (?:is|are|was|were) (?:the |its |their )?(?P<near>[^,;?]*?)\s+(?:{participles})\b"
    return AnswerType(name, asked_as(asked), re.compile(rf"\b(?:{signs})", re.IGNORECASE), echoed=True)


COMPONENT_ANSWERS = (
    _part("loss", r"loss(?:es)?(?: functions?)?|(?:training )?objectives?|cost functions?",
        r"entropy", r"regulari[sz]\w*", r"penal\w+", r"likelihood", r"m(?:ax|in)imi[sz]\w+", r"contrastive", "ELBO", r"divergence", r"optimi[sz]\w+"),
    _part("activation function", r"activations?(?: functions?)?|non-?linearit(?:y|ies)",
        r"(?:\w-?)?ReLUs?", "GELU", "sigmoid", "tanh", "swish", r"sine|sinusoid\w*|periodic", "softmax", r"non-?linear\w*"),
    _part("software", r"software(?: \w+)?|(?:deep learning|machine learning|programming|software) (?:framework|library|package|tool)s?|toolkits?|toolbox(?:es)?|librar(?:y|ies)|packages?",
        "PyTorch", "TensorFlow", "Keras", "JAX", "Timm", "Theano", "Caffe", r"scikit\S*", "Hugging ?Face", "Detectron2?", "Jupyter", "Python", "MATLAB", "open[- ]source"),
    _part("distance", r"(?:distance|similarity) (?:measures?|metrics?|functions?)|distances?|norms?",
        r"(?:dis)?similarit\w+", "cosine", r"euclid\w+", r"L[12p]", r"kernels?", r"divergence", r"(?:dot|inner)[- ]products?", "Wasserstein", "Mahalanobis", "CKA", "CCA", r"correlat\w+", r"metrics?", r"neighbou?r\w*"),
    _part("statistical test", r"(?:statistical|significance|hypothesis) tests?", r"t-?tests?", r"significan\w+", "wilcoxon", "anova", r"p-?values?", r"bootstrap\w*", r"permutation\w*"),
    _part("metric", r"(?:evaluation |quality |performance )?(?:metrics?|measures?)", r"scores?", r"accurac\w+", r"precision", r"recall", r"F1\S*", "BLEU", "FID", r"errors?", r"AU\w*C", r"m?AP", r"m?IoU",
        "PSNR", r"perplexit\w+", r"rates?", r"correlat\w+", r"criteri\w+", r"ind(?:ex|ices)", "NDCG", r"distances?", r"divergences?", r"similarit\w+", r"rank", r"quantif\w+", r"distances?"),
    _part("prompt", r"prompts?(?: templates?)?", r"prompt\w*", r"instruct\w+", r"templates?"),
    AnswerType("funding", asked_as(r"\b(?:which|what|whose)\s+(?:\w+\s+){0,2}(?:fund(?:s|ing|ers?)?|grants?|sponsors?|agenc(?:y|ies))\b|\bwho (?:will |would |has |have )?(?:fund|paid|pays|sponsor|financ)\w*"), re.compile(r"\b(?:fund|grant|sponsor|financ|supported by)\w*", re.IGNORECASE), echoed=True),
    _part("venue", r"conferences?|journals?|workshops?|venues?|symposi\w+", "CVPR", "NeurIPS", "ICLR", "ICML", "ECCV", "ICCV", "ACL", "SIGIR", "KDD", r"proceedings", r"published (?:in|at)", r"accepted (?:to|at)", r"challenge"),
    AnswerType("venue", asked_as(r"\bwhere (?:was|were|is|has|have)\b(?:\s+\S+){0,6}?\s+(?:presented|published|accepted)\b"), re.compile(r"\b(?:conference|journal|workshop|proceedings|accepted|CVPR|NeurIPS|ICLR|ICML|ECCV|ICCV|ACL|EMNLP|SIGIR|KDD)\b")),
    _part("award", r"awards?|prizes?|medals?", r"w[io]n\w*", r"place", "best paper"),
    AnswerType("brain area", asked_as(rf"\b(?:which|what)\s+{NOUN_PHRASE}(?:(?:brain|cortical|cortex) (?:areas?|regions?|parts?)|cort(?:ex|ices)|lobes?)\b"), re.compile(
        r"\b(?:V[1-4]|IT|(?:visual|auditory|motor|temporal|parietal|occipital|prefrontal|entorhinal|inferotemporal) \w+|hippocamp\w+|amygdala|retina\w*|ventral|dorsal|thalam\w+|cerebell\w+|early visual)\b")),
    _part("musical instrument", r"musical instruments?|instruments?(?:'s)? (?:recordings?|sounds?)", r"instruments?", r"pianos?|violins?|guitars?|drums?|flutes?|cellos?|trumpets?|harps?|organs?|synthesi[sz]ers?"),
    *(_step(*row) for row in (
        ("way it was chosen", r"chosen|picked|selected|tuned|determined|decided on|fixed|set", r"cho(?:ose|os|se|ice)|select|pick|tun|determin|search|cross-valid|heuristic|automatic|decid|adapt|criteri"),
        ("initialisation", r"initiali[sz]ed", r"initiali"),
        ("weighting", r"weighted|balanced|traded off", r"weigh|balanc|trade|\w*lambda"),
        ("normalisation", r"normali[sz]ed", r"normali"),
        ("tokenisation", r"tokeni[sz]ed", r"token|byte|patch"),
        ("way they were gathered", r"collected|gathered|recruited|sourced", r"collect|gather|recruit|obtain|acqui|crowd|scrap|crawl|download|curat|annotat|contribut|sampl|record|generat|construct|creat|build|built"),
        ("way they were labelled", r"labell?ed|annotated", r"label|annotat|manual|human|automatic"),
        ("cleaning", r"cleaned|filtered|de-?duplicated|pre-?processed", r"clean|filter|dedup|preprocess|pre-process|remov|curat|discard"),
        ("split", r"split|divided into (?:train|test)\w*|partitioned", r"split|divid|partition|fold|held-out|separat"),
        ("pay", r"paid|compensated|rewarded", r"paid|pay|compensat|\$|dollar"),
        ("implementation", r"implemented|parallelised|parallelized", r"implement|code|PyTorch|TensorFlow|JAX|GPU|parallel|CUDA|kernel"),
    )),
    _part("crowdsourcing platform", r"crowd-?(?:sourcing|working)? ?platforms?|platforms?", "Mechanical Turk", "MTurk", "AMT", "Prolific", "Appen", "Upwork", "Scale AI", "Surge"),
    AnswerType("name of a tool or source", asked_as(
        rf"\b(?:which|what)\s+{NOUN_PHRASE}(?:dictionar(?:y|ies)|thesaur(?:us|i)|lexicons?|tools?|solvers?|(?:search|physics|rendering) engines?|archives?|providers?|services?|APIs?"
        r"|(?:file |storage )?formats?|standards?|protocols?|operating systems?|browsers?|editors?|apps?|cod(?:e ?bases?)|servers?|clusters?(?= (?:was|were|is) used)|clouds?)\b"),
        re.compile(""), named=True, roles=frozenset({Role.PART, Role.SITE, Role.EXAMPLE})),
)  # fmt: skip
_HEAD = re.compile(rf"\b(?:which|what)\s+(?P<phrase>{NOUN_PHRASE}[\w'-]+)", re.IGNORECASE)
_AGENT = re.compile(
    r"\b(?:which|what)\s+(?:(?!(?:is|are|was|were|do|does|did|of|in|on|the|a|an|kinds?|sorts?|types?)\b)[\w-]+\s+){0,2}?"
    r"((?:en|de)coder|tokeni[sz]er|optimi[sz]er|schedul(?:er|e)|sampler|simulator|detector|generator|discriminator|segment(?:er|or)|parser|tagger|recogni[sz]er|re-?ranker|ranker|retriever"
    r"|scanner|compressor|quanti[sz]er|regulari[sz]er|solver|integrator|renderer|tracker|captioner|translator|adapter|mixer|router|filter|teacher|student|judge|critic|verifier"
    r"|initiali[sz]ation|normali[sz]ation|augmentation|regulari[sz]ation|tokeni[sz]ation|quanti[sz]ation|discreti[sz]ation|interpolation|pooling|pre-?processing|aggregation"
    r"|hyper-?parameter|threshold|temperature|learning schedule|vocabulary|codec|embedding model|ablation|cross-validation|curriculum)s?\b",
    re.IGNORECASE,
)
_STEM = 5


def asked_roles(question: str) -> Iterator[tuple[str, str]]:
    """Yield the agents and steps that a question asks for, each with the letters its words begin with.

    >>> list(asked_roles("Which decoder reads the codes, and which tokenizer makes them?"))
    [('decoder', 'decod'), ('tokenizer', 'token')]
    """
    for match in _AGENT.finditer(question):
        noun = match[1].lower().replace("-", "")
        yield match[1].lower(), noun[:_STEM]


def is_called(letters: str, spans: Sequence[str]) -> bool:
    """Tell whether a sentence holds a word that begins with the letters."""
    begins = re.compile(rf"\b(?:\w+-)?{letters}", re.IGNORECASE)
    return any(begins.search(span.replace("-", "")) or begins.search(span) for span in spans)
