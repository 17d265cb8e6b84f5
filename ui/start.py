"""Where `footnote` begins: Ctrl-C ends it quietly, even before anything that takes long is imported.

A KeyboardInterrupt in the middle of an import is a traceback from nowhere. Packages with parts in C turn it into an
ImportError, or swallow it. So while the main thread imports something, Ctrl-C ends the process at once: what is
stored outlives a process that is killed anywhere. At any other moment it is a KeyboardInterrupt as ever.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from types import FrameType

INTERRUPTED = 130
STOPPED = "stopped; nothing is lost"

_IMPORTING = "<frozen importlib._bootstrap>"
_SHOW_CURSOR = b"\x1b[?25h"  # a progress bar may have hidden it


def main() -> None:
    """Run the command line."""
    end_quietly()
    from ui.cli import main as run

    run()


def end_quietly() -> None:
    """Take over Ctrl-C, unless whoever started this process had it ignored."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)


def _interrupt(_number: int, frame: FrameType | None) -> None:
    while frame is not None and frame.f_code.co_filename != _IMPORTING:
        frame = frame.f_back
    if frame is None:
        raise KeyboardInterrupt
    with suppress(OSError, ValueError):  # whoever read it has gone
        sys.stdout.flush()
    with suppress(OSError):
        os.write(2, (_SHOW_CURSOR if os.isatty(2) else b"") + f"footnote: {STOPPED}\n".encode())
    os._exit(INTERRUPTED)
