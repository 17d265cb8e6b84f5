"""The named things of a question: models, data sets, measures. Pure.

A name is told by its spelling: a capital inside the word (ExDark), letters with digits (Flickr30k),
or capitals throughout (FFHQ). Three
characters are too often an abbreviation of the asker's own (CL, T2I).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rag.retrieval.mentioned_words import name_key
from rag.types import Paper

_TOKEN = re.compile(r"[^\W\d_][\w+]*(?:-[\w+]+)*")
_WORD = re.compile(r"[^\W\d_]+")
_SPACES = re.compile(r"[\s-]+")
_INNER_CAPITAL = re.compile(r"[a-z][A-Z]")
_PLURAL = re.compile(r"(?<=[A-Z0-9])s$")
_CAPITALS = re.compile(r"[A-Z].*[A-Z]")
# "NF-kB-dependent" is a name with a word behind it; "CLIP-like" names none.
_WORD_BEHIND = re.compile(r"(?<=\w)-[a-z]{5,}$")
# "Tobacco mosaic virus (TobMV)": the question says itself what it stands for.
_GLOSS = re.compile(r"(?P<spelt>(?:[\w'’/-]+ ){1,6})\((?P<short>[A-Za-z][\w-]{1,9})\)")
_JOINTS = re.compile(r"[+-]")
_LIKE = re.compile(r"-(?:like|style|based|type|free|inspired|wise|level)$", re.IGNORECASE)
_SHORTEST_ACRONYM = 4
_SHORTEST_TITLE = 6
_SHORTEST_WORD = 3
_SHORTEST_SPELT = 4  # "the" spells nothing out
# Terms of the field that askers abbreviate and abstracts spell out, and words that details look for.
_FIELD = frozenset(
    ["mhsa", "peft", "ddpm", "llms", "gpus", "tpus", "cpus", "vlms", "cnns", "gans", "rnns", "dnns", "miou", "map", "iou", "cider", "bleu", "psnr", "ssim", "rouge", "rmse", "auroc", "arxiv", "resnet", "json", "html", "2d", "3d", "4d", "github", "jpeg"]
)  # fmt: skip


def named_things(question: str) -> tuple[str, ...]:
    """Return the names in a question, in order.

    >>> named_things("What mIoU does FeatEnHancer reach on ACDC, next to CNN baselines?")
    ('FeatEnHancer', 'ACDC')
    """
    if question.isupper():  # typed in capitals throughout
        return ()
    tokens = (
        token if _LIKE.search(token) else _WORD_BEHIND.sub("", token)
        for token in _tokens(_unglossed(question))
    )
    return tuple(dict.fromkeys(token for token in tokens if _is_name(token)))


def subjects(question: str, papers: Sequence[Paper]) -> list[Paper]:
    """Return the papers that a question is about, of those in front: at least the first.

    Papers whose title it calls, else the first; and those that own a name which these do not mention.
    """
    titled = [paper for paper in papers if is_asked_by_title(paper, question)]
    called = titled or list(papers[:1])
    names = named_things(question)
    foreign = [name for name in names if not any(mentions(paper, name) for paper in called)]
    others = [p for p in papers if p not in called and any(owns(p, name) for name in foreign)]
    return others if others and not titled and len(foreign) == len(names) else called + others


def owners(question: str, papers: Sequence[Paper]) -> list[Paper]:
    """Return the papers that own a capitalised word of a question, abbreviations included."""
    names = [token for token in _tokens(question) if _CAPITALS.search(token)]
    return [paper for paper in papers if any(owns(paper, name) for name in names)]


def mentions(paper: Paper, name: str) -> bool:
    """Tell whether title or abstract hold a name, in any spelling, or the words that it abbreviates, or the names it joins.

    One of capital letters alone may be a common word as well: "ALIGN" is not mentioned where things align. A text
    without any capital cannot tell.
    """
    parts = _JOINTS.split(name)
    are_names = len(parts) > 1 and all(sum(map(str.isalpha, part)) > 1 for part in parts)
    return _is_written(paper, name) or (are_names and all(_is_written(paper, part) for part in parts))


def _is_written(paper: Paper, name: str) -> bool:
    text = f"{paper.title} {paper.abstract}"
    if name.isupper() and name in _initials(text).upper():
        return True
    if not (name.isupper() and name.isalpha()):
        return name_key(name) in name_key(text)
    written = (word for word in _WORD.findall(text) if not word.islower() or text.islower())
    return name in _SPACES.sub("", text) or any(word.upper() == name for word in written)


def owns(paper: Paper, name: str) -> bool:
    """Tell whether a name is the paper's own: in its title, beside its full form, or given there."""
    own = re.escape(name)
    given = (
        rf"(?:^|[.!?] ){own}(?![\w-])|(?<![\w-]){own} \(|\({own}\)|\b[Oo]ur [\"“‘']{own}[\"”’']"
        rf"|\b(?:named|called|dubbed|termed|propos\w+|present\w*|introduc\w+)\b[^.]{{0,60}}(?<![\w-]){own}(?![\w-])"
    )
    return name_key(name) in _title_keys(paper.title) or bool(re.search(given, paper.abstract))


def is_asked_by_title(paper: Paper, question: str) -> bool:
    """Tell whether the title, up to its colon, stands in the question."""
    head = name_key(paper.title.partition(":")[0])
    return len(head) >= _SHORTEST_TITLE and head in name_key(question)


def _unglossed(question: str) -> str:
    """Take off short forms in brackets that begin with the letter of a word before them."""
    return _GLOSS.sub(lambda m: m["spelt"] if _is_gloss(m["short"], m["spelt"]) else m[0], question)


def _is_gloss(short: str, spelt: str) -> bool:
    words = (word for word in re.split(r"[\s/-]+", spelt) if len(word) >= _SHORTEST_SPELT)
    return any(word[0].lower() == short[0].lower() for word in words)


def _tokens(question: str) -> list[str]:
    return list(dict.fromkeys(_PLURAL.sub("", match.group()) for match in _TOKEN.finditer(question)))


def _is_name(token: str) -> bool:
    *heads, _ = parts = token.split("-")
    is_phrase = any(head.islower() and len(head) >= _SHORTEST_WORD for head in heads)  # "coordinate-MLP"
    if _LIKE.search(token) or token.lower() in _FIELD or is_phrase:
        return False
    has_digit = any(any(char.isdigit() for char in part) and not part.isdigit() for part in parts)
    return (
        bool(_INNER_CAPITAL.search(token))
        or (has_digit and len(token) >= _SHORTEST_ACRONYM)
        or (token.upper() == token and len(token) >= _SHORTEST_ACRONYM)
    )


def _title_keys(title: str) -> set[str]:
    """The words of a title and its pairs of neighbours, so that "Mamba 2D" is Mamba2D."""
    words = [name_key(word) for word in re.split(r"[\s:,;/–—-]+", title)]
    whole = [name_key(word) for word in re.split(r"[\s:,;]+", title)]
    return {*words, *whole, *("".join(pair) for pair in pairwise(words))}


def _initials(text: str) -> str:
    return "".join(word[0] for word in re.findall(r"[^\W_]+", text)).lower()
