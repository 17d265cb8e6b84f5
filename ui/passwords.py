"""Passwords as they stand in FOOTNOTE_AUTH: scrypt (RFC 7914), each with a salt of its own."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets

_COST, _BLOCK, _PARALLEL = 2**14, 8, 1  # interactive use, 16 MB


def hash_password(password: str) -> str:
    """Return a password as it stands in FOOTNOTE_AUTH; the salt makes each one different.

    >>> check_password("secret", hash_password("secret")), check_password("other", hash_password("secret"))
    (True, False)
    """
    salt = secrets.token_bytes(16)
    return f"scrypt.{_encode(salt)}.{_encode(_derive(password, salt))}"


def check_password(password: str, hashed: str) -> bool:
    """Tell whether a password is the one that was hashed; a hash that cannot be read fits none."""
    try:
        _, salt, derived = hashed.split(".")
        return hmac.compare_digest(_derive(password, _decode(salt)), _decode(derived))
    except (ValueError, binascii.Error):
        return False


def _derive(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=_COST, r=_BLOCK, p=_PARALLEL)


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
