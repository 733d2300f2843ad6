# SPDX-FileCopyrightText: 2026 Selbstcheck Weltoffene Kommune contributors
# SPDX-License-Identifier: EUPL-1.2
"""Resume codes and read-only tokens: made, typed, shown, and kept as digests only.

A code is 80 random bits as 16 characters of Crockford's base32, which has no I, L, O, U. The read-only token
is derived from the code, so nobody who knows only the token can get back to the code, and neither is stored.
"""

import base64
import hashlib
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 16
TOKEN_LENGTH = 26
_RFC4648 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_TO_CROCKFORD = str.maketrans(_RFC4648, ALPHABET)
# Misread letters, and every kind of space and dash that a phone or a word processor puts between groups.
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", **dict.fromkeys(" -‐‑–—_.\t\r\n\u00a0\u202f", None)})


def _base32(raw: bytes) -> str:
    return base64.b32encode(raw).decode("ascii").rstrip("=").translate(_TO_CROCKFORD)


def new_code() -> str:
    """A fresh resume code: 16 characters, 80 random bits."""
    return _base32(secrets.token_bytes(10))


def normalise(typed: str) -> str | None:
    """The code a person meant (case, spaces, hyphens, O for 0, I and L for 1), or None if it cannot be one."""
    code = typed.upper().translate(_MISREAD)
    return code if len(code) == CODE_LENGTH and set(code) <= set(ALPHABET) else None


def grouped(code: str) -> str:
    """The code as it is shown and read aloud: ``ABCD-EFGH-JKMN-PQRS``."""
    return "-".join(code[start : start + 4] for start in range(0, CODE_LENGTH, 4))


def digest(secret: str) -> str:
    """SHA-256 in hex of a code or a token; enough without salt, as both carry at least 80 random bits."""
    return hashlib.sha256(secret.encode("ascii", "replace")).hexdigest()


def view_token(code: str) -> str:
    """The read-only token of a code: 26 lower-case characters for ``/ansicht/{token}``."""
    return _base32(hashlib.sha256(f"view:{code}".encode("ascii")).digest())[:TOKEN_LENGTH].lower()


def view_digest(token: str) -> str:
    """What is stored of a read-only token; upper and lower case are the same."""
    return digest(token.lower())
