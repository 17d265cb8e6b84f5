"""Passwords as they stand in FOOTNOTE_AUTH."""

from __future__ import annotations

import pytest

from ui.passwords import check_password, hash_password


def test_the_same_password_is_hashed_otherwise_each_time() -> None:
    one, other = hash_password("secret"), hash_password("secret")
    assert one != other
    assert check_password("secret", one)
    assert check_password("secret", other)
    assert not check_password("Secret", one)


@pytest.mark.parametrize("hashed", ["", "scrypt", "scrypt..", "scrypt.!.!", "plain.a.b.c"])
def test_a_hash_that_cannot_be_read_fits_no_password(hashed: str) -> None:
    assert not check_password("secret", hashed)
