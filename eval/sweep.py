"""A grid of settings, each combination a run of its own; quality against cost and time in one table.

    questions: reference        # or a question file
    half: tune                  # optional, as is limit
    library: sample             # or a folder; your own library if left out
    prices: [0.15, 0.60]        # of a million prompt and completion tokens; optional
    grid:
      FOOTNOTE_WRITER: [quotes, llm]
      retrieval.lexical_weight: [0.6, 0.8]

A key is an environment variable of Footnote or OPENAI_*, or the field of a settings record. Runs that are
finished are not made again, so a sweep that was stopped goes on.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import NonNegativeFloat, PositiveInt, TypeAdapter, ValidationError

from eval.scoring import Scores
from rag.environment.reading import read_settings
from rag.environment.variables import VARIABLES
from rag.errors import SettingsError
from rag.settings import Settings

# A library holds the vectors of one encoder, so these need a library of their own.
_ENCODER = "FOOTNOTE_EMBEDDINGS"
# What a field of a sweep file may be, and how that is said.
_FIELDS: dict[str, tuple[Any, str]] = {
    "questions": (str, "a set's name or a file"),
    "half": (Literal["report", "tune"] | None, "report or tune"),
    "limit": (PositiveInt | None, "a number of questions"),
    "library": (str | None, "sample or a folder"),
    "prices": (
        tuple[NonNegativeFloat, NonNegativeFloat] | None,
        "two numbers: for prompt and completion tokens",
    ),
}
_LEFT_OUT = {"questions": "reference", "half": None, "limit": None, "library": None, "prices": None}
_TABLE = ("ndcg10", "cited_f1", "nugget_recall", "citation_recall", "false_refusal", "right_refusal")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a sweep file asks for; `library` is None for the user's own."""

    questions: str
    half: Literal["report", "tune"] | None
    limit: int | None
    library: str | None
    prices: tuple[float, float] | None
    cells: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One combination and what came of it: means over all questions, milliseconds, cost; or why it failed."""

    choice: Mapping[str, str]
    means: Mapping[str, float]
    milliseconds: float | None
    cost: float | None
    error: str = ""


def read_plan(path: Path) -> Plan:
    """Read a sweep file.

    Raises:
        SettingsError: it cannot be used; the message names the file and the field.
    """
    try:
        record = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SettingsError(f"{path} cannot be read: {' '.join(str(error).split())}") from error
    if not isinstance(record, dict) or not isinstance(record.get("grid"), dict) or not record["grid"]:
        raise SettingsError(f"{path}: `grid` must map settings to lists of values")
    unknown = set(record) - {*_FIELDS, "grid"}
    if unknown:
        raise SettingsError(f"{path}: {min(unknown)!r} is no field of a sweep")
    given = {name: _checked(path, name, record.get(name)) for name in _FIELDS if name in record}
    return Plan(**{**_LEFT_OUT, **given}, cells=tuple(_cells(path, record["grid"])))


def _checked(path: Path, name: str, value: object) -> Any:
    kind, wanted = _FIELDS[name]
    try:
        return TypeAdapter(kind).validate_python(value)
    except ValidationError:
        raise SettingsError(f"{path}: {name} must be {wanted}") from None


def settings_of(choice: Mapping[str, str], environment: Mapping[str, str]) -> Settings:
    """Return the settings of one combination, on top of the environment.

    Raises:
        SettingsError: a value cannot be used.
    """
    variables = {name: value for name, value in choice.items() if "." not in name}
    settings = read_settings({**environment, **variables})
    for name, value in choice.items():
        if "." in name:
            settings = _with_field(settings, name.split("."), value, path=name)
    return settings


def own_home(choice: Mapping[str, str]) -> str | None:
    """Return the name of the library that a combination needs for itself; None if any will do."""
    encoder = {name: value for name, value in choice.items() if name.startswith(_ENCODER)}
    return name_of(encoder) if encoder else None


def name_of(choice: Mapping[str, str]) -> str:
    """Return a short name that is the same for the same choice."""
    return hashlib.sha256(json.dumps(choice, sort_keys=True).encode()).hexdigest()[:10]


def summarise(choice: Mapping[str, str], scores: Scores) -> Cell:
    """Return the row of one finished combination."""
    means = {}
    for measure in _TABLE:
        values = [v for q in scores.questions if (v := q.values.get(measure)) is not None]
        if values:
            means[measure] = sum(values) / len(values)
    total = next((stage.p50 for stage in scores.stages if stage.stage == "total"), None)
    return Cell(choice, means, total, scores.tokens.cost)


def undominated(cells: Sequence[Cell], measure: str) -> frozenset[str]:
    """Return the names of those that no other beats in quality, time and cost at once (Pareto)."""
    finished = [cell for cell in cells if measure in cell.means and cell.milliseconds is not None]
    kept = [c for c in finished if not any(_dominates(other, c, measure) for other in finished)]
    return frozenset(name_of(cell.choice) for cell in kept)


def _dominates(a: Cell, b: Cell, measure: str) -> bool:
    ours, theirs = ((-cell.means[measure], cell.milliseconds or 0.0, cell.cost or 0.0) for cell in (a, b))
    return ours != theirs and all(x <= y for x, y in zip(ours, theirs, strict=True))


def _cells(path: Path, grid: Mapping[str, Any]) -> Iterator[Mapping[str, str]]:
    known = {variable.name for variable in VARIABLES}
    for name, values in grid.items():
        if "." not in str(name) and name not in known:
            raise SettingsError(f"{path}: {name!r} is no setting; see .env.example")
        if not isinstance(values, list) or not values:
            raise SettingsError(f"{path}: {name} needs a list of values")
    for combination in product(*grid.values()):
        yield {str(name): str(value) for name, value in zip(grid, combination, strict=True)}


def _with_field(record: Any, names: Sequence[str], value: str, *, path: str) -> Any:
    """Return a settings record with one field changed, of a record within it where several names lead there."""
    name, *deeper = names
    if not is_dataclass(record) or isinstance(record, type) or name not in {f.name for f in fields(record)}:
        raise SettingsError(f"{path} is no setting; a field of a record of rag/settings.py is meant")
    held = getattr(record, name)
    if deeper:
        return replace(record, **{name: _with_field(held, deeper, value, path=path)})
    if is_dataclass(held):
        raise SettingsError(f"{path} is a record of settings; name one of its fields: {path}.NAME")
    kind = type(held)
    try:
        typed = TypeAdapter(kind).validate_python(value)
    except ValidationError:
        raise SettingsError(f"{path} is {value!r}; it must be of type {kind.__name__}") from None
    return replace(record, **{name: typed})
