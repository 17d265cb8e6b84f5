"""The words that any question may be put in: what opens it, nouns for papers and what they propose. Patterns alone.

Readers that need more of a sort add it where they stand; what all of them know stands here.
"""

from __future__ import annotations

# A paper, or several; alternatives to be put into a group.
PAPERS = r"papers?|works?|stud(?:y|ies)|articles?|publications?|(?:clinical )?trials?|meta-?analys[ei]s|case reports?|(?<=which )reports|(?<=what )reports|(?<=many )reports"
SEVERAL_PAPERS = r"papers|works|studies|articles|publications|trials|meta-?analyses|case reports|(?<=which )reports|(?<=what )reports|(?<=many )reports"
METHODS = r"methods?|approach(?:es)?|techniques?"
ANYONE = r"(?:any|some)(?:one|body)"
MAY_YOU = r"can you|could you|would you"
_OPENINGS = rf"and|but|so|now|also|ok(?:ay)?|well|please|thanks?|then|great|{MAY_YOU}"


def opening(*more: str) -> str:
    """Return the pattern of any number of words in front that ask nothing, with `more` of them.

    >>> import re
    >>> re.sub(opening("hm+"), "", "ok, and hmm, which use maps?")
    'which use maps?'
    """
    return rf"^(?:(?:{'|'.join((_OPENINGS, *more))})\b[\s,]*)*"
