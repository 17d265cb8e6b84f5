"""Answers that are names of data sets, models and rivals. A readable table.

How each is asked for, and what in a sentence can be one: see `answer_types.py`. A name counts only where it
stands for what was asked (`name_roles.py`): what a paper was tested on is not what it is built of.
"""

from __future__ import annotations

import re

from rag.answering.refusing.answer_types import NOUN_PHRASE, AnswerType, asked_as
from rag.answering.refusing.name_roles import Role

_SETS = (
    r"(?:data ?sets?|corpus|corpora|benchmarks?|collections?|databases?"
    r"|(?<!feature )(?<!support )(?<!parameter )(?<!label )(?<!tool )(?<!rule )(?<!word )(?<!class )(?<!level )sets?(?! (?:operations?|functions?|theor|predict|encod|transformer|network|propert)))"
)
_RECORDS = (
    r"(?:photo\w*|pictures?|images?|videos?|texts?|tables?|recordings?|clips?|graphs?|scenes?|molecules?|proteins?|point clouds?"
    r"|shapes?|meshes|faces?|documents?|time series|signals?|dialogues?|articles?|sentences?|songs?)"
)
_STUDIED = r"(?=.*\b(?:train|pre-?train|test|tr(?:y|ied)|evaluat|learn|taught|tun|measur|show|check|assess|compar|come)\w*\b)"
# A question for what the paper itself brings is answered by a name of its own.
_BROUGHT = r"(?:\b(?:introduc|releas|propos|creat|collect(?!ion)|buil[dt]|publish|present|contribut|construct|develop|brings?\b)\w*|\b(?:which|what) new\b)"
_GIVEN = rf"^(?!.*{_BROUGHT})"
# "Three temporal datasets (artworks, headlines)", or a set that is called by a sign ("E*").
_DESCRIBED_SETS = re.compile(rf"(?<!\w)[A-Z]\*|\b{_SETS}\s*\([^()]*,[^()]*\)")
_ABOUT_DATA = re.compile(
    r"\b(?:data ?sets?|databases?|data|benchmarks?|corpus|corpora|collections?|evaluat\w+|validat\w+|experiment\w*|test(?:s|ed|ing)?"
    r"|train(?:s|ed|ing)?|pre-?train\w*|images?|videos?|photos?|results|tasks?|challenge|competition|classification|achiev\w+"
    r"|across|performance|competitive|outperform\w*|surpass\w*|mined|collected)\b",
    re.IGNORECASE,
)
# Names of models; not ImageNet, WordNet, ShapeNet and their like.
_MODEL = re.compile(
    r"(?<!Image)(?<!Word)(?<!Shape)(?<!Model)(?<!Scan)(?<!Part)(?<!Concept)(?<!Domain)"
    r"(?:Net|[Ff]ormer|BERT|GPT|CLIP|GAN|VAE|RNN|Mamba|LLaMA|NeRF|LM|ViT|CNN|(?<!Object)NN)[\d-]*\w?$"
)
_NO_MODEL = frozenset(
    ["mri", "fmri", "ct", "eeg", "meg", "pet", "ecg", "imagenet", "coco", "cifar-10", "mnist"]
)
_ANYTHING = re.compile("")
# The places in which a name stands for what was used, not for what it was tested on or compared with.
_TAKEN = frozenset({Role.PART, Role.SITE})
# "Deletion score", "Markov chain": a word with a capital; models that are called by one are known.
_PLAIN_WORD = re.compile(
    r"^(?!(?:Imagen|Stable|Flamingo|Whisper|Midjourney|Perceiver|Florence|Kosmos|Hyena|Inception|Swin|Segment|Word2Vec|Turing|Llama|Mistral|Falcon|Gemini|Claude)$)"
    r"[A-Z][a-z]+$"
)
_FAMILIES = re.compile(
    r"\b(?:ViTs?(?:-\w+)*|GPT[\w.-]*|LSTMs?|GRUs?|U-?Nets?|BERT|T5|ResNets?[\w-]*|VGG(?!-Face)\w*|AlexNet|GANs?|VAEs?|[Vv]ision [Tt]ransformers?)\b"
)
_KINDS_OF_NETWORK = re.compile(
    r"\b(?:(?-i:[a-z]-[A-Z]\w+)|Gaussian|Dirichlet|convolution\w*|CNNs?|ConvNets?|recurrent|RNNs?|LSTMs?|GRUs?|transformers?|ViTs?|MLPs?|perceptrons?|U-?Nets?|ResNets?|residual networks?"
    r"|auto-?encoders?|VAEs?|GANs?|adversarial networks?|diffusion models?|feed-?forward|state[- ]space|Gaussian process\w*|SVMs?|support vector"
    r"|random forests?|decision trees?|boosting|graph neural|GNNs?|NeRFs?|Mamba|Word2Vec|GloVe|linear|logistic|nearest[- ]\w+|k-?NN|mixture\w*"
    r"|topic models?|Hopfield|energy-based|capsule\w*|spiking|hyper-?networks?|two-layer|one-layer|\w+-layer|bag[- ]of[- ]words|language models?|LLMs?)\b",
    re.IGNORECASE,
)
# "outperforms gradient-based meta-learning" names a rival in plain words; "outperforms existing methods" none.
_BEATEN = re.compile(
    r"\b(?:outperform\w*|surpass\w*|exceed\w*|beat(?:s|ing|en)?|superior to|compared (?:to|with)|relative to|(?:better|faster|smaller|higher|lower|more \w+) than|over)\s+"
    r"(?:(?:the|a|an|both|all|other|many|most|existing|previous|prior|current|recent|standard|state-of-the-art|SOTA|several|various|strong|its|their|and)\s+)*"
    r"(?!(?:state-of-the-art|SOTA|methods?|models?|approaches|baselines?|alternatives?|counterparts?|techniques?|works?|algorithms?|competitors?|ones|those|best"
    r"|the|existing|previous|prior|other|current|recent|a|all|large|margin)\b)[\w-]{4,}",
    re.IGNORECASE,
)

