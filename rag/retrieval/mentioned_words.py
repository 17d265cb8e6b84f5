"""Do the words of a question stand in a paper? Singular and plural alike; a name in all its spellings. Pure.

"Papers that mention X" asks for the words themselves: they can be looked up, and nothing need be estimated. So does
"papers evaluated on ImageNet": who uses what bears a name, names it. Of a name, letters and digits count
(CIFAR10, CIFAR-10), in a longer one not their case (IMAGENET), nor who made it (MS-COCO) or a size behind it (ImageNet-1K).
"""

from __future__ import annotations

import functools
import re

from rag.library.encoder import common_words
from rag.library.passages import split_passages
from rag.types import Evidence, Paper, Span

_MENTIONS = re.compile(
    r"(?:(?:that|which) )?(?:mention(?:s|ed|ing)?|name[sd]?|contain(?:s|ing)? the (?:words?|terms?|phrases?)|hold(?:s|ing)? the (?:words?|terms?|phrases?)"
    r"|with the (?:words?|terms?|phrases?)|us(?:e|es|ing) the (?:words?|terms?|phrases?))(?: (?:of|by name|the (?:words?|terms?|phrases?|names?)))?\s+(?P<words>.+)",
    re.IGNORECASE,
)
# "contain a link to GitHub", "with a GitHub repository": the address names it.
_HOST = r"(?:github|gitlab|zenodo|hugging ?face|kaggle|youtube)"
_LINK = re.compile(
    rf"(?:(?:that|which) )?(?:contain|provid|giv|includ|hav|has|having|with|mention|shar|link)\w*(?: (?:to|an?|any|the|its|their))*"
    rf"(?: (?:links?|urls?|pointers?|repos?|repositor(?:y|ies)|address(?:es)?|code|on|to|an?|the|its|their))* (?P<host>{_HOST})"
    r"(?: (?:links?|urls?|repos?|repositor(?:y|ies)|pages?|address(?:es)?))*",
    re.IGNORECASE,
)
_QUOTES = " \"'“”‘’"
_LONGEST = 5
_IS_NAME = re.compile(r"[A-Z]\S*[A-Z]|[a-z][A-Z]|[A-Za-z]-?\d|\w[+#@^]")
# "use ImageNet", "that are evaluated on the ImageNet-1K data set"
_USES = re.compile(
    r"(?:(?:that|which) )?(?:(?:are |were |is )?(?:also )?(?:us(?:e|es|ing|ed)|report(?:s|ing)? (?:results?|numbers?|scores?) on|"
    r"(?:evaluat(?:e|es|ed|ing)|test(?:s|ed|ing)?|(?:pre-?)?train(?:s|ed|ing)?|fine-?tun(?:e|es|ed|ing)|benchmark(?:s|ed)?|experiment(?:s|ed|ing)?|results?|"
    r"work(?:s|ing)?|tried)(?: (?:their|its|the) (?:models?|methods?|approach(?:es)?|networks?|work))? (?:on|with|over)))\s+"
    r"(?:the )?(?P<name>[\w./-]{2,}(?: [\w./-]+)??)(?: (?:data ?sets?|benchmarks?|corpus|database|images?))?",
    re.IGNORECASE,
)
# At most one more word stands beside the part that is spelled as a name: "MS COCO", "Tiny ImageNet".
_PROPER = re.compile(
    r"(?:[A-Z][\w.-]* )?(?=\S*(?:[A-Z]\S*[A-Z]|[a-z][A-Z]|[A-Z]\w*-?\d))[\w./-]*[A-Z\d][\w./-]*(?: [A-Z\d][\w.-]*)?"
)
_SHORTEST_USED = 3
_PLURAL = re.compile(r"[A-Z]s$")
_MAKER = re.compile(r"MS[- ]?(?=[A-Z][A-Za-z]{3})")  # MS COCO, MS-MARCO
_PART = re.compile(r"[^\W\d_]+|\d+")
_MARKS = re.compile(r"[\W_]+")
_WITHOUT_CASE = 5  # letters and digits
_SIZE = r"(?:-?\d+[KkMB](?!\w))?"


def mentioned(criterion: str) -> str:
    """Return the words that a criterion wants mentioned; "" if it asks for something else.

    >>> mentioned("mention ImageNet"), mentioned("contain the term “few-shot”"), mentioned("use ImageNet")
    ('ImageNet', 'few-shot', '')
    """
    if host := linked_host(criterion):
        return host
    match = _MENTIONS.fullmatch(criterion.strip())
    words = match["words"].strip(_QUOTES) if match else ""
    return words if len(words.split()) <= _LONGEST else ""


