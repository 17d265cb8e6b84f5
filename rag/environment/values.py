"""One value of the environment -> number, address, key or path; what cannot be used is told by its name. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from rag.errors import SettingsError


def number(values: Mapping[str, str], name: str, *, low: float, high: float) -> float:
    """Return a number from `low` to `high`.

    Raises:
        SettingsError: it is none, or outside.
    """
    try:
        given = float(values[name])
    except ValueError:
        raise SettingsError(f"{name} is {values[name]!r}; set it to a number") from None
    if not low <= given <= high:
        raise SettingsError(f"{name} is {values[name]}; set it to a number from {low:g} to {high:g}")
    return given


def whole_number(values: Mapping[str, str], name: str, *, low: int, high: int) -> int:
    """Return a whole number from `low` to `high`.

    Raises:
        SettingsError: it is none, or outside.
    """
    given = number(values, name, low=low, high=high)
    if not given.is_integer():
        raise SettingsError(f"{name} is {values[name]}; set it to a whole number")
    return int(given)


def web_address(values: Mapping[str, str], name: str, *, like: str) -> str | None:
    """Return a web address, None where nothing is set.

    Raises:
        SettingsError: it is none; its text is not shown, since it may hold a password.
    """
    url = values[name]
    try:
        parts = urlsplit(url)
        usable = not url or (parts.scheme in ("http", "https") and parts.hostname and parts.port != 0)
    except ValueError:  # a port that is no number, say
        usable = False
    if not usable:
        raise SettingsError(f"{name} is no web address; set it to one like {like}")
    return url or None


def api_key(values: Mapping[str, str], name: str) -> str:
    """Return a key that fits into a header.

    Raises:
        SettingsError: it holds a character that no key has.
    """
    if not (values[name].isascii() and values[name].isprintable()):
        raise SettingsError(f"{name} holds a character that no key has; copy it again")
    return values[name]


def file_path(written: str, name: str, *, what: str) -> Path:
    """Return a path, `~` read as the user's folder.

    Raises:
        SettingsError: it names a user who does not exist.
    """
    try:
        return Path(written).expanduser()
    except RuntimeError:
        raise SettingsError(f"{name} is {written!r}, which names no user; set it to a {what}") from None
