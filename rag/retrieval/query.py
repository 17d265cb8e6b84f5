"""A question, as the user typed it -> text that can be searched."""

from __future__ import annotations

import unicodedata

from rag.errors import QuestionError

LONGEST_QUESTION = 20_000  # 2,000 words with room to spare


def read_question(text: str) -> str:
    r"""Return the question on one line, NFC-normalised, without invisible characters.

    Raises:
        QuestionError: nothing is left, or more than 20,000 characters.

    >>> read_question("  Which papers\n combine both? ")
    'Which papers combine both?'
    """
    # The joiners shape Persian words and compound emoji; abstracts keep them too.
    visible = "".join(char for char in text if char.isspace() or char.isprintable() or char in "\u200c\u200d")
    question = " ".join(unicodedata.normalize("NFC", visible).split())
    if not question:
        raise QuestionError(
            "the question is empty; ask something like: which papers combine local and global features?"
        )
    if len(question) > LONGEST_QUESTION:
        raise QuestionError(
            f"the question has {len(question):,} characters; {LONGEST_QUESTION:,} are the most that are read"
        )
    return question
