"""Write a file whole or not at all: who is interrupted, or runs out of disk, keeps what stood there before."""

from __future__ import annotations

from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Put a file of UTF-8 text in the place of what has its name, or what that links to, in one step.

    Raises:
        OSError: it cannot be written; the file is as it was.
    """
    target = path.resolve()
    fresh = target.with_name(f".{target.name}.new")
    try:
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(target)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
