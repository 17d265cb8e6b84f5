"""Who may use the page, and how often: HTTP Basic, and a limit a user.

It stands before everything that is served, page and interfaces alike; `/healthz` alone is open. A
request that a page of another origin makes a browser send is refused unless it only reads, and so is one for
a name that is not ours, under which another site may read what a browser is shown.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Mapping, Set

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.passwords import check_password, hash_password

_OPEN = "/healthz"
_ASKING = ("/api/ask", "/api/search", "/v1/chat/completions")
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_SITE = frozenset({"same-origin", "none"})  # "none": typed in, or a bookmark
_MINUTE = 60.0
_POLICY_VIOLATION = 1008  # RFC 6455, section 7.4.1
_REMEMBERED = 1_000


class Allowance:
    """How many questions each user may ask a minute; 0 is no limit."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._guard = threading.Lock()
        self._asked: OrderedDict[str, deque[float]] = OrderedDict()

    def take(self, user: str) -> bool:
        """Count a question, and tell whether it may be asked."""
        if not self.limit:
            return True
        now = time.monotonic()
        with self._guard:
            asked = self._asked.setdefault(user, deque())
            self._asked.move_to_end(user)
            while len(self._asked) > _REMEMBERED:
                self._asked.popitem(last=False)
            while asked and asked[0] <= now - _MINUTE:
                asked.popleft()
            if len(asked) >= self.limit:
                return False
            asked.append(now)
            return True

    @property
    def words(self) -> str:
        """What to tell a user who has asked too often."""
        return f"{self.limit} questions a minute are the most here; ask again in a moment"


def user_of(headers: Mapping[str, str], client: tuple[str, int] | None) -> str:
    """Name the one who asks: the user of the request, or else the address it comes from, `client`."""
    name, _ = _credentials(headers.get("authorization", ""))
    host, _ = client or ("", 0)
    return name or host or "unknown"


class Guard:
    """ASGI middleware: lets a request through, or answers it with the reason why not."""

    def __init__(
        self, app: ASGIApp, *, users: Mapping[str, str], allowance: Allowance, names: Set[str] = frozenset()
    ) -> None:
        """`users` maps names to hashed passwords; an empty one lets everybody in.

        `names` are the hosts that requests may be for, in lower case; an empty one takes any.
        """
        self._app = app
        self._users = users
        self._allowance = allowance
        self._names = names
        self._stranger = hash_password(secrets.token_hex())  # so that a wrong name takes as long
        self._known: OrderedDict[str, None] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request. Nothing here speaks over web sockets; where users are asked for, none opens."""
        if scope["type"] == "websocket" and self._users:
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
            return
        refusal = self._refuse(scope) if scope["type"] == "http" else None
        await (refusal or self._app)(scope, receive, send)

    def _refuse(self, scope: Scope) -> JSONResponse | None:
        path = str(scope["path"]).removeprefix(str(scope.get("root_path", "")))
        headers = Headers(scope=scope)
        if path == _OPEN:
            return None
        if self._names and _name_of(headers.get("host", "")) not in self._names:
            asked = "the page is not served under this name; its owner may allow it: FOOTNOTE_ALLOWED_HOSTS"
            return JSONResponse({"detail": asked}, 421)
        if scope["method"] not in _READING and self._is_foreign(headers):
            return JSONResponse({"detail": "another site may not do this"}, 403)
        if self._users and not self._let_in(headers.get("authorization", "")):
            ask = {"WWW-Authenticate": 'Basic realm="Footnote", charset="UTF-8"'}
            return JSONResponse({"detail": "a user and a password are needed"}, 401, ask)
        if path in _ASKING and not self._allowance.take(user_of(headers, scope.get("client"))):
            return JSONResponse({"detail": self._allowance.words}, 429, {"Retry-After": "60"})
        return None

    def _is_foreign(self, headers: Headers) -> bool:
        """Tell whether a page of another origin sends this.

        Browsers name the site that asks only to this machine and over TLS; elsewhere the origin that they name must
        be the host that is asked, or a name that is ours behind a proxy. What is no browser names neither.
        """
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if site is not None or origin is None:
            return site not in {None, *_OWN_SITE}
        asking = origin.partition("://")[2].lower()
        return asking != headers.get("host", "").lower() and _name_of(asking) not in self._names

    def _let_in(self, header: str) -> bool:
        mark = hashlib.sha256(header.encode()).hexdigest()
        if mark in self._known:  # hashing takes a moment, and a page sends many requests
            return True
        name, password = _credentials(header)
        if not check_password(password, self._users.get(name, self._stranger)):
            return False
        self._known[mark] = None
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return True


def _name_of(host: str) -> str:
    """Return the name in a Host header, without its port.

    >>> _name_of("LocalHost:7860"), _name_of("[::1]:7860"), _name_of("::1")
    ('localhost', '::1', '::1')
    """
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    name, _, port = host.rpartition(":")
    return (name if name and port.isdecimal() and ":" not in name else host).lower()


def _credentials(header: str) -> tuple[str, str]:
    """Return user and password of an Authorization header (RFC 7617), or two empty strings."""
    scheme, _, coded = header.partition(" ")
    if scheme.lower() != "basic":
        return "", ""
    try:
        name, _, password = base64.b64decode(coded, validate=True).decode().partition(":")
    except (ValueError, binascii.Error):
        return "", ""
    return name, password
