"""Is the address free that the page is to be served on? Asked before anything heavy is loaded."""

from __future__ import annotations

import socket

from rag.errors import ServerError


def require_free(host: str, port: int) -> None:
    """Bind the address for a moment.

    Raises:
        ServerError: the port is taken, or the address is not this machine's.
    """
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        reason = error.strerror or str(error)
        raise ServerError(
            f"cannot serve at {host}:{port} ({reason}); choose another port: footnote chat --port {port + 1}"
        ) from error
