"""Figures that several benchmarks take: memory of this process, bytes of a folder."""

from __future__ import annotations

import os
import platform
import resource
import sys
from pathlib import Path

_STATUS = Path("/proc/self/status")


def peak_megabytes() -> float:
    """Return the most memory that this process held at once, resident, in MB.

    Linux is asked for this process alone; elsewhere the figure may be that of its parent at the start.
    """
    if _STATUS.exists():
        return _status("VmHWM")
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def resident_megabytes() -> float | None:
    """Return the memory that this process holds now, resident, in MB; None where /proc is missing."""
    return _status("VmRSS") if _STATUS.exists() else None


def folder_megabytes(path: Path) -> float:
    """Return what all files under a folder hold, or the file itself, in MB; 0 if there is none."""
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file()) / 1024**2


def machine() -> str:
    """Describe the machine as far as figures depend on it: no names."""
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"


def _status(field: str) -> float:
    for line in _STATUS.read_text(encoding="ascii").splitlines():
        name, _, value = line.partition(":")
        if name == field:
            return int(value.split()[0]) / 1024
    raise ValueError(f"{_STATUS} has no {field}")
