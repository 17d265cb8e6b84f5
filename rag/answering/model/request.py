"""The body of a chat request, and what a server that refuses a part of it means. Pure.

Newer models of OpenAI refuse `max_tokens` and a temperature of 0, some servers know no seed, no
`stream_options` or no stream at all, some chat templates no system role, some no JSON by schema and some
no JSON mode. Each can be done without.
"""

from __future__ import annotations

import re
from collections.abc import Set
from typing import Any

from rag.answering.model.prompt import Prompt

_SEED = 7
# The models that refuse `max_tokens` think before they speak, and their thoughts count.
_THOUGHT_TOKENS = 4_000
_SYSTEM_ROLE = "system role"
_SCHEMA = "JSON schema"
_FORMAT = "response_format"
_FORMAT_REFUSED = re.compile(
    r"\bresponse_format\b|\bjson[ _]?(?:schema|mode|object)\b|\bgrammar\b", re.IGNORECASE
)
# What a request can do without, and the words by which a refusal names it; the first one counts.
_OPTIONAL = {
    # First the schema goes, then the format as a whole: the reply is plain text, read as well as can be.
    _SCHEMA: _FORMAT_REFUSED,
    _FORMAT: _FORMAT_REFUSED,
    "max_tokens": re.compile(r"\bmax_tokens\b"),
    "temperature": re.compile(r"\btemperature\b"),
    "seed": re.compile(r"\bseed\b"),
    "stream_options": re.compile(r"\bstream_options\b"),
    "stream": re.compile(r"\bstream(?:ing)?\b"),
    _SYSTEM_ROLE: re.compile(
        r"\bsystem\b.{0,20}\brole\b|\brole\b.{0,40}\bsystem\b", re.IGNORECASE | re.DOTALL
    ),
}
_CONTEXT = re.compile(r"context|too long|too many tokens", re.IGNORECASE)


def request_body(prompt: Prompt, *, model: str, most_tokens: int, without: Set[str]) -> dict[str, Any]:
    """Return the body of a request, less the parts named in `without`."""
    apart = bool(prompt.system) and _SYSTEM_ROLE not in without
    system = [{"role": "system", "content": prompt.system}] if apart else []
    user = prompt.user if apart else f"{prompt.system}\n\n{prompt.user}".strip()
    limit = {"max_completion_tokens": most_tokens + _THOUGHT_TOKENS} if "max_tokens" in without else {}
    streaming = {} if "stream" in without else {"stream_options": {"include_usage": True}}
    body = {
        "model": model,
        "messages": [*system, {"role": "user", "content": user}],
        "temperature": 0,
        "seed": _SEED,
        "max_tokens": most_tokens,
        "stream": True,
        **limit,
        **streaming,
        **_format(prompt, by_schema=_SCHEMA not in without),
    }
    return {name: value for name, value in body.items() if name not in without}


def _format(prompt: Prompt, *, by_schema: bool) -> dict[str, Any]:
    if prompt.schema is None:
        return {}
    if not by_schema:
        return {_FORMAT: {"type": "json_object"}}
    named = {"name": "reply", "strict": True, "schema": prompt.schema}
    return {_FORMAT: {"type": "json_schema", "json_schema": named}}


def refused_part(message: str, parameter: str | None, *, without: Set[str]) -> str | None:
    """Return the part of a request that a refusal names, if the request still has it and need not.

    >>> refused_part("Use 'max_completion_tokens' instead of 'max_tokens'.", None, without=set())
    'max_tokens'
    """
    if says_too_long(message):
        return None
    left = {name: words for name, words in _OPTIONAL.items() if name not in without}
    if parameter == _FORMAT and _SCHEMA in left:
        return _SCHEMA
    if parameter in left:
        return parameter
    return next((name for name, words in left.items() if words.search(message)), None)


def says_too_long(message: str) -> bool:
    """Tell whether a refusal speaks of the model's window."""
    return bool(_CONTEXT.search(message))
