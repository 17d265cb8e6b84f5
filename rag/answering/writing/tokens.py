"""Count tokens with tiktoken, offline: the tables come with llama-index, nothing is fetched."""

from __future__ import annotations

import functools
import importlib.util
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tiktoken import Encoding

_ENCODING = "o200k_base"
_MARGIN = 0.9  # other tokenizers need more tokens for the same text


def count_tokens(text: str) -> int:
    """Return the number of tokens in a text; special tokens count as plain text.

    >>> count_tokens("local and global")
    3
    """
    return len(_encoding().encode(text, disallowed_special=()))


def usable_window(context: int) -> int:
    """Return how many tokens, as counted here, a window of `context` tokens surely holds, whatever the model's tokenizer."""
    return int(_MARGIN * context)


@functools.cache
def _encoding() -> Encoding:
    import tiktoken

    # tiktoken reads its tables from this folder, and would download them otherwise.
    spec = importlib.util.find_spec("llama_index.core")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        os.environ.setdefault("TIKTOKEN_CACHE_DIR", str(Path(folder) / "_static" / "tiktoken_cache"))
    return tiktoken.get_encoding(_ENCODING)
