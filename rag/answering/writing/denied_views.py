"""Which sentences tell a view that the paper goes on to deny? Pure.

"One may assume that wide nets suffice. However, we prove that they do not." Quoted without the second, the first
says the opposite of what the paper found. A view is told by who holds it: one, some, common belief, never "we".
It is denied where one of the next sentences turns against it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice

from rag.types import Passage

_THINK = r"(?:assum|believ|think|thought|expect|presum|suppos|argu|suggest|claim|conclud|hypothesi[sz]|attribut|regard|consider|h[eo]ld|view|taken|accept|understood)"
_VIEW = re.compile(
    rf"\b(?:one|some|many|people|researchers|practitioners) (?:may|might|could|would|can) (?:\w+ly |be tempted to )?{_THINK}"
    rf"|\b(?:it is|it has been|is|are|was|were|has been|have been) (?:\w+ )?(?:commonly|widely|generally|often|usually|typically|traditionally|long|frequently|conventionally|popularly) (?:been )?{_THINK}"
    r"|\b(?:common|popular|conventional|prevailing|widespread|folk|received|widely held|general|traditional|prevalent|dominant|long-held) (?:\w+ )?(?:belief|wisdom|assumption|view|intuition|opinion|thinking|notion|understanding|narrative)s?\b"
    r"|\bit (?:may|might|would|could) (?:seem|appear|be (?:assumed|thought|expected|tempting))\b|\b(?:seems|appears) to have become\b|\bintuitively\b|\bit is (?:tempting|natural) to\b"
    r"|\b(?:prior|previous|existing|earlier|recent|past|several|most|many) (?:\w+ )?(?:works?|studies|papers|research|authors) (?:have |has |often |all )*(?:assum|believ|presum|suppos|claim|attribut|conclud|argu|hypothesi[sz])\w*",
    re.IGNORECASE,
)
# A sentence that tells the view and turns against it is whole.
_TURNED_WITHIN = re.compile(
    r"^(?:While|Although|Though|Despite|Contrary|Unlike|Counter|In contrast|Against|Challenging)\b|\b(?:but|however|yet|whereas|we (?:challenge|question|refute|dispute|show|prove|find|argue|demonstrate))\b",
    re.IGNORECASE,
)
_TURNS = re.compile(
    r"^(?:However|But|Yet|In contrast|By contrast|Contrary|Surprisingly|Unfortunately|Nevertheless|Nonetheless|On the contrary|Instead|Conversely|Counter-?intuitively|Against)\b"
    r"|\b(?:we|this (?:paper|work|study)) (?:\w+ )?(?:challenges?|questions?|refutes?|disputes?|debunks?|disproves?|contradicts?|rethinks?|revisits? this)\b"
    r"|\b(?:negative result|not (?:always|necessarily) (?:true|hold|the case)|is (?:false|wrong|flawed|not (?:true|so|the case)))\b",
    re.IGNORECASE,
)
_REBUKED = r"(?:assumption|belief|view|perspective|wisdom|premise|claim|hypothesis|intuition|notion|narrative|picture|interpretation)s?"
# Whatever was said before, it is denied.
_DENIES_IT = re.compile(
    rf"\b(?:challeng|question|refut|disput|debunk|disprov|contradict|reject|overturn|take a step back from|depart from|contrary to)\w* (?:this|these|that|such) (?:\w+ )?{_REBUKED}\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:believ\w*|belief|assum\w*|wisdom|opinion|commonly (?:thought|held))\b", re.IGNORECASE
)
_REACH = 2


def denied_views(passages: Sequence[Passage]) -> Mapping[int, int]:
    """Return where each view begins that a paper denies, with where the sentence begins that denies it.

    >>> from rag.types import PaperId
    >>> said = ("One may assume that it works.", "However, it does not.")
    >>> denied_views([Passage(PaperId("a"), at, 30 * at, 30 * at + len(s), s) for at, s in enumerate(said)])
    {0: 30}
    """
    found: dict[int, int] = {}
    for at, passage in enumerate(passages):
        after = list(islice(passages, at + 1, at + 1 + _REACH))
        is_view = _VIEW.search(passage.text) and not _TURNED_WITHIN.search(passage.text)
        turning = after if is_view else []
        denial = next((later.start for later in turning if _TURNS.search(later.text)), None)
        if denial is None and after and _DENIES_IT.search(after[0].text):
            denial = after[0].start
        if denial is not None:
            found[passage.start] = denial
    return found


def asks_view(question: str) -> bool:
    """Tell whether a question asks for a view itself: "what is commonly believed of depth?"."""
    return bool(_ASKED.search(question))
