"""What is a name of an abstract there for: is it a data set, a rival, or an example? Pure.

A name that answers "which model does it use" stands in another place than one that it is tested on, that
it beats, or that an opening sentence gives as an example. The place is told from the words around the
name, as in `corpus/told_names.py` (patterns after Hearst 1992), and for data sets by their well-known names.
"""

from __future__ import annotations

import re
from enum import StrEnum

from rag.answering.corpus.told_names import DATA_NOUN
from rag.answering.refusing.foreign_names import Named

_AT = re.compile(
    r"(?:\b(?:on|from|over|across|in)|\()\s*(?:the |both |two |three )?(?:[A-Z\d][\w/+.-]*(?:,? and |, | & |\s))*$"
)
_OWN_WORK = re.compile(r"\b(?:we|our|this (?:paper|work|study))\b", re.IGNORECASE)


class Role(StrEnum):
    """What a name is there for. `SITE` may be data ("on X"); `PART` is any other: what a paper uses or builds on."""

    DATA = "data set"
    SITE = "site"
    RIVAL = "rival"
    EXAMPLE = "example"
    PART = "part"


_KNOWN_DATA = re.compile(
    r"^(?:(?:mini|tiny|split|fashion|tiered|rotated|colou?red)-?)?(?:\d+-)?(?:Split-)?(?:ImageNet|CIFAR|MNIST|COCO|Celeb|VGG-?Face|FFHQ|LSUN|Omniglot"
    r"|UCF|HMDB|Kinetics|KITTI|Cityscapes|ADE20K|PASCAL|VOC|CUB|SQuAD|(?:Super)?GLUE$|WikiText|Wiki|Libri|VoxCeleb|AudioSet|MovieLens|TREC|MS-?MARCO"
    r"|BEIR|LAION|Flickr|R?Oxford|R?Paris|Places|SUN|Taskonomy|Scan|ShapeNet|ModelNet|DomainNet|OfficeHome|PACS|VLCS|SVHN|STL|CoRe|Core|CORe"
    r"|NUS|GQA|VQA|OK-VQA|RefCOCO|Enwik|Penn|Treebank|MMLU|GSM|HumanEval|BIG-[Bb]ench|NYU|Sintel|DAVIS|YouTube|Waymo|nuScenes|Market|Cars|iNat"
    r"|iLID|MIMIC|CheX|ADNI|Cora|Citeseer|OGB|Criteo|Avazu|Amazon|Yelp|IMD[Bb]|Argoverse|LFW|IJB|EuroSAT|DTD|Stanford|Caltech)|(?:Bench|QA|Set|Corpus)\b|-?\d+[kKM]$"
)
# A name gives nothing back (`*+`): one of thirty capitals could be parted in a billion ways.
_BEHIND_DATA = re.compile(
    rf"^(?:[/,]?\s*(?:and |or )?[A-Z\d][\w/+.-]*+)*(?:\s*\([^)]*\))?\s+(?:[a-z][\w-]*\s+){{0,2}}?{DATA_NOUN}\b"
)
_BEFORE_DATA = re.compile(
    rf"\b{DATA_NOUN}[,:(]?\s*(?:\(?(?:such as|including|like|namely|called|named|i\.e\.,?|e\.g\.,?)\s*)?(?:the )?(?:[A-Z\d][\w/+.-]*(?:,? and |, |\s))*$"
)
_BEATEN = re.compile(
    r"\b(?:outperform\w*|surpass\w*|exceed\w*|beat(?:s|ing|en)?|than|superior to|inferior to|compared (?:to|with)|relative to|in comparison (?:to|with)|versus|vs\."
    r"|(?:gains?|improve\w*|boost\w*|advantages?)(?: \w+){0,5} over|as opposed to|unlike|baselines?|counterparts?|SOTA|state[- ]of[- ]the[- ]art)\b[^.;:]{0,80}$",
    re.IGNORECASE,
)
_INSTANCE = re.compile(r"\(?\be\.g\.,?[^)]*$|\bfor (?:example|instance)\b[^.]*$", re.IGNORECASE)


def role(name: Named) -> Role:
    """Tell what a name is there for.

    >>> from rag.answering.refusing.foreign_names import names
    >>> [role(name).value for name in names("Our net with a RoBERTa encoder beats XLNet on the SQuAD data set.")]
    ['part', 'rival', 'data set']
    """
    if _KNOWN_DATA.search(name.text) or _BEHIND_DATA.search(name.behind) or _BEFORE_DATA.search(name.before):
        return Role.DATA
    if _BEATEN.search(name.before):
        return Role.RIVAL
    is_example = _INSTANCE.search(name.before) and not _OWN_WORK.search(name.before)
    if is_example:
        return Role.EXAMPLE
    return Role.SITE if _AT.search(name.before) else Role.PART
