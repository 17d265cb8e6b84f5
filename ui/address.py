"""Is the address free that the page is to be served on? Asked before anything heavy is loaded."""

from __future__ import annotations

import errno
import ipaddress
import socket

from rag.errors import ServerError
from rag.settings import ServerSettings

_HIGHEST_PORT = 65_535


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
        if error.errno in {errno.EADDRINUSE, errno.EACCES}:
            other = port + 1 if port < _HIGHEST_PORT else _HIGHEST_PORT - 1
            advice = f"choose another port: footnote chat --port {other}"
        else:
            advice = "set FOOTNOTE_HOST to an address of this machine"
        raise ServerError(f"cannot serve at {host}:{port} ({reason}); {advice}") from error


def is_personal(server: ServerSettings) -> bool:
    """Tell whether the page is for the one who sits at this machine: no other reaches it, nor by a proxy."""
    return is_loopback(server.host) and not (server.users or server.root_path or server.hosts)


def served_names(server: ServerSettings) -> frozenset[str]:
    """Return the names that requests may be for; none at all means any.

    Without users, a page on this machine alone answers to its own names: another site may give its name
    this machine's address, and would read the library through the visitor's browser (DNS rebinding).
    Behind a proxy the names are the proxy's to know, unless the settings tell them.
    """
    guarded = is_loopback(server.host) and not server.users and not server.root_path
    if not (guarded or server.hosts):
        return frozenset()
    return frozenset({"localhost", "127.0.0.1", "::1", server.host.lower(), *server.hosts})


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach the address.

    >>> is_loopback("127.0.0.1"), is_loopback("0.0.0.0"), is_loopback("localhost")
    (True, False, True)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
