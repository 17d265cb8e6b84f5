"""Which papers hold the names of data sets, models, methods and measures, and the short forms of the library? Pure.

What a name names is told in `told_names.py`. It is then counted wherever it stands.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rag.answering.corpus.told_names import data_set_names, is_name, model_names
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


def mine(papers: Iterable[Paper], sort: Sort) -> tuple[Mined, ...]:
    """Return what is named, by the most papers first; ties by the alphabet."""
    shelf = tuple(papers)
    match sort:
        case Sort.DATA_SET:
            return _named(shelf, data_set_names(shelf), as_named, key=name_key)
        case Sort.MODEL:
            return _named(shelf, model_names(shelf), as_named, key=name_key)
        case Sort.METHOD:
            return _named(shelf, _own_names(shelf), spelled)
        case Sort.MEASURE:
            return mine_words(shelf, _MEASURE_WORDS)
        case Sort.SHORT_FORM:
            return _short_forms(shelf)


def mine_words(papers: Sequence[Paper], words: Mapping[str, re.Pattern[str]]) -> tuple[Mined, ...]:
    """Return which papers hold each of these words, those of the most papers first; those that none holds are left out."""
    return _most_first(_with_papers(papers, name, pattern) for name, pattern in words.items())


def _own_names(papers: Sequence[Paper]) -> list[str]:
    """The names that papers give to what they propose: before the colon of their titles."""
    heads = (paper.title.partition(":") for paper in papers)
    return list(dict.fromkeys(head.strip() for head, colon, _ in heads if colon and _is_head(head.strip())))


def _is_head(head: str) -> bool:
    return " " not in head and head[:1].isalnum() and is_name(head)


def _named(
    papers: Sequence[Paper],
    names: Iterable[str],
    pattern: Callable[[str], re.Pattern[str]],
    *,
    key: Callable[[str], str] = str,
) -> tuple[Mined, ...]:
    """Names with the papers that hold their pattern; it is looked for where the key of the name stands in the text's."""
    keys = [(paper, key(f"{paper.title} {paper.abstract}")) for paper in papers]
    holding = ((name, [paper for paper, text in keys if key(name) in text]) for name in names)
    return _most_first(_with_papers(held, name, pattern(name)) for name, held in holding)


def _with_papers(papers: Sequence[Paper], name: str, words: re.Pattern[str]) -> Mined:
    """A name with the papers that hold it, each with the first sentence that does; None if only the title does."""
    held = []
    for paper in papers:
        evidence = _first_with(paper, words) if words.search(paper.abstract) else None
        if evidence or words.search(paper.title):
            held.append((paper, evidence))
    return Mined(name, tuple(held))


def _first_with(paper: Paper, words: re.Pattern[str]) -> Evidence | None:
    found = (passage for passage in split_passages(paper) if words.search(passage.text))
    return next((Evidence.cut(paper, Span(one.start, one.end), score=1.0) for one in found), None)


def _most_first(mined: Iterable[Mined]) -> tuple[Mined, ...]:
    return tuple(sorted((one for one in mined if one.held), key=lambda one: (-len(one.held), one.name)))


def _short_forms(papers: Sequence[Paper]) -> tuple[Mined, ...]:
    """Short forms that papers explain, each with the meaning that most of these give it."""
    meanings: dict[str, Counter[str]] = defaultdict(Counter)
    for paper in papers:
        for found in mine_abbreviations(f"{paper.title}. {paper.abstract}"):
            meanings[found.short][found.long] += 1
    longs = {short: _commonest(counts) for short, counts in meanings.items()}
    return tuple(replace(mined, meaning=longs[mined.name]) for mined in _named(papers, longs, spelled))


def _commonest(counts: Mapping[str, int]) -> str:
    return min(counts, key=lambda long: (-counts[long], long))
