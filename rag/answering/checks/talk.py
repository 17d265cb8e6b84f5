"""Does a sentence claim anything at all? Pure.

"Here is what I found." needs no footnote. Such talk is told by its vocabulary: every word of it must
be one that can speak of an answer and of nothing else, so that no claim passes for talk.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+(?:['’][a-z]+)?")
_TALK_TEXT = """
a abstract abstracts according all an and answer answers are asked at available based be below brief by can
following for found from given here here's hope i i'll i've in information is it know let list listed me more
of on one overview paper papers provided question questions relevant result results search several short
shown some source sources studies study summarise summarised summarize summarized summary sure that the them
there these they this those to topic we what which work works you your"""
_TALK = frozenset(_TALK_TEXT.split())


def claims_nothing(text: str) -> bool:
    """Tell whether a sentence only speaks of the answer itself.

    >>> claims_nothing("Here is what I found:"), claims_nothing("Here is a paper on trees.")
    (True, False)
    """
    words = _WORD.findall(text.lower().replace("’", "'"))
    return bool(words) and all(word in _TALK for word in words)
