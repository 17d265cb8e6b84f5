"""A question in another language than English, told from its script and its smallest words. Pure.

Words are searched for as they are written, and the bundled encoder knows English, so such a question mostly finds
nothing. The reader should then hear why, and which of its words may be found: names are the same everywhere.
"""

from __future__ import annotations

import re
import unicodedata

_MOST_SIGNS = 0.3  # of the letters: formulas hold Greek ones
# German, French, Spanish, Italian, Portuguese, Dutch; without those that are English words too ("die", "was", "in").
_SMALL_WORDS = """
aber als auch auf aus bei beim das dem den der durch ein eine einem einen einer es für gibt hat haben ich ist kann mit
nach nicht oder sich sie sind und über vom von warum welche welchen welcher welches wer werden wie wird wo wurde zu zum
zur au aux avec ce ces cette comment dans de des du elle est et il ils la le les leur ou où par pas pourquoi quand que
quel quelle quelles quels qui quoi sans sont sur une con como cómo cuál cuáles cuántos del donde dónde el en es esta
estos hay las los muy para pero por porque qué quién sin sobre son su sus una uno y che chi come cosa dei delle di e
gli hanno il lo nel perché più quale quali quanti sono un usano as com da dos em foi mais não na nas no nos o os pela
pelo quais qual quantos são se sem um uma het een zijn welk wat hoe waarom voor met niet van wordt worden naar
"""
_ENGLISH_TEXT = """
a about an and any are as at by can do does find for from has have how in is it many of on or papers that the their
these they this to was were what when where which who why with
"""
_FOREIGN = frozenset(_SMALL_WORDS.split()) - frozenset([*_ENGLISH_TEXT.split(), "come", "der", "no", "y"])
_ENGLISH = frozenset(_ENGLISH_TEXT.split())
_NAME = re.compile(
    r"(?<![A-Za-z0-9])(?=[\w-]*[A-Z0-9][\w-]*[A-Z]|[\w-]*[a-z][A-Z]|[\w-]*[A-Z][\w-]*\d)[A-Za-z][A-Za-z0-9-]+"
)
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9-]+")


def foreign_notice(asked: str) -> str:
    """Return what to tell whoever asked in another language and found nothing; empty for English.

    >>> foreign_notice("Quels articles comparent CLIP et DINOv2 ?")
    'The question does not seem to be in English. Ask in English, or for its names alone: CLIP, DINOv2.'
    """
    signs = _in_other_signs(asked)
    if not (signs or _has_foreign_words(asked)):
        return ""
    names = dict.fromkeys((_LATIN if signs else _NAME).findall(asked))
    alone = f", or for its names alone: {', '.join(names)}" if names else ""
    return f"The question does not seem to be in English. Ask in English{alone}."


def _in_other_signs(asked: str) -> bool:
    letters = [char for char in asked if char.isalpha()]
    other = sum(not unicodedata.name(char, "").startswith("LATIN") for char in letters)
    return bool(letters) and other >= _MOST_SIGNS * len(letters)


def _has_foreign_words(asked: str) -> bool:
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", asked.lower())
    foreign = sum(word in _FOREIGN for word in words)
    return foreign > 0 and foreign >= sum(word in _ENGLISH for word in words)
