"""Which files this process holds open, as the system tells it."""

from __future__ import annotations

from pathlib import Path

import pytest

_DESCRIPTORS = Path("/proc/self/fd")


def open_files(folder: Path) -> set[str]:
    """Return the names of the open files under a folder; where the system does not tell, the test is skipped."""
    if not _DESCRIPTORS.is_dir():
        pytest.skip("this system does not tell which files are open")
    opened = (one.readlink() for one in _DESCRIPTORS.iterdir() if one.is_symlink())
    return {path.name for path in opened if path.is_relative_to(folder)}
