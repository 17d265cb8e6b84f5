"""Criteria on one line, to be shown and edited: "(images OR video) AND NOT labels". Pure.

`describe` writes the line, `parse_criteria` reads it back. A clause of several criteria stands in
parentheses; AND, OR and NOT are written in capitals, so that "signal and noise" stays a text. A text that
would be read otherwise is put in double quotes, with its own quotes doubled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rag.answering.asking.criteria import MOST_CRITERIA, build_criteria
from rag.errors import QuestionError
from rag.types import Criteria, Criterion

_LONGEST = 1_000
_TOKEN = re.compile(r'"(?:[^"]|"")*"|[()]|[^\s()"]+|"')
_LOGIC = frozenset({"AND", "OR", "NOT"})
_EXAMPLE = "(images OR video) AND NOT labels"
_Clause = tuple[Criterion, ...]


def describe(criteria: Criteria) -> str:
    """Return the criteria in one line.

    >>> describe(Criteria(((Criterion("images"), Criterion("video")), (Criterion("labels", negated=True),))))
    '(images OR video) AND NOT labels'
    """
    groups = [
        " OR ".join(f"{'NOT ' if c.negated else ''}{_quoted(c.text)}" for c in clause)
        for clause in criteria.clauses
    ]
    return " AND ".join(f"({g})" if len(c) > 1 else g for g, c in zip(groups, criteria.clauses, strict=True))


def parse_criteria(text: str) -> Criteria:
    """Read the line that `describe` writes; an empty one asks for nothing.

    OR without parentheses is understood where no AND stands beside it.

    Raises:
        QuestionError: the parentheses do not match or nest, AND and OR stand side by side, or there are more
            than four criteria.

    >>> parse_criteria("(images OR video) AND NOT labels").clauses[1]
    (Criterion(text='labels', negated=True),)
    """
    if len(text) > _LONGEST:
        raise QuestionError(
            f"the criteria have {len(text):,} characters; {_LONGEST:,} are the most that are read"
        )
    visible = "".join(char if char.isprintable() else " " for char in text)
    operands, connectives = _split(_TOKEN.findall(visible))
    if {"AND", "OR"} <= connectives:
        raise QuestionError(f"AND and OR stand side by side; put what OR joins in parentheses: {_EXAMPLE}")
    clauses = [clause for operand in operands if (clause := _clause(operand))]
    joined = [tuple(c for clause in clauses for c in clause)] if "OR" in connectives and clauses else clauses
    if sum(map(len, joined)) > MOST_CRITERIA:
        raise QuestionError(f"{MOST_CRITERIA} criteria are the most that a question can have")
    return build_criteria(dict.fromkeys(joined))


def _split(tokens: Iterable[str]) -> tuple[list[list[str]], set[str]]:
    """Return what AND and OR join outside of parentheses, and which of the two did."""
    operands: list[list[str]] = [[]]
    connectives: set[str] = set()
    depth = 0
    for token in tokens:
        depth += (token == "(") - (token == ")")  # noqa: S105  # no password
        if depth < 0:
            break
        if not depth and token in {"AND", "OR"}:
            connectives.add(token)
            operands.append([])
        else:
            operands[-1].append(token)
    if depth:
        raise QuestionError(f"the parentheses of the criteria do not match; write them like {_EXAMPLE}")
    return operands, connectives


def _clause(tokens: list[str]) -> _Clause:
    """Read one criterion, or several in parentheses, of which one must hold; empty if there is no word."""
    if tokens[:1] != ["("] or tokens[-1] != ")":
        return _criterion(tokens)
    alternatives, connectives = _split(tokens[1:-1])
    if "AND" in connectives or any(inner[:1] == ["("] for inner in alternatives):
        raise QuestionError(f"within parentheses only OR is understood: {_EXAMPLE}")
    return tuple(criterion for inner in alternatives for criterion in _criterion(inner))


def _criterion(tokens: list[str]) -> _Clause:
    negated = tokens[:1] == ["NOT"]
    words = tokens[1:] if negated else tokens
    if _LOGIC & set(words):
        raise QuestionError(f"NOT stands in front of a single criterion, AND and OR between two: {_EXAMPLE}")
    tidy = re.sub(r"(?<=\() | (?=\))", "", " ".join(map(_unquoted, words)))
    text = tidy.strip() if len(words) > 1 else "".join(map(_unquoted, words))
    return (Criterion(text, negated=negated),) if text.strip() else ()


def _quoted(text: str) -> str:
    is_plain = text == " ".join(text.split()) and not re.search(r'["()]', text)
    return text if is_plain and not _LOGIC & set(text.split()) else f'"{text.replace(chr(34), chr(34) * 2)}"'


def _unquoted(token: str) -> str:
    is_quoted = len(token) > 1 and token.startswith('"')
    return token[1:-1].replace('""', '"') if is_quoted else token
