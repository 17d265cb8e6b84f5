"""Which names does an abstract hold that are not the paper's own? Pure.

A data set or a model that somebody asks for is told by its name: digits or capitals inside (CIFAR-10,
RoBERTa), or a capital inside the sentence ("on Places"). What the paper calls itself, explains ("graph
attention (GAT)") or proposes is its own; abbreviations of the field and words that the abstract also
writes small name nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.library.abbreviations import mine_abbreviations
from rag.library.passages import split_passages
from rag.types import Paper

_WORD = re.compile(r"(?<![\w-])\d*[^\W\d_][\w+]*(?:[-.][\w+]+)*")
_SMALL = re.compile(r"\b[a-z]{3,}\b")
_NO_NAME = re.compile(r"https?://\S+|\[[^\]]*\]|\$[^$]*\$")
_INNER = re.compile(r"[a-z][A-Z]|[A-Z].*[A-Z]|[A-Za-z]\w*-?\d")
_PLURAL = re.compile(r"(?<=[A-Z0-9])s$")  # "LTCs" are things, not a name
_SHORTEST_PLAIN = 3
_STARTS = re.compile(r"(?:^|[.:;?!])[\s(\"'“]*$")
# A plain word with a capital is a name behind "on", "from" and their like, or in a row of such words.
_PLACED = re.compile(
    r"(?:\b(?:on|from|in|of|using|with|at|by|to|the|and|or|as|like|for|namely|i\.e\.|e\.g\.|the \w+|on \w+ \w+)|,|\(|&)$"
    r"|[A-Z][\w-]+$"
)
_PROPOSED = re.compile(
    r"\b(?:(?<!recently )propos\w+|introduc\w+|present\w*|named|called|dubbed|termed|denoted(?: as)?)\s+"
    r"(?:(?!(?:to|on|of|for|from|with|in|and)\b)[\w-]+\s+){0,4}?([A-Za-z]*[A-Z][\w-]*[A-Z\d][\w-]*)"
)
_COMPOUND = re.compile(
    r"-(?:like|style|based|type|free|inspired|wise|level|aware|generated|trained|specific|guided|driven|enhanced|only|domain)$"
)
# Symbols of formulas ("C_Phi", "Psi") and types of numbers.
_SYMBOL = re.compile(
    r"_|^(?:Alpha|Beta|Gamma|Delta|Epsilon|Theta|Lambda|Sigma|Omega|Phi|Psi|(?:float|int|uint|bf|fp)\d+)$",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:existing|previous|prior|recent|traditional|conventional|most current|one may)\b", re.IGNORECASE
)
_FIELD_TEXT = """
    2d 3d 4d adam ai ann anns api apis ar asr auc bayesian bleu bs cider cnn cnns cpu cv dl dnn dnns
    english euclidean f1 ffn fid fourier gan gans gaussian gelu gnn gnns gpt gpu gpus gru i inr inrs
    internet iot ir knn k-means l1 l2 llm llms lstm lvlm mae map mha mhsa mim miou ml mllm mllms mlp
    mlps nerf nlp nn nns ntk ocr ood pca pretrained psnr qa rag rct relu rgb rgb-d riemannian rl rnn
    rnns rouge sae saes sgd sigmoid snn softmax sota ssl svd svm t2i i2t tanh taylor tpu transformer
    transformers tts url urls vae vaes vit vits vlm vlms vqa vr we web github however moreover
    furthermore finally specifically flops fps macs ndcg srcc plcc auroc sota"""
_FIELD = frozenset(_FIELD_TEXT.split())


@dataclass(frozen=True, slots=True)
class Telling:
    """What a paper tells: its sentences, the words that are no foreign names, and those that it explains."""

    spans: tuple[str, ...]
    own: frozenset[str]
    explained: frozenset[str]


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a sentence, with what stands before and behind it there."""

    text: str
    before: str
    behind: str


def read_telling(paper: Paper) -> Telling:
    """Read a paper: words of its title, what it explains or proposes, and what it writes small, are its own."""
    explained = list(mine_abbreviations(f"{paper.title}. {paper.abstract}"))
    short = frozenset(found.short.lower() for found in explained)
    own = {word for found in explained for word in found.long.split()}
    own |= {word.lower() for word in _WORD.findall(paper.title)}
    own |= {name.lower() for name in _PROPOSED.findall(paper.abstract)}
    own |= set(_SMALL.findall(paper.abstract))
    return Telling(tuple(passage.text for passage in split_passages(paper)), short | own, short)


def names(span: str) -> Iterator[Named]:
    """Yield what is spelt like a name.

    >>> [name.text for name in names("Trained on Places and CIFAR-10, our GAN beats the Open-world baseline.")]
    ['Places', 'CIFAR-10']
    """
    text = _NO_NAME.sub(" ", span)
    for match in _WORD.finditer(text):
        word = match[0]
        if word.lower() in _FIELD or _PLURAL.search(word) or _is_compound(word) or _SYMBOL.search(word):
            continue
        if _INNER.search(word) or _is_placed(word, text[: match.start()]):
            yield Named(word, text[: match.start()], text[match.end() :])


def speaks_of_others(span: str) -> bool:
    """Tell whether a sentence speaks of the work of others: what it holds or denies is not the paper's own."""
    return bool(_OTHERS.search(span))


def matches(pattern: re.Pattern[str], span: str) -> Iterator[Named]:
    """Yield what a pattern finds in a sentence, each in its place."""
    for match in pattern.finditer(span):
        yield Named(match[0], span[: match.start()], span[match.end() :])


def _is_placed(word: str, before: str) -> bool:
    is_long = len(word) >= _SHORTEST_PLAIN
    return (
        word[0].isupper() and is_long and not _STARTS.search(before) and bool(_PLACED.search(before.rstrip()))
    )


def _is_compound(word: str) -> bool:
    """Tell "Cross-Token" and "Open-world", which are words, from "WikiText-103"."""
    parts = word.split("-")
    spelt_out = len(parts) > 1 and all(part[1:].islower() or part.lower() in _FIELD for part in parts)
    return spelt_out or bool(_COMPOUND.search(word))
