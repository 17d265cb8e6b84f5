"""Whose name is it? Told by what an abstract says it proposes, names or calls its own. Pure."""

from __future__ import annotations

import re

from rag.types import Paper


def bears(paper: Paper, name: str) -> bool:
    """Tell whether an abstract gives its own work a name; what it merely proposes something on or with is another's.

    >>> from rag.types import PaperId
    >>> paper = Paper(PaperId("a"), "Slots", "We propose Slot Nets (SlotNet) and test it on ImageNet.")
    >>> bears(paper, "SlotNet"), bears(paper, "ImageNet")
    (True, False)
    """
    own = re.escape(name)
    given = (
        rf"\b(?:named|called|dubbed|termed|referred to as|[Ww]e call(?: it)?)\W+{own}(?![\w-])|\b[Oo]ur [\"“‘']{own}[\"”’']"
        rf"|\b(?:propos|present|introduc)(?:es?|ed|ing)\W+(?:an? |the )?{own}(?=[,:;. ]|$)"
        rf"|\b(?:propos|present|introduc|develop|design)(?:es?|ed|s|ing)?\b[^.(]{{1,120}}\({own}\)"
    )
    return bool(re.search(given, paper.abstract))