def linked_host(criterion: str) -> str:
    """Return the site that a criterion wants a link to; "" if it wants none.

    >>> linked_host("contain a link to GitHub"), linked_host("provide a github repository"), linked_host("link pixels")
    ('GitHub', 'github', '')
    """
    match = _LINK.fullmatch(criterion.strip())
    return match["host"] if match else ""


def used_name(criterion: str) -> str:
    """Return the proper name of what a criterion wants used, or something evaluated or trained on; "" if it is no name.

    >>> used_name("use ImageNet"), used_name("are evaluated on the CIFAR-10 data set"), used_name("use MS COCO")
    ('ImageNet', 'CIFAR-10', 'MS COCO')
    >>> used_name("use GANs"), used_name("use attention"), used_name("use ImageNet for retrieval")
    ('', '', '')
    """
    match = _USES.fullmatch(criterion.strip())
    name = match["name"] if match else ""
    proper = len(name) >= _SHORTEST_USED and _PROPER.fullmatch(name) and not _PLURAL.search(name)
    return name if proper else ""


def show_mention(paper: Paper, words: str) -> Evidence | None:
    """Return the first sentence that holds words; the first of all where only the title does."""
    if not mentions_words(paper, words):
        return None
    passages = split_passages(paper)
    return passage_with(paper, words) or (
        Evidence.cut(paper, Span(passages[0].start, passages[0].end), score=1.0) if passages else None
    )


def passage_with(paper: Paper, words: str) -> Evidence | None:
    """Return the first sentence of an abstract that holds words; None if only the title does, or nothing."""
    for passage in split_passages(paper):
        if times_said(passage.text, words):
            return Evidence.cut(paper, Span(passage.start, passage.end), score=1.0)
    return None


def mentions_words(paper: Paper, words: str) -> bool:
    """Tell whether title or abstract hold words."""
    return occurrences(paper, words) > 0


def occurrences(paper: Paper, words: str) -> int:
    """Count how often title and abstract hold words."""
    return times_said(paper.title, words) + times_said(paper.abstract, words)


def spelled(name: str) -> re.Pattern[str]:
    """Return the pattern of a name as it is written, as a whole word, a plural s allowed.

    >>> bool(spelled("GAN").search("two GANs")), bool(spelled("GAN").search("organ, GANgs"))
    (True, False)
    """
    return re.compile(rf"(?<![\w-]){re.escape(name)}s?(?![\w]|-\d)")


@functools.lru_cache(1_000)
def as_named(name: str) -> re.Pattern[str]:
    """Return the pattern of a name in all its spellings.

    >>> bool(as_named("CIFAR-10").search("on CIFAR10.")), bool(as_named("CIFAR-10").search("on CIFAR-100."))
    (True, False)
    >>> [bool(as_named("COCO").search(text)) for text in ("MS-COCO", "MSCOCO", "Coco", "COCO-8")]
    [True, True, False, False]
    """
    if re.search(r"[^\w\s./-]", name):  # "P+" is not P
        return spelled(name)
    parts = _PART.findall(_MAKER.sub("", re.sub(r"(?<=[A-Z\d])s$", "", name)))
    letters = "".join(parts)
    words = r"[-\s_./]?".join("-?".join(part) for part in parts)
    size = _SIZE if letters[-1:].isalpha() else ""
    # SMART is no "smart", and LARGE none of the words that begin a sentence.
    without_case = letters.islower() or (
        len(letters) >= _WITHOUT_CASE and letters.lower() not in common_words()
    )
    body = f"(?i:{words})" if without_case else words
    return re.compile(rf"(?<![\w-])(?:MS[- ]?)?{body}{size}s?(?![\w]|-\d)")


def name_key(text: str) -> str:
    """Return letters and digits in lower case, without who made it: what is equal in all spellings of a name.

    >>> name_key("MS-COCO"), name_key("CIFAR-10"), name_key("MSE")
    ('coco', 'cifar10', 'mse')
    """
    return _MARKS.sub("", _MAKER.sub("", text).lower())


def times_said(text: str, words: str) -> int:
    """Count how often words stand in a text, in singular or plural; a name in any of its spellings."""
    if _IS_NAME.search(words):
        return len(as_named(words).findall(text))
    wanted, held = _singular(words), _singular(text)
    length = len(wanted)
    return sum(held[at : at + length] == wanted for at in range(len(held) - length + 1)) if wanted else 0


def _singular(text: str) -> list[str]:
    """Words in lower case, without a plural s: stems would make "transformation" of a transformer."""
    return [
        re.sub(r"(?<=[^s\W])s$", "", re.sub(r"ies$", "y", word)) for word in re.findall(r"\w+", text.lower())
    ]
