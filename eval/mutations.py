"""Make a true sentence false by one small change: a number, a unit, a name, the polarity. Pure.

Each rule takes a sentence and a seeded source of chance and returns the altered sentence, or None
where it finds nothing to alter. The word lists are kept apart from those of `rag.answering.checks`
on purpose: a checker must not be measured by its own vocabulary.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

# A figure that is no part of a name, and no number of a list: `87.5`, `12,400`, `.5`, not `ResNet-50`, `(2)`.
_FIGURE = re.compile(r"(?<![\w.,-])(?!\d{1,2}\))(?:\d[\d,]*(?:\.\d+)?|\.\d+)(?![\w]*-?[A-Z])(?![\d.,]*\d)")
_MEASURED = re.compile(r"(?<![\w.,-])(?:\d[\d,]*(?:\.\d+)?|\.\d+)(?![\d.,]*\d)")
_COUNT = re.compile(
    r"\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b(?! (?:or|hand|another))", re.IGNORECASE
)
_COUNTS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_UNITS = (
    ("%", "x"), ("x", "%"), ("×", "%"), (" times", "%"), ("-fold", "%"), (" percent", "-fold"),
    ("K", "M"), ("k", "M"), ("M", "B"), ("B", "M"), (" thousand", " million"), (" million", " billion"),
    (" billion", " million"), (" ms", " s"), (" milliseconds", " seconds"), (" seconds", " hours"),
    (" minutes", " hours"), (" hours", " minutes"), (" days", " hours"), (" MB", " GB"), (" GB", " MB"),
    ("MB", "GB"), ("GB", "MB"), (" fps", " Hz"), (" FPS", " Hz"), (" dB", "%"), (" points", " times"),
    ("kHz", "Hz"), ("ms", "s"), (" FPS", " ms"),
)  # fmt: skip
# Capitals inside a word, or letters with digits: what names of models and data sets look like.
_NAME = re.compile(
    r"(?<![\w-])(?=[\w+-]*[A-Za-z])(?:[A-Z]{2,}|[A-Za-z]+\d|[a-z]*[A-Z][a-z]+[A-Z])[\w+-]*\w(?![\w-])"
)

_ANTONYMS = (
    ("increase", "decrease"), ("increases", "decreases"), ("increased", "decreased"),
    ("increasing", "decreasing"), ("improve", "worsen"), ("improves", "worsens"), ("improved", "worsened"),
    ("improving", "worsening"), ("improvement", "deterioration"), ("improvements", "deteriorations"),
    ("outperforms", "underperforms"), ("outperform", "underperform"), ("outperforming", "underperforming"),
    ("outperformed", "underperformed"), ("higher", "lower"), ("better", "worse"), ("faster", "slower"),
    ("larger", "smaller"), ("stronger", "weaker"), ("reduces", "increases"), ("reduce", "increase"),
    ("reduced", "increased"), ("reducing", "increasing"), ("superior", "inferior"), ("rises", "falls"),
    ("surpasses", "falls short of"), ("surpass", "fall short of"), ("surpassing", "falling short of"),
    ("exceeds", "falls below"), ("exceed", "fall below"), ("beats", "loses to"), ("beat", "lose to"),
    ("enhances", "weakens"), ("enhance", "weaken"), ("boosts", "lowers"), ("boost", "lower"),
    ("fewer", "more"), ("with", "without"), ("without", "with"), ("more than", "less than"),
    ("less than", "more than"), ("at most", "at least"), ("best", "worst"), ("easier", "harder"),
    ("helps", "hinders"), ("strengthens", "weakens"), ("cheaper", "costlier"),
)  # fmt: skip
_OPPOSITE = dict(_ANTONYMS) | {b: a for a, b in _ANTONYMS if a not in {"reduces", "reduce", "reduced"}}
_OPPOSITE["more"] = "less"  # `fewer` would not stand before an adjective
_OPPOSITE.pop("with")  # "with" seldom carries the claim; its loss is not always a contradiction
_OPPOSITES = re.compile(rf"(?<![\w-])({'|'.join(sorted(_OPPOSITE, key=len, reverse=True))})(?![\w-])")

_DROPPED = (
    (re.compile(r"\bdoes not (\w+)"), r"\1s"),
    (re.compile(r"\b(?:do|did) not (\w+)"), r"\1"),
    (re.compile(r"\bcannot\b"), "can"),
    (re.compile(r"\b(is|are|was|were|can|could|will|may|has|have|need|be) not\b"), r"\1"),
    (re.compile(r"\bfail(?:s|ed)? to\b"), "manage to"),
    (re.compile(r"\b(requires|needs|require|need|has|have|uses|use|with) no\b"), r"\1"),
    (re.compile(r"\brarely\b"), "usually"),
)
_AUXILIARY = re.compile(
    r"\b(is|are|can|could|will|was|were)\b(?! (?:not|no|only|also|often|either|the first))"
)
_THIRD_TEXT = (
    "reaches achieves attains uses shows introduces proposes learns captures holds keeps combines supports allows"
    " enables requires provides offers makes generalizes yields gives matches covers contains includes"
    " retains preserves avoids adds predicts encodes extracts aligns"
)
_PLURAL_TEXT = (
    "achieve reach show propose introduce find learn use capture demonstrate support allow enable require"
    " provide make generalize work yield contain include preserve present develop evaluate"
)
_OBJECT = re.compile(r"\b(uses|requires|needs|has|holds|contains|provides|offers|introduces) (?:an?|the) ")
_THIRD = re.compile(rf"\b({'|'.join(_THIRD_TEXT.split())})\b")
_PLURAL = re.compile(
    rf"\b([Ww]e|[Tt]hey|authors|results|experiments|models|methods) ({'|'.join(_PLURAL_TEXT.split())})\b"
)

# A subject at the start of a clause, a comparison, an object up to what ends it. The number of the verb is
# left as it was: the checks do not look at it.
_SUBJECT = r"(?:(?!(?:and|that|on|in|for|at|equals|also|even)\b|\w+ly\b)[\w+.*/-]+ ?){1,6}"
_COMPARED = re.compile(
    rf"(?:^|(?<=, )|(?<=that )|(?<=and )|(?<=: ))({_SUBJECT}) "
    r"((?:(?:\w+ly|also|even) )*(?:outperforms?|outperformed|beats?|surpass(?:es)?|exceeds?|surpassed"
    r"|(?:is|are) (?:\w+ly )?(?:better|worse|faster|slower|stronger|cheaper|superior|more \w+|less \w+) (?:than|to))) "
    r"((?:[\w+*/-]+ ){0,9}?[\w+*/-]+)(?=[.,;:]?$|[,;:.] | (?:on|in|at|by|for|across|over|under|when|while|without)\b)",
    re.IGNORECASE,
)


def change_number(text: str, chance: random.Random, *, avoid: Callable[[str], bool]) -> str | None:
    """Alter one figure, or one count in words. `avoid` tells which new figures would still be true."""
    found = [*_FIGURE.finditer(text), *_COUNT.finditer(text)]
    if not found:
        return None
    match = chance.choice(found)
    for _ in range(20):
        new = _other_count(match[0], chance) if match[0][0].isalpha() else _other_figure(match[0], chance)
        if new != match[0] and not avoid(new):
            return _replaced(text, match, new)
    return None


def borrow_number(text: str, chance: random.Random, *, source: str) -> str | None:
    """Put another figure of the same abstract in the place of one: true words, wrongly joined."""
    held = {m[0] for m in _FIGURE.finditer(text)}
    others = sorted({m[0] for m in _FIGURE.finditer(source)} - held)
    if not held or not others:
        return None
    return _replaced(text, chance.choice(list(_FIGURE.finditer(text))), chance.choice(others))


def change_unit(text: str, chance: random.Random) -> str | None:
    """Give one figure another unit of measure."""
    found = []
    for figure in _MEASURED.finditer(text):
        for unit, other in _UNITS:
            if text.startswith(unit, figure.end()) and not text[figure.end() + len(unit) :][:1].isalnum():
                found.append((figure.end(), unit, other))
    if not found:
        return None
    at, unit, other = chance.choice(found)
    return text[:at] + other + text[at + len(unit) :]


def change_name(text: str, chance: random.Random, *, names: Sequence[str]) -> str | None:
    """Replace one name by one of `names`, or alter its digits: `GPT-4` -> `GPT-7`."""
    found = list(_NAME.finditer(text))
    if not found:
        return None
    match = chance.choice(found)
    digits = list(re.finditer(r"\d", match[0]))
    if digits and chance.getrandbits(1):
        digit = chance.choice(digits)
        new = str((int(digit[0]) + chance.randint(1, 8)) % 9 + 1)
        if new != digit[0]:
            return _replaced(text, match, match[0][: digit.start()] + new + match[0][digit.end() :])
    return _replaced(text, match, chance.choice(names)) if names else None


def find_names(text: str) -> list[str]:
    """Return what looks like the name of a model or a data set.

    >>> find_names("The ViT-L of DINOv2 beats CLIP on images.")
    ['ViT-L', 'DINOv2', 'CLIP']
    """
    return _NAME.findall(text)


def change_polarity(text: str, chance: random.Random) -> str | None:
    """Turn the claim into its contrary: drop or add a negation, or swap a word of direction.

    >>> change_polarity("It does not use attention.", random.Random(1))
    'It uses attention.'
    """
    dropped = [(m, m.expand(new)) for rule, new in _DROPPED for m in rule.finditer(text)]
    swapped = [(m, _OPPOSITE[m[1]]) for m in _OPPOSITES.finditer(text)]
    added = [
        *((m, f"{m[1]} not") for m in _first(_AUXILIARY, text)),
        *((m, f"does not {_bare(m[1])}") for m in _first(_THIRD, text)),
        *((m, f"{m[1]} do not {m[2]}") for m in _first(_PLURAL, text)),
    ]
    denied = [(m, f"{m[1]} no ") for m in _first(_OBJECT, text)]
    kinds = [kind for kind in (dropped, swapped, added[:1], denied) if kind]
    if not kinds:
        return None
    match, new = chance.choice(chance.choice(kinds))
    return _replaced(text, match, new)


def swap_roles(text: str) -> str | None:
    """Turn round who is better than whom: both sides of a comparison change places.

    >>> swap_roles("On average, our method beats the earlier ones by 3%.")
    'On average, the earlier ones beats our method by 3%.'
    """
    match = _COMPARED.search(text)
    if match is None:
        return None
    left, relation, right = match.groups()
    return f"{text[: match.start()]}{right} {relation} {left}{text[match.end() :]}"


def _first(rule: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """The first verb that is no part of a subordinate clause, as far as the word before it tells."""
    found = [
        m
        for m in rule.finditer(text)
        if not re.search(r"\b(that|which|who|if|when|where|and|or)\W+$", text[: m.start()])
    ]
    return found[:1]


def _bare(verb: str) -> str:
    return verb[:-2] if verb.endswith("ches") else verb[:-1]


def _replaced(text: str, match: re.Match[str], new: str) -> str:
    return text[: match.start()] + new + text[match.end() :]


def _other_count(word: str, chance: random.Random) -> str:
    new = chance.choice([count for count in _COUNTS if count != word.lower()])
    return new.capitalize() if word[0].isupper() else new


def _other_figure(figure: str, chance: random.Random) -> str:
    """Change one digit, or the size of the figure, in the same notation."""
    at = chance.choice([n for n, letter in enumerate(figure) if letter.isdigit()])
    digit = chance.choice([d for d in "123456789" if d != figure[at]])
    return figure[:at] + digit + figure[at + 1 :]