SET_AND_MODEL_ANSWERS = (
    AnswerType(
        "data set",
        asked_as(
            rf"{_GIVEN}.*(?:\b(?:which|what|whose)\s+{NOUN_PHRASE}{_SETS}\b(?!\s+(?:of|is|are|size))"
            rf"|\b(?:on|from|in|with|for|over|across) (?:which|what)\s+{NOUN_PHRASE}{_SETS}\b(?!\s+size)"
            rf"|\b(?:which|what)\s+{NOUN_PHRASE}(?:data ?sets?|corpus|corpora|collections?|databases?) of\b"
            rf"|\b(?:which|what|whose)\s+{NOUN_PHRASE}(?:{_RECORDS}\b{_STUDIED}|(?:training|external|test) data\b(?!-)|training sets?\b)"
            rf"|\bwhich\s+{NOUN_PHRASE}data\b(?!-){_STUDIED})"
        ),
        _ABOUT_DATA,
        named=True,
        unlike=_MODEL,
        roles=frozenset({Role.DATA, Role.SITE}),
        plain=_DESCRIBED_SETS,
    ),
    AnswerType(
        "name of a data set",
        asked_as(
            rf"\bnames? of (?:the )?(?:[\w-]+ ){{0,5}}{_SETS}\b|\b{_SETS}\b.*\bcalled\b"
            rf"|^(?=.*{_BROUGHT}).*\b(?:which|what)\s+{NOUN_PHRASE}{_SETS}\b(?!\s+(?:of|is|are|size))"
        ),
        _ABOUT_DATA,
        named=True,
        own=True,
    ),
    AnswerType(
        "name of a model",
        asked_as(
            rf"{_GIVEN}.*\b(?:which|what)\s+{NOUN_PHRASE}"
            r"(?:(?:foundation|pre-?trained|vision-language|text-image|image-text|generative|diffusion|base|ready-made|off-the-shelf|public) (?:\w+ )?(?:models?|transformers?|encoders?)"
            r"|\w+ models? (?:was|were)(?=.*\b(?:measured|tested|examined|studied|probed|analy[sz]ed|evaluated|checked|used)\b)"
            r"|VLMs?|(?:text|image|vision|visual|speech|audio|3D|graph|frozen) (?:encoders?|models?)|backbones?"
            r"|pre-?trained (?:\w+ )?(?:CNNs?|networks?|transformers?|encoders?|classifiers?|detectors?|generators?|weights))\b"
        ),
        _ANYTHING,
        named=True,
        barred=_NO_MODEL,
        unlike=_PLAIN_WORD,
        roles=_TAKEN,
        plain=_FAMILIES,
    ),
    AnswerType(
        "name of a rival",
        asked_as(
            rf"\b(?:which|what)\s+{NOUN_PHRASE}(?:(?:rival|competing|baseline) (?:models?|methods?|systems?|networks?)|rivals?|baselines?|competitors?)\b"
        ),
        _ANYTHING,
        named=True,
        barred=_NO_MODEL,
        roles=frozenset({Role.RIVAL, Role.PART}),
        plain=_BEATEN,
    ),
    AnswerType(
        "kind of network",
        asked_as(
            rf"{_GIVEN}.*\b(?:which|what)\s+(?P<near>{NOUN_PHRASE})(?:architectures?|network|model|classifier|learner|regressor)\s+(?!of\b)"
            r"(?=\w+)(?!.*\b(?:best|most|better|highest|lowest|worst|more)\b)"
        ),
        _ANYTHING,
        named=True,
        own=True,
        barred=_NO_MODEL,
        unlike=_PLAIN_WORD,
        roles=_TAKEN,
        plain=_KINDS_OF_NETWORK,
        last=True,
    ),
    AnswerType(
        "name of a language model",
        asked_as(rf"{_GIVEN}.*\b(?:which|what)\s+{NOUN_PHRASE}(?:(?<!vision-)language models?|LLMs?)\b"),
        re.compile(
            r"\b(?:\w*GPT[\w.-]*|\w*BERT\w*|LL?a[Mm][Aa][\w.-]*|T5|PaLM\w*|Gemini|Gemma|Claude|Bard|Mi[sx]tral|Qwen\w*|OPT|Pythia"
            r"|Vicuna|Alpaca|Falcon|Phi-?\d\S*|BLOOM|Bloom|ELMo|XLNet|ERNIE|DeepSeek\w*|\w*GLM|Chinchilla|Codex|LLaVA|BART|word2vec|Mamba"
            r"|(?!(?:V|ML|LV|V?L)LMs?\b|VLMs?\b)[A-Z]\w*LM)\b"
        ),
        roles=_TAKEN,
    ),
)
